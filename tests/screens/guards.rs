//! What keeps the key and people's data in, and the screen whole, is still there:
//! what may be said in a few files only, and what must be said in one.

use std::{fs, path::Path};

use crate::{
    source::code,
    structure::{files, says, sources},
};

/// A piece of code, and the only files it may be in; a folder ends with `/`.
const ONLY_IN: &[(&str, &[&str])] = &[
    // The key is of one type.
    ("secrecy::{ExposeSecret", &["domain/secret.rs"]),
    ("SecretString", &["domain/secret.rs"]),
    ("Zeroizing", &["config/command.rs", "api/transport.rs"]),
    // Nobody writes to the terminal past the screen.
    ("print!", &[]),
    ("println!", &[]),
    ("dbg!", &[]),
    ("eprint!", &[]),
    ("eprintln!", &["main.rs", "cli/"]),
    (
        "io::stdout",
        &["cli/", "runtime/guard.rs", "runtime/screen.rs"],
    ),
    ("io::stderr", &["runtime/guard.rs"]),
    // The log is for those who do things, and knows no data.
    ("tracing", &["api/log.rs", "runtime/", "cli/"]),
    // Whoever makes a file says who may read it.
    ("File::create", &[]),
    ("fs::write", &[]),
    ("create_dir", &[]),
    ("create_dir_all", &[]),
    // What is made is never opened up.
    ("0o644", &[]),
    ("0o755", &[]),
];

/// What a file must say for a guard to be there.
const MUST_SAY: &[(&str, &str)] = &[
    ("api/transport.rs", ".redirect(redirect::Policy::none())"),
    ("api/transport.rs", "authorization.set_sensitive(true)"),
    ("api/transport.rs", "self.without_key(error)"),
    ("cli/run.rs", "memory::keep_private()"),
    ("cli/log.rs", ".log_internal_errors(false)"),
    ("cli/log.rs", ".with_filter(ours)"),
    ("runtime/editor.rs", ".env_remove(ENV_NAME)"),
    ("runtime/host.rs", "env_remove(ENV_NAME)"),
];

fn faults(below: &str, source: &str) -> Vec<String> {
    let code = code(source);
    let holds = |place: &str| below == place || place.ends_with('/') && below.starts_with(place);
    let only = ONLY_IN.iter().filter(|(piece, _)| says(&code, piece));
    let astray = only.filter(|(_, places)| !places.iter().any(|place| holds(place)));
    let lacking = MUST_SAY
        .iter()
        .filter(|(place, piece)| below == *place && !code.contains(piece));
    astray
        .map(|(piece, _)| format!("{below} says {piece}"))
        .chain(lacking.map(|(_, piece)| format!("{below} lacks {piece}")))
        .collect()
}

#[test]
fn every_guard_is_there() {
    let src = sources();
    let mut all = Vec::new();
    files(&src, false, &mut all);
    let below = |path: &Path| path.strip_prefix(&src).unwrap().display().to_string();
    let mut wrong = Vec::new();
    for path in &all {
        wrong.extend(faults(&below(path), &fs::read_to_string(path).unwrap()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (place, _) in MUST_SAY {
        assert!(all.iter().any(|path| below(path) == *place), "no {place}");
    }
}

#[test]
fn a_guard_that_is_gone_is_missed() {
    for (below, source) in [
        ("app/model.rs", "fn f() { println!(); }"),
        ("api/reader.rs", "fn f() { tracing::info!(url); }"),
        ("store/trail.rs", "fn f() { std::fs::write(path, text); }"),
        ("runtime/console.rs", "fn f() { eprintln!(); }"),
        ("view/bars.rs", "fn f() { std::io::stdout(); }"),
        ("api/reader.rs", "use secrecy::SecretString;"),
        ("api/transport.rs", "// .redirect(redirect::Policy::none())"),
        ("cli/run.rs", "pub fn run() {}"),
    ] {
        assert!(!faults(below, source).is_empty(), "{below}: {source}");
    }
    assert!(faults("main.rs", "fn f() { eprintln!(); }").is_empty());
}

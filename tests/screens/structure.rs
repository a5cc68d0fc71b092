//! The sources keep to the table of rooms: who may import whom, and what may
//! never be where.

use std::path::{Path, PathBuf};

use crate::source::{code, paths, test_modules};

/// The longest that a file may be.
const LONGEST: usize = 400;

/// A room: whom it may import, and what may never be in it.
struct Room {
    name: &'static str,
    may_import: &'static [&'static str],
    /// Beginnings of paths.
    never_paths: &'static [&'static str],
    /// Pieces of code.
    never_code: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room {
        name: "domain",
        may_import: &[],
        never_paths: &[
            "ratatui",
            "crossterm",
            "tokio",
            "reqwest",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
        ],
        never_code: &["async", ".await"],
    },
    Room {
        name: "app",
        may_import: &["domain"],
        never_paths: &[
            "tokio",
            "reqwest",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            "std::env",
            "std::time::Instant",
            "std::time::SystemTime",
            "jiff::Zoned::now",
            "jiff::Timestamp::now",
        ],
        never_code: &["async", ".await", "TimeZone::system", "::now()"],
    },
    Room {
        name: "view",
        may_import: &["app", "domain"],
        never_paths: &[
            "tokio",
            "reqwest",
            "std::fs",
            "std::io",
            "std::net",
            "std::time",
        ],
        never_code: &["&mut Model", ".raw()", "async", ".await"],
    },
    Room {
        name: "api",
        may_import: &["domain"],
        never_paths: &["ratatui", "crossterm", "std::fs"],
        never_code: &[],
    },
    Room {
        name: "store",
        may_import: &["domain"],
        never_paths: &["ratatui", "crossterm", "reqwest", "std::net", "tokio::net"],
        never_code: &[],
    },
    Room {
        name: "runtime",
        may_import: &["domain", "app", "view", "api", "store", "config"],
        never_paths: &["reqwest"],
        never_code: &[],
    },
    Room {
        name: "demo",
        may_import: &[],
        never_paths: &["ratatui", "crossterm", "reqwest"],
        never_code: &[],
    },
    Room {
        name: "config",
        may_import: &["domain", "app"],
        never_paths: &["ratatui", "crossterm", "reqwest", "std::net"],
        never_code: &[],
    },
    Room {
        name: "cli",
        may_import: &[
            "domain", "app", "view", "api", "store", "runtime", "demo", "config",
        ],
        never_paths: &[],
        never_code: &[],
    },
];

/// Of two crates the core may use the plain values, and nothing else.
const PLAIN_VALUES: &[(&str, &[&str])] = &[
    ("ratatui", &["ratatui::layout"]),
    ("crossterm", &["crossterm::event"]),
];

/// What is wrong with a file of a room that lies `depth` modules below the crate's root.
fn faults(room: &Room, depth: usize, source: &str) -> Vec<String> {
    let code = code(source);
    let mut faults = Vec::new();
    for path in paths(&code) {
        let supers = path.split("::").take_while(|part| *part == "super").count();
        if supers >= depth {
            faults.push(format!("{path} leaves the room: say crate::"));
        }
        if let Some(rest) = path.strip_prefix("crate::") {
            let to = rest.split("::").next().unwrap_or_default();
            if to != room.name && !room.may_import.contains(&to) {
                faults.push(format!("{} imports {to}", room.name));
            }
        }
        for never in room.never_paths {
            if begins(&path, never) {
                faults.push(format!("{} uses {never}", room.name));
            }
        }
        if room.name == "app" {
            for (whole, plain) in PLAIN_VALUES {
                if begins(&path, whole) && !plain.iter().any(|plain| begins(&path, plain)) {
                    faults.push(format!("app uses {path}, which is no plain value"));
                }
            }
        }
    }
    for never in room.never_code {
        if says(&code, never) {
            faults.push(format!("{} says {never}", room.name));
        }
    }
    faults
}

/// Whether code holds a piece, and not as a part of a longer word.
pub fn says(code: &str, piece: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(piece).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + piece.len()..]);
        let begins = !piece.starts_with(is_of_word) || !before.ends_with(is_of_word);
        begins && !(piece.ends_with(is_of_word) && after.starts_with(is_of_word))
    })
}

/// Whether a path is `beginning` or goes on from there.
fn begins(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// How many modules a file lies below the crate's root.
fn depth(below_src: &Path) -> usize {
    let parts = below_src.components().count();
    if below_src.ends_with("mod.rs") {
        parts - 1
    } else {
        parts
    }
}

pub fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files below a folder, but those of test modules.
pub fn files(folder: &Path, with_tests: bool, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let tests: Vec<String> = entries
        .iter()
        .filter(|path| path.is_file())
        .flat_map(|path| test_modules(&std::fs::read_to_string(path).unwrap()))
        .collect();
    for path in entries {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // Test modules of a file `a.rs` lie in `a/`, and are found from there.
        let is_test = tests.iter().any(|test| *test == stem) || beside(folder, &stem);
        if is_test && !with_tests {
            continue;
        }
        if path.is_dir() {
            files(&path, with_tests, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

/// Whether `folder`.rs declares `stem` as a test module.
fn beside(folder: &Path, stem: &str) -> bool {
    std::fs::read_to_string(folder.with_extension("rs"))
        .is_ok_and(|source| test_modules(&source).iter().any(|test| test == stem))
}

#[test]
fn every_room_keeps_to_the_table() {
    let src = sources();
    let mut all = Vec::new();
    files(&src, false, &mut all);
    assert!(all.len() > 50, "the sources are not where they were");
    let mut wrong = Vec::new();
    for path in all {
        let below = path.strip_prefix(&src).unwrap();
        let first = below.components().next().unwrap();
        let name = Path::new(first.as_os_str()).file_stem().unwrap();
        let name = name.to_string_lossy();
        if ["lib", "main"].contains(&&*name) {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        match ROOMS.iter().find(|room| room.name == name) {
            Some(room) => wrong.extend(
                faults(room, depth(below), &source)
                    .into_iter()
                    .map(|fault| format!("{}: {fault}", below.display())),
            ),
            None => wrong.push(format!("{name} is no room of the table")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where strangers' text may be had exactly as it is, to compare it or to send it
/// back: all of `domain`, `api` and `store`, and of the other rooms these files.
/// Whoever adds one sees to it that nothing of it is shown, copied or logged.
const EXACT: &[&str] = &[
    "app/act/same_ip.rs",
    "app/batch/dry_run.rs",
    "app/batch/error.rs",
    "app/before.rs",
    "app/dialog/editor.rs",
    "app/dialog/form.rs",
    "app/dialog/harm.rs",
    "app/dialog/typed.rs",
    "app/jump.rs",
    "app/list/mod.rs",
    "app/newcomer/form.rs",
    "app/newcomer/judge.rs",
    "app/newcomer/keys.rs",
    "app/panes/organizations.rs",
    "app/panes/sessions/search.rs",
    "app/panes/users/organization.rs",
    "app/record.rs",
    "app/report/past.rs",
    "app/report/related.rs",
    "app/truth.rs",
    "app/unsettled.rs",
    "cli/doctor/network.rs",
];

/// Whether a file asks for text exactly as strangers wrote it.
fn is_exact(source: &str) -> bool {
    let code = code(source);
    [".raw()", "Untrusted::raw"]
        .iter()
        .any(|way| says(&code, way))
}

#[test]
fn only_those_who_compare_or_send_it_have_strangers_text_as_it_is() {
    let src = sources();
    let mut all = Vec::new();
    files(&src, false, &mut all);
    let mut exact: Vec<String> = all
        .iter()
        .filter(|path| is_exact(&std::fs::read_to_string(path).unwrap()))
        .map(|path| path.strip_prefix(&src).unwrap().display().to_string())
        .filter(|path| {
            !["domain/", "api/", "store/"]
                .iter()
                .any(|room| path.starts_with(room))
        })
        .collect();
    exact.sort();
    assert_eq!(exact, EXACT);
    assert!(is_exact("let text = user.name.raw();"));
    assert!(is_exact("name.map(Untrusted::raw)"));
    assert!(!is_exact("Span::raw(name.shown())"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut all = Vec::new();
    files(&sources(), true, &mut all);
    let lines = |path: &PathBuf| std::fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<String> = all
        .iter()
        .filter(|path| lines(path) > LONGEST)
        .map(|path| format!("{}: {} lines", path.display(), lines(path)))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn bad_samples_are_seen() {
    for (room, sample) in [
        ("domain", "use std::fs;"),
        ("domain", "use std::{fmt, net::TcpStream};"),
        ("domain", "async fn read() {}"),
        ("domain", "use crate::app::Model;"),
        ("domain", "fn f() { crate::api::Reader::new(s) }"),
        ("domain", "use ratatui::layout::Rect;"),
        ("app", "use crate::{domain::User, api::Reader};"),
        ("app", "use super::super::super::view::Theme;"),
        ("app", "use std::{fs, time::{Duration, Instant}};"),
        ("app", "fn f() { let at = std::time::SystemTime::now(); }"),
        ("app", "fn f() { TimeZone::system() }"),
        ("app", "fn f() { g().await; }"),
        ("app", "use tokio::sync::mpsc;"),
        ("app", "use ratatui::Frame;"),
        ("app", "use crossterm::{event::KeyEvent, terminal};"),
        ("view", "pub fn draw(model: &mut Model) {}"),
        ("view", "let text = user.name.raw();"),
        ("view", "use crate::runtime::Clock;"),
        ("demo", "use crate::domain::User;"),
        ("demo", "fn f() { crate::api::BaseUrl::parse(x) }"),
        ("api", "use crate::app::Slot;"),
        ("runtime", "use crate::demo::Server;"),
        ("runtime", "use crate::{app, cli::Args};"),
        ("store", "use crate::api::Reader;"),
    ] {
        let room = ROOMS.iter().find(|known| known.name == room).unwrap();
        assert!(
            !faults(room, 2, sample).is_empty(),
            "{}: {sample}",
            room.name
        );
    }
}

#[test]
fn good_samples_pass() {
    for (room, sample) in [
        (
            "domain",
            "//! No async, no std::fs.\nuse super::Id; /* crate::app */",
        ),
        ("domain", r#"const A: &str = "async fn in crate::api";"#),
        (
            "app",
            "use super::{Model, act};\nuse crossterm::event::{KeyCode, KeyEvent};",
        ),
        (
            "app",
            "use std::time::Duration;\nuse ratatui::layout::{Layout, Rect};",
        ),
        (
            "view",
            "use ratatui::Frame;\nuse crate::app::{Model, words};\nfn f(frame: &mut Frame) {}",
        ),
        (
            "api",
            "use crate::domain::{Answer, Fetch};\nasync fn send() {}",
        ),
        (
            "app",
            "fn f() {}\n#[cfg(test)]\nmod tests {\n    use tokio::time;\n}\n",
        ),
        ("runtime", "use crate::{app::Msg, domain::Answer};"),
    ] {
        let room = ROOMS.iter().find(|known| known.name == room).unwrap();
        assert_eq!(faults(room, 2, sample), [""; 0], "{sample}");
    }
}

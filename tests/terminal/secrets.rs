//! A whole day of work with the real binary, every level of the log on, in a
//! directory of its own: the key is in nothing that it leaves behind, nobody but
//! the owner can read what it does leave, and nobody's data is in the log.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use clerk_tui::demo::{Fault, Options, Server};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::{
    BINARY, VARIABLES,
    pty::{DEADLINE, Pty},
};

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: Duration = Duration::from_millis(350);

/// A server, and a directory for everything that a console writes.
struct Day {
    server: Server,
    home: TempDir,
    /// The server runs in it.
    _tokio: tokio::runtime::Runtime,
}

impl Day {
    fn begin() -> Self {
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let options = Options {
            rate_limit: 0,
            ..Options::default()
        };
        let server = tokio.block_on(Server::start(options)).unwrap();
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("tmp")).unwrap();
        Self {
            server,
            home,
            _tokio: tokio,
        }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.home.path().join(below)
    }

    /// The variables of everything that runs here.
    fn variables(&self) -> Vec<(&str, String)> {
        let at = |below| self.path(below).to_str().unwrap().to_owned();
        let editor =
            r#"sh -c 'env >"$HOME/env"; stat -c %a "$1" "$(dirname "$1")" >"$HOME/modes"' editor"#;
        vec![
            ("CLERK_BACKEND_API_URL", self.server.url().to_owned()),
            ("CLERK_SECRET_KEY", self.server.key().to_owned()),
            ("HOME", at("")),
            ("TMPDIR", at("tmp")),
            ("VISUAL", editor.to_owned()),
            ("TERM", "xterm-256color".to_owned()),
        ]
    }

    /// A console whose files nobody masks; what it says on stderr goes to a file.
    fn console(&self, options: &str) -> Pty {
        let mut command = CommandBuilder::new("sh");
        let script = format!("umask 0; exec '{BINARY}' {options} 2>\"$HOME/stderr\"");
        command.args(["-c", &script]);
        for name in VARIABLES {
            command.env_remove(name);
        }
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        Pty::start_sized(command, 120, 40)
    }

    /// What one of the other commands says.
    fn said(&self, args: &[&str]) -> String {
        let mut command = Command::new(BINARY);
        command.args(args).current_dir(self.home.path());
        for name in VARIABLES {
            command.env_remove(name);
        }
        command.envs(self.variables());
        let output = command.stdin(Stdio::null()).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    fn data(&self) -> PathBuf {
        self.path(".local/share/clerk-tui")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.data().join("clerk-tui.log")).unwrap()
    }

    /// Every file below here, with what is in it.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        each_below(self.home.path(), &mut |path| {
            if path.is_file() {
                found.push((path.to_owned(), fs::read(path).unwrap()));
            }
        });
        found
    }

    /// Everything that the console wrote is for its owner only; gives the names.
    fn assert_private(&self) -> Vec<String> {
        let mut names = Vec::new();
        each_below(&self.data(), &mut |path| {
            let mode = path.metadata().unwrap().permissions().mode() & 0o777;
            let due = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, due, "{}: {mode:o}", path.display());
            let below = path.strip_prefix(self.data()).unwrap();
            names.push(below.to_str().unwrap().to_owned());
        });
        names
    }
}

fn each_below(directory: &Path, visit: &mut impl FnMut(&Path)) {
    visit(directory);
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_below(&path, visit);
        } else {
            visit(&path);
        }
    }
}

/// The key in every form that it could be left in.
fn needles(key: &str) -> Vec<Vec<u8>> {
    let secret = key.strip_prefix("sk_test_").unwrap();
    let mut needles = vec![secret.as_bytes().to_vec()];
    for bytes in 0..3 {
        // Wherever it begins in what is encoded: without the letters that what
        // stands around it shares with it.
        let encoded = STANDARD.encode(format!("{}{secret}", &"..."[..bytes]));
        let encoded = encoded.trim_end_matches('=');
        needles.push(encoded.as_bytes()[4..encoded.len() - 3].to_vec());
    }
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    needles.push(hex.to_uppercase().into_bytes());
    needles.push(hex.into_bytes());
    needles.push(secret.bytes().rev().collect());
    needles
}

fn assert_keyless(what: &str, bytes: &[u8], key: &str) {
    for needle in needles(key) {
        let found = bytes.windows(needle.len()).any(|part| part == needle);
        let needle = String::from_utf8_lossy(&needle);
        assert!(!found, "{what} holds the key, as {needle}");
    }
}

/// What was put on the clipboard, by OSC 52.
fn copied(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    for part in text.split("\x1b]52;c;").skip(1) {
        let end = part.find(['\x1b', '\x07']).unwrap();
        found.push(String::from_utf8(STANDARD.decode(&part[..end]).unwrap()).unwrap());
    }
    found
}

/// Reads, changes, copies and edits Alice.
fn see_to_alice(console: &mut Pty) {
    console.until_contains("842 users");
    console.keys("/alice");
    console.until_contains("5 found");
    console.keys("\r\r");
    console.until_contains("CAN SIGN IN  with");
    console.keys("yc");
    console.until_contains("Copied a curl command");
    console.keys("yt");
    console.until_contains("Copied a text");
    console.keys("B");
    console.until_contains("y ban");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("Alice Chen is banned.");
    console.until_contains("CANNOT SIGN IN  banned");
    console.keys("Mr");
    console.until_contains("in all");
    console.keys("\x18");
    console.until_contains("Your editor changed nothing.");
    console.keys("\x1b");
    console.until("no dialog", |screen| {
        !screen.contents().contains("Edit Alice Chen")
    });
}

/// A change is refused, the key is not accepted for once, and Alice is deleted.
fn meet_faults(day: &Day, console: &mut Pty) {
    let faults = day.server.switches();
    faults.plan(1, "POST /users/", Fault::Status(422));
    console.keys("B");
    console.until_contains("y unban");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("was not done:");
    console.keys("\x1b");
    console.until_contains("5 found");
    faults.plan(1, "GET /users?", Fault::Status(401));
    console.keys("r");
    console.until_contains("Clerk no longer accepts this key.");
    console.keys("r");
    console.until("rows again", |screen| {
        !screen.contents().contains("Clerk no longer accepts")
    });
    console.keys("D");
    console.until_contains("[ ] save the whole");
    console.until_quiet(LOOK);
    console.keys(" ");
    console.until_contains("[x] save the whole");
    console.keys("abc123");
    console.until_contains("> abc123");
    console.until_quiet(LOOK);
    console.keys("\r");
    console.until_contains("was deleted.");
}

/// Two of the others are locked together. Meanwhile there is a plan.
fn lock_two(day: &Day, console: &mut Pty) {
    console.keys("\x1b");
    console.until("the whole list", |screen| {
        !screen.contents().contains(" found")
    });
    console.until_quiet(LOOK);
    // The first is locked already.
    console.keys("j  ");
    console.until_contains("2 marked");
    console.until_quiet(LOOK);
    let held = day.server.switches().hold("POST /users/");
    console.keys("L");
    console.until_contains("Lock ");
    console.until_contains("Type ");
    console.keys("2");
    console.until_quiet(LOOK);
    console.keys("\r");
    console.until_contains("p pauses");
    let written = day.assert_private();
    drop(held);
    for part in ["plans/", "runs/", "saved/user_2abc123-", "audit.jsonl"] {
        let is_there = written.iter().any(|name| name.starts_with(part));
        assert!(is_there, "no {part} among {written:?}");
    }
    console.until_contains("2 locked");
    console.keys("\x1b");
    console.until("the list", |screen| {
        !screen.contents().contains("Esc closes")
    });
}

#[test]
fn the_key_is_nowhere_and_what_is_written_is_private() {
    let day = Day::begin();
    let key = day.server.key().to_owned();
    let mut console = day.console("--log-level trace");
    console.until_contains("842 users");
    let limits = fs::read_to_string(format!("/proc/{}/limits", console.pid())).unwrap();
    let cores = limits
        .lines()
        .find(|line| line.starts_with("Max core file"));
    let words: Vec<&str> = cores.unwrap().split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{words:?}");
    see_to_alice(&mut console);
    meet_faults(&day, &mut console);
    lock_two(&day, &mut console);
    // Nothing can be written down any more.
    fs::remove_file(day.data().join("audit.jsonl")).unwrap();
    fs::create_dir(day.data().join("audit.jsonl")).unwrap();
    console.keys("u");
    console.until("no marks", |screen| !screen.contents().contains("2 marked"));
    console.keys("B");
    console.until_contains("y ");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("cannot be kept");
    fs::remove_dir(day.data().join("audit.jsonl")).unwrap();
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);

    let bytes = console.bytes();
    let copies = copied(&bytes);
    assert_eq!(copies.len(), 2);
    assert!(copies[0].starts_with("curl "), "{copies:?}");
    assert_keyless("the terminal", &bytes, &key);
    assert_keyless("the clipboard", copies.join("\n").as_bytes(), &key);
    for (path, bytes) in day.files() {
        assert_keyless(&path.display().to_string(), &bytes, &key);
    }
    for args in [
        &["audit"][..],
        &["audit", "--json"],
        &["config", "check"],
        &["doctor"],
        &["doctor", "--json"],
        &["--help"],
    ] {
        assert_keyless(&args.join(" "), day.said(args).as_bytes(), &key);
    }
    // Nothing but the terminal was written to while the screen was up.
    assert_eq!(fs::read_to_string(day.path("stderr")).unwrap(), "");
    let modes = fs::read_to_string(day.path("modes")).unwrap();
    assert_eq!(modes, "600\n700\n");
    assert!(
        !fs::read_to_string(day.path("env"))
            .unwrap()
            .contains("CLERK_SECRET_KEY")
    );
    assert!(fs::read_dir(day.path("tmp")).unwrap().next().is_none());
    day.assert_private();
}

#[test]
fn the_log_has_every_level_and_nobodys_data() {
    let day = Day::begin();
    let mut console = day.console("--log-level trace");
    see_to_alice(&mut console);
    meet_faults(&day, &mut console);
    fs::remove_file(day.data().join("audit.jsonl")).unwrap();
    fs::create_dir(day.data().join("audit.jsonl")).unwrap();
    console.until_quiet(LOOK);
    console.keys("B");
    console.until_contains("y ");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("cannot be kept");
    console.keys("qq");
    assert_eq!(console.ends(DEADLINE), 0);
    let log = day.log();
    for part in [
        " INFO clerk_tui::cli::target: the start version=",
        " TRACE clerk_tui::runtime::log: does effect=\"fetch\"",
        " DEBUG clerk_tui::api::log: answered method=GET path=\"/users?query=…&",
        " INFO clerk_tui::runtime::log: changes op=",
        " action=\"ban\" users=\"user_2abc123\"",
        " WARN clerk_tui::api::log: failed method=POST path=\"/users/user_2abc123/unban\" status=422",
        " kind=KeyRefused",
        " ERROR clerk_tui::runtime::record: not kept why=",
        " INFO clerk_tui::runtime::ending: the end ended=Quit",
    ] {
        assert!(log.contains(part), "no {part} in\n{log}");
    }
    for (line, word) in log.lines().flat_map(|line| {
        ["alice", "Alice", "Chen", "example.com", "@", "+49", "\x1b"].map(|word| (line, word))
    }) {
        assert!(!line.contains(word), "{word} in {line}");
    }
    // Of the libraries nothing, since nobody has judged what they tell.
    for line in log.lines() {
        let ours = line.split_whitespace().nth(2);
        assert!(
            ours.is_some_and(|ours| ours.starts_with("clerk_tui::")),
            "{line}"
        );
    }
}

#[test]
fn without_being_asked_there_is_no_log_and_less_where_less_is_asked_for() {
    for (options, expected) in [
        ("", None),
        ("--log-level off", None),
        ("--log-level error", Some((false, false))),
        ("--log-level info", Some((true, false))),
        ("--log-level debug", Some((true, true))),
    ] {
        let day = Day::begin();
        let mut console = day.console(options);
        console.until_contains("842 users");
        console.keys("q");
        assert_eq!(console.ends(DEADLINE), 0);
        let log = day.data().join("clerk-tui.log").exists().then(|| day.log());
        let found = log.map(|log| (log.contains(" INFO "), log.contains(" DEBUG ")));
        assert_eq!(found, expected, "{options}");
    }
}

#[test]
fn a_log_that_cannot_be_written_is_said_before_anything_is_drawn() {
    let day = Day::begin();
    fs::write(day.path("file"), "").unwrap();
    let mut console = day.console("--demo --log-level info --data-dir file/data");
    assert_eq!(console.ends(DEADLINE), 2);
    let err = fs::read_to_string(day.path("stderr")).unwrap();
    assert!(err.contains("--data-dir DIR keeps it elsewhere"), "{err}");
}

//! A whole day of work with the real binary, every level of the log on, in a
//! directory of its own: the key is in nothing that it leaves behind, nobody but
//! the owner can read what it does leave, and nobody's data is in the log.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    time::Duration,
};

use clerk_tui::{
    api::{BaseUrl, Reader, Settings, Shares},
    demo::Fault,
    domain::Secret,
    runtime::{Ended, Guard, LastWords, leave},
};
use tempfile::TempDir;

use crate::{
    day::{Day, assert_keyless, copied},
    pty::{DEADLINE, Pty},
};

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: Duration = Duration::from_millis(350);

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

/// Bans Alice with the settings given, and says what is on record.
fn on_record(day: &Day, options: &str) -> String {
    let mut console = day.console(options);
    console.until_contains("842 users");
    console.keys("/alice");
    console.until_contains("5 found");
    console.keys("\r");
    console.until_quiet(LOOK);
    console.keys("B");
    console.until_contains("y ban");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("Alice Chen is banned.");
    console.keys("qq");
    assert_eq!(console.ends(DEADLINE), 0);
    day.said(&["audit", "--json"])
}

#[test]
fn values_stay_out_of_the_audit_trail_by_the_option_and_by_the_profile() {
    let with_value = r#""fields":[{"field":"banned","before":false,"after":true}]"#;
    let without = r#""fields":[{"field":"banned"}]"#;
    let config = "[profile.a]\nno_audit_values = true";
    for (options, expected) in [
        ("", with_value),
        ("--no-audit-values", without),
        ("--config config.toml --profile a", without),
    ] {
        let day = Day::begin();
        fs::write(day.path("config.toml"), config).unwrap();
        let record = on_record(&day, options);
        assert!(record.contains(expected), "{options}: {record}");
        assert!(day.said(&["audit"]).contains(" ban "));
    }
}

#[test]
fn a_file_with_a_key_command_that_others_may_write_is_warned_of_at_the_start_and_in_a_check() {
    let day = Day::begin();
    let config = day.path("config.toml");
    fs::write(&config, "[profile.a]\nkey_command = [\"true\"]").unwrap();
    let start = || {
        let mut console = day.console("--config config.toml --profile a");
        console.until_contains("842 users");
        console.until_quiet(LOOK);
        let screen = console.screen().replace('\n', " ");
        console.keys("q");
        assert_eq!(console.ends(DEADLINE), 0);
        let check = day.said(&["config", "check", "--config", "config.toml"]);
        let err = fs::read_to_string(day.path("stderr")).unwrap();
        [screen, check, err].map(|said| said.contains("others may write it"))
    };
    fs::set_permissions(&config, Permissions::from_mode(0o600)).unwrap();
    assert_eq!(start(), [false; 3]);
    fs::set_permissions(&config, Permissions::from_mode(0o620)).unwrap();
    assert_eq!(start(), [true; 3]);
}

/// Runs the helper below in a terminal of its own.
fn panicking(where_it_is: &str) -> (Pty, TempDir) {
    let data = tempfile::tempdir().unwrap();
    let mut helper = crate::ends::helper("secrets::helper_that_panics_with_the_key", where_it_is);
    helper.env("DATA", data.path());
    helper.env("RUST_BACKTRACE", "full");
    // Large enough for the whole backtrace.
    (Pty::start_sized(helper, 250, 400), data)
}

#[test]
fn a_panic_tells_nothing_of_the_key() {
    for (where_it_is, code) in [("loop", 101), ("worker", 0)] {
        let (mut console, data) = panicking(where_it_is);
        assert_eq!(console.ends(DEADLINE), code);
        console.until_contains("it broke: Settings");
        console.until_contains("[secret]");
        let key = "sk_test_zebrazebrazebrazebra";
        assert_keyless("the terminal", &console.bytes(), key);
        let log = fs::read(data.path().join("clerk-tui.log")).unwrap();
        assert_keyless("the log", &log, key);
        let log = String::from_utf8(log).unwrap();
        assert!(log.contains("a panic place="), "{log}");
        assert!(!log.contains("it broke"), "{log}");
    }
}

#[test]
#[ignore = "run by the test of panics, in a terminal"]
fn helper_that_panics_with_the_key() {
    let Ok(where_it_is) = std::env::var("HELPER") else {
        return;
    };
    let data = PathBuf::from(std::env::var("DATA").unwrap());
    clerk_tui::cli::LogLevel::Trace.start(Some(&data)).unwrap();
    let settings = Settings {
        base: BaseUrl::parse("http://127.0.0.1:1").unwrap(),
        key: Secret::new("sk_test_zebrazebrazebrazebra"),
        limit: 0,
        shares: Shares::default(),
    };
    let reader = Reader::new(settings.clone());
    let breaks = move || panic!("it broke: {settings:?} {reader:?}");
    let _guard = Guard::take().unwrap();
    if where_it_is == "loop" {
        breaks();
    }
    assert!(std::thread::spawn(breaks).join().is_err());
    leave(&Ended::Quit, &LastWords::default());
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

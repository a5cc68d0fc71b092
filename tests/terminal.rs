//! The real binary in a pseudo-terminal: it starts, and it always gives the terminal back.
#![allow(clippy::unwrap_used)]

#[path = "terminal/day.rs"]
mod day;
#[path = "terminal/doctor.rs"]
mod doctor;
#[path = "terminal/editor.rs"]
mod editor;
#[path = "terminal/ends.rs"]
mod ends;
#[path = "terminal/kept.rs"]
mod kept;
#[path = "terminal/killed.rs"]
mod killed;
#[path = "terminal/kinds.rs"]
mod kinds;
#[path = "common/pty.rs"]
mod pty;
#[path = "terminal/secrets.rs"]
mod secrets;
#[path = "terminal/storms.rs"]
mod storms;
#[path = "terminal/strangers.rs"]
mod strangers;
#[path = "common/tls.rs"]
mod tls;
#[path = "terminal/work.rs"]
mod work;

use std::{
    env,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

use portable_pty::CommandBuilder;
use pty::{DEADLINE, Pty};
use rustix::process::Signal;

const BINARY: &str = env!("CARGO_BIN_EXE_clerk-tui");

/// Variables of whoever runs the tests that must not change them.
const VARIABLES: [&str; 6] = [
    "CLERK_SECRET_KEY",
    "CLERK_BACKEND_API_URL",
    "CLERK_TUI_CONFIG",
    "CLERK_TUI_PROFILE",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
];

fn console(args: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(BINARY);
    command.args(args);
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command.env_remove("NO_COLOR");
    for name in VARIABLES {
        command.env_remove(name);
    }
    // Nothing of a user's may be needed.
    command.env("HOME", "/nonexistent");
    command.cwd(env::temp_dir());
    command
}

fn demo() -> Pty {
    let pty = Pty::start(console(&["--demo"]));
    pty.until_drawn();
    pty.assert_taken();
    pty
}

#[test]
fn q_quits_and_restores() {
    let mut console = demo();
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);
    console.assert_restored();
}

#[test]
fn stopped_and_continued_it_comes_back_whole() {
    let console = demo();
    console.signal(Signal::STOP);
    // What a shell would leave behind.
    write!(console.tty(), "\x1b[?1049l\x1b[?25h\x1b[?1002l\x1b[2Jshell").unwrap();
    console.until_contains("shell");
    console.signal(Signal::CONT);
    console.until("whole screen", |screen| {
        screen.alternate_screen() && !screen.contents().contains("shell")
    });
    console.until_drawn();
    console.assert_taken();
}

#[test]
fn an_idle_console_writes_nothing() {
    demo().until_quiet(Duration::from_secs(2));
}

/// Runs the binary without a terminal: its exit code, stdout and stderr.
fn plain(args: &[&str], key: Option<&str>) -> (i32, String, String) {
    let directory = tempfile::tempdir().unwrap();
    let mut command = Command::new(BINARY);
    command.args(args).current_dir(directory.path());
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.env("HOME", "/nonexistent");
    if let Some(key) = key {
        command.env("CLERK_SECRET_KEY", key);
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn without_a_key_it_says_where_it_looked_and_what_to_try() {
    let (code, out, err) = plain(&[], None);
    assert_eq!((code, out.as_str()), (2, ""));
    for part in ["CLERK_SECRET_KEY", ".env.local", "parents", "--demo"] {
        assert!(err.contains(part), "{err}");
    }
}

#[test]
fn a_wrong_key_is_named_and_never_shown() {
    for (key, part) in [
        ("pk_test_zebrazebra", "publishable"),
        ("sk_test_zebra zebra", "space"),
        ("zebrazebrazebra", "sk_test_"),
    ] {
        let (code, out, err) = plain(&[], Some(key));
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(part) && err.contains("--demo"), "{err}");
        assert!(!err.contains("zebra"), "{err}");
    }
}

#[test]
fn it_does_not_draw_into_a_file() {
    let (code, out, err) = plain(&["--demo"], None);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("terminal"), "{err}");
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    let (code, _, err) = plain(&["--api-url", "http://example.com"], Some("sk_test_abcdef"));
    assert_eq!(code, 2);
    assert!(err.contains("https"), "{err}");
}

#[test]
fn the_server_alone_says_its_url_and_key_at_once_and_ends_on_a_signal() {
    let mut server = Command::new(BINARY)
        .args(["demo-server", "--port", "0", "--users", "5"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let url = lines.next().unwrap().unwrap();
    let key = lines.next().unwrap().unwrap();
    assert!(
        url.starts_with("CLERK_BACKEND_API_URL=http://127.0.0.1:"),
        "{url}"
    );
    assert!(key.starts_with("CLERK_SECRET_KEY=sk_test_"), "{key}");
    let pid = rustix::process::Pid::from_child(&server);
    rustix::process::kill_process(pid, Signal::TERM).unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

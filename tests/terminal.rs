//! The real binary in a pseudo-terminal: it starts, and it always gives the terminal back.
#![allow(clippy::unwrap_used)]

#[path = "terminal/doctor.rs"]
mod doctor;
#[path = "terminal/editor.rs"]
mod editor;
#[path = "terminal/kept.rs"]
mod kept;
#[path = "terminal/killed.rs"]
mod killed;
#[path = "common/pty.rs"]
mod pty;
#[path = "common/tls.rs"]
mod tls;
#[path = "terminal/work.rs"]
mod work;

use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use clerk_tui::runtime::{Ended, Guard, LastWords, leave};
use portable_pty::CommandBuilder;
use pty::{DEADLINE, Pty};
use rustix::{
    process::Signal,
    termios::{Action, tcflow},
};

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
fn signals_restore_and_say_so_in_the_exit_code() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let mut console = demo();
        console.signal(signal);
        assert_eq!(console.ends(Duration::from_secs(2)), code);
        console.assert_restored();
    }
}

#[test]
fn a_stalled_terminal_does_not_hold_the_console() {
    let mut console = demo();
    // As after ^s at the terminal: whoever writes now hangs.
    let tty = console.tty();
    tcflow(&tty, Action::OOff).unwrap();
    console.resize(100, 30);
    console.signal(Signal::TERM);
    assert_eq!(console.ends(Duration::from_millis(2_200)), 143);
    tcflow(&tty, Action::OOn).unwrap();
    assert!(!console.is_raw());
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

/// Runs one of the tests below, which are no tests, in a process of its own.
fn helper(name: &str, how: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(env::current_exe().unwrap());
    command.args([name, "--exact", "--ignored", "--nocapture"]);
    command.env("HELPER", how);
    command.env("RUST_BACKTRACE", "0");
    command
}

#[test]
fn a_panic_of_the_loop_restores_and_can_be_read() {
    let mut process = Pty::start(helper("helper_that_panics", "loop"));
    assert_eq!(process.ends(DEADLINE), 101);
    process.assert_restored();
    process.until_contains("the loop broke");
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone_and_is_told_at_the_end() {
    let mut process = Pty::start(helper("helper_that_panics", "worker"));
    process.until_contains("still here");
    assert!(!process.screen().contains("the worker broke"));
    process.assert_taken();
    process.keys("\r");
    assert_eq!(process.ends(DEADLINE), 0);
    process.assert_restored();
    process.until_contains("the worker broke");
}

#[test]
#[ignore = "run by the tests of panics, in a terminal"]
fn helper_that_panics() {
    let Ok(how) = env::var("HELPER") else { return };
    let _guard = Guard::take().unwrap();
    assert!(how != "loop", "the loop broke");
    let worker = thread::spawn(|| panic!("the worker broke"));
    assert!(worker.join().is_err());
    println!("still here");
    let mut key = String::new();
    // Raw mode hands out single bytes, so any of them will do.
    std::io::Read::read(&mut std::io::stdin(), &mut [0; 1]).unwrap();
    key.clear();
    leave(&Ended::Quit, &LastWords::default());
}

/// Whether a process runs; a dead one that nobody has buried yet does not.
fn runs(pid: i32) -> bool {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat"));
    stat.is_ok_and(|stat| {
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
        !state.starts_with(['Z', 'X'])
    })
}

#[test]
fn without_its_terminal_the_console_is_gone_within_two_seconds() {
    for how in ["controlling", "not controlling", "hangup ignored"] {
        let mut helper = Command::new(env::current_exe().unwrap())
            .args(["helper_that_holds_a_terminal", "--exact"])
            .args(["--ignored", "--nocapture"])
            .env("HELPER", how)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(helper.stdout.take().unwrap()).lines();
        let pid: i32 = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("console ")?.parse().ok())
            .unwrap();
        assert!(runs(pid));
        helper.kill().unwrap();
        helper.wait().unwrap();
        let since = Instant::now();
        while runs(pid) {
            assert!(
                since.elapsed() < Duration::from_secs(2),
                "{how}: still there"
            );
            thread::sleep(Duration::from_millis(2));
        }
    }
}

#[test]
#[ignore = "run by the test of a lost terminal, which kills it"]
fn helper_that_holds_a_terminal() {
    let Ok(how) = env::var("HELPER") else { return };
    let mut command = console(&["--demo"]);
    if how == "hangup ignored" {
        command = CommandBuilder::new("sh");
        command.args(["-c", &format!("trap '' HUP; exec '{BINARY}' --demo")]);
    }
    command.set_controlling_tty(how != "not controlling");
    let console = Pty::start(command);
    console.until_drawn();
    // While it still draws, a failing write would tell it, and not the watcher.
    console.until_quiet(Duration::from_millis(300));
    println!("\nconsole {}", console.pid());
    thread::sleep(DEADLINE);
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

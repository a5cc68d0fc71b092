//! However it ends, the terminal is given back: by signals, by panics, by a
//! terminal that stops reading or is gone.

use std::{
    env, fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use clerk_tui::{
    app::{Model, Setup},
    domain::{ApiError, Dress, ErrorKind, Policy},
    runtime::{
        Clock, Ended, Guard, LastWords, Link, NoWriter, Opened, TerminalBackend, leave, run_on,
    },
};
use portable_pty::CommandBuilder;
use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};
use rustix::{
    event::{PollFd, PollFlags, poll},
    process::{Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper, waitpid},
    termios::{Action, tcflow},
};

use crate::{BINARY, console, demo, pty::DEADLINE, pty::Pty};

/// A signal ends it within this time, whatever hangs: two seconds, and a second
/// for a busy machine.
const AT_ONCE: Duration = Duration::from_secs(3);

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
        assert_eq!(console.ends(AT_ONCE), code);
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
    assert_eq!(console.ends(AT_ONCE), 143);
    tcflow(&tty, Action::OOn).unwrap();
    assert!(!console.is_raw());
}

#[test]
fn a_terminal_that_stops_reading_does_not_hold_the_console() {
    let mut console = demo();
    console.reads(false);
    let since = Instant::now();
    // Whole frames, until nobody has room for another.
    let mut full = 0;
    // It is full, too, for as long as somebody writes: once it stays so, they wait.
    while full < 50 {
        full = if console.is_full() { full + 1 } else { 0 };
        assert!(since.elapsed() < DEADLINE, "there is always room");
        let wide = u16::try_from(since.elapsed().as_millis() % 100).unwrap();
        console.resize(120 + wide, 50);
        thread::sleep(Duration::from_millis(2));
    }
    console.signal(Signal::TERM);
    assert_eq!(console.ends(AT_ONCE), 143);
    assert!(!console.is_raw());
    console.reads(true);
    console.assert_restored();
}

/// Runs one of the tests below, which are no tests, in a process of its own.
pub fn helper(name: &str, how: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(env::current_exe().unwrap());
    command.args([name, "--exact", "--ignored", "--nocapture"]);
    command.env("HELPER", how);
    command.env("RUST_BACKTRACE", "0");
    command
}

#[test]
fn a_panic_of_the_loop_restores_and_can_be_read() {
    let mut process = Pty::start(helper("ends::helper_that_panics", "loop"));
    assert_eq!(process.ends(DEADLINE), 101);
    process.assert_restored();
    process.until_contains("the loop broke");
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone_and_is_told_at_the_end() {
    let mut process = Pty::start(helper("ends::helper_that_panics", "worker"));
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
    // Raw mode hands out single bytes, so any of them will do; reading waits for none.
    let terminal = io::stdin();
    let mut asked = [PollFd::new(&terminal, PollFlags::IN)];
    poll(&mut asked, None).unwrap();
    io::Read::read(&mut io::stdin(), &mut [0; 1]).unwrap();
    leave(&Ended::Quit, &LastWords::default());
}

#[test]
fn a_panic_in_a_draw_restores_and_can_be_read() {
    let mut process = Pty::start(helper("ends::helper_whose_draw_panics", "draw"));
    assert_eq!(process.ends(DEADLINE), 101);
    process.assert_restored();
    process.until_contains("the draw broke");
    // It was drawing, and not merely about to begin.
    let written = String::from_utf8(process.bytes()).unwrap();
    let (_, drawn) = written.split_once("\x1b[?1049h").unwrap();
    assert!(drawn.contains("DEMO"), "{drawn}");
}

#[test]
#[ignore = "run by the test of a panic in a draw, in a terminal"]
fn helper_whose_draw_panics() {
    if env::var("HELPER").is_err() {
        return;
    }
    let open = |clock: Clock, size| Opened {
        model: Model::new(Setup {
            run: 1,
            dress: Dress::Demo,
            host: "demo".to_owned(),
            policy: Policy::default(),
            operator: "ann@desk".to_owned(),
            notice: None,
            size,
            now: clock.now(),
        }),
        reader: Link::open(async { Err(ApiError::new(ErrorKind::NotConnected, "nobody there")) }),
        writer: None::<NoWriter>,
        trail: None,
    };
    run_on(|| Ok(Brittle(TerminalBackend::open()?, 0)), open).unwrap();
}

/// The terminal's backend, until its second frame, of which some is written.
struct Brittle(TerminalBackend, usize);

impl Backend for Brittle {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.1 += 1;
        self.0.draw(content)?;
        assert!(self.1 < 2, "the draw broke");
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

/// What the system says of a process: its state, and the hundredths of a second
/// for which it has worked.
fn state(pid: i32) -> Option<(char, u64)> {
    let stat = fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat"));
    let stat = stat.ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let worked = |at: usize| fields[at].parse::<u64>().unwrap();
    Some((fields[0].chars().next()?, worked(11) + worked(12)))
}

#[test]
fn without_its_terminal_it_is_gone_within_two_seconds_without_a_spin_or_an_abort() {
    // Whoever loses their parent becomes our child, so that we learn how they ended.
    set_child_subreaper(Some(getpid())).unwrap();
    for how in ["controlling", "not controlling", "hangup ignored"] {
        let mut helper = Command::new(env::current_exe().unwrap())
            .args(["ends::helper_that_holds_a_terminal", "--exact"])
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
        let (_, before) = state(pid).unwrap();
        helper.kill().unwrap();
        helper.wait().unwrap();
        let since = Instant::now();
        let worked = loop {
            match state(pid).unwrap() {
                ('Z', after) => break after - before,
                _ if since.elapsed() < Duration::from_secs(2) => {}
                _ => panic!("{how}: still there"),
            }
            thread::sleep(Duration::from_millis(2));
        };
        // A quarter of a second of work in two: a spin would take all of them.
        assert!(worked < 25, "{how}: it worked for {worked}0 ms");
        let console = Pid::from_raw(pid).unwrap();
        let (_, status) = waitpid(Some(console), WaitOptions::empty())
            .unwrap()
            .unwrap();
        assert_eq!(status.terminating_signal(), None, "{how}");
        assert_eq!(status.exit_status(), Some(129), "{how}");
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

#[test]
fn a_second_signal_changes_nothing_about_the_end() {
    let mut console = demo();
    let pid = Pid::from_raw(console.pid()).unwrap();
    console.signal(Signal::TERM);
    // It may be gone already.
    let _ = kill_process(pid, Signal::HUP);
    // Signals that arrive together have no order.
    let code = console.ends(AT_ONCE);
    assert!([143, 129].contains(&code), "{code}");
    console.assert_restored();
}

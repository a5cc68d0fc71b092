//! A program in a pseudo-terminal, and a terminal emulator that reads it.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    num::NonZero,
    os::unix::fs::OpenOptionsExt,
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{Termios, tcgetattr},
};
use vt100::{MouseProtocolEncoding, MouseProtocolMode, Parser, Screen};

/// The longest that any condition is waited for.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// `O_NOCTTY`: looking at a terminal must not make it ours.
const NO_CONTROLLING_TTY: i32 = 0o400;

/// What the emulator has read so far.
struct Shown {
    parser: Parser,
    bytes: Vec<u8>,
    ended: bool,
}

/// A program in a terminal of its own.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
    /// Whether the terminal reads what is written.
    reads: Arc<(Mutex<bool>, Condvar)>,
    /// The terminal's modes before anything ran in it.
    before: Termios,
    /// Kept open, so that the terminal's modes can be looked at after the end.
    _slave: Box<dyn SlavePty + Send>,
}

impl Pty {
    /// Starts `command` in a terminal of 80×24.
    pub fn start(command: CommandBuilder) -> Self {
        Self::start_sized(command, 80, 24)
    }

    pub fn start_sized(command: CommandBuilder, cols: u16, rows: u16) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let shown = Arc::new((
            Mutex::new(Shown {
                parser: Parser::new(nonzero(rows), nonzero(cols), 200),
                bytes: Vec::new(),
                ended: false,
            }),
            Condvar::new(),
        ));
        let before = tcgetattr(open_tty(&*pair.master)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let read = shown.clone();
        let reads = Arc::new((Mutex::new(true), Condvar::new()));
        let gate = reads.clone();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let open = gate.0.lock().unwrap();
                drop(gate.1.wait_while(open, |open| !*open).unwrap());
                let n = reader.read(&mut bytes).unwrap_or(0);
                let mut shown = read.0.lock().unwrap();
                shown.parser.process(&bytes[..n]);
                shown.bytes.extend(&bytes[..n]);
                shown.ended = n == 0;
                read.1.notify_all();
                if n == 0 {
                    return;
                }
            }
        });
        Self {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            shown,
            reads,
            before,
            _slave: pair.slave,
        }
    }

    pub fn pid(&self) -> i32 {
        self.child.process_id().unwrap().cast_signed()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(self.pid()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    pub fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    pub fn resize(&self, cols: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).unwrap();
        let mut shown = self.shown.0.lock().unwrap();
        shown
            .parser
            .screen_mut()
            .set_size(nonzero(rows), nonzero(cols));
    }

    /// The program's side of the terminal.
    pub fn tty(&self) -> File {
        open_tty(&*self.master)
    }

    /// The terminal reads what is written, or lets it pile up.
    pub fn reads(&self, reads: bool) {
        *self.reads.0.lock().unwrap() = reads;
        self.reads.1.notify_all();
    }

    /// Whether whoever writes to the terminal now has to wait.
    pub fn is_full(&self) -> bool {
        let tty = self.tty();
        let mut asked = [PollFd::new(&tty, PollFlags::OUT)];
        let now = Timespec::default();
        poll(&mut asked, Some(&now)).unwrap() == 0
    }

    /// Waits until the screen is as it should be.
    pub fn until(&self, what: &str, condition: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap();
        while !condition(shown.parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "no {what} within {DEADLINE:?}:\n{}",
                shown.parser.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    pub fn until_contains(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Waits for the first frame.
    pub fn until_drawn(&self) {
        self.until("frame", |screen| {
            screen.alternate_screen() && !screen.contents().trim().is_empty()
        });
    }

    pub fn screen(&self) -> String {
        self.shown.0.lock().unwrap().parser.screen().contents()
    }

    /// Everything that was written so far, as it was written.
    pub fn bytes(&self) -> Vec<u8> {
        self.shown.0.lock().unwrap().bytes.clone()
    }

    /// Waits until the program has written nothing for so long.
    pub fn until_quiet(&self, quiet: Duration) {
        let deadline = Instant::now() + DEADLINE;
        let mut shown = self.shown.0.lock().unwrap();
        loop {
            assert!(Instant::now() < deadline, "it never stops writing");
            let bytes = shown.bytes.len();
            let since = Instant::now();
            while shown.bytes.len() == bytes && since.elapsed() < quiet {
                let left = quiet.saturating_sub(since.elapsed());
                shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
            }
            if shown.bytes.len() == bytes {
                return;
            }
        }
    }

    /// Waits for the program's end, at most `within`, and gives its exit code.
    pub fn ends(&mut self, within: Duration) -> u32 {
        let deadline = Instant::now() + within;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert_eq!(status.signal(), None, "killed by a signal");
                return status.exit_code();
            }
            assert!(
                Instant::now() < deadline,
                "still running after {within:?}:\n{}",
                self.screen()
            );
            // There is no waiting for a child with a deadline; this asks again.
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Whether the terminal is in raw mode.
    pub fn is_raw(&self) -> bool {
        use rustix::termios::LocalModes;
        let modes = tcgetattr(self.tty()).unwrap().local_modes;
        !modes.intersects(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// Every mode is on that the console uses.
    pub fn assert_taken(&self) {
        self.until("mouse", |screen| {
            screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
        });
        let shown = self.shown.0.lock().unwrap();
        let screen = shown.parser.screen();
        assert!(screen.alternate_screen());
        assert!(screen.bracketed_paste());
        assert!(screen.hide_cursor());
        drop(shown);
        assert!(self.is_raw());
    }

    /// Every mode is as it was before.
    pub fn assert_restored(&self) {
        self.until("restored screen", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == MouseProtocolMode::None
                && screen.mouse_protocol_encoding() == MouseProtocolEncoding::Default
                && screen.fgcolor() == vt100::Color::Default
                && !screen.bold()
        });
        let modes = |of: &Termios| {
            let lines = (of.input_modes, of.output_modes);
            (lines, of.control_modes, of.local_modes)
        };
        let now = tcgetattr(self.tty()).unwrap();
        assert_eq!(modes(&now), modes(&self.before));
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn open_tty(master: &dyn MasterPty) -> File {
    OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(NO_CONTROLLING_TTY)
        .open(master.tty_name().unwrap())
        .unwrap()
}

fn nonzero(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap()
}

//! A console in a pseudo-terminal, seen from outside.

use std::env;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use clerk_tui::demo::Server;
use portable_pty::{Child, CommandBuilder, ExitStatus, PtyPair, PtySize, native_pty_system};
use vt100::{Parser, Screen};

pub const ROWS: u16 = 60;
pub const COLUMNS: u16 = 200;

/// A running console and what it has drawn.
pub struct Console {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    pieces: Receiver<(Instant, Vec<u8>)>,
    parser: Parser,
    /// Kept, so that the terminal does not hang up.
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

/// A pseudo-terminal, and what is written to it, each piece with its time.
pub fn terminal(rows: u16, cols: u16) -> (PtyPair, Receiver<(Instant, Vec<u8>)>) {
    let size = PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (sender, pieces) = mpsc::channel();
    // Only reads and notes the time: whatever the emulator takes is not counted.
    thread::spawn(move || {
        let mut bytes = vec![0; 65_536];
        while let Ok(n @ 1..) = reader.read(&mut bytes) {
            if sender.send((Instant::now(), bytes[..n].to_vec())).is_err() {
                return;
            }
        }
    });
    (pair, pieces)
}

impl Console {
    /// Starts the console for a server, with more options.
    pub fn start(server: &Server, options: &[&str]) -> Self {
        Self::start_at(server.url(), server.key(), options)
    }

    /// Starts it for whatever is at this address.
    pub fn start_at(url: &str, key: &str, options: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_clerk-tui"));
        command.args(["--api-url", url]);
        command.args(options);
        command.env("TERM", "xterm-256color");
        command.env("CLERK_SECRET_KEY", key);
        command.cwd(env::temp_dir());
        let (pair, pieces) = terminal(ROWS, COLUMNS);
        let child = pair.slave.spawn_command(command).unwrap();
        let size = |n| NonZero::new(n).unwrap();
        Self {
            child,
            keyboard: pair.master.take_writer().unwrap(),
            pieces,
            parser: Parser::new(size(ROWS), size(COLUMNS), 0),
            _master: pair.master,
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Presses keys; says when.
    pub fn keys(&mut self, keys: &str) -> Instant {
        let since = Instant::now();
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        since
    }

    /// Reads what is drawn until the screen is as wanted, at most so long; says
    /// when its last part came.
    pub fn until(&mut self, within: Duration, wanted: impl Fn(&Screen) -> bool) -> Option<Instant> {
        let deadline = Instant::now() + within;
        if wanted(self.parser.screen()) {
            return Some(Instant::now());
        }
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (at, bytes) = self.pieces.recv_timeout(left).ok()?;
            self.parser.process(&bytes);
            if wanted(self.parser.screen()) {
                return Some(at);
            }
        }
    }

    /// As [`Console::until`], but it must come.
    pub fn must(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) -> Instant {
        let shown = self.until(Duration::from_hours(1), wanted);
        shown.unwrap_or_else(|| panic!("no {what}:\n{}", self.parser.screen().contents()))
    }

    /// Reads what is drawn for so long, also where nothing more can come.
    pub fn rest(&mut self, time: Duration) {
        let end = Instant::now() + time;
        self.until(time, |_| false);
        thread::sleep(end.saturating_duration_since(Instant::now()));
    }

    /// Whether the process has ended by itself, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Loads everybody: with `:load` where there is such a command, else by
    /// going down to the last row. Gives the seconds it took.
    pub fn load_all(&mut self, all: u32) -> f64 {
        self.must("first rows", |screen| {
            list(screen).any(|row| row.contains('@'))
        });
        self.keys(":load");
        let offered = |screen: &Screen| screen.contents().contains("Load everything");
        let since = Instant::now();
        if self.until(Duration::from_secs(2), offered).is_some() {
            let since = self.keys("\r");
            let end = self.must("loaded", |screen| {
                screen.contents().contains("users loaded.")
            });
            return (end - since).as_secs_f64();
        }
        self.keys("\x1b");
        self.rest(Duration::from_millis(200));
        let pages = all.div_ceil(40);
        for _ in 0..pages.div_ceil(20) {
            self.keys(&"\x1b[6~".repeat(20));
            self.rest(Duration::from_millis(8));
        }
        // The cursor stands on the last row of all when it does not move any more.
        let mut before = String::new();
        let rows = |screen: &Screen| list(screen).collect::<String>();
        while before != rows(self.screen()) {
            before = rows(self.screen());
            self.keys(&"\x1b[6~".repeat(20));
            self.rest(Duration::from_millis(500));
        }
        self.keys("g");
        since.elapsed().as_secs_f64()
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The line of the search box.
pub fn search_box(screen: &Screen) -> String {
    screen.rows(0, COLUMNS).nth(1).unwrap_or_default()
}

/// The lines of the list, without the preview.
pub fn list(screen: &Screen) -> impl Iterator<Item = String> {
    const LIST: u16 = 110;
    let below_titles = screen.rows(0, LIST).skip_while(|row| !row.contains("NAME"));
    below_titles.skip(1)
}

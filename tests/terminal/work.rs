//! The main job, done in a terminal with the real binary.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use portable_pty::CommandBuilder;

use crate::{BINARY, console, pty::DEADLINE, pty::Pty};

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: Duration = Duration::from_millis(350);

/// Finds Alice, bans her and quits.
pub fn ban_alice(console: &mut Pty) {
    console.until_contains("842 users");
    console.keys("/alice");
    console.until_contains("5 found");
    console.keys("\r\r");
    console.until_contains("CAN SIGN IN  with");
    console.keys("B");
    console.until_contains("y ban");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("Alice Chen is banned.");
    console.until_contains("CANNOT SIGN IN  banned");
    console.keys("\x1b");
    console.until_contains("x banned");
    console.keys("\x1b");
    console.until("whole list again", |screen| {
        !screen.contents().contains("5 found")
    });
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);
    console.assert_restored();
}

#[test]
fn alice_is_found_and_banned_in_the_demo() {
    ban_alice(&mut Pty::start(console(&["--demo"])));
}

/// A demo server in a process of its own.
pub struct Server {
    child: Child,
    pub address: String,
    pub key: String,
}

impl Server {
    pub fn start(args: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .args(["demo-server", "--port", "0"])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(name).unwrap().to_owned()
        };
        Self {
            address: line("CLERK_BACKEND_API_URL=http://"),
            key: line("CLERK_SECRET_KEY="),
            child,
        }
    }

    /// The whole answer, head and body; what came of it where the connection broke.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (address, key) = (&self.address, &self.key);
        write!(
            stream,
            "GET /v1{path} HTTP/1.1\r\nHost: {address}\r\n\
             Authorization: Bearer {key}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        // An error is the end, too.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn alice_is_found_and_banned_at_a_server_in_another_process() {
    let server = Server::start(&[]);
    assert!(
        server
            .get("/users/user_2abc123")
            .contains("\"banned\":false")
    );
    let data = tempfile::tempdir().unwrap();
    let mut command = console(&["--data-dir", data.path().to_str().unwrap()]);
    command.env(
        "CLERK_BACKEND_API_URL",
        format!("http://{}", server.address),
    );
    command.env("CLERK_SECRET_KEY", &server.key);
    // No proxy is asked about this machine.
    for name in ["http_proxy", "all_proxy", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:1");
    }
    ban_alice(&mut Pty::start(command));
    assert!(
        server
            .get("/users/user_2abc123")
            .contains("\"banned\":true")
    );
}

#[test]
fn ctrl_z_gives_the_shell_back_and_fg_the_console() {
    // A shell with job control, which goes on when the console has stopped.
    let mut command = CommandBuilder::new("sh");
    let script = format!("set -m; '{BINARY}' --demo; echo stopped; read line; fg; echo ended");
    command.args(["-c", &script]);
    command.env("TERM", "xterm-256color");
    let mut shell = Pty::start(command);
    shell.until_contains("842 users");
    shell.assert_taken();
    shell.keys("\x1a");
    shell.until_contains("stopped");
    shell.assert_restored();
    shell.keys("\r");
    shell.until("console again", vt100::Screen::alternate_screen);
    shell.until_contains("842 users");
    shell.assert_taken();
    shell.keys("/alice");
    shell.until_contains("5 found");
    shell.keys("\r");
    shell.keys("\x1b");
    shell.until("whole list again", |screen| {
        !screen.contents().contains("5 found")
    });
    shell.keys("q");
    shell.until_contains("ended");
    shell.assert_restored();
}

/// The final bytes of all control sequences in what was written; fails on any
/// other control, and on what turns the direction of writing. The last character
/// or sequence may be on its way still.
fn sequences(bytes: &[u8]) -> BTreeSet<char> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(cut) => {
            assert_eq!(cut.error_len(), None, "only UTF-8 is ours");
            std::str::from_utf8(&bytes[..cut.valid_up_to()]).unwrap()
        }
    };
    let mut finals = BTreeSet::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => {
                let kind = chars.next();
                assert!(matches!(kind, Some('[') | None), "{kind:?} is not ours");
                finals.extend(chars.find(|c| ('\x40'..='\x7e').contains(c)));
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                panic!("{c:?} was written")
            }
            c => assert!(!c.is_control(), "{c:?} was written"),
        }
    }
    finals
}

#[test]
fn no_escape_byte_of_a_hostile_name_reaches_the_terminal() {
    let mut console = Pty::start_sized(console(&["--demo", "--rate-limit", "0"]), 160, 45);
    console.until_contains("842 users");
    for (search, row) in [
        ("Alert", "Alert"),
        ("Clip", "Clip"),
        ("owned", "owned"),
        ("gnp.exe", "gnp.exe"),
        ("Isolated", "Isolated"),
        ("Break", "Break"),
        ("Nul", "Nul"),
    ] {
        console.keys("/");
        console.keys(search);
        console.until_contains("1 found");
        console.until_contains(row);
        console.keys("\r\r");
        console.until_contains("Users › ");
        console.until_contains("─ Identity");
        console.keys("v");
        console.until_contains("\"object\": \"user\"");
        console.until_contains(row);
        console.keys("D");
        console.until_contains("DELETE ");
        console.keys("\x1b");
        console.until("closed dialog", |screen| {
            !screen.contents().contains("DELETE ")
        });
        console.keys("1");
        console.until_contains("1 found");
        console.keys("\x1b");
        console.until("whole list again", |screen| {
            !screen.contents().contains("1 found")
        });
    }
    // Not in the middle of a frame.
    console.until_quiet(LOOK);
    let written = console.bytes();
    let attack = b"\x1b[31mRed";
    assert!(!written.windows(attack.len()).any(|at| at == attack));
    let ours = BTreeSet::from(['H', 'J', 'h', 'l', 'm']);
    let finals = sequences(&written);
    assert!(finals.is_subset(&ours), "{finals:?}");
}

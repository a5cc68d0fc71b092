//! More of everything than a person could send: sizes, mouse events, pastes.
//! Nothing of it changes anybody, and the console answers afterwards.

use std::{fmt::Write, fs};

use clerk_tui::{
    app::{Command, command::TABLE},
    demo::{Options, Server},
};
use tokio::runtime::Runtime;

use crate::{
    console, demo,
    pty::{DEADLINE, Pty},
};

/// A megabyte.
const MUCH: usize = 1 << 20;

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: std::time::Duration = std::time::Duration::from_millis(350);

/// Between the keys of a slow burst; long enough for a frame.
const SLOWLY: std::time::Duration = std::time::Duration::from_millis(10);

/// A console, and the server that notes every attempt to change something.
struct Witnessed {
    console: Pty,
    server: Server,
    _data: tempfile::TempDir,
    _runtime: Runtime,
}

impl Witnessed {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options {
            rate_limit: 0,
            ..Options::default()
        };
        let server = runtime.block_on(Server::start(options)).unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut command = console(&[
            "--rate-limit",
            "0",
            "--data-dir",
            data.path().to_str().unwrap(),
        ]);
        command.env("CLERK_BACKEND_API_URL", server.url());
        command.env("CLERK_SECRET_KEY", server.key());
        // Whatever an editor or a browser would be asked for fails at once.
        for name in ["VISUAL", "EDITOR", "BROWSER"] {
            command.env(name, "false");
        }
        let console = Pty::start(command);
        console.until_contains("842 users");
        Self {
            console,
            server,
            _data: data,
            _runtime: runtime,
        }
    }

    /// What the process holds in memory, in kilobytes.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.console.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.unwrap().split_whitespace().next().unwrap();
        number.parse().unwrap()
    }

    fn assert_nothing_was_changed(&self) {
        assert_eq!(self.server.switches().writes(), []);
        // The record is whole: nothing has left its front.
        assert!(self.server.switches().requests().len() < 20_000);
    }

    /// The console still does what it is asked to: it bans Alice, and the server
    /// has a record of that.
    fn bans_alice(&mut self) {
        // Out of whatever was open, and to the users.
        let console = &mut self.console;
        for _ in 0..6 {
            console.keys("\x1b");
            console.until_quiet(LOOK / 4);
        }
        console.keys("1/");
        console.keys("\x15user_2abc123");
        console.until_contains("1 found");
        console.keys("\r");
        console.until_quiet(LOOK);
        console.keys("B");
        console.until_contains("y ban");
        console.until_quiet(LOOK);
        console.keys("y");
        console.until_contains("Alice Chen is banned.");
        let writes = self.server.switches().writes();
        assert_eq!(writes.len(), 1);
        assert_eq!(writes[0].path, "/users/user_2abc123/ban");
    }
}

/// A paste as terminals send it that support brackets.
fn bracketed(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

/// The bytes that a terminal sends for a key, by its name in the table.
fn bytes_of(key: &str) -> String {
    let control = |c: char| char::from(c as u8 & 0x1f).to_string();
    match key {
        "Enter" => "\r".to_owned(),
        "Tab" => "\t".to_owned(),
        "S-Tab" => "\x1b[Z".to_owned(),
        "Space" => " ".to_owned(),
        "Esc" => "\x1b".to_owned(),
        "↑" => "\x1b[A".to_owned(),
        "↓" => "\x1b[B".to_owned(),
        "→" => "\x1b[C".to_owned(),
        "←" => "\x1b[D".to_owned(),
        "Home" => "\x1b[H".to_owned(),
        "End" => "\x1b[F".to_owned(),
        "PgUp" => "\x1b[5~".to_owned(),
        "PgDn" => "\x1b[6~".to_owned(),
        "F1" => "\x1bOP".to_owned(),
        "F2" => "\x1bOQ".to_owned(),
        "F3" => "\x1bOR".to_owned(),
        "F5" => "\x1b[15~".to_owned(),
        _ if key.starts_with(':') => format!("{key}\r"),
        _ if key.starts_with('^') => control(key.chars().nth(1).unwrap()),
        // A chord is one key after the other.
        _ => key.replace(' ', ""),
    }
}

/// So many bytes of every bound key but those that leave, each followed by what
/// would confirm it.
fn every_key(length: usize) -> String {
    let leaves = |command| {
        use clerk_tui::app::command::LoadVerb;
        let stops = Command::Load(LoadVerb::Stop);
        [Command::Quit, Command::Interrupt, Command::Suspend, stops].contains(&command)
    };
    let keys: Vec<String> = TABLE
        .iter()
        .filter(|entry| !leaves(entry.command))
        .flat_map(|entry| entry.keys.iter().map(|key| bytes_of(key)))
        .collect();
    assert!(keys.len() > 80, "{}", keys.len());
    let confirms = [
        "",
        "y",
        "\r",
        "yy",
        "\x1b[C\r",
        "abc123\r",
        "1\r",
        " \r",
        "alice@example.com\r",
        "ay",
        "n\ry",
    ];
    let mut all = String::with_capacity(length + 64);
    let (mut n, mut shift) = (0, 0);
    while all.len() < length {
        let _ = write!(
            all,
            "{}{}",
            keys[n % keys.len()],
            confirms[(n + shift) % confirms.len()]
        );
        n += 1;
        if n % keys.len() == 0 {
            shift += 1;
        }
    }
    all
}

#[test]
fn a_storm_of_sizes_down_to_one_cell_leaves_a_whole_screen() {
    let mut console = demo();
    console.until_contains("Alice Chen");
    console.keys("D");
    console.until_contains("DELETE ");
    for n in 0..400_u16 {
        console.resize(1 + n * 7 % 200, 1 + n * 5 % 60);
    }
    console.resize(39, 9);
    console.until_contains("Please make the");
    console.resize(1, 1);
    console.until("one cell", |screen| screen.contents() == "P");
    for n in 0..100_u16 {
        console.resize(1 + n % 3, 1 + n % 2);
    }
    console.resize(80, 24);
    console.until_contains("842 users");
    console.until_contains("DELETE ");
    console.keys("\x1b");
    console.until("closed dialog", |screen| {
        !screen.contents().contains("DELETE ")
    });
    console.keys("?");
    console.until_contains("What works here");
    // The help closes, then the console.
    console.keys("qq");
    assert_eq!(console.ends(DEADLINE), 0);
    console.assert_restored();
}

#[test]
fn a_megabyte_pasted_into_the_search_is_bounded_and_the_console_answers() {
    let mut desk = Witnessed::start();
    let before = desk.memory();
    desk.console.keys("/");
    desk.console.keys(&bracketed(&"alice ".repeat(MUCH / 6)));
    desk.console.until_contains("alice alice");
    // The same without brackets, behind it.
    desk.console.keys(&"bob ".repeat(10_000));
    desk.console.keys("\x15alice");
    desk.console.until_contains("5 found");
    let held = desk.memory().saturating_sub(before);
    assert!(held < 64 * 1024, "it holds {held} kB more");
    desk.assert_nothing_was_changed();
    desk.bans_alice();
}

/// Each key comes with each of what could confirm it, some ten times.
#[test]
fn a_burst_of_every_key_without_brackets_changes_nothing() {
    every_key_changes_nothing(64 << 10);
}

#[test]
#[ignore = "takes two minutes where nothing is optimized"]
fn a_megabyte_of_every_key_without_brackets_changes_nothing() {
    every_key_changes_nothing(MUCH);
}

fn every_key_changes_nothing(length: usize) {
    let mut desk = Witnessed::start();
    let before = desk.memory();
    desk.console.keys(&every_key(length));
    desk.console.until_quiet(LOOK);
    let held = desk.memory().saturating_sub(before);
    assert!(held < 128 * 1024, "it holds {held} kB more");
    desk.assert_nothing_was_changed();
    desk.bans_alice();
}

#[test]
fn what_follows_a_smuggled_end_of_a_paste_changes_nothing() {
    let mut desk = Witnessed::start();
    for change in [
        "By",
        "Dalice@example.com\r",
        "Dabc123\r",
        "Ra\ry",
        "Pmabc123\r",
        "\x1b[C\r",
        "Ly",
    ] {
        let part = format!("user_2abc123\x1b[201~\r{}", change.repeat(200));
        desk.console.keys(&bracketed(&part));
        desk.console.until_quiet(LOOK);
    }
    desk.assert_nothing_was_changed();
    desk.bans_alice();
}

/// The dialogs open, are answered and drawn meanwhile: only that nobody has
/// looked stands between these keys and a change.
#[test]
fn a_long_burst_of_consent_is_none() {
    let mut desk = Witnessed::start();
    for (keys, consent) in [("B", "y"), ("Dabc123", "\r"), ("Dabc123", " \r")] {
        desk.console.keys("1/\x15user_2abc123");
        desk.console.until_contains("1 found");
        desk.console.keys("\r");
        desk.console.until_quiet(LOOK);
        desk.console
            .keys(&format!("{keys}{}", consent.repeat(10_000)));
        desk.console.until_quiet(LOOK);
        for _ in 0..3 {
            desk.console.keys("\x1b");
            desk.console.until_quiet(LOOK / 4);
        }
    }
    desk.assert_nothing_was_changed();
    desk.bans_alice();
}

/// Slow enough that each key finds the question read, and drawn, and the key
/// before it answered: that no key may come for a while is all that is left.
#[test]
fn a_slow_burst_of_consent_is_none() {
    let mut desk = Witnessed::start();
    for (keys, asks, consent) in [("B", "y ban", "y"), ("B\x1b[C", "Enter does it", "\r")] {
        desk.console.keys("1/\x15user_2abc123");
        desk.console.until_contains("1 found");
        desk.console.keys("\r");
        desk.console.until_quiet(LOOK);
        desk.console.keys(keys);
        desk.console.until_contains(asks);
        for _ in 0..50 {
            desk.console.keys(consent);
            desk.console.until_quiet(SLOWLY);
        }
        desk.console.until_contains("Look first, then");
        desk.assert_nothing_was_changed();
        desk.console.keys("\x1b");
        desk.console.until_quiet(LOOK);
    }
    desk.bans_alice();
}

#[test]
fn ten_thousand_mouse_events_change_nothing_and_keys_are_answered() {
    let mut desk = Witnessed::start();
    let before = desk.memory();
    let mut events = String::new();
    // The wheel, clicks, drags, moves, buttons that do not exist; on the screen and beyond.
    for n in 0..10_000_u32 {
        let button = [0, 64, 65, 32, 35, 2, 1, 66, 67, 128][(n % 10) as usize];
        let (x, y, end) = (
            1 + n * 13 % 300,
            1 + n * 7 % 90,
            if n % 3 == 0 { 'm' } else { 'M' },
        );
        let _ = write!(events, "\x1b[<{button};{x};{y}{end}");
    }
    desk.console.keys(&events);
    desk.console.keys("1?");
    desk.console.until_contains("What works here");
    let held = desk.memory().saturating_sub(before);
    assert!(held < 64 * 1024, "it holds {held} kB more");
    desk.assert_nothing_was_changed();
    desk.bans_alice();
}

/// The loop goes on while half a key, or half a paste, has come.
#[test]
fn half_a_key_and_half_a_paste_hold_nothing_up() {
    for half in ["\x1b[", "\x1bO", "\x1b[200~user_2abc"] {
        let mut console = demo();
        console.until_contains("Alice Chen");
        console.keys(half);
        // There is no sign of its being read; each of these is drawn or is not.
        for cols in [90, 100, 110] {
            console.resize(cols, 24);
            let frame = format!("{half:?} at {cols}");
            let right = usize::from(cols) - 1;
            console.until(&frame, |screen| {
                let first = screen.rows(0, cols).next().unwrap_or_default();
                first.trim_end().ends_with("users") && first.trim_end().chars().count() >= right - 1
            });
        }
        console.signal(rustix::process::Signal::TERM);
        assert_eq!(console.ends(DEADLINE), 143);
        console.assert_restored();
    }
}

//! Typing with everybody loaded, seen from outside.
//!
//! `cargo bench --bench million [-- PEOPLE]` runs the console in a
//! pseudo-terminal of 200×60, loads PEOPLE users (a million, unless told
//! otherwise) from the demo's server, and types: milliseconds from the key to
//! its letter in the box, and to a first row that answers the text. Clerk's own
//! answers are held back meanwhile, so that all rows come from this machine.
//! Then the CPU that this took, and the memory held for each user.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use clerk_tui::demo::{Options, Server};
use common::outside::{Console, list, search_box};
use common::{Times, cpu_seconds, memory, number, print, title};
use vt100::Screen;

const ROUNDS: usize = 5;
/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Words as they stand in rows.
const EXACT: [&str; 6] = [
    "gunnarsson",
    "smith",
    "example",
    "kowalski",
    "alice",
    "müller",
];
/// In no row as they are, but letter by letter.
const LIKE: [&str; 4] = ["jrgnmllr", "zofkwlsk", "olivbenntt", "hrritclrk"];

fn main() {
    let all = number(1_000_000);
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let start = |users| {
        let options = Options {
            users,
            rate_limit: 0,
            ..Options::default()
        };
        tokio.block_on(Server::start(options)).unwrap()
    };
    let few = start(100);
    let mut base = Console::start(&few, &["--rate-limit", "0"]);
    base.must("first rows", |screen| {
        list(screen).any(|row| row.contains('@'))
    });
    base.rest(Duration::from_secs(1));
    let base_memory = memory(base.pid(), "VmRSS");
    drop(base);

    let server = start(all);
    let mut console = Console::start(&server, &["--rate-limit", "0"]);
    let seconds = console.load_all(all);
    let cpu = cpu_seconds(console.pid());
    println!("loaded {all} users in {seconds:.1} s, with {cpu:.2} s of CPU");
    console.rest(Duration::from_secs(2));
    let held = memory(console.pid(), "VmRSS") - base_memory;
    println!(
        "memory for each, over the base: {:.1} bytes",
        held / f64::from(all)
    );

    server.switches().latency(Duration::from_mins(10));
    title(&format!("typing with {all} users loaded"));
    for (name, texts) in [("words as they are", &EXACT[..]), ("likeness", &LIKE[..])] {
        let before = cpu_seconds(console.pid());
        let typed = typing(&mut console, texts);
        let cpu = (cpu_seconds(console.pid()) - before) * 1_000.0;
        print(
            &format!("{name}: the letter in the box"),
            &typed.letters,
            &typed.letters,
        );
        print(
            &format!("{name}: rows that answer"),
            &typed.answers,
            &typed.letters,
        );
        let letters = typed.letters.len();
        #[expect(clippy::cast_precision_loss)]
        let each = cpu / letters as f64;
        println!(
            "{name}: {each:.1} ms of CPU a letter; {letters} letters, {} answers seen",
            typed.answers.len()
        );
    }
    let peak = memory(console.pid(), "VmHWM") - base_memory;
    println!(
        "most memory at any time: {:.1} bytes for each",
        peak / f64::from(all)
    );
}

struct Typed {
    letters: Times,
    answers: Times,
}

fn typing(console: &mut Console, texts: &[&str]) -> Typed {
    let mut typed = Typed {
        letters: Times::default(),
        answers: Times::default(),
    };
    for text in texts.iter().cycle().take(texts.len() * ROUNDS) {
        console.keys("/");
        console.rest(Duration::from_millis(50));
        for (at, letter) in text.char_indices() {
            let part = &text[..at + letter.len_utf8()];
            let rows = |screen: &Screen| list(screen).collect::<String>();
            let before = rows(console.screen());
            let answered = |screen: &Screen| rows(screen) != before && answers(screen, part);
            let since = console.keys(&letter.to_string());
            let in_box = |screen: &Screen| search_box(screen).contains(&format!("/ {part}"));
            let shown = console.must("letter", in_box);
            typed.letters.note((shown - since).as_secs_f64() * 1_000.0);
            // Rows that stay the same cannot be seen to come.
            if let Some(shown) = console.until(PATIENCE, answered) {
                typed.answers.note((shown - since).as_secs_f64() * 1_000.0);
            }
            console.rest(Duration::from_millis(100));
        }
        console.keys("\x1b");
        console.rest(Duration::from_millis(100));
        console.keys("\x1b");
        console.rest(Duration::from_millis(400));
    }
    typed
}

/// Whether the first row has all the letters of a text, in turn.
fn answers(screen: &Screen, text: &str) -> bool {
    let first = list(screen).next().unwrap_or_default();
    let mut letters = first.chars().flat_map(char::to_lowercase).map(plain);
    text.chars()
        .map(plain)
        .all(|letter| letters.any(|other| other == letter))
}

fn plain(c: char) -> char {
    match c {
        'ü' => 'u',
        'ö' => 'o',
        c => c,
    }
}

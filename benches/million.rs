//! Typing with everybody loaded, seen from outside.
//!
//! `cargo bench --bench million [-- PEOPLE]` runs the console in a
//! pseudo-terminal of 200×60, loads PEOPLE users (a million, unless told
//! otherwise) from the demo's server, and types: milliseconds from the key to
//! its letter in the box, and to another first row that answers the text. Clerk's own
//! answers are held back meanwhile, so that all rows come from this machine.
//! Then the CPU that this took, and the memory held for each user.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use clerk_tui::demo::{Options, Server};
use common::outside::{Console, list, search_box};
use common::{Times, cpu_seconds, memory, number, print, title};
use vt100::Screen;

const ROUNDS: usize = 3;
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
const LIKE: [&str; 6] = [
    "jrgnmllr",
    "zofkwlsk",
    "olivbenntt",
    "hrritclrk",
    "mllrgrta",
    "smthemm",
];
/// So many of their letters may still stand in rows as they are.
const LIKE_FROM: usize = 5;

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
    for (name, texts, from) in [
        ("words as they are", &EXACT[..], 1),
        ("likeness", &LIKE[..], LIKE_FROM),
    ] {
        let before = cpu_seconds(console.pid());
        let typed = typing(&mut console, texts, from);
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

/// Types texts; answers count from a part of so many letters on.
fn typing(console: &mut Console, texts: &[&str], from: usize) -> Typed {
    let mut typed = Typed {
        letters: Times::default(),
        answers: Times::default(),
    };
    for text in texts.iter().cycle().take(texts.len() * ROUNDS) {
        console.keys("/");
        console.rest(Duration::from_millis(50));
        for (at, letter) in text.char_indices() {
            let part = &text[..at + letter.len_utf8()];
            // Another person in the first row, who answers: rows that only move
            // when something is offered below the box are no answer.
            let before = first(console.screen());
            let answered = |screen: &Screen| {
                let first = first(screen);
                let alike = search_box(screen).contains("alike at hand");
                first != before && alike == (from > 1) && answers(&first, part, alike)
            };
            let since = console.keys(&letter.to_string());
            let in_box = |screen: &Screen| search_box(screen).contains(&format!("/ {part}"));
            let shown = console.must("letter", in_box);
            typed.letters.note((shown - since).as_secs_f64() * 1_000.0);
            // Who stays in the first row cannot be seen to come.
            if part.chars().count() >= from
                && let Some(shown) = console.until(PATIENCE, answered)
            {
                typed.answers.note((shown - since).as_secs_f64() * 1_000.0);
            }
            // So that no late answer is taken for one to the next letter.
            console.rest(Duration::from_millis(500));
        }
        console.keys("\x1b");
        console.rest(Duration::from_millis(100));
        console.keys("\x1b");
        console.rest(Duration::from_millis(400));
    }
    typed
}

fn first(screen: &Screen) -> String {
    let first = list(screen).next().unwrap_or_default();
    first.replace('▌', " ").trim().to_lowercase()
}

/// Whether a row has a text, or at least its letters in turn.
fn answers(row: &str, text: &str, alike: bool) -> bool {
    let mut letters = row.chars().map(plain);
    let mut in_turn = text.chars().map(plain);
    row.contains(text) || (alike && in_turn.all(|letter| letters.any(|other| other == letter)))
}

fn plain(c: char) -> char {
    match c {
        'ü' => 'u',
        'ö' => 'o',
        'ł' => 'l',
        c => c,
    }
}

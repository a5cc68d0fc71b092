//! Somebody at the keyboard who does anything that comes to mind, always in the
//! same order.

use std::collections::BTreeMap;
use std::time::Duration;

use vt100::Screen;

use crate::common::outside::Console;

/// Keys that look. `w` is left out, which opens a browser, and so is `q`.
const LOOKS: [&str; 40] = [
    "j", "k", "j", "k", "g", "G", "\x04", "\x15", "\r", "\x1b", "\t", "n", "p", "1", "2", "3", "o",
    "s", "a", "i", "<", ">", "r", "t", "v", "?", "x", "f", "m", "u", " ", "h", "l", "yi", "ye",
    "yt", "yc", "\x1b[6~", "\x1b[A", "\x1b[B",
];
const WORDS: [&str; 8] = [
    "alice",
    "example.com",
    "is:banned",
    "-is:locked",
    "created:<30d",
    "no such person",
    "is:",
    "müller",
];
/// Changes, with the keys that lead to their dialogs.
const CHANGES: [&str; 13] = [
    "B", "B", "L", "L", "D", "Ra", "Pm", "Pc", "Pp", "Pk", "Ea", "U", "\rR",
];
/// Longer than the 250 ms in which a key behind another does not confirm.
const LOOK: Duration = Duration::from_millis(320);

/// They.
pub struct Hands {
    seed: u64,
    did: BTreeMap<&'static str, u32>,
}

impl Default for Hands {
    fn default() -> Self {
        Self {
            seed: 842,
            did: BTreeMap::new(),
        }
    }
}

impl Hands {
    /// Does one thing.
    pub fn work(&mut self, console: &mut Console) {
        match self.below(20) {
            0..8 => self.look(console),
            8..10 => self.search(console),
            10..16 => self.change(console),
            16 => self.change_many(console),
            17 => self.burst(console),
            18 => self.paste(console),
            _ => self.back(console),
        }
    }

    /// What was done how often.
    pub fn did(&self) -> String {
        let did = self
            .did
            .iter()
            .map(|(what, times)| format!("{times} {what}"));
        did.collect::<Vec<_>>().join(" · ")
    }

    fn count(&mut self, what: &'static str) {
        *self.did.entry(what).or_default() += 1;
    }

    /// A number below `n`, by Marsaglia's xorshift.
    fn below(&mut self, n: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed >> 33).unwrap() % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn look(&mut self, console: &mut Console) {
        self.count("looks");
        let keys = self.pick(&LOOKS);
        console.keys(keys);
        let rest = self.below(80);
        console.rest(Duration::from_millis(rest as u64));
    }

    fn search(&mut self, console: &mut Console) {
        self.count("searches");
        let word = self.pick(&WORDS);
        console.keys(&format!("/\x15{word}\r"));
        console.rest(Duration::from_millis(300));
    }

    /// Back to a list, most likely.
    fn back(&mut self, console: &mut Console) {
        self.count("ways back");
        for _ in 0..4 {
            console.keys("\x1b");
            console.rest(Duration::from_millis(30));
        }
    }

    fn burst(&mut self, console: &mut Console) {
        self.count("bursts");
        let mut keys = String::new();
        for _ in 0..60 {
            keys += self.pick(&LOOKS);
            keys += self.pick(&["B", "y", "D", "L", "U", "Y", "\r", "y"]);
        }
        console.keys(&keys);
        console.rest(LOOK);
        self.back(console);
    }

    fn paste(&mut self, console: &mut Console) {
        self.count("pastes");
        let text = self.pick(&["alice@example.com", "user_2abc123", "yyyyBBBB", "a\nb\r\nc"]);
        console.keys(&format!("\x1b[200~{text}\x1b[201~"));
        console.rest(Duration::from_millis(100));
    }

    fn change(&mut self, console: &mut Console) {
        self.back(console);
        let keys = self.pick(&CHANGES);
        let down = self.below(4);
        console.keys(&"j".repeat(down));
        console.rest(LOOK);
        console.keys(keys);
        self.answer(console);
    }

    fn change_many(&mut self, console: &mut Console) {
        self.back(console);
        let marks = 2 + self.below(12);
        console.keys(&" ".repeat(marks));
        console.rest(LOOK);
        let change = self.pick(&["B", "L", "R", "D"]);
        console.keys(change);
        console.until(Duration::from_secs(2), |screen| number(screen).is_some());
        if let Some(number) = number(console.screen()) {
            self.count("batches");
            console.keys(&number);
            console.rest(LOOK);
            console.keys("\r");
            let wait = self.below(1_000);
            console.rest(Duration::from_millis(wait as u64));
        }
        self.back(console);
        console.keys("u");
    }

    /// Says yes to what is asked, in the way that it is asked.
    fn answer(&mut self, console: &mut Console) {
        let asks = |screen: &Screen| {
            let text = screen.contents();
            text.contains("[ Cancel ]") || text.contains("last six of the id:")
        };
        console.until(Duration::from_millis(600), asks);
        console.rest(LOOK);
        let text = console.screen().contents();
        if text.contains("[ Cancel ]") {
            self.count("times y");
            console.keys("y");
        } else if let Some(last_six) = last_six(&text) {
            self.count("times typed");
            console.keys(&last_six);
            console.rest(LOOK);
            console.keys("\r");
        } else {
            self.count("dialogs left alone");
            console.keys("\x1b");
        }
        console.rest(Duration::from_millis(100));
    }
}

/// How many are to be typed.
fn number(screen: &Screen) -> Option<String> {
    let text = screen.contents();
    let asked = text.lines().find_map(|line| line.split_once("│ Type "))?.1;
    let digits = asked.split(" >").next()?.trim();
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && !digits.is_empty()).then(|| digits.to_owned())
}

/// The end of the id that a dialog names.
fn last_six(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .iter()
        .find(|line| line.contains("last six of the id:"))?;
    let who = lines.iter().find_map(|line| {
        let inside = line.split('│').nth(1)?;
        inside.rsplit_once(" · ").map(|(_, id)| id.trim())
    })?;
    let id = who.trim_start_matches('…');
    id.get(id.len().checked_sub(6)?..).map(str::to_owned)
}

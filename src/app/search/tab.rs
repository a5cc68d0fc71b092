//! Tab in a search box.

use tui_input::Input;

use super::Search;
use crate::app::input_line::LONGEST;
use crate::domain::search::complete;

/// Several words that may stand at the cursor; Tab goes from one to the next.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The byte of the text where they begin.
    start: usize,
    words: Vec<String>,
    /// Which of them stands there.
    chosen: Option<usize>,
}

impl Candidates {
    /// The words, with the one that stands in the text.
    pub fn words(&self) -> impl Iterator<Item = (bool, &str)> {
        let words = self.words.iter().enumerate();
        words.map(|(n, word)| (self.chosen == Some(n), word.as_str()))
    }
}

impl Search {
    /// What Tab offers at present.
    pub const fn candidates(&self) -> Option<&Candidates> {
        self.candidates.as_ref()
    }

    /// Nothing is offered any more: something else was pressed than Tab.
    pub fn drop_candidates(&mut self) {
        self.candidates = None;
    }

    /// Completes at the cursor; of several words what all begin with, and then
    /// one after the other. Says whether the text changed.
    pub fn complete(&mut self, backwards: bool) -> bool {
        if let Some(candidates) = self.candidates.take() {
            return self.choose(candidates, backwards);
        }
        if self.list.is_some() {
            return false;
        }
        let cursor = self.cursor_byte();
        let Some(found) = complete(self.input.value(), cursor, self.scope) else {
            return false;
        };
        let start = found.replace.start;
        let common = found.common();
        let longer = common.len() > found.replace.len() || found.with.len() == 1;
        let changed = longer && self.insert(start, common);
        if found.with.len() > 1 {
            self.candidates = Some(Candidates {
                start,
                words: found.with,
                chosen: None,
            });
        }
        changed
    }

    fn choose(&mut self, mut candidates: Candidates, backwards: bool) -> bool {
        let last = candidates.words.len() - 1;
        let next = match (candidates.chosen, backwards) {
            (None | Some(0), true) => last,
            (Some(n), true) => n - 1,
            (None, false) => 0,
            (Some(n), false) if n == last => 0,
            (Some(n), false) => n + 1,
        };
        let changed = self.insert(candidates.start, &candidates.words[next]);
        candidates.chosen = Some(next);
        self.candidates = Some(candidates);
        changed
    }

    /// Puts a word in the place of what stands from there to the cursor.
    fn insert(&mut self, start: usize, word: &str) -> bool {
        let value = self.input.value();
        let (before, after) = (&value[..start], &value[self.cursor_byte()..]);
        let text = format!("{before}{word}{after}");
        if text.len() > LONGEST || text == value {
            return false;
        }
        let cursor = before.chars().count() + word.chars().count();
        self.input = Input::new(text).with_cursor(cursor);
        self.read_text();
        true
    }

    /// The byte of the text that the cursor is before.
    fn cursor_byte(&self) -> usize {
        let value = self.input.value();
        let mut chars = value.char_indices().skip(self.input.cursor());
        chars.next().map_or(value.len(), |(at, _)| at)
    }
}

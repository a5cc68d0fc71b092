//! What was searched for before in this view.

use super::Search;

/// The most texts kept.
const MOST: usize = 100;

/// The texts of this run, the newest last, and a walk through them.
#[derive(Clone, Debug, Default)]
pub struct Past {
    texts: Vec<String>,
    walk: Option<Walk>,
}

/// The texts as they were when the walk began, the unfinished one behind them.
#[derive(Clone, Debug)]
struct Walk {
    texts: Vec<String>,
    at: usize,
}

impl Past {
    /// A text was searched for. One that was only typed on from the newest takes
    /// its place: the steps on the way to a word are no searches of their own.
    pub(super) fn add(&mut self, text: &str, finished: bool) {
        if text.is_empty() || self.texts.last().is_some_and(|last| last == text) {
            return;
        }
        let steps = |last: &String| text.starts_with(&**last) || last.starts_with(text);
        if !finished && self.walk.is_none() && self.texts.last().is_some_and(steps) {
            self.texts.pop();
        }
        self.texts.retain(|other| other != text);
        self.texts.push(text.to_owned());
        let too_many = self.texts.len().saturating_sub(MOST);
        self.texts.drain(..too_many);
    }

    /// The text before or after `now` in the walk, which begins behind the newest.
    fn step(&mut self, now: &str, back: bool) -> Option<String> {
        let walk = self.walk.get_or_insert_with(|| {
            let mut texts = self.texts.clone();
            texts.retain(|text| text != now.trim());
            texts.push(now.to_owned());
            let at = texts.len() - 1;
            Walk { texts, at }
        });
        let at = if back {
            walk.at.checked_sub(1)?
        } else {
            walk.at + 1
        };
        let text = walk.texts.get(at)?.clone();
        walk.at = at;
        Some(text)
    }

    /// The walk is over: the text was edited.
    pub(super) fn stay(&mut self) {
        self.walk = None;
    }
}

impl Search {
    /// Puts the text of the search before or after in the box; says whether there was one.
    pub fn recall(&mut self, back: bool) -> bool {
        let Some(text) = self.past.step(self.input.value(), back) else {
            return false;
        };
        self.list = None;
        self.input = tui_input::Input::new(text);
        self.read_text();
        true
    }

    /// The box was left by Enter: its text is one to come back to.
    pub fn finish(&mut self) {
        self.focused = false;
        self.past.stay();
        if self.query.is_ok() && self.list.is_none() {
            let text = self.text().to_owned();
            self.past.add(&text, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(texts: &[&str]) -> Past {
        let mut past = Past::default();
        for text in texts {
            past.add(text, true);
        }
        past
    }

    #[test]
    fn each_text_is_there_once_and_the_newest_is_last() {
        assert_eq!(past(&["a", "b", "a", "", "a"]).texts, ["b", "a"]);
        let mut past = Past::default();
        for n in 0..150 {
            past.add(&n.to_string(), true);
        }
        assert_eq!((past.texts.len(), &*past.texts[0]), (MOST, "50"));
    }

    #[test]
    fn steps_on_the_way_to_a_word_are_none_of_their_own() {
        let mut past = past(&["bob"]);
        for text in ["al", "alice", "ali"] {
            past.add(text, false);
        }
        assert_eq!(past.texts, ["bob", "ali"]);
    }

    #[test]
    fn a_walk_ends_at_both_ends() {
        let mut past = past(&["a", "b"]);
        let mut now = "unfinished".to_owned();
        let mut step = |back| {
            if let Some(text) = past.step(&now, back) {
                now = text;
            }
            now.clone()
        };
        let seen: Vec<String> = [true, true, true, false, false, false]
            .map(&mut step)
            .into();
        assert_eq!(seen, ["b", "a", "a", "b", "unfinished", "unfinished"]);
    }
}

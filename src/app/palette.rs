//! The palette: every command that applies here, found by its words.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use tui_input::Input;

use super::{Command, input_line};

/// The palette while it is open.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The box.
    pub input: Input,
    /// The commands that applied when it was opened.
    offered: Vec<Command>,
    /// Which of the matches the cursor is on.
    pub cursor: usize,
}

impl Palette {
    /// A palette that offers these.
    pub fn new(offered: Vec<Command>) -> Self {
        Self {
            input: Input::default(),
            offered,
            cursor: 0,
        }
    }

    /// The commands that match the box, the best first.
    pub fn matches(&self) -> Vec<Command> {
        let words = self.input.value().trim();
        if words.is_empty() {
            return self.offered.clone();
        }
        let pattern = Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, Command)> = self
            .offered
            .iter()
            .filter_map(|command| {
                let entry = command.entry();
                let text = format!("{} {}", entry.sentence, entry.hint);
                let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?;
                Some((score, *command))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, command)| command).collect()
    }

    /// The command under the cursor.
    pub fn selected(&self) -> Option<Command> {
        self.matches().get(self.cursor).copied()
    }

    /// Moves the cursor, as far as there are matches.
    pub fn move_by(&mut self, by: isize) {
        let last = self.matches().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Lets the box handle a key.
    pub fn edit(&mut self, request: tui_input::InputRequest) {
        if input_line::edit(&mut self.input, request) {
            self.cursor = 0;
        }
    }

    /// Puts pasted text into the box.
    pub fn paste(&mut self, text: &str) {
        input_line::paste(&mut self.input, text);
        self.cursor = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_a_command() {
        let mut palette = Palette::new(vec![Command::Ban, Command::Delete, Command::Organizations]);
        for c in "org".chars() {
            palette.edit(tui_input::InputRequest::InsertChar(c));
        }
        assert_eq!(palette.matches().first(), Some(&Command::Organizations));
        assert_eq!(palette.selected(), Some(Command::Organizations));
    }
}

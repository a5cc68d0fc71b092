//! A box whose text nobody may see.

use std::fmt;

use tui_input::InputRequest;

use super::input_line::LONGEST;
use crate::domain::Secret;

/// A box for a password: it is typed and taken back at its end, shown as dots,
/// and each older text is wiped from memory.
#[derive(Clone)]
pub struct Hidden(Secret);

impl Default for Hidden {
    fn default() -> Self {
        Self(Secret::new(""))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Hidden {
    /// What was typed, if anything was.
    pub fn secret(&self) -> Option<Secret> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }

    /// How many characters were typed.
    pub fn len(&self) -> usize {
        self.0.expose().chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Handles an editing key.
    pub fn edit(&mut self, request: InputRequest) {
        match request {
            InputRequest::InsertChar(c) => self.push(c),
            InputRequest::DeletePrevChar => self.pop(),
            // Nobody sees where a word begins.
            InputRequest::DeletePrevWord | InputRequest::DeleteLine => *self = Self::default(),
            _ => {}
        }
    }

    /// Puts pasted text in: its first line, as it is.
    pub fn paste(&mut self, text: &str) {
        let line = text.lines().find(|line| !line.is_empty());
        let chars = line.unwrap_or_default().chars();
        for c in chars.filter(|c| !c.is_control()) {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        let old = self.0.expose();
        if old.len() + c.len_utf8() > LONGEST {
            return;
        }
        // Of exactly that room: a text that moves leaves a copy behind.
        let mut text = String::with_capacity(old.len() + c.len_utf8());
        text.push_str(old);
        text.push(c);
        self.0 = Secret::new(text);
    }

    fn pop(&mut self) {
        let old = self.0.expose();
        let end = old.char_indices().next_back().map_or(0, |(at, _)| at);
        self.0 = Secret::new(&old[..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_typed_at_its_end_and_never_seen() {
        let mut hidden = Hidden::default();
        hidden.paste("\n corréct \u{1b}horse\nsecond line");
        hidden.edit(InputRequest::InsertChar('!'));
        assert_eq!(hidden.secret().unwrap().expose(), " corréct horse!");
        assert_eq!(format!("{hidden:?}"), "[secret]");
        hidden.edit(InputRequest::DeletePrevChar);
        hidden.edit(InputRequest::GoToStart);
        assert_eq!(hidden.len(), 14);
        hidden.edit(InputRequest::DeleteLine);
        assert!(hidden.is_empty() && hidden.secret().is_none());
        hidden.paste(&"x".repeat(1_000));
        assert_eq!(hidden.len(), LONGEST);
    }
}

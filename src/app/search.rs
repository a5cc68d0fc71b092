//! The search box of a list.

use tui_input::Input;

use super::{Ticket, input_line};

/// What is in the box, and which text the rows answer.
#[derive(Clone, Debug, Default)]
pub struct Search {
    input: Input,
    /// Whether the keys go into the box.
    pub focused: bool,
    /// The text that the rows on the screen answer.
    answered: String,
    /// The text of the reading under way.
    asked: Option<String>,
    /// Ends the wait for the typing to rest.
    rest: Option<Ticket>,
}

/// How long typing rests before it is searched for, in milliseconds.
pub const REST_MS: u64 = 150;

impl Search {
    /// The text in the box, without white space around it.
    pub fn text(&self) -> &str {
        self.input.value().trim()
    }

    /// The box, with its cursor.
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// The text that the rows answer.
    pub fn answered(&self) -> &str {
        &self.answered
    }

    /// The text of the reading under way; that of the rows where there is none.
    pub fn asked(&self) -> &str {
        self.asked.as_deref().unwrap_or(&self.answered)
    }

    /// Whether the rows answer the text in the box, and will go on to. Until
    /// they do, no change may open.
    pub fn is_settled(&self) -> bool {
        let text = self.text();
        text == self.answered && self.asked.as_ref().is_none_or(|asked| text == asked)
    }

    /// Whether there is a box to be seen: it is open, or holds text.
    pub fn is_shown(&self) -> bool {
        self.focused || !self.text().is_empty()
    }

    /// Lets the input line handle a key; says whether the text changed.
    pub fn edit(&mut self, request: tui_input::InputRequest) -> bool {
        input_line::edit(&mut self.input, request)
    }

    /// Puts pasted text in at the cursor.
    pub fn paste(&mut self, text: &str) {
        input_line::paste(&mut self.input, text);
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.input.reset();
    }

    /// The typing goes on; `ticket` will tell when it has rested.
    pub const fn rest_until(&mut self, ticket: Ticket) {
        self.rest = Some(ticket);
    }

    /// Whether `ticket` tells that the typing has rested.
    pub fn has_rested(&mut self, ticket: Ticket) -> bool {
        let rested = self.rest == Some(ticket);
        if rested {
            self.rest = None;
        }
        rested
    }

    /// Whether a search for the text in the box is due: neither answered nor asked.
    pub fn is_due(&self) -> bool {
        self.text() != self.asked()
    }

    /// The text in the box was asked for; hands it over.
    pub fn ask(&mut self) -> String {
        self.rest = None;
        let text = self.text().to_owned();
        self.asked = Some(text.clone());
        text
    }

    /// The rows answer what was asked for last.
    pub fn answer(&mut self) {
        if let Some(text) = self.asked.take() {
            self.answered = text;
        }
    }

    /// The reading failed or was called off: the rows answer what they answered before.
    pub fn fail(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_answer_the_box_only_after_the_answer() {
        let mut search = Search::default();
        assert!(search.is_settled());
        search.paste("\n  alice\x1b[31m  \nbob");
        assert_eq!(search.text(), "alice[31m");
        assert!(search.is_due() && !search.is_settled());
        assert_eq!(search.ask(), "alice[31m");
        assert!(!search.is_due() && !search.is_settled());
        search.answer();
        assert!(search.is_settled());
    }

    #[test]
    fn rows_that_are_read_again_still_answer_the_box() {
        let mut search = Search::default();
        search.paste("alice");
        search.ask();
        search.answer();
        search.ask();
        assert!(search.is_settled());
        search.paste("x");
        assert!(!search.is_settled());
    }

    #[test]
    fn a_megabyte_is_no_search() {
        let mut search = Search::default();
        search.paste(&"x".repeat(1 << 20));
        assert_eq!(search.text().len(), input_line::LONGEST);
    }

    #[test]
    fn a_failed_search_is_still_unanswered() {
        let mut search = Search::default();
        search.paste("alice");
        search.ask();
        search.fail();
        assert!(!search.is_settled() && search.is_due());
    }
}

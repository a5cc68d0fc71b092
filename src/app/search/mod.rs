//! The search box of a list.

pub mod below;
pub mod help;
pub mod keys;
pub mod listed;
mod past;
mod tab;

use std::sync::Arc;

use tui_input::Input;

use super::text::grouped;
use super::{Ticket, input_line};
use crate::domain::search::{Entry, Mistake, Query, Scope};

pub use past::Past;
pub use tab::Candidates;

/// What is in the box, and which text the rows answer.
#[derive(Clone, Debug)]
pub struct Search {
    scope: Scope,
    input: Input,
    /// A pasted list that stands in the box instead of a text.
    list: Option<Arc<[Entry]>>,
    /// What the text in the box asks for.
    query: Result<Query, Mistake>,
    /// Whether the keys go into the box.
    pub focused: bool,
    /// What the rows on the screen answer; nothing while others took their
    /// place that are not judged yet.
    answered: Option<Asking>,
    /// What the reading under way asks for.
    asked: Option<Asking>,
    /// Ends the wait for the typing to rest.
    rest: Option<Ticket>,
    /// Why the text finds nothing, where that is no mistake in how it is written.
    pub trouble: Option<String>,
    /// What Tab offers.
    candidates: Option<Candidates>,
    /// What was searched for before.
    past: Past,
}

/// A text that was asked for, and what it means.
#[derive(Clone, Debug, Default)]
struct Asking {
    text: String,
    list: Option<Arc<[Entry]>>,
    query: Query,
}

impl Asking {
    fn is_same(&self, other: &Self) -> bool {
        self.text == other.text && same_list(self.list.as_ref(), other.list.as_ref())
    }

    /// Whether the box holds what was asked for.
    fn is_of(&self, search: &Search) -> bool {
        self.text == search.text() && same_list(self.list.as_ref(), search.list.as_ref())
    }
}

fn same_list(a: Option<&Arc<[Entry]>>, b: Option<&Arc<[Entry]>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// How long typing rests before it is searched for, in milliseconds.
pub const REST_MS: u64 = 150;

impl Search {
    /// An empty box of a view.
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            input: Input::default(),
            list: None,
            query: Ok(Query::default()),
            focused: false,
            answered: Some(Asking::default()),
            asked: None,
            rest: None,
            trouble: None,
            candidates: None,
            past: Past::default(),
        }
    }

    /// A pasted list, of which the box shows how long it is.
    pub const fn list(&self) -> Option<&Arc<[Entry]>> {
        self.list.as_ref()
    }

    /// Whether nothing was typed into the box; a list would be pasted over.
    pub fn is_blank(&self) -> bool {
        self.list.is_some() || self.text().is_empty()
    }

    /// Which view's rows are searched.
    pub const fn scope(&self) -> Scope {
        self.scope
    }

    /// The text in the box, without white space around it.
    pub fn text(&self) -> &str {
        self.input.value().trim()
    }

    /// The box, with its cursor.
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// What the text in the box asks for, or the first mistake in it; its place
    /// is one in the whole text of the [box](Self::input).
    ///
    /// # Errors
    /// The mistake. While there is one, nothing is asked for.
    pub const fn query(&self) -> Result<&Query, &Mistake> {
        self.query.as_ref()
    }

    /// The mistake in the text, if there is one.
    pub fn mistake(&self) -> Option<&Mistake> {
        self.query.as_ref().err()
    }

    /// What the rows are read by: asked for last, and so without a mistake. It
    /// may be older than the text in the box.
    pub fn latest(&self) -> &Query {
        static NOTHING: Query = Query::everybody();
        self.latest_asking()
            .map_or(&NOTHING, |asking| &asking.query)
    }

    /// The text that the rows are read by; asked for last.
    pub fn asked(&self) -> &str {
        self.latest_asking().map_or("", |asking| &asking.text)
    }

    fn latest_asking(&self) -> Option<&Asking> {
        self.asked.as_ref().or(self.answered.as_ref())
    }

    /// The text that the rows answer.
    pub fn answered(&self) -> &str {
        self.answered.as_ref().map_or("", |asking| &asking.text)
    }

    /// Whether the rows answer the text in the box, and will go on to. Until
    /// they do, no change may open.
    pub fn is_settled(&self) -> bool {
        self.query.is_ok()
            && self.answers()
            && self.asked.as_ref().is_none_or(|asked| asked.is_of(self))
    }

    /// Whether the rows answer what is in the box, if perhaps not for long.
    pub fn answers(&self) -> bool {
        let answered = self.answered.as_ref();
        answered.is_some_and(|answered| answered.is_of(self))
    }

    /// Whether something was asked for and is not answered.
    pub const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether the rows will soon answer the text in the box, but do not yet.
    pub fn is_searching(&self) -> bool {
        let under_way = self.rest.is_some() || self.asked.is_some();
        self.query.is_ok() && !self.answers() && under_way
    }

    /// Whether there is a box to be seen: it is open, or holds text.
    pub fn is_shown(&self) -> bool {
        self.focused || !self.text().is_empty()
    }

    /// Lets the input line handle a key; says whether the text changed.
    pub fn edit(&mut self, request: tui_input::InputRequest) -> bool {
        let changed = input_line::edit(&mut self.input, request);
        if changed {
            if self.list.take().is_some() {
                self.input.reset();
                input_line::edit(&mut self.input, request);
            }
            self.past.stay();
            self.read_text();
        }
        changed
    }

    /// Puts pasted text in at the cursor.
    pub fn paste(&mut self, text: &str) {
        if self.list.take().is_some() {
            self.input.reset();
        }
        input_line::paste(&mut self.input, text);
        self.past.stay();
        self.read_text();
    }

    /// Puts a text in the place of what is there, with the cursor behind it.
    pub fn put(&mut self, text: &str) {
        self.input.reset();
        self.paste(text);
    }

    /// Puts in what names one person as a whole: no part of it is a mistake.
    pub fn put_whole(&mut self, text: &str) {
        self.put(text);
        if self.query.is_err() {
            self.query = Ok(Query::default());
        }
    }

    /// Puts a list in the place of what is there, shown as how long it is.
    /// Whatever is typed takes its place.
    pub fn put_list(&mut self, list: Arc<[Entry]>) {
        self.put(&format!("list of {}", grouped(list.len() as u64)));
        self.query = Ok(Query::default());
        self.list = Some(list);
    }

    /// Empties the box.
    pub fn clear(&mut self) {
        self.put("");
    }

    /// Understands the text anew, once for each change of it.
    fn read_text(&mut self) {
        self.trouble = None;
        let value = self.input.value();
        let shift = value.len() - value.trim_start().len();
        self.query = Query::parse(value.trim(), self.scope).map_err(|mistake| Mistake {
            at: mistake.at.start + shift..mistake.at.end + shift,
            ..mistake
        });
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

    /// Whether a search for the text in the box is due: neither answered nor
    /// asked, and without a mistake.
    pub fn is_due(&self) -> bool {
        let latest = self.latest_asking();
        self.query.is_ok() && latest.is_none_or(|latest| !latest.is_of(self))
    }

    /// The rows are asked for. By the text in the box; where that holds a
    /// mistake, by what they were asked for last.
    pub fn ask(&mut self) -> &Query {
        let asking = match &self.query {
            Ok(query) => {
                self.rest = None;
                Asking {
                    text: self.text().to_owned(),
                    list: self.list.clone(),
                    query: query.clone(),
                }
            }
            Err(_) => self.latest_asking().cloned().unwrap_or_default(),
        };
        &self.asked.insert(asking).query
    }

    /// What the rows answer is judged anew, whatever the box holds by now.
    pub fn ask_again(&mut self) {
        self.asked = self.asked.take().or_else(|| self.answered.clone());
    }

    /// Other rows are there now, and what was asked for is judged only then: if
    /// it is called off, they answer nothing.
    pub fn lose_answer(&mut self) {
        let asked = self.asked.as_ref();
        self.answered
            .take_if(|answered| asked.is_some_and(|asked| !asked.is_same(answered)));
    }

    /// The rows answer what was asked for last.
    pub fn answer(&mut self) {
        if let Some(asked) = self.asked.take() {
            if asked.list.is_none() {
                self.past.add(&asked.text, false);
            }
            self.answered = Some(asked);
        }
    }

    /// The reading failed or was called off: the rows answer what they answered before.
    pub fn fail(&mut self) {
        self.asked = None;
    }
}

#[cfg(test)]
mod tests;

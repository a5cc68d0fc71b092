//! Rows that were chosen on this machine, and the cursor that stays on its person.

use super::{Item, UserList};
use crate::app::{AnyList, Entry, Marks, Who, Window};

/// Whom the rows at hand know for a text, until the server has answered it.
#[derive(Debug, Default)]
pub struct Glance {
    entries: Vec<Entry>,
    /// How many of them have the words that were looked for; the others are
    /// only like them.
    exactly: usize,
}

impl Glance {
    /// How many have the words, and how many are only like them.
    pub const fn counts(&self) -> (usize, usize) {
        (self.exactly, self.entries.len() - self.exactly)
    }

    /// Whether nobody is in it.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn forget(&mut self, who: Who) {
        let has_words = self.entries.iter().take(self.exactly);
        self.exactly -= has_words.filter(|entry| **entry == who.into()).count();
        self.entries.retain(|entry| *entry != who.into());
    }
}

/// What becomes of a glance when rows were answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is of a newer text, and stays.
    Stays,
    /// It is over.
    Ends,
    /// It was of the same text: who is in it stands behind the server's rows
    /// until the server has named everybody.
    Follows,
}

impl UserList {
    /// Shows these people instead, until the server has answered. Behind those
    /// who have the words stand those who are only like them.
    pub fn show_glance(&mut self, exact: Vec<Who>, alike: Vec<Who>) {
        let exactly = exact.len();
        let entries = exact.into_iter().chain(alike).map(Entry::from).collect();
        self.holding_unless_first(|list| list.glance = Some(Glance { entries, exactly }));
    }

    /// Shows the rows again that were there before the glance.
    pub fn end_glance(&mut self) {
        self.holding_unless_first(|list| list.glance = None);
    }

    /// Whether the rows shown are being read anew.
    pub fn is_replacing_itself(&self) -> bool {
        self.asked.is_none() && self.is_replacing()
    }

    /// What is shown until the server has answered.
    pub const fn glance(&self) -> Option<&Glance> {
        self.glance.as_ref()
    }

    /// The rows are the answer now: the server's, or those of them that were
    /// `judged` to be.
    pub fn answer(&mut self, judged: Option<Vec<Who>>, fate: Fate) {
        let judged = judged.map(|people| people.into_iter().map(Entry::from).collect());
        let change = |list: &mut Self| {
            list.judged = judged;
            list.extras.clear();
            if fate == Fate::Stays {
                return;
            }
            let glance = list.glance.take().unwrap_or_default();
            if fate == Fate::Follows {
                list.extras = glance.entries;
                if !list.roll.is_empty() {
                    list.extras.truncate(glance.exactly);
                }
                list.drop_extras();
            }
        };
        match fate {
            Fate::Stays => change(self),
            Fate::Follows => self.holding(0, change),
            Fate::Ends => self.holding_unless_first(change),
        }
    }

    /// More people were judged to be the answer.
    pub fn judge_more(&mut self, people: impl IntoIterator<Item = Who>) {
        if let Some(judged) = &mut self.judged {
            judged.extend(people.into_iter().map(Entry::from));
            self.version += 1;
        }
    }

    /// How many rows the answer has, if they were chosen on this machine.
    pub fn judged(&self) -> Option<usize> {
        self.judged.as_ref().map(Vec::len)
    }

    /// How many of the people in the list are marked.
    pub fn marked(&self, marks: &Marks) -> usize {
        let of = |list: &[Entry]| {
            let people = list.iter().filter_map(|entry| entry.who());
            people.filter(|who| marks.has(*who)).count()
        };
        match self.chosen() {
            Some(chosen) => of(chosen),
            None => self.roll.marked(marks) + of(&self.extras),
        }
    }

    /// Whom the search found, of those read, without those who are only alike;
    /// and how many rows could not be read.
    pub fn found(&self) -> (Vec<Who>, usize) {
        let found = match &self.judged {
            Some(judged) => judged,
            None => self.roll.head(),
        };
        let people: Vec<Who> = found.iter().filter_map(|entry| entry.who()).collect();
        let unreadable = found.len() - people.len();
        (people, unreadable)
    }

    /// Rows that are shown instead of the server's.
    pub(super) fn chosen(&self) -> Option<&[Entry]> {
        let glance = self.glance.as_ref().map(Glance::entries);
        glance.or(self.judged.as_deref())
    }

    /// Whom the server names needs no second row; where it has named everybody,
    /// the others are not who was asked for. If it names nobody, they are at
    /// least alike.
    pub(super) fn drop_extras(&mut self) {
        if self.roll.is_complete() && !self.roll.is_empty() {
            self.extras.clear();
        }
        let roll = &self.roll;
        self.extras
            .retain(|extra| extra.who().is_none_or(|who| !roll.has(who)));
    }

    /// How many are only like the text, where the server found nobody.
    pub fn alike(&self) -> Option<usize> {
        let none = self.chosen().is_none() && self.roll.is_empty();
        (none && !self.extras.is_empty()).then_some(self.extras.len())
    }

    /// Somebody is gone; says whether they were among the rows shown.
    pub fn forget(&mut self, who: Who) -> bool {
        for roll in [&mut self.asked, &mut self.home].into_iter().flatten() {
            roll.forget(who);
        }
        let line = self.line_of(who);
        self.version += u64::from(line.is_some());
        let was_here = self.roll.forget(who);
        for list in self.judged.iter_mut().chain([&mut self.extras]) {
            list.retain(|entry| *entry != who.into());
        }
        if let Some(glance) = &mut self.glance {
            glance.forget(who);
        }
        if let Some(line) = line {
            let (cursor, len) = (self.window.cursor, self.len());
            if line < cursor || cursor >= len {
                self.window.cursor = cursor.saturating_sub(1);
            }
        }
        was_here
    }

    /// As [`UserList::holding`]; but a cursor on the first row, where it is
    /// while somebody types, stays on the first row.
    fn holding_unless_first(&mut self, change: impl FnOnce(&mut Self)) {
        if self.window.cursor > 0 {
            return self.holding(0, change);
        }
        self.version += 1;
        change(self);
        self.window = Window::default();
    }

    /// Changes the rows so that the cursor stays on its person, and they on
    /// their line of the screen; where they are gone it goes `otherwise`.
    pub(super) fn holding(&mut self, otherwise: usize, change: impl FnOnce(&mut Self)) {
        let held = self.item(self.window.cursor);
        let above = self.window.cursor - self.window.top.min(self.window.cursor);
        self.version += 1;
        change(self);
        let place = match held {
            Some(Item::Row(entry)) => self.line_of_entry(entry),
            Some(Item::Gap) => self
                .has_gap()
                .then(|| self.roll.head().len() + self.extras.len()),
            None => None,
        };
        match place {
            Some(place) => {
                self.window.cursor = place;
                self.window.top = place.saturating_sub(above);
            }
            None => self.set_cursor(otherwise),
        }
    }

    /// The line that an entry is on; the cursor's is tried first.
    pub(super) fn line_of_entry(&self, entry: Entry) -> Option<usize> {
        if self.item(self.window.cursor) == Some(Item::Row(entry)) {
            return Some(self.window.cursor);
        }
        let at = |list: &[Entry]| list.iter().position(|other| *other == entry);
        if let Some(chosen) = self.chosen() {
            return at(chosen);
        }
        let head = self.roll.head();
        let from_end = |at: usize| self.len() - 1 - at;
        at(head)
            .or_else(|| at(&self.extras).map(|at| head.len() + at))
            .or_else(|| at(self.roll.tail()).map(from_end))
    }
}

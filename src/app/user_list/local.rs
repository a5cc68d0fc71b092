//! Rows that were chosen on this machine, and the cursor that stays on its person.

use super::{Item, UserList};
use crate::app::{AnyList, Entry, Who, Window};

impl UserList {
    /// Shows these people instead, chosen on this machine.
    /// Behind those who have the words stand those who are only like them.
    pub fn pick(&mut self, exact: Vec<Who>, alike: Vec<Who>) {
        let exactly = exact.len();
        let picked = exact.into_iter().chain(alike).map(Entry::from).collect();
        self.holding_unless_first(|list| {
            list.picked = Some(picked);
            list.exactly = exactly;
        });
    }

    /// More people were chosen.
    pub fn pick_more(&mut self, people: impl IntoIterator<Item = Who>) {
        if let Some(picked) = &mut self.picked {
            picked.extend(people.into_iter().map(Entry::from));
        }
    }

    /// Whether the rows shown are being read anew.
    pub fn is_replacing_itself(&self) -> bool {
        self.asked.is_none() && self.is_replacing()
    }

    /// Whether people are shown who were chosen on this machine.
    pub const fn is_picked(&self) -> bool {
        self.picked.is_some()
    }

    /// Shows the server's rows again. With `keep` those who were chosen stay
    /// behind them until the server has named everybody.
    pub fn unpick(&mut self, keep: bool) {
        let change = |list: &mut Self| {
            let mut picked = list.picked.take().unwrap_or_default();
            if !list.roll.is_empty() {
                picked.truncate(list.exactly);
            }
            list.extras = if keep { picked } else { Vec::new() };
            list.drop_extras();
        };
        if keep {
            self.holding(0, change);
        } else {
            self.holding_unless_first(change);
        }
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

    /// Whether the server found nobody, and these are only like the text.
    pub fn is_alike(&self) -> bool {
        self.picked.is_none() && self.roll.is_empty() && !self.extras.is_empty()
    }

    /// As [`UserList::holding`]; but a cursor on the first row, where it is
    /// while somebody types, stays on the first row.
    fn holding_unless_first(&mut self, change: impl FnOnce(&mut Self)) {
        if self.window.cursor > 0 {
            return self.holding(0, change);
        }
        change(self);
        self.window = Window::default();
    }

    /// Changes the rows so that the cursor stays on its person, and they on
    /// their line of the screen; where they are gone it goes `otherwise`.
    pub(super) fn holding(&mut self, otherwise: usize, change: impl FnOnce(&mut Self)) {
        let held = self.item(self.window.cursor);
        let above = self.window.cursor - self.window.top.min(self.window.cursor);
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

    fn line_of_entry(&self, entry: Entry) -> Option<usize> {
        if self.item(self.window.cursor) == Some(Item::Row(entry)) {
            return Some(self.window.cursor);
        }
        let at = |list: &[Entry]| list.iter().position(|other| *other == entry);
        if let Some(picked) = &self.picked {
            return at(picked);
        }
        let head = self.roll.head();
        let from_end = |at: usize| self.len() - 1 - at;
        at(head)
            .or_else(|| at(&self.extras).map(|at| head.len() + at))
            .or_else(|| at(self.roll.tail()).map(from_end))
    }
}

//! The rows read from one end of a list.

use crate::app::{Crowd, Load, Who};
use crate::domain::{Mark, UserPage};

use super::Reading;

/// One row of a list: a person, or a row that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry(u32);

/// Marks the number of an unreadable row.
const UNREADABLE: u32 = 1 << 31;

impl From<Who> for Entry {
    fn from(who: Who) -> Self {
        Self(who.0)
    }
}

impl Entry {
    /// The row with this number among those that could not be read.
    pub fn unreadable(number: usize) -> Self {
        Self(u32::try_from(number).unwrap_or(0) | UNREADABLE)
    }

    /// Its number among those that could not be read.
    pub const fn number(self) -> usize {
        (self.0 & !UNREADABLE) as usize
    }

    /// Who it is, if it could be read.
    pub const fn who(self) -> Option<Who> {
        if self.0 & UNREADABLE == 0 {
            Some(Who(self.0))
        } else {
            None
        }
    }
}

/// The rows read from one end.
#[derive(Debug, Default)]
pub struct Run {
    pub entries: Vec<Entry>,
    pub within: Crowd,
    /// How many rows the answers had, for the offset.
    pub received: u32,
    /// The last row of the last answer, for the cursor.
    pub mark: Option<Mark>,
    /// The mark's user is gone, and a cursor behind nobody is refused.
    pub mark_is_gone: bool,
    pub load: Load,
    /// The page under way, or the one that failed last.
    pub reading: Option<Reading>,
}

impl Run {
    /// Takes in the rows that are new here and not in the `other` run.
    pub fn append(&mut self, entries: &[Entry], other: &Crowd) {
        for entry in entries {
            let new = match entry.who() {
                Some(who) => !other.has(who) && self.within.insert(who),
                None => !self.entries.contains(entry),
            };
            if new {
                self.entries.push(*entry);
            }
        }
    }

    /// Whether rows that were read from the other end have come to this run's
    /// innermost ones. Two in a row: somebody who signed in meanwhile may have
    /// moved from one end to the other.
    pub fn is_met_by(&self, entries: &[Entry]) -> bool {
        let mut inner = self.entries.iter().rev();
        let (Some(last), next) = (inner.next(), inner.next()) else {
            return false;
        };
        let Some(place) = entries.iter().position(|entry| entry == last) else {
            return false;
        };
        entries
            .get(place + 1)
            .is_none_or(|entry| next.is_none_or(|next| entry == next))
    }

    /// A page was taken in; says whether it brought nothing new, which ends the
    /// walk: some servers ignore the cursor and would answer the same page for ever.
    pub fn advance(&mut self, page: &UserPage, before: usize) -> bool {
        let stuck = page.last.is_some() && page.last == self.mark;
        let nothing_new = self.entries.len() == before && !page.is_empty();
        self.mark = page.last.clone().or(self.mark.take());
        self.mark_is_gone = false;
        let received = u32::try_from(page.received).unwrap_or(u32::MAX);
        self.received = self.received.saturating_add(received);
        received == 0 || stuck || nothing_new
    }

    pub fn forget(&mut self, who: Who) -> bool {
        if !self.within.remove(who) {
            return false;
        }
        self.entries.retain(|entry| *entry != who.into());
        // Everybody behind them has moved up by one, and would be skipped.
        self.received = self.received.saturating_sub(1);
        true
    }
}

//! Searches among the rows at hand, answered at once or when a test says so.

use super::harness::Console;
use crate::app::{Msg, Quest, Ticket};

impl Console {
    /// A search among the rows at hand was asked for.
    pub fn rank(&mut self, ticket: Ticket, quest: Quest) {
        match &mut self.withheld {
            Some(waiting) => waiting.push((ticket, quest)),
            None => self.ranked(ticket, &quest),
        }
    }

    /// Such a search is answered.
    pub fn ranked(&mut self, ticket: Ticket, quest: &Quest) {
        let found = Some(quest.run());
        self.feed(Msg::Ranked { ticket, found });
    }

    /// From now on such searches wait.
    pub fn withhold(&mut self) -> &mut Self {
        self.withheld.get_or_insert_default();
        self
    }

    /// The newest of them is answered; the older ones were overtaken.
    pub fn rank_newest(&mut self) -> &mut Self {
        let waiting = std::mem::take(self.withheld.as_mut().unwrap());
        let (ticket, quest) = waiting.into_iter().last().expect("a search waits");
        self.ranked(ticket, &quest);
        self
    }
}

//! Whom a load has read so far.

use std::collections::VecDeque;

use crate::app::{Crowd, Moment, Who};
use crate::domain::{Timestamp, Unreadable, UserPage};

/// The rate is of so many milliseconds.
const RATE_MS: u64 = 10_000;
/// Before that it says little.
const LEAST_RATE_MS: u64 = 500;

/// Everybody read so far, each once.
#[derive(Debug, Default)]
pub struct Harvest {
    people: Vec<Who>,
    within: Crowd,
    /// Rows that could not be read.
    odd: Vec<Unreadable>,
    /// How many of the people are still there.
    pub count: u64,
    /// How many rows the answers had.
    pub received: u64,
    /// When the load has everybody, if that can be told before the last page.
    pub goal: Option<Goal>,
    counted: u64,
    /// When the latest answer came.
    pub read_at: Timestamp,
    rate: VecDeque<(Moment, u64)>,
}

/// So many there are. Only those count of whom it is sure that they were there
/// when they were counted: who is older than the newest then, or was known.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// How many.
    pub count: u64,
    /// When somebody was created who was there.
    pub newest: Timestamp,
    /// How many people were known, whoever they are.
    pub known: usize,
}

impl Harvest {
    /// Takes a page in, newest first; `people` tells for each of its rows who it is.
    pub fn take(&mut self, page: &UserPage, people: &[Option<Who>]) {
        self.read_at = page.read_at;
        self.received += page.received as u64;
        for (row, who) in people.iter().enumerate() {
            self.take_row(page, row, *who);
        }
    }

    /// The same for a page of which the oldest come first.
    pub fn take_backwards(&mut self, page: &UserPage, people: &[Option<Who>]) {
        self.read_at = page.read_at;
        self.received += page.received as u64;
        for (row, who) in people.iter().enumerate().rev() {
            self.take_row(page, row, *who);
        }
    }

    fn take_row(&mut self, page: &UserPage, row: usize, who: Option<Who>) {
        let Some(who) = who else {
            return self.take_odd(page.unreadable(row));
        };
        if !self.within.insert(who) {
            return;
        }
        self.people.push(who);
        self.count += 1;
        let old = |goal: Goal| {
            let older = page.created(row).is_some_and(|at| at < goal.newest);
            older || (who.0 as usize) < goal.known
        };
        if self.goal.is_some_and(old) {
            self.counted += 1;
        }
    }

    fn take_odd(&mut self, odd: Option<&Unreadable>) {
        let Some(odd) = odd else { return };
        let known = odd.id.is_some() && self.odd.iter().any(|other| other.id == odd.id);
        if !known {
            self.odd.push(odd.clone());
        }
    }

    /// Whether everybody was read who can have been there when they were counted.
    pub fn has_all(&self) -> bool {
        self.goal.is_some_and(|goal| self.counted >= goal.count)
    }

    /// Somebody was deleted; says whether they had been read.
    pub fn forget(&mut self, who: Who) -> bool {
        let was_here = self.within.remove(who);
        if was_here {
            self.count -= 1;
        }
        // They may have been counted or not; then only the last page tells.
        self.goal = None;
        was_here
    }

    /// Everybody, in the order in which they came.
    pub fn people(&self) -> Vec<Who> {
        let here = self.people.iter().filter(|who| self.within.has(**who));
        here.copied().collect()
    }

    /// The rows that could not be read.
    pub fn odd(&self) -> &[Unreadable] {
        &self.odd
    }

    /// Notes how far the load is now.
    pub fn note(&mut self, now: Moment, done: u64) {
        while self.rate.len() > 1 && now.since(self.rate[1].0) >= RATE_MS {
            self.rate.pop_front();
        }
        self.rate.push_back((now, done));
    }

    /// The rate begins anew.
    pub fn rest(&mut self) {
        self.rate.clear();
    }

    /// Rows a second, lately.
    pub fn rate(&self) -> Option<u64> {
        let (from, to) = (self.rate.front()?, self.rate.back()?);
        let passed = to.0.since(from.0);
        let rows = to.1.saturating_sub(from.1);
        (passed >= LEAST_RATE_MS).then(|| rows * 1_000 / passed)
    }
}

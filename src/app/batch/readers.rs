//! Reads of one kind, a few at the same time.

use std::collections::VecDeque;

use crate::app::{Context, PaneId, Part, Ticket};
use crate::domain::{Fetch, Lane};

/// So many requests of a batch are under way at the same time.
pub const MOST: usize = 8;

/// Reads in line, and those that are asked for, each with what it is for.
#[derive(Debug)]
pub struct Readers<T> {
    pane: PaneId,
    line: VecDeque<T>,
    asked: [Option<(Ticket, T)>; MOST],
}

impl<T> Readers<T> {
    /// Nothing to read yet.
    pub fn new(pane: PaneId) -> Self {
        Self {
            pane,
            line: VecDeque::new(),
            asked: Default::default(),
        }
    }

    /// One more to read.
    pub fn push(&mut self, task: T) {
        self.line.push_back(task);
    }

    /// How many are asked for.
    pub fn under_way(&self) -> usize {
        self.asked.iter().flatten().count()
    }

    /// Whether nothing is asked for or in line.
    pub fn is_idle(&self) -> bool {
        self.line.is_empty() && self.under_way() == 0
    }

    /// Asks for as many as may be asked for at the same time.
    pub fn ask(&mut self, ctx: &mut Context, lane: Lane, fetch: impl Fn(&T) -> Fetch) {
        for (n, place) in (0..).zip(&mut self.asked) {
            if place.is_none()
                && let Some(task) = self.line.pop_front()
            {
                let ticket = ctx.fetch(self.pane, Part::Batch(n), lane, fetch(&task));
                *place = Some((ticket, task));
            }
        }
    }

    /// What the answer to `ticket` is for, if it is awaited.
    pub fn take(&mut self, ticket: Ticket) -> Option<T> {
        let awaited = |place: &&mut Option<(Ticket, T)>| {
            place
                .as_ref()
                .is_some_and(|(awaited, _)| *awaited == ticket)
        };
        let place = self.asked.iter_mut().find(awaited)?;
        place.take().map(|(_, task)| task)
    }

    /// Awaits nothing any more.
    pub fn call_off(&mut self, ctx: &mut Context) {
        self.line.clear();
        for (n, place) in (0..).zip(&mut self.asked) {
            if place.take().is_some() {
                ctx.abort(self.pane, Part::Batch(n));
            }
        }
    }
}

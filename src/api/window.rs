//! The requests of the last 10 s, as Clerk may have counted them.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// Clerk counts the requests of any 10 s.
pub const WINDOW: Duration = Duration::from_secs(10);

/// Added to every wait: a server that counts in whole milliseconds, or whose
/// clock runs a little slower, must not find us early.
pub const MARGIN: Duration = Duration::from_millis(50);

/// A request counts from its sending until 10 s after its answer: Clerk counts
/// it when it arrives, which is some time between the two. Late where a
/// connection had to be made first, soon on a warm one: counting from the
/// sending alone would let a second window in too early, by just the time that
/// connecting took for the first.
#[derive(Default)]
pub struct Window {
    /// Sent and not yet answered, by the others and by the background.
    in_flight: [usize; 2],
    /// When the others were answered, and whether it was the background that
    /// had asked; oldest first; the last 10 s of them.
    answered: VecDeque<(Instant, bool)>,
}

/// Whose requests are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those of the background.
    Background,
}

impl Window {
    /// A request is sent.
    pub fn sent(&mut self, background: bool) {
        self.in_flight[usize::from(background)] += 1;
    }

    /// It was answered, or given up.
    pub fn ended(&mut self, background: bool, now: Instant) {
        self.in_flight[usize::from(background)] -= 1;
        self.answered.push_back((now, background));
        self.forget_old(now);
    }

    pub fn forget_old(&mut self, now: Instant) {
        while self.leaves().is_some_and(|at| at <= now) {
            self.answered.pop_front();
        }
    }

    /// When the oldest of them counts no more.
    pub fn leaves(&self) -> Option<Instant> {
        self.answered.front().map(|(at, _)| *at + WINDOW + MARGIN)
    }

    pub fn has_in_flight(&self) -> bool {
        self.in_flight != [0, 0]
    }

    pub fn used(&self, whose: Whose) -> usize {
        let answered = self.of(whose).count();
        match whose {
            Whose::All => answered + self.in_flight[0] + self.in_flight[1],
            Whose::Background => answered + self.in_flight[1],
        }
    }

    /// When there is room for one more in `limit`; `None`: not before an answer.
    pub fn room(&self, whose: Whose, limit: u32, now: Instant) -> Option<Instant> {
        // So many have to leave the window first.
        match (self.used(whose) + 1).saturating_sub(limit as usize) {
            0 => Some(now),
            n => self.of(whose).nth(n - 1).map(|at| at + WINDOW + MARGIN),
        }
    }

    fn of(&self, whose: Whose) -> impl Iterator<Item = Instant> {
        let counted = move |(_, background): &&(Instant, bool)| whose == Whose::All || *background;
        self.answered.iter().filter(counted).map(|(at, _)| *at)
    }
}

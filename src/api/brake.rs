//! What a 429 does to the pace: it stops, goes on slowly, and recovers.

use std::time::Duration;

use tokio::time::Instant;

use super::window::{MARGIN, WINDOW};

/// The whole pace, in thousandths.
const WHOLE: u32 = 1000;

/// The pace recovers by so much in every window without a 429: from its half in
/// a minute, from nothing in two.
const STEP: u32 = 100;

/// What the 429s of the last two minutes did to everybody.
#[derive(Default)]
pub struct Brake {
    gate: Gate,
    slowed: Option<Slowed>,
    /// How often the pace dropped.
    drops: u64,
}

#[derive(Clone, Copy, Default)]
enum Gate {
    #[default]
    Open,
    Closed(Instant),
    /// It was opened for one request, to try. If that one is answered with
    /// another 429, the others have not wasted theirs.
    OpenForOne,
}

/// Since the last drop.
#[derive(Clone, Copy)]
struct Slowed {
    /// To how much, in thousandths.
    to: u32,
    /// When the wait is over that Clerk asked for.
    from: Instant,
    /// Whether somebody else had used the limit up.
    elsewhere: bool,
}

/// How a request went through: what its answer tells about the others.
#[derive(Clone, Copy)]
pub struct Passage {
    /// Whether it tries for all others whether the wait is over.
    tries: bool,
    drops: u64,
}

impl Brake {
    /// When the next request may go; `None`: not before an answer.
    pub fn opens(&self, now: Instant) -> Option<Instant> {
        match self.gate {
            Gate::Open => Some(now),
            Gate::Closed(until) => Some(until.max(now)),
            Gate::OpenForOne => None,
        }
    }

    /// Whether Clerk asked us to wait, and that is not over.
    pub fn is_asked_to_wait(&self, now: Instant) -> bool {
        matches!(self.gate, Gate::Closed(until) if until > now)
    }

    /// Whether there was a 429 though our own requests were fewer than the limit,
    /// and it is not long ago.
    pub fn is_used_elsewhere(&self, now: Instant) -> bool {
        self.slowed
            .is_some_and(|slowed| slowed.elsewhere && now < slowed.calm())
    }

    /// When loads in the background may go on: a window after the wait.
    pub fn calm(&self, now: Instant) -> Instant {
        self.slowed.map_or(now, |slowed| slowed.calm().max(now))
    }

    /// A request goes. `by_itself`: it does not care what Clerk asked for.
    pub fn pass(&mut self, by_itself: bool) -> Passage {
        let tries = matches!(self.gate, Gate::Closed(_));
        if tries && !by_itself {
            self.gate = Gate::OpenForOne;
        }
        Passage {
            tries: tries || (by_itself && matches!(self.gate, Gate::OpenForOne)),
            drops: self.drops,
        }
    }

    /// It was answered, and not with a 429.
    pub fn answered(&mut self, passage: Passage) {
        if passage.tries && passage.drops == self.drops {
            self.gate = Gate::Open;
        }
    }

    /// It was given up, or got no answer: another one has to try.
    pub fn given_up(&mut self, passage: Passage, now: Instant) {
        if passage.tries && matches!(self.gate, Gate::OpenForOne) {
            self.gate = Gate::Closed(now);
        }
    }

    /// It was answered with a 429: nothing may go for as long as `wait`, and
    /// then half as much as before. Many that were sent together count as one.
    pub fn throttled(&mut self, passage: Passage, wait: Duration, elsewhere: bool, now: Instant) {
        let until = now + wait + MARGIN;
        let until = match self.gate {
            // What the one says that was sent to try is news; else the longest wait counts.
            Gate::Closed(later) if later > until && !passage.tries => later,
            _ => until,
        };
        self.gate = Gate::Closed(until);
        let is_news = passage.drops == self.drops;
        let slowed = Slowed {
            to: match self.slowed {
                Some(slowed) if !is_news => slowed.to,
                _ => (self.pace(now) / 2).max(1),
            },
            from: until,
            elsewhere: elsewhere || (!is_news && self.is_used_elsewhere(now)),
        };
        self.slowed = Some(slowed);
        self.drops += u64::from(is_news);
    }

    /// How much of the usual pace may be used at `now`, in thousandths.
    fn pace(&self, now: Instant) -> u32 {
        self.slowed.map_or(WHOLE, |slowed| slowed.pace(now))
    }

    /// So many of `share` may go in any window at `now`.
    pub fn part(&self, share: u32, now: Instant) -> u32 {
        let part = u64::from(share) * u64::from(self.pace(now)) / u64::from(WHOLE);
        u32::try_from(part).unwrap_or(share).max(share.min(1))
    }

    /// `now`, and when the pace rises until it is whole again.
    pub fn steps(&self, now: Instant) -> impl Iterator<Item = Instant> {
        let first = self.slowed.map_or(now, |slowed| slowed.from.max(now));
        let steps = (WHOLE - self.pace(now)).div_ceil(STEP);
        let begun = self.slowed.map_or(now, |slowed| slowed.from);
        let passed = first.duration_since(begun).as_millis() / WINDOW.as_millis();
        let passed = u32::try_from(passed).unwrap_or(0);
        std::iter::once(now).chain((1..=steps).map(move |n| begun + WINDOW * (passed + n)))
    }

    /// When anything of this changes by itself.
    pub fn changes(&self, now: Instant) -> Option<Instant> {
        let opens = self.opens(now).filter(|at| *at > now);
        self.steps(now).nth(1).into_iter().chain(opens).min()
    }
}

impl Slowed {
    fn pace(self, now: Instant) -> u32 {
        let windows = now.saturating_duration_since(self.from).as_millis() / WINDOW.as_millis();
        let windows = u32::try_from(windows).unwrap_or(WHOLE).min(WHOLE);
        (self.to + STEP * windows).min(WHOLE)
    }

    fn calm(self) -> Instant {
        self.from + WINDOW
    }
}

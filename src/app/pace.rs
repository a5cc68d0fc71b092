//! How the pacer stands, in words: the rate gauge and its countdown.

use super::{Model, Moment, Pace, Ticket};

impl Pace {
    /// Whether most of the limit is used.
    pub(super) fn is_mostly_used(self) -> bool {
        u64::from(self.used) * 10 > u64::from(self.limit) * 6 && self.limit > 0
    }

    /// Whether the limit is better kept for what somebody asks for.
    pub(super) fn is_busy(self) -> bool {
        self.waiting > 0 || self.is_mostly_used()
    }

    /// The end of the wait that the gauge counts down to.
    fn counted_end(self) -> Option<Moment> {
        self.next
            .filter(|_| self.asked_by_clerk || self.waiting > 0)
    }
}

/// A wait in whole seconds, rounded: the pacer adds a little to what Clerk asks for.
const fn seconds(left: u64) -> u64 {
    match left {
        0 => 0,
        1..1_500 => 1,
        _ => (left + 500) / 1_000,
    }
}

/// How long the seconds stay as they are.
const fn until_change(left: u64) -> u64 {
    match left {
        0..1_500 => left,
        // They are rounded, so they change in the middle of each.
        _ => (left + 500) % 1_000 + 1,
    }
}

/// The text of the rate gauge, when there is something to say: while requests
/// wait, or most of the limit is used.
pub fn gauge(pace: Pace, now: Moment) -> Option<String> {
    let left = pace.next.map_or(0, |next| seconds(next.since(now)));
    if pace.asked_by_clerk && left > 0 {
        Some(format!(
            "Clerk asked us to wait {left} s. Your place is kept."
        ))
    } else if pace.waiting > 0 && left > 0 {
        Some(format!(
            "Waiting {left} s for the limit of {} in 10 s. Your place is kept.",
            pace.limit
        ))
    } else if pace.is_mostly_used() {
        Some(format!("{} of {} requests in 10 s", pace.used, pace.limit))
    } else {
        None
    }
}

/// A wake-up at the next change of the countdown's text.
#[derive(Clone, Copy, Debug)]
pub struct Countdown {
    ticket: Ticket,
    end: Moment,
}

impl Countdown {
    /// Whether `ticket` is its wake-up.
    pub fn awaits(self, ticket: Ticket) -> bool {
        self.ticket == ticket
    }
}

/// While a countdown is on the screen, one wake-up at its next change.
pub fn count_down(model: &mut Model) {
    let now = model.ctx.now.moment;
    let end = model.ctx.pace.counted_end();
    let Some(end) = end.filter(|end| end.since(now) > 0) else {
        model.countdown = None;
        return;
    };
    if model.countdown.is_none_or(|countdown| countdown.end != end) {
        let ticket = model.ctx.wake(until_change(end.since(now)));
        model.countdown = Some(Countdown { ticket, end });
    }
}

//! How the pacer stands, in words: the rate gauge and its countdown.

use super::{Model, Moment, Pace, Ticket};

impl Pace {
    /// Whether most of what the console may have is used.
    pub(super) fn is_mostly_used(self) -> bool {
        u64::from(self.used) * 10 > u64::from(self.allowed) * 6 && self.allowed > 0
    }

    /// Whether the limit is better kept for what somebody asks for.
    pub(super) fn is_busy(self) -> bool {
        self.waiting > 0 || self.used_elsewhere || self.is_mostly_used()
    }

    /// The end of the wait that the gauge counts down to.
    fn counted_end(self) -> Option<Moment> {
        self.next
            .filter(|_| self.asked_by_clerk || self.waiting > 0)
    }
}

/// From so many milliseconds on a wait is told in minutes, and from there in hours.
const IN_MINUTES: u64 = 99_500;
const IN_HOURS: u64 = 100 * MINUTE;
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

/// How long a wait is in words, and for how many milliseconds that stays true.
/// It is rounded: the pacer adds a little to what Clerk asks for.
pub(super) fn told(left: u64) -> (String, u64) {
    let (unit, name) = match left {
        0..IN_MINUTES => (1_000, "s"),
        IN_MINUTES..IN_HOURS => (MINUTE, "min"),
        _ => (HOUR, "h"),
    };
    let units = ((left + unit / 2) / unit).max(u64::from(left > 0));
    // The number changes in the middle of each unit, or the unit does.
    let unit_ends = match unit {
        1_000 => 0,
        MINUTE => IN_MINUTES - 1,
        _ => IN_HOURS - 1,
    };
    let number_ends = if units <= 1 {
        0
    } else {
        units * unit - unit / 2 - 1
    };
    let stays = left - number_ends.max(unit_ends).min(left);
    (format!("{units} {name}"), stays)
}

/// The text of the rate gauge, when there is something to say: while requests
/// wait, or most of what the console may have is used, or others use the limit.
pub fn gauge(pace: Pace, now: Moment) -> Option<String> {
    let left = pace.next.map_or(0, |next| next.since(now));
    let wait = told(left).0;
    if pace.asked_by_clerk && left > 0 {
        Some(if pace.used_elsewhere {
            format!("Clerk asked us to wait {wait}: the limit is used up elsewhere. r tries now.")
        } else {
            format!("Clerk asked us to wait {wait}. Your place is kept.")
        })
    } else if pace.waiting > 0 && left > 0 {
        Some(format!(
            "Waiting {wait}: {} of {} requests used in 10 s, {} wait. Your place is kept.",
            pace.used, pace.allowed, pace.waiting
        ))
    } else if pace.used_elsewhere {
        Some("Clerk is busy with your own application: the limit is used up elsewhere.".to_owned())
    } else if pace.is_mostly_used() {
        Some(format!(
            "{} of {} requests in 10 s",
            pace.used, pace.allowed
        ))
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
        let ticket = model.ctx.wake(told(end.since(now)).1);
        model.countdown = Some(Countdown { ticket, end });
    }
}

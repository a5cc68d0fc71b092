//! The rate gauge: what is said of the pace.

use super::{Moment, Pace};

/// A wait in whole seconds, rounded: the pacer adds a little to what Clerk asks for.
const fn seconds(left: u64) -> u64 {
    match left {
        0 => 0,
        1..1_500 => 1,
        _ => (left + 500) / 1_000,
    }
}

/// How long the seconds stay as they are.
pub const fn until_change(left: u64) -> u64 {
    // They are rounded, so they change in the middle of each.
    let until_change = (left + 500) % 1_000 + 1;
    if until_change < left {
        until_change
    } else {
        left
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
    } else if pace.limit > 0 && pace.used * 10 > pace.limit * 6 {
        Some(format!("{} of {} requests in 10 s", pace.used, pace.limit))
    } else {
        None
    }
}

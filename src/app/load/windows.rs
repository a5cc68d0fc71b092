//! How time is cut into windows, so that several walk at once and all are busy
//! to the end.

use crate::app::roll::LARGEST_PAGE;

use super::walker::{Walker, ratio};

/// A page's rows.
const PAGE: u64 = LARGEST_PAGE as u64;
/// What has fewer rows left than this is not worth two walkers.
const WORTH_SPLITTING: u64 = 3 * PAGE;

/// Windows of equal length from the time `low` on, the newest with an open end.
/// Nobody knows yet where in them the `unread` rows lie.
pub fn cut(low: i64, top: i64, count: usize, unread: Option<u64>) -> Vec<Walker> {
    let span = u64::try_from(top.saturating_sub(low)).unwrap_or(0);
    let count = u64::try_from(count).unwrap_or(1);
    let pages = unread.map_or(count, |unread| unread.div_ceil(PAGE));
    let count = if span < count {
        1
    } else {
        pages.clamp(1, count)
    };
    let step = span / count;
    let rows = unread.unwrap_or(u64::MAX / 16) / count;
    let at = |n: u64| low.saturating_add(i64::try_from(n * step).unwrap_or(i64::MAX));
    let windows = (0..count).map(|n| {
        let high = (n + 1 < count).then(|| at(n + 1) - 1);
        let density = (rows.max(1), step.max(1));
        Walker::of((Some(at(n)), high), high.unwrap_or(top), density, rows)
    });
    windows.collect()
}

/// Cuts the window that has most left in two, by what its rows were like so
/// far; `None` where that is not worth a request.
pub fn split(walkers: &mut [Option<Walker>], unread: Option<u64>) -> Option<Walker> {
    let sum = walkers
        .iter()
        .flatten()
        .fold(0_u64, |sum, walker| sum.saturating_add(walker.left));
    // All of them together have not more left than there is.
    let share = unread.filter(|unread| *unread < sum).unwrap_or(sum);
    for walker in walkers.iter_mut().flatten() {
        walker.left = ratio(walker.left, (share, sum));
    }
    let splits = |walker: &&mut Walker| {
        let room = walker.low.map_or(0, |low| walker.top.saturating_sub(low));
        walker.left >= WORTH_SPLITTING && room >= 2
    };
    let largest = walkers.iter_mut().flatten().filter(splits);
    let walker = largest.max_by_key(|walker| walker.left)?;
    let low = walker.low?;
    // A page of its own is under way.
    let give = (walker.left - PAGE) / 2;
    let (rows, millis) = walker.density;
    let keep = ratio(walker.left - give, (millis, rows));
    let mid = walker
        .top
        .saturating_sub(i64::try_from(keep).unwrap_or(i64::MAX).max(1));
    let mid = if mid < low {
        low + (walker.top - low) / 2
    } else {
        mid
    };
    Some(walker.cut_off(mid, give))
}

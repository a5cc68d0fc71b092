//! What is said of a load.

use super::Loading;
use crate::app::document::Line;
use crate::app::text::{grouped, width};
use crate::app::words::explain;
use crate::app::{Model, Screen, Tone};
use crate::domain::ApiError;

/// How far the load of the users view is, in so many columns.
pub fn progress(model: &Model, columns: usize) -> Option<Line> {
    let Screen::Users(pane) = model.screen() else {
        return None;
    };
    let loading = pane.loading.as_ref()?;
    let tone = if loading.is_paused() {
        Tone::Warn
    } else {
        Tone::Plain
    };
    Some(Line::new(tone, text(loading, pane.is_gathering(), columns)))
}

/// As much of it as there is room for; what stands first matters most.
fn text(loading: &Loading, marks: bool, columns: usize) -> String {
    let done = match loading.total() {
        Some(total) => format!("{} of {}", grouped(loading.done()), grouped(total)),
        None => grouped(loading.done()),
    };
    let (paused, text, keys) = if marks {
        let paused = format!("Marking all paused at {done} read. * goes on.");
        let text = format!("Marking all: {done} read · Esc stops");
        (paused, text, &[][..])
    } else {
        let paused = format!("Loading paused at {done}. :load goes on.");
        let keys = &[":load pauses", "^c stops"][..];
        (paused, format!("Loading {done}"), keys)
    };
    if loading.is_paused() {
        return paused;
    }
    let mut text = text;
    let left = loading
        .total()
        .map(|all| all.saturating_sub(loading.done()));
    let rate = loading.rate().filter(|rate| *rate > 0);
    let rated = rate.map(|rate| format!("{} a second", grouped(rate)));
    let wait = rate
        .zip(left)
        .map(|(rate, left)| about(left.div_ceil(rate)));
    let keys = keys.iter().map(|key| (*key).to_owned());
    for part in rated.into_iter().chain(wait).chain(keys) {
        if width(&text) + 3 + width(&part) > columns {
            break;
        }
        text = format!("{text} · {part}");
    }
    text
}

/// How long something takes yet.
pub(in crate::app) fn about(seconds: u64) -> String {
    match seconds {
        0..100 => format!("about {seconds} s"),
        100..6_000 => format!("about {} min", seconds.div_ceil(60)),
        _ => format!("about {} h", grouped(seconds.div_ceil(3_600))),
    }
}

/// It paused by itself.
pub fn paused(error: &ApiError, marks: bool) -> String {
    let paused = if marks {
        "Marking all is paused. * goes on."
    } else {
        "Loading is paused. :load goes on."
    };
    format!("{} {paused}", explain(error))
}

/// Everybody is there.
pub fn complete(loading: &Loading) -> String {
    let loaded = loading.harvest.count;
    format!(
        "{} loaded.",
        crate::app::text::count(clamped(loaded), "user")
    )
}

/// It was stopped.
pub fn stopped(loading: &Loading) -> String {
    let known = crate::app::text::count(clamped(loading.harvest.count), "user");
    format!("Loading stopped. {known} read so far stay known here.")
}

fn clamped(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

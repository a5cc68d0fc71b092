//! What is said of the people who are marked.

use crate::app::document::Line;
use crate::app::text::grouped;
use crate::app::{Model, Tone};

/// How many are marked, in every list: a change there is about them.
pub fn marked(model: &Model) -> Option<Line> {
    if model.screen().list().is_none() || model.marks.is_empty() {
        return None;
    }
    let count = grouped(model.marks.len() as u64);
    let elsewhere = model.marked_elsewhere().filter(|n| *n > 0);
    let elsewhere = elsewhere.map_or_else(String::new, |n| {
        format!(", {} not in this list", grouped(n as u64))
    });
    let line = if model.marks.is_everybody() {
        Line::new(Tone::Bad, format!("{count} marked: EVERYBODY{elsewhere}"))
    } else {
        Line::new(Tone::Accent, format!("{count} marked{elsewhere}"))
    };
    Some(line.and(Tone::Dim, " · u unmarks"))
}

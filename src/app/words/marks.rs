//! What is said of the people who are marked.

use crate::app::document::Line;
use crate::app::text::{grouped, width};
use crate::app::{Model, Tone, range};

/// How many are marked, in every list: a change there is about them. As much of
/// it as there is room for; what stands first matters most.
pub fn marked(model: &Model) -> Option<Line> {
    let range = range::lines(model);
    let is_list = model.screen().list().is_some();
    if !is_list || (model.marks.is_empty() && range.is_none()) {
        return None;
    }
    let mut parts: Vec<(Tone, String)> = Vec::new();
    if !model.marks.is_empty() {
        parts.push(count(model));
    }
    if let Some(lines) = range {
        let rows = grouped((lines.end() - lines.start() + 1) as u64);
        let range = if parts.is_empty() { "Range" } else { "range" };
        parts.push((Tone::Accent, format!("{range} of {rows}")));
        parts.push((Tone::Dim, "v marks it".to_owned()));
        parts.push((Tone::Dim, "Esc drops it".to_owned()));
    } else {
        parts.push((Tone::Dim, "u unmarks".to_owned()));
    }
    let mut room = usize::from(model.ctx.size.0).saturating_sub(2);
    let mut line = Line::default();
    for (n, (tone, text)) in parts.into_iter().enumerate() {
        let text = if n == 0 { text } else { format!(" · {text}") };
        let Some(left) = room.checked_sub(width(&text)) else {
            break;
        };
        room = left;
        line = line.and(tone, text);
    }
    Some(line)
}

/// How many are marked, and how many of them are not in the list shown.
fn count(model: &Model) -> (Tone, String) {
    let marked = grouped(model.marks.len() as u64);
    let elsewhere = model.marked_elsewhere().filter(|n| *n > 0);
    let elsewhere = elsewhere.map_or_else(String::new, |n| {
        format!(", {} not in this list", grouped(n as u64))
    });
    if model.marks.is_everybody() {
        return (Tone::Bad, format!("{marked} marked: EVERYBODY{elsewhere}"));
    }
    (Tone::Accent, format!("{marked} marked{elsewhere}"))
}

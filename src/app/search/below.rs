//! What stands below the search box: a mistake, at its place.

use super::Search;
use crate::app::document::Line;
use crate::app::text::{width, wrapped};
use crate::app::{Model, Tone, words};
use crate::domain::search::Mistake;

/// The column where the text of the box begins.
pub const BEGIN: usize = 3;
/// The most lines that the help of a mistake takes.
const MOST_LINES: usize = 3;
/// The help stands beside its mark where it has so many columns.
const LEAST_BESIDE: usize = 36;

/// How many columns of the box's text are in view: what stands at the right of
/// the box has its place.
pub fn room(model: &Model) -> usize {
    let right = width(&words::found(model)) + 1;
    usize::from(model.ctx.size.0)
        .saturating_sub(right + BEGIN + 2)
        .max(8)
}

/// The lines below the box, as wide as the window; none where there is nothing to say.
pub fn lines(model: &Model) -> Vec<Line> {
    let Some(search) = model.screen().search().filter(|search| search.is_shown()) else {
        return Vec::new();
    };
    let columns = usize::from(model.ctx.size.0);
    match search.mistake() {
        Some(mistake) => mistake_lines(search, mistake, room(model), columns),
        None => Vec::new(),
    }
}

/// A mark below the place of a mistake, and the help beside it where it has
/// room there, else below.
fn mistake_lines(search: &Search, mistake: &Mistake, room: usize, columns: usize) -> Vec<Line> {
    let input = search.input();
    let scroll = input.visual_scroll(room);
    let before = width(&input.value()[..mistake.at.start]);
    let place = BEGIN + before.saturating_sub(scroll).min(room);
    let line = |text: String| Line::new(Tone::Warn, text);
    let beside = columns.saturating_sub(place + 3);
    let help = &mistake.help;
    let long = width(help);
    if long <= beside || beside >= LEAST_BESIDE {
        let texts = wrapped(help, beside, MOST_LINES).into_iter().enumerate();
        let mark = |n| if n == 0 { "^" } else { " " };
        return texts
            .map(|(n, text)| line(format!("{}{} {text}", " ".repeat(place), mark(n))))
            .collect();
    }
    if long < place {
        return vec![line(format!("{}{help} ^", " ".repeat(place - long - 1)))];
    }
    let below = wrapped(help, columns.saturating_sub(2), MOST_LINES);
    std::iter::once(format!("{}^", " ".repeat(place)))
        .chain(below.into_iter().map(|text| format!(" {text}")))
        .map(line)
        .collect()
}

//! What stands below the search box: a mistake, at its place, or what Tab offers.

use super::{Candidates, Search, listed};
use crate::app::document::Line;
use crate::app::text::{cut, width, wrapped};
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
    match (search.candidates(), search.mistake()) {
        (Some(candidates), _) => vec![candidates_line(candidates, columns)],
        (None, Some(mistake)) => mistake_lines(search, mistake, room(model), columns),
        (None, None) => {
            let below = words::below_box(model).map(|text| (Tone::Dim, text));
            let trouble = search.trouble.clone().map(|text| (Tone::Warn, text));
            let (tone, text) = trouble.or(below).unwrap_or_default();
            let texts = wrapped(&text, columns.saturating_sub(2), MOST_LINES).into_iter();
            let line = |text| Line::new(tone, format!(" {text}"));
            let missing = listed::shown(model);
            let missing = missing.and_then(|(_, list)| listed::missing(list, columns - 2));
            let missing = missing.map(|text| Line::new(Tone::Warn, format!(" {text}")));
            texts.map(line).chain(missing).collect()
        }
    }
}

/// What Tab offers, with the chosen one in sight.
fn candidates_line(candidates: &Candidates, columns: usize) -> Line {
    let mut words: Vec<(bool, &str)> = candidates.words().collect();
    let chosen = words.iter().position(|(chosen, _)| *chosen).unwrap_or(0);
    let room = columns.saturating_sub(BEGIN + 1);
    let wide =
        |words: &[(bool, &str)]| -> usize { words.iter().map(|(_, word)| width(word) + 2).sum() };
    let mut first = 0;
    while first < chosen && wide(&words[first..=chosen]) > room {
        first += 1;
    }
    words.drain(..first);
    let mut line = Line::new(Tone::Dim, " ".repeat(BEGIN));
    let mut left = room;
    for (chosen, word) in words {
        let tone = if chosen { Tone::Accent } else { Tone::Dim };
        let word = cut(word, left);
        left = left.saturating_sub(width(&word) + 2);
        line = line.and(tone, word).and(Tone::Dim, "  ");
        if left == 0 {
            break;
        }
    }
    line
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

//! From lines with a meaning to lines with a style.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Theme;
use crate::app::marks::{Mark, Place};
use crate::app::text::{cut, width};
use crate::app::{Clock, Search, Tone, document};
use crate::domain::Timestamp;

/// A document's line in the theme's colours.
pub fn styled(line: &document::Line, theme: &Theme) -> Line<'static> {
    line.spans
        .iter()
        .map(|span| Span::styled(span.text.clone(), theme.tone(span.tone)))
        .collect()
}

/// Draws one line with one text at its left and one at its right; the right one
/// gives way where there is no room for both.
pub fn left_and_right(frame: &mut Frame, area: Rect, left: Line, right: Line) {
    let room = usize::from(area.width).saturating_sub(left.width() + 1);
    frame.render_widget(left, area);
    if right.width() <= room {
        frame.render_widget(right.right_aligned(), area);
    }
}

/// `text` in `columns`, padded, with the letters that match one of `words` marked.
pub fn marked(text: &str, columns: usize, words: &Words, theme: &Theme) -> Vec<Span<'static>> {
    let (base, mark) = (theme.tone(Tone::Plain), theme.matched());
    let chars: Vec<char> = text.chars().collect();
    let lower: Vec<char> = chars.iter().copied().map(lower).collect();
    let mut hits = vec![false; chars.len()];
    for word in words.0.iter().filter(|word| !word.is_empty()) {
        for at in 0..chars.len().saturating_sub(word.len() - 1) {
            if lower[at..].starts_with(word) {
                hits[at..at + word.len()].fill(true);
            }
        }
    }
    let mut spans = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run = hits[at..]
            .iter()
            .take_while(|hit| **hit == hits[at])
            .count();
        let piece: String = chars[at..at + run].iter().collect();
        spans.push(Span::styled(piece, if hits[at] { mark } else { base }));
        at += run;
    }
    spans.push(Span::styled(
        " ".repeat(columns.saturating_sub(width(text))),
        base,
    ));
    spans
}

/// The words of a search, in small letters, for [`marked`].
#[derive(Clone, Debug)]
pub struct Words(Vec<Vec<char>>);

impl Words {
    /// Of what is in a search box; while that holds a mistake, of what the rows answer.
    pub fn of(search: &Search) -> Self {
        let query = search.query().unwrap_or_else(|_| search.latest());
        Self::new(query.parts())
    }

    fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let letters = |word: &str| word.chars().map(lower).collect();
        Self(words.map(letters).collect())
    }
}

/// What stands in front of a row.
pub const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::None => " ",
        Mark::Marked => "+",
        Mark::InRange(Place::Only) => "[",
        Mark::InRange(Place::First) => "┌",
        Mark::InRange(Place::Within) => "│",
        Mark::InRange(Place::Last) => "└",
    }
}

/// `text` in exactly `columns`, beside the point.
pub fn plain(text: &str, columns: usize, theme: &Theme) -> Vec<Span<'static>> {
    vec![Span::styled(fit(text, columns), theme.tone(Tone::Dim))]
}

/// A time as lists write it, or what stands for none.
pub fn time(time: Option<Timestamp>, missing: &str, clock: &Clock) -> String {
    time.map_or_else(|| missing.to_owned(), |at| clock.short(at))
}

/// One lower-case letter for one letter, so that positions stay right.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// `text` in exactly `columns`, cut or padded at its end.
pub fn fit(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let pad = columns.saturating_sub(width(&text));
    text + &" ".repeat(pad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matched_letters_are_marked_wherever_they_stand() {
        let theme = Theme::default();
        let mark = theme.matched();
        let spans = marked("Alice ALICE", 13, &Words::new(["li"].into_iter()), &theme);
        let texts: Vec<(&str, bool)> = spans
            .iter()
            .map(|span| (span.content.as_ref(), span.style == mark))
            .collect();
        let expected = [
            ("A", false),
            ("li", true),
            ("ce A", false),
            ("LI", true),
            ("CE", false),
            ("  ", false),
        ];
        assert_eq!(texts, expected);
    }
}

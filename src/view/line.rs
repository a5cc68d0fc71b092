//! From lines with a meaning to lines with a style.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::{Frame, style::Style};

use super::Theme;
use crate::app::document;
use crate::app::text::{cut, width};

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
pub fn marked(
    text: &str,
    columns: usize,
    words: &[Vec<char>],
    base: Style,
    mark: Style,
) -> Vec<Span<'static>> {
    let chars: Vec<char> = text.chars().collect();
    let lower: Vec<char> = chars.iter().copied().map(lower).collect();
    let mut hits = vec![false; chars.len()];
    for word in words.iter().filter(|word| !word.is_empty()) {
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

/// The words of a search, for [`marked`].
pub fn search_words(text: &str) -> Vec<Vec<char>> {
    text.split_whitespace()
        .map(|word| word.chars().map(lower).collect())
        .collect()
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
        let mark = Style::new().bold();
        let spans = marked("Alice ALICE", 13, &search_words("li"), Style::new(), mark);
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

//! Fitting text into columns.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::Untrusted;

/// The columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut at the end to at most `columns`, with `…` where it was cut.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = start_of(text, columns.saturating_sub(1)).to_owned();
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The text with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// An e-mail address cut in the middle, so that its domain stays whole as long
/// as it can: `alicia.gomez@long-c…xample.com`.
pub fn cut_middle(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let domain = text.rfind('@').map_or("", |at| &text[at..]);
    let room = columns.saturating_sub(1);
    // Some of the room shows how the address begins, whatever its domain.
    let tail = width(domain).clamp(room / 2, room - 4.min(room / 4));
    let head = start_of(text, room - tail);
    format!("{head}…{}", end_of(text, tail))
}

/// The longest beginning of `text` that fits into `columns`.
fn start_of(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The longest end of `text` that fits into `columns`.
fn end_of(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > columns {
            return &text[at + grapheme.len()..];
        }
    }
    text
}

/// The part of a typed text that is in view. What people type is shown by the
/// same rules as what comes from the API: they paste.
pub fn shown_from(text: &str, scroll: usize, room: usize) -> String {
    let shown = Untrusted::new(text);
    let shown = shown.shown();
    let mut skipped = 0;
    let rest = shown.graphemes(true).skip_while(|grapheme| {
        let skip = skipped < scroll;
        skipped += width(grapheme);
        skip
    });
    cut(&rest.collect::<String>(), room + 1)
}

/// The lines that a text takes, broken between words; none for no text.
pub fn lines_of(text: &str, columns: usize) -> usize {
    let (mut lines, mut used) = (0, columns);
    for word in text.split_whitespace().map(width) {
        if used + 1 + word > columns {
            // A word wider than a line is broken in itself.
            lines += word.div_ceil(columns.max(1)).max(1);
            used = word % columns.max(1);
        } else {
            used += 1 + word;
        }
    }
    lines
}

/// The text broken between words into lines of at most `columns`; of more than
/// `most` lines the last one is cut.
pub fn wrapped(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if full || width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| cut(line, columns)).collect()
}

/// `1 session`, `2 sessions`.
pub fn count(n: usize, what: &str) -> String {
    let s = match n {
        1 => "",
        _ if what.ends_with('s') => "es",
        _ => "s",
    };
    format!("{} {what}{s}", grouped(n as u64))
}

/// A number with its thousands apart: `84,210`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_email_keeps_its_domain() {
        assert_eq!(cut_middle("alice@example.com", 20), "alice@example.com");
        assert_eq!(
            cut_middle("alicia.gomez.martinez@example.com", 20),
            "alicia.…@example.com"
        );
        assert_eq!(
            cut_middle("alice.alice@a-company.example.com", 28),
            "alice…@a-company.example.com"
        );
        assert_eq!(
            cut_middle("al@a-very-long-company-name.example.com", 20),
            "al@a…ame.example.com"
        );
    }

    #[test]
    fn lines_are_broken_between_words() {
        for (text, columns, lines) in [
            ("", 10, 0),
            ("one two", 7, 1),
            ("one two", 6, 2),
            ("one two three", 7, 2),
            ("abcdefghijkl", 5, 3),
        ] {
            assert_eq!(lines_of(text, columns), lines, "{text:?} in {columns}");
        }
    }

    #[test]
    fn a_text_is_wrapped_and_its_last_line_cut() {
        assert_eq!(wrapped("one two three", 7, 3), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 7, 2), ["one two", "three …"]);
        assert!(wrapped(" ", 7, 2).is_empty());
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(84_210), "84,210");
        assert_eq!(grouped(842), "842");
        assert_eq!(count(1, "session"), "1 session");
        assert_eq!(count(1_234, "session"), "1,234 sessions");
    }

    proptest! {
        #[test]
        fn nothing_is_ever_wider_than_its_column(text in any::<String>(), columns in 0_usize..40) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
            prop_assert!(width(&cut_middle(&text, columns)) <= columns);
        }
    }
}

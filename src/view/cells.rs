//! Clusters of several narrow characters, given a cell for each.

use ratatui::buffer::Buffer;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Gives each narrow character of a cluster its own cell, as most terminals do:
/// Devanagari षि is one cluster of two columns, and two narrow characters.
///
/// ratatui keeps a cluster in its first cell and believes the one behind it
/// blank. Where only the first is written over, the second character stays on
/// the screen.
pub fn part(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let symbol = buffer.content[at].symbol();
        if symbol.len() == 1 || !is_cluster_of_narrow(symbol) {
            continue;
        }
        let parts = narrow_parts(symbol);
        let end = (at + parts.len()).min(buffer.content.len());
        let style = buffer.content[at].style();
        for (cell, part) in buffer.content[at..end].iter_mut().zip(&parts) {
            cell.set_symbol(part).set_style(style);
        }
    }
}

fn is_cluster_of_narrow(symbol: &str) -> bool {
    let mut narrow = 0;
    for c in symbol.chars() {
        match c.width() {
            Some(0) => {}
            Some(1) => narrow += 1,
            _ => return false,
        }
    }
    narrow > 1 && narrow == symbol.width()
}

/// The narrow characters, each with the marks of no width that follow it.
fn narrow_parts(symbol: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for c in symbol.chars() {
        match parts.last_mut() {
            Some(part) if c.width() == Some(0) => part.push(c),
            _ => parts.push(c.to_string()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use ratatui::{layout::Rect, style::Style};

    use super::*;

    fn parted(text: &str) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, text, Style::new());
        part(&mut buffer);
        let symbols = buffer.content.iter().map(|cell| cell.symbol().to_owned());
        symbols.collect()
    }

    #[test]
    fn narrow_characters_have_a_cell_each() {
        assert_eq!(parted("ऋषि!")[..4], ["ऋ", "ष", "ि", "!"]);
        assert_eq!(parted("กำ")[..2], ["ก", "ำ"]);
    }

    #[test]
    fn wide_characters_and_marks_stay_whole() {
        for text in ["翔太", "e\u{301}", "👩\u{200d}👧", "❤\u{fe0f}", "abc"] {
            let mut plain = Buffer::empty(Rect::new(0, 0, 8, 1));
            plain.set_string(0, 0, text, Style::new());
            let before: Vec<_> = plain
                .content
                .iter()
                .map(|c| c.symbol().to_owned())
                .collect();
            assert_eq!(parted(text), before);
        }
    }

    #[test]
    fn what_takes_its_place_clears_all_of_it() {
        let mut before = Buffer::empty(Rect::new(0, 0, 8, 1));
        before.set_string(0, 0, "षि", Style::new());
        part(&mut before);
        let after = Buffer::empty(Rect::new(0, 0, 8, 1));
        assert_eq!(before.diff(&after).len(), 2);
    }
}

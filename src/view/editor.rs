//! The editor of metadata: its text with numbered lines, and how it is sent.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::Theme;
use super::line::styled;
use super::overlay::{below, set_cursor, window};
use super::sheet::frame_with;
use crate::app::dialog::{Editor, How, Step};
use crate::app::text::shown_from;
use crate::app::text::{lines_of, width};
use crate::app::{Dialog, Model, Tone};

/// Draws the editor of a dialog, where it has one, into a frame of its own.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, dialog: &Dialog) {
    let Step::Editor(editor) = &dialog.step else {
        return;
    };
    let block = frame_with(model, theme, &dialog.title());
    let screen = frame.area();
    let (rows, columns) = editor.room((screen.width, screen.height));
    let gutter = editor.gutter();
    let prompt = match &dialog.note {
        Some(note) => Line::styled(note.clone(), theme.tone(Tone::Warn)),
        None => styled(&dialog.prompt(), theme),
    };
    let lines = lines_of(&prompt.to_string(), columns + gutter).max(1);
    // A long sentence takes lines from the text.
    let rows = rows
        .min(usize::from(area.height).saturating_sub(4 + lines))
        .max(1);
    let extent = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let size = (extent(columns + gutter + 4), extent(rows + lines + 4));
    let inner = window(frame, area, size, block);
    frame.render_widget(styled(&dialog.who(), theme), inner);
    let (top, left) = editor.text.corner((rows, columns));
    let texts = editor.text.lines().iter().enumerate().skip(top).take(rows);
    for (n, text) in texts {
        let number = format!("{:>width$} ", n + 1, width = gutter - 1);
        let line = Line::from(vec![
            Span::styled(number, theme.tone(Tone::Dim)),
            Span::raw(shown_from(text, left, columns.saturating_sub(1))),
        ]);
        frame.render_widget(line, below(inner, 1 + n - top));
    }
    frame.render_widget(choice(editor, theme, inner.width), below(inner, 1 + rows));
    let last = Rect {
        height: extent(lines),
        ..below(inner, 2 + rows)
    };
    let prompt = Paragraph::new(prompt).wrap(Wrap { trim: true });
    frame.render_widget(prompt, last.intersection(inner));
    let (line, column) = editor.text.cursor();
    if !editor.choosing {
        set_cursor(frame, below(inner, 1 + line - top), gutter + column - left);
    }
}

/// How the text is sent: one of two.
fn choice(editor: &Editor, theme: &Theme, columns: u16) -> Line<'static> {
    let (merge, replace) = ("merge: only what changed", "replace the whole");
    let fits = width(merge) + width(replace) + 12 <= usize::from(columns);
    let (merge, replace) = if fits {
        (merge, replace)
    } else {
        ("merge", "replace")
    };
    let one = |how, text: &str| {
        let chosen = editor.how == how;
        let (sign, tone) = if chosen {
            ("(•)", Tone::Strong)
        } else {
            ("( )", Tone::Dim)
        };
        Span::styled(format!("{sign} {text}"), theme.tone(tone))
    };
    let mark = if editor.choosing { "▌" } else { " " };
    Line::from(vec![
        Span::styled(mark, theme.tone(Tone::Accent)),
        one(How::Merge, merge),
        Span::raw("   "),
        one(How::Replace, replace),
    ])
}

//! The form that writes a search.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;
use tui_input::Input;

use super::Theme;
use super::line::fit;
use super::overlay::{below, set_cursor, window};
use crate::app::filter_form::{Entry, Row};
use crate::app::text::shown_from;
use crate::app::text::{cut, width, wrapped};
use crate::app::{FilterForm, Tone};

/// The widest that the form gets.
const WIDEST: u16 = 100;
/// The columns of the labels.
const LABEL: usize = 17;
/// The columns of a box.
const BOX: usize = 26;
/// The most lines of the help.
const HELP: usize = 2;

/// Draws the form: rows, the help of the row that has the keys, the text.
pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, form: &FilterForm) {
    let mistake = form.mistake();
    let columns = usize::from(WIDEST.min(area.width)).saturating_sub(4);
    let (tone, help) = match &mistake {
        Some((row, help)) if *row == form.focus() => (Tone::Warn, help.clone()),
        _ => (Tone::Dim, form.about()),
    };
    let help = wrapped(&help, columns, if area.height < 12 { 1 } else { HELP });
    let wanted = form.rows().len() + HELP + 3;
    let height = u16::try_from(wanted).unwrap_or(u16::MAX);
    let title = format!(" Filter · {} of {} ", form.focus() + 1, form.rows().len());
    let block = Block::bordered()
        .title(title)
        .title_bottom(" Enter searches · Esc cancels ");
    let inner = window(frame, area, (WIDEST, height), block);
    let rows = usize::from(inner.height).saturating_sub(help.len().max(1) + 1);
    let top = (form.focus() + 1).saturating_sub(rows);
    let visible_rows = form.rows().iter().enumerate().skip(top).take(rows);
    for (n, row) in visible_rows {
        let place = below(inner, n - top);
        let wrong = mistake.as_ref().filter(|(at, _)| *at == n);
        draw_row(frame, place, theme, row, n == form.focus(), wrong);
    }
    let under = usize::from(inner.height).saturating_sub(help.len() + 1);
    for (n, text) in help.into_iter().enumerate() {
        frame.render_widget(
            Line::styled(text, theme.tone(tone)),
            below(inner, under + n),
        );
    }
    let text = Line::from(vec![
        Span::styled("/ ", theme.tone(Tone::Accent)),
        Span::raw(form.preview(columns.saturating_sub(2))),
    ]);
    frame.render_widget(text, below(inner, usize::from(inner.height)));
}

fn draw_row(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    row: &Row,
    focused: bool,
    wrong: Option<&(usize, String)>,
) {
    let label = LABEL.min(usize::from(area.width) / 3);
    let room = usize::from(area.width).saturating_sub(label + 4).min(BOX);
    let mut spans = vec![
        Span::styled(if focused { "▌" } else { " " }, theme.tone(Tone::Accent)),
        Span::styled(fit(&row.label(), label) + " ", theme.tone(Tone::Dim)),
    ];
    match &row.entry {
        Entry::Typed(input) => {
            let scroll = input.visual_scroll(room.saturating_sub(1));
            let text = typed(input, scroll, room);
            spans.push(Span::raw(format!("[{text}]")));
            if focused {
                let column = input.visual_cursor().saturating_sub(scroll);
                set_cursor(frame, area, label + 3 + column);
            }
        }
        Entry::Chosen(chosen) => {
            let choices = [(None, "any"), (Some(true), "yes"), (Some(false), "no")];
            for (choice, word) in choices {
                let (sign, tone) = if choice == *chosen {
                    ("(•)", Tone::Plain)
                } else {
                    ("( )", Tone::Dim)
                };
                spans.push(Span::styled(format!("{sign} {word}  "), theme.tone(tone)));
            }
        }
    }
    if let Some((_, help)) = wrong {
        let left: usize = spans.iter().map(|span| width(&span.content)).sum();
        let room = usize::from(area.width).saturating_sub(left + 1);
        let text = cut(&format!(" ! {help}"), room);
        spans.push(Span::styled(text, theme.tone(Tone::Warn)));
    }
    let line = Line::from(spans);
    let line = if focused {
        line.style(theme.selected())
    } else {
        line
    };
    frame.render_widget(line, area);
}

/// The part of a box's text that is in view, in exactly so many columns.
fn typed(input: &Input, scroll: usize, room: usize) -> String {
    fit(&cut(&shown_from(input.value(), scroll, room), room), room)
}

//! The forms of those who are to come.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::Theme;
use super::line::{fit, styled};
use super::overlay::{below, set_cursor, window};
use super::sheet::frame_with;
use crate::app::newcomer::{COLUMNS, Entry, Form, LABEL, Newcomer, Row, Step};
use crate::app::text::shown_from;
use crate::app::text::wrapped;
use crate::app::{Model, Tone};

/// The columns of the frame.
const WIDTH: u16 = 70;
/// The height from which there is room for what a row asks for.
const ROOMY: u16 = 12;
/// The most lines that a mistake or a sentence takes.
const LINES: usize = 3;

/// Draws the form. However small it is, the row that has the keys and the prompt
/// are seen.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, newcomer: &Newcomer) {
    let Step::Form(form) = &newcomer.step else {
        return;
    };
    let columns = usize::from(area.width.min(WIDTH))
        .saturating_sub(4)
        .min(COLUMNS);
    let rows = form_rows(form, columns, theme);
    let wrong = form.wrong(None).unwrap_or_default();
    let mut said = warnings(&wrong, columns, theme);
    if area.height >= ROOMY {
        let lines = newcomer.lines(&model.ctx.clock);
        said.extend(lines.iter().map(|line| styled(line, theme)));
    }
    let prompt = styled(&newcomer.prompt(), theme);
    let tall = |line: &Line| {
        let lines = wrapped(&line.to_string(), columns, LINES).len().max(1);
        u16::try_from(lines).unwrap_or(1)
    };
    let (said_height, prompt_height) = (said.iter().map(tall).sum::<u16>(), tall(&prompt));
    let rows_height = u16::try_from(rows.lines.len()).unwrap_or(u16::MAX);
    let height = rows_height.saturating_add(said_height + prompt_height + 2);
    let block = frame_with(model, theme, &newcomer.title());
    let inner = window(frame, area, (WIDTH, height), block);
    let [above, middle, bottom] = Layout::vertical([
        Constraint::Length(rows_height),
        Constraint::Max(said_height),
        Constraint::Length(prompt_height),
    ])
    .areas(inner);
    draw_rows(frame, above, rows);
    frame.render_widget(Paragraph::new(said).wrap(Wrap { trim: false }), middle);
    frame.render_widget(Paragraph::new(prompt).wrap(Wrap { trim: false }), bottom);
}

fn draw_rows(frame: &mut Frame, area: Rect, rows: Rows) {
    let room = usize::from(area.height);
    let top = (rows.focus.end).saturating_sub(room).min(rows.focus.start);
    for (n, line) in rows.lines.into_iter().skip(top).take(room).enumerate() {
        frame.render_widget(line, below(area, n));
        if let Some((_, column)) = rows.cursor.filter(|(row, _)| *row == n + top) {
            set_cursor(frame, below(area, n), column);
        }
    }
}

/// The rows of a form, each with what is wrong in it.
#[derive(Default)]
struct Rows {
    lines: Vec<Line<'static>>,
    /// The lines of the row that has the keys.
    focus: Range<usize>,
    /// Where the cursor of the terminal belongs.
    cursor: Option<(usize, usize)>,
}

fn form_rows(form: &Form, columns: usize, theme: &Theme) -> Rows {
    let mut rows = Rows::default();
    let room = columns.saturating_sub(LABEL + 2);
    for (n, row) in form.rows.iter().enumerate() {
        let focused = n == form.focus;
        let first = rows.lines.len();
        let (line, column) = form_row(row, focused, room, theme);
        if let Some(column) = column.filter(|_| focused) {
            rows.cursor = Some((first, column));
        }
        rows.lines.push(line);
        let wrong = form.wrong(Some(row.field)).unwrap_or_default();
        rows.lines.extend(warnings(&wrong, columns, theme));
        if focused {
            rows.focus = first..rows.lines.len();
        }
    }
    rows
}

/// A row, and the column of the cursor in it.
fn form_row(
    row: &Row,
    focused: bool,
    room: usize,
    theme: &Theme,
) -> (Line<'static>, Option<usize>) {
    let sign = Span::styled(if focused { "▌" } else { " " }, theme.tone(Tone::Accent));
    let label = row.field.label();
    let (text, column) = match &row.entry {
        Entry::Tick(ticked) => {
            let text = format!("{} {label}", if *ticked { "[x]" } else { "[ ]" });
            return (Line::from(vec![sign, Span::raw(text)]), None);
        }
        Entry::Text(input) => {
            let scroll = input.visual_scroll(room);
            let column = input.visual_cursor().saturating_sub(scroll);
            (shown_from(input.value(), scroll, room), column)
        }
        Entry::Hidden(hidden) => {
            let dots = hidden.len().min(room);
            ("•".repeat(dots), dots)
        }
    };
    let label = Span::styled(fit(label, LABEL), theme.tone(Tone::Dim));
    let line = Line::from(vec![sign, label, Span::raw(text)]);
    (line, Some(1 + LABEL + column))
}

fn warnings(text: &str, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let lines = wrapped(text, columns.saturating_sub(4), LINES);
    let line = |(n, line): (usize, String)| {
        let sign = if n == 0 { "  ! " } else { "    " };
        Line::styled(format!("{sign}{line}"), theme.tone(Tone::Warn))
    };
    lines.into_iter().enumerate().map(line).collect()
}

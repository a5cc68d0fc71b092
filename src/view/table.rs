//! Lists with columns: only the visible rows are built.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Theme;
use super::line::fit;
use crate::app::layout::Areas;
use crate::app::{AnyList, Tone};
use crate::domain::{Row, Unreadable};

/// A column of a list.
#[derive(Clone, Debug)]
pub struct Column<W> {
    /// What it shows.
    pub what: W,
    /// Its title.
    pub title: &'static str,
    /// Its width in columns.
    pub width: usize,
}

/// Two columns that share what the others leave; the first gets `share`, a
/// fraction of it.
pub fn with_two_free<W: Copy>(
    width: u16,
    free: [(W, &'static str); 2],
    share: (usize, usize),
    fixed: &[(W, &'static str, usize)],
) -> Vec<Column<W>> {
    let taken: usize = fixed.iter().map(|(_, _, width)| width + 1).sum();
    let room = usize::from(width).saturating_sub(taken + 5).min(96);
    let first = room * share.0 / share.1;
    let free = free.into_iter().zip([first, room - first]);
    free.map(|((what, title), width)| (what, title, width))
        .chain(fixed.iter().copied())
        .map(|(what, title, width)| Column { what, title, width })
        .collect()
}

/// Draws titles and visible rows; `draw_row` makes the line of the row with that
/// number, and `sign` what stands in front of it.
pub fn draw<W>(
    frame: &mut Frame,
    areas: &Areas,
    theme: &Theme,
    columns: &[Column<W>],
    list: &dyn AnyList,
    sign: impl Fn(usize) -> &'static str,
    draw_row: impl Fn(usize) -> Option<Line<'static>>,
) {
    let titles = columns
        .iter()
        .map(|column| Span::styled(fit(column.title, column.width + 1), theme.title()));
    let line: Line = std::iter::once(Span::raw("   ")).chain(titles).collect();
    frame.render_widget(line, areas.columns);
    let height = usize::from(areas.rows.height);
    let visible = list.top()..list.len().min(list.top() + height);
    for (y, place) in (areas.rows.y..).zip(visible) {
        let Some(mut line) = draw_row(place) else {
            continue;
        };
        let selected = place == list.cursor();
        let cursor = if selected { "▌ " } else { "  " };
        let marker = format!("{}{cursor}", sign(place));
        line.spans
            .insert(0, Span::styled(marker, theme.tone(Tone::Accent)));
        if selected {
            line = line.style(theme.selected());
        }
        let area = Rect {
            y,
            height: 1,
            ..areas.rows
        };
        frame.render_widget(line, area);
    }
}

/// The cells of a row side by side. `cell` makes one of a row that was
/// understood, `unreadable` the text of one that was not.
pub fn cells<T, W>(
    theme: &Theme,
    columns: &[Column<W>],
    row: &Row<T>,
    cell: impl Fn(&Column<W>, &T) -> Vec<Span<'static>>,
    unreadable: impl Fn(&W, &Unreadable) -> Option<Cow<'static, str>>,
) -> Line<'static> {
    let mut spans = Vec::new();
    for column in columns {
        match row {
            Row::Read(read) => spans.extend(cell(column, read)),
            Row::Unreadable(row) => {
                let text = unreadable(&column.what, row).unwrap_or_default();
                spans.push(Span::styled(
                    fit(&text, column.width),
                    theme.tone(Tone::Bad),
                ));
            }
        }
        spans.push(Span::raw(" "));
    }
    spans.into()
}

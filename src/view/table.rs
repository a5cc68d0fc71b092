//! Lists with columns: only the visible rows are built.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Theme;
use super::line::fit;
use crate::app::layout::Areas;
use crate::app::{List, Tone};
use crate::domain::{Keyed, Row};

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

/// Draws titles and visible rows; `draw_row` makes the line of one row.
pub fn draw<T: Keyed, W>(
    frame: &mut Frame,
    areas: &Areas,
    theme: &Theme,
    columns: &[Column<W>],
    list: &List<T>,
    draw_row: impl Fn(&Row<T>) -> Line<'static>,
) {
    let titles = columns
        .iter()
        .map(|column| Span::styled(fit(column.title, column.width + 1), theme.title()));
    let line: Line = std::iter::once(Span::raw("   ")).chain(titles).collect();
    frame.render_widget(line, areas.columns);
    let height = usize::from(areas.rows.height);
    let visible = list.rows().iter().enumerate().skip(list.top()).take(height);
    for (y, (place, row)) in (areas.rows.y..).zip(visible) {
        let mut line = draw_row(row);
        let selected = place == list.cursor();
        let marker = if selected { " ▌ " } else { "   " };
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

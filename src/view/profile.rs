//! The profile of one person, and the preview beside the list.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::Theme;
use super::line::styled;
use crate::app::document::{self, Section};
use crate::app::panes::profile::ProfilePane;
use crate::app::{Model, Tone, layout, report};

/// A line of the profile: a heading, or a line that the cursor can stand on.
enum Drawn<'a> {
    Heading(&'a str),
    Line(usize, &'a document::Line),
    Gap,
}

/// Draws the body of a profile.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, pane: &ProfilePane) {
    if pane.raw {
        let lines = pane.raw_lines();
        let drawn: Vec<Drawn> = lines
            .iter()
            .enumerate()
            .map(|(n, line)| Drawn::Line(n, line))
            .collect();
        return column(frame, area, theme, &drawn, pane.cursor);
    }
    let sections = pane.sections(&model.ctx);
    if !layout::has_two_columns(model) {
        return column(
            frame,
            area,
            theme,
            &drawn_lines(&sections, |_| true),
            pane.cursor,
        );
    }
    let [left, _, right] = Layout::horizontal([
        Constraint::Percentage(50),
        Constraint::Length(1),
        Constraint::Percentage(50),
    ])
    .areas(area);
    column(
        frame,
        left,
        theme,
        &drawn_lines(&sections, |s| !s.right),
        pane.cursor,
    );
    column(
        frame,
        right,
        theme,
        &drawn_lines(&sections, |s| s.right),
        pane.cursor,
    );
}

/// The lines of some sections, numbered over all sections as the cursor counts them.
fn drawn_lines(sections: &[Section], here: impl Fn(&Section) -> bool) -> Vec<Drawn<'_>> {
    let mut drawn = Vec::new();
    let mut number = 0;
    for section in sections {
        if here(section) {
            if !drawn.is_empty() {
                drawn.push(Drawn::Gap);
            }
            drawn.push(Drawn::Heading(&section.title));
            drawn.extend(
                section
                    .lines
                    .iter()
                    .enumerate()
                    .map(|(n, line)| Drawn::Line(number + n, line)),
            );
        }
        number += section.lines.len();
    }
    drawn
}

/// Draws lines so that the cursor is in the middle, as far as the ends allow.
fn column(frame: &mut Frame, area: Rect, theme: &Theme, lines: &[Drawn], cursor: usize) {
    let height = usize::from(area.height);
    let at = lines
        .iter()
        .position(|line| matches!(line, Drawn::Line(n, _) if *n == cursor));
    let top = at.map_or(0, |at| {
        at.saturating_sub(height / 2)
            .min(lines.len().saturating_sub(height))
    });
    for (y, drawn) in (area.y..).zip(lines.iter().skip(top).take(height)) {
        let line = match drawn {
            Drawn::Gap => continue,
            Drawn::Heading(title) => heading(title, area.width, theme),
            Drawn::Line(n, line) => numbered(line, *n == cursor, theme),
        };
        let area = Rect {
            y,
            height: 1,
            ..area
        };
        frame.render_widget(line, area);
    }
}

fn heading(title: &str, width: u16, theme: &Theme) -> Line<'static> {
    let used = crate::app::text::width(title) + 4;
    let rule = "─".repeat(usize::from(width).saturating_sub(used));
    Line::from(vec![
        Span::styled(" ─ ", theme.title()),
        Span::styled(title.to_owned(), theme.tone(Tone::Strong)),
        Span::styled(format!(" {rule}"), theme.title()),
    ])
}

fn numbered(line: &document::Line, selected: bool, theme: &Theme) -> Line<'static> {
    let marker = if selected { " ▌ " } else { "   " };
    let mut styled = styled(line, theme);
    styled
        .spans
        .insert(0, Span::styled(marker, theme.tone(Tone::Accent)));
    if selected {
        styled.style(theme.selected())
    } else {
        styled
    }
}

/// Draws the preview of the person under the cursor.
pub fn preview(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    for y in area.y..area.bottom() {
        let bar = Rect::new(area.x, y, 1, 1);
        frame.render_widget(Span::styled("│", theme.title()), bar);
    }
    let inner = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(2),
        ..area
    };
    let selected = model.users().and_then(|users| users.list.selected());
    let row = selected.and_then(|who| model.people.row(who));
    let Some(dossier) = row.and_then(|row| model.recent.get(&row.id)) else {
        return;
    };
    let lines: Vec<Line> = report::preview(dossier, &model.ctx.clock)
        .iter()
        .map(|line| styled(line, theme))
        .collect();
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), inner);
}

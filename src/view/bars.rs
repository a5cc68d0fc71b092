//! The lines around the view: header, search box, status, hints.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::Theme;
use super::line::{left_and_right, styled};
use crate::app::command::Group;
use crate::app::search::below;
use crate::app::text::{cut, shown_from, width};
use crate::app::{Command, Layer, Model, Screen, Tone, act, batch, gauge, load, words};

/// Instance, views and count; in a deeper view, where one is.
pub fn header(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let dress = Line::from(vec![Span::styled(
        format!(
            " {} · {} ",
            model.ctx.dress.word(),
            words::instance_name(model)
        ),
        theme.dress(model.ctx.dress),
    )]);
    if model.screen().is_root() {
        let right = Line::styled(format!("{} ", words::total(model)), theme.tone(Tone::Dim));
        let mut left = dress;
        let room = usize::from(area.width).saturating_sub(left.width());
        left.spans.extend(tabs(model, theme, room));
        return left_and_right(frame, area, left, right);
    }
    let mut left = Line::styled(
        format!(" {}", words::place(model)),
        theme.tone(Tone::Strong),
    );
    if let Some(position) = words::position(model) {
        left.spans.push(Span::styled(
            format!("   {position}"),
            theme.tone(Tone::Dim),
        ));
    }
    left_and_right(frame, area, left, dress);
}

/// The three views; where there is no room for their names, only their keys
/// and the name of the one that is shown.
fn tabs(model: &Model, theme: &Theme, room: usize) -> Vec<Span<'static>> {
    const NAMES: [&str; 3] = ["1 Users", "2 Sessions", "3 Organizations"];
    let here = match model.screen() {
        Screen::Users(_) => 0,
        Screen::Sessions(_) => 1,
        Screen::Organizations(_) => 2,
        Screen::Members(_) | Screen::Invitations(_) | Screen::Profile(_) => 3,
    };
    let fits = NAMES.iter().map(|name| name.len() + 2).sum::<usize>() <= room;
    NAMES
        .into_iter()
        .enumerate()
        .map(|(n, name)| {
            if n == here {
                Span::styled(format!("[{name}]"), theme.tone(Tone::Strong))
            } else {
                let name = if fits { name } else { &name[..1] };
                Span::styled(format!(" {name} "), theme.tone(Tone::Dim))
            }
        })
        .collect()
}

/// The search box, or the first line of what has none.
pub fn bar(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    if words::has_box(model) {
        return search_box(frame, area, model, theme);
    }
    sentence(frame, area, styled(&words::bar(model), theme));
}

/// Draws a sentence on as many lines as it takes, with a column free at its left and right.
fn sentence(frame: &mut Frame, area: Rect, line: Line) {
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    frame.render_widget(Paragraph::new(line).wrap(Wrap { trim: true }), place);
}

/// The line with a column free at its left.
fn line_from_left(mut line: Line<'_>) -> Line<'_> {
    line.spans.insert(0, Span::raw(" "));
    line
}

fn search_box(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let right = Line::styled(format!("{} ", words::found(model)), theme.tone(Tone::Dim));
    let Some(search) = model.screen().search().filter(|search| search.is_shown()) else {
        return left_and_right(frame, area, Line::default(), right);
    };
    let room = below::room(model);
    let input = search.input();
    let scroll = input.visual_scroll(room);
    let text: String = shown_from(input.value(), scroll, room);
    let left = Line::from(vec![
        Span::styled(" / ", theme.tone(Tone::Accent)),
        Span::raw(text),
    ]);
    left_and_right(frame, area, left, right);
    if search.focused && matches!(model.layer, Layer::None) {
        let column = input.visual_cursor().saturating_sub(scroll).min(room);
        let column = u16::try_from(column).unwrap_or(0);
        frame.set_cursor_position(Position::new(area.x + 3 + column, area.y));
    }
}

/// What stands below the search box.
pub fn below_box(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let lines: Vec<Line> = below::lines(model)
        .iter()
        .map(|line| styled(line, theme))
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// How many people are marked.
pub fn marks(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    if let Some(line) = words::marked(model) {
        frame.render_widget(line_from_left(styled(&line, theme)), area);
    }
}

/// What the person is told; and when what they see was read.
pub fn status(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let room = usize::from(area.width).saturating_sub(2);
    let left = if let Some(toast) = &model.ctx.toast {
        let line = Line::styled(toast.text.clone(), theme.tone(toast.tone));
        if line.width() > room {
            return sentence(frame, area, line);
        }
        line_from_left(line)
    } else if let Some(line) = under_way(model) {
        line_from_left(styled(&line, theme))
    } else if let Some(line) = loading(model, room) {
        line_from_left(styled(&line, theme))
    } else if let Some(text) = gauge(model.ctx.pace, model.ctx.now.moment) {
        Line::styled(format!(" {}", cut(&text, room)), theme.tone(Tone::Warn))
    } else if let Some(line) = words::below(model) {
        line_from_left(styled(&line, theme))
    } else {
        Line::default()
    };
    let right = words::read_at(model).map_or_else(Line::default, |at| {
        Line::styled(format!("{at} "), theme.tone(Tone::Dim))
    });
    left_and_right(frame, area, left, right);
}

/// How far a batch is; the wait that Clerk asked for says more.
fn under_way(model: &Model) -> Option<crate::app::document::Line> {
    let waits = model.ctx.pace.asked_by_clerk;
    batch::progress(model).filter(|_| !waits)
}

/// How far a load is; why it stands still says more.
fn loading(model: &Model, room: usize) -> Option<crate::app::document::Line> {
    let beside = words::read_at(model).map_or(0, |at| width(&at) + 1);
    let waits = model.ctx.pace.asked_by_clerk || model.ctx.pace.used_elsewhere;
    load::words::progress(model, room.saturating_sub(beside)).filter(|_| !waits)
}

/// The keys that work here: what looks, and behind a bar what changes.
pub fn hints(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let hints = act::hints(model);
    let of = |group: Group| {
        let of = hints.iter().filter(move |hint| hint.group == group);
        of.map(|hint| (hint.key, hint.word)).collect::<Vec<_>>()
    };
    let changes = of(Group::Change);
    let looks = LOOKS.min(usize::from(area.width) / 3);
    let help = (Command::Help.entry().keys[0], "help");
    let help = pair(help, theme);
    let mut right: Vec<Span> = Vec::new();
    let mut right_width: usize = help.iter().map(Span::width).sum();
    for hint in &changes {
        let pair = pair(*hint, theme);
        let width: usize = pair.iter().map(Span::width).sum();
        // The help is never pushed away, nor is all that looks.
        if right_width + width > usize::from(area.width) - looks {
            break;
        }
        right_width += width;
        right.extend(pair);
    }
    right.extend(help);
    let mut room = usize::from(area.width).saturating_sub(right_width + 1 + 2);
    let mut spans = vec![Span::raw(" ")];
    for hint in of(Group::Look) {
        let pair = pair(hint, theme);
        let width: usize = pair.iter().map(Span::width).sum();
        if width > room {
            break;
        }
        room -= width;
        spans.extend(pair);
    }
    if spans.len() > 1 && !changes.is_empty() {
        spans.push(Span::styled(BAR, theme.title()));
    }
    spans.extend(right);
    frame.render_widget(Line::from(spans), area);
}

/// The columns of the hint line kept for what looks.
const LOOKS: usize = 26;

/// Between what looks and what changes.
const BAR: &str = "│ ";

fn pair((key, hint): (&str, &str), theme: &Theme) -> [Span<'static>; 2] {
    [
        Span::styled(key.to_owned(), theme.tone(Tone::Accent)),
        Span::styled(format!(" {hint}  "), theme.tone(Tone::Dim)),
    ]
}

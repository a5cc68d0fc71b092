//! What lies over the view: help, palette, orders, dialogs.

use ratatui::Frame;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

use super::line::fit;
use crate::app::text::shown_from;

use super::{Theme, editor, filter_form, ledger, link, menu, newcomer, sheet};
use crate::app::command::Group;
use crate::app::text::width;
use crate::app::{Layer, Model, Palette, Tone, act, search, words};
use crate::domain::UserOrderBy;

/// Draws the layer that is open.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    if let Some(measured) = crate::app::sheet(model) {
        return sheet::draw(frame, model, theme, &measured);
    }
    match &model.layer {
        Layer::Help(scroll) => help(frame, area, model, theme, *scroll),
        Layer::Palette(palette) => draw_palette(frame, area, theme, palette),
        Layer::Orders(place) => orders(frame, area, theme, *place),
        Layer::Ledger => ledger::draw(frame, area, model, theme),
        Layer::Filter(form) => filter_form::draw(frame, area, theme, form),
        Layer::Menu(menu) => menu::draw(frame, area, theme, menu),
        Layer::Tokens(place) => link::tokens(frame, area, model, theme, *place),
        Layer::Dialog(dialog) => editor::draw(frame, area, model, theme, dialog),
        Layer::Newcomer(newcomer) => newcomer::draw(frame, area, model, theme, newcomer),
        Layer::None
        | Layer::Link(_)
        | Layer::Patch(_)
        | Layer::DryRun(_)
        | Layer::Batch(_)
        | Layer::Resume(_) => {}
    }
}

/// A box of so many columns and rows in the middle of the screen, with what was
/// there wiped out, and the room inside.
pub fn window(frame: &mut Frame, area: Rect, size: (u16, u16), block: Block) -> Rect {
    let width = size.0.min(area.width);
    let height = size.1.min(area.height);
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    frame.render_widget(Clear, outer);
    let inner = block.inner(outer);
    frame.render_widget(block, outer);
    inner.inner(Margin::new(1, 0))
}

fn help(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, scroll: u16) {
    let offered = act::applicable(model);
    let mut lines = Vec::new();
    for group in Group::ALL {
        let mut of_group = offered
            .iter()
            .filter(|c| c.entry().group == group && !c.entry().keys.is_empty())
            .peekable();
        if of_group.peek().is_none() {
            continue;
        }
        lines.push(Line::styled(group.title(), theme.tone(Tone::Strong)));
        lines.extend(of_group.map(|command| {
            let entry = command.entry();
            Line::from(vec![
                Span::styled(fit(&entry.keys.join("  "), 14), theme.tone(Tone::Accent)),
                Span::raw(entry.sentence),
            ])
        }));
        lines.push(Line::default());
    }
    if let Some(search) = model.screen().search() {
        lines.push(Line::styled("Search words", theme.tone(Tone::Strong)));
        let columns = usize::from(area.width.min(66)).saturating_sub(4 + 18);
        let words = search::help::lines(search.scope(), columns);
        lines.extend(words.into_iter().map(|line| {
            let tone = if line.example { Tone::Dim } else { Tone::Plain };
            Line::from(vec![
                Span::styled(fit(&line.word, 18), theme.tone(Tone::Accent)),
                Span::styled(line.text, theme.tone(tone)),
            ])
        }));
        lines.push(Line::default());
    }
    let height = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
    let block = Block::bordered()
        .title(" What works here ")
        .title_bottom(" j k scroll · Esc closes ");
    let inner = window(frame, area, (66, height.min(area.height)), block);
    let deepest = height.saturating_sub(inner.height + 1);
    frame.render_widget(
        Paragraph::new(lines).scroll((scroll.min(deepest), 0)),
        inner,
    );
}

fn draw_palette(frame: &mut Frame, area: Rect, theme: &Theme, palette: &Palette) {
    let matches = palette.matches();
    let block = Block::bordered()
        .title(" Commands ")
        .title_bottom(" Enter does it · Esc closes ");
    let inner = window(
        frame,
        area,
        (66, area.height.saturating_sub(4).clamp(5, 20)),
        block,
    );
    let input = Rect { height: 1, ..inner };
    frame.render_widget(
        Line::from(vec![
            Span::styled(": ", theme.tone(Tone::Accent)),
            Span::raw(shown_from(
                palette.input.value(),
                0,
                usize::from(inner.width),
            )),
        ]),
        input,
    );
    set_cursor(frame, input, 2 + palette.input.visual_cursor());
    if matches.is_empty() {
        let empty = Line::styled("No command has these letters.", theme.tone(Tone::Dim));
        return frame.render_widget(empty, below(inner, 1));
    }
    let list = Rect {
        height: inner.height.saturating_sub(1),
        ..below(inner, 1)
    };
    choices(frame, list, theme, matches.len(), palette.cursor, |n| {
        let entry = matches[n].entry();
        let keys = entry.keys.first().copied().unwrap_or_default();
        let room = usize::from(inner.width).saturating_sub(width(keys) + 3);
        vec![
            Span::raw(fit(entry.sentence, room)),
            Span::styled(keys, theme.tone(Tone::Dim)),
        ]
    });
}

fn orders(frame: &mut Frame, area: Rect, theme: &Theme, place: usize) {
    let count = UserOrderBy::ALL.len() * 2;
    let height = u16::try_from(count + 2).unwrap_or(u16::MAX);
    let block = Block::bordered()
        .title(" Order ")
        .title_bottom(" Enter · Esc ");
    let inner = window(frame, area, (30, height.min(area.height)), block);
    choices(frame, inner, theme, count, place, |n| {
        vec![Span::raw(words::order_name(act::order_at(n)))]
    });
}

/// The lines of a list, as many as fit around the chosen one.
pub fn choices<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    count: usize,
    chosen: usize,
    spans: impl Fn(usize) -> Vec<Span<'a>>,
) {
    let rows = usize::from(area.height);
    let top = (chosen + 1).saturating_sub(rows);
    for n in (0..count).skip(top).take(rows) {
        let selected = n == chosen;
        let mut line = Line::from(spans(n));
        let sign = if selected { "▌ " } else { "  " };
        line.spans
            .insert(0, Span::styled(sign, theme.tone(Tone::Accent)));
        if selected {
            line = line.style(theme.selected());
        }
        frame.render_widget(line, below(area, n - top));
    }
}

/// The line `n` rows below the top of an area.
pub fn below(area: Rect, n: usize) -> Rect {
    let n = u16::try_from(n)
        .unwrap_or(u16::MAX)
        .min(area.height.saturating_sub(1));
    Rect {
        y: area.y + n,
        height: 1,
        ..area
    }
}

/// Puts the cursor of the terminal into a column of a line.
pub fn set_cursor(frame: &mut Frame, area: Rect, column: usize) {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    let x = area.x + column.min(area.width.saturating_sub(1));
    frame.set_cursor_position(Position::new(x, area.y));
}

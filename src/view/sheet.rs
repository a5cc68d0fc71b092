//! The window of a question, as it was measured.

use ratatui::Frame;
use ratatui::layout::Margin;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};

use super::Theme;
use super::line::styled;
use super::overlay::{below, set_cursor};
use crate::app::{Model, Sheet, Tone, words};
use crate::domain::Dress;

/// Draws it where it stands: the lines, and the keys at the bottom.
pub fn draw(frame: &mut Frame, model: &Model, theme: &Theme, sheet: &Sheet) {
    let block = framed(model, theme, &sheet.title, &sheet.instance);
    frame.render_widget(Clear, sheet.place);
    let inner = block.inner(sheet.place).inner(Margin::new(1, 0));
    frame.render_widget(block, sheet.place);
    let lines = sheet.lines.iter().chain(&sheet.prompt);
    let lines: Vec<Line> = lines.map(|line| styled(line, theme)).collect();
    frame.render_widget(Paragraph::new(lines), inner);
    if let Some((row, column)) = sheet.cursor {
        set_cursor(frame, below(inner, row), column);
    }
}

/// A production instance has a heavy red frame with its name; others a light one.
pub fn frame_with(model: &Model, theme: &Theme, title: &str) -> Block<'static> {
    framed(model, theme, title, &words::instance(model))
}

fn framed(model: &Model, theme: &Theme, title: &str, instance: &str) -> Block<'static> {
    let dress = model.ctx.dress;
    let style = theme.dress(dress);
    let kind = match dress {
        Dress::Production => BorderType::Thick,
        Dress::Demo | Dress::Development => BorderType::Plain,
    };
    let mut block = Block::bordered().border_type(kind).border_style(style);
    if !title.is_empty() {
        let title = Line::styled(format!(" {title} "), theme.tone(Tone::Strong));
        block = block.title(title);
    }
    if !instance.is_empty() {
        let instance = Line::styled(format!(" {instance} "), style);
        block = block.title_bottom(instance.right_aligned());
    }
    block
}

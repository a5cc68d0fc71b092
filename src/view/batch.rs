//! What is shown before, in and after a batch.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use tui_input::Input;

use super::Theme;
use super::bars::visible;
use super::dialog::frame_with;
use super::line::styled;
use super::overlay::{below, set_cursor, window};
use crate::app::batch::COLUMNS;
use crate::app::text::width;
use crate::app::{DIALOG_COLUMNS, Layer, Model, Tone, document};

/// What a window holds: lines, then boxes with their labels, one of which may
/// have the keys, then the keys that work.
struct Content<'a> {
    title: String,
    columns: usize,
    lines: Vec<document::Line>,
    boxes: Vec<(String, &'a Input, bool)>,
    prompt: document::Line,
}

/// Draws whatever of a batch the layer is.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    if let Some(content) = content(model) {
        draw_content(frame, area, model, theme, &content);
    }
}

fn content(model: &Model) -> Option<Content<'_>> {
    Some(match &model.layer {
        Layer::Patch(patch) => Content {
            title: patch.title(model.marks.len()),
            columns: DIALOG_COLUMNS,
            lines: patch.lines(),
            boxes: patch.boxes(),
            prompt: patch.prompt(),
        },
        Layer::DryRun(dry_run) => Content {
            title: dry_run.title(),
            columns: DIALOG_COLUMNS,
            lines: dry_run.lines(&model.ctx),
            boxes: dry_run.boxes(&model.ctx),
            prompt: dry_run.prompt(),
        },
        Layer::Resume(resume) => Content {
            title: "A batch was interrupted".to_owned(),
            columns: DIALOG_COLUMNS,
            lines: resume.lines(&model.ctx.clock),
            boxes: Vec::new(),
            prompt: resume.prompt(),
        },
        Layer::Batch(top) => {
            let batch = model.batch.as_ref()?;
            Content {
                title: batch.title(),
                columns: COLUMNS,
                lines: batch.lines(*top),
                boxes: Vec::new(),
                prompt: batch.prompt(),
            }
        }
        _ => return None,
    })
}

fn draw_content(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, content: &Content) {
    let columns = content.columns;
    let lines = content.lines.iter();
    let mut text: Vec<Line> = lines.map(|line| styled(line, theme)).collect();
    let mut cursor = None;
    for (label, input, focused) in &content.boxes {
        let room = columns.saturating_sub(width(label) + 1);
        let scroll = input.visual_scroll(room);
        if *focused {
            let column = width(label) + input.visual_cursor().saturating_sub(scroll);
            cursor = Some((text.len(), column));
        }
        let tone = if *focused { Tone::Accent } else { Tone::Dim };
        text.push(Line::from(vec![
            Span::styled(label.clone(), theme.tone(tone)),
            Span::raw(visible(input.value(), scroll, room)),
        ]));
    }
    let prompt = document::broken(&content.prompt, columns);
    text.extend(prompt.iter().map(|line| styled(line, theme)));
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let size = (number(columns + 4), number(text.len() + 2));
    let inner = window(
        frame,
        area,
        size,
        frame_with(model, theme, format!(" {} ", content.title)),
    );
    frame.render_widget(Paragraph::new(text), inner);
    if let Some((row, column)) = cursor {
        set_cursor(frame, below(inner, row), column);
    }
}

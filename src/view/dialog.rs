//! Dialogs before a change.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph, Wrap};
use tui_input::Input;

use super::Theme;
use super::bars::visible;
use super::line::{fit, styled};
use super::overlay::{below, set_cursor, window};
use crate::app::dialog::{Choice, Consent, Form, Step};
use crate::app::text::{lines_of, width};
use crate::app::{Dialog, Model, Tone, words};
use crate::domain::Dress;

/// The columns of a box in a dialog.
const BOX: usize = 36;
/// The columns of a box where consent is asked for.
const TYPED: usize = 46;
/// The most rows of a list in a dialog.
const ROWS: usize = 10;

/// A dialog: who in the first lines, which nothing can push away; then what
/// follows; then the consent.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, dialog: &Dialog) {
    let mut lines = vec![styled(&dialog.who(), theme)];
    let follows = dialog.consequences(&model.ctx.clock);
    lines.extend(follows.iter().map(|line| styled(line, theme)));
    lines.extend(dialog.warnings().iter().map(|line| styled(line, theme)));
    let cursor = match &dialog.step {
        Step::Form(form) => form_lines(&mut lines, form, theme),
        Step::Addresses(chosen) => {
            address_lines(&mut lines, dialog, *chosen, theme);
            None
        }
        Step::Choose(choice) => {
            choice_lines(&mut lines, choice, theme);
            None
        }
        Step::Confirm(confirm) => consent_lines(&mut lines, dialog, &confirm.consent, theme),
        Step::Editor(editor) => {
            let block = frame_with(model, theme, format!(" {} ", dialog.title()));
            return super::editor::draw(frame, area, theme, dialog, editor, block);
        }
    };
    lines.push(match &dialog.note {
        Some(note) => Line::styled(note.clone(), theme.tone(Tone::Warn)),
        None => styled(&dialog.prompt(), theme),
    });
    let tall = |line: &Line| lines_of(&line.to_string(), crate::app::DIALOG_COLUMNS).max(1);
    let height = lines.iter().map(tall).sum::<usize>() + 2;
    // Lines above the cursor may take more than one on the screen.
    let cursor = cursor.map(|(row, column)| (lines[..row].iter().map(tall).sum(), column));
    let height = u16::try_from(height).unwrap_or(u16::MAX);
    let block = frame_with(model, theme, format!(" {} ", dialog.title()));
    let inner = window(frame, area, (58, height), block);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), inner);
    if let Some((row, column)) = cursor {
        set_cursor(frame, below(inner, row), column);
    }
}

/// The boxes of a form; says where the cursor of the terminal belongs.
fn form_lines(
    lines: &mut Vec<Line<'static>>,
    form: &Form,
    theme: &Theme,
) -> Option<(usize, usize)> {
    let above = lines.len();
    let sign = |n: usize| Span::styled(mark(n == form.focus), theme.tone(Tone::Accent));
    let scroll = |input: &Input| input.visual_scroll(BOX);
    for (n, (label, input)) in form.labels().into_iter().zip(&form.inputs).enumerate() {
        let input = form.shown(input);
        lines.push(Line::from(vec![
            sign(n),
            Span::styled(fit(label, 13), theme.tone(Tone::Dim)),
            Span::raw(visible(input.value(), scroll(&input), BOX)),
        ]));
    }
    for (n, (label, ticked)) in form.tick_labels().iter().zip(&form.ticks).enumerate() {
        let text = format!("{} {label}", if *ticked { "[x]" } else { "[ ]" });
        lines.push(Line::from(vec![
            sign(form.inputs.len() + n),
            Span::raw(text),
        ]));
    }
    form.filled.as_ref()?;
    let input = form.shown(form.inputs.get(form.focus)?);
    let column = input.visual_cursor().saturating_sub(scroll(&input));
    Some((above + form.focus, 14 + column))
}

fn address_lines(lines: &mut Vec<Line<'static>>, dialog: &Dialog, chosen: usize, theme: &Theme) {
    let places = dialog.places();
    let top = (chosen + 1).saturating_sub(ROWS);
    let rows = places.iter().enumerate().skip(top).take(ROWS);
    lines.extend(rows.map(|(n, place)| {
        let mut line = Line::styled(mark(n == chosen), theme.tone(Tone::Accent));
        line.spans.extend(styled(&place.line(), theme).spans);
        line
    }));
}

fn choice_lines(lines: &mut Vec<Line<'static>>, choice: &Choice, theme: &Theme) {
    let top = (choice.cursor + 1).saturating_sub(ROWS);
    let rows = choice.rows().iter().enumerate().skip(top).take(ROWS);
    lines.extend(rows.map(|(n, (_, name))| {
        let sign = Span::styled(mark(n == choice.cursor), theme.tone(Tone::Accent));
        Line::from(vec![sign, Span::raw(name.clone())])
    }));
}

/// The reason and the box of the consent, where there are such; says where the
/// cursor of the terminal belongs.
fn consent_lines(
    lines: &mut Vec<Line<'static>>,
    dialog: &Dialog,
    consent: &Consent,
    theme: &Theme,
) -> Option<(usize, usize)> {
    let mut cursor = None;
    let mut one = |lines: &mut Vec<Line<'static>>, label: &'static str, input: &Input, focused| {
        let scroll = input.visual_scroll(TYPED);
        let at = width(label) + input.visual_cursor().saturating_sub(scroll);
        cursor = if focused {
            Some((lines.len(), at))
        } else {
            cursor
        };
        lines.push(Line::from(vec![
            Span::styled(label, theme.tone(Tone::Accent)),
            Span::raw(visible(input.value(), scroll, TYPED)),
        ]));
    };
    let reason = &dialog.reason;
    if reason.is_shown() {
        one(lines, "reason ", &reason.input, reason.focused);
    }
    if let Consent::Typed { what, input, .. } = consent {
        lines.push(Line::raw(what.question()));
        one(lines, "> ", input, !reason.focused);
    }
    if let Some(ticked) = dialog.saves() {
        let tick = if ticked { "[x]" } else { "[ ]" };
        let text = format!("{tick} save the whole record first");
        let space = Span::styled(" · Space", theme.tone(Tone::Dim));
        lines.push(Line::from(vec![Span::raw(text), space]));
    }
    cursor
}

const fn mark(chosen: bool) -> &'static str {
    if chosen { "▌" } else { " " }
}

/// A production instance has a heavy red frame with its name; others a light one.
pub fn frame_with(model: &Model, theme: &Theme, title: String) -> Block<'static> {
    let dress = model.ctx.dress;
    let style = theme.dress(dress);
    let instance = format!(" {} · {} ", dress.word(), words::instance_name(model));
    let kind = match dress {
        Dress::Production => BorderType::Thick,
        Dress::Demo | Dress::Development => BorderType::Plain,
    };
    Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Line::styled(title, theme.tone(Tone::Strong)))
        .title_bottom(Line::styled(instance, style).right_aligned())
}

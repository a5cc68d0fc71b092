//! What a dialog shows: who in the first lines, then what follows, then the boxes
//! or the consent.

use crate::app::dialog::addresses::Place;
use crate::app::dialog::{COLUMNS, Choice, Confirm, Consent, Dialog, Form, Step};
use crate::app::document::Line;
use crate::app::sheet::Content;
use crate::app::{Armed, Context, Tone};

/// The columns of what stands before a box.
const LABEL: usize = 13;

impl Dialog {
    /// What it shows on a screen so wide; `None`: it is drawn another way.
    pub(in crate::app) fn content(&self, ctx: &Context, screen: u16) -> Option<Content> {
        let mut content = Content::new(self.title(), COLUMNS, screen);
        content.lines.push(self.who());
        content.lines.extend(self.consequences(&ctx.clock));
        content.lines.extend(self.warnings());
        match &self.step {
            Step::Form(form) => put_form(&mut content, form),
            Step::Addresses(chosen) => {
                let places = self.places();
                let rows = places.iter().map(Place::line);
                put_rows(&mut content, rows.collect(), *chosen);
            }
            Step::Choose(choice) => put_choice(&mut content, choice),
            Step::Confirm(confirm) => {
                self.put_consent(&mut content, confirm);
                content.asks = self.armed() == Armed::Yes;
            }
            Step::Editor(_) => return None,
        }
        content.prompt = self.prompt();
        content.note.clone_from(&self.note);
        Some(content)
    }

    /// The reason and the box of the consent, where there are such.
    fn put_consent(&self, content: &mut Content, confirm: &Confirm) {
        let label = |text: &str| Line::new(Tone::Accent, text);
        let reason = &self.reason;
        if reason.is_shown() {
            content.push_box(label("reason "), &reason.input, reason.focused);
        }
        if let Consent::Typed { what, input, .. } = &confirm.consent {
            content.lines.push(Line::new(Tone::Plain, what.question()));
            content.push_box(label("> "), input, !reason.focused);
        }
        if let Some(ticked) = self.saves() {
            let text = format!("{} save the whole record first", tick(ticked));
            let line = Line::new(Tone::Plain, text).and(Tone::Dim, " · Space");
            content.lines.push(line);
        }
    }
}

/// The boxes of a form.
fn put_form(content: &mut Content, form: &Form) {
    let above = content.lines.len();
    for (n, (label, input)) in form.labels().into_iter().zip(&form.inputs).enumerate() {
        let label = mark(n == form.focus).and(Tone::Dim, format!("{label:<LABEL$}"));
        let focused = form.filled.is_some() && n == form.focus;
        content.push_box(label, &form.shown(input), focused);
        if focused && form.selected {
            content.select();
        }
    }
    for (n, (label, ticked)) in form.tick_labels().iter().zip(&form.ticks).enumerate() {
        let text = format!("{} {label}", tick(*ticked));
        let line = mark(form.inputs.len() + n == form.focus).and(Tone::Plain, text);
        content.lines.push(line);
    }
    content.in_view = above + form.focus;
}

fn put_choice(content: &mut Content, choice: &Choice) {
    let rows = choice.rows().iter();
    let rows = rows.map(|(_, name)| Line::new(Tone::Plain, name));
    put_rows(content, rows.collect(), choice.cursor);
}

/// The rows of a list, as many as fit around the chosen one.
fn put_rows(content: &mut Content, rows: Vec<Line>, chosen: usize) {
    /// The most rows.
    const ROWS: usize = 10;
    let top = (chosen + 1).saturating_sub(ROWS);
    for (n, row) in rows.into_iter().enumerate().skip(top).take(ROWS) {
        if n == chosen {
            content.in_view = content.lines.len();
        }
        let mut line = mark(n == chosen);
        line.spans.extend(row.spans);
        content.lines.push(line);
    }
}

fn mark(chosen: bool) -> Line {
    Line::new(Tone::Accent, if chosen { "▌" } else { " " })
}

const fn tick(ticked: bool) -> &'static str {
    if ticked { "[x]" } else { "[ ]" }
}

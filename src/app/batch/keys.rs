//! What a key means before, in and after a batch.

use crossterm::event::KeyEvent;

use super::{DryRun, Focus, Origin, State, Wish, begin, confirm, give_up, put_off, resume, steps};
use crate::app::dialog::TYPED_MS;
use crate::app::input_line::{self, editing};
use crate::app::{Layer, Model, Moment, Tone};
use crate::domain::ToEach;

/// A key was pressed in a dry run.
pub fn in_dry_run(model: &mut Model, key: KeyEvent, name: &str) {
    let now = model.ctx.now.moment;
    let Layer::DryRun(dry_run) = &mut model.layer else {
        return;
    };
    dry_run.note = None;
    let confirms = name == "Enter" && !matches!(dry_run.focus, Focus::LeftOut(_));
    if !confirms {
        // Whatever it means: Enter right behind it is part of a burst.
        dry_run.last = now;
    }
    match (name, dry_run.focus) {
        ("Esc", _) => cancel(model),
        ("Enter" | "q", Focus::LeftOut(_)) => dry_run.focus = Focus::Number,
        ("Enter", _) => enter(model),
        ("Tab", _) => dry_run.move_focus(true),
        ("S-Tab", _) => dry_run.move_focus(false),
        ("↓" | "j" | "PgDn" | "↑" | "k" | "PgUp", Focus::LeftOut(top)) => {
            dry_run.focus = Focus::LeftOut(scrolled(top, name, dry_run.left_out()));
        }
        (_, Focus::LeftOut(_)) => {}
        ("↓", _) => dry_run.move_focus(true),
        ("↑", _) => dry_run.move_focus(false),
        _ => {
            if let (Some(request), Some(input)) = (editing(key), dry_run.input()) {
                input_line::edit(input, request);
            }
        }
    }
}

/// Text was pasted into a dry run.
pub fn paste(dry_run: &mut DryRun, text: &str, now: Moment) {
    dry_run.last = now;
    if let Some(input) = dry_run.input() {
        input_line::paste(input, text);
    }
}

fn enter(model: &mut Model) {
    let now = model.ctx.now.moment;
    let reason_required = model.ctx.policy.reason_required;
    let Layer::DryRun(dry_run) = &mut model.layer else {
        return;
    };
    let note = match dry_run.judged() {
        None => match dry_run.failed() {
            Some(_) => return cancel(model),
            None => "Still reading. One moment.".to_owned(),
        },
        Some(judged) if judged.goes.is_empty() => return cancel(model),
        Some(judged) if !dry_run.is_number(judged.goes.len()) => {
            format!("Type {}, the number it is about.", judged.goes.len())
        }
        Some(_) if reason_required && dry_run.reason.value().trim().is_empty() => {
            dry_run.focus = Focus::Reason;
            "Your settings ask for a reason.".to_owned()
        }
        Some(_)
            if now.since(dry_run.last) < TYPED_MS || !dry_run.look.has_lasted(now, TYPED_MS) =>
        {
            "Look first, then Enter.".to_owned()
        }
        Some(_) => return confirm(model),
    };
    if let Layer::DryRun(dry_run) = &mut model.layer {
        dry_run.note = Some(note);
    }
}

fn cancel(model: &mut Model) {
    if let Layer::DryRun(dry_run) = std::mem::take(&mut model.layer) {
        give_up(model, *dry_run);
    }
}

/// A key was pressed while the batch is shown.
pub fn in_batch(model: &mut Model, name: &str) {
    let (Layer::Batch(top), Some(batch)) = (&model.layer, &model.batch) else {
        model.layer = Layer::None;
        return;
    };
    let top = *top;
    match (name, &batch.state) {
        ("Esc" | "q", _) | ("Enter", State::Over) => model.layer = Layer::None,
        ("↓" | "j" | "PgDn" | "↑" | "k" | "PgUp", _) => {
            model.layer = Layer::Batch(scrolled(top, name, batch.unlucky().len()));
        }
        ("p" | "Space", State::Running) => pause(model),
        ("p" | "Space", State::Paused(_)) => steps::resume(model),
        ("c", State::Running | State::Paused(_)) => steps::call_off(model),
        ("r", State::Over) => repeat(model),
        _ => {}
    }
}

fn pause(model: &mut Model) {
    if let Some(batch) = &mut model.batch {
        batch.state = State::Paused(None);
    }
}

/// Those that failed are tried alone: a batch of its own, from its dry run on.
fn repeat(model: &mut Model) {
    let Some(batch) = &model.batch else { return };
    let (ids, what) = (batch.repeatable(), batch.what.clone());
    if !ids.is_empty() {
        let dry_run = DryRun::new(&mut model.ctx, Wish::Do(what), Origin::Failed, ids);
        model.layer = Layer::DryRun(Box::new(dry_run));
    }
}

/// A key was pressed in the offer to finish a batch.
pub fn in_resume(model: &mut Model, name: &str, last_key: Moment) {
    let now = model.ctx.now;
    let Layer::Resume(resume) = &mut model.layer else {
        return;
    };
    resume.note = None;
    match name {
        "n" | "Esc" | "q" => {
            if let Layer::Resume(resume) = std::mem::take(&mut model.layer) {
                put_off(model, *resume);
            }
        }
        "y" | "f" if !resume.was_looked_at(now, last_key) => {
            resume.note = Some(format!("Look first, then {name}."));
        }
        "y" => resume::finish(model),
        "f" => resume::forget(model),
        _ => {}
    }
}

/// A key was pressed in the boxes for a key of metadata.
pub fn in_patch(model: &mut Model, key: KeyEvent, name: &str) {
    let Layer::Patch(patch) = &mut model.layer else {
        return;
    };
    patch.note = None;
    match name {
        "Esc" => {
            model.layer = Layer::None;
            model.ctx.say(Tone::Plain, "Cancelled. Nothing was sent.");
        }
        "Tab" | "↓" | "S-Tab" | "↑" => patch.focus = 1 - patch.focus,
        "Enter" => match patch.patch() {
            Ok(json) => begin(model, Wish::Do(ToEach::MergeMetadata(json))),
            Err(why) => patch.note = Some(why),
        },
        _ => {
            if let Some(request) = editing(key) {
                input_line::edit(&mut patch.inputs[patch.focus], request);
            }
        }
    }
}

/// The first line shown of so many, after a key that scrolls.
fn scrolled(top: usize, name: &str, lines: usize) -> usize {
    let top = match name {
        "↓" | "j" => top + 1,
        "PgDn" => top + super::words::ROWS,
        "PgUp" => top.saturating_sub(super::words::ROWS),
        _ => top.saturating_sub(1),
    };
    top.min(lines.saturating_sub(super::words::ROWS))
}

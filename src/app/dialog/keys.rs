//! What a key means in a dialog.

use crossterm::event::KeyEvent;

use crate::app::act::change;
use crate::app::dialog::{Consent, Step};
use crate::app::input_line::{self, editing};
use crate::app::{Armed, Dialog, Layer, Model, Moment, Tone};

/// A key was pressed while a dialog is open.
pub fn press(model: &mut Model, key: KeyEvent, name: &str, last_key: Moment) {
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    dialog.note = None;
    match &dialog.step {
        Step::Form(_) => in_form(model, key, name),
        Step::Addresses(_) => in_addresses(model, name),
        Step::Confirm(confirm) => match confirm.consent {
            Consent::Yes { focused } => in_yes_no(model, name, focused, last_key),
            Consent::Typed { .. } => in_typed(model, key, name),
        },
    }
}

fn in_form(model: &mut Model, key: KeyEvent, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    if name == "Enter" {
        if let Err(why) = dialog.review(ctx) {
            dialog.note = Some(why);
        }
        return;
    }
    let Step::Form(form) = &mut dialog.step else {
        return;
    };
    match name {
        "Esc" => cancel(model),
        "Tab" | "↓" => form.move_focus(true),
        "S-Tab" | "↑" => form.move_focus(false),
        _ => {
            // Before the boxes are filled there is nothing to edit.
            if form.filled.is_some()
                && let Some(request) = editing(key)
            {
                input_line::edit(&mut form.inputs[form.focus], request);
            }
        }
    }
}

fn in_addresses(model: &mut Model, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    match name {
        "↓" | "j" | "Tab" => dialog.move_in_list(true),
        "↑" | "k" | "S-Tab" => dialog.move_in_list(false),
        "Esc" | "q" | "n" => cancel(model),
        _ if dialog.choose(ctx, name) => {}
        _ => dialog.note = Some(format!("{name} does nothing here. Esc closes.")),
    }
}

fn in_yes_no(model: &mut Model, name: &str, focused: bool, last_key: Moment) {
    let now = model.ctx.now;
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    let Step::Confirm(confirm) = &mut dialog.step else {
        return;
    };
    let does_it = name == "y" || (name == "Enter" && focused);
    match name {
        "→" | "Tab" => confirm.consent = Consent::Yes { focused: true },
        "←" | "S-Tab" => confirm.consent = Consent::Yes { focused: false },
        _ if does_it && dialog.armed() != Armed::Yes => dialog.note = unarmed(dialog),
        _ if does_it && dialog.was_looked_at(now, last_key) => change::send(model),
        _ if does_it => dialog.note = Some(format!("Look first, then {name}.")),
        _ => cancel(model),
    }
}

fn in_typed(model: &mut Model, key: KeyEvent, name: &str) {
    let now = model.ctx.now;
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    match name {
        "Esc" => cancel(model),
        "Enter" => enter_typed(model),
        _ => {
            let Step::Confirm(confirm) = &mut dialog.step else {
                return;
            };
            if let Consent::Typed { input, last } = &mut confirm.consent {
                // Whatever it means: Enter right behind it is part of a burst.
                *last = now.moment;
                if let Some(request) = editing(key) {
                    input_line::edit(input, request);
                }
            }
        }
    }
}

fn enter_typed(model: &mut Model) {
    let now = model.ctx.now;
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    let Step::Confirm(confirm) = &dialog.step else {
        return;
    };
    let Consent::Typed { input, last } = &confirm.consent else {
        return;
    };
    if dialog.armed() != Armed::Yes {
        dialog.note = unarmed(dialog);
        return;
    }
    let note = if !dialog.is_named_by(input.value()) {
        "That is neither the e-mail address nor the last six of the id."
    } else if !Dialog::is_typed_out(now, *last) || !dialog.was_drawn() {
        "Look first, then Enter."
    } else {
        return change::send(model);
    };
    dialog.note = Some(note.to_owned());
}

/// Why a dialog cannot be confirmed yet.
fn unarmed(dialog: &Dialog) -> Option<String> {
    match dialog.armed() {
        Armed::Yes => None,
        Armed::Reading => Some("Still reading. One moment.".to_owned()),
        Armed::Failed(why) | Armed::Overtaken(why) => Some(why),
    }
}

/// Cancels a dialog; a review goes back to its form.
fn cancel(model: &mut Model) {
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    if dialog.back_to_form(&mut model.ctx) {
        return;
    }
    dialog.give_up(&mut model.ctx);
    model.layer = Layer::None;
    model.ctx.say(Tone::Plain, "Cancelled. Nothing was sent.");
}

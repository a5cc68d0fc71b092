//! What a key means in a dialog.

use crossterm::event::KeyEvent;

use super::editing::{in_editor, leave_form};
use crate::app::act::change;
use crate::app::dialog::{Basis, Consent, Errand, Kind, Step, Typed, Way};
use crate::app::input_line::{self, editing};
use crate::app::{Armed, Context, Dialog, Layer, Model, Moment, Tone};
use crate::domain::Action;

/// What is said where a reason is asked for and none was given.
pub(super) const ASKED: &str = "Your settings ask for a reason.";

/// A key was pressed while a dialog is open.
pub fn press(model: &mut Model, key: KeyEvent, name: &str, last_key: Moment) {
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    if dialog.saving.is_writing() && name != "Esc" {
        dialog.note = Some("Saving the record. One moment.".to_owned());
        return;
    }
    dialog.note = None;
    match &dialog.step {
        Step::Form(_) => in_form(model, key, name),
        Step::Addresses(_) => in_addresses(model, name),
        Step::Choose(_) => in_choice(model, name),
        Step::Editor(_) => in_editor(model, key, name),
        Step::Confirm(_) if dialog.reason.focused => in_reason(model, key, name),
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
    if leave_form(dialog, ctx, name) {
        return;
    }
    let Step::Form(form) = &mut dialog.step else {
        return;
    };
    match name {
        "Esc" => cancel(model),
        "Tab" | "↓" => form.move_focus(true),
        "S-Tab" | "↑" => form.move_focus(false),
        "Space" if form.tick() => {}
        _ => {
            if let Some(request) = editing(key) {
                form.type_in(request);
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

fn in_choice(model: &mut Model, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    let armed = dialog.armed() == Armed::Yes;
    let Step::Choose(choice) = &mut dialog.step else {
        return;
    };
    match name {
        "j" | "↓" | "Tab" => choice.move_by(1),
        "k" | "↑" | "S-Tab" => choice.move_by(-1),
        "Enter" | "→" | "l" => match choice.selected().cloned() {
            Some(way) if armed => go_on(dialog, ctx, way),
            _ => dialog.note = unarmed(dialog),
        },
        _ => cancel(model),
    }
}

/// Goes on with what was chosen.
fn go_on(dialog: &mut Dialog, ctx: &mut Context, way: Way) {
    let user = dialog.user().clone();
    let action = match way {
        Way::Remove(credential) => Action::RemoveCredential { user, credential },
        Way::RemovePassword => Action::RemovePassword {
            user,
            sign_out: false,
        },
        Way::SetPassword => return dialog.fill_in(Kind::Password),
    };
    dialog.turn_to(ctx, Errand::One(action), Basis::None);
}

/// In the dialog of one session: `a` turns to all of them, `o` to all others.
fn widened(dialog: &Dialog, name: &str) -> Option<Errand> {
    let Some(Action::Revoke { session, .. }) = dialog.action() else {
        return None;
    };
    match name {
        "a" => Some(Errand::SignOut { but: None }),
        "o" => Some(Errand::SignOut {
            but: Some(session.clone()),
        }),
        _ => None,
    }
}

fn in_yes_no(model: &mut Model, name: &str, focused: bool, last_key: Moment) {
    let now = model.ctx.now;
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    if let Some(errand) = widened(dialog, name) {
        return dialog.turn_to(ctx, errand, Basis::None);
    }
    let Step::Confirm(confirm) = &mut dialog.step else {
        return;
    };
    let does_it = name == "y" || (name == "Enter" && focused);
    match name {
        "r" | "↓" => dialog.reason.focused = true,
        "Tab" if focused => dialog.reason.focused = true,
        "→" | "Tab" => confirm.consent = Consent::Yes { focused: true },
        "←" | "S-Tab" => confirm.consent = Consent::Yes { focused: false },
        _ if does_it && dialog.armed() != Armed::Yes => dialog.note = unarmed(dialog),
        _ if does_it && dialog.was_looked_at(now, last_key) => change::send(model),
        _ if does_it => dialog.note = Some(format!("Look first, then {name}.")),
        _ => cancel(model),
    }
}

/// The box of the reason has the keys. Whatever is typed into it confirms nothing.
fn in_reason(model: &mut Model, key: KeyEvent, name: &str) {
    let now = model.ctx.now.moment;
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    match name {
        "Esc" => cancel(model),
        "Enter" | "Tab" | "↓" | "S-Tab" | "↑" if dialog.reason.is_missing() => {
            dialog.note = Some(ASKED.to_owned());
        }
        "Enter" | "Tab" | "↓" | "S-Tab" | "↑" => {
            dialog.reason.focused = false;
            dialog.typed_at(now);
        }
        _ => {
            dialog.typed_at(now);
            if let (Some(input), Some(request)) = (dialog.typed_box(), editing(key)) {
                input_line::edit(input, request);
            }
        }
    }
}

fn in_typed(model: &mut Model, key: KeyEvent, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Dialog(dialog) = layer else { return };
    let now = ctx.now;
    match name {
        "Esc" => cancel(model),
        "Enter" => enter_typed(model),
        // Neither an e-mail address nor an id holds a blank.
        "Space" if dialog.saves().is_some() => {
            dialog.typed_at(now.moment);
            dialog.tick_saving(ctx);
        }
        "Tab" | "↓" | "S-Tab" | "↑" if !dialog.types_reason() => dialog.reason.focused = true,
        _ => {
            // Whatever it means: Enter right behind it is part of a burst.
            dialog.typed_at(now.moment);
            if let (Some(input), Some(request)) = (dialog.typed_box(), editing(key)) {
                input_line::edit(input, request);
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
    let Consent::Typed { what, input, last } = &confirm.consent else {
        return;
    };
    if dialog.armed() != Armed::Yes {
        dialog.note = unarmed(dialog);
        return;
    }
    let note = if *what == Typed::Name && !dialog.is_named_by(input.value()) {
        "That is neither the e-mail address nor the last six of the id."
    } else if input.value().trim().is_empty() {
        "Say why, then Enter."
    } else if !dialog.is_typed_out(now, *last) {
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
pub(super) fn cancel(model: &mut Model) {
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

//! What a key means in the forms of those who are to come, and in their reviews.

use crossterm::event::KeyEvent;

use super::form::By;
use super::{Field, Kind, Newcomer, Step, send};
use crate::app::input_line::editing;
use crate::app::{Armed, Command, Layer, Model, Moment, Tone, act};
use crate::domain::search::{Field as Word, written_as};

/// A key was pressed while one is open.
pub fn press(model: &mut Model, key: KeyEvent, name: &str, last_key: Moment) {
    let Layer::Newcomer(newcomer) = &mut model.layer else {
        return;
    };
    newcomer.note = None;
    match newcomer.step {
        Step::Form(_) => in_form(model, key, name),
        Step::Review(_) => in_review(model, name, last_key),
        Step::Sent(..) => while_sent(model, name),
    }
}

/// Text was pasted.
pub fn paste(newcomer: &mut Newcomer, text: &str) {
    if let Step::Form(form) = &mut newcomer.step {
        form.paste(text);
    }
}

fn in_form(model: &mut Model, key: KeyEvent, name: &str) {
    let Model { ctx, layer, .. } = model;
    let Layer::Newcomer(newcomer) = layer else {
        return;
    };
    let Step::Form(form) = &mut newcomer.step else {
        return;
    };
    match name {
        "Enter" => newcomer.review(ctx),
        "Esc" => cancel(model),
        "Tab" | "↓" => form.move_focus(true),
        "S-Tab" | "↑" => form.move_focus(false),
        "Space" if form.tick() => {}
        "F3" if form.mistake.as_ref().is_some_and(|m| m.taken.is_some()) => look_for(model),
        _ => {
            if let Some(request) = editing(key) {
                form.edit(request);
            }
        }
    }
}

fn in_review(model: &mut Model, name: &str, last_key: Moment) {
    let now = model.ctx.now;
    let Model { ctx, layer, .. } = model;
    let Layer::Newcomer(newcomer) = layer else {
        return;
    };
    let (armed, look) = (newcomer.armed(), newcomer.look);
    let Step::Review(review) = &mut newcomer.step else {
        return;
    };
    let does_it = name == "y" || (name == "Enter" && review.focused);
    match name {
        "→" | "Tab" => review.focused = true,
        "←" | "S-Tab" => review.focused = false,
        "r" => {
            review.form.go_to(Field::Reason);
            newcomer.back_to_form(ctx);
        }
        _ if !does_it => go_back(model),
        _ => match armed {
            Armed::Yes if look.was_long(now, last_key) => send::send(model),
            Armed::Yes => newcomer.note = Some(format!("Look first, then {name}.")),
            Armed::Reading => newcomer.note = Some("Still reading. One moment.".to_owned()),
            Armed::Failed(why) | Armed::Overtaken(why) => newcomer.note = Some(why),
        },
    }
}

fn while_sent(model: &mut Model, name: &str) {
    if matches!(name, "Esc" | "q") {
        model.layer = Layer::None;
        model
            .ctx
            .say(Tone::Plain, "It was sent. How it ends is said here.");
    }
}

/// From a review back to its form; where nothing was typed, it closes.
fn go_back(model: &mut Model) {
    let Model { ctx, layer, .. } = model;
    let Layer::Newcomer(newcomer) = layer else {
        return;
    };
    if matches!(newcomer.kind(), Kind::Revocation(_)) {
        cancel(model);
    } else {
        newcomer.back_to_form(ctx);
    }
}

fn cancel(model: &mut Model) {
    act::perform(model, Command::Close);
    model.ctx.say(Tone::Plain, "Cancelled. Nothing was sent.");
}

/// Looks for who has what was typed already: a user, or somebody invited.
fn look_for(model: &mut Model) {
    let Layer::Newcomer(newcomer) = std::mem::take(&mut model.layer) else {
        return;
    };
    let Step::Form(form) = newcomer.step else {
        return;
    };
    if form.mistake.as_ref().and_then(|mistake| mistake.taken) == Some(By::Invitation) {
        return act::open::open_invitations(model);
    }
    let field = form.focused();
    let Some(text) = form.text(field) else { return };
    let whole = format!("={}", text.raw());
    let words = match field {
        Field::Phone => written_as(Word::Phone, &whole),
        Field::Username => written_as(Word::Username, &whole),
        Field::ExternalId => written_as(Word::External, text.raw()),
        _ => written_as(Word::Email, &whole),
    };
    act::open::search_users(model, &words.unwrap_or_default());
}

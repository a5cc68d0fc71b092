//! Closing, cancelling, leaving.

use crate::app::act::{arrive, go, search_now};
use crate::app::text::count;
use crate::app::{Effect, Layer, Model, Screen, Search, Tone, batch, words};

/// Closes the newest layer; never drops anything, never quits.
pub fn close(model: &mut Model) {
    if !matches!(model.layer, Layer::None) {
        match std::mem::take(&mut model.layer) {
            Layer::Dialog(mut dialog) => dialog.give_up(&mut model.ctx),
            Layer::DryRun(dry_run) => batch::give_up(model, *dry_run),
            Layer::Resume(resume) => batch::put_off(model, *resume),
            Layer::Newcomer(mut newcomer) => newcomer.give_up(&mut model.ctx),
            _ => {}
        }
        return;
    }
    if model.range.take().is_some() || stop_gathering(model) {
        return;
    }
    let walking = matches!(model.screen(), Screen::Sessions(pane) if pane.walk.is_some());
    if walking && cancel(model) {
        return;
    }
    if words::is_long(model) && call_off(model) {
        return;
    }
    let screen = model.history.screen_mut();
    if let Some(search) = screen.search_mut().filter(|search| search.is_shown()) {
        search.clear();
        search.focused = false;
        return search_now(model);
    }
    if model.screen().is_root() {
        return;
    }
    if model.history.back() {
        arrive(model);
    } else {
        // A long trail has forgotten where it began.
        go(model, 0);
    }
}

/// Calls off what the view awaits and says so; says whether there was anything.
fn call_off(model: &mut Model) -> bool {
    let called_off = cancel(model);
    if called_off {
        model.ctx.say(Tone::Plain, "Cancelled. r asks again.");
    }
    called_off
}

/// Calls off what the view awaits; says whether there was anything.
fn cancel(model: &mut Model) -> bool {
    let Model { ctx, history, .. } = model;
    match history.screen_mut() {
        Screen::Users(pane) => pane.cancel(ctx),
        Screen::Sessions(pane) => pane.cancel(ctx),
        Screen::Organizations(pane) => pane.cancel(ctx),
        Screen::Members(pane) => pane.cancel(ctx),
        Screen::Invitations(pane) => pane.cancel(ctx),
        Screen::Profile(pane) => {
            let waited = pane.dossier.is_waiting();
            pane.give_up(ctx);
            waited
        }
    }
}

/// Gathers nobody any more, in the users view; says whether it did.
fn stop_gathering(model: &mut Model) -> bool {
    let Model { ctx, history, .. } = model;
    match history.screen_mut() {
        Screen::Users(pane) => pane.stop_gathering(ctx),
        _ => false,
    }
}

/// Stops the load of the view; says whether there was one.
fn stop_loading(model: &mut Model) -> bool {
    let Model { ctx, history, .. } = model;
    match history.screen_mut() {
        Screen::Users(pane) => pane.stop_loading(ctx),
        _ => false,
    }
}

/// Closes the newest layer; at the root of a list it leaves.
pub fn quit(model: &mut Model) {
    if model.leaving {
        return leave(model);
    }
    let searching = model.screen().search().is_some_and(Search::is_shown);
    let gathers = matches!(model.screen(), Screen::Users(pane) if pane.is_gathering());
    let busy = model.range.is_some() || gathers;
    if busy || !matches!(model.layer, Layer::None) || !model.screen().is_root() || searching {
        return close(model);
    }
    leave(model);
}

/// Leaves, after the changes on their way were answered; at the second time at once.
fn leave(model: &mut Model) {
    let paused = batch::leave(model);
    if model.leaving || model.jobs.open().is_empty() {
        return model.ctx.ask(Effect::Quit);
    }
    model.leaving = true;
    let text = if let Some(paused) = paused {
        let answers = count(model.jobs.open().len(), "answer");
        format!("{paused} Waiting for {answers}; q leaves at once.")
    } else {
        let waits = model.unsettled().join(", ");
        format!("Waiting for the answer to {waits}. q leaves at once.")
    };
    model.ctx.say(Tone::Warn, text);
}

/// Cancels what is open or awaited; where there is nothing, it leaves.
pub fn interrupt(model: &mut Model) {
    if model.leaving {
        return leave(model);
    }
    if !matches!(model.layer, Layer::None) {
        return close(model);
    }
    if model.range.take().is_none() && !stop_loading(model) && !call_off(model) {
        leave(model);
    }
}

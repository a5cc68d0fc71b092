//! Closing, cancelling, leaving.

use super::act::{arrive, go, search_now};
use super::{Effect, Layer, Model, Screen, Search, Tone, words};

/// Closes the newest layer; never drops anything, never quits.
pub fn close(model: &mut Model) {
    if !matches!(model.layer, Layer::None) {
        model.layer = Layer::None;
        return;
    }
    let walking = matches!(model.screen(), Screen::Sessions(pane) if pane.walk.is_some());
    if walking && cancel(model.history.screen_mut()) {
        return;
    }
    if words::is_long_wait(model) && call_off(model) {
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
    let called_off = cancel(model.history.screen_mut());
    if called_off {
        model.ctx.say(Tone::Plain, "Cancelled. r asks again.");
    }
    called_off
}

/// Calls off what the view awaits; says whether there was anything.
fn cancel(screen: &mut Screen) -> bool {
    match screen {
        Screen::Users(pane) => pane.cancel(),
        Screen::Sessions(pane) => pane.cancel(),
        Screen::Organizations(pane) => pane.cancel(),
        Screen::Members(pane) => pane.cancel(),
        Screen::Profile(pane) => {
            let waited = pane.dossier.is_waiting();
            pane.dossier.give_up();
            waited
        }
    }
}

/// Closes the newest layer; at the root of a list it leaves.
pub fn quit(model: &mut Model) {
    if model.leaving {
        return leave(model);
    }
    let searching = model.screen().search().is_some_and(Search::is_shown);
    if !matches!(model.layer, Layer::None) || !model.screen().is_root() || searching {
        return close(model);
    }
    leave(model);
}

/// Leaves, after the changes on their way were answered; at the second time at once.
fn leave(model: &mut Model) {
    if model.leaving || model.jobs.open().is_empty() {
        return model.ctx.ask(Effect::Quit);
    }
    model.leaving = true;
    let waits = model.unsettled().join(", ");
    model.ctx.say(
        Tone::Warn,
        format!("Waiting for the answer to {waits}. q leaves at once."),
    );
}

/// Cancels what is open or awaited; where there is nothing, it leaves.
pub fn interrupt(model: &mut Model) {
    if model.leaving {
        return leave(model);
    }
    if !matches!(model.layer, Layer::None) {
        return close(model);
    }
    if !call_off(model) {
        leave(model);
    }
}

//! What the keys do in a search box.

use crossterm::event::KeyEvent;

use super::REST_MS;
use crate::app::command::candidates;
use crate::app::input_line::editing;
use crate::app::{Command, Model, act, jump};

/// A key was pressed while the box has the keys.
pub fn in_box(model: &mut Model, key: KeyEvent, name: &str) {
    let Model { ctx, history, .. } = model;
    let Some(search) = history.screen_mut().search_mut() else {
        return;
    };
    if !matches!(name, "Tab" | "S-Tab") {
        search.drop_candidates();
    }
    let changed = match name {
        "Enter" => return jump::enter(model),
        "Esc" => return leave_box(model),
        "↓" => return act::move_by(model, 1),
        "↑" => return act::move_by(model, -1),
        "PgDn" | "PgUp" => {
            let command = candidates(name).next();
            return command.map_or((), |command| act::perform(model, command));
        }
        "F1" => return act::perform(model, Command::Help),
        "F2" => return act::perform(model, Command::Palette),
        "Tab" | "S-Tab" => search.complete(name == "S-Tab"),
        "^p" | "^n" => search.recall(name == "^p"),
        _ => editing(key).is_some_and(|request| search.edit(request)),
    };
    if changed {
        search.rest_until(ctx.wake(REST_MS));
        act::typed(model);
    }
}

/// Esc in the box clears it, and again leaves it.
fn leave_box(model: &mut Model) {
    let Some(search) = model.history.screen_mut().search_mut() else {
        return;
    };
    if search.text().is_empty() {
        search.focused = false;
    }
    search.clear();
    act::search_now(model);
}

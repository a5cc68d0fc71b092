//! What the keys do in a search box.

use crossterm::event::KeyEvent;

use super::REST_MS;
use crate::app::command::candidates;
use crate::app::input_line::editing;
use crate::app::{Command, Model, act};

/// A key was pressed while the box has the keys.
pub fn in_box(model: &mut Model, key: KeyEvent, name: &str) {
    match name {
        "Enter" => {
            if let Some(search) = model.history.screen_mut().search_mut() {
                search.focused = false;
            }
            act::search_now(model);
        }
        "Esc" => leave_box(model),
        "↓" => act::move_by(model, 1),
        "↑" => act::move_by(model, -1),
        "PgDn" | "PgUp" => {
            let command = candidates(name).next();
            if let Some(command) = command {
                act::perform(model, command);
            }
        }
        "F1" => act::perform(model, Command::Help),
        "F2" => act::perform(model, Command::Palette),
        _ => {
            let Some(request) = editing(key) else { return };
            let Model { ctx, history, .. } = model;
            if let Some(search) = history.screen_mut().search_mut()
                && search.edit(request)
            {
                search.rest_until(ctx.wake(REST_MS));
            }
        }
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

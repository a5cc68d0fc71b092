//! Loading everybody whom the search of the users view finds.

use crate::app::command::LoadVerb;
use crate::app::load::Loading;
use crate::app::{Model, Screen};

/// Whether something can be done with a load in this view.
pub fn applies(screen: &Screen, verb: LoadVerb) -> bool {
    let Screen::Users(pane) = screen else {
        return false;
    };
    let is_paused = pane.loading.as_ref().map(Loading::is_paused);
    match verb {
        LoadVerb::Start => is_paused.is_none(),
        LoadVerb::Pause => is_paused == Some(false),
        LoadVerb::GoOn => is_paused == Some(true),
        LoadVerb::Stop => is_paused.is_some(),
    }
}

/// Does it.
pub fn perform(model: &mut Model, verb: LoadVerb) {
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    let Screen::Users(pane) = history.screen_mut() else {
        return;
    };
    match verb {
        LoadVerb::Start => pane.load(ctx, people),
        LoadVerb::Pause => pane.pause_loading(ctx),
        LoadVerb::GoOn => pane.go_on_loading(ctx),
        LoadVerb::Stop => {
            pane.stop_loading(ctx);
        }
    }
}

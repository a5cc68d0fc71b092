//! From somebody's profile to those beside them in the users list.

use crate::app::panes::profile::ProfilePane;
use crate::app::{AnyList, Model, Screen, layout};

/// The row number in the users list of the person whose profile is shown.
pub fn place_in_list(model: &Model, pane: &ProfilePane) -> Option<usize> {
    let who = model.people.book().who(pane.user().as_str())?;
    model.users()?.list.line_of(who)
}

/// Whether there is somebody beside this person in the users list.
pub fn has_neighbour(model: &Model, pane: &ProfilePane, by: isize) -> bool {
    let rows = model.users().map_or(0, |users| users.list.len());
    place_in_list(model, pane)
        .and_then(|place| place.checked_add_signed(by))
        .is_some_and(|place| place < rows)
}

/// Shows the next or previous person of the list in the same profile.
pub fn turn_page(model: &mut Model, forward: bool) {
    let Screen::Profile(pane) = model.screen() else {
        return;
    };
    let Some(place) = place_in_list(model, pane) else {
        return;
    };
    let Some(users) = model.history.users_mut() else {
        return;
    };
    // Rows that could not be read are stepped over.
    let list = &users.list;
    let next = if forward {
        let mut after = (place + 1)..list.len();
        after.find(|place| list.who(*place).is_some())
    } else {
        let mut before = 0..place;
        before.rfind(|place| list.who(*place).is_some())
    };
    users.list.set_cursor(next.unwrap_or(place));
    let selected = users.list.selected();
    let Some(id) = selected.and_then(|who| Some(model.people.row(who)?.id)) else {
        return;
    };
    let rows = layout::page_rows(model);
    let Model {
        ctx,
        history,
        recent,
        ..
    } = model;
    if let Some(users) = history.users_mut() {
        users.list.scroll_to_cursor(rows);
        users.read_on(ctx, rows);
    }
    if let Screen::Profile(pane) = history.screen_mut()
        && *pane.user() != id
    {
        pane.turn_to(ctx, recent.open(&id).clone());
    }
    model.aim = Some(model.look());
}

//! From what the cursor is on, or what was found, to its own view.

use super::{arrive, meant, search_now};
use crate::app::document::Follow;
use crate::app::panes::invitations::InvitationsPane;
use crate::app::panes::organizations::MembersPane;
use crate::app::panes::profile::ProfilePane;
use crate::app::panes::sessions::SessionsPane;
use crate::app::{Model, Screen, Subject};
use crate::domain::{OrganizationId, Session, SessionStatus, Untrusted, UserId};

/// Opens what the cursor is on.
pub fn open(model: &mut Model) {
    let Subject { person, follow, .. } = meant(model);
    match follow {
        Some(Follow::Organization(id, name)) => open_members(model, id, name),
        Some(Follow::Session(_)) => sessions_of_person(model),
        Some(Follow::Fold(metadata)) => {
            if let Screen::Profile(pane) = model.history.screen_mut() {
                pane.toggle(metadata);
            }
        }
        None if matches!(model.screen(), Screen::Profile(_)) => {}
        None => {
            if let Some(person) = person {
                open_profile(model, &person.id);
            }
        }
    }
}

/// Opens the profile of somebody.
pub fn open_profile(model: &mut Model, user: &UserId) {
    let pane = model.ctx.pane();
    let dossier = model.recent.open(user).clone();
    let mut profile = ProfilePane::new(pane, dossier);
    profile.read(&mut model.ctx);
    model.history.open(pane, Screen::Profile(Box::new(profile)));
}

/// Opens the members of an organization.
pub fn open_members(model: &mut Model, id: OrganizationId, name: Untrusted) {
    let pane = model.ctx.pane();
    let screen = Screen::Members(Box::new(MembersPane::new(pane, id, name)));
    model.history.open(pane, screen);
    arrive(model);
}

/// Opens the sessions of the user of a session, with the cursor on it once it
/// is there. One that has ended is among those of any state only.
pub fn open_session(model: &mut Model, session: &Session) {
    let pane = model.ctx.pane();
    let mut sessions = SessionsPane::new(pane, Some(session.user.clone()));
    sessions.all_states = session.status != SessionStatus::Active;
    sessions.wanted = Some(session.id.clone());
    model
        .history
        .open(pane, Screen::Sessions(Box::new(sessions)));
    arrive(model);
}

/// Opens the invitations.
pub fn open_invitations(model: &mut Model) {
    if !matches!(model.screen(), Screen::Invitations(_)) {
        let pane = model.ctx.pane();
        let screen = Screen::Invitations(Box::new(InvitationsPane::new(pane)));
        model.history.open(pane, screen);
    }
    arrive(model);
}

/// Searches the users for a text.
pub fn search_users(model: &mut Model, text: &str) {
    model.history.go_to_root(0);
    if let Screen::Users(pane) = model.history.screen_mut() {
        pane.search.put(text);
        pane.search.finish();
    }
    search_now(model);
    arrive(model);
}

/// Opens the sessions of the person that is meant.
pub fn sessions_of_person(model: &mut Model) {
    if let Some(person) = meant(model).person {
        let pane = model.ctx.pane();
        let screen = Screen::Sessions(Box::new(SessionsPane::new(pane, Some(person.id))));
        model.history.open(pane, screen);
        arrive(model);
    }
}

//! What the sessions view says.

use super::{among, count_of, failed, has_none_among, list_notice, nothing_among};
use crate::app::document::Line;
use crate::app::panes::sessions::{SessionsPane, Walk};
use crate::app::text::grouped;
use crate::app::{AnyList, Model, Tone};

/// Beside the box: how many of the sessions read pass the search.
pub fn passing(pane: &SessionsPane) -> String {
    if pane.list.is_sifted() {
        among(&pane.list)
    } else {
        format!("{} read", grouped(pane.list.rows().len() as u64))
    }
}

/// How many sessions there are, or how far a walk is.
pub fn found(pane: &SessionsPane) -> String {
    let what = if pane.all_states {
        "session"
    } else {
        "active session"
    };
    let read = pane.list.rows().len() as u64;
    let Some(walk) = &pane.walk else {
        if pane.list.read_at().is_none() {
            return String::new();
        }
        let all = pane.list.total().unwrap_or(read).max(read);
        let more = if pane.list.is_complete() || pane.list.total().is_some() {
            ""
        } else {
            " so far"
        };
        return format!("{}{more} · newest first", count_of(all, what));
    };
    walk_so_far(walk)
}

/// How far a walk is.
pub fn walk_so_far(walk: &Walk) -> String {
    if walk.of == 0 {
        return "Clerk lists sessions only per person here.".to_owned();
    }
    let state = match walk {
        walk if walk.is_walking() => " Esc stops.",
        walk if walk.stopped => " Stopped; r begins again.",
        _ => "",
    };
    let failed = match walk.failed {
        0 => String::new(),
        n => format!(" {n} could not be read."),
    };
    format!(
        "Clerk lists sessions only per person here. Read {} of the {} most recently active people.{state}{failed}",
        grouped(walk.read as u64),
        grouped(walk.of as u64)
    )
}

/// What the view says in the place of its rows.
pub fn notice(model: &Model, pane: &SessionsPane) -> Option<Line> {
    if has_none_among(&pane.list) {
        return Some(nothing_among(pane.search.answered(), &pane.list, "session"));
    }
    if let Some(walk) = &pane.walk {
        let nothing = pane.list.rows().is_empty() && !walk.is_walking();
        return match walk.error() {
            Some(error) => Some(failed(model, error, None)),
            None if nothing => Some(Line::new(Tone::Dim, "No active session. r looks again.")),
            None => None,
        };
    }
    let empty = match (&pane.user, pane.all_states) {
        (Some(user), false) => {
            let name = model.people.person(user).short_name();
            format!("{name} has no active session. a shows earlier ones.")
        }
        (Some(user), true) => {
            let name = model.people.person(user).short_name();
            format!("{name} has no session that Clerk still knows. Esc goes back.")
        }
        (None, _) => "Nobody is signed in. r looks again.".to_owned(),
    };
    list_notice(model, &pane.list, "sessions", &empty)
}

//! Rows of sessions.

use ratatui::text::{Line, Span};

use super::line::{fit, time};
use super::{Theme, table::Column};
use crate::app::panes::sessions::SessionsPane;
use crate::app::text::cut_middle;
use crate::app::{Model, Tone, report};
use crate::domain::{Row, Session, SessionStatus, Untrusted, UserRow};

/// What a column of a sessions list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    User,
    Active,
    Status,
    Ip,
    Place,
    Device,
    Expires,
}

/// From this width on a device has its version and system.
const WITH_SYSTEM: usize = 12;

/// The columns for the terminal's width. Among the sessions of one person, what
/// differs is the device, not the user.
pub fn columns(width: u16, pane: &SessionsPane) -> Vec<Column<What>> {
    use What as W;
    let of_one = pane.user.is_some();
    let mut kinds = vec![(W::Active, "ACTIVE", 12)];
    if pane.all_states {
        kinds.push((W::Status, "STATE", 9));
    }
    if width >= 60 {
        kinds.push((W::Ip, "IP", 15));
    }
    if width >= 72 {
        kinds.push((W::Place, "PLACE", if width >= 120 { 16 } else { 12 }));
    }
    if width >= 80 && !of_one {
        kinds.push((W::Device, "DEVICE", if width >= 120 { 24 } else { 8 }));
    }
    if width >= 120 {
        kinds.push((W::Expires, "ENDS", 12));
    }
    let taken: usize = kinds.iter().map(|(_, _, width)| width + 1).sum();
    let room = usize::from(width).saturating_sub(taken + 4);
    if of_one {
        kinds.insert(0, (W::Device, "DEVICE", room.min(32)));
    } else {
        kinds.insert(0, (W::User, "USER", room.min(48)));
    }
    kinds
        .into_iter()
        .map(|(what, title, width)| Column { what, title, width })
        .collect()
}

/// One row.
pub fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Session>,
) -> Line<'static> {
    let mut spans = Vec::new();
    for (n, column) in columns.iter().enumerate() {
        let (tone, text) = match row {
            Row::Read(session) => {
                let (tone, text) = cell(model, column, session);
                match &session.actor {
                    Some(_) if n == 0 => (Tone::Warn, format!("I {text}")),
                    _ => (tone, text),
                }
            }
            Row::Unreadable(row) => match n {
                0 => (Tone::Bad, format!("# unreadable {}", row.why.shown())),
                _ => (Tone::Plain, String::new()),
            },
        };
        spans.push(Span::styled(
            fit(&text, column.width) + " ",
            theme.tone(tone),
        ));
    }
    spans.into()
}

fn cell(model: &Model, column: &Column<What>, session: &Session) -> (Tone, String) {
    let clock = &model.ctx.clock;
    let revoking = model.jobs.of(&session.user);
    match column.what {
        What::User => {
            let sign = if session.actor.is_some() { 2 } else { 0 };
            let room = column.width.saturating_sub(sign);
            let known = model.people.get(&session.user);
            let known = known.as_ref().and_then(UserRow::identifier);
            let user = known.map_or(session.user.as_str().into(), Untrusted::shown);
            (Tone::Plain, cut_middle(&user, room))
        }
        What::Active => match revoking {
            Some(job) => (Tone::Warn, job.progress().to_owned()),
            None => (Tone::Dim, time(session.last_active, "", clock)),
        },
        What::Status => state(&session.status),
        What::Ip => (
            Tone::Plain,
            session
                .activity
                .ip
                .as_ref()
                .map_or_else(String::new, |ip| cut_middle(&ip.shown(), column.width)),
        ),
        What::Place => (Tone::Plain, report::place(session)),
        What::Device if column.width < WITH_SYSTEM => (Tone::Plain, report::browser(session)),
        What::Device => (Tone::Plain, report::device(session)),
        What::Expires => (Tone::Dim, time(session.expires, "", clock)),
    }
}

fn state(status: &SessionStatus) -> (Tone, String) {
    let tone = if status.is_live() {
        Tone::Good
    } else {
        Tone::Dim
    };
    let text = match status {
        SessionStatus::Other(word) => word.shown().into_owned(),
        known => known.api_name().to_owned(),
    };
    (tone, text)
}

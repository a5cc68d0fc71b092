//! Rows of users.

use ratatui::text::{Line, Span};

use super::Theme;
use super::line::{Words, fit, marked, plain, time};
use super::table::{Column, cells};
use crate::app::panes::users::UsersPane;
use crate::app::text::{cut, cut_middle, grouped};
use crate::app::{Clock, Item, Model, Tone, layout};
use crate::domain::{Row, Status, Untrusted, UserRow};

/// What a column of the users list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Name,
    Email,
    Status,
    SignedIn,
    Created,
    Username,
    Phone,
}

/// The columns for the terminal's width.
pub fn columns(model: &Model, width: u16) -> Vec<Column<What>> {
    use What as W;
    let preview = layout::has_preview(model);
    let kinds: &[What] = match model.ctx.size.0 {
        0..60 => &[W::Email, W::Status],
        60..80 => &[W::Name, W::Email, W::Status],
        100..140 if preview => &[W::Name, W::Email, W::Status],
        80..160 => &[W::Name, W::Email, W::Status, W::SignedIn],
        160..200 => &[W::Name, W::Email, W::Status, W::SignedIn, W::Created],
        _ => &[
            W::Name,
            W::Email,
            W::Status,
            W::SignedIn,
            W::Created,
            W::Username,
            W::Phone,
        ],
    };
    let fixed = |what: What| match what {
        W::Name | W::Email => None,
        W::Status => Some(14),
        W::SignedIn | W::Created => Some(12),
        W::Username | W::Phone => Some(16),
    };
    let taken: usize = kinds
        .iter()
        .filter_map(|what| fixed(*what))
        .map(|w| w + 1)
        .sum();
    let room = usize::from(width).saturating_sub(taken + 4);
    let named = kinds.contains(&W::Name);
    let name = if named { (room * 2 / 5).min(32) } else { 0 };
    kinds
        .iter()
        .map(|what| Column {
            what: *what,
            title: title(*what),
            width: match what {
                W::Name => name.saturating_sub(1),
                W::Email => room - name,
                _ => fixed(*what).unwrap_or(0),
            },
        })
        .collect()
}

const fn title(what: What) -> &'static str {
    match what {
        What::Name => "NAME",
        What::Email => "E-MAIL",
        What::Status => "STATUS",
        What::SignedIn => "SIGNED IN",
        What::Created => "CREATED",
        What::Username => "USERNAME",
        What::Phone => "PHONE",
    }
}

/// One line of the list.
pub fn line(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    pane: &UsersPane,
    at: usize,
    words: &Words,
) -> Option<Line<'static>> {
    let entry = match pane.list.item(at)? {
        Item::Row(entry) => entry,
        Item::Gap => return Some(Line::styled(gap(pane), theme.tone(Tone::Dim))),
    };
    let row = match entry.who() {
        // Who was just deleted leaves the list with the next message.
        Some(who) => Row::Read(model.people.row(who)?),
        None => Row::Unreadable(pane.list.roll().why_unreadable(entry)?.clone()),
    };
    Some(self::row(model, theme, columns, &row, words))
}

/// What stands between the first and the last rows, where those between were not read.
fn gap(pane: &UsersPane) -> String {
    match pane.unread() {
        Some(0) | None => "··· more ···".to_owned(),
        Some(n) => format!("··· about {} more ···", grouped(n)),
    }
}

fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<UserRow>,
    words: &Words,
) -> Line<'static> {
    let cell = |column: &Column<What>, user: &UserRow| cell(model, theme, column, user, words);
    cells(theme, columns, row, cell, |what, row| match what {
        What::Status => Some("# unreadable".into()),
        What::Email => Some(row.why.shown().into_owned().into()),
        What::Name => row.id.as_ref().map(|id| id.shown().into_owned().into()),
        _ => None,
    })
}

fn cell(
    model: &Model,
    theme: &Theme,
    column: &Column<What>,
    user: &UserRow,
    words: &Words,
) -> Vec<Span<'static>> {
    let clock = &model.ctx.clock;
    let width = column.width;
    let plain = |text: &str| plain(text, width, theme);
    let shown =
        |text: &Option<Untrusted>| plain(&text.as_ref().map_or("".into(), Untrusted::shown));
    let found = |text: &str| marked(text, width, words, theme);
    match column.what {
        What::Name if user.name.is_blank() => plain("(no name)"),
        What::Name => found(&cut(&user.name.shown(), width)),
        What::Email => match user.identifier() {
            Some(text) => found(&cut_middle(&text.shown(), width)),
            None => plain("(no e-mail)"),
        },
        What::Status => {
            let (tone, text) = model.jobs.of(&user.id).map_or_else(
                || status(user.status, clock),
                |job| (Tone::Warn, job.progress().to_owned()),
            );
            vec![Span::styled(fit(&text, width), theme.tone(tone))]
        }
        What::SignedIn => plain(&time(user.last_sign_in, "never", clock)),
        What::Created => plain(&time(user.created, "", clock)),
        What::Username => shown(&user.username),
        What::Phone => shown(&user.phone),
    }
}

/// One word and a sign.
pub fn status(status: Status, clock: &Clock) -> (Tone, String) {
    match status {
        Status::Banned => (Tone::Bad, "x banned".to_owned()),
        Status::Locked(Some(until)) => (Tone::Warn, format!("! locked {}", clock.minute(until))),
        Status::Locked(None) => (Tone::Warn, "! locked".to_owned()),
        Status::Deprovisioned => (Tone::Bad, "x deprovis.".to_owned()),
        Status::Unverified => (Tone::Warn, "? unverified".to_owned()),
        Status::Ok => (Tone::Good, "ok".to_owned()),
    }
}

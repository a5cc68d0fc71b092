//! Rows of the members of an organization.

use ratatui::text::{Line, Span};

use super::line::{fit, time};
use super::table::{Column, cells, with_two_free};
use super::{Theme, users};
use crate::app::text::cut_middle;
use crate::app::{Model, Tone};
use crate::domain::{Membership, Row, Status, Untrusted};

/// What a column shows of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Name,
    Email,
    Role,
    Status,
    Since,
}

/// The columns for the terminal's width.
pub fn columns(width: u16) -> Vec<Column<What>> {
    let mut fixed = vec![(What::Role, "ROLE", 12)];
    if width >= 60 {
        fixed.push((What::Status, "STATUS", 12));
    }
    if width >= 100 {
        fixed.push((What::Since, "MEMBER SINCE", 12));
    }
    let free = [(What::Name, "NAME"), (What::Email, "E-MAIL")];
    // An e-mail address needs more room than a name; its domain shall stay.
    with_two_free(width, free, (2, 5), &fixed)
}

/// One row.
pub fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Membership>,
) -> Line<'static> {
    let cell = |column: &Column<What>, membership: &Membership| {
        let (tone, text) = text(model, column, membership);
        vec![Span::styled(fit(&text, column.width), theme.tone(tone))]
    };
    cells(theme, columns, row, cell, |what, row| match what {
        What::Name => Some("# unreadable".into()),
        What::Email => Some(row.why.shown().into_owned().into()),
        _ => None,
    })
}

fn text(model: &Model, column: &Column<What>, membership: &Membership) -> (Tone, String) {
    let clock = &model.ctx.clock;
    let user = membership.user.as_ref();
    match column.what {
        What::Name => match user.filter(|user| !user.name.is_blank()) {
            Some(user) => (Tone::Plain, user.name.shown().into_owned()),
            None => (Tone::Dim, "(no name)".to_owned()),
        },
        What::Email => {
            let identifier = user.and_then(|user| user.identifier.as_ref());
            let text = identifier.map_or("".into(), Untrusted::shown);
            (Tone::Plain, cut_middle(&text, column.width))
        }
        What::Role => (Tone::Strong, role(&membership.role)),
        What::Status => {
            let known = user.and_then(|user| model.people.get(&user.id));
            let banned = user.is_some_and(|user| user.banned);
            let status = known.map(|row| row.status);
            match status.or(banned.then_some(Status::Banned)) {
                Some(status) => users::status(status, clock),
                None => (Tone::Plain, String::new()),
            }
        }
        What::Since => (Tone::Dim, time(membership.created, "", clock)),
    }
}

/// `org:admin` is an admin.
fn role(role: &Untrusted) -> String {
    let shown = role.shown();
    shown.strip_prefix("org:").unwrap_or(&shown).to_owned()
}

//! Rows of organizations, and of the members of one.

use ratatui::text::{Line, Span};

use super::line::{fit, marked, search_words};
use super::{Theme, table::Column, users};
use crate::app::text::{cut, cut_middle, grouped};
use crate::app::{Model, Tone};
use crate::domain::{Membership, Organization, Row, Status, Untrusted};

/// What a column shows, of an organization or of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Name,
    Slug,
    Members,
    Created,
    Id,
    Person,
    Email,
    Role,
    Status,
}

/// The columns of the organizations list.
pub fn columns(width: u16) -> Vec<Column<What>> {
    let mut fixed = vec![(What::Members, "MEMBERS", 8)];
    if width >= 60 {
        fixed.push((What::Created, "CREATED", 12));
    }
    if width >= 120 {
        fixed.push((What::Id, "ID", 32));
    }
    with_two_free(width, [(What::Name, "NAME"), (What::Slug, "SLUG")], &fixed)
}

/// The columns of the members list.
pub fn member_columns(width: u16) -> Vec<Column<What>> {
    let mut fixed = vec![(What::Role, "ROLE", 12)];
    if width >= 60 {
        fixed.push((What::Status, "STATUS", 12));
    }
    if width >= 100 {
        fixed.push((What::Created, "MEMBER SINCE", 12));
    }
    with_two_free(
        width,
        [(What::Person, "NAME"), (What::Email, "E-MAIL")],
        &fixed,
    )
}

/// Two columns that share what the others leave.
fn with_two_free(
    width: u16,
    free: [(What, &'static str); 2],
    fixed: &[(What, &'static str, usize)],
) -> Vec<Column<What>> {
    let taken: usize = fixed.iter().map(|(_, _, width)| width + 1).sum();
    let room = usize::from(width).saturating_sub(taken + 5).min(96);
    // An e-mail address needs more room than a name; its domain shall stay.
    let first = match free[1].0 {
        What::Email => room * 2 / 5,
        _ => room / 2,
    };
    let free = free.into_iter().zip([first, room - first]);
    free.map(|((what, title), width)| (what, title, width))
        .chain(fixed.iter().copied())
        .map(|(what, title, width)| Column { what, title, width })
        .collect()
}

/// One organization.
pub fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Organization>,
    search: &str,
) -> Line<'static> {
    let words = search_words(search);
    cells(theme, columns, row, |column, organization| {
        let width = column.width;
        let found = |text: &str| {
            marked(
                &cut(text, width),
                width,
                &words,
                theme.tone(Tone::Plain),
                theme.matched(),
            )
        };
        let plain = |text: String| vec![Span::styled(fit(&text, width), theme.tone(Tone::Dim))];
        match column.what {
            What::Name => found(&organization.name.shown()),
            What::Slug => found(
                &organization
                    .slug
                    .as_ref()
                    .map_or("".into(), Untrusted::shown),
            ),
            What::Members => plain(organization.members.map_or_else(String::new, grouped)),
            What::Created => plain(
                organization
                    .created
                    .map_or_else(String::new, |at| model.ctx.clock.short(at)),
            ),
            What::Id => plain(organization.id.to_string()),
            What::Person | What::Email | What::Role | What::Status => plain(String::new()),
        }
    })
}

/// One member.
pub fn member_row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Membership>,
) -> Line<'static> {
    cells(theme, columns, row, |column, membership| {
        let width = column.width;
        let user = membership.user.as_ref();
        let (tone, text) = match column.what {
            What::Person => match user.filter(|user| !user.name.is_blank()) {
                Some(user) => (Tone::Plain, user.name.shown().into_owned()),
                None => (Tone::Dim, "(no name)".to_owned()),
            },
            What::Email => {
                let identifier = user.and_then(|user| user.identifier.as_ref());
                let text = identifier.map_or("".into(), Untrusted::shown);
                (Tone::Plain, cut_middle(&text, width))
            }
            What::Role => (Tone::Strong, role(&membership.role)),
            What::Status => match user {
                Some(user) => match model.people.get(&user.id) {
                    Some(known) => users::status(known.status, &model.ctx.clock),
                    None if user.banned => users::status(Status::Banned, &model.ctx.clock),
                    None => (Tone::Plain, String::new()),
                },
                None => (Tone::Plain, String::new()),
            },
            What::Created => (
                Tone::Dim,
                membership
                    .created
                    .map_or_else(String::new, |at| model.ctx.clock.short(at)),
            ),
            What::Name | What::Slug | What::Members | What::Id => (Tone::Plain, String::new()),
        };
        vec![Span::styled(fit(&text, width), theme.tone(tone))]
    })
}

/// `org:admin` is an admin.
fn role(role: &Untrusted) -> String {
    let shown = role.shown();
    shown.strip_prefix("org:").unwrap_or(&shown).to_owned()
}

/// The cells of a row; an unreadable one says so in its first column.
fn cells<T>(
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<T>,
    cell: impl Fn(&Column<What>, &T) -> Vec<Span<'static>>,
) -> Line<'static> {
    let mut spans = Vec::new();
    for (n, column) in columns.iter().enumerate() {
        match row {
            Row::Read(read) => spans.extend(cell(column, read)),
            Row::Unreadable(unreadable) => {
                let text = match n {
                    0 => "# unreadable".into(),
                    1 => unreadable.why.shown(),
                    _ => "".into(),
                };
                spans.push(Span::styled(
                    fit(&text, column.width),
                    theme.tone(Tone::Bad),
                ));
            }
        }
        spans.push(Span::raw(" "));
    }
    spans.into()
}

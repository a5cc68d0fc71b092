//! Rows of organizations.

use ratatui::text::Line;

use super::Theme;
use super::line::{Words, marked, plain, time};
use super::table::{Column, cells, with_two_free};
use crate::app::Model;
use crate::app::text::{cut, grouped};
use crate::domain::{Organization, Row, Untrusted};

/// What a column shows of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Name,
    Slug,
    Members,
    Created,
    Id,
}

/// The columns for the terminal's width.
pub fn columns(width: u16) -> Vec<Column<What>> {
    let mut fixed = vec![(What::Members, "MEMBERS", 8)];
    if width >= 60 {
        fixed.push((What::Created, "CREATED", 12));
    }
    if width >= 120 {
        fixed.push((What::Id, "ID", 32));
    }
    let free = [(What::Name, "NAME"), (What::Slug, "SLUG")];
    with_two_free(width, free, (1, 2), &fixed)
}

/// One row.
pub fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Organization>,
    words: &Words,
) -> Line<'static> {
    let cell = |column: &Column<What>, organization: &Organization| {
        let width = column.width;
        let found = |text: &str| marked(&cut(text, width), width, words, theme);
        match column.what {
            What::Name => found(&organization.name.shown()),
            What::Slug => {
                let slug = organization.slug.as_ref();
                found(&slug.map_or("".into(), Untrusted::shown))
            }
            What::Members => {
                let members = organization.members.map_or_else(String::new, grouped);
                plain(&members, width, theme)
            }
            What::Created => {
                let created = time(organization.created, "", &model.ctx.clock);
                plain(&created, width, theme)
            }
            What::Id => plain(organization.id.as_str(), width, theme),
        }
    };
    cells(theme, columns, row, cell, |what, row| match what {
        What::Name => Some("# unreadable".into()),
        What::Slug => Some(row.why.shown().into_owned().into()),
        _ => None,
    })
}

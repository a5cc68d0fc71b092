//! Rows of invitations.

use ratatui::text::{Line, Span};

use super::Theme;
use super::line::{fit, time};
use super::table::{Column, cells};
use crate::app::text::cut_middle;
use crate::app::words::invitations::status;
use crate::app::{Model, Tone};
use crate::domain::{Invitation, Row};

/// What a column shows of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Email,
    Status,
    Created,
    Expires,
    Id,
}

/// The widest that an address gets.
const WIDEST: usize = 60;

/// The columns for the terminal's width.
pub fn columns(width: u16) -> Vec<Column<What>> {
    let mut kinds = vec![(What::Status, "STATUS", 12)];
    if width >= 60 {
        kinds.push((What::Created, "INVITED", 12));
    }
    kinds.push((What::Expires, "ENDS", 12));
    if width >= 120 {
        kinds.push((What::Id, "ID", 32));
    }
    let taken: usize = kinds.iter().map(|(_, _, width)| width + 1).sum();
    let room = usize::from(width).saturating_sub(taken + 4);
    kinds.insert(0, (What::Email, "E-MAIL", room.min(WIDEST)));
    let column = |(what, title, width)| Column { what, title, width };
    kinds.into_iter().map(column).collect()
}

/// One row.
pub fn row(
    model: &Model,
    theme: &Theme,
    columns: &[Column<What>],
    row: &Row<Invitation>,
) -> Line<'static> {
    let cell = |column: &Column<What>, invitation: &Invitation| {
        let (tone, text) = text(model, column, invitation);
        vec![Span::styled(fit(&text, column.width), theme.tone(tone))]
    };
    cells(theme, columns, row, cell, |what, row| match what {
        What::Email => Some(format!("# unreadable {}", row.why.shown()).into()),
        _ => None,
    })
}

fn text(model: &Model, column: &Column<What>, invitation: &Invitation) -> (Tone, String) {
    let clock = &model.ctx.clock;
    match column.what {
        What::Email => {
            let email = cut_middle(&invitation.email.shown(), column.width);
            (Tone::Plain, email)
        }
        What::Status => match model.jobs.of_invitation(&invitation.id) {
            Some(job) => (Tone::Warn, job.progress().to_owned()),
            None => status(&invitation.status),
        },
        What::Created => (Tone::Dim, time(invitation.created, "", clock)),
        What::Expires => (Tone::Dim, time(invitation.expires, "never", clock)),
        What::Id => (Tone::Dim, invitation.id.to_string()),
    }
}

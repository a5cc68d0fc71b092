//! What the invitations view says.

use super::list_notice;
use crate::app::document::Line;
use crate::app::panes::invitations::{InvitationsPane, Shown};
use crate::app::text::{count, cut_middle};
use crate::app::{AnyList, Clock, Model, Tone};
use crate::domain::{Invitation, InvitationStatus};

/// The columns of an address in the line below the rows.
const ADDRESS: usize = 40;

/// How many there are of those that are shown, and what `a` shows next.
pub fn found(pane: &InvitationsPane) -> String {
    let list = &pane.list;
    if list.read_at().is_none() {
        return String::new();
    }
    let read = list.len();
    let total = list.total().and_then(|total| usize::try_from(total).ok());
    let n = total.unwrap_or(read).max(read);
    let more = if list.is_complete() || total.is_some() {
        ""
    } else {
        " so far"
    };
    let (what, next) = match pane.shown {
        Shown::Pending => (count(n, "pending invitation"), "all but the revoked ones"),
        Shown::NotRevoked => (
            format!("{}, none of them revoked", count(n, "invitation")),
            "the revoked ones",
        ),
        Shown::Revoked => (count(n, "revoked invitation"), "the pending ones"),
    };
    format!("{what}{more} · newest first · a shows {next}")
}

/// What the view says in the place of its rows.
pub fn notice(model: &Model, pane: &InvitationsPane) -> Option<Line> {
    let invites = if model.ctx.policy.read_only {
        ""
    } else {
        " N i invites."
    };
    let empty = match pane.shown {
        Shown::Pending => format!("No invitation is pending. a shows the others.{invites}"),
        Shown::NotRevoked => format!("Nobody was invited yet.{invites}"),
        Shown::Revoked => "No invitation was revoked. a shows the pending ones.".to_owned(),
    };
    list_notice(model, &pane.list, "invitations", &empty)
}

/// The state in a word, with the sign that goes with it.
pub fn status(status: &InvitationStatus) -> (Tone, String) {
    let (tone, text) = match status {
        InvitationStatus::Pending => (Tone::Plain, "pending"),
        InvitationStatus::Accepted => (Tone::Good, "accepted"),
        InvitationStatus::Revoked => (Tone::Bad, "x revoked"),
        InvitationStatus::Expired => (Tone::Warn, "! expired"),
        InvitationStatus::Other(word) => return (Tone::Warn, word.shown().into_owned()),
    };
    (tone, text.to_owned())
}

/// An invitation in full.
pub fn line(invitation: &Invitation, clock: &Clock) -> String {
    let mut parts = vec![cut_middle(&invitation.email.shown(), ADDRESS)];
    parts.extend(
        invitation
            .expires
            .map(|time| format!("ends {}", clock.short(time))),
    );
    let keys = invitation.public_metadata.len();
    if keys > 0 {
        parts.push(format!("{} of metadata", count(keys, "key")));
    }
    parts.push(invitation.id.to_string());
    parts.join(" · ")
}

//! The invitations view.

use crate::app::{Context, List, NextPage, PaneId, Ticket};
use crate::domain::{Answer, ApiError, Fetch, Invitation, InvitationStatus};

/// Which invitations are shown: Clerk gives those of one state, or all but the
/// revoked ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Those that can still be accepted.
    #[default]
    Pending,
    /// All but the revoked ones.
    NotRevoked,
    /// Those that were taken back.
    Revoked,
}

impl Shown {
    const fn status(self) -> Option<InvitationStatus> {
        match self {
            Self::Pending => Some(InvitationStatus::Pending),
            Self::NotRevoked => None,
            Self::Revoked => Some(InvitationStatus::Revoked),
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Pending => Self::NotRevoked,
            Self::NotRevoked => Self::Revoked,
            Self::Revoked => Self::Pending,
        }
    }
}

/// The invitations view.
#[derive(Debug)]
pub struct InvitationsPane {
    id: PaneId,
    /// Which are shown.
    pub shown: Shown,
    /// The rows.
    pub list: List<Invitation>,
}

impl InvitationsPane {
    /// A view that has asked for nothing yet.
    pub fn new(id: PaneId) -> Self {
        Self {
            id,
            shown: Shown::default(),
            list: List::default(),
        }
    }

    /// Reads from the beginning. `keep` asks for as many rows as there are.
    pub fn read(&mut self, ctx: &mut Context, keep: bool) {
        let page = self.list.first_page(keep);
        self.read_page(ctx, &page);
    }

    /// Reads the page that is due, if one is.
    pub fn read_on(&mut self, ctx: &mut Context, height: usize) {
        if let Some(page) = self.list.next_page(height) {
            self.read_page(ctx, &page);
        }
    }

    fn read_page(&mut self, ctx: &mut Context, page: &NextPage) {
        let fetch = Fetch::Invitations {
            status: self.shown.status(),
            query: String::new(),
            offset: page.offset,
            limit: page.limit,
        };
        self.list.ask(ctx, self.id, page, fetch);
    }

    /// Shows the invitations of the next states.
    pub fn toggle_states(&mut self, ctx: &mut Context) {
        self.shown = self.shown.next();
        self.list = List::default();
        self.read(ctx, false);
    }

    /// Calls off the reading that is awaited; says whether there was one.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        self.list.call_off(ctx, self.id)
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.list
            .settle(ticket, result, Answer::into_invitations)
            .is_some()
    }
}

//! The organizations view, and the members of one.

use crate::app::{Context, List, NextPage, PaneId, Search, Ticket};
use crate::domain::search::Scope;
use crate::domain::{
    Answer, ApiError, Fetch, Membership, Organization, OrganizationId, Row, Untrusted, UserId,
};

/// The organizations view.
#[derive(Debug)]
pub struct OrganizationsPane {
    id: PaneId,
    /// The rows.
    pub list: List<Organization>,
    /// The search box.
    pub search: Search,
}

impl OrganizationsPane {
    /// A view that has asked for nothing yet.
    pub fn new(id: PaneId) -> Self {
        Self {
            id,
            list: List::default(),
            search: Search::new(Scope::Organizations),
        }
    }

    /// Reads from the beginning. `keep` asks for as many rows as there are.
    pub fn read(&mut self, ctx: &mut Context, keep: bool) {
        let page = self.list.first_page(keep);
        self.search.ask();
        self.read_page(ctx, &page);
    }

    /// Reads the page that is due, if one is.
    pub fn read_on(&mut self, ctx: &mut Context, height: usize) {
        if self.search.is_settled()
            && let Some(page) = self.list.next_page(height)
        {
            self.read_page(ctx, &page);
        }
    }

    fn read_page(&mut self, ctx: &mut Context, page: &NextPage) {
        let fetch = Fetch::Organizations {
            query: ctx.clock.organizations(self.search.latest()).query,
            offset: page.offset,
            limit: page.limit,
        };
        self.list.ask(ctx, self.id, page, fetch);
    }

    /// Searches for the text in the box, unless that was done.
    pub fn search_now(&mut self, ctx: &mut Context) {
        if self.search.is_due() {
            self.read(ctx, false);
        }
    }

    /// Calls off the reading that is awaited; says whether there was one.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        let waited = self.list.call_off(ctx, self.id);
        self.search.fail();
        waited
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let replacing = self.list.is_replacing();
        let settled = self.list.settle(ticket, result, Answer::into_organizations);
        match settled {
            Some(true) if replacing => self.search.answer(),
            Some(false) if replacing => self.search.fail(),
            _ => {}
        }
        if settled == Some(true) {
            self.sift(ctx);
        }
        settled.is_some()
    }

    /// Shows the rows that pass what Clerk does not judge.
    fn sift(&mut self, ctx: &Context) {
        let wanted = ctx.clock.organizations(self.search.latest());
        let passes = |organization: &Organization| wanted.passes(organization);
        self.list.sift((!wanted.is_all_clerks()).then_some(passes));
    }

    /// Takes a wake-up, if it is awaited here; says whether it was.
    pub fn wake(&mut self, ctx: &mut Context, ticket: Ticket) -> bool {
        let rested = self.search.has_rested(ticket);
        if rested {
            self.search_now(ctx);
        }
        rested
    }
}

/// The members of an organization.
#[derive(Debug)]
pub struct MembersPane {
    id: PaneId,
    /// Whose members.
    pub organization: OrganizationId,
    /// Its name.
    pub name: Untrusted,
    /// The rows.
    pub list: List<Membership>,
}

impl MembersPane {
    /// A view that has asked for nothing yet.
    pub fn new(id: PaneId, organization: OrganizationId, name: Untrusted) -> Self {
        Self {
            id,
            organization,
            name,
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
        let fetch = Fetch::Members {
            organization: self.organization.clone(),
            role: None,
            offset: page.offset,
            limit: page.limit,
        };
        self.list.ask(ctx, self.id, page, fetch);
    }

    /// Calls off the reading that is awaited; says whether there was one.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        self.list.call_off(ctx, self.id)
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.list
            .settle(ticket, result, Answer::into_memberships)
            .is_some()
    }

    /// Somebody was deleted: their membership goes.
    pub fn forget(&mut self, user: &UserId) {
        let theirs = |row: &&Membership| row.user.as_ref().is_some_and(|u| u.id == *user);
        let id = self.list.rows().iter().filter_map(Row::read).find(theirs);
        if let Some(id) = id.map(|row| row.id.raw().to_owned()) {
            self.list.remove(&id);
        }
    }
}

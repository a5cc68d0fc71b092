//! The users view: a list that is searched on the server, and a preview.

mod finding;
mod gathering;
mod listing;
mod loading;
mod organization;

use std::sync::Arc;

use crate::app::load::Loading;
use crate::app::{
    Context, Dossier, PaneId, Part, People, Reading, Recent, Remote, Search, Settled, Side, Ticket,
    UserList, Who,
};
use crate::domain::search::Scope;
use crate::domain::{Answer, ApiError, Fetch, Lane, UserFilter, UserId, UserOrder};
use finding::Finding;
use gathering::Gathering;

pub use finding::Landing;
pub use gathering::{Gathered, STILL_READING};
pub use listing::Listing;

/// How long the cursor rests before the preview is read, in milliseconds.
const PREVIEW_REST_MS: u64 = 120;

/// The slot of an end's pages.
const fn part(side: Side) -> Part {
    match side {
        Side::Head => Part::Rows,
        Side::Tail => Part::Tail,
    }
}

/// The users view.
#[derive(Debug)]
pub struct UsersPane {
    id: PaneId,
    /// The rows.
    pub list: UserList,
    /// The search box.
    pub search: Search,
    finding: Finding,
    /// The pasted list whose people are shown.
    listing: Option<Listing>,
    /// The order that the rows are asked for in.
    pub order: UserOrder,
    /// How many users there are.
    pub total: Remote<u64>,
    /// How many the search finds, where that has to be counted.
    found: Remote<u64>,
    /// Everybody whom a search finds, while they are loaded.
    pub loading: Option<Loading>,
    /// That they are to be marked then.
    gathering: Option<Gathering>,
    /// Whom to mark.
    gathered: Option<Gathered>,
    /// Whether the preview is wanted, where there is room for it.
    pub preview: bool,
    /// Ends the wait for the cursor to rest, on this person.
    rest: Option<(Ticket, UserId)>,
    /// Whose preview was read since the cursor came to them.
    tried: Option<UserId>,
}

impl UsersPane {
    /// A view that has asked for nothing yet.
    pub fn new(id: PaneId) -> Self {
        Self {
            id,
            list: UserList::default(),
            search: Search::new(Scope::Users),
            finding: Finding::default(),
            listing: None,
            order: UserOrder::default(),
            total: Remote::default(),
            found: Remote::default(),
            loading: None,
            gathering: None,
            gathered: None,
            preview: true,
            rest: None,
            tried: None,
        }
    }

    /// How many there are in all; asked beside the rows, never before them.
    fn count_all(&mut self, ctx: &mut Context) {
        let all = Fetch::UserCount {
            filter: UserFilter::default().into(),
        };
        let ticket = ctx.fetch(self.id, Part::Total, Lane::Prefetch, all);
        self.total.wait_for(ticket, ctx.now.moment);
    }

    /// How many the search finds. Rows that are all there need no counting.
    fn count_found(&mut self, ctx: &mut Context) {
        let filter = self.list.roll().filter();
        if !filter.is_open() && !self.list.roll().is_complete() {
            let filter = Arc::clone(filter);
            let ticket = ctx.fetch(
                self.id,
                Part::Found,
                Lane::Prefetch,
                Fetch::UserCount { filter },
            );
            self.found.wait_for(ticket, ctx.now.moment);
        }
    }

    /// How many the search found, as soon as that is known.
    pub fn found(&self) -> Option<u64> {
        if let Some(judged) = self.list.judged() {
            return Some(judged as u64);
        }
        let read = self.list.roll().len() as u64;
        // Of the metadata Clerk's count knows nothing.
        if self.list.roll().is_complete() || !self.list.roll().filter().is_all_clerks() {
            return Some(read);
        }
        self.found.value().map(|found| (*found).max(read))
    }

    /// How many rows between the first and the last ones were not read.
    pub fn unread(&self) -> Option<u64> {
        let read = self.list.roll().received() as u64;
        self.listed().map(|all| all.saturating_sub(read))
    }

    /// How many rows the server's list has, as far as that is known.
    fn listed(&self) -> Option<u64> {
        let roll = self.list.roll();
        let all = if roll.filter().is_open() {
            self.total.value()
        } else {
            self.found.value()
        };
        roll.total().or(all.copied())
    }

    /// Reads the page that is due, if one is.
    pub fn read_on(&mut self, ctx: &mut Context, height: usize) {
        if self.search.is_settled()
            && self.listing.is_none()
            && let Some(side) = self.list.due(height)
        {
            self.read_side(ctx, side);
        }
    }

    fn read_side(&mut self, ctx: &mut Context, side: Side) {
        let (fetch, reading) = self.list.read_on(side);
        self.read_page(ctx, side, fetch, reading);
    }

    /// Reads the page that failed once more.
    pub fn retry(&mut self, ctx: &mut Context, people: &People) {
        if self.listing.is_some() {
            return self.go_on(ctx);
        }
        let failed = |side: &Side| self.list.roll().load(*side).error().is_some();
        if self.list.failed_replacing() || !self.search.is_settled() {
            self.read(ctx, people, true);
        } else if let Some(side) = [Side::Tail, Side::Head].into_iter().find(failed) {
            self.read_side(ctx, side);
        }
    }

    /// Something was changed: a page under way may be older than that, so it is
    /// asked for anew.
    pub fn ask_again(&mut self, ctx: &mut Context) {
        self.ask_list_again(ctx);
        if let Some(loading) = &mut self.loading {
            loading.ask_again(ctx);
        }
        let Some((side, fetch, reading)) = self.list.awaited() else {
            return;
        };
        self.read_page(ctx, side, fetch, reading);
    }

    fn read_page(&mut self, ctx: &mut Context, side: Side, fetch: Fetch, reading: Reading) {
        let ticket = ctx.fetch(self.id, part(side), Lane::Hands, fetch);
        self.list.wait_for(side, ticket, ctx.now.moment, reading);
    }

    /// Searches for the text in the box, unless that was done.
    pub fn search_now(&mut self, ctx: &mut Context, people: &People) {
        if self.search.is_due() {
            self.read(ctx, people, false);
        } else if self.search.answers() {
            self.show_answered();
        }
    }

    /// Chooses an order and reads anew.
    pub fn set_order(&mut self, ctx: &mut Context, people: &People, order: UserOrder) {
        self.order = order;
        if self.listing.is_some() {
            return self.show_listed(people);
        }
        self.read(ctx, people, false);
    }

    /// Calls off the reading that is awaited; says whether there was one.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        if self.list.is_replacing() {
            self.order = self.list.roll().order();
        }
        let waited = self.stop_list(ctx) | self.list.give_up();
        if waited {
            ctx.abort(self.id, Part::Rows);
            ctx.abort(self.id, Part::Tail);
        }
        self.fail_search();
        waited
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        if self.total.settle(ticket, result, Answer::into_count)
            || self.found.settle(ticket, result, Answer::into_count)
            || self.settle_loading(ctx, people, ticket, result)
        {
            return true;
        }
        if self.settle_list(ctx, people, ticket, result) {
            return true;
        }
        if self.settle_organization(ctx, people, ticket, result) {
            return true;
        }
        let replacing = self.list.is_replacing();
        match self.list.settle(people, ticket, result) {
            None => return false,
            Some(Settled::Replaced | Settled::Read) if replacing && self.falls_back() => {
                self.read(ctx, people, false);
            }
            Some(Settled::Replaced | Settled::Read) if replacing => {
                self.judge(ctx, people);
                self.found = Remote::default();
                self.count_found(ctx);
            }
            Some(Settled::Read) => self.judge_again(ctx, people),
            Some(Settled::Failed) if replacing => self.fail_search(),
            Some(Settled::AskAgain(side)) => self.read_side(ctx, side),
            Some(_) => {}
        }
        true
    }

    /// Somebody was deleted: their row goes and, where they are `counted` still,
    /// one of the total; one of the find, too, if it had found them.
    pub fn forget(&mut self, who: Option<Who>, counted: bool) {
        if let (Some(loading), Some(who)) = (&mut self.loading, who) {
            loading.forget(who);
        }
        let found = who.is_some_and(|who| self.list.forget(who));
        for (count, lessens) in [(&mut self.total, counted), (&mut self.found, found)] {
            if let Some(n) = count.value().copied().filter(|_| lessens) {
                count.put(n.saturating_sub(1));
            }
        }
    }

    /// The cursor may have moved: reads the preview once it has rested.
    pub fn rest(&mut self, ctx: &mut Context, people: &People, recent: &Recent) {
        let selected = self.list.selected().and_then(|who| people.row(who));
        let selected = selected.map(|row| row.id);
        if self.tried != selected {
            self.tried = None;
        }
        // While the limit is short it is kept for what somebody asks for.
        let wanted =
            selected.filter(|id| self.needs_reading(recent.get(id)) && !ctx.pace.is_busy());
        let Some(id) = wanted else {
            self.rest = None;
            return;
        };
        if self.rest.as_ref().is_none_or(|(_, resting)| *resting != id) {
            let ticket = ctx.wake(PREVIEW_REST_MS);
            self.rest = Some((ticket, id));
        }
    }

    /// The preview that failed is worth another try.
    pub fn try_preview_again(&mut self) {
        self.tried = None;
    }

    /// What failed is tried again only when the cursor comes anew.
    fn needs_reading(&self, dossier: Option<&Dossier>) -> bool {
        dossier.is_none_or(|dossier| {
            let failed = dossier.has_failed() && self.tried.as_ref() != Some(&dossier.id);
            !dossier.is_waiting() && (failed || !dossier.is_settled())
        })
    }

    /// Takes a wake-up, if it is awaited here; says whether it was.
    pub fn wake(
        &mut self,
        ctx: &mut Context,
        people: &People,
        recent: &mut Recent,
        ticket: Ticket,
    ) -> bool {
        if self.search.has_rested(ticket) {
            self.search_now(ctx, people);
            return true;
        }
        if self.wake_loading(ctx, ticket) {
            return true;
        }
        if self
            .rest
            .as_ref()
            .is_none_or(|(awaited, _)| *awaited != ticket)
        {
            return false;
        }
        if let Some((_, id)) = self.rest.take() {
            // The runtime aborts what is read in the same slots for somebody else.
            for dossier in recent.iter_mut() {
                dossier.give_up(ctx, self.id);
            }
            recent.open(&id).read(ctx, self.id, Lane::Prefetch);
            self.tried = Some(id);
        }
        true
    }
}

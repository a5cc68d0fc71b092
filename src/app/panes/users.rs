//! The users view: a list that is searched on the server, and a preview.

use crate::app::{Context, Dossier, List, NextPage, PaneId, Part, Recent, Remote, Search, Ticket};
use crate::domain::{Answer, ApiError, Fetch, Lane, Start, UserFilter, UserId, UserOrder, UserRow};

/// How long the cursor rests before the preview is read, in milliseconds.
const PREVIEW_REST_MS: u64 = 120;

/// The users view.
#[derive(Debug)]
pub struct UsersPane {
    id: PaneId,
    /// The rows.
    pub list: List<UserRow>,
    /// The search box.
    pub search: Search,
    /// The order that the rows are asked for in.
    pub order: UserOrder,
    /// The order that the rows on the screen stand in.
    shown: UserOrder,
    /// How many users there are.
    pub total: Remote<u64>,
    /// How many the search finds, where that has to be counted.
    found: Remote<u64>,
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
            list: List::default(),
            search: Search::default(),
            order: UserOrder::default(),
            shown: UserOrder::default(),
            total: Remote::default(),
            found: Remote::default(),
            preview: true,
            rest: None,
            tried: None,
        }
    }

    /// Reads from the beginning. `keep` asks for as many rows as there are.
    pub fn read(&mut self, ctx: &mut Context, keep: bool) {
        let page = self.list.first_page(keep);
        self.search.ask();
        self.read_page(ctx, Lane::Hands, &page);
        if keep || self.total.value().is_none() {
            self.count_all(ctx);
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
        let query = self.search.answered().to_owned();
        if !query.is_empty() && !self.list.is_complete() {
            let found = Fetch::UserCount {
                filter: UserFilter::text(query).into(),
            };
            let ticket = ctx.fetch(self.id, Part::Found, Lane::Prefetch, found);
            self.found.wait_for(ticket, ctx.now.moment);
        }
    }

    /// How many the search found, as soon as that is known.
    pub fn found(&self) -> Option<u64> {
        let read = self.list.rows().len() as u64;
        if self.list.is_complete() {
            return Some(read);
        }
        self.found.value().map(|found| (*found).max(read))
    }

    /// Reads the page that is due, if one is.
    pub fn read_on(&mut self, ctx: &mut Context, height: usize) {
        if self.search.is_settled()
            && let Some(page) = self.list.next_page(height)
        {
            self.read_page(ctx, Lane::Hands, &page);
        }
    }

    /// Reads the page that failed once more.
    pub fn retry(&mut self, ctx: &mut Context) {
        if self.list.failed_replacing() || !self.search.is_settled() {
            self.read(ctx, true);
        } else {
            let page = self.list.page_after();
            self.read_page(ctx, Lane::Hands, &page);
        }
    }

    /// Something was changed: a page under way may be older than that, so it is
    /// asked for anew.
    pub fn ask_again(&mut self, ctx: &mut Context) {
        let Some(page) = self.list.awaited_page() else {
            return;
        };
        if self.list.is_replacing() {
            self.search.ask();
        }
        self.read_page(ctx, Lane::Hands, &page);
    }

    fn read_page(&mut self, ctx: &mut Context, lane: Lane, page: &NextPage) {
        let fetch = Fetch::Users {
            filter: UserFilter::text(self.search.text()).into(),
            order: self.order,
            start: self.start_of(page),
            limit: page.limit,
        };
        let ticket = ctx.fetch(self.id, Part::Rows, lane, fetch);
        self.list.wait_for(ticket, ctx.now.moment, page);
    }

    /// The cursor where Clerk has one for this order, the offset elsewhere.
    fn start_of(&self, page: &NextPage) -> Start {
        let after = page
            .after
            .as_ref()
            .and_then(|id| UserId::new(id.raw()).ok());
        match after {
            _ if page.offset == 0 => Start::First,
            Some(id) if self.order.has_cursor() => Start::After(id),
            _ => Start::Offset(page.offset),
        }
    }

    /// Searches for the text in the box, unless that was done.
    pub fn search_now(&mut self, ctx: &mut Context) {
        if self.search.is_due() {
            self.read(ctx, false);
        }
    }

    /// Chooses an order and reads anew.
    pub fn set_order(&mut self, ctx: &mut Context, order: UserOrder) {
        self.order = order;
        self.read(ctx, false);
    }

    /// Calls off the reading that is awaited; says whether there was one.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        if self.list.is_replacing() {
            self.order = self.shown;
        }
        let waited = self.list.give_up();
        if waited {
            ctx.abort(self.id, Part::Rows);
        }
        self.search.fail();
        waited
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        if self.total.settle(ticket, result, Answer::into_count)
            || self.found.settle(ticket, result, Answer::into_count)
        {
            return true;
        }
        let replacing = self.list.is_replacing();
        let Some(counted) = self.list.settle(ticket, result, Answer::into_users) else {
            return false;
        };
        match (counted, replacing) {
            (true, true) => {
                self.search.answer();
                self.shown = self.order;
                self.found = Remote::default();
                self.count_found(ctx);
            }
            (false, true) => self.search.fail(),
            (_, false) => {}
        }
        true
    }

    /// Somebody was deleted: their row goes and, where they are `counted` still,
    /// one of the total; one of the find, too, if it had found them.
    pub fn forget(&mut self, user: &UserId, counted: bool) {
        let found = self.list.remove(user.as_str());
        for (count, lessens) in [(&mut self.total, counted), (&mut self.found, found)] {
            if let Some(n) = count.value().copied().filter(|_| lessens) {
                count.put(n.saturating_sub(1));
            }
        }
    }

    /// The cursor may have moved: reads the preview once it has rested.
    pub fn rest(&mut self, ctx: &mut Context, recent: &Recent) {
        let selected = self.list.selected().map(|row| row.id.clone());
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

    /// What failed is tried again only when the cursor comes anew.
    fn needs_reading(&self, dossier: Option<&Dossier>) -> bool {
        dossier.is_none_or(|dossier| {
            let failed = dossier.has_failed() && self.tried.as_ref() != Some(&dossier.id);
            !dossier.is_waiting() && (failed || !dossier.is_settled())
        })
    }

    /// Takes a wake-up, if it is awaited here; says whether it was.
    pub fn wake(&mut self, ctx: &mut Context, recent: &mut Recent, ticket: Ticket) -> bool {
        if self.search.has_rested(ticket) {
            self.search_now(ctx);
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

//! Loading everybody whom a search finds, several pages at a time.
//!
//! A cursor depends on its last answer, so time is cut into windows of
//! `created_at`, and each is walked from its newest row down. First comes the
//! number of people, then the oldest of them, then the windows. Whoever is
//! there from the start to the end is read, once, whatever is created and
//! deleted meanwhile: a cursor whose user is gone goes on from their time, and
//! who comes twice is dropped by id.

mod answers;
mod errand;
mod harvest;
mod sort;
mod walker;
mod windows;
pub mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::roll::LARGEST_PAGE;
use super::{Context, PaneId, Part, People, Rows, Ticket, Who};
use crate::domain::{
    Answer, ApiError, Fetch, Lane, Start, Timestamp, Unreadable, UserFilter, UserOrder, UserPage,
};
use errand::Errand;
use harvest::Harvest;
use walker::Walker;

/// The most who walk at the same time: at 200 ms to Clerk and back they use up
/// the whole limit of a production instance.
const MOST_WALKERS: usize = 24;
/// As many walk under a small limit.
const FEW_WALKERS: usize = 8;
/// So many requests in 10 s are one walker's at 200 ms each, with some to spare.
const REQUESTS_OF_ONE: usize = 40;
/// So many pages make the short one at a walker's end cheap.
const PAGES_OF_ONE: usize = 40;

/// What is known before a load begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// How many there are to load.
    pub total: Option<u64>,
    /// When the newest of them was created that was read before.
    pub newest: Option<Timestamp>,
    /// How many people were known, whoever they are.
    pub people: usize,
}

/// A load, from its start until everybody was read or it is stopped.
#[derive(Debug)]
pub struct Loading {
    pane: PaneId,
    filter: Arc<UserFilter>,
    order: UserOrder,
    known: Known,
    stage: Stage,
    /// The request of the first two stages.
    first: Errand,
    walkers: [Option<Walker>; MOST_WALKERS],
    harvest: Harvest,
    is_paused: bool,
}

/// How far a load is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// They are counted.
    Counting,
    /// The oldest are read.
    Oldest,
    /// The windows are walked.
    Walking,
}

/// What an answer did to a load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes on.
    Reading,
    /// It paused by itself, for this reason.
    Paused(ApiError),
    /// Everybody was read.
    Complete,
}

impl Loading {
    /// Begins to load everybody whom `filter` finds, for a list in an order.
    pub fn start(
        ctx: &mut Context,
        pane: PaneId,
        filter: Arc<UserFilter>,
        order: UserOrder,
        known: Known,
    ) -> Self {
        let mut loading = Self {
            pane,
            filter,
            order,
            known,
            stage: Stage::Counting,
            first: Errand::default(),
            walkers: Default::default(),
            harvest: Harvest::default(),
            is_paused: false,
        };
        loading.go_on(ctx);
        loading
    }

    /// Whom it loads.
    pub const fn filter(&self) -> &Arc<UserFilter> {
        &self.filter
    }

    /// The order of the list that it is for.
    pub const fn order(&self) -> UserOrder {
        self.order
    }

    /// Whether it is paused.
    pub const fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// How many people were read; where metadata is judged, how many were looked at.
    pub fn done(&self) -> u64 {
        if self.filter.is_all_clerks() {
            self.harvest.count
        } else {
            let most = self.known.total.unwrap_or(u64::MAX);
            self.harvest.received.min(most)
        }
    }

    /// How many there are in all, as far as that is known.
    pub fn total(&self) -> Option<u64> {
        self.known.total.map(|total| total.max(self.done()))
    }

    /// People a second, lately.
    pub fn rate(&self) -> Option<u64> {
        self.harvest.rate()
    }

    /// When the latest page arrived.
    pub const fn read_at(&self) -> Timestamp {
        self.harvest.read_at
    }

    /// The rows that could not be read.
    pub fn odd(&self) -> &[Unreadable] {
        self.harvest.odd()
    }

    /// Everybody read, in the order in which they came.
    pub fn people(&self) -> Vec<Who> {
        self.harvest.people()
    }

    /// Everybody read, in the order of the list; `None` where the rows do not
    /// hold what it goes by.
    pub fn sorted(&self, rows: &Rows) -> Option<Vec<Who>> {
        sort::sorted(self.order, rows, self.harvest.people())
    }

    /// Asks for everything that may be asked for now.
    pub fn go_on(&mut self, ctx: &mut Context) {
        self.is_paused = false;
        match self.stage {
            Stage::Counting => {
                let filter = UserFilter {
                    metadata: Vec::new(),
                    ..(*self.filter).clone()
                };
                let filter = filter.into();
                self.ask_first(ctx, Fetch::UserCount { filter });
            }
            Stage::Oldest => {
                let oldest = Fetch::Users {
                    filter: Arc::clone(&self.filter),
                    order: UserOrder::NEWEST.reversed(),
                    start: Start::First,
                    limit: LARGEST_PAGE,
                };
                self.ask_first(ctx, oldest);
            }
            Stage::Walking => self.walk(ctx),
        }
    }

    fn ask_first(&mut self, ctx: &mut Context, fetch: Fetch) {
        if self.first.is_idle() {
            let ticket = ctx.fetch(self.pane, Part::Window(0), Lane::Background, fetch);
            self.first.ask(ticket, ctx.now.moment);
        }
    }

    fn walk(&mut self, ctx: &mut Context) {
        let most = walkers(ctx, self.known.total);
        let unread = self.known.total.map(|t| t.saturating_sub(self.done()));
        while self.walkers.iter().flatten().count() < most
            && let Some(other) = windows::split(&mut self.walkers, unread)
        {
            let Some(free) = self.walkers.iter_mut().find(|walker| walker.is_none()) else {
                break;
            };
            *free = Some(other);
        }
        for (n, walker) in self.walkers.iter_mut().enumerate() {
            if let Some(walker) = walker
                && walker.errand.is_idle()
            {
                let fetch = walker.fetch(&self.filter);
                let ticket = ctx.fetch(self.pane, part(n), Lane::Background, fetch);
                walker.errand.ask(ticket, ctx.now.moment);
            }
        }
    }

    /// Stops asking until it is told to go on; what is under way is called off.
    pub fn pause(&mut self, ctx: &mut Context) {
        self.is_paused = true;
        self.call_off(ctx);
        self.harvest.rest();
    }

    /// Calls off what is under way.
    pub fn call_off(&mut self, ctx: &mut Context) {
        if self.first.call_off() {
            ctx.abort(self.pane, Part::Window(0));
        }
        for (n, walker) in self.walkers.iter_mut().enumerate() {
            if let Some(walker) = walker
                && walker.errand.call_off()
            {
                ctx.abort(self.pane, part(n));
            }
        }
    }

    /// Somebody was changed: what is under way may be older than that, so it is
    /// asked for anew.
    pub fn ask_again(&mut self, ctx: &mut Context) {
        if !self.is_paused {
            self.call_off(ctx);
            self.go_on(ctx);
        }
    }

    /// Somebody was deleted.
    pub fn forget(&mut self, who: Who) {
        if self.harvest.forget(who) {
            self.known.total = self.known.total.map(|total| total.saturating_sub(1));
        }
    }

    /// Takes a wake-up, if it is awaited here; says whether it was.
    pub fn wake(&mut self, ctx: &mut Context, ticket: Ticket) -> bool {
        let walkers = self.walkers.iter_mut().flatten();
        let rested = walkers
            .map(|walker| &mut walker.errand)
            .chain([&mut self.first])
            .any(|errand| errand.has_rested(ticket));
        if rested {
            self.go_on(ctx);
        }
        rested
    }

    /// Takes the answer to `ticket`; `None`: it is not awaited here.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> Option<Step> {
        if let Some(asked) = self.first.awaits(ticket) {
            let result = result.clone();
            return Some(match self.stage {
                Stage::Counting => self.counted(ctx, result),
                _ => match result.and_then(page_of) {
                    Ok(page) => {
                        let read = people.learn_asked(&page, asked);
                        self.harvest.take_backwards(&page, &read);
                        self.cut(ctx, &page)
                    }
                    Err(error) => self.failed_first(ctx, error),
                },
            });
        }
        let found = self.walkers.iter().enumerate().find_map(|(n, walker)| {
            let asked = walker.as_ref()?.errand.awaits(ticket)?;
            Some((n, asked))
        });
        let (n, asked) = found?;
        Some(match result.clone().and_then(page_of) {
            Ok(page) => {
                let read = people.learn_asked(&page, asked);
                self.harvest.take(&page, &read);
                self.took(ctx, n, &page)
            }
            Err(error) => self.failed(ctx, n, error),
        })
    }
}

/// How many walk at once: as many as the share needs, and more where there are
/// many pages, since each costs a short page at its end.
fn walkers(ctx: &Context, total: Option<u64>) -> usize {
    let share = match ctx.pace.background {
        0 => usize::MAX,
        share => share as usize,
    };
    let pages = usize::try_from(total.unwrap_or(0) / 500).unwrap_or(usize::MAX);
    let wanted = (share / REQUESTS_OF_ONE).max(pages / PAGES_OF_ONE);
    wanted.clamp(FEW_WALKERS, MOST_WALKERS).min(share)
}

/// The slot of a walker.
fn part(walker: usize) -> Part {
    Part::Window(u8::try_from(walker + 1).unwrap_or(u8::MAX))
}

fn page_of(answer: Answer) -> Result<Arc<UserPage>, ApiError> {
    answer.into_users().ok_or_else(super::remote::wrong_answer)
}

//! Users in an order, read from either end.

mod run;

use std::sync::Arc;

use crate::domain::{
    ApiError, Fetch, Span, Start, Timestamp, Unreadable, UserFilter, UserOrder, UserPage,
};

use super::{Crowd, Load, Marks, Moment, Ticket, Who};
use run::Run;

pub use run::Entry;

/// Rows in the first page; a screenful, soon there.
const FIRST_PAGE: u32 = 100;
/// Rows in the pages after it.
const NEXT_PAGE: u32 = 250;
/// The most that Clerk gives in one page.
pub const LARGEST_PAGE: u32 = 500;

/// An end of a list that is read on from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the first row on.
    Head,
    /// From the last row back, by asking for the opposite order.
    Tail,
}

/// Everybody whom a filter finds, in an order: the first rows, the last rows,
/// and perhaps a gap between them that was not read.
#[derive(Debug, Default)]
pub struct Roll {
    filter: Arc<UserFilter>,
    order: UserOrder,
    head: Run,
    /// Its first entry is the last row of the list. Empty once the runs have met.
    tail: Run,
    unreadable: Vec<Unreadable>,
    complete: bool,
    /// Whether the order is one that was made here.
    sorted_here: bool,
    /// `total_count`, where an answer had one.
    total: Option<u64>,
    read_at: Option<Timestamp>,
}

/// A page that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// `limit`
    pub limit: u32,
    /// Whether it begins the list anew.
    pub replaces: bool,
}

impl Roll {
    /// A list of which nothing was read.
    pub fn new(filter: Arc<UserFilter>, order: UserOrder) -> Self {
        Self {
            filter,
            order,
            ..Self::default()
        }
    }

    /// Whom it is about.
    pub const fn filter(&self) -> &Arc<UserFilter> {
        &self.filter
    }

    /// The order of its rows.
    pub const fn order(&self) -> UserOrder {
        self.order
    }

    /// The rows from the first one on, without a gap.
    pub fn head(&self) -> &[Entry] {
        &self.head.entries
    }

    /// The rows from the last one back; empty where the head reaches them.
    pub fn tail(&self) -> &[Entry] {
        &self.tail.entries
    }

    /// Whether every row was read.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether the order is one that was made here, of what rows hold.
    pub const fn is_sorted_here(&self) -> bool {
        self.sorted_here
    }

    /// How many rows were read.
    pub fn len(&self) -> usize {
        self.head.entries.len() + self.tail.entries.len()
    }

    /// How many rows the answers had: more, where metadata kept some out.
    pub const fn received(&self) -> usize {
        self.head.received as usize + self.tail.received as usize
    }

    /// Whether no row was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `total_count` of the latest page, where it had one.
    pub const fn total(&self) -> Option<u64> {
        self.total
    }

    /// When the latest page was read.
    pub const fn read_at(&self) -> Option<Timestamp> {
        self.read_at
    }

    /// How the latest page of that end stands.
    pub const fn load(&self, side: Side) -> &Load {
        &self.run(side).load
    }

    /// The page of that end that is under way, or failed last.
    pub const fn reading(&self, side: Side) -> Option<Reading> {
        self.run(side).reading
    }

    /// Why a row could not be read.
    pub fn why_unreadable(&self, entry: Entry) -> Option<&Unreadable> {
        entry
            .who()
            .is_none()
            .then(|| self.unreadable.get(entry.number()))?
    }

    /// Whether somebody is among the rows read.
    pub fn has(&self, who: Who) -> bool {
        self.head.within.has(who) || self.tail.within.has(who)
    }

    /// How many of the people read are marked.
    pub fn marked(&self, marks: &Marks) -> usize {
        marks.within(&self.head.within) + marks.within(&self.tail.within)
    }

    const fn run(&self, side: Side) -> &Run {
        match side {
            Side::Head => &self.head,
            Side::Tail => &self.tail,
        }
    }

    const fn run_mut(&mut self, side: Side) -> &mut Run {
        match side {
            Side::Head => &mut self.head,
            Side::Tail => &mut self.tail,
        }
    }

    /// Whether a page of that end may be asked for now: nothing is awaited
    /// there, the last page did not fail, and there is more.
    pub fn may_read(&self, side: Side) -> bool {
        !self.complete && matches!(self.run(side).load, Load::Idle)
    }

    /// The first page; as many rows as there are, with `keep`, so that a
    /// refresh loses nobody's place.
    pub fn anew(&self, keep: bool) -> Reading {
        let have = u32::try_from(self.head.entries.len()).unwrap_or(u32::MAX);
        let most = if keep { LARGEST_PAGE } else { FIRST_PAGE };
        Reading {
            limit: have.clamp(FIRST_PAGE, most),
            replaces: true,
        }
    }

    /// The page that follows.
    pub const fn on(&self, side: Side) -> Reading {
        Reading {
            limit: match self.run(side).mark {
                Some(_) => NEXT_PAGE,
                None => FIRST_PAGE,
            },
            replaces: false,
        }
    }

    /// The request for a page.
    pub fn fetch(&self, side: Side, reading: Reading) -> Fetch {
        let run = self.run(side);
        let order = match side {
            Side::Head => self.order,
            Side::Tail => self.order.reversed(),
        };
        let mut filter = Arc::clone(&self.filter);
        let start = match &run.mark {
            _ if reading.replaces => Start::First,
            None => Start::First,
            Some(mark) if order.has_cursor() => match mark.created.filter(|_| run.mark_is_gone) {
                Some(created) => {
                    let within = beyond(filter.created, order, created);
                    Arc::make_mut(&mut filter).created = within;
                    Start::First
                }
                None if run.mark_is_gone => Start::Offset(run.received),
                None => Start::After(mark.id.clone()),
            },
            Some(_) => Start::Offset(run.received),
        };
        Fetch::Users {
            filter,
            order,
            start,
            limit: reading.limit,
        }
    }

    /// Awaits the page that was asked for by `ticket`.
    pub fn wait_for(&mut self, side: Side, ticket: Ticket, since: Moment, reading: Reading) {
        let run = self.run_mut(side);
        run.load = Load::Waiting { ticket, since };
        run.reading = Some(reading);
    }

    /// Awaits nothing any more; says whether anything was awaited.
    pub fn give_up(&mut self, side: Side) -> bool {
        self.run_mut(side).load.give_up()
    }

    /// Which end awaits this answer, if one does.
    pub fn awaits(&self, ticket: Ticket) -> Option<Side> {
        [Side::Head, Side::Tail]
            .into_iter()
            .find(|side| self.run(*side).load.awaits(ticket))
    }

    /// The page that is awaited failed. Says whether to ask once more: behind
    /// somebody who is gone Clerk reads on by their time instead.
    pub fn fail(&mut self, side: Side, error: ApiError) -> bool {
        let has_cursor = self.order.has_cursor();
        let run = self.run_mut(side);
        let behind = run.mark.is_some() && run.reading.is_some_and(|r| !r.replaces);
        let refused = matches!(error.status, Some(404 | 422));
        if has_cursor && behind && refused && !run.mark_is_gone {
            run.mark_is_gone = true;
            run.load = Load::Idle;
            return true;
        }
        run.load = Load::Failed(error);
        false
    }

    /// Takes the page that is awaited; `people` tells for each of its rows who it is.
    pub fn take(&mut self, side: Side, page: &UserPage, people: &[Option<Who>]) {
        let run = self.run_mut(side);
        run.load = Load::Idle;
        let Some(reading) = run.reading.take() else {
            return;
        };
        self.read_at = Some(page.read_at);
        self.total = page.total.or(self.total);
        let entries = self.entries_of(page, people);
        if reading.replaces {
            if self.refresh(&entries) {
                return;
            }
            self.head = Run::default();
            self.tail = Run::default();
            self.sorted_here = false;
        }
        let (run, other) = match side {
            Side::Head => (&mut self.head, &self.tail),
            Side::Tail => (&mut self.tail, &self.head),
        };
        let before = run.entries.len();
        let met = other.is_met_by(&entries);
        run.append(&entries, &other.within);
        let nothing = run.advance(page, before);
        // A short page is the last one, unless the server itself says that
        // there are more.
        let short = page.received < reading.limit as usize;
        let more = page.total.is_some_and(|all| all > u64::from(run.received));
        self.complete = met || nothing || (short && !more);
        if self.complete {
            self.join();
        }
    }

    /// The beginning was read again. What stands behind it stays, if that is
    /// still known: says whether it is.
    fn refresh(&mut self, first: &[Entry]) -> bool {
        let head = &mut self.head;
        let last = first.iter().rev().find(|entry| entry.who().is_some());
        let place = last.and_then(|last| head.entries.iter().position(|entry| entry == last));
        let Some(place) = place.filter(|place| place + 1 < head.entries.len()) else {
            return false;
        };
        let before = u32::try_from(head.entries.len()).unwrap_or(u32::MAX);
        let rest = head.entries.split_off(place + 1);
        head.entries.clear();
        head.within = Crowd::default();
        head.append(first, &self.tail.within);
        head.append(&rest, &Crowd::default());
        let now = u32::try_from(head.entries.len()).unwrap_or(u32::MAX);
        head.received = head.received.saturating_add(now).saturating_sub(before);
        true
    }

    /// The rows of a page as entries; the same unreadable row is the same entry.
    fn entries_of(&mut self, page: &UserPage, people: &[Option<Who>]) -> Vec<Entry> {
        let entry = |(row, who): (usize, &Option<Who>)| match who {
            Some(who) => Some((*who).into()),
            None => page.unreadable(row).map(|odd| self.unreadable_entry(odd)),
        };
        people.iter().enumerate().filter_map(entry).collect()
    }

    fn unreadable_entry(&mut self, odd: &Unreadable) -> Entry {
        let known = self
            .unreadable
            .iter()
            .position(|other| other.id.is_some() && other.id == odd.id);
        let number = known.unwrap_or_else(|| {
            self.unreadable.push(odd.clone());
            self.unreadable.len() - 1
        });
        Entry::unreadable(number)
    }

    /// The ends have met: there is one run only.
    fn join(&mut self) {
        let tail = std::mem::take(&mut self.tail);
        self.head.entries.extend(tail.entries.iter().rev());
        self.head.within.merge(&tail.within);
        self.head.received = self.head.received.saturating_add(tail.received);
    }

    /// Everybody was read another way: these are they, in this order, and some
    /// rows that could not be read.
    pub fn fill(&mut self, people: Vec<Who>, odd: &[Unreadable], read_at: Timestamp) {
        let within = people.iter().copied().collect();
        let odd = odd.iter().map(|odd| self.unreadable_entry(odd));
        let odd: Vec<Entry> = odd.collect();
        let people = people.into_iter().map(Entry::from);
        let entries: Vec<Entry> = people.chain(odd).collect();
        self.head = Run {
            received: u32::try_from(entries.len()).unwrap_or(u32::MAX),
            entries,
            within,
            ..Run::default()
        };
        self.tail = Run::default();
        self.complete = true;
        self.sorted_here = !self.order.has_cursor();
        self.read_at = Some(read_at);
    }

    /// Somebody is gone; says whether they were here.
    pub fn forget(&mut self, who: Who) -> bool {
        let runs = [&mut self.head, &mut self.tail];
        let was_here = runs.into_iter().any(|run| run.forget(who));
        if was_here {
            self.total = self.total.map(|total| total.saturating_sub(1));
        }
        was_here
    }
}

/// What lies beyond a time in an order. The API does not promise whether the
/// ends belong to a span, so it reaches over by a millisecond; who comes twice
/// is dropped by id.
fn beyond(span: Span, order: UserOrder, at: Timestamp) -> Span {
    if order.descending {
        let before = at.plus_millis(1);
        Span {
            before: Some(span.before.map_or(before, |end| end.min(before))),
            ..span
        }
    } else {
        let after = at.plus_millis(-1);
        Span {
            after: Some(span.after.map_or(after, |end| end.max(after))),
            ..span
        }
    }
}

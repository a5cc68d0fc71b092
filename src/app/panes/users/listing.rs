//! The people of a pasted list, looked up a hundred at a time.

use std::collections::HashSet;
use std::sync::Arc;

use super::UsersPane;
use crate::app::{Context, Crowd, Fate, PaneId, Part, People, Ticket, Who, rank, remote};
use crate::domain::search::{Entry, MOST_ENTRIES, batches};
use crate::domain::{Answer, ApiError, Fetch, Lane, Timestamp, UserFilter};

/// Requests under way at the same time.
const SLOTS: u8 = 4;

/// A pasted list, and how far it was looked up.
#[derive(Debug)]
pub struct Listing {
    entries: Arc<[Entry]>,
    batches: Vec<Batch>,
    /// Those that nobody has, in the order of the list; once all are looked up.
    missing: Vec<Entry>,
    read_at: Option<Timestamp>,
}

/// What one request asks for.
#[derive(Debug)]
struct Batch {
    filter: Arc<UserFilter>,
    entries: Arc<[Entry]>,
    stage: Stage,
    /// Whom it found last.
    found: Vec<Who>,
    missing: Vec<Entry>,
}

#[derive(Debug)]
enum Stage {
    /// To be asked for.
    Open,
    Asked(Ticket, u8),
    Done,
    Failed(ApiError),
    /// Called off.
    Stopped,
}

impl Batch {
    fn fetch(&self) -> Fetch {
        Fetch::UsersListed {
            filter: Arc::clone(&self.filter),
            entries: Arc::clone(&self.entries),
        }
    }

    const fn slot(&self) -> Option<u8> {
        match self.stage {
            Stage::Asked(_, slot) => Some(slot),
            _ => None,
        }
    }
}

impl Listing {
    fn new(entries: Arc<[Entry]>) -> Self {
        let batches = batches(&entries).into_iter();
        let batches = batches.map(|(filter, entries)| Batch {
            filter: filter.into(),
            entries: entries.into(),
            stage: Stage::Open,
            found: Vec::new(),
            missing: Vec::new(),
        });
        Self {
            batches: batches.collect(),
            entries,
            missing: Vec::new(),
            read_at: None,
        }
    }

    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many of them were looked up.
    pub fn looked_up(&self) -> usize {
        let done = self.batches.iter();
        let done = done.filter(|batch| matches!(batch.stage, Stage::Done));
        done.map(|batch| batch.entries.len()).sum()
    }

    /// Whether all of them were.
    pub fn is_complete(&self) -> bool {
        self.looked_up() == self.len()
    }

    /// Whether answers are awaited.
    pub fn is_waiting(&self) -> bool {
        self.batches.iter().any(|batch| batch.slot().is_some())
    }

    /// Why some could not be looked up.
    pub fn error(&self) -> Option<&ApiError> {
        self.batches.iter().find_map(|batch| match &batch.stage {
            Stage::Failed(error) => Some(error),
            _ => None,
        })
    }

    /// Those that nobody has, once all were looked up.
    pub fn missing(&self) -> &[Entry] {
        &self.missing
    }

    /// When the latest answer came.
    pub const fn read_at(&self) -> Option<Timestamp> {
        self.read_at
    }

    /// Asks for as much as may be asked for at once.
    fn send(&mut self, ctx: &mut Context, pane: PaneId) {
        let taken: Vec<u8> = self.batches.iter().filter_map(Batch::slot).collect();
        let free = (0..SLOTS).filter(|slot| !taken.contains(slot));
        let open = self.batches.iter_mut();
        let open = open.filter(|batch| matches!(batch.stage, Stage::Open));
        for (batch, slot) in open.zip(free) {
            let ticket = ctx.fetch(pane, Part::Batch(slot), Lane::Hands, batch.fetch());
            batch.stage = Stage::Asked(ticket, slot);
        }
    }

    /// Gives every batch that `again` picks another try.
    fn reopen(&mut self, again: impl Fn(&Stage) -> bool) {
        for batch in &mut self.batches {
            if again(&batch.stage) {
                batch.stage = Stage::Open;
            }
        }
    }

    /// Awaits nothing any more; says whether anything was awaited.
    fn stop(&mut self, ctx: &mut Context, pane: PaneId) -> bool {
        let waited = self.is_waiting();
        for batch in &mut self.batches {
            if let Some(slot) = batch.slot() {
                ctx.abort(pane, Part::Batch(slot));
            }
            if matches!(batch.stage, Stage::Open | Stage::Asked(..)) {
                batch.stage = Stage::Stopped;
            }
        }
        waited
    }

    fn take(&mut self, people: &mut People, at: usize, result: &Result<Answer, ApiError>) {
        let answer = result.clone();
        let answer =
            answer.and_then(|answer| answer.into_listed().ok_or_else(remote::wrong_answer));
        let batch = &mut self.batches[at];
        match answer {
            Err(error) => batch.stage = Stage::Failed(error),
            Ok((page, missing)) => {
                self.read_at = Some(page.read_at);
                batch.stage = Stage::Done;
                batch.found = people.learn_page(&page).into_iter().flatten().collect();
                batch.missing = missing;
            }
        }
        if self.is_complete() {
            let missing = self.batches.iter().flat_map(|batch| &batch.missing);
            let missing: HashSet<&Entry> = missing.collect();
            let entries = self.entries.iter();
            self.missing = entries.filter(|e| missing.contains(e)).cloned().collect();
        }
    }

    /// Everybody found, each once and unless they are gone.
    fn found(&self, people: &People) -> Vec<Who> {
        let rows = people.book().rows();
        let mut seen = Crowd::default();
        let found = self.batches.iter().flat_map(|batch| &batch.found);
        let found = found.filter(|who| rows.find(**who).is_some() && seen.insert(**who));
        found.copied().collect()
    }
}

impl UsersPane {
    /// The pasted list whose people are shown, if one is.
    pub const fn listing(&self) -> Option<&Listing> {
        self.listing.as_ref()
    }

    /// Shows the people of a list, and looks them up.
    pub fn look_up_list(
        &mut self,
        ctx: &mut Context,
        people: &People,
        entries: Vec<Entry>,
        left_out: usize,
    ) {
        self.end_list(ctx);
        if self.list.give_up() {
            ctx.abort(self.id, Part::Rows);
            ctx.abort(self.id, Part::Tail);
        }
        self.forget_search(ctx);
        let entries: Arc<[Entry]> = entries.into();
        self.search.put_list(Arc::clone(&entries));
        self.search.focused = false;
        self.search.trouble = (left_out > 0).then(|| {
            let [left_out, most] =
                [left_out, MOST_ENTRIES].map(|n| crate::app::text::grouped(n as u64));
            format!("{left_out} more were left out: a list holds {most} at most.")
        });
        self.search.ask();
        self.search.lose_answer();
        let mut listing = Listing::new(entries);
        listing.send(ctx, self.id);
        self.listing = Some(listing);
        self.show_listed(people);
    }

    /// Looks up what failed or was called off; where nothing did, all anew.
    pub(super) fn go_on(&mut self, ctx: &mut Context) {
        let Some(listing) = self.listing.as_mut().filter(|l| !l.is_waiting()) else {
            return;
        };
        if listing.is_complete() {
            listing.reopen(|_| true);
        } else {
            listing.reopen(|stage| matches!(stage, Stage::Failed(_) | Stage::Stopped));
        }
        listing.send(ctx, self.id);
        self.search.ask();
    }

    /// Something was changed: answers under way may be older than that.
    pub(super) fn ask_list_again(&mut self, ctx: &mut Context) {
        if let Some(listing) = &mut self.listing {
            listing.reopen(|stage| matches!(stage, Stage::Asked(..)));
            listing.send(ctx, self.id);
        }
    }

    /// Calls the look-up off; says whether anything was awaited.
    pub(super) fn stop_list(&mut self, ctx: &mut Context) -> bool {
        let id = self.id;
        let listing = self.listing.as_mut();
        listing.is_some_and(|listing| listing.stop(ctx, id))
    }

    /// Something else is asked for now.
    pub(super) fn end_list(&mut self, ctx: &mut Context) {
        self.stop_list(ctx);
        self.listing = None;
    }

    /// Shows those found so far, in the order of the view.
    pub(super) fn show_listed(&mut self, people: &People) {
        if let Some(listing) = &self.listing {
            let mut found = listing.found(people);
            rank::sort(people.book().rows(), &mut found, self.order);
            self.list.answer(Some(found), Fate::Ends);
        }
    }

    /// Takes the answer to `ticket`, if it is of the list; says whether it was.
    pub(super) fn settle_list(
        &mut self,
        ctx: &mut Context,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let Some(listing) = &mut self.listing else {
            return false;
        };
        let is_asked =
            |batch: &Batch| matches!(batch.stage, Stage::Asked(asked, _) if asked == ticket);
        let Some(at) = listing.batches.iter().position(is_asked) else {
            return false;
        };
        listing.take(people, at, result);
        listing.send(ctx, self.id);
        if listing.is_complete() {
            self.search.answer();
        } else if !listing.is_waiting() {
            self.search.fail();
        }
        self.show_listed(people);
        true
    }
}

//! A list of rows that is read page by page.

mod sieve;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use compact_str::{CompactString, ToCompactString};

use crate::domain::{Answer, ApiError, Fetch, Keyed, Lane, Page, Row, Timestamp, Untrusted};

use super::{Context, Load, PaneId, Part, Ticket, Window};

use sieve::Shown;

/// Rows in the first page; a screenful, soon there.
const FIRST_PAGE: u32 = 100;
/// Rows in the pages after it.
const NEXT_PAGE: u32 = 250;
/// The most that Clerk gives in one page.
const LARGEST_PAGE: u32 = 500;

/// Rows read so far, the cursor among them, and whether more are to come.
#[derive(Clone, Debug)]
pub struct List<T> {
    rows: Vec<Row<T>>,
    /// Where each id stands; unreadable rows without an id are not in it.
    index: HashMap<CompactString, usize>,
    /// Which rows are shown.
    shown: Shown,
    /// The cursor is a row number, the top a line.
    window: Window,
    /// The page under way, or the one that failed last.
    reading: Option<Reading>,
    load: Load,
    complete: bool,
    total: Option<u64>,
    read_at: Option<Timestamp>,
    version: u64,
}

/// A page that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    limit: u32,
    /// Whether it takes the place of all rows, or follows them.
    replaces: bool,
    /// Whether the cursor keeps its row number where its row is gone.
    keep: bool,
}

/// What the next page shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPage {
    /// How many rows there are already: for the offset.
    pub offset: u32,
    /// How many rows to ask for.
    pub limit: u32,
    /// Whether the cursor keeps its row number where its row is gone.
    keep: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            index: HashMap::new(),
            shown: Shown::default(),
            window: Window::default(),
            reading: None,
            load: Load::Idle,
            complete: false,
            total: None,
            read_at: None,
            version: 0,
        }
    }
}

/// A list, whatever its rows are.
pub trait AnyList {
    /// How many rows are shown of those read so far.
    fn len(&self) -> usize;
    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The row number of the cursor; meaningless in an empty list.
    fn cursor(&self) -> usize;
    /// The row number of the first row on the screen.
    fn top(&self) -> usize;
    /// Changes whenever other rows are shown, or in other places.
    fn version(&self) -> u64;
    /// How the latest page stands.
    fn load(&self) -> &Load;
    /// When the latest page was read.
    fn read_at(&self) -> Option<Timestamp>;
    /// Moves the cursor by so many rows, as far as there are rows.
    fn move_by(&mut self, by: isize);
    /// Scrolls just so far that the cursor is among `height` rows.
    fn scroll_to_cursor(&mut self, height: usize);
}

impl<T: Keyed> AnyList for List<T> {
    fn len(&self) -> usize {
        self.shown.len(self.rows.len())
    }

    fn cursor(&self) -> usize {
        self.shown.line(self.window.cursor)
    }

    fn top(&self) -> usize {
        self.window.top
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn load(&self) -> &Load {
        &self.load
    }

    fn read_at(&self) -> Option<Timestamp> {
        self.read_at
    }

    fn move_by(&mut self, by: isize) {
        self.set_line(self.cursor().saturating_add_signed(by));
    }

    fn scroll_to_cursor(&mut self, height: usize) {
        let mut lines = Window {
            cursor: self.cursor(),
            top: self.window.top,
        };
        lines.scroll_to_cursor(self.len(), height);
        self.window.top = lines.top;
    }
}

impl<T: Keyed> List<T> {
    /// The rows read so far.
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// The error of the latest page, if it failed.
    pub const fn error(&self) -> Option<&ApiError> {
        self.load.error()
    }

    /// Whether the last row is the true last.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// `total_count` of the latest page, where it had one.
    pub const fn total(&self) -> Option<u64> {
        self.total
    }

    /// The row under the cursor, if it was understood.
    pub fn selected(&self) -> Option<&T> {
        self.line(self.cursor())?.read()
    }

    /// The row with this key, if it was understood.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.rows.get(*self.index.get(key)?)?.read()
    }

    /// Whether an answer is awaited that will take the place of all rows.
    pub fn is_replacing(&self) -> bool {
        self.load.is_waiting() && self.reading.is_some_and(|r| r.replaces)
    }

    /// The first page, for a list that shall begin anew. `keep` asks for as
    /// many rows as there are, so that a refresh loses nobody's place.
    pub fn first_page(&self, keep: bool) -> NextPage {
        let have = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        NextPage {
            offset: 0,
            limit: if keep {
                have.clamp(FIRST_PAGE, LARGEST_PAGE)
            } else {
                FIRST_PAGE
            },
            keep,
        }
    }

    /// The page that follows, if one is due: the cursor is within a viewport of
    /// the last row, nothing is awaited, the last page did not fail, and there is more.
    pub fn next_page(&self, height: usize) -> Option<NextPage> {
        let near = self.window.cursor + 2 * height.max(1) >= self.rows.len();
        let quiet = matches!(self.load, Load::Idle) && self.read_at.is_some();
        (near && quiet && !self.complete).then(|| NextPage {
            offset: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            limit: NEXT_PAGE,
            keep: true,
        })
    }

    /// Asks for a page by `fetch`, and awaits it.
    pub fn ask(&mut self, ctx: &mut Context, pane: PaneId, next: &NextPage, fetch: Fetch) {
        let ticket = ctx.fetch(pane, Part::Rows, Lane::Hands, fetch);
        let since = ctx.now.moment;
        self.load = Load::Waiting { ticket, since };
        self.reading = Some(Reading {
            limit: next.limit,
            replaces: next.offset == 0,
            keep: next.keep,
        });
    }

    /// Calls off the page that is awaited; says whether one was.
    pub fn call_off(&mut self, ctx: &mut Context, pane: PaneId) -> bool {
        let waited = self.give_up();
        if waited {
            ctx.abort(pane, Part::Rows);
        }
        waited
    }

    /// Awaits nothing any more; says whether anything was awaited.
    pub fn give_up(&mut self) -> bool {
        self.load.give_up()
    }

    /// Takes the answer to `ticket`, of which `take` picks the page. `None`: not
    /// the one awaited; else whether it brought rows.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
        take: impl FnOnce(Answer) -> Option<Page<T>>,
    ) -> Option<bool> {
        let reading = self.reading.filter(|_| self.load.awaits(ticket))?;
        let page = result
            .clone()
            .and_then(|answer| take(answer).ok_or_else(super::remote::wrong_answer));
        let brought = page.is_ok();
        match page {
            Err(error) => self.load = Load::Failed(error),
            Ok(page) => {
                self.reading = None;
                self.load = Load::Idle;
                self.take_page(page, reading);
            }
        }
        Some(brought)
    }

    fn take_page(&mut self, page: Page<T>, reading: Reading) {
        self.version += 1;
        let held = self
            .rows
            .get(self.window.cursor)
            .and_then(key_of)
            .map(CompactString::from);
        if reading.replaces {
            self.rows.clear();
            self.index.clear();
            self.shown.clear();
        }
        let before = self.rows.len();
        let received = page.rows.len();
        self.total = page.total;
        self.read_at = Some(page.read_at);
        self.append(page.rows);
        let brought = self.rows.len() - before;
        // A page that brings nothing new ends the walk: some servers ignore the
        // cursor and would answer the same page for ever. A short page is the
        // last one, unless the server itself says that there are more.
        let short = received < reading.limit as usize;
        let more = page
            .total
            .is_some_and(|total| total > self.rows.len() as u64);
        self.complete = brought == 0 || (short && !more);
        if reading.replaces {
            let place = held.and_then(|key| self.index.get(&key).copied());
            let otherwise = if reading.keep { self.window.cursor } else { 0 };
            self.set_cursor(place.unwrap_or(otherwise));
        }
    }

    fn append(&mut self, rows: Vec<Row<T>>) {
        for row in rows {
            if let Some(key) = key_of(&row) {
                if self.index.contains_key(key) {
                    continue;
                }
                self.index.insert(key.to_compact_string(), self.rows.len());
            }
            self.rows.push(row);
        }
    }

    /// Puts a row in or, where its key is known, in the place of the older one,
    /// so that `before` (a strict order) holds between neighbours. The cursor
    /// stays on its row, or at the top, where one watches what comes.
    pub fn insert_sorted(&mut self, row: T, before: impl Fn(&T, &T) -> bool) {
        let held = self
            .rows
            .get(self.window.cursor)
            .filter(|_| self.window.cursor > 0)
            .and_then(key_of)
            .map(CompactString::from);
        let line = self.cursor();
        self.remove(row.key().to_owned().as_str());
        let at = self
            .rows
            .partition_point(|other| other.read().is_some_and(|other| before(other, &row)));
        self.rows.insert(at, Row::Read(row));
        self.shown.inserted(at);
        self.reindex();
        if let Some(place) = held.and_then(|key| self.index.get(&key).copied()) {
            self.window.cursor = place;
            self.window.top += self.cursor().saturating_sub(line);
        }
    }

    /// Begins an empty list that is not read page by page.
    pub fn restart(&mut self, read_at: Timestamp) {
        *self = Self {
            read_at: Some(read_at),
            complete: true,
            version: self.version + 1,
            ..Self::default()
        };
    }

    /// Puts a newer version of a row in its place, if it is here.
    pub fn replace(&mut self, row: T) {
        if let Some(&place) = self.index.get(row.key()) {
            self.rows[place] = Row::Read(row);
        }
    }

    /// Takes a row out; says whether it was here.
    pub fn remove(&mut self, key: &str) -> bool {
        let Some(&place) = self.index.get(key) else {
            return false;
        };
        self.rows.remove(place);
        self.shown.removed(place);
        self.reindex();
        if place < self.window.cursor || self.window.cursor >= self.rows.len() {
            self.window.cursor = self.window.cursor.saturating_sub(1);
        }
        self.total = self.total.map(|total| total.saturating_sub(1));
        true
    }

    fn reindex(&mut self) {
        self.version += 1;
        self.index = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(place, row)| Some((key_of(row)?.to_compact_string(), place)))
            .collect();
    }

    /// Moves the cursor to a row number, as far as there are rows.
    pub fn set_cursor(&mut self, place: usize) {
        self.window.set_cursor(place, self.rows.len());
    }
}

/// The key of a row, if it has one.
fn key_of<T: Keyed>(row: &Row<T>) -> Option<&str> {
    match row {
        Row::Read(row) => Some(row.key()),
        Row::Unreadable(row) => row.id.as_ref().map(Untrusted::raw),
    }
}

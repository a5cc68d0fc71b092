//! The rows of the users view, and the cursor among them.

mod local;

pub use local::{Fate, Glance};

use std::sync::Arc;

use crate::domain::{
    Answer, ApiError, Fetch, Timestamp, Unreadable, UserFilter, UserOrder, UserPage,
};

use super::{AnyList, Entry, Load, Moment, People, Reading, Roll, Side, Ticket, Who, Window};

/// How many viewports before its end a list is read on.
const VIEWPORTS_AHEAD: usize = 2;

/// Rows read without being asked to where only some of them pass a local
/// filter: it might be none of a million.
const READ_UNASKED: usize = 1_200;

/// What stands on one line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A row.
    Row(Entry),
    /// Rows between the first and the last ones that were not read.
    Gap,
}

/// A list of users: what the server found for the search, read from both ends.
#[derive(Debug, Default)]
pub struct UserList {
    /// The rows shown.
    roll: Roll,
    /// The rows that shall take their place, as soon as the first page is there.
    asked: Option<Roll>,
    /// Everybody, kept while the rows of a search are shown.
    home: Option<Roll>,
    /// Those of the rows that passed what is judged on this machine, shown instead.
    judged: Option<Vec<Entry>>,
    /// Rows found on this machine, shown until there is an answer.
    glance: Option<Glance>,
    /// Who was found on this machine and is not among the server's rows yet;
    /// they stand behind the first ones of those.
    extras: Vec<Entry>,
    window: Window,
    /// The last row is wanted, as soon as it was read.
    wants_end: bool,
    /// Changes whenever other rows are shown, or in other places.
    version: u64,
}

impl AnyList for UserList {
    fn len(&self) -> usize {
        match self.chosen() {
            Some(chosen) => chosen.len(),
            None => self.roll.len() + self.extras.len() + usize::from(self.has_gap()),
        }
    }

    fn cursor(&self) -> usize {
        self.window.cursor
    }

    fn top(&self) -> usize {
        self.window.top
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn load(&self) -> &Load {
        let tail = self.roll.load(Side::Tail);
        match &self.asked {
            Some(asked) => asked.load(Side::Head),
            None if *tail == Load::Idle => self.roll.load(Side::Head),
            None => tail,
        }
    }

    fn read_at(&self) -> Option<Timestamp> {
        self.roll.read_at()
    }

    fn move_by(&mut self, by: isize) {
        self.wants_end = false;
        self.set_cursor(self.window.cursor.saturating_add_signed(by));
    }

    fn scroll_to_cursor(&mut self, height: usize) {
        let len = self.len();
        self.window.scroll_to_cursor(len, height);
    }
}

impl UserList {
    /// What the rows are of.
    pub const fn roll(&self) -> &Roll {
        &self.roll
    }

    /// What stands on a line.
    pub fn item(&self, at: usize) -> Option<Item> {
        if let Some(chosen) = self.chosen() {
            return chosen.get(at).copied().map(Item::Row);
        }
        let (head, extras, tail) = (self.roll.head(), &self.extras, self.roll.tail());
        let past = at.saturating_sub(head.len());
        let first = head.get(at).or_else(|| extras.get(past));
        if let Some(entry) = first {
            return Some(Item::Row(*entry));
        }
        let past = past - extras.len();
        match past.checked_sub(usize::from(self.has_gap())) {
            None => Some(Item::Gap),
            // The tail begins with the last row.
            Some(past) => tail
                .len()
                .checked_sub(past + 1)
                .map(|at| Item::Row(tail[at])),
        }
    }

    /// What stands on the lines from `top` on, with their numbers.
    pub fn lines(&self, top: usize, height: usize) -> impl Iterator<Item = (usize, Item)> {
        (top..top + height).map_while(|at| Some((at, self.item(at)?)))
    }

    /// Whether rows between the first and the last ones were not read.
    fn has_gap(&self) -> bool {
        !self.roll.tail().is_empty()
    }

    /// Who is on a line.
    pub fn who(&self, at: usize) -> Option<Who> {
        match self.item(at)? {
            Item::Row(entry) => entry.who(),
            Item::Gap => None,
        }
    }

    /// Who is under the cursor.
    pub fn selected(&self) -> Option<Who> {
        self.who(self.window.cursor)
    }

    /// The line that somebody is on; the cursor's is tried first.
    pub fn line_of(&self, who: Who) -> Option<usize> {
        self.line_of_entry(who.into())
    }

    /// Moves the cursor to a line, as far as there are lines.
    pub fn set_cursor(&mut self, at: usize) {
        let len = self.len();
        self.window.set_cursor(at, len);
    }

    /// Moves the cursor to the last line, which may have to be read first.
    pub fn go_to_end(&mut self) {
        self.set_cursor(usize::MAX);
        self.wants_end = self.chosen().is_none() && !self.has_end();
    }

    /// The error of the latest page, if it failed.
    pub fn error(&self) -> Option<&ApiError> {
        self.load().error()
    }

    /// Whether an answer is awaited that will take the place of all rows.
    pub fn is_replacing(&self) -> bool {
        let first_page = self.asked.as_ref().unwrap_or(&self.roll);
        let replaces = first_page.reading(Side::Head).is_some_and(|r| r.replaces);
        replaces && first_page.load(Side::Head).is_waiting()
    }

    /// Whether the page that failed last would have taken the place of all rows.
    pub fn failed_replacing(&self) -> bool {
        let replaces = self.roll.reading(Side::Head).is_some_and(|r| r.replaces);
        self.roll.load(Side::Head).error().is_some() && replaces
            || self
                .asked
                .as_ref()
                .is_some_and(|asked| asked.load(Side::Head).error().is_some())
    }

    /// Begins to read whom `filter` finds, in an order. Of what is shown
    /// already, with `keep`, as many rows as there are. Says what to ask for.
    pub fn begin(
        &mut self,
        filter: &Arc<UserFilter>,
        order: UserOrder,
        keep: bool,
    ) -> (Fetch, Reading) {
        let same = |roll: &Roll| roll.filter() == filter && roll.order() == order;
        let home = self.home.take_if(|home| same(home));
        let is_back = home.is_some();
        if let Some(home) = home {
            self.holding(0, |list| list.show(home));
        }
        if same(&self.roll) && (is_back || keep || self.asked.is_some() || self.roll.is_complete())
        {
            self.asked = None;
            let reading = self.roll.anew(keep);
            return (self.roll.fetch(Side::Head, reading), reading);
        }
        let asked = Roll::new(Arc::clone(filter), order);
        let reading = asked.anew(false);
        let fetch = asked.fetch(Side::Head, reading);
        self.asked = Some(asked);
        (fetch, reading)
    }

    /// Whether the rows shown are whom `filter` finds, in this order.
    pub fn shows(&self, filter: &Arc<UserFilter>, order: UserOrder) -> bool {
        self.roll.filter() == filter && self.roll.order() == order && self.read_at().is_some()
    }

    /// Shows other rows from now on. Those of everybody are kept for later.
    fn show(&mut self, roll: Roll) {
        let before = std::mem::replace(&mut self.roll, roll);
        if before.filter().is_open() && before.read_at().is_some() {
            self.home = Some(before);
        }
    }

    /// Awaits the page of an end that was asked for by `ticket`.
    pub fn wait_for(&mut self, side: Side, ticket: Ticket, since: Moment, reading: Reading) {
        let roll = match (&mut self.asked, side) {
            (Some(asked), Side::Head) => asked,
            _ => &mut self.roll,
        };
        roll.wait_for(side, ticket, since, reading);
    }

    /// The page that follows at an end.
    pub fn read_on(&self, side: Side) -> (Fetch, Reading) {
        let reading = self.roll.on(side);
        (self.roll.fetch(side, reading), reading)
    }

    /// The end that is to be read on, if one is: the cursor is within two
    /// viewports of what was not read, or the last row is wanted.
    pub fn due(&self, height: usize) -> Option<Side> {
        let side = if self.wants_end {
            Side::Tail
        } else {
            let near = VIEWPORTS_AHEAD * height.max(1);
            let (cursor, head) = (self.window.cursor, self.roll.head().len());
            let sifts = self.judged.is_some() || !self.roll.filter().is_all_clerks();
            if sifts && self.roll.received() >= READ_UNASKED {
                return None;
            }
            let head = self.judged.as_ref().map_or(head, Vec::len);
            let past = head + self.extras.len();
            let tail_near = self.has_gap() && cursor >= past && cursor - past <= near;
            match () {
                () if cursor <= head && cursor + near >= head => Side::Head,
                () if tail_near => Side::Tail,
                () => return None,
            }
        };
        self.may_read(side).then_some(side)
    }

    fn may_read(&self, side: Side) -> bool {
        self.asked.is_none() && self.read_at().is_some() && self.roll.may_read(side)
    }

    /// The page that is awaited, as it would be asked for now.
    pub fn awaited(&self) -> Option<(Side, Fetch, Reading)> {
        let roll = self.asked.as_ref().unwrap_or(&self.roll);
        let side = [Side::Head, Side::Tail]
            .into_iter()
            .find(|side| roll.load(*side).is_waiting())?;
        let reading = roll.reading(side)?;
        Some((side, roll.fetch(side, reading), reading))
    }

    /// Does not await other rows any more; says whether any were.
    pub fn call_off(&mut self) -> bool {
        self.asked.take().is_some()
    }

    /// Awaits nothing any more; says whether anything was awaited.
    pub fn give_up(&mut self) -> bool {
        self.wants_end = false;
        let asked = self
            .asked
            .take()
            .is_some_and(|asked| asked.load(Side::Head).is_waiting());
        let head = self.roll.give_up(Side::Head);
        self.roll.give_up(Side::Tail) || head || asked
    }

    /// Takes the answer to `ticket`. `None`: not awaited here.
    pub fn settle(
        &mut self,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> Option<Settled> {
        if let Some(asked) = &self.asked
            && asked.awaits(ticket).is_some()
        {
            return Some(self.settle_asked(people, result));
        }
        let side = self.roll.awaits(ticket)?;
        Some(match page_of(result) {
            Err(error) => {
                if self.roll.fail(side, error) {
                    Settled::AskAgain(side)
                } else {
                    Settled::Failed
                }
            }
            Ok(page) => {
                let people = people.learn_page(&page);
                self.holding(self.window.cursor, |list| {
                    list.roll.take(side, &page, &people);
                    list.drop_extras();
                });
                if self.wants_end && self.has_end() {
                    self.go_to_end();
                }
                Settled::Read
            }
        })
    }

    fn has_end(&self) -> bool {
        self.roll.is_complete() || self.has_gap()
    }

    fn settle_asked(&mut self, people: &mut People, result: &Result<Answer, ApiError>) -> Settled {
        let page = page_of(result);
        let Some(mut asked) = self.asked.take() else {
            return Settled::Failed;
        };
        match page {
            Err(error) => {
                asked.fail(Side::Head, error);
                self.asked = Some(asked);
                Settled::Failed
            }
            Ok(page) => {
                let people = people.learn_page(&page);
                asked.take(Side::Head, &page, &people);
                self.holding(0, |list| list.show(asked));
                Settled::Replaced
            }
        }
    }

    /// Everybody whom the filter finds was read another way: in this order.
    pub fn fill(&mut self, people: Vec<Who>, odd: &[Unreadable], read_at: Timestamp) {
        let fill = |list: &mut Self| list.roll.fill(people, odd, read_at);
        self.holding(self.window.cursor, fill);
    }
}

/// What an answer did to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Other rows are shown now.
    Replaced,
    /// There are more rows, or newer ones.
    Read,
    /// It failed.
    Failed,
    /// The end has to be asked for once more, in another way.
    AskAgain(Side),
}

fn page_of(result: &Result<Answer, ApiError>) -> Result<Arc<UserPage>, ApiError> {
    result
        .clone()
        .and_then(|answer| answer.into_users().ok_or_else(super::remote::wrong_answer))
}

//! The people who are marked: whom a change of many will be about.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::panes::users::Gathered;
use super::text::{count as counted, grouped};
use super::{Book, Crowd, Model, PaneId, People, Screen, Tone, Who, range};
use crate::domain::{Row, UserId};

/// The people who are marked, by id: rows move, and come and go, and marks hold.
#[derive(Debug, Default)]
pub struct Marks {
    marked: Marked,
    /// Those whom [`Marks::clear`] unmarked last.
    before: Marked,
    version: u64,
}

/// A set of people that keeps the order in which they came.
#[derive(Debug, Default)]
struct Marked {
    /// With a hole where somebody was taken out.
    order: Vec<Option<UserId>>,
    places: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Those whose rows are known, to count them among a million.
    known: Crowd,
    /// Those whose rows are not known yet.
    unknown: Vec<UserId>,
    everybody: bool,
}

impl Marks {
    /// How many are marked.
    pub fn len(&self) -> usize {
        self.marked.places.len()
    }

    /// Whether nobody is marked.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether somebody is marked.
    pub fn contains(&self, id: &UserId) -> bool {
        self.marked.place(id).is_some()
    }

    /// Those who are marked, in the order of marking.
    pub fn ids(&self) -> impl Iterator<Item = &UserId> {
        self.marked.order.iter().flatten()
    }

    /// Changes with every change of the set.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Whether everybody was marked at once, and nobody unmarked since.
    pub const fn is_everybody(&self) -> bool {
        self.marked.everybody
    }

    /// Whether `u` has somebody to unmark, or to mark again.
    pub fn can_clear_or_restore(&self) -> bool {
        !self.is_empty() || !self.before.places.is_empty()
    }

    /// Marks somebody.
    pub(super) fn insert(&mut self, id: UserId, who: Option<Who>) {
        if self.marked.insert(id, who) {
            self.version += 1;
        }
    }

    /// Marks everybody who was gathered.
    fn insert_all(&mut self, people: &People, gathered: &Gathered) {
        for who in &gathered.people {
            if let Some(id) = people.id(*who) {
                self.insert(id, Some(*who));
            }
        }
        self.marked.everybody |= gathered.everybody && !self.is_empty();
    }

    /// Unmarks somebody.
    pub(super) fn remove(&mut self, id: &UserId, who: Option<Who>) {
        if self.marked.remove(id, who) {
            self.marked.everybody = false;
            self.version += 1;
        }
    }

    /// Unmarks all.
    pub fn clear(&mut self) {
        if !self.is_empty() {
            self.before = std::mem::take(&mut self.marked);
            self.version += 1;
        }
    }

    /// Marks those again whom [`Marks::clear`] unmarked last.
    pub(super) fn restore(&mut self) {
        if self.is_empty() && !self.before.places.is_empty() {
            self.marked = std::mem::take(&mut self.before);
            self.version += 1;
        }
    }

    /// Somebody was deleted: nothing can be done to them any more.
    pub(super) fn forget(&mut self, id: &UserId, who: Option<Who>) {
        self.before.remove(id, who);
        if self.marked.remove(id, who) {
            self.version += 1;
        }
    }

    /// How many of those marked are in a crowd.
    pub(super) fn within(&self, crowd: &Crowd) -> usize {
        self.marked.known.count_common(crowd)
    }

    /// Whether somebody known is marked.
    pub(super) fn has(&self, who: Who) -> bool {
        self.marked.known.has(who)
    }

    /// Rows may have become known of people marked where only their ids were.
    pub(super) fn meet(&mut self, book: &Book) {
        let known = &mut self.marked.known;
        self.marked
            .unknown
            .retain(|id| match book.who(id.as_str()) {
                Some(who) => !known.insert(who),
                None => true,
            });
    }
}

impl Marked {
    fn place(&self, id: &UserId) -> Option<usize> {
        let is_here = |place: &u32| self.order[*place as usize].as_ref() == Some(id);
        let place = self.places.find(self.hasher.hash_one(id), is_here)?;
        Some(*place as usize)
    }

    fn insert(&mut self, id: UserId, who: Option<Who>) -> bool {
        if self.place(&id).is_some() {
            return false;
        }
        match who {
            Some(who) => {
                self.known.insert(who);
            }
            None => self.unknown.push(id.clone()),
        }
        self.order.push(Some(id));
        self.list(self.order.len() - 1);
        true
    }

    /// Makes somebody in the order findable by their id.
    fn list(&mut self, place: usize) {
        let (order, hasher) = (&self.order, &self.hasher);
        let hash = |place: usize| order[place].as_ref().map_or(0, |id| hasher.hash_one(id));
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        self.places
            .insert_unique(hash(place), number, |place| hash(*place as usize));
    }

    fn remove(&mut self, id: &UserId, who: Option<Who>) -> bool {
        let Some(place) = self.place(id) else {
            return false;
        };
        let hash = self.hasher.hash_one(id);
        if let Ok(entry) = self.places.find_entry(hash, |at| *at as usize == place) {
            entry.remove();
        }
        self.order[place] = None;
        if let Some(who) = who {
            self.known.remove(who);
        }
        self.unknown.retain(|other| other != id);
        if self.order.len() > 2 * self.places.len() + LEAST_HOLES {
            self.close_holes();
        }
        true
    }

    fn close_holes(&mut self) {
        self.order.retain(Option::is_some);
        self.places.clear();
        for place in 0..self.order.len() {
            self.list(place);
        }
    }
}

/// Fewer holes are left alone.
const LEAST_HOLES: usize = 32;

/// How many of those marked are in the list shown; counted anew only when
/// other rows are shown, or others are marked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here {
    /// The view, the version of its rows, that of the marks, and of how many of
    /// them the rows were not known.
    of: Option<(PaneId, u64, u64, usize)>,
    count: Option<usize>,
}

impl Here {
    /// How many; `None` where the view lists no people.
    pub const fn count(&self) -> Option<usize> {
        self.count
    }
}

/// Counts those marked in the list shown, where that may have changed.
pub fn count(model: &mut Model) {
    model.marks.meet(model.people.book());
    let (marks, screen) = (&model.marks, model.history.screen());
    let list = screen.list().filter(|_| !marks.is_empty());
    let unknown = marks.marked.unknown.len();
    let here = model.history.here();
    let of = list.map(|list| (here, list.version(), marks.version(), unknown));
    if of == model.marked_here.of {
        return;
    }
    let count = match screen {
        Screen::Users(pane) => Some(pane.list.marked(marks)),
        Screen::Members(pane) => {
            let members = pane.list.rows().iter().filter_map(Row::read);
            let users = members.filter_map(|member| member.user.as_ref());
            Some(users.filter(|user| marks.contains(&user.id)).count())
        }
        Screen::Sessions(_)
        | Screen::Organizations(_)
        | Screen::Invitations(_)
        | Screen::Profile(_) => None,
    };
    model.marked_here = Here {
        of,
        count: count.filter(|_| of.is_some()),
    };
}

/// Whether the row on a line is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is not.
    None,
    /// It is.
    Marked,
    /// It is in the range that is to be marked.
    InRange(Place),
}

/// Where in a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its only row.
    Only,
    /// Its first row.
    First,
    /// Between first and last.
    Within,
    /// Its last row.
    Last,
}

/// Whether the row on a line of the list shown is marked.
pub fn at(model: &Model, line: usize) -> Mark {
    if let Some(lines) = range::lines(model).filter(|lines| lines.contains(&line)) {
        let (first, last) = (line == *lines.start(), line == *lines.end());
        return Mark::InRange(match (first, last) {
            (true, true) => Place::Only,
            (true, false) => Place::First,
            (false, true) => Place::Last,
            (false, false) => Place::Within,
        });
    }
    match person_at(model, line) {
        Some(id) if model.marks.contains(&id) => Mark::Marked,
        _ => Mark::None,
    }
}

/// Who is on a line of the list shown, where it lists people.
pub(super) fn person_at(model: &Model, line: usize) -> Option<UserId> {
    match model.screen() {
        Screen::Users(pane) => model.people.id(pane.list.who(line)?),
        Screen::Members(pane) => {
            let member = pane.list.line(line)?.read()?;
            Some(member.user.as_ref()?.id.clone())
        }
        Screen::Sessions(_)
        | Screen::Organizations(_)
        | Screen::Invitations(_)
        | Screen::Profile(_) => None,
    }
}

/// Marks whom the search matches, where they have all been gathered.
pub(super) fn take_gathered(model: &mut Model) {
    let Model {
        ctx,
        history,
        people,
        marks,
        ..
    } = model;
    let Some(users) = history.users_mut() else {
        return;
    };
    users.watch_gathering(ctx);
    let Some(gathered) = users.take_gathered() else {
        return;
    };
    marks.insert_all(people, &gathered);
    if gathered.people.is_empty() {
        return ctx.say(Tone::Warn, "Nobody matches, so nobody was marked.");
    }
    let marked = match gathered.people.len() {
        1 => "The only one who matches is marked.".to_owned(),
        all => format!("All {} who match are marked.", grouped(all as u64)),
    };
    match unread(gathered.unreadable) {
        Some(unread) => ctx.say(Tone::Warn, format!("{marked} {unread}")),
        None => ctx.say(Tone::Good, marked),
    }
}

/// What is said of rows that could not be marked.
pub(super) fn unread(rows: usize) -> Option<String> {
    let text = || format!("{} could not be read, so not marked.", counted(rows, "row"));
    (rows > 0).then(text)
}

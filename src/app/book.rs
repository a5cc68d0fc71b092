//! Everybody whose row was read: pages that never change, and one index by id.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::domain::{Timestamp, UserId, UserPage, UserRow};

/// Stands for one person for as long as they are known; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who(pub u32);

/// Where the latest row of somebody is: the number of a leaf, and of a row in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place(u32);

/// The most rows of a leaf; Clerk gives half as many at most.
const MOST_ROWS: usize = 1 << 10;

impl Place {
    /// Of somebody who is gone.
    const NOWHERE: Self = Self(u32::MAX);

    const fn new(leaf: u32, row: u32) -> Self {
        Self(leaf << 10 | row)
    }

    const fn leaf(self) -> usize {
        (self.0 >> 10) as usize
    }

    const fn row(self) -> usize {
        (self.0 & 0x3ff) as usize
    }
}

/// Pages of rows, and where the latest row of each person is.
///
/// Lists hold [`Who`]s, four bytes each; who is read anew gets another place
/// and keeps the same `Who`, so that every list shows the newer row at once.
#[derive(Debug, Default)]
pub struct Book {
    rows: Rows,
    /// How many rows of each leaf are somebody's latest; a leaf without any is let go.
    live: Vec<u32>,
    /// Leaf numbers that are free again.
    free: Vec<u32>,
    index: HashTable<Who>,
    hasher: DefaultHashBuilder,
}

/// The leaves, and who stands where: cheap to clone, for reading on another thread.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    leaves: Arc<Vec<Leaf>>,
    places: Arc<Vec<Place>>,
}

/// A page in the book.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
    page: Arc<UserPage>,
    /// Whose each row is; [`NOBODY`] where it could not be read.
    people: Arc<[Who]>,
}

/// Stands for no person.
const NOBODY: Who = Who(u32::MAX);

impl Rows {
    /// The latest row of somebody: its page, and its number there.
    pub fn find(&self, who: Who) -> Option<(&UserPage, usize)> {
        let place = self.places.get(who.0 as usize)?;
        let leaf = self.leaves.get(place.leaf())?;
        Some((&leaf.page, place.row()))
    }

    /// How many people ever became known; the next one gets this number.
    pub fn known(&self) -> usize {
        self.places.len()
    }

    /// Those who became known after so many others.
    pub fn since(&self, known: usize) -> impl Iterator<Item = Who> {
        let number = |n: usize| Who(u32::try_from(n).unwrap_or(u32::MAX));
        (known..self.known()).map(number)
    }

    /// How many leaves there are.
    pub fn leaves(&self) -> usize {
        self.leaves.len()
    }

    /// The page of a leaf.
    pub fn page(&self, leaf: usize) -> &UserPage {
        &self.leaves[leaf].page
    }

    /// Whose a row of a leaf is, where it is their latest one.
    pub fn latest(&self, leaf: usize, row: usize) -> Option<Who> {
        let who = *self.leaves[leaf].people.get(row)?;
        let place = *self.places.get(who.0 as usize)?;
        (place.leaf() == leaf && place.row() == row).then_some(who)
    }
}

impl Book {
    /// How many people are known.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The rows, for reading on another thread.
    pub const fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Who has this id.
    pub fn who(&self, id: &str) -> Option<Who> {
        let rows = &self.rows;
        let hash = self.hasher.hash_one(id);
        self.index
            .find(hash, |who| rows.id(*who) == Some(id))
            .copied()
    }

    /// The latest row of somebody, unless they are gone.
    pub fn row(&self, who: Who) -> Option<UserRow> {
        let (page, row) = self.rows.find(who)?;
        page.row(row)
    }

    /// Takes a page in. For each of its rows: who it is, or `None` where it could not be read.
    pub fn learn_page(&mut self, page: &Arc<UserPage>) -> Vec<Option<Who>> {
        if page.len() <= MOST_ROWS {
            return self.learn_leaf(page);
        }
        let parts = page.split(MOST_ROWS);
        let people = parts.map(|part| self.learn_leaf(&Arc::new(part)));
        people.flatten().collect()
    }

    fn learn_leaf(&mut self, page: &Arc<UserPage>) -> Vec<Option<Who>> {
        let number = self.free.pop().unwrap_or_else(|| {
            let leaves = Arc::make_mut(&mut self.rows.leaves);
            leaves.push(Leaf::default());
            self.live.push(0);
            u32::try_from(leaves.len() - 1).unwrap_or(u32::MAX)
        });
        Arc::make_mut(&mut self.rows.leaves)[number as usize].page = Arc::clone(page);
        // It must not be let go while it is read in.
        self.live[number as usize] = 1;
        let people = (0..page.len()).map(|row| {
            page.unreadable(row).is_none().then(|| {
                let place = Place::new(number, u32::try_from(row).unwrap_or(u32::MAX));
                self.put(page.id(row), place)
            })
        });
        let people: Vec<Option<Who>> = people.collect();
        let whose = people.iter().map(|who| who.unwrap_or(NOBODY)).collect();
        Arc::make_mut(&mut self.rows.leaves)[number as usize].people = whose;
        self.release(number as usize);
        people
    }

    /// Takes in a newer row of one person.
    pub fn learn(&mut self, row: UserRow, read_at: Timestamp) -> Option<Who> {
        let page = Arc::new(UserPage::of(row, read_at));
        self.learn_page(&page).into_iter().next().flatten()
    }

    /// Somebody is gone; says who that was, if they were known.
    pub fn forget(&mut self, id: &UserId) -> Option<Who> {
        let who = self.who(id.as_str())?;
        let rows = &self.rows;
        let hash = self.hasher.hash_one(id.as_str());
        if let Ok(entry) = self.index.find_entry(hash, |other| *other == who) {
            entry.remove();
        }
        let leaf = rows.places[who.0 as usize].leaf();
        Arc::make_mut(&mut self.rows.places)[who.0 as usize] = Place::NOWHERE;
        self.release(leaf);
        Some(who)
    }

    /// The latest row of `id` is at `place` now.
    fn put(&mut self, id: &str, place: Place) -> Who {
        self.live[place.leaf()] += 1;
        if let Some(who) = self.who(id) {
            let places = Arc::make_mut(&mut self.rows.places);
            let before = std::mem::replace(&mut places[who.0 as usize], place);
            self.release(before.leaf());
            return who;
        }
        let places = Arc::make_mut(&mut self.rows.places);
        let who = Who(u32::try_from(places.len()).unwrap_or(u32::MAX));
        places.push(place);
        let (rows, hasher) = (&self.rows, &self.hasher);
        self.index.insert_unique(hasher.hash_one(id), who, |who| {
            hasher.hash_one(rows.id(*who).unwrap_or_default())
        });
        who
    }

    /// One row of a leaf is nobody's latest any more.
    fn release(&mut self, leaf: usize) {
        let live = &mut self.live[leaf];
        *live -= 1;
        if *live == 0 {
            Arc::make_mut(&mut self.rows.leaves)[leaf] = Leaf::default();
            self.free.push(u32::try_from(leaf).unwrap_or(u32::MAX));
        }
    }
}

impl Rows {
    fn id(&self, who: Who) -> Option<&str> {
        let (page, row) = self.find(who)?;
        Some(page.id(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::report::fixtures::nobody;
    use crate::domain::{Page, Row};

    fn row(n: u32, name: &str) -> UserRow {
        UserRow {
            id: UserId::new(&format!("user_{n}")).unwrap(),
            name: name.into(),
            ..nobody().row()
        }
    }

    fn page(rows: impl IntoIterator<Item = UserRow>) -> Arc<UserPage> {
        let page = Page {
            rows: rows.into_iter().map(Row::Read).collect(),
            total: None,
            read_at: Timestamp::from_millis(0),
        };
        Arc::new(UserPage::pack(page, |_| true))
    }

    fn name(book: &Book, who: Who) -> String {
        book.row(who)
            .map_or_else(|| "gone".to_owned(), |row| row.name.raw().to_owned())
    }

    #[test]
    fn who_is_read_anew_stays_the_same_with_a_newer_row() {
        let mut book = Book::default();
        let first: Vec<_> = book.learn_page(&page((0..500).map(|n| row(n, "old"))));
        let again = book.learn_page(&page([row(7, "new")]));
        assert_eq!(again, [first[7]]);
        assert_eq!(name(&book, first[7].unwrap()), "new");
        assert_eq!(name(&book, first[8].unwrap()), "old");
        assert_eq!(book.len(), 500);
    }

    #[test]
    fn a_page_of_which_nothing_is_the_latest_is_let_go_and_its_number_used_again() {
        let mut book = Book::default();
        for round in 0..50 {
            book.learn_page(&page((0..100).map(|n| row(n, &round.to_string()))));
        }
        assert!(book.rows.leaves() <= 2, "{}", book.rows.leaves());
        assert_eq!(name(&book, book.who("user_99").unwrap()), "49");
    }

    #[test]
    fn somebody_twice_in_one_page_is_one_person() {
        let mut book = Book::default();
        let people = book.learn_page(&page([row(1, "first"), row(1, "second")]));
        assert_eq!(people[0], people[1]);
        assert_eq!(
            (book.len(), name(&book, people[0].unwrap())),
            (1, "second".to_owned())
        );
    }

    #[test]
    fn who_is_gone_is_not_found_and_comes_back_as_somebody_else() {
        let mut book = Book::default();
        let people = book.learn_page(&page([row(1, "one"), row(2, "two")]));
        let id = UserId::new("user_1").unwrap();
        assert_eq!(book.forget(&id), people[0]);
        assert_eq!(book.forget(&id), None);
        assert_eq!(
            (book.who("user_1"), name(&book, people[0].unwrap())),
            (None, "gone".to_owned())
        );
        let again = book.learn(row(1, "again"), Timestamp::from_millis(1));
        assert_ne!(again, people[0]);
        assert_eq!(name(&book, people[0].unwrap()), "gone");
    }

    #[test]
    fn a_reader_elsewhere_sees_what_stood_when_it_began() {
        let mut book = Book::default();
        let one = book.learn_page(&page([row(1, "old")]))[0].unwrap();
        let before = book.rows().clone();
        book.learn(row(1, "new"), Timestamp::from_millis(1));
        let (page, at) = before.find(one).unwrap();
        assert_eq!(page.field(at, crate::domain::Field::Name), "old");
        assert_eq!(name(&book, one), "new");
    }
}

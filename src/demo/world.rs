//! The instance: what the seed says, and everything that was changed since.

use super::arena::{self, Arena, Row};
use super::cast::Cast;
use super::limit::Window;
use super::maker::Maker;
use super::order::{By, Key, age_rank};
use super::org::{self, Org};
use super::person::Person;
use super::reply::{Reply, not_found};
use super::session::{self, Session};
use super::sketch::Sketch;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// One session in the order of all: whose, which of that person's, and how it
/// stood before anybody changed it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    created_at: i64,
    pub user: u32,
    pub n: u8,
    state: u8,
}

pub(super) struct World {
    pub maker: Arc<Maker>,
    arena: Arc<OnceLock<Arena>>,
    /// Whoever was created or changed, with the text to search in.
    changed: HashMap<u32, (Person, String)>,
    deleted: HashSet<u32>,
    /// The number the next person gets.
    next: u32,
    sessions: HashMap<u32, Vec<Session>>,
    /// Everybody's sessions, newest first.
    timeline: Option<Vec<Moment>>,
    orders: HashMap<By, Vec<u32>>,
    orgs: Option<Vec<Org>>,
    /// Updates of each user, which have a limit of their own.
    pub updates: HashMap<u32, Window>,
}

impl World {
    pub fn new(seed: u64, users: u32, now: i64) -> Self {
        let maker = Arc::new(Maker {
            seed,
            users,
            now,
            cast: Cast::of(users),
        });
        let arena = Arc::new(OnceLock::new());
        if users >= 20_000 {
            // A first search would wait for it: begin at once, elsewhere.
            let (maker, arena) = (maker.clone(), arena.clone());
            std::thread::spawn(move || {
                arena.get_or_init(|| Arena::of(&maker));
            });
        }
        Self {
            maker,
            arena,
            changed: HashMap::new(),
            deleted: HashSet::new(),
            next: users,
            sessions: HashMap::new(),
            timeline: None,
            orders: HashMap::new(),
            orgs: None,
            updates: HashMap::new(),
        }
    }

    pub fn exists(&self, index: u32) -> bool {
        index < self.next && !self.deleted.contains(&index)
    }

    pub fn index(&self, id: &str) -> Option<u32> {
        self.maker.index(id).filter(|index| self.exists(*index))
    }

    /// The index of an id, or the 404 that says there is none.
    pub fn find(&self, id: &str) -> Result<u32, Reply> {
        self.index(id).ok_or_else(|| not_found("user", id))
    }

    pub fn person(&self, index: u32) -> Cow<'_, Person> {
        match self.changed.get(&index) {
            Some((person, _)) => Cow::Borrowed(person),
            None => Cow::Owned(self.maker.person(index)),
        }
    }

    pub fn sketch(&self, index: u32) -> Sketch {
        match self.changed.get(&index) {
            Some((person, _)) => person.sketch,
            None => self.maker.sketch(index),
        }
    }

    pub fn row(&self, index: u32) -> Row<'_> {
        match self.changed.get(&index) {
            Some((_, text)) => Row(text),
            None => self.arena.get_or_init(|| Arena::of(&self.maker)).row(index),
        }
    }

    /// Sees to it that `order` has this order.
    pub fn prepare(&mut self, by: By) {
        if self.orders.contains_key(&by) {
            return;
        }
        let mut order = by.all(&self.maker);
        if !(self.changed.is_empty() && self.deleted.is_empty()) {
            order.retain(|i| !self.deleted.contains(i) && !self.changed.contains_key(i));
            let mut all: Vec<u32> = self.changed.keys().copied().collect();
            all.sort_unstable();
            for index in all {
                self.insert(by, &mut order, index);
            }
        }
        self.orders.insert(by, order);
    }

    /// Everybody alive in rising order; empty until it was prepared.
    pub fn order(&self, by: By) -> &[u32] {
        self.orders.get(&by).map(Vec::as_slice).unwrap_or_default()
    }

    fn standing(&self, by: By, index: u32) -> (Key, u32) {
        let rank = age_rank(index, self.maker.users);
        (by.key(&self.person(index)), rank)
    }

    fn insert(&self, by: By, order: &mut Vec<u32>, index: u32) {
        let mine = self.standing(by, index);
        let at = order.partition_point(|&other| self.standing(by, other) < mine);
        order.insert(at, index);
    }

    /// Puts a created or changed person in place.
    pub fn put(&mut self, person: Person) {
        let index = person.sketch.index;
        let mut text = String::new();
        arena::write(&person, &mut text);
        self.next = self.next.max(index + 1);
        let mut orders = std::mem::take(&mut self.orders);
        self.changed.insert(index, (person, text));
        for (by, order) in &mut orders {
            if let Some(at) = order.iter().position(|&other| other == index) {
                order.remove(at);
            }
            self.insert(*by, order, index);
        }
        self.orders = orders;
    }

    pub fn next_index(&self) -> u32 {
        self.next
    }

    /// Removes a person, the sessions and the memberships.
    pub fn remove(&mut self, index: u32) {
        self.deleted.insert(index);
        self.changed.remove(&index);
        self.sessions.remove(&index);
        for order in self.orders.values_mut() {
            order.retain(|&other| other != index);
        }
        for org in self.orgs_mut() {
            org.members.retain(|member| member.user != index);
        }
    }

    pub fn sessions(&self, index: u32) -> Cow<'_, [Session]> {
        match self.sessions.get(&index) {
            Some(changed) => Cow::Borrowed(changed),
            None if index < self.maker.users => Cow::Owned(session::of(&self.maker, index)),
            None => Cow::Borrowed(&[]),
        }
    }

    pub fn sessions_mut(&mut self, index: u32) -> &mut Vec<Session> {
        let now = self.sessions(index).into_owned();
        self.sessions.entry(index).or_insert(now)
    }

    /// Puts everybody's sessions in order, people deleted since included.
    pub fn prepare_timeline(&mut self) {
        let maker = &self.maker;
        self.timeline.get_or_insert_with(|| {
            let parts = arena::in_chunks(maker.users, |range| {
                range
                    .flat_map(|user| {
                        let rows = session::of(maker, user).into_iter().enumerate();
                        rows.map(move |(n, row)| Moment {
                            created_at: row.created_at,
                            user,
                            n: n as u8,
                            state: row.state(),
                        })
                    })
                    .collect::<Vec<_>>()
            });
            let mut all = parts.concat();
            all.sort_unstable_by(|a, b| b.cmp(a));
            all
        });
    }

    /// Everybody's sessions, newest first; empty until they were put in order.
    pub fn timeline(&self) -> &[Moment] {
        self.timeline.as_deref().unwrap_or_default()
    }

    /// How a session of the timeline stands now.
    pub fn state(&self, moment: &Moment) -> &'static str {
        match self.sessions.get(&moment.user) {
            Some(changed) => changed[moment.n as usize].status,
            None => session::STATES[moment.state as usize],
        }
    }

    pub fn orgs(&mut self) -> &[Org] {
        self.orgs_mut()
    }

    fn orgs_mut(&mut self) -> &mut Vec<Org> {
        let (maker, deleted) = (&self.maker, &self.deleted);
        self.orgs.get_or_insert_with(|| {
            let mut all = org::all(maker);
            for org in &mut all {
                org.members.retain(|member| !deleted.contains(&member.user));
            }
            all
        })
    }
}

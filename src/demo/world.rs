//! The instance: what the seed says, and everything that was changed since.

use super::arena::{self, Row};
use super::base::{Base, Moment};
use super::invitations::{self, Invitation};
use super::limit::Window;
use super::maker::Maker;
use super::order::{BYS, By, Key, age_rank};
use super::org::{self, Org};
use super::person::Person;
use super::reply::{Reply, not_found};
use super::session::{self, Session};
use super::sketch::Sketch;
use super::tokens::Token;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

pub(super) struct World {
    pub base: Arc<Base>,
    pub maker: Arc<Maker>,
    /// Whoever was created or changed, with the text to search in.
    changed: HashMap<u32, (Person, String)>,
    /// Whoever is gone, and when they were created.
    deleted: HashMap<u32, i64>,
    /// The number the next person gets.
    next: u32,
    sessions: HashMap<u32, Vec<Session>>,
    /// Orders that are no longer those of the base.
    orders: [OnceLock<Vec<u32>>; BYS],
    orgs: OnceLock<Vec<Org>>,
    /// Who was created and who was deleted since the start, in turn.
    pub births: Vec<u32>,
    pub deaths: Vec<u32>,
    /// How many times people came or went by themselves.
    pub churned: u64,
    /// Tokens that were made since the start.
    pub tokens: Vec<Token>,
    /// The oldest first.
    pub invitations: Vec<Invitation>,
    /// How many addresses were added since the start.
    pub identifications: u64,
    /// Updates of each user, which have a limit of their own.
    pub updates: HashMap<u32, Window>,
}

impl World {
    pub fn new(base: Arc<Base>) -> Self {
        Self {
            maker: base.maker.clone(),
            invitations: invitations::all(base.maker.seed, base.maker.now),
            next: base.maker.users,
            base,
            changed: HashMap::new(),
            deleted: HashMap::new(),
            sessions: HashMap::new(),
            orders: [const { OnceLock::new() }; BYS],
            orgs: OnceLock::new(),
            births: vec![],
            deaths: vec![],
            churned: 0,
            tokens: vec![],
            identifications: 0,
            updates: HashMap::new(),
        }
    }

    pub fn exists(&self, index: u32) -> bool {
        index < self.next && !self.deleted.contains_key(&index)
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
            None => self.base.row(index),
        }
    }

    /// Everybody alive in rising order.
    pub fn order(&self, by: By) -> &[u32] {
        if self.changed.is_empty() && self.deleted.is_empty() {
            return self.base.order(by);
        }
        self.orders[by as usize].get_or_init(|| self.merged(by))
    }

    /// The base's order without whoever is gone, and with the others in place.
    fn merged(&self, by: By) -> Vec<u32> {
        let touched =
            |index: &u32| self.deleted.contains_key(index) || self.changed.contains_key(index);
        let all = self.base.order(by).iter().copied();
        let mut order: Vec<u32> = all.filter(|index| !touched(index)).collect();
        let mut new: Vec<u32> = self.changed.keys().copied().collect();
        new.sort_by_cached_key(|index| self.standing(by, *index));
        let places: Vec<usize> = new
            .iter()
            .map(|index| self.place(by, &order, &self.standing(by, *index)))
            .collect();
        let mut merged = Vec::with_capacity(order.len() + new.len());
        for (index, at) in new.into_iter().zip(places).rev() {
            merged.extend(order.drain(at..).rev());
            merged.push(index);
        }
        merged.extend(order.into_iter().rev());
        merged.reverse();
        merged
    }

    /// Where somebody stands in an order; no two stand in the same place.
    pub fn standing(&self, by: By, index: u32) -> (Key, u32) {
        let key = by.time(&self.sketch(index));
        let key = key.unwrap_or_else(|| by.key(&self.person(index)));
        (key, age_rank(index, self.maker.users))
    }

    /// How many of these, in rising order, stand before.
    pub fn place(&self, by: By, order: &[u32], standing: &(Key, u32)) -> usize {
        order.partition_point(|&other| self.standing(by, other) < *standing)
    }

    /// Where somebody who was deleted stood in the order of creation.
    pub fn stood(&self, index: u32) -> Option<(Key, u32)> {
        let created_at = self.deleted.get(&index)?;
        let rank = age_rank(index, self.maker.users);
        Some((Key::Time(Some(*created_at)), rank))
    }

    /// Does something with every order that is no longer the base's.
    fn each_order(&mut self, work: impl Fn(&Self, By, &mut Vec<u32>)) {
        let mut orders = std::mem::replace(&mut self.orders, [const { OnceLock::new() }; BYS]);
        for (by, order) in By::ALL.into_iter().zip(&mut orders) {
            if let Some(order) = order.get_mut() {
                work(self, by, order);
            }
        }
        self.orders = orders;
    }

    fn take_out(&mut self, index: u32) {
        self.each_order(|world, by, order| {
            let at = world.place(by, order, &world.standing(by, index));
            if order.get(at) == Some(&index) {
                order.remove(at);
            }
        });
    }

    /// Puts a created or changed person in place.
    pub fn put(&mut self, person: Person) {
        let index = person.sketch.index;
        if self.exists(index) {
            self.take_out(index);
        } else {
            self.births.push(index);
        }
        let mut text = String::new();
        arena::write(&person, &mut text);
        self.next = self.next.max(index + 1);
        self.changed.insert(index, (person, text));
        self.each_order(|world, by, order| {
            let at = world.place(by, order, &world.standing(by, index));
            order.insert(at, index);
        });
    }

    pub fn next_index(&self) -> u32 {
        self.next
    }

    /// Removes a person, the sessions and the memberships.
    pub fn remove(&mut self, index: u32) {
        self.take_out(index);
        self.deaths.push(index);
        self.deleted.insert(index, self.sketch(index).created_at);
        self.changed.remove(&index);
        self.sessions.remove(&index);
        for org in self.orgs.get_mut().into_iter().flatten() {
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

    /// How a session of the timeline stands now.
    pub fn state(&self, moment: &Moment) -> &'static str {
        match self.sessions.get(&moment.user) {
            Some(changed) => changed[moment.n as usize].status,
            None => session::STATES[moment.state as usize],
        }
    }

    pub fn orgs(&self) -> &[Org] {
        self.orgs.get_or_init(|| {
            let mut all = org::all(&self.maker);
            for org in &mut all {
                org.members
                    .retain(|member| !self.deleted.contains_key(&member.user));
            }
            all
        })
    }
}

//! A server that people come to and leave, and that answers when it likes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::report::fixtures::nobody;
use crate::domain::{
    Answer, ApiError, ErrorKind, Fetch, Page, Row, Start, Timestamp, UserFilter, UserId, UserPage,
    UserRow,
};

/// Numbers as chance would have them.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap()
    }
}

/// How people came over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// As many every day.
    Even,
    /// More and more.
    Growing,
    /// Nearly all on one day, in the middle.
    Moved,
    /// In bursts of the same millisecond.
    Bursts,
    /// All in one millisecond.
    Once,
}

/// What the server makes of what it is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each stands for itself")]
pub struct Habits {
    pub includes_after: bool,
    pub includes_before: bool,
    pub ignores_windows: bool,
    pub ignores_cursors: bool,
    pub hides_created: bool,
    pub in_seconds: bool,
    /// Only even numbers have the metadata that is asked for.
    pub judged: bool,
}

/// Years ago until now, in milliseconds.
const SPAN: u64 = 5 * 365 * 86_400_000;
const BEGIN: i64 = 1_600_000_000_123;

pub struct Server {
    pub habits: Habits,
    /// When each was created, and their number.
    pub people: BTreeSet<(i64, u32)>,
    created: Vec<i64>,
}

pub fn id(n: u32) -> UserId {
    UserId::new(&format!("user_{n:07}")).unwrap()
}

pub fn number(id: &str) -> u32 {
    id["user_".len()..].parse().unwrap()
}

impl Server {
    pub fn new(dice: &mut Dice, past: Past, count: u32, habits: Habits) -> Self {
        let mut server = Self {
            habits,
            people: BTreeSet::new(),
            created: Vec::new(),
        };
        let mut burst = 0;
        for n in 0..count {
            let at = match past {
                Past::Growing => {
                    let (a, b) = (dice.below(1_000_000), dice.below(1_000_000));
                    let c = dice.below(1_000_000);
                    SPAN / 1_000_000 * a.max(b).max(c)
                }
                Past::Moved if n % 100 > 0 => SPAN / 2 + dice.below(3_600_000),
                Past::Even | Past::Moved => dice.below(SPAN),
                Past::Bursts => {
                    if dice.one_in(300) || n == 0 {
                        burst = dice.below(SPAN);
                    }
                    burst
                }
                Past::Once => SPAN / 2,
            };
            server.put(BEGIN + i64::try_from(at).unwrap());
        }
        server
    }

    fn put(&mut self, at: i64) -> u32 {
        let n = u32::try_from(self.created.len()).unwrap();
        self.created.push(at);
        self.people.insert((at, n));
        n
    }

    /// Somebody signs up, now or in the same millisecond as the newest.
    pub fn create(&mut self, dice: &mut Dice) -> u32 {
        let newest = self.created.iter().max().copied().unwrap_or(BEGIN);
        let later = i64::try_from(dice.below(3)).unwrap();
        self.put(newest + later)
    }

    pub fn delete(&mut self, n: u32) -> bool {
        self.people.remove(&(self.created[n as usize], n))
    }

    pub fn anybody(&self, dice: &mut Dice) -> Option<u32> {
        let most = self.created.len();
        (0..20)
            .map(|_| dice.index(most))
            .map(|n| u32::try_from(n).unwrap())
            .find(|n| self.people.contains(&(self.created[*n as usize], *n)))
    }

    fn passes(&self, filter: &UserFilter, at: i64) -> bool {
        let (after, before) = (filter.created.after, filter.created.before);
        self.habits.ignores_windows
            || (after.is_none_or(|after| {
                at > after.millis() || (self.habits.includes_after && at == after.millis())
            }) && before.is_none_or(|before| {
                at < before.millis() || (self.habits.includes_before && at == before.millis())
            }))
    }

    fn row(&self, n: u32) -> Row<UserRow> {
        let at = self.created[n as usize];
        let shown = if self.habits.in_seconds {
            at / 1_000 * 1_000
        } else {
            at
        };
        Row::Read(UserRow {
            id: id(n),
            created: (!self.habits.hides_created).then(|| Timestamp::from_millis(shown)),
            ..nobody().row()
        })
    }

    pub fn answer(&self, fetch: &Fetch) -> Result<Answer, ApiError> {
        let (filter, order, start, limit) = match fetch {
            Fetch::UserCount { filter } => {
                let all = self
                    .people
                    .iter()
                    .filter(|(at, _)| self.passes(filter, *at));
                return Ok(Answer::Count(all.count() as u64));
            }
            Fetch::Users {
                filter,
                order,
                start,
                limit,
            } => (filter, order, start, *limit as usize),
            other => panic!("not asked by a load: {other:?}"),
        };
        let mut skip = 0;
        let mut end = None;
        match start {
            Start::First => {}
            Start::Offset(n) => skip = *n as usize,
            Start::After(id) => {
                let n = number(id.as_str());
                let place = (self.created[n as usize], n);
                if !self.people.contains(&place) {
                    let mut error = ApiError::new(ErrorKind::Invalid, "Not the id of a user.");
                    error.status = Some(422);
                    return Err(error);
                }
                end = Some(place).filter(|_| !self.habits.ignores_cursors);
            }
        }
        let passes = |(at, _): &&(i64, u32)| self.passes(filter, *at);
        let found: Vec<u32> = if order.descending {
            // What lies outside of the window is skipped fast.
            let before = filter
                .created
                .before
                .filter(|_| !self.habits.ignores_windows);
            let before = before.map(|before| (before.millis() + 1, 0));
            let to = match (end, before) {
                (Some(end), Some(before)) => Some(end.min(before)),
                (end, before) => end.or(before),
            };
            let part = match to {
                Some(to) => self.people.range(..to),
                None => self.people.range(..),
            };
            let rows = part.rev().filter(passes);
            rows.skip(skip).take(limit).map(|(_, n)| *n).collect()
        } else {
            let rows = self.people.iter().filter(passes);
            let rows = rows.filter(|place| end.is_none_or(|end| **place > end));
            rows.skip(skip).take(limit).map(|(_, n)| *n).collect()
        };
        let evens: Vec<bool> = found.iter().map(|n| n % 2 == 0).collect();
        let page = Page {
            rows: found.into_iter().map(|n| self.row(n)).collect(),
            total: None,
            read_at: Timestamp::from_millis(0),
        };
        Ok(Answer::Users(Arc::new(UserPage::pack(page, |row| {
            !self.habits.judged || evens[row]
        }))))
    }
}

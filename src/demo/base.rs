//! What the seed says of everybody at once: text to search in, orders, all
//! sessions. Each is made when it is first needed, by whoever needs it and with
//! nothing locked, so that nobody else waits; and then it never changes.

use super::arena::{Arena, Row, in_chunks};
use super::filter::asks_for_text;
use super::maker::Maker;
use super::order::{BYS, By};
use super::params::Params;
use super::session;
use std::sync::{Arc, OnceLock, Weak};

/// From this size on, making something for everybody takes a while.
pub(super) const LARGE: u32 = 20_000;

/// One session in the order of all: whose, which of that person's, and how it
/// stood before anybody changed it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    created_at: i64,
    pub user: u32,
    pub n: u8,
    pub state: u8,
}

pub(super) struct Base {
    pub maker: Arc<Maker>,
    pub arena: Arena,
    orders: [OnceLock<Vec<u32>>; BYS],
    timeline: OnceLock<Vec<Moment>>,
}

impl Base {
    pub fn new(maker: Arc<Maker>) -> Self {
        Self {
            arena: Arena::new(maker.clone()),
            maker,
            orders: [const { OnceLock::new() }; BYS],
            timeline: OnceLock::new(),
        }
    }

    /// Begins with what a first search will need; of no use to a small instance.
    pub fn prepare(base: &Arc<Self>) {
        if base.maker.users < LARGE {
            return;
        }
        let (pieces, base) = (base.arena.pieces(), Arc::downgrade(base));
        // One thread of its own, so that there is a core left for requests.
        std::thread::spawn(move || {
            for piece in (0..pieces).rev() {
                // Nobody else holds it: the server has ended.
                let Some(base) = Weak::upgrade(&base) else {
                    return;
                };
                base.arena.make(piece);
            }
        });
    }

    /// Makes what a request will need, before it locks anything.
    pub fn ready_for(&self, method: &str, path: &str, params: &Params) {
        let people = path.starts_with("/users") || path.ends_with("/memberships");
        let wants_unique = matches!(method, "POST" | "PATCH") && path.starts_with("/users");
        if wants_unique || (people && asks_for_text(params)) {
            self.arena.complete();
        }
        if method != "GET" {
            return;
        }
        if path == "/users" {
            let by = params.one("order_by").and_then(By::parse);
            self.order(by.map_or(By::Created, |(by, _)| by));
        }
        let one = params.one("user_id").or(params.one("client_id"));
        if path == "/sessions" && one.is_none() {
            self.timeline();
        }
    }

    pub fn row(&self, index: u32) -> Row<'_> {
        self.arena.row(index)
    }

    /// Everybody the seed made, in rising order.
    pub fn order(&self, by: By) -> &[u32] {
        self.orders[by as usize].get_or_init(|| by.all(self))
    }

    /// Their sessions, newest first.
    pub fn timeline(&self) -> &[Moment] {
        let maker = &self.maker;
        self.timeline.get_or_init(|| {
            let parts = in_chunks(maker.users, |range| {
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
        })
    }
}

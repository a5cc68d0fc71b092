//! A load in any weather: answers in any order, failures, people who come and go.

use std::collections::HashSet;

use super::server::{Dice, Server, id, number};
use crate::app::load::{Known, Loading, Step};
use crate::app::{Context, Effect, Moment, Now, Pace, PaneId, People, Setup, Slot, Ticket};
use crate::domain::{
    Answer, ApiError, Dress, ErrorKind, Fetch, MetadataTest, Policy, Start, Timestamp, UserFilter,
    UserOrder,
};

/// A request under way, and its answer once the server has made it.
struct Request {
    slot: Slot,
    ticket: Ticket,
    fetch: Fetch,
    answer: Option<Result<Answer, ApiError>>,
}

/// How rough it is.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// One step in so many creates somebody, deletes somebody, and so on; 0: none.
    pub create: u64,
    pub delete: u64,
    pub delete_cursor: u64,
    pub delete_here: u64,
    pub fail: u64,
    pub pause: u64,
}

pub const CALM: Weather = Weather {
    create: 0,
    delete: 0,
    delete_cursor: 0,
    delete_here: 0,
    fail: 0,
    pause: 0,
};

pub struct Run {
    ctx: Context,
    pub people: People,
    pub server: Server,
    dice: Dice,
    loading: Loading,
    open: Vec<Request>,
    wakes: Vec<Ticket>,
    now: u64,
    /// Pages that were answered well.
    pub pages: usize,
    pub refused: usize,
    pub aborted: usize,
    pub most_at_once: usize,
    /// Who was deleted on this machine.
    pub deleted: HashSet<u32>,
}

fn context(background: u32) -> Context {
    let mut ctx = Context::new(Setup {
        run: 1,
        dress: Dress::Demo,
        host: String::new(),
        policy: Policy::default(),
        operator: "ann@desk".to_owned(),
        notice: None,
        size: (80, 24),
        now: at(0),
    });
    ctx.pace = Pace {
        background,
        ..Pace::default()
    };
    ctx
}

fn at(ms: u64) -> Now {
    Now {
        moment: Moment(ms),
        wall: Timestamp::from_millis(1_800_000_000_000),
    }
}

impl Run {
    pub fn start(server: Server, dice: Dice, known: bool) -> Self {
        let mut ctx = context(100);
        let mut people = People::default();
        let mut newest = None;
        if known {
            let first = Fetch::Users {
                filter: UserFilter::default().into(),
                order: UserOrder::NEWEST,
                start: Start::First,
                limit: 100,
            };
            let page = server.answer(&first).unwrap().into_users().unwrap();
            people.learn_page(&page);
            newest = (!page.is_empty()).then(|| page.created(0)).flatten();
        }
        let known = Known {
            total: None,
            newest,
            people: people.book().rows().known(),
        };
        let mut filter = UserFilter::default();
        if server.habits.judged {
            filter.metadata.push(MetadataTest {
                path: vec!["plan".to_owned()],
                value: None,
                negated: false,
            });
        }
        let filter = filter.into();
        let loading = Loading::start(&mut ctx, PaneId(1), filter, UserOrder::NEWEST, known);
        let mut run = Self {
            ctx,
            people,
            server,
            dice,
            loading,
            open: Vec::new(),
            wakes: Vec::new(),
            now: 0,
            pages: 0,
            refused: 0,
            aborted: 0,
            most_at_once: 0,
            deleted: HashSet::new(),
        };
        run.follow();
        run
    }

    fn follow(&mut self) {
        for effect in self.ctx.take_effects() {
            match effect {
                Effect::Fetch {
                    slot,
                    ticket,
                    fetch,
                    ..
                } => {
                    assert!(self.open.iter().all(|other| other.slot != slot));
                    self.open.push(Request {
                        slot,
                        ticket,
                        fetch,
                        answer: None,
                    });
                }
                Effect::Abort(slot) => {
                    let before = self.open.len();
                    self.open.retain(|other| other.slot != slot);
                    self.aborted += before - self.open.len();
                }
                Effect::Wake { ticket, .. } => self.wakes.push(ticket),
                other => panic!("a load asks for nothing else: {other:?}"),
            }
        }
        self.most_at_once = self.most_at_once.max(self.open.len());
    }

    /// Lets the load run to its end; gives whom it read.
    pub fn finish(&mut self, weather: Weather) -> Vec<u32> {
        for _ in 0..1_000_000 {
            self.weather(weather);
            self.now += 1;
            self.ctx.now = at(self.now);
            if let Some(step) = self.step(weather)
                && matches!(step, Step::Complete)
            {
                self.follow();
                assert!(self.open.is_empty(), "nothing is left under way");
                let rows = self.people.book().rows();
                let sorted = self.loading.sorted(rows).unwrap();
                let of = |who: &crate::app::Who| {
                    let row = self.people.row(*who).expect("nobody who is gone here");
                    number(row.id.as_str())
                };
                return sorted.iter().map(of).collect();
            }
            self.follow();
        }
        panic!("it never ends");
    }

    fn step(&mut self, weather: Weather) -> Option<Step> {
        if self.loading.is_paused() {
            self.loading.go_on(&mut self.ctx);
            return None;
        }
        let rest = !self.wakes.is_empty() && (self.open.is_empty() || self.dice.one_in(4));
        if rest {
            let n = self.dice.index(self.wakes.len());
            let ticket = self.wakes.swap_remove(n);
            self.loading.wake(&mut self.ctx, ticket);
            return None;
        }
        assert!(!self.open.is_empty(), "it waits for nothing");
        let n = self.dice.index(self.open.len());
        let fails = weather.fail > 0 && self.dice.one_in(weather.fail);
        let request = &mut self.open[n];
        if request.answer.is_none() {
            request.answer = Some(if fails {
                Err(failure(&mut self.dice))
            } else {
                self.server.answer(&request.fetch)
            });
            if weather.create > 0 && self.dice.one_in(2) {
                return None;
            }
        }
        let request = self.open.swap_remove(n);
        let answer = request.answer.unwrap();
        match &answer {
            Ok(Answer::Users(_)) => self.pages += 1,
            Err(error) if error.status == Some(422) => self.refused += 1,
            _ => {}
        }
        let step = self
            .loading
            .settle(&mut self.ctx, &mut self.people, request.ticket, &answer);
        Some(step.expect("it is awaited"))
    }

    fn weather(&mut self, weather: Weather) {
        let happens = |dice: &mut Dice, n: u64| n > 0 && dice.one_in(n);
        if happens(&mut self.dice, weather.create) {
            self.server.create(&mut self.dice);
        }
        if happens(&mut self.dice, weather.delete)
            && let Some(n) = self.server.anybody(&mut self.dice)
        {
            self.server.delete(n);
        }
        if happens(&mut self.dice, weather.delete_cursor) && !self.open.is_empty() {
            let open = self.dice.index(self.open.len());
            if let Fetch::Users {
                start: Start::After(id),
                ..
            } = &self.open[open].fetch
            {
                self.server.delete(number(id.as_str()));
            }
        }
        if happens(&mut self.dice, weather.delete_here)
            && let Some(n) = self.server.anybody(&mut self.dice)
        {
            self.server.delete(n);
            self.deleted.insert(n);
            if let Some(who) = self.people.forget(&id(n), self.ctx.now.moment) {
                self.loading.forget(who);
            }
        }
        if happens(&mut self.dice, weather.pause) && !self.loading.is_paused() {
            self.loading.pause(&mut self.ctx);
            self.follow();
            assert!(self.open.is_empty());
        }
    }
}

fn failure(dice: &mut Dice) -> ApiError {
    let kinds = [
        ErrorKind::Server,
        ErrorKind::TimedOut,
        ErrorKind::NotConnected,
        ErrorKind::RateLimited,
        ErrorKind::KeyRefused,
        ErrorKind::WrongShape,
    ];
    ApiError::new(kinds[dice.index(kinds.len())], "It did not work.")
}

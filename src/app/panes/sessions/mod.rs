//! The sessions view: of all users, or of one.

mod search;

use std::collections::VecDeque;

use crate::app::{Context, List, Load, NextPage, PaneId, Part, Remote, Search, Ticket};
use crate::domain::search::Scope;
use crate::domain::{
    Answer, ApiError, ErrorKind, Fetch, Lane, Row, Session, SessionId, SessionStatus, Start,
    UserFilter, UserId, UserOrder, UserOrderBy,
};

/// People whose sessions a walk reads: the most recently active ones.
pub const WALK_PEOPLE: u32 = 400;
/// Readers that walk at the same time.
const WALKERS: usize = 4;
/// Sessions asked for of one person.
const PER_PERSON: u32 = 100;

/// A sessions view.
#[derive(Debug)]
pub struct SessionsPane {
    id: PaneId,
    /// Whose; `None`: of all users.
    pub user: Option<UserId>,
    /// Whether sessions of any state are shown, not active ones only.
    pub all_states: bool,
    /// The session that the cursor goes to as soon as it is among the rows.
    pub wanted: Option<SessionId>,
    /// The rows.
    pub list: List<Session>,
    /// The search box. What is in it is judged here, among the rows read.
    pub search: Search,
    /// Whether rows, people or the search are others than when they were judged.
    stale: bool,
    /// How the rows are found where the instance lists sessions only per person.
    pub walk: Option<Walk>,
}

/// Reading person by person.
#[derive(Debug, Default)]
pub struct Walk {
    people: Remote<Vec<UserId>>,
    queue: VecDeque<UserId>,
    walkers: [Option<Ticket>; WALKERS],
    /// People read so far.
    pub read: usize,
    /// People to read in all.
    pub of: usize,
    /// People whose sessions could not be read.
    pub failed: usize,
    /// Whether the person called it off.
    pub stopped: bool,
}

impl Walk {
    /// Whether it goes on.
    pub fn is_walking(&self) -> bool {
        self.people.is_waiting() || self.walkers.iter().any(Option::is_some)
    }

    /// How finding out whom to visit stands.
    pub const fn load(&self) -> &Load {
        self.people.load()
    }

    /// Why it could not begin.
    pub const fn error(&self) -> Option<&ApiError> {
        self.people.error()
    }

    fn stop(&mut self) {
        self.people.give_up();
        self.queue.clear();
        self.walkers = [None; WALKERS];
        self.stopped = true;
    }
}

impl SessionsPane {
    /// A view that has asked for nothing yet.
    pub fn new(id: PaneId, user: Option<UserId>) -> Self {
        Self {
            id,
            user,
            all_states: false,
            wanted: None,
            list: List::default(),
            search: Search::new(Scope::Sessions),
            stale: false,
            walk: None,
        }
    }

    /// Reads from the beginning. `keep` asks for as many rows as there are.
    pub fn read(&mut self, ctx: &mut Context, keep: bool) {
        self.ask();
        if self.walk.take().is_some() {
            return self.begin_walk(ctx);
        }
        let page = self.list.first_page(keep);
        self.read_page(ctx, &page);
    }

    /// Reads the page that is due, if one is.
    pub fn read_on(&mut self, ctx: &mut Context, height: usize) {
        if self.walk.is_none()
            && let Some(page) = self.list.next_page(height)
        {
            self.read_page(ctx, &page);
        }
    }

    fn status(&self) -> Option<SessionStatus> {
        (!self.all_states).then_some(SessionStatus::Active)
    }

    fn read_page(&mut self, ctx: &mut Context, page: &NextPage) {
        let fetch = Fetch::Sessions {
            user: self.asked_user(ctx),
            status: self.status(),
            offset: page.offset,
            limit: page.limit,
        };
        self.list.ask(ctx, self.id, page, fetch);
    }

    /// Shows sessions of any state, or active ones only.
    pub fn toggle_states(&mut self, ctx: &mut Context) {
        self.all_states = !self.all_states;
        self.read(ctx, false);
    }

    /// Calls off what is awaited; says whether there was anything.
    pub fn cancel(&mut self, ctx: &mut Context) -> bool {
        let waited = self.list.call_off(ctx, self.id);
        self.search.fail();
        self.stale = true;
        let Some(walk) = self.walk.as_mut().filter(|walk| walk.is_walking()) else {
            return waited;
        };
        walk.stop();
        for part in (0..=WALKERS).filter_map(walker) {
            ctx.abort(self.id, part);
        }
        true
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        if self.settle_walk(ctx, ticket, result) {
            return true;
        }
        let replacing = self.list.is_replacing();
        let settled = self.list.settle(ticket, result, Answer::into_sessions);
        match settled {
            Some(true) if replacing => self.search.answer(),
            Some(false) if self.is_refused(ctx) => self.begin_walk(ctx),
            Some(false) if replacing => self.search.fail(),
            _ => {}
        }
        if let Some(wanted) = self.wanted.take_if(|_| settled == Some(true)) {
            self.list.go_to(wanted.as_str());
        }
        settled.is_some()
    }

    /// Whether the instance wants to know whose sessions, and nobody said whose.
    fn is_refused(&self, ctx: &Context) -> bool {
        self.list.error().is_some_and(must_name_a_user) && self.asked_user(ctx).is_none()
    }

    fn begin_walk(&mut self, ctx: &mut Context) {
        self.list.restart(ctx.now.wall);
        self.search.answer();
        let mut walk = Walk::default();
        let fetch = Fetch::Users {
            filter: UserFilter::default().into(),
            order: UserOrder {
                by: UserOrderBy::LastActive,
                descending: true,
            },
            start: Start::First,
            limit: WALK_PEOPLE,
        };
        let ticket = ctx.fetch(self.id, Part::Walker(0), Lane::Hands, fetch);
        walk.people.wait_for(ticket, ctx.now.moment);
        self.walk = Some(walk);
    }

    fn settle_walk(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let wanted = self.asked_user(ctx);
        let Some(walk) = &mut self.walk else {
            return false;
        };
        if walk.people.awaits(ticket) {
            walk.people.settle(ticket, result, ids_of);
            walk.queue = walk.people.value().cloned().unwrap_or_default().into();
            walk.of = walk.queue.len();
            if let Some(user) = wanted {
                walk.visit(user);
            }
        } else if let Some(walker) = walk.walkers.iter_mut().find(|w| **w == Some(ticket)) {
            *walker = None;
            walk.read += 1;
            match result {
                Ok(Answer::Sessions(page)) => {
                    let sessions = page.rows.iter().filter_map(Row::read).cloned();
                    sessions.for_each(|session| self.list.insert_sorted(session, is_newer));
                }
                _ => walk.failed += 1,
            }
        } else {
            return false;
        }
        self.walk_on(ctx);
        true
    }

    fn walk_on(&mut self, ctx: &mut Context) {
        let status = self.status();
        let Some(walk) = &mut self.walk else { return };
        for (n, walker) in walk.walkers.iter_mut().enumerate() {
            if walker.is_some() {
                continue;
            }
            let Some(user) = walk.queue.pop_front() else {
                return;
            };
            let fetch = Fetch::Sessions {
                user: Some(user),
                status: status.clone(),
                offset: 0,
                limit: PER_PERSON,
            };
            let Some(part) = self::walker(n + 1) else {
                return;
            };
            *walker = Some(ctx.fetch(self.id, part, Lane::Background, fetch));
        }
    }

    /// Somebody was deleted: their sessions go.
    pub fn forget(&mut self, user: &UserId) {
        let theirs: Vec<String> = self
            .list
            .rows()
            .iter()
            .filter_map(Row::read)
            .filter(|session| session.user == *user)
            .map(|session| session.id.to_string())
            .collect();
        for id in theirs {
            self.list.remove(&id);
        }
    }

    /// A session has changed.
    pub fn apply(&mut self, session: &Session) {
        if session.status.is_live() || self.all_states {
            self.list.replace(session.clone());
        } else {
            self.list.remove(session.id.as_str());
        }
    }
}

/// The part that a walker reads; 0 reads the people to walk.
fn walker(n: usize) -> Option<Part> {
    u8::try_from(n).ok().map(Part::Walker)
}

/// Whether the instance refuses to list sessions without a user: it answers so
/// in words of its own, but always as a parameter or a right that is missing.
const fn must_name_a_user(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ErrorKind::Invalid | ErrorKind::Forbidden | ErrorKind::NotFound
    )
}

fn ids_of(answer: Answer) -> Option<Vec<UserId>> {
    let page = answer.into_users()?;
    let ids = (0..page.len()).map(|row| UserId::new(page.id(row)));
    // Rows that could not be read have no id here.
    Some(ids.filter_map(Result::ok).collect())
}

fn is_newer(a: &Session, b: &Session) -> bool {
    (a.last_active, a.id.as_str()) > (b.last_active, b.id.as_str())
}

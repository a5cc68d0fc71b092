//! Everything read about one person.

use crate::domain::{
    Answer, ApiError, Fetch, Lane, Membership, Page, Session, SessionStatus, User, UserId,
};

use super::{Context, Load, PaneId, Part, Remote, Ticket};

/// Rows asked for of a person's sessions and memberships; more than anybody has.
const MANY: u32 = 100;

/// The most sessions that one request brings.
pub const ALL_SESSIONS: u32 = 500;

/// A person's sessions of any state.
pub fn all_sessions(user: &UserId) -> Fetch {
    Fetch::Sessions {
        user: Some(user.clone()),
        status: None,
        offset: 0,
        limit: ALL_SESSIONS,
    }
}

/// A person's memberships.
pub fn memberships(user: &UserId) -> Fetch {
    Fetch::Memberships {
        user: user.clone(),
        offset: 0,
        limit: MANY,
    }
}

/// What was read about one person: the user, their sessions, their memberships.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Whose.
    pub id: UserId,
    /// The user.
    pub user: Remote<Box<User>>,
    /// The active sessions.
    pub sessions: Remote<Page<Session>>,
    /// The memberships.
    pub memberships: Remote<Page<Membership>>,
}

impl Dossier {
    /// Nothing read yet.
    pub fn new(id: UserId) -> Self {
        Self {
            id,
            user: Remote::default(),
            sessions: Remote::default(),
            memberships: Remote::default(),
        }
    }

    /// Asks for everything, anew; what was read stays until then.
    pub fn read(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane) {
        self.read_user(ctx, pane, lane);
        self.read_sessions(ctx, pane, lane);
        self.read_memberships(ctx, pane, lane);
    }

    /// Asks for the user alone.
    pub fn read_user(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane) {
        let ticket = ctx.fetch(pane, Part::User, lane, Fetch::User(self.id.clone()));
        self.user.wait_for(ticket, ctx.now.moment);
    }

    /// Asks for the memberships alone.
    pub fn read_memberships(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane) {
        let ticket = ctx.fetch(pane, Part::Memberships, lane, memberships(&self.id));
        self.memberships.wait_for(ticket, ctx.now.moment);
    }

    /// Asks for the active sessions alone.
    pub fn read_sessions(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane) {
        let sessions = Fetch::Sessions {
            user: Some(self.id.clone()),
            status: Some(SessionStatus::Active),
            offset: 0,
            limit: MANY,
        };
        self.read_sessions_by(ctx, pane, lane, sessions);
    }

    /// Asks for the sessions of any state alone.
    pub fn read_all_sessions(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane) {
        self.read_sessions_by(ctx, pane, lane, all_sessions(&self.id));
    }

    fn read_sessions_by(&mut self, ctx: &mut Context, pane: PaneId, lane: Lane, sessions: Fetch) {
        let ticket = ctx.fetch(pane, Part::Sessions, lane, sessions);
        self.sessions.wait_for(ticket, ctx.now.moment);
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.user.settle(ticket, result, Answer::into_user)
            || self.sessions.settle(ticket, result, Answer::into_sessions)
            || (self.memberships).settle(ticket, result, Answer::into_memberships)
    }

    /// How the latest reading of each part stands.
    pub const fn loads(&self) -> [&Load; 3] {
        [
            self.user.load(),
            self.sessions.load(),
            self.memberships.load(),
        ]
    }

    /// Whether an answer is awaited.
    pub const fn is_waiting(&self) -> bool {
        self.user.is_waiting() || self.sessions.is_waiting() || self.memberships.is_waiting()
    }

    /// Whether each part was read, or could not be.
    pub const fn is_settled(&self) -> bool {
        self.user.is_settled() && self.sessions.is_settled() && self.memberships.is_settled()
    }

    /// Whether a part could not be read.
    pub const fn has_failed(&self) -> bool {
        self.user.error().is_some()
            || self.sessions.error().is_some()
            || self.memberships.error().is_some()
    }

    /// Awaits nothing any more.
    pub fn give_up(&mut self, ctx: &mut Context, pane: PaneId) {
        if self.user.give_up() {
            ctx.abort(pane, Part::User);
        }
        if self.sessions.give_up() {
            ctx.abort(pane, Part::Sessions);
        }
        if self.memberships.give_up() {
            ctx.abort(pane, Part::Memberships);
        }
    }
}

/// The people looked at last, so that coming back to one shows them at once.
#[derive(Debug, Default)]
pub struct Recent(Vec<Dossier>);

/// People kept; a dossier is some tens of kilobytes.
const MOST_RECENT: usize = 32;

impl Recent {
    /// The dossier of a person, if it is kept.
    pub fn get(&self, id: &UserId) -> Option<&Dossier> {
        self.0.iter().find(|dossier| dossier.id == *id)
    }

    /// The dossier of a person, a new one if need be; it will be the last to go.
    pub fn open(&mut self, id: &UserId) -> &mut Dossier {
        let dossier = match self.0.iter().position(|dossier| dossier.id == *id) {
            Some(at) => self.0.remove(at),
            None => Dossier::new(id.clone()),
        };
        if self.0.len() == MOST_RECENT {
            self.0.remove(0);
        }
        self.0.push(dossier);
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Every dossier.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Dossier> {
        self.0.iter_mut()
    }

    /// Somebody is gone.
    pub fn forget(&mut self, id: &UserId) {
        self.0.retain(|dossier| dossier.id != *id);
    }
}

//! The changes of this run that were done, and the way back from each.

use crate::domain::{
    Action, BatchId, OpId, PastDeed, Policy, Timestamp, ToEach, Untrusted, User, UserId,
};

use super::text::count;
use super::{Clock, Whom};

/// What was done in this run, the oldest first.
#[derive(Debug, Default)]
pub struct Ledger {
    deeds: Vec<Deed>,
    /// Which of them the list of changes has its cursor on, from the newest.
    pub cursor: usize,
}

/// A change that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Its number, or that of the batch.
    pub op: OpId,
    /// When it was done.
    pub at: Timestamp,
    /// What was done, and to whom.
    pub what: What,
    /// Whether it can be taken back.
    pub way_back: WayBack,
    /// The change that it took back itself.
    pub undoes: Option<OpId>,
    /// Why, in the words of whoever did it.
    pub reason: Option<Untrusted>,
    /// Clerk's trace id, where it gave one.
    pub trace_id: Option<Untrusted>,
}

/// What was done, and to whom.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// To one person, or for one who was to come.
    One {
        /// Who, as the dialog showed them.
        whom: Box<Whom>,
        /// What.
        action: Action,
    },
    /// To many.
    Many {
        /// The batch.
        batch: BatchId,
        /// What.
        what: ToEach,
        /// Those to whom it was done.
        users: Vec<UserId>,
    },
}

/// Whether a change can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum WayBack {
    /// There is none.
    None,
    /// By this.
    By(Action),
    /// By this to each of them.
    ByEach(ToEach),
    /// It was taken back.
    Taken,
}

impl WayBack {
    /// Whether it can still be gone.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::By(_) | Self::ByEach(_))
    }

    /// Whether the settings let it be gone.
    pub fn is_allowed(&self, policy: &Policy) -> bool {
        match self {
            Self::By(action) => policy.may(action.name()),
            Self::ByEach(what) => policy.may(what.name()),
            Self::None | Self::Taken => false,
        }
    }
}

impl Ledger {
    /// Notes a change that was done.
    pub fn add(&mut self, deed: Deed) {
        let undone = self
            .deeds
            .iter_mut()
            .find(|had| Some(had.op) == deed.undoes);
        if let Some(undone) = undone {
            undone.way_back = WayBack::Taken;
        }
        self.deeds.push(deed);
        // The list is read from the newest; who looks at one stays with it.
        self.cursor = if self.cursor == 0 { 0 } else { self.cursor + 1 };
    }

    /// All of them, the newest first.
    pub fn newest_first(&self) -> impl ExactSizeIterator<Item = &Deed> {
        self.deeds.iter().rev()
    }

    /// The newest that can be taken back; what took something back itself is not
    /// meant, so that pressing again goes further back.
    pub fn last(&self) -> Option<&Deed> {
        self.newest_first()
            .find(|deed| deed.undoes.is_none() && deed.way_back.is_open())
    }

    /// What was done to somebody, the newest first, as the trail tells it;
    /// `operator` did it.
    pub fn of(&self, user: &UserId, operator: &str) -> Vec<PastDeed> {
        let told = self.newest_first().filter(|deed| deed.is_about(user));
        told.map(|deed| deed.told(operator)).collect()
    }

    /// The one with this number.
    pub fn find(&self, op: OpId) -> Option<&Deed> {
        self.deeds.iter().find(|deed| deed.op == op)
    }

    /// The one under the cursor of the list.
    pub fn selected(&self) -> Option<&Deed> {
        self.newest_first().nth(self.cursor)
    }

    /// Moves the cursor of the list.
    pub fn move_by(&mut self, by: isize) {
        let last = self.deeds.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }
}

impl Deed {
    fn is_about(&self, user: &UserId) -> bool {
        match &self.what {
            What::One { whom, .. } => whom.person().is_some_and(|person| person.id == *user),
            What::Many { users, .. } => users.contains(user),
        }
    }

    fn told(&self, operator: &str) -> PastDeed {
        let (change, batch) = match &self.what {
            What::One { action, .. } => (action.name(), None),
            What::Many { what, batch, .. } => (what.name(), Some(*batch)),
        };
        PastDeed {
            op: self.op,
            batch,
            at: self.at,
            operator: operator.into(),
            change: change.into(),
            reason: self.reason.clone(),
            done: Some(true),
            trace_id: self.trace_id.clone(),
        }
    }

    /// Whether what it did is still true of this user; `None`: a user does not
    /// show it.
    pub fn stands(&self, user: &User) -> Option<bool> {
        match &self.what {
            What::One { action, .. } => action.is_true_of(user),
            What::Many { .. } => None,
        }
    }

    /// What was done, to whom, when, and whether it can be taken back, in the
    /// columns of the list.
    pub fn cells(&self, clock: &Clock) -> [String; 4] {
        let way_back = match self.way_back {
            WayBack::None => "stays",
            WayBack::Taken => "taken back",
            WayBack::By(_) | WayBack::ByEach(_) => "U takes back",
        };
        let (what, whom) = match &self.what {
            What::One { whom, action } => (action.name(), who(whom)),
            What::Many { what, users, .. } => (what.name(), count(users.len(), "user")),
        };
        let when = clock.short(self.at);
        [when, what.replace('-', " "), whom, way_back.to_owned()]
    }
}

/// The name, and the end of the id where there is one.
fn who(whom: &Whom) -> String {
    let name = whom.short_name();
    match whom.person() {
        Some(person) => format!("{name} · …{}", person.id.last_six()),
        None => name,
    }
}

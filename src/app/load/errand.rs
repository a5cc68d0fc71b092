//! One request of a load: not asked, awaited, or resting after a failure.

use crate::app::{Context, Moment, Ticket};
use crate::domain::{ApiError, ErrorKind};

/// How often a page is asked for again before the load pauses.
pub const MOST_RETRIES: u32 = 5;
/// The first rest after a failure, in milliseconds; each is twice the one before.
const FIRST_REST_MS: u64 = 500;
/// The longest rest.
const LONGEST_REST_MS: u64 = 30_000;

/// A request, and how often it failed in a row.
#[derive(Debug, Default)]
pub struct Errand {
    state: State,
    failures: u32,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    Asked(Ticket, Moment),
    Resting(Ticket),
}

impl Errand {
    /// One that was not asked for yet.
    pub const fn new() -> Self {
        Self {
            state: State::Idle,
            failures: 0,
        }
    }

    /// It was asked for.
    pub const fn ask(&mut self, ticket: Ticket, now: Moment) {
        self.state = State::Asked(ticket, now);
    }

    /// Whether it is awaited.
    pub const fn is_asked(&self) -> bool {
        matches!(self.state, State::Asked(..))
    }

    /// Whether it may be asked for now.
    pub const fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle)
    }

    /// When it was asked for, if `ticket` is its answer.
    pub fn awaits(&self, ticket: Ticket) -> Option<Moment> {
        match self.state {
            State::Asked(awaited, since) if awaited == ticket => Some(since),
            _ => None,
        }
    }

    /// Whether `ticket` ends its rest.
    pub fn has_rested(&mut self, ticket: Ticket) -> bool {
        let rested = matches!(self.state, State::Resting(awaited) if awaited == ticket);
        if rested {
            self.state = State::Idle;
        }
        rested
    }

    /// It was answered.
    pub fn answered(&mut self) {
        *self = Self::default();
    }

    /// It is not awaited any more; says whether it was.
    pub fn call_off(&mut self) -> bool {
        let was_asked = self.is_asked();
        *self = Self::default();
        was_asked
    }

    /// It failed: rests, and says whether it is to be tried again.
    pub fn failed(&mut self, ctx: &mut Context, error: &ApiError) -> bool {
        // A wait that Clerk asks for is no failure.
        if error.kind != ErrorKind::RateLimited {
            self.failures += 1;
        }
        self.state = State::Idle;
        if is_for_good(error) || self.failures > MOST_RETRIES {
            return false;
        }
        let doubled = FIRST_REST_MS << self.failures.saturating_sub(1);
        let asked_for = error.retry_after.map_or(0, |wait| wait.as_millis());
        let asked_for = u64::try_from(asked_for).unwrap_or(LONGEST_REST_MS);
        let rest = doubled.max(asked_for).min(LONGEST_REST_MS);
        self.state = State::Resting(ctx.wake(rest));
        true
    }
}

/// Whether a failure would be the same every time.
const fn is_for_good(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ErrorKind::KeyRefused
            | ErrorKind::PlanLacks
            | ErrorKind::Forbidden
            | ErrorKind::NoCertificates
    )
}

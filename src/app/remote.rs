//! A value that lives at Clerk, and how its reading stands.

use crate::domain::{Answer, ApiError, ErrorKind};

use super::{Moment, Ticket};

/// How the latest reading stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load {
    /// Nothing is under way and nothing failed.
    #[default]
    Idle,
    /// An answer is awaited.
    Waiting {
        /// The one answer that counts.
        ticket: Ticket,
        /// When it was asked for.
        since: Moment,
    },
    /// The latest reading failed.
    Failed(ApiError),
}

impl Load {
    /// Whether an answer is awaited.
    pub const fn is_waiting(&self) -> bool {
        matches!(self, Self::Waiting { .. })
    }

    /// Whether `ticket` is the answer awaited. This is the only place where
    /// staleness is judged.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        matches!(self, Self::Waiting { ticket: awaited, .. } if *awaited == ticket)
    }

    /// Awaits nothing any more; says whether anything was awaited.
    pub fn give_up(&mut self) -> bool {
        let waited = self.is_waiting();
        if waited {
            *self = Self::Idle;
        }
        waited
    }

    /// The error, if the latest reading failed.
    pub const fn error(&self) -> Option<&ApiError> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Idle | Self::Waiting { .. } => None,
        }
    }
}

/// A value from Clerk: the last one read, and the reading under way.
#[derive(Clone, Debug)]
pub struct Remote<T> {
    value: Option<T>,
    load: Load,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            value: None,
            load: Load::Idle,
        }
    }
}

impl<T> Remote<T> {
    /// The last value read; kept while a newer one is awaited, and when that fails.
    pub const fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// How the latest reading stands.
    pub const fn load(&self) -> &Load {
        &self.load
    }

    /// Awaits the answer to `ticket`, and no other from now on.
    pub fn wait_for(&mut self, ticket: Ticket, since: Moment) {
        self.load = Load::Waiting { ticket, since };
    }

    /// Awaits nothing any more; says whether anything was awaited.
    pub fn give_up(&mut self) -> bool {
        self.load.give_up()
    }

    /// Puts a value in from elsewhere, such as the answer of a write. A reading
    /// under way may be older than it, so it is not awaited any more.
    pub fn put(&mut self, value: T) {
        self.value = Some(value);
        self.load = Load::Idle;
    }

    /// Takes the answer to `ticket`, unless it is not the one awaited. `take`
    /// picks the value out of the answer. Says whether the answer counted.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
        take: impl FnOnce(Answer) -> Option<T>,
    ) -> bool {
        if !self.awaits(ticket) {
            return false;
        }
        match result
            .clone()
            .and_then(|answer| take(answer).ok_or_else(wrong_answer))
        {
            Ok(value) => {
                self.value = Some(value);
                self.load = Load::Idle;
            }
            Err(error) => self.load = Load::Failed(error),
        }
        true
    }

    /// Whether `ticket` is the answer awaited.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.load.awaits(ticket)
    }

    /// Whether an answer is awaited.
    pub const fn is_waiting(&self) -> bool {
        self.load.is_waiting()
    }

    /// The error of the latest reading, if it failed.
    pub const fn error(&self) -> Option<&ApiError> {
        self.load.error()
    }

    /// Whether there is something to show or a reason why not: nothing is awaited any more.
    pub const fn is_settled(&self) -> bool {
        match self.load {
            Load::Idle => self.value.is_some(),
            Load::Waiting { .. } => false,
            Load::Failed(_) => true,
        }
    }
}

/// The client answered with something else than was asked for.
pub fn wrong_answer() -> ApiError {
    ApiError::new(
        ErrorKind::WrongShape,
        "The answer is not what was asked for.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_awaited_answer_counts() {
        let mut remote = Remote::default();
        assert!(!remote.settle(Ticket(1), &Ok(Answer::Count(1)), Answer::into_count));
        remote.wait_for(Ticket(1), Moment(0));
        remote.wait_for(Ticket(2), Moment(0));
        assert!(!remote.settle(Ticket(1), &Ok(Answer::Count(1)), Answer::into_count));
        assert!(remote.settle(Ticket(2), &Ok(Answer::Count(2)), Answer::into_count));
        assert_eq!(remote.value(), Some(&2));
        assert!(!remote.settle(Ticket(2), &Ok(Answer::Count(3)), Answer::into_count));
    }

    #[test]
    fn a_failure_keeps_the_value() {
        let mut remote = Remote::default();
        remote.put(7);
        remote.wait_for(Ticket(1), Moment(0));
        let lost = ApiError::new(ErrorKind::TimedOut, "No answer.");
        assert!(remote.settle(Ticket(1), &Err(lost.clone()), Answer::into_count));
        assert_eq!((remote.value(), remote.error()), (Some(&7), Some(&lost)));
    }

    #[test]
    fn what_was_put_in_is_not_overwritten_by_an_older_reading() {
        let mut remote = Remote::default();
        remote.wait_for(Ticket(1), Moment(0));
        remote.put(7);
        assert!(!remote.settle(Ticket(1), &Ok(Answer::Count(1)), Answer::into_count));
        assert_eq!(remote.value(), Some(&7));
    }
}

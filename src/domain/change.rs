//! Writes, and the leave to send them.

use super::{Action, AddressTraits, Answer, ApiError};

/// The number of a write, unique over consoles and restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpId {
    /// Drawn at random when the console starts.
    pub run: u64,
    /// Counts the writes of this run.
    pub n: u32,
}

/// A write: an action and the number it is known by.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number.
    pub op: OpId,
    /// What is to be done, and to whom.
    pub action: Action,
}

/// How a write ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Clerk did it and answered so.
    Done(Box<Answer>),
    /// Clerk answered that it did not do it.
    Refused(ApiError),
    /// It never left this machine.
    NotSent(ApiError),
    /// No usable answer: it may have been done. Read back before deciding anything.
    Unknown(ApiError),
}

/// What this run may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Nothing may be changed.
    pub read_only: bool,
}

/// A change that the policy allows. [`Permit::check`] is the only way to one,
/// and a permit the only thing that can be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Permit(Change);

/// Why a change is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The run is read-only.
    #[error("This console is read-only. Nothing was sent.")]
    ReadOnly,
    /// An edit without a difference.
    #[error("Nothing was changed, so nothing was sent.")]
    NothingToDo,
}

impl Permit {
    /// Judges `change` by `policy`.
    ///
    /// # Errors
    /// [`Denied`], with the reason in words for the person at the keyboard.
    pub fn check(change: Change, policy: Policy) -> Result<Self, Denied> {
        if policy.read_only {
            return Err(Denied::ReadOnly);
        }
        match &change.action {
            Action::Edit(_, edit) if edit.0.is_empty() => Err(Denied::NothingToDo),
            Action::ChangeAddress { traits, .. } if *traits == AddressTraits::default() => {
                Err(Denied::NothingToDo)
            }
            _ => Ok(Self(change)),
        }
    }

    /// The change that is allowed.
    pub const fn change(&self) -> &Change {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ProfileEdit, UserId};

    fn change(action: Action) -> Change {
        Change {
            op: OpId { run: 1, n: 1 },
            action,
        }
    }

    #[test]
    fn a_read_only_run_gets_no_permit() {
        let user = UserId::new("user_1").unwrap();
        let read_only = Policy { read_only: true };
        let ban = change(Action::Ban(user));
        assert_eq!(Permit::check(ban.clone(), read_only), Err(Denied::ReadOnly));
        assert!(Permit::check(ban, Policy::default()).is_ok());
    }

    #[test]
    fn an_edit_without_a_difference_gets_no_permit() {
        let user = UserId::new("user_1").unwrap();
        let edit = change(Action::Edit(user, ProfileEdit::default()));
        assert_eq!(
            Permit::check(edit, Policy::default()),
            Err(Denied::NothingToDo)
        );
    }
}

//! Writes, and the leave to send them.

use std::fmt;

use super::{
    Action, AddressTraits, Answer, ApiError, BatchId, Json, Known, Policy, Untrusted, UserId,
};

/// The number of a write, unique over consoles and restarts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpId {
    /// Drawn at random when the console starts.
    pub run: u64,
    /// Counts the writes of this run.
    pub n: u32,
}

impl fmt::Display for OpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.run, self.n)
    }
}

impl OpId {
    /// The number that was written so.
    pub fn parse(text: &str) -> Option<Self> {
        let (run, n) = text.split_once('-')?;
        Some(Self {
            run: u64::from_str_radix(run, 16).ok()?,
            n: n.parse().ok()?,
        })
    }
}

/// A write: an action and the number it is known by.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number.
    pub op: OpId,
    /// The batch it belongs to, where it is one of many.
    pub batch: Option<BatchId>,
    /// What is to be done, and to whom.
    pub action: Action,
    /// What the fields that change held before, by their names at the API, where
    /// that was read: `{"banned": false}`.
    pub before: Option<Json>,
    /// Why, in the words of whoever does it.
    pub reason: Option<Untrusted>,
}

impl Change {
    /// A change of its own, without a reason.
    pub const fn new(op: OpId, action: Action) -> Self {
        Self {
            op,
            batch: None,
            action,
            before: None,
            reason: None,
        }
    }
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

/// A change that the policy allows. [`Permit::check`] is the only way to one,
/// and a permit the only thing that can be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Permit(Change);

/// Why a change is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The run is read-only.
    #[error("This console is read-only. Nothing was sent.")]
    ReadOnly,
    /// An edit without a difference.
    #[error("Nothing was changed, so nothing was sent.")]
    NothingToDo,
    /// This kind of change is not on the list of those allowed.
    #[error("Nothing was sent: “allow” in your settings does not list “{0}”.")]
    NotAllowed(&'static str),
    /// A rule protects the person.
    #[error("Nothing was sent: “protect” in your settings covers them (“{0}”).")]
    Protected(String),
    /// A rule may protect the person; too little is known to tell.
    #[error(
        "Nothing was sent: whether “protect” in your settings covers them (“{0}”) could not be read."
    )]
    PerhapsProtected(String),
    /// A reason is asked for and none was given.
    #[error("Nothing was sent: your settings ask for a reason.")]
    NoReason,
}

impl Permit {
    /// Judges `change` by `policy`, with what is known of each person it is done to.
    ///
    /// # Errors
    /// [`Denied`], with the reason in words for the person at the keyboard.
    pub fn check(
        change: Change,
        policy: &Policy,
        known: impl Fn(&UserId) -> Known,
    ) -> Result<Self, Denied> {
        if policy.read_only {
            return Err(Denied::ReadOnly);
        }
        let name = change.action.name();
        if !policy.may(name) {
            return Err(Denied::NotAllowed(name));
        }
        for user in change.action.users() {
            policy.spares(user, &known(user))?;
        }
        if policy.reason_required && change.reason.as_ref().is_none_or(Untrusted::is_blank) {
            return Err(Denied::NoReason);
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
    use crate::domain::{ProfileEdit, Targets};

    fn change(action: Action) -> Change {
        Change::new(OpId { run: 1, n: 1 }, action)
    }

    fn ban() -> Change {
        change(Action::Ban(UserId::new("user_1").unwrap()))
    }

    fn denied(change: Change, policy: &Policy, known: &Known) -> Option<Denied> {
        Permit::check(change, policy, |_| known.clone()).err()
    }

    #[test]
    fn a_read_only_run_gets_no_permit() {
        let known = Known::default();
        let read_only = Policy::read_only();
        assert_eq!(denied(ban(), &read_only, &known), Some(Denied::ReadOnly));
        assert_eq!(denied(ban(), &Policy::default(), &known), None);
    }

    #[test]
    fn an_edit_without_a_difference_gets_no_permit() {
        let user = UserId::new("user_1").unwrap();
        let edit = change(Action::Edit(user, ProfileEdit::default()));
        assert_eq!(
            denied(edit, &Policy::default(), &Known::default()),
            Some(Denied::NothingToDo)
        );
    }

    #[test]
    fn only_what_the_list_names_is_allowed() {
        let policy = Policy {
            allow: Some(vec!["revoke".to_owned(), "ban".to_owned()]),
            ..Policy::default()
        };
        let known = Known::default();
        assert_eq!(denied(ban(), &policy, &known), None);
        let delete = change(Action::Delete(UserId::new("user_1").unwrap()));
        let denied = denied(delete, &policy, &known).unwrap();
        assert_eq!(denied, Denied::NotAllowed("delete"));
        assert!(denied.to_string().contains("does not list “delete”"));
    }

    #[test]
    fn who_is_protected_or_may_be_is_left_alone() {
        let policy = Policy {
            protect: vec!["*@example.com".parse().unwrap()],
            ..Policy::default()
        };
        let with = |email: &str| Known {
            emails: Some(vec![email.into()]),
            ..Known::default()
        };
        assert_eq!(denied(ban(), &policy, &with("a@example.org")), None);
        let protected = denied(ban(), &policy, &with("a@example.com")).unwrap();
        assert!(protected.to_string().contains("(“*@example.com”)"));
        assert_eq!(
            denied(ban(), &policy, &Known::default()),
            Some(Denied::PerhapsProtected("*@example.com".to_owned()))
        );
    }

    #[test]
    fn one_protected_person_among_many_is_enough() {
        let policy = Policy {
            protect: vec!["user_2".parse().unwrap()],
            ..Policy::default()
        };
        let ban = |ids: &[&str]| {
            let ids = ids.iter().map(|id| UserId::new(id).unwrap());
            change(Action::BanAll(Targets::new(ids).unwrap()))
        };
        let known = Known::default();
        let both = denied(ban(&["user_1", "user_2"]), &policy, &known);
        assert_eq!(both, Some(Denied::Protected("user_2".to_owned())));
        assert_eq!(denied(ban(&["user_1", "user_3"]), &policy, &known), None);
    }

    #[test]
    fn a_reason_is_given_where_one_is_asked_for() {
        let policy = Policy {
            reason_required: true,
            ..Policy::default()
        };
        let with = |reason: &str| Change {
            reason: Some(reason.into()),
            ..ban()
        };
        let known = Known::default();
        assert_eq!(denied(ban(), &policy, &known), Some(Denied::NoReason));
        assert_eq!(denied(with(" "), &policy, &known), Some(Denied::NoReason));
        assert_eq!(denied(with("#412"), &policy, &known), None);
    }

    #[test]
    fn a_number_is_read_as_it_was_written() {
        let op = OpId { run: 0xab, n: 12 };
        assert_eq!(op.to_string(), "00000000000000ab-12");
        assert_eq!(OpId::parse(&op.to_string()), Some(op));
        assert_eq!(OpId::parse("zebra"), None);
    }

    #[test]
    fn every_kind_of_change_has_its_name_on_the_list() {
        assert!(Action::NAMES.contains(&ban().action.name()));
    }
}

//! What is done to each: its words, its requests, and by what is seen that it was done.

use crate::app::{Person, WayBack};
use crate::domain::{Action, Fact, Facts, Json, Known, SessionId, Targets, ToEach, UserId};

/// What is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// On its way: `Banning`
    pub doing: &'static str,
    /// As an order: `ban`
    pub verb: &'static str,
    /// Behind a number: `banned`
    pub done: &'static str,
    /// Of those to whom it need not be done
    pub already: &'static str,
    /// What follows, and the way back
    pub follows: &'static str,
}

const fn words(
    doing: &'static str,
    verb: &'static str,
    done: &'static str,
    already: &'static str,
    follows: &'static str,
) -> Words {
    Words {
        doing,
        verb,
        done,
        already,
        follows,
    }
}

impl ToEach {
    /// What is said of it.
    pub(in crate::app) const fn words(&self) -> Words {
        match self {
            Self::Ban => words(
                "Banning",
                "ban",
                "banned",
                "already banned",
                "U unbans them; sessions stay gone.",
            ),
            Self::Unban => words(
                "Unbanning",
                "unban",
                "unbanned",
                "not banned",
                "Allows sign-ins again. U bans them again.",
            ),
            Self::Lock => words(
                "Locking",
                "lock",
                "locked",
                "already locked",
                "No sign-ins until the lock ends. U unlocks them.",
            ),
            Self::Unlock => words(
                "Unlocking",
                "unlock",
                "unlocked",
                "not locked",
                "Allows sign-ins again. U locks them again.",
            ),
            Self::Delete => words(
                "Deleting",
                "delete",
                "deleted",
                "deleted",
                "This cannot be undone.",
            ),
            Self::SignOut => words(
                "Signing out",
                "sign out",
                "signed out",
                "signed out",
                "Ends every session they have now; issued tokens live up to 60 s. They can sign in again.",
            ),
            Self::MergeMetadata(_) => words(
                "Setting metadata of",
                "set metadata of",
                "changed",
                "already like that",
                "Only these keys are sent; all others stay. There is no way back for many at once.",
            ),
        }
    }

    /// What takes it back, from each.
    pub(super) const fn way_back(&self) -> WayBack {
        match self {
            Self::Ban => WayBack::ByEach(Self::Unban),
            Self::Unban => WayBack::ByEach(Self::Ban),
            Self::Lock => WayBack::ByEach(Self::Unlock),
            Self::Unlock => WayBack::ByEach(Self::Lock),
            Self::Delete | Self::SignOut | Self::MergeMetadata(_) => WayBack::None,
        }
    }

    /// The request for one person; `None` where it takes what is not known yet.
    pub(super) fn action(&self, user: &UserId) -> Option<Action> {
        let user = user.clone();
        Some(match self {
            Self::Ban => Action::Ban(user),
            Self::Unban => Action::Unban(user),
            Self::Lock => Action::Lock(user),
            Self::Unlock => Action::Unlock(user),
            Self::Delete => Action::Delete(user),
            Self::MergeMetadata(patch) => Action::MergeMetadata {
                user,
                patch: patch.clone(),
            },
            Self::SignOut => return None,
        })
    }

    /// The request by which a policy judges it for one person.
    pub(super) fn judged_as(&self, user: &UserId) -> Option<Action> {
        // Which session it is makes no difference to any rule.
        let any = || SessionId::new("sess_any").ok();
        self.action(user).or_else(|| {
            Some(Action::Revoke {
                session: any()?,
                user: user.clone(),
            })
        })
    }

    /// The request for several people at once, where there is one.
    pub(super) fn action_for_all(&self, users: Targets) -> Option<Action> {
        match self {
            Self::Ban => Some(Action::BanAll(users)),
            Self::Unban => Some(Action::UnbanAll(users)),
            _ => None,
        }
    }

    /// How many people one request takes.
    pub(super) const fn people_a_request(&self) -> usize {
        match self {
            Self::Ban | Self::Unban => Targets::MOST,
            _ => 1,
        }
    }

    /// The least requests that it takes for so many.
    pub(super) const fn requests(&self, people: usize) -> usize {
        match self {
            // Their sessions are listed, and of each at least one ends.
            Self::SignOut => people * 2,
            _ => people.div_ceil(self.people_a_request()),
        }
    }

    /// Whether somebody is as it would make them.
    pub(super) fn is_so(&self, read: &Read) -> bool {
        let has = |fact| read.facts().has(fact);
        match self {
            Self::Ban => has(Fact::Banned),
            Self::Unban => !has(Fact::Banned),
            Self::Lock => has(Fact::Locked),
            Self::Unlock => !has(Fact::Locked),
            Self::Delete | Self::SignOut => false,
            Self::MergeMetadata(_) => read.is_merged,
        }
    }
}

/// Somebody as they were read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The person.
    pub person: Person,
    /// By what a policy judges them.
    pub(super) known: Known,
    /// What the fields that change held.
    pub(super) before: Option<Json>,
    /// Whether their metadata is as it would be.
    pub(super) is_merged: bool,
}

impl Read {
    fn facts(&self) -> Facts {
        let row = self.person.row.as_ref();
        row.map_or_else(Facts::default, |row| row.facts)
    }

    /// Whether this holds for them.
    pub(super) fn has(&self, fact: Fact) -> bool {
        self.facts().has(fact)
    }
}

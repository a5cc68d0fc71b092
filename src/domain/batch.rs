//! One change of many people.

use std::fmt;

use super::{Json, OpId, Timestamp, Untrusted, UserId};

/// The number of a batch; no change has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BatchId(pub OpId);

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl BatchId {
    /// The number that was written so.
    pub fn parse(text: &str) -> Option<Self> {
        OpId::parse(text).map(Self)
    }
}

/// What is done to each of many people.
#[derive(Clone, Debug, PartialEq)]
pub enum ToEach {
    /// Ban; revokes their sessions.
    Ban,
    /// Unban.
    Unban,
    /// Lock.
    Lock,
    /// Unlock.
    Unlock,
    /// Delete.
    Delete,
    /// Revoke the sessions that began before the batch.
    SignOut,
    /// Merge this into their metadata: an object with some of `public_metadata`,
    /// `private_metadata`, `unsafe_metadata`; null removes a key.
    MergeMetadata(Json),
}

/// A batch as it is kept until every one of its people has a result: it is
/// written before the first request. Who is done is read from the audit trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its number, which each of its changes carries.
    pub batch: BatchId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// What is done.
    pub what: ToEach,
    /// To whom; nobody joins later.
    pub users: Vec<UserId>,
    /// Why, in the words of whoever does it.
    pub reason: Option<Untrusted>,
}

/// A batch whose console ended before it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Interrupted {
    /// The batch.
    pub plan: Plan,
    /// Who confirmed it.
    pub operator: Untrusted,
    /// Those of its people of whom the trail does not say that it was done, in
    /// the order of the plan.
    pub left: Vec<UserId>,
}

impl ToEach {
    /// The name of the kind of change, one of [`Action::NAMES`](super::Action::NAMES).
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Unban => "unban",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::Delete => "delete",
            Self::SignOut => "revoke",
            Self::MergeMetadata(_) => "metadata",
        }
    }
}

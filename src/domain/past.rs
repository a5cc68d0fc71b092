//! What was done to somebody before, as this machine remembers it.

use super::{BatchId, OpId, Timestamp, Untrusted};

/// A change of somebody that the audit trail tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDeed {
    /// Its number.
    pub op: OpId,
    /// The batch it was part of.
    pub batch: Option<BatchId>,
    /// When it was about to be sent.
    pub at: Timestamp,
    /// Who did it.
    pub operator: Untrusted,
    /// What kind of change, by its name: `ban`.
    pub change: Untrusted,
    /// Why, in the words of whoever did it.
    pub reason: Option<Untrusted>,
    /// Whether it was done; `None`: nobody knows.
    pub done: Option<bool>,
    /// Clerk's trace id, where it gave one.
    pub trace_id: Option<Untrusted>,
}

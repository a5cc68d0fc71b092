//! Pages of rows.

use super::{Timestamp, Untrusted, UserId};

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the first row of the order.
    First,
    /// Behind this user (`starting_after`); costs the same at any depth.
    After(UserId),
    /// Behind so many rows; gets slower with depth.
    Offset(u32),
}

/// One answer of a list endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows, in the answer's order, unreadable ones included.
    pub rows: Vec<Row<T>>,
    /// `total_count`, where the answer had one.
    pub total: Option<u64>,
    /// When the answer arrived.
    pub read_at: Timestamp,
}

/// A row that was understood, or one that was not but keeps its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Row<T> {
    /// Understood.
    Read(T),
    /// Not understood; shown as `# unreadable`, so that one strange row never
    /// hides the good ones around it.
    Unreadable(Unreadable),
}

impl<T> Row<T> {
    /// The row, if it was understood.
    pub const fn read(&self) -> Option<&T> {
        match self {
            Self::Read(row) => Some(row),
            Self::Unreadable(_) => None,
        }
    }

    /// The row itself, if it was understood.
    pub fn into_read(self) -> Option<T> {
        match self {
            Self::Read(row) => Some(row),
            Self::Unreadable(_) => None,
        }
    }
}

/// A row that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its `id`, if at least that was there.
    pub id: Option<Untrusted>,
    /// What was wrong, in plain words.
    pub why: Untrusted,
}

/// A row with an id by which it is told from the others of its list.
pub trait Keyed {
    /// The id as text.
    fn key(&self) -> &str;
}

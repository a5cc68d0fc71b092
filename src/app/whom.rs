//! Whom a change is about.

use super::Person;
use super::text::cut_middle;
use crate::domain::{Timestamp, Untrusted};

/// The columns of a name.
const NAME: usize = 40;

/// Whom a change is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Whom {
    /// Somebody who is there, as the screen showed them.
    Person(Person),
    /// Somebody who is not there yet: known by this name or address alone.
    Newcomer {
        /// The name or address.
        name: Untrusted,
        /// When they were asked for.
        asked: Timestamp,
    },
}

impl Whom {
    /// What to call them, cut so that it cannot push anything away.
    pub fn short_name(&self) -> String {
        match self {
            Self::Person(person) => person.short_name(),
            Self::Newcomer { name, .. } => cut_middle(&name.shown(), NAME),
        }
    }

    /// The person, where there is one.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Newcomer { .. } => None,
        }
    }
}

impl From<Person> for Whom {
    fn from(person: Person) -> Self {
        Self::Person(person)
    }
}

//! What the seed says about everybody: no state, so any thread may ask.

use super::cast::{ALICE, Cast, Part};
use super::dice::{id, number};
use super::person::Person;
use super::sketch::Sketch;
use std::borrow::Cow;

pub(super) struct Maker {
    pub seed: u64,
    pub users: u32,
    /// The moment of the start, from which every date counts back.
    pub now: i64,
    pub cast: Cast,
}

impl Maker {
    pub fn sketch(&self, index: u32) -> Sketch {
        let sketch = Sketch::of(self.seed, index, self.users, self.now);
        match self.cast.part(index) {
            Some(part) => part.sketch(sketch, self.now),
            None => sketch,
        }
    }

    pub fn person(&self, index: u32) -> Person {
        let sketch = self.sketch(index);
        match self.cast.part(index) {
            Some(part) => part.person(self.seed, sketch),
            None => Person::of(self.seed, sketch),
        }
    }

    /// Only the first and last name: much less than a whole person.
    pub fn name(&self, index: u32) -> (Option<Cow<'static, str>>, Option<Cow<'static, str>>) {
        if self.cast.part(index).is_some() {
            let person = self.person(index);
            return (
                person.first_name.map(Cow::Owned),
                person.last_name.map(Cow::Owned),
            );
        }
        let (first, last) = Person::name(self.seed, index);
        (first.map(Cow::Borrowed), last.map(Cow::Borrowed))
    }

    pub fn user_id(&self, index: u32) -> String {
        match self.cast.part(index) {
            Some(Part::AliceChen) => ALICE.to_owned(),
            _ => id(self.seed, "user", u64::from(index)),
        }
    }

    /// Which person has this id; it may be one who was created or deleted.
    pub fn index(&self, id: &str) -> Option<u32> {
        let chen = self.cast.index_of(Part::AliceChen);
        if id == ALICE {
            return chen;
        }
        let index = u32::try_from(number(self.seed, "user", id)?).ok()?;
        (Some(index) != chen).then_some(index)
    }
}

//! Sets of people.

use super::Who;

/// A set of people, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crowd(Vec<u64>);

impl Crowd {
    /// Whether somebody is in it.
    pub fn has(&self, who: Who) -> bool {
        let word = self.0.get(who.0 as usize / 64).copied().unwrap_or(0);
        word & (1 << (who.0 % 64)) != 0
    }

    /// Puts somebody in; says whether they were not in it.
    pub fn insert(&mut self, who: Who) -> bool {
        let place = who.0 as usize / 64;
        if place >= self.0.len() {
            self.0.resize(place + 1, 0);
        }
        let bit = 1 << (who.0 % 64);
        let new = self.0[place] & bit == 0;
        self.0[place] |= bit;
        new
    }

    /// Takes somebody out; says whether they were in it.
    pub fn remove(&mut self, who: Who) -> bool {
        let was = self.has(who);
        if was {
            self.0[who.0 as usize / 64] &= !(1 << (who.0 % 64));
        }
        was
    }

    /// How many are in both sets.
    pub fn count_common(&self, other: &Self) -> usize {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Puts everybody of another set in.
    pub fn merge(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }
}

impl FromIterator<Who> for Crowd {
    fn from_iter<I: IntoIterator<Item = Who>>(people: I) -> Self {
        let mut crowd = Self::default();
        for who in people {
            crowd.insert(who);
        }
        crowd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_put_in_is_in_and_who_was_taken_out_is_not() {
        let mut crowd = Crowd::default();
        assert!(!crowd.has(Who(1_000_000)) && !crowd.remove(Who(3)));
        assert!(crowd.insert(Who(1_000)) && !crowd.insert(Who(1_000)));
        assert!(crowd.has(Who(1_000)) && !crowd.has(Who(1_001)) && !crowd.has(Who(936)));
        let mut other: Crowd = [Who(7)].into_iter().collect();
        other.merge(&crowd);
        assert!(other.has(Who(7)) && other.has(Who(1_000)));
        assert_eq!(crowd.count_common(&other), 1);
        assert!(other.remove(Who(7)) && !other.has(Who(7)));
    }
}

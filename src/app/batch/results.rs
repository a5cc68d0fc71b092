//! What became of each of its people, and how long it takes yet.

use std::collections::VecDeque;

use super::Why;
use super::running::{Batch, State};
use crate::app::{Moment, Person};
use crate::domain::{ToEach, UserId};

/// What became of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was done.
    Done,
    /// They were deleted by somebody else.
    Gone,
    /// It was not done, or nobody knows whether it was: why, in words.
    Failed(String),
    /// It was called off before.
    NotTried,
}

/// How many met which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub all: usize,
    /// Done, in this run or before.
    pub done: usize,
    /// Deleted by somebody else.
    pub gone: usize,
    /// Not done.
    pub failed: usize,
    /// Called off.
    pub not_tried: usize,
}

impl Tally {
    /// How many have no result yet.
    pub const fn left(self) -> usize {
        self.all - self.done - self.gone - self.failed - self.not_tried
    }
}

impl Batch {
    /// How many met which fate so far.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally {
            all: self.earlier + self.people.len(),
            done: self.earlier,
            ..Tally::default()
        };
        for fate in self.people.iter().filter_map(|member| member.fate.as_ref()) {
            match fate {
                Fate::Done => tally.done += 1,
                Fate::Gone => tally.gone += 1,
                Fate::Failed(_) => tally.failed += 1,
                Fate::NotTried => tally.not_tried += 1,
            }
        }
        tally
    }

    /// What became of somebody; `None`: not known yet, or not one of them.
    pub fn fate(&self, user: &UserId) -> Option<&Fate> {
        let member = self.people.iter().find(|m| m.read.person.id == *user)?;
        member.fate.as_ref()
    }

    /// Those of whom there is something to say, and what: the failed first.
    pub fn unlucky(&self) -> Vec<(&Person, String)> {
        let of = |wanted: fn(&Fate) -> Option<String>| {
            self.people.iter().filter_map(move |member| {
                let said = member.fate.as_ref().and_then(wanted)?;
                Some((&member.read.person, said))
            })
        };
        let failed = of(|fate| match fate {
            Fate::Failed(why) => Some(why.clone()),
            _ => None,
        });
        let gone =
            of(|fate| (*fate == Fate::Gone).then(|| "gone: deleted by somebody else".into()));
        let not_tried = of(|fate| (*fate == Fate::NotTried).then(|| "not tried".into()));
        let left_out = self.left_out.iter();
        let left_out = left_out.map(|(person, why)| (person, why.in_words(&self.what)));
        failed
            .chain(gone)
            .chain(left_out)
            .chain(not_tried)
            .collect()
    }

    /// Those for whom it can be tried again alone.
    pub fn repeatable(&self) -> Vec<UserId> {
        if self.is_under_way() {
            return Vec::new();
        }
        let failed = |fate: &Option<Fate>| matches!(fate, Some(Fate::Failed(_)));
        let people = self.people.iter().filter(|member| failed(&member.fate));
        let unread = self
            .left_out
            .iter()
            .filter(|(_, why)| matches!(why, Why::Unread(_)));
        let people = people.map(|member| &member.read.person);
        let all = people.chain(unread.map(|(person, _)| person));
        all.map(|person| person.id.clone()).collect()
    }

    /// Somebody's fate is known. What is known stays.
    pub(super) fn decide(&mut self, place: usize, fate: Fate, now: Moment) {
        let known = &mut self.people[place].fate;
        if known.is_none() {
            *known = Some(fate);
            self.pulse.beat(now);
        }
    }

    /// Whoever has no result by now has not been tried.
    pub(super) fn close(&mut self) {
        for member in self
            .people
            .iter_mut()
            .filter(|member| member.fate.is_none())
        {
            member.fate = Some(Fate::NotTried);
        }
        self.state = State::Over;
    }

    /// How many milliseconds it takes yet, by the pace of the last results.
    pub fn left_ms(&self) -> Option<u64> {
        let left = self.tally().left();
        (self.state == State::Running).then_some(())?;
        self.pulse.left_ms(left)
    }

    /// Whether it takes something from them for good.
    pub const fn is_for_good(&self) -> bool {
        matches!(self.what, ToEach::Delete)
    }
}

/// The pace is of the results of so many milliseconds.
const PACE_MS: u64 = 10_000;
/// Before that it says little.
const LEAST_MS: u64 = 500;

/// When results came.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    /// Each moment with a result, and how many there were then.
    beats: VecDeque<(Moment, usize)>,
    count: usize,
}

impl Pulse {
    /// From now on time counts.
    pub fn start(&mut self, now: Moment) {
        self.beats.clear();
        self.beats.push_back((now, self.count));
    }

    fn beat(&mut self, now: Moment) {
        self.count += 1;
        // The first one is where it started.
        let several = self.beats.len() > 1;
        match self.beats.back_mut() {
            Some((at, count)) if *at == now && several => *count = self.count,
            _ => self.beats.push_back((now, self.count)),
        }
        while self.beats.len() > 2 && now.since(self.beats[1].0) >= PACE_MS {
            self.beats.pop_front();
        }
    }

    fn left_ms(&self, left: usize) -> Option<u64> {
        let ((from, before), (to, after)) = (self.beats.front()?, self.beats.back()?);
        let (took, results) = (to.since(*from), (after - before) as u64);
        (took >= LEAST_MS && results > 0).then(|| took * left as u64 / results)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_by_the_pace_of_the_last_ten_seconds() {
        let mut pulse = Pulse::default();
        pulse.start(Moment(0));
        assert_eq!(pulse.left_ms(100), None, "nothing is known yet");
        for second in 1..=60 {
            pulse.beat(Moment(second * 1_000));
        }
        assert_eq!(pulse.left_ms(100), Some(100_000));
        for tenth in 601..=700 {
            pulse.beat(Moment(tenth * 100));
        }
        assert_eq!(pulse.left_ms(100), Some(10_000), "it got ten times faster");
        assert!(pulse.beats.len() < 110);
    }
}

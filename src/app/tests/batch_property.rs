//! Whatever is pressed and answered around batches, in whatever order: nobody
//! is changed who is not in the plan that was kept, nobody again once it was
//! done, and at the end everybody has a result.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::harness::{Console, key_of};
use super::many::{crowd, read_many};
use super::seeds;
use super::world::{error, id, not_found, session};
use crate::app::batch::{Fate, State};
use crate::app::{Layer, Msg};
use crate::domain::{Action, ApiError, BatchId, Change, ErrorKind, OpId, Outcome, Policy, UserId};

const PEOPLE: usize = 12;

/// Something that may happen.
#[derive(Clone, Debug)]
enum Step {
    Key(&'static str),
    /// The number that the dry run wants.
    Number,
    /// All of it, from the key to the consent.
    Consent(&'static str),
    Look,
    Later(u64),
    /// A plan is kept, or it is not.
    Plan(bool),
    /// A read is answered, or fails.
    Read(usize, bool),
    /// A change ends in one of several ways.
    Change(usize, u8),
    /// A colleague deletes somebody.
    Colleague(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let keys = [
        "Space", "Space", "Space", "j", "k", "g", "u", "B", "L", "D", "R", "Esc", "Tab", "p", "c",
        "r", "a", "Enter", "1", "2", "q",
    ];
    prop_oneof![
        6 => proptest::sample::select(keys.to_vec()).prop_map(Step::Key),
        3 => Just(Step::Number),
        2 => proptest::sample::select(vec!["B", "L", "D", "R a"]).prop_map(Step::Consent),
        4 => Just(Step::Look),
        2 => (0..3_000u64).prop_map(Step::Later),
        3 => proptest::bool::weighted(0.9).prop_map(Step::Plan),
        8 => (0..8usize, proptest::bool::weighted(0.9)).prop_map(|(n, ok)| Step::Read(n, ok)),
        12 => (0..8usize, 0..16u8).prop_map(|(n, how)| Step::Change(n, how)),
        1 => (0..PEOPLE).prop_map(Step::Colleague),
    ]
}

struct Witness {
    console: Console,
    /// Whom a kept plan names.
    kept: HashMap<BatchId, HashSet<UserId>>,
    /// For whom it was heard that it was done, by batch.
    done: HashSet<(BatchId, UserId)>,
    asked_for: HashSet<BatchId>,
    sent: usize,
    ops: HashSet<OpId>,
}

impl Witness {
    fn new() -> Self {
        let mut console = Console::start_as(crowd(PEOPLE), (80, 24), Policy::default());
        console.world.sessions = (0..PEOPLE)
            .map(|n| session(n, &id(n), "2026-11-23T14:00:00Z"))
            .collect();
        console.settle();
        // Most histories are about many.
        for _ in 0..PEOPLE / 2 {
            console.settle().press("Space");
        }
        console.look();
        Self {
            console,
            kept: HashMap::new(),
            done: HashSet::new(),
            asked_for: HashSet::new(),
            sent: 0,
            ops: HashSet::new(),
        }
    }

    fn happens(&mut self, step: &Step) {
        let console = &mut self.console;
        match step {
            Step::Key(key) => console.feed(Msg::Key(key_of(key))),
            Step::Consent(key) => {
                console.look().press(key);
                while let Some(at) = console.asked.iter().position(|a| read_many(&a.fetch)) {
                    let asked = console.asked.remove(at);
                    let answer = console.world.answer(&asked.fetch);
                    console.reply(&asked, answer);
                }
                self.happens(&Step::Number);
                self.console.look().press("Enter");
            }
            Step::Number => {
                if let Layer::DryRun(dry_run) = &console.model.layer
                    && let Some(judged) = dry_run.judged()
                {
                    let number = judged.goes.len().to_string();
                    console.type_text(&number);
                }
            }
            Step::Look => {
                console.look();
            }
            Step::Later(ms) => {
                console.later(*ms);
            }
            Step::Plan(ok) => self.plan(*ok),
            Step::Read(n, ok) => {
                if !console.asked.is_empty() {
                    let asked = console.asked.remove(n % console.asked.len());
                    let failure = error(ErrorKind::TimedOut, "No answer.");
                    let answer = console.world.answer(&asked.fetch);
                    console.reply(&asked, if *ok { answer } else { Err(failure) });
                }
            }
            Step::Change(n, how) => self.change(*n, *how),
            Step::Colleague(n) => console.world.remove(&id(*n)),
        }
        self.judge();
    }

    /// The plan that was asked for last is kept, or it is not.
    fn plan(&mut self, ok: bool) {
        let Some(plan) = self.console.plans.last().cloned() else {
            return;
        };
        if !self.asked_for.insert(plan.batch) {
            return;
        }
        if ok {
            self.kept
                .insert(plan.batch, plan.users.iter().cloned().collect());
        }
        let result = if ok {
            Ok(())
        } else {
            Err("The disk is full.".to_owned())
        };
        let batch = plan.batch;
        self.console.feed(Msg::PlanKept { batch, result });
    }

    fn change(&mut self, n: usize, how: u8) {
        let console = &mut self.console;
        if console.changing.is_empty() {
            return;
        }
        let change = console.changing.remove(n % console.changing.len());
        let gone = |user: &UserId| console.world.find(user).is_none();
        let missing = match &change.action {
            Action::Revoke { session, .. } => {
                !console.world.sessions.iter().any(|one| one.id == *session)
            }
            action => action.users().iter().any(gone),
        };
        let refused = |status, kind| {
            let mut refusal: ApiError = error(kind, "Not this one.");
            refusal.status = Some(status);
            Outcome::Refused(refusal)
        };
        let outcome = match how {
            0 => refused(422, ErrorKind::Invalid),
            1 => refused(429, ErrorKind::RateLimited),
            2 => refused(401, ErrorKind::KeyRefused),
            3 => Outcome::NotSent(error(ErrorKind::NotConnected, "")),
            4 => Outcome::Unknown(error(ErrorKind::TimedOut, "")),
            _ if missing => Outcome::Refused(not_found()),
            5 => {
                console.world.obey(&change.action);
                Outcome::Unknown(error(ErrorKind::Broken, ""))
            }
            _ => {
                if let Some(batch) = change.batch
                    && !matches!(change.action, Action::Revoke { .. })
                {
                    let users = change.action.users().iter().cloned();
                    self.done.extend(users.map(|user| (batch, user)));
                }
                Outcome::Done(Box::new(console.world.obey(&change.action)))
            }
        };
        let op = change.op;
        console.feed(Msg::Changed { op, outcome });
    }

    /// Everything sent since was allowed.
    fn judge(&mut self) {
        let new: Vec<Change> = self.console.sent[self.sent..].to_vec();
        self.sent = self.console.sent.len();
        for change in &new {
            // With nobody marked a key may be about one person: property.rs holds that.
            let Some(batch) = change.batch else { continue };
            let plan = self.kept.get(&batch).expect("a plan that was not kept");
            assert!(self.ops.insert(change.op), "a number that was used before");
            for user in change.action.users() {
                assert!(plan.contains(user), "{user} is not in the plan");
                let again = self.done.contains(&(batch, user.clone()));
                assert!(!again, "{user} a second time after it was done");
            }
        }
        let under_way: Vec<&UserId> = self
            .console
            .changing
            .iter()
            .filter(|change| !matches!(change.action, Action::Revoke { .. }))
            .flat_map(|change| change.action.users())
            .collect();
        let once: HashSet<&&UserId> = under_way.iter().collect();
        assert_eq!(once.len(), under_way.len(), "twice at the same time");
        let of_many = self
            .console
            .changing
            .iter()
            .filter(|one| one.batch.is_some());
        assert!(of_many.count() <= 8);
        self.judge_results();
    }

    /// Once it is over, everybody has a result, and the one that was heard.
    fn judge_results(&self) {
        let Some(batch) = &self.console.model.batch else {
            return;
        };
        if batch.state != State::Over {
            return;
        }
        let plan = &self.kept[&batch.id];
        let tally = batch.tally();
        assert_eq!((tally.all, tally.left()), (plan.len(), 0));
        assert!(self.console.dropped.contains(&batch.id));
        for user in plan {
            let fate = batch.fate(user).expect("a result for everybody");
            if self.done.contains(&(batch.id, user.clone())) {
                assert_eq!(*fate, Fate::Done, "{user}");
            }
        }
    }
}

/// Lets a history happen; says how many were changed in it.
fn run(steps: &[Step]) -> usize {
    let mut witness = Witness::new();
    for step in steps {
        witness.happens(step);
    }
    witness.done.len()
}

fn histories() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 1..160)
}

#[test]
fn nobody_is_changed_outside_the_plan_or_twice() {
    seeds::hold("nobody_is_changed", &histories(), |steps| {
        run(&steps);
    });
}

#[test]
fn the_histories_do_change_many() {
    let histories = (0..400).map(|seed| seeds::value(&histories(), seed));
    let changed: usize = histories.map(|steps| run(&steps)).sum();
    assert!(
        changed > 300,
        "only {changed} changes: the property proves little"
    );
}

//! The part of the witness that watches batches: nobody is changed outside a
//! plan that was confirmed and kept, nobody again once it was done.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;

use super::harness::Console;
use crate::app::batch::{Fate, Origin, State};
use crate::app::{Batch, DryRun};
use crate::domain::{Action, BatchId, Change, Interrupted, Plan, UserId};

/// Whether a dry run is about taking a batch back.
pub fn takes_back(dry_run: &DryRun) -> bool {
    matches!(dry_run.origin, Origin::Undo(_))
}

/// Whom a plan names, and what is done to them.
struct Planned {
    what: &'static str,
    users: HashSet<UserId>,
    /// How many it names.
    all: usize,
    kept: bool,
    left_over: bool,
}

#[derive(Default)]
pub struct Many {
    plans: HashMap<BatchId, Planned>,
    /// For whom it was heard that it was done, by batch.
    done: HashSet<(BatchId, UserId)>,
    /// Whoever was named by a dry run that was consented to.
    named: HashSet<UserId>,
    /// How the batch stood after the last thing that happened.
    stood: Option<(BatchId, State)>,
    /// What was seen since somebody asked.
    pub seen: Vec<&'static str>,
}

impl Many {
    /// A number was typed for a plan, in a dry run about these.
    pub fn confirmed(&mut self, plan: &Plan, ids: HashSet<UserId>) {
        self.named.extend(ids);
        self.expect(plan, plan.users.iter().cloned().collect(), false);
    }

    /// An earlier run left this: its plan is kept already.
    pub fn left(&mut self, left: &Interrupted) {
        self.named.extend(left.left.iter().cloned());
        self.expect(&left.plan, left.left.iter().cloned().collect(), true);
    }

    fn expect(&mut self, plan: &Plan, users: HashSet<UserId>, left_over: bool) {
        let planned = Planned {
            what: plan.what.name(),
            users,
            all: plan.users.len(),
            kept: left_over,
            left_over,
        };
        let before = self.plans.insert(plan.batch, planned);
        assert!(before.is_none(), "two plans of one number");
    }

    /// The plan that waits is kept, or it cannot be: gives its number.
    pub fn keeps(&mut self, kept: bool) -> Option<BatchId> {
        let waits = |(_, plan): &(&BatchId, &mut Planned)| !plan.kept;
        let (batch, plan) = self.plans.iter_mut().find(waits)?;
        let batch = *batch;
        if kept {
            plan.kept = true;
        } else {
            self.plans.remove(&batch);
        }
        Some(batch)
    }

    /// Whether a plan waits to be kept.
    pub fn waits(&self) -> bool {
        self.plans.values().any(|plan| !plan.kept)
    }

    /// Whether all of these were named by a dry run before.
    pub fn knows(&self, ids: &HashSet<UserId>) -> bool {
        ids.is_subset(&self.named)
    }

    /// Clerk said that this was done.
    pub fn heard(&mut self, change: &Change) {
        if let Some(batch) = change.batch
            && !matches!(change.action, Action::Revoke { .. })
        {
            let users = change.action.users().iter().cloned();
            self.done.extend(users.map(|user| (batch, user)));
        }
    }

    /// A step was sent.
    pub fn judge(&self, console: &Console, change: &Change) {
        let batch = change.batch.unwrap();
        let plan = self
            .plans
            .get(&batch)
            .expect("a plan that nobody confirmed");
        assert!(plan.kept, "sent before the plan was kept");
        assert_eq!(change.action.name(), plan.what);
        for user in change.action.users() {
            assert!(plan.users.contains(user), "{user} is not in the plan");
            let again = self.done.contains(&(batch, user.clone()));
            assert!(!again, "{user} a second time after it was done");
        }
        let rests = |state: &State| !matches!(state, State::Running | State::Keeping);
        if let (Some((stood, before)), Some(now)) = (&self.stood, &console.model.batch)
            && *stood == batch
        {
            assert!(
                !(rests(before) && rests(&now.state)),
                "sent while {before:?}"
            );
        }
        assert!(console.changing.len() <= 8 + 1);
    }

    /// Once it is over, everybody has a result, and the one that was heard.
    pub fn look_around(&mut self, console: &Console) {
        let Some(batch) = &console.model.batch else {
            return;
        };
        let changed = match &self.stood {
            Some((id, state)) => {
                *id != batch.id || discriminant(state) != discriminant(&batch.state)
            }
            None => true,
        };
        self.stood = Some((batch.id, batch.state.clone()));
        let plan = &self.plans[&batch.id];
        if changed {
            self.seen.push(match batch.state {
                State::Paused(_) => "a batch pauses",
                State::CallingOff => "a batch is called off",
                State::Over if plan.left_over => "a batch of an earlier run ends",
                State::Over if batch.repeatable().is_empty() => "a batch ends",
                State::Over => "a batch ends with failures",
                _ => "a batch goes on",
            });
        }
        if batch.state == State::Over {
            self.judge_results(console, batch, plan);
        }
    }

    fn judge_results(&self, console: &Console, batch: &Batch, plan: &Planned) {
        let tally = batch.tally();
        // Those whom an earlier run left were read again: some had it already,
        // and count as done; some could not be read.
        let left_out = if plan.left_over {
            batch.left_out.len()
        } else {
            0
        };
        assert_eq!((tally.all + left_out, tally.left()), (plan.all, 0));
        assert!(console.dropped.contains(&batch.id));
        for user in &plan.users {
            let fate = batch.fate(user);
            assert!(fate.is_some() || plan.left_over, "no result for {user}");
            if self.done.contains(&(batch.id, user.clone())) {
                assert_eq!(fate, Some(&Fate::Done), "{user}");
            }
        }
    }
}

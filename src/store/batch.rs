//! What the trail knows of batches: their plans, and how far they came.

use std::collections::{HashMap, HashSet};

use memchr::memmem::Finder;

use super::{
    line::{Event, Line, Result as Ending},
    plan::{Orphan, Orphans},
    trail::{Trail, TrailError},
};
use crate::domain::{BatchId, Interrupted, Plan, ToEach, Untrusted, UserId};

/// The batches of earlier runs that did not come to their end.
#[derive(Debug, Default)]
pub struct Leftover {
    /// Those that can be finished, the oldest first. This run holds their plans now.
    pub interrupted: Vec<Interrupted>,
    /// Plans that cannot be read, in words.
    pub unreadable: Option<String>,
}

/// The people of whom the trail says that it was done, by batch.
type Done = HashMap<BatchId, HashSet<String>>;

impl Trail {
    /// Writes the plan of a batch down for good. The batch may begin only if this
    /// succeeds; this run holds the plan then.
    ///
    /// # Errors
    /// [`TrailError`]; nothing was written then.
    pub fn keep_plan(&self, plan: &Plan) -> Result<(), TrailError> {
        let kept = self.0.plans.keep(plan, &self.0.author);
        kept.map_err(|error| self.failed(error).of_a_plan())
    }

    /// Removes a plan that this run holds.
    ///
    /// # Errors
    /// [`TrailError`]; the next run will find it then.
    pub fn drop_plan(&self, batch: BatchId) -> Result<(), TrailError> {
        let dropped = self.0.plans.forget(batch);
        dropped.map_err(|error| self.failed(error).of_a_plan())
    }

    /// Takes the batches of this instance whose console ended before they did.
    ///
    /// # Errors
    /// [`TrailError`], where plans or trail cannot be read. No plan is held then.
    pub fn leftover(&self) -> Result<Leftover, TrailError> {
        let plans = &self.0.plans;
        let Orphans { plans: found, odd } = plans
            .take_orphans(&self.0.author)
            .map_err(|error| self.failed(error).of_a_plan())?;
        let unreadable = (!odd.is_empty()).then(|| odd.join(" "));
        let done = self.done(&found).inspect_err(|_| {
            for orphan in &found {
                plans.let_go(orphan.plan.batch);
            }
        })?;
        let mut interrupted = Vec::new();
        for Orphan { plan, operator } in found {
            let left = left(&plan, &done[&plan.batch]);
            if left.is_empty() {
                // It had come to its end. What cannot be removed is found again.
                let _ = plans.forget(plan.batch);
                continue;
            }
            interrupted.push(Interrupted {
                plan,
                operator: Untrusted::new(operator),
                left,
            });
        }
        Ok(Leftover {
            interrupted,
            unreadable,
        })
    }

    /// Reads in the trail whose part of some batches is done.
    fn done(&self, orphans: &[Orphan]) -> Result<Done, TrailError> {
        let batches = orphans.iter().map(|orphan| orphan.plan.batch);
        let mut done: Done = batches.map(|batch| (batch, HashSet::new())).collect();
        if done.is_empty() {
            return Ok(done);
        }
        // Most lines of most trails are of no batch, and need not be read for it.
        let batch_named = Finder::new(br#""batch":"#);
        let visited = self.0.place.visit(|bytes| {
            if batch_named.find(bytes).is_some()
                && let Some(line) = Line::from_json(bytes)
                && let Event::Outcome {
                    result: Ending::Done,
                    ..
                } = line.event
                && let Some(batch) = line.batch.as_deref().and_then(BatchId::parse)
                && let Some(done) = done.get_mut(&batch)
            {
                done.extend(line.targets);
            }
        });
        visited.map_err(|error| self.failed(error))?;
        Ok(done)
    }
}

/// The people of a plan of whom the trail does not say that it was done.
///
/// Whoever has an intent without a known outcome is among them, once, although
/// that change is settled by itself as well ([`Trail::unsettled`]). Both is right:
/// settling tells what became of the one request; finishing the batch reads each
/// person again before anything is sent, and passes over those who are already as
/// they shall be. For the same reason nobody is taken off for what was merely
/// read back.
fn left(plan: &Plan, done: &HashSet<String>) -> Vec<UserId> {
    let is_left = |user: &&UserId| match plan.what {
        // A request ends one session of perhaps many, so a done one says nothing
        // of the person.
        ToEach::SignOut => true,
        _ => !done.contains(user.as_str()),
    };
    plan.users.iter().filter(is_left).cloned().collect()
}

//! The audit trail around each change: intent, then the change, then outcome.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{
    sync::mpsc::UnboundedSender,
    task::{JoinError, spawn_blocking},
};

use super::clock::wall;
use crate::{
    app::{Msg, Ticket},
    domain::{ApiError, BatchId, ErrorKind, OpId, Outcome, Permit, Plan, UserId},
    store::{Trail, TrailError},
};

/// Keeps the audit trail of a running console, if there is one.
#[derive(Clone, Debug)]
pub(super) struct Record {
    trail: Option<Trail>,
    answers: UnboundedSender<Msg>,
    /// Whether the person was told that an outcome could not be written.
    told: Arc<AtomicBool>,
}

impl Record {
    pub(super) fn new(trail: Option<Trail>, answers: UnboundedSender<Msg>) -> Self {
        Self {
            trail,
            answers,
            told: Arc::default(),
        }
    }

    /// Writes the intent, lets the change be sent, and writes its outcome. If
    /// the intent cannot be written, nothing is sent. What else goes wrong comes
    /// beside the outcome.
    pub(super) async fn around(
        &self,
        permit: &Permit,
        sending: impl Future<Output = Outcome>,
    ) -> (Outcome, Option<String>) {
        let Some(trail) = &self.trail else {
            return (sending.await, None);
        };
        let op = permit.change().op;
        let (intending, change) = (trail.clone(), permit.change().clone());
        let intent = spawn_blocking(move || intending.intend(wall(), &change)).await;
        if let Some(why) = failure(intent) {
            let error = ApiError::new(ErrorKind::NotRecorded, why);
            return (Outcome::NotSent(error), None);
        }
        let outcome = sending.await;
        let (concluding, ended) = (trail.clone(), outcome.clone());
        let written = spawn_blocking(move || concluding.conclude(wall(), op, &ended)).await;
        (outcome, failure(written))
    }

    /// Tells the person, the first time, that an outcome could not be written.
    pub(super) fn tell(&self, why: String) {
        if !self.told.swap(true, Ordering::Relaxed) {
            let _ = self.answers.send(Msg::NotRecorded(why));
        }
    }

    /// Writes what was read back after a change whose outcome was not known.
    pub(super) fn settle(&self, op: OpId, words: String) {
        let (record, Some(trail)) = (self.clone(), self.trail.clone()) else {
            return;
        };
        spawn_blocking(move || {
            if let Err(error) = trail.settle(wall(), op, &words) {
                record.tell(error.to_string());
            }
        });
    }

    /// Looks for changes of earlier runs that nobody knows the end of.
    pub(super) fn look_back(&self) {
        let (record, Some(trail)) = (self.clone(), self.trail.clone()) else {
            return;
        };
        spawn_blocking(move || match trail.unsettled() {
            Ok(unsettled) if unsettled.is_empty() => {}
            Ok(unsettled) => {
                let _ = record.answers.send(Msg::Unsettled(unsettled));
            }
            Err(error) => record.tell(error.to_string()),
        });
    }

    /// Writes a plan down, and says whether that succeeded.
    pub(super) fn keep_plan(&self, plan: &Plan) {
        let batch = plan.batch;
        let result = Ok(());
        let _ = self.answers.send(Msg::PlanKept { batch, result });
    }

    /// Removes a plan.
    pub(super) fn drop_plan(&self, _batch: BatchId) {
        let _ = &self.trail;
    }

    /// Looks up what was done to somebody.
    pub(super) fn recall(&self, ticket: Ticket, _user: UserId) {
        let deeds = None;
        let _ = self.answers.send(Msg::Recalled { ticket, deeds });
    }

    /// The console ends: what has no answer is unknown. If that cannot be
    /// written, the next run finds out by itself.
    pub(super) fn leave(&self) {
        if let Some(trail) = &self.trail {
            let _ = trail.leave(wall());
        }
    }
}

/// Why the trail was not written, if it was not.
fn failure(written: Result<Result<(), TrailError>, JoinError>) -> Option<String> {
    match written {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("The part of this console that keeps the audit trail crashed.".to_owned()),
    }
}

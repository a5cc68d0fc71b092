//! The audit trail around each change: intent, then the change, then outcome;
//! and around batches their plans.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use futures_util::FutureExt;
use tokio::{
    sync::mpsc::UnboundedSender,
    task::{JoinError, JoinHandle, spawn_blocking},
};

use super::clock::wall;
use crate::{
    api::Again,
    app::{Msg, Ticket},
    domain::{ApiError, BatchId, ErrorKind, OpId, Outcome, Permit, Plan, UserId},
    store::{SaveError, Trail, TrailError},
};

/// Keeps the audit trail of a running console, if there is one.
#[derive(Clone, Debug)]
pub(super) struct Record {
    trail: Option<Trail>,
    answers: UnboundedSender<Msg>,
    /// Whether the person was told that an outcome could not be written.
    told: Arc<AtomicBool>,
    /// What was asked of the trail last, beside the changes.
    last: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Record {
    pub(super) fn new(trail: Option<Trail>, answers: UnboundedSender<Msg>) -> Self {
        Self {
            trail,
            answers,
            told: Arc::default(),
            last: Arc::default(),
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

    /// To be asked before a change is sent again: writes that the attempt before
    /// was in vain. If that cannot be written, it is not sent again.
    pub(super) fn again(&self, op: OpId) -> Box<Again> {
        let trail = self.trail.clone();
        Box::new(move |error| {
            let trail = trail.clone();
            async move {
                let Some(trail) = trail else { return Ok(()) };
                let written = spawn_blocking(move || trail.again(wall(), op, &error)).await;
                let unrecorded = |why| Err(ApiError::new(ErrorKind::NotRecorded, why));
                failure(written).map_or(Ok(()), unrecorded)
            }
            .boxed()
        })
    }

    /// Tells the person, the first time, that an outcome could not be written.
    pub(super) fn tell(&self, why: String) {
        if !self.told.swap(true, Ordering::Relaxed) {
            self.send(Msg::NotRecorded(why));
        }
    }

    /// Lets something be done with the trail after everything that was asked for
    /// before: a plan is not dropped before it is kept, and whoever looks back
    /// finds what was settled.
    fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Trail) -> T + Send + 'static,
        then: impl FnOnce(&Self, Result<T, JoinError>) + Send + 'static,
    ) {
        let (record, Some(trail)) = (self.clone(), self.trail.clone()) else {
            return;
        };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let before = last.take();
        *last = Some(tokio::spawn(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            let done = spawn_blocking(move || work(&trail)).await;
            then(&record, done);
        }));
    }

    /// Writes what was read back after a change whose outcome was not known.
    pub(super) fn settle(&self, op: OpId, done: Option<bool>, words: String) {
        self.in_turn(
            move |trail| trail.settle(wall(), op, done, &words),
            |record, settled| {
                if let Some(why) = failure(settled) {
                    record.tell(why);
                }
            },
        );
    }

    /// Looks for what earlier runs left: changes that nobody knows the end of, and
    /// batches that did not come to theirs.
    pub(super) fn look_back(&self) {
        self.in_turn(Trail::unsettled, |record, unsettled| match unsettled {
            Ok(Ok(unsettled)) if unsettled.is_empty() => {}
            Ok(Ok(unsettled)) => record.send(Msg::Unsettled(unsettled)),
            failed => record.lament(failure(failed)),
        });
        self.in_turn(Trail::leftover, |record, leftover| match leftover {
            Ok(Ok(leftover)) => {
                record.lament(leftover.unreadable);
                if !leftover.interrupted.is_empty() {
                    record.send(Msg::Interrupted(leftover.interrupted));
                }
            }
            failed => record.lament(failure(failed)),
        });
    }

    /// Writes a plan down, and says whether that succeeded.
    pub(super) fn keep_plan(&self, plan: Plan) {
        let batch = plan.batch;
        if self.trail.is_none() {
            let result = Ok(());
            return self.send(Msg::PlanKept { batch, result });
        }
        self.in_turn(
            move |trail| trail.keep_plan(&plan),
            move |record, kept| {
                let result = failure(kept).map_or(Ok(()), Err);
                record.send(Msg::PlanKept { batch, result });
            },
        );
    }

    /// Removes a plan.
    pub(super) fn drop_plan(&self, batch: BatchId) {
        self.in_turn(
            move |trail| trail.drop_plan(batch),
            |record, dropped| record.lament(failure(dropped)),
        );
    }

    /// Looks up what was done to somebody. Without a trail that is nothing.
    pub(super) fn recall(&self, ticket: Ticket, user: UserId) {
        if self.trail.is_none() {
            let deeds = Some(Vec::new());
            return self.send(Msg::Recalled { ticket, deeds });
        }
        self.in_turn(
            move |trail| trail.about(&user),
            move |record, deeds| {
                let deeds = deeds.ok().and_then(Result::ok);
                record.send(Msg::Recalled { ticket, deeds });
            },
        );
    }

    /// Writes a file into the data directory, and says where it is.
    pub(super) fn save(&self, ticket: Ticket, name: String, text: String) {
        if self.trail.is_none() {
            let result = Err(SaveError::NoPlace.to_string());
            return self.send(Msg::Saved { ticket, result });
        }
        self.in_turn(
            move |trail| trail.save(&name, &text),
            move |record, saved| {
                let result = match saved {
                    Ok(Ok(path)) => Ok(path.shown().into_owned()),
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_) => Err("The part of this console that saves files crashed.".to_owned()),
                };
                record.send(Msg::Saved { ticket, result });
            },
        );
    }

    /// Tells the person what went wrong beside the changes, if anything did.
    fn lament(&self, why: Option<String>) {
        if let Some(why) = why {
            self.send(Msg::StoreFailed(why));
        }
    }

    fn send(&self, msg: Msg) {
        let _ = self.answers.send(msg);
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
fn failure<T>(written: Result<Result<T, TrailError>, JoinError>) -> Option<String> {
    let why = match written {
        Ok(Ok(_)) => return None,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "The part of this console that keeps the audit trail crashed.".to_owned(),
    };
    tracing::error!(why, "not kept");
    Some(why)
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;
    use crate::{
        domain::{Action, Change, Timestamp, ToEach},
        store::Author,
    };

    fn open(directory: &std::path::Path, run: u64) -> (Record, UnboundedReceiver<Msg>, Trail) {
        let author = Author {
            operator: "ann@desk".to_owned(),
            host: "api.clerk.com".to_owned(),
            instance: "acme".to_owned(),
        };
        let trail = Trail::open(directory, author, run).unwrap();
        let (answers, messages) = unbounded_channel();
        (Record::new(Some(trail.clone()), answers), messages, trail)
    }

    fn user() -> UserId {
        UserId::new("user_1").unwrap()
    }

    fn plan(n: u32) -> Plan {
        Plan {
            batch: BatchId(OpId { run: 1, n }),
            at: Timestamp::from_millis(0),
            what: ToEach::Ban,
            users: vec![user()],
            reason: None,
        }
    }

    #[tokio::test]
    async fn a_plan_is_there_before_it_is_said_to_be_and_is_found_after_a_crash() {
        let directory = tempfile::tempdir().unwrap();
        let (record, mut messages, trail) = open(directory.path(), 1);
        record.keep_plan(plan(1));
        let kept = messages.recv().await;
        assert!(
            matches!(kept, Some(Msg::PlanKept { batch, result: Ok(()) }) if batch == plan(1).batch)
        );
        let file = format!("plans/{}.json", plan(1).batch);
        assert!(directory.path().join(file).exists());
        // Dropped in the same breath as it is kept, it is not left behind.
        record.keep_plan(plan(2));
        record.drop_plan(plan(2).batch);
        record.recall(Ticket(1), user());
        while !matches!(messages.recv().await, Some(Msg::Recalled { .. })) {}
        drop((record, trail));

        let (record, mut messages, _trail) = open(directory.path(), 2);
        record.look_back();
        let Some(Msg::Interrupted(found)) = messages.recv().await else {
            panic!("nothing was found")
        };
        let plans: Vec<Plan> = found.into_iter().map(|found| found.plan).collect();
        assert_eq!(plans, [plan(1)]);
    }

    #[tokio::test]
    async fn what_cannot_be_kept_or_read_is_said() {
        let directory = tempfile::tempdir().unwrap();
        let plans = directory.path().join("plans");
        let (record, mut messages, _trail) = open(directory.path(), 1);
        std::fs::write(&plans, "").unwrap();
        record.keep_plan(plan(1));
        let Some(Msg::PlanKept { result, .. }) = messages.recv().await else {
            panic!("no answer")
        };
        assert!(result.unwrap_err().starts_with("The plan of a batch in "));
        std::fs::remove_file(&plans).unwrap();
        std::fs::create_dir(&plans).unwrap();
        std::fs::write(plans.join("0-1.json"), "{").unwrap();
        record.look_back();
        let Some(Msg::StoreFailed(why)) = messages.recv().await else {
            panic!("nothing was said")
        };
        assert!(why.contains("is damaged"), "{why}");
    }

    #[tokio::test]
    async fn whoever_looks_back_finds_what_was_settled_just_before() {
        let directory = tempfile::tempdir().unwrap();
        let (first, _messages, trail) = open(directory.path(), 1);
        let op = OpId { run: 1, n: 1 };
        let ban = Change::new(op, Action::Ban(user()));
        trail.intend(Timestamp::from_millis(0), &ban).unwrap();
        drop((first, trail));
        let (record, mut messages, _trail) = open(directory.path(), 2);
        record.look_back();
        assert!(matches!(messages.recv().await, Some(Msg::Unsettled(_))));
        record.settle(op, Some(true), "banned".to_owned());
        record.recall(Ticket(1), user());
        let Some(Msg::Recalled { deeds, .. }) = messages.recv().await else {
            panic!("no answer")
        };
        assert_eq!(deeds.unwrap()[0].done, Some(true));
    }

    #[tokio::test]
    async fn what_is_not_on_record_is_told_the_first_time_only() {
        let (answers, mut messages) = unbounded_channel();
        let record = Record::new(None, answers);
        record.tell("first".to_owned());
        record.clone().tell("second".to_owned());
        drop(record);
        assert!(matches!(messages.recv().await, Some(Msg::NotRecorded(why)) if why == "first"));
        assert!(messages.recv().await.is_none());
    }
}

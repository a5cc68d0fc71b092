//! Hearing how the steps of a batch ended.

use super::error::{Verdict, judge, judge_unknown};
use super::results::Fate;
use super::running::{Step, Work};
use super::steps::go_on;
use crate::app::jobs::{End, Job};
use crate::app::{Model, Ticket, aftermath, unsettled, words};
use crate::domain::{Answer, ApiError, Fact, OpId, Outcome, ToEach, UserPage};

/// Whether a change is a step of the batch under way.
pub fn is_of(model: &Model, op: OpId) -> bool {
    let batch = model.batch.as_ref();
    batch.is_some_and(|batch| batch.sent.iter().any(|(sent, _)| *sent == op))
}

/// How a step was heard of.
#[derive(Clone, Debug)]
pub enum Heard {
    /// By its own answer; why not, if it was not done.
    Answered(Option<ApiError>),
    /// By what was read back.
    ReadBack(Box<Result<Answer, ApiError>>),
}

impl Heard {
    /// What an outcome says.
    pub fn of(outcome: &Outcome) -> Self {
        Self::Answered(match outcome {
            Outcome::Refused(error) | Outcome::NotSent(error) => Some(error.clone()),
            Outcome::Done(_) | Outcome::Unknown(_) => None,
        })
    }
}

/// A step has ended: what is true is shown wherever it stands, and the batch goes on.
pub fn ended(model: &mut Model, job: &Job, end: End, heard: &Heard) {
    let Some(mut step) = take_sent(model, job.op) else {
        return;
    };
    match end {
        End::Done(effected) => {
            aftermath::take_step(model, job, effected);
            if let Some(batch) = &mut model.batch {
                batch.done(&mut model.ctx, &step);
            }
        }
        End::Gone => {
            for user in job.action.users() {
                aftermath::remove_user(model, user);
            }
            gone(model, &step);
        }
        End::Failed(why) | End::Unclear(why) => {
            if let Heard::ReadBack(result) = heard {
                step.unknown = true;
                let end = End::Failed(why.clone());
                if unsettled::read_back(job, result, &end).is_none() {
                    step.open.push(job.op);
                }
                if let Ok(Answer::Users(page)) = &**result {
                    aftermath::learn_rows(model, page);
                    part(model, &mut step, page);
                }
            }
            fail(model, step, &why, heard);
        }
    }
    go_on(model);
}

fn take_sent(model: &mut Model, op: OpId) -> Option<Step> {
    let batch = model.batch.as_mut()?;
    let at = batch.sent.iter().position(|(sent, _)| *sent == op)?;
    Some(batch.sent.swap_remove(at).1)
}

/// They are not there any more. After a deletion of ours whose end was not
/// known, that was we.
fn gone(model: &mut Model, step: &Step) {
    let Some(batch) = &mut model.batch else {
        return;
    };
    if batch.what == ToEach::Delete && step.unknown {
        return batch.done(&mut model.ctx, step);
    }
    for place in step.places() {
        batch.decide(*place, Fate::Gone, model.ctx.now.moment);
    }
}

/// Of several people who were read back some are as they should be.
fn part(model: &mut Model, step: &mut Step, page: &UserPage) {
    let (Some(batch), Work::Change(places)) = (&mut model.batch, &mut step.work) else {
        return;
    };
    let banned = batch.what == ToEach::Ban;
    let is_so = |place: &usize| {
        let id = batch.people[*place].read.person.id.as_str();
        let row = (0..page.len()).find(|row| page.id(*row) == id);
        row.is_some_and(|row| page.facts(row).has(Fact::Banned) == banned)
    };
    let (done, left): (Vec<usize>, Vec<usize>) = places.iter().partition(|place| is_so(place));
    *places = left;
    for place in done {
        batch.decide(place, Fate::Done, model.ctx.now.moment);
    }
}

fn fail(model: &mut Model, step: Step, why: &str, heard: &Heard) {
    let verdict = match heard {
        Heard::Answered(Some(error)) => judge(error, step.tries),
        Heard::ReadBack(result) => match result.as_ref().as_ref().map_err(|e| judge(e, step.tries))
        {
            Err(verdict @ Verdict::Pause(_)) => verdict,
            _ => judge_unknown(why, step.tries),
        },
        Heard::Answered(None) => judge_unknown(why, step.tries),
    };
    if let Some(batch) = &mut model.batch
        && !step.places().is_empty()
    {
        batch.failed(&mut model.ctx, step, verdict);
    }
}

/// Takes the answer about somebody's sessions; says whether it was one.
pub fn settle(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let Model { ctx, batch, .. } = model;
    let Some(batch) = batch else { return false };
    let Some(step) = batch.readers.take(ticket) else {
        return false;
    };
    match result {
        Ok(Answer::Sessions(page)) => batch.heard_sessions(ctx, &step, page),
        Err(error) if error.status == Some(404) => {
            batch.decide(step.places()[0], Fate::Gone, ctx.now.moment);
        }
        Err(error) => {
            let verdict = judge(error, step.tries);
            batch.failed(ctx, step, verdict);
        }
        Ok(_) => {
            let why = words::explain(&crate::app::remote::wrong_answer());
            let verdict = judge_unknown(&why, step.tries);
            batch.failed(ctx, step, verdict);
        }
    }
    go_on(model);
    true
}

/// Takes a wake-up; says whether a step rested until then.
pub fn woke(model: &mut Model, ticket: Ticket) -> bool {
    let Some(batch) = &mut model.batch else {
        return false;
    };
    let Some(at) = batch
        .resting
        .iter()
        .position(|(awaited, _)| *awaited == ticket)
    else {
        return false;
    };
    let (_, step) = batch.resting.swap_remove(at);
    batch.line.push_front(step);
    go_on(model);
    true
}

//! Sending the steps of a batch, and hearing how they ended.

use super::error::Verdict;
use super::results::Fate;
use super::running::{Batch, State, Step, Work};
use crate::app::dossier::ALL_SESSIONS;
use crate::app::{Context, Deed, Effect, Jobs, Layer, Model, Tone, What, aftermath};
use crate::domain::{
    Action, BatchId, Change, Denied, Fetch, Known, Lane, Page, Permit, Row, Session, SessionId,
    SessionStatus, Targets, UserId,
};

/// Sends what may be sent, and ends a batch that has nothing left.
pub fn go_on(model: &mut Model) {
    let Model {
        ctx, jobs, batch, ..
    } = model;
    let Some(batch) = batch else { return };
    for _ in 0..batch.line.len() {
        if !batch.may_send() {
            break;
        }
        let Some(step) = batch.line.pop_front() else {
            break;
        };
        // A change of theirs that is no part of this is on its way: that ends first.
        let busy = batch
            .ids(step.places())
            .iter()
            .any(|id| jobs.of(id).is_some());
        if busy {
            batch.line.push_back(step);
        } else {
            batch.send(ctx, jobs, step);
        }
    }
    if batch.is_idle() {
        finish(model);
    }
}

impl Batch {
    fn send(&mut self, ctx: &mut Context, jobs: &mut Jobs, mut step: Step) {
        step.tries += 1;
        if let Work::Sessions(place) = step.work {
            let user = self.people[place].read.person.id.clone();
            self.readers.push(step);
            return (self.readers).ask(ctx, Lane::Background, |_| active_sessions(&user));
        }
        let Some(action) = self.action(&step) else {
            return;
        };
        let first = &self.people[step.places()[0]].read;
        let change = Change {
            batch: Some(self.id),
            before: first.before.clone(),
            reason: self.reason.clone(),
            ..Change::new(jobs.next_op(), action)
        };
        let person = first.person.clone();
        match Permit::check(change, &ctx.policy, |user| self.known(&step, user)) {
            Ok(permit) => {
                let change = permit.change();
                jobs.begin(change, person, Vec::new(), Known::default());
                self.sent.push((change.op, step));
                ctx.ask(Effect::Change(permit));
            }
            Err(denied @ (Denied::ReadOnly | Denied::NotAllowed(_) | Denied::NoReason)) => {
                self.line.push_front(step);
                self.state = State::Paused(Some(denied.to_string()));
            }
            Err(denied) => self.fail(ctx, &step, &denied.to_string()),
        }
    }

    /// The request of a step.
    fn action(&self, step: &Step) -> Option<Action> {
        match (&step.work, self.ids(step.places()).as_slice()) {
            (Work::Revoke(_, session), [user]) => Some(Action::Revoke {
                session: session.clone(),
                user: user.clone(),
            }),
            (Work::Change(_), [user]) => self.what.action(user),
            (Work::Change(_), users) => {
                let targets = Targets::new(users.iter().cloned()).ok()?;
                self.what.action_for_all(targets)
            }
            _ => None,
        }
    }

    fn known(&self, step: &Step, user: &UserId) -> Known {
        let people = step.places().iter().map(|place| &self.people[*place].read);
        let mut of_user = people.filter(|read| read.person.id == *user);
        of_user
            .next()
            .map_or_else(Known::default, |read| read.known.clone())
    }

    /// A step was not done, and is not tried again.
    pub(super) fn fail(&mut self, ctx: &mut Context, step: &Step, why: &str) {
        if let Work::Revoke(place, _) = step.work {
            let theirs = self.sign_outs.entry(place).or_default();
            theirs.failed = Some(why.to_owned());
            return self.revoked(ctx, place, false);
        }
        for place in step.places() {
            self.decide(*place, Fate::Failed(why.to_owned()), ctx.now.moment);
        }
    }

    /// A step was done, by this try or by one before.
    pub(super) fn done(&mut self, ctx: &mut Context, step: &Step) {
        for op in &step.open {
            let words = "it was done, by this try or by a later one".to_owned();
            ctx.ask(Effect::Settle {
                op: *op,
                done: None,
                words,
            });
        }
        match step.work {
            Work::Revoke(place, _) => self.revoked(ctx, place, true),
            _ => {
                for place in step.places() {
                    self.decide(*place, Fate::Done, ctx.now.moment);
                }
            }
        }
    }

    /// One of somebody's sessions was heard of.
    fn revoked(&mut self, ctx: &mut Context, place: usize, done: bool) {
        let theirs = self.sign_outs.entry(place).or_default();
        theirs.left = theirs.left.saturating_sub(1);
        theirs.revoked += usize::from(done);
        if theirs.left > 0 {
            return;
        }
        match (&theirs.failed, theirs.more) {
            (Some(why), _) => {
                let fate = Fate::Failed(why.clone());
                self.decide(place, fate, ctx.now.moment);
            }
            (None, true) => self.line.push_front(Step::new(Work::Sessions(place))),
            (None, false) => self.decide(place, Fate::Done, ctx.now.moment),
        }
    }

    /// A step failed.
    pub(super) fn failed(&mut self, ctx: &mut Context, mut step: Step, verdict: Verdict) {
        // What was called off is not tried again.
        let goes_on = matches!(self.state, State::Running | State::Paused(_));
        match verdict {
            Verdict::Pause(why) => {
                step.tries -= 1;
                if goes_on {
                    self.line.push_front(step);
                    self.state = State::Paused(Some(why));
                }
            }
            Verdict::Again(_) if !goes_on => {}
            Verdict::Again(rest_ms) => {
                let ticket = ctx.wake(rest_ms);
                self.resting.push((ticket, step));
            }
            Verdict::Refused(why) => match step.halves() {
                Some([first, second]) if goes_on => {
                    self.line.push_front(second);
                    self.line.push_front(first);
                }
                // Nobody knows which of them was the reason.
                Some(_) => {}
                None => self.fail(ctx, &step, &why),
            },
        }
    }

    /// Somebody's sessions were read: each that began before the batch is revoked.
    pub(super) fn heard_sessions(&mut self, ctx: &mut Context, step: &Step, page: &Page<Session>) {
        let Work::Sessions(place) = step.work else {
            return;
        };
        let began_before = |session: &&Session| {
            session.status.is_live() && session.created.is_none_or(|created| created <= self.at)
        };
        let sessions = page.rows.iter().filter_map(Row::read);
        let sessions: Vec<SessionId> = sessions
            .filter(began_before)
            .map(|session| session.id.clone())
            .collect();
        if sessions.is_empty() {
            return self.done(ctx, step);
        }
        let theirs = self.sign_outs.entry(place).or_default();
        theirs.left = sessions.len();
        theirs.more = page.rows.len() >= ALL_SESSIONS as usize;
        for session in sessions {
            self.line
                .push_front(Step::new(Work::Revoke(place, session)));
        }
    }
}

/// Somebody's active sessions.
fn active_sessions(user: &UserId) -> Fetch {
    Fetch::Sessions {
        user: Some(user.clone()),
        status: Some(SessionStatus::Active),
        offset: 0,
        limit: ALL_SESSIONS,
    }
}

/// Its plan is kept, or it is not: then nothing is sent.
pub fn kept(model: &mut Model, id: BatchId, result: Result<(), String>) {
    let awaited = |batch: &Batch| batch.id == id && batch.state == State::Keeping;
    if !model.batch.as_ref().is_some_and(awaited) {
        return;
    }
    match result {
        Ok(()) => resume(model),
        Err(why) => {
            model.batch = None;
            if matches!(model.layer, Layer::Batch(_)) {
                model.layer = Layer::None;
            }
            let text = format!("Nothing was sent: the plan could not be kept. {why}");
            model.ctx.say(Tone::Bad, text);
        }
    }
}

/// It goes on, or begins.
pub(super) fn resume(model: &mut Model) {
    if let Some(batch) = &mut model.batch {
        batch.state = State::Running;
        batch.pulse.start(model.ctx.now.moment);
    }
    go_on(model);
}

/// No more steps are sent; those sent are awaited.
pub(super) fn call_off(model: &mut Model) {
    if let Some(batch) = &mut model.batch {
        batch.state = State::CallingOff;
        batch.drop_steps(&mut model.ctx);
    }
    go_on(model);
}

/// The console leaves: what was not sent is dropped, and the plan stays for the
/// next start. Says what is to be told.
pub fn leave(model: &mut Model) -> Option<String> {
    let batch = model.batch.as_mut().filter(|batch| batch.is_under_way())?;
    if batch.state == State::Leaving {
        return None;
    }
    batch.drop_steps(&mut model.ctx);
    batch.state = State::Leaving;
    let text = batch.last_words();
    go_on(model);
    text
}

/// Everybody has a result: the plan is not needed any more, and what is shown
/// is read once more.
fn finish(model: &mut Model) {
    let Some(batch) = &mut model.batch else {
        return;
    };
    batch.close();
    model.ctx.ask(Effect::DropPlan(batch.id));
    let done = batch.people.iter().filter(|m| m.fate == Some(Fate::Done));
    let done: Vec<UserId> = done.map(|member| member.read.person.id.clone()).collect();
    let text = batch.summary();
    if !done.is_empty() {
        model.ledger.add(Deed {
            op: batch.id.0,
            at: model.ctx.now.wall,
            what: What::Many {
                batch: batch.id,
                what: batch.what.clone(),
                users: done.clone(),
            },
            way_back: batch.what.way_back(),
            undoes: batch.undoes,
            reason: batch.reason.clone(),
            trace_id: None,
        });
    }
    aftermath::after_batch(model, &done);
    if !matches!(model.layer, Layer::Batch(_)) {
        model
            .ctx
            .say(Tone::Good, format!("{text}. :batch shows it."));
    }
}

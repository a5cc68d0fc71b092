//! Changes on their way.

use std::sync::Arc;

use crate::domain::{
    Action, Answer, ApiError, Change, ErrorKind, Fetch, InvitationId, Known, Lane, OpId, Outcome,
    Permit, Session, Untrusted, User, UserId, UserPage,
};

use super::dossier::{ALL_SESSIONS, all_sessions};
use super::text::capitalized;
use super::{Context, Effect, PaneId, Part, Ticket, Whom, newcomer};

/// A change from its sending until it is known how it ended: one step, or
/// several of which each is sent once the one before was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its number.
    pub op: OpId,
    /// Whom it is about.
    pub whom: Whom,
    /// What is being done.
    pub action: Action,
    /// What was done before it.
    pub done: Vec<Action>,
    /// What comes after it.
    pub rest: Vec<Action>,
    /// What takes it back, once it is done.
    pub way_back: Option<Action>,
    /// The change of this run that it takes back itself.
    pub undoes: Option<OpId>,
    /// What was read of the person, by which each step is judged.
    known: Known,
    /// Why it is done, in the words of whoever does it.
    pub reason: Option<Untrusted>,
    /// Clerk's trace id of the last answer that was of no use.
    pub trace_id: Option<Untrusted>,
    /// With what Clerk refused it.
    pub refusal: Option<ApiError>,
    /// What is to be said beside its end.
    pub beside: Option<String>,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Sent; its outcome is awaited.
    Sent,
    /// It had no usable answer, so what is true is being read.
    ReadingBack(Ticket),
}

/// So many of the sessions that were not revoked are named.
const NAMED: usize = 3;

/// All changes on their way.
#[derive(Debug)]
pub struct Jobs {
    run: u64,
    last: u32,
    open: Vec<Job>,
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// Clerk did it, or had done it when it was read back.
    Done(Effected),
    /// It was not done; in words.
    Failed(String),
    /// Nobody knows whether it was done; in words.
    Unclear(String),
    /// The person is gone: somebody else deleted them.
    Gone,
}

/// What is true after a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Effected {
    /// The user is like this now.
    User(Box<User>),
    /// The user was deleted.
    Deleted,
    /// The session is like this now, if the answer said so.
    Revoked(Option<Box<Session>>),
    /// All of them are like this now.
    Users(Arc<UserPage>),
    /// Something else was answered, or nothing more than that it was done.
    Answered(Box<Answer>),
}

impl Jobs {
    /// No changes yet. `run` tells this run's from all others'.
    pub const fn new(run: u64) -> Self {
        Self {
            run,
            last: 0,
            open: Vec::new(),
        }
    }

    /// The number of the next change.
    pub const fn next_op(&mut self) -> OpId {
        self.last += 1;
        OpId {
            run: self.run,
            n: self.last,
        }
    }

    /// The first step of a change was sent; `rest` comes after it, judged by what
    /// is `known` of the person.
    pub fn begin(
        &mut self,
        first: &Change,
        whom: impl Into<Whom>,
        rest: Vec<Action>,
        known: Known,
    ) -> &mut Job {
        self.open.push_mut(Job {
            op: first.op,
            whom: whom.into(),
            action: first.action.clone(),
            done: Vec::new(),
            rest,
            way_back: None,
            undoes: None,
            known,
            reason: first.reason.clone(),
            trace_id: None,
            refusal: None,
            beside: None,
            stage: Stage::Sent,
        })
    }

    /// A step has ended: sends the next one, or ends the job with it. What is
    /// not done stops it.
    fn go_on(&mut self, ctx: &mut Context, mut job: Job, end: End) -> Option<(Job, End)> {
        let end = match end {
            End::Done(effected) => {
                job.done.push(job.action.clone());
                if job.rest.is_empty() {
                    return Some((job, End::Done(effected)));
                }
                job.action = job.rest.remove(0);
                let change = Change {
                    reason: job.reason.clone(),
                    ..Change::new(self.next_op(), job.action.clone())
                };
                let known = |user: &UserId| {
                    let theirs = job.whom.person().is_some_and(|person| person.id == *user);
                    let read = theirs.then(|| job.known.clone());
                    read.unwrap_or_default()
                };
                match Permit::check(change, &ctx.policy, known) {
                    Ok(permit) => {
                        job.op = permit.change().op;
                        job.stage = Stage::Sent;
                        ctx.ask(Effect::Change(permit));
                        self.open.push(job);
                        return None;
                    }
                    Err(denied) => End::Failed(denied.to_string()),
                }
            }
            end => end,
        };
        let so_far = job.so_far().map_or_else(String::new, |so_far| so_far + " ");
        let end = match end {
            End::Failed(why) => End::Failed(so_far + &why),
            End::Unclear(why) => End::Unclear(so_far + &why),
            end => end,
        };
        Some((job, end))
    }

    /// The change on its way for this person, if there is one.
    pub fn of(&self, user: &UserId) -> Option<&Job> {
        let about = |job: &&Job| job.action.users().contains(user);
        self.open.iter().find(about)
    }

    /// The change on its way for this invitation, if there is one.
    pub fn of_invitation(&self, id: &InvitationId) -> Option<&Job> {
        let about = |job: &&Job| matches!(&job.action, Action::RevokeInvitation(of) if of == id);
        self.open.iter().find(about)
    }

    /// The changes on their way.
    pub fn open(&self) -> &[Job] {
        &self.open
    }

    /// A change was answered. `None`: its number is not known, or it is being read back.
    pub fn changed(&mut self, ctx: &mut Context, op: OpId, outcome: Outcome) -> Option<(Job, End)> {
        let at = self.open.iter().position(|job| job.op == op)?;
        let end = match outcome {
            Outcome::Done(answer) => match effected(*answer) {
                Some(effected) => End::Done(effected),
                None => return self.read_back(ctx, at),
            },
            Outcome::Refused(error) | Outcome::NotSent(error) => {
                self.open[at].refusal = Some(error.clone());
                if error.status == Some(404) && error.surely_not_done() {
                    match self.open[at].action {
                        // The session is not there any more; that says nothing of the person.
                        Action::Revoke { .. } => End::Done(Effected::Revoked(None)),
                        ref action if action.is_about_a_person_alone() => End::Gone,
                        _ => End::Failed(self.open[at].failed(&error)),
                    }
                } else {
                    End::Failed(self.open[at].failed(&error))
                }
            }
            Outcome::Unknown(error) => {
                self.open[at].trace_id = error.trace_id;
                return self.read_back(ctx, at);
            }
        };
        let job = self.open.remove(at);
        self.go_on(ctx, job, end)
    }

    /// Reads what is true; the job ends when that is known.
    fn read_back(&mut self, ctx: &mut Context, at: usize) -> Option<(Job, End)> {
        let Some(fetch) = reading(&self.open[at].action) else {
            let job = self.open.remove(at);
            let end = job.nobody_knows("Nothing can be read that would tell.");
            return self.go_on(ctx, job, end);
        };
        let job = &mut self.open[at];
        let ticket = ctx.fetch(PaneId(0), Part::ReadBack(job.op), Lane::ReadBack, fetch);
        job.stage = Stage::ReadingBack(ticket);
        None
    }

    /// What is said while it is read back what became of a change, if it is.
    pub fn read_back_text(&self, op: OpId) -> Option<String> {
        let reads = |job: &&Job| job.op == op && matches!(job.stage, Stage::ReadingBack(_));
        let job = self.open.iter().find(reads)?;
        let (noun, name) = (job.action.words().noun, job.whom.short_name());
        Some(match job.whom {
            Whom::Person(_) => format!("No answer to {noun}. Reading {name} again…"),
            Whom::Newcomer { .. } => format!("No answer to {noun}. Looking for {name}…"),
        })
    }

    /// Takes the answer of a reading back, if `ticket` is one.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> Option<(Job, End)> {
        let at = self
            .open
            .iter()
            .position(|job| job.stage == Stage::ReadingBack(ticket))?;
        let job = self.open.remove(at);
        let end = match job.whom {
            Whom::Person(_) => job.judge(result),
            Whom::Newcomer { asked, .. } => newcomer::judge(&job, asked, result, &ctx.clock),
        };
        if let Some((done, words)) = super::unsettled::read_back(&job, result, &end) {
            let op = job.op;
            ctx.ask(Effect::Settle { op, done, words });
        }
        self.go_on(ctx, job, end)
    }
}

impl Job {
    /// What the row says meanwhile: `~ banning`.
    pub fn progress(&self) -> &'static str {
        self.action.words().progress
    }

    /// What was done of several steps, and which sessions were not revoked.
    fn so_far(&self) -> Option<String> {
        let left: Vec<&Action> = std::iter::once(&self.action).chain(&self.rest).collect();
        let all = self.done.len() + left.len();
        if all == 1 {
            return None;
        }
        let ends = left.iter().filter_map(|action| match action {
            Action::Revoke { session, .. } => Some(format!("…{}", session.last_six())),
            _ => None,
        });
        let mut named = ends.take(NAMED).collect::<Vec<_>>().join(", ");
        if left.len() > NAMED {
            named = format!("{named} and {} more", left.len() - NAMED);
        }
        Some(format!(
            "{} of {all} revoked, not {named}.",
            self.done.len()
        ))
    }

    /// Decides by what was read back.
    fn judge(&self, result: &Result<Answer, ApiError>) -> End {
        match (&self.action, result) {
            (Action::Revoke { session, .. }, Ok(Answer::Sessions(page))) => {
                match page.has_ended(session, ALL_SESSIONS) {
                    Some(true) => End::Done(Effected::Revoked(None)),
                    Some(false) => self.did_not_happen(),
                    None => self.nobody_knows("They have too many sessions to tell."),
                }
            }
            (action, Ok(Answer::User(user))) => match action.is_true_of(user) {
                Some(true) => End::Done(Effected::User(user.clone())),
                Some(false) => self.did_not_happen(),
                None => self.nobody_knows("Their profile does not tell."),
            },
            (action, Ok(Answer::Users(page))) if action.is_true_of_all(page) => {
                End::Done(Effected::Users(Arc::clone(page)))
            }
            (Action::Delete(_), Err(error)) if error.status == Some(404) => {
                End::Done(Effected::Deleted)
            }
            (action, Err(error)) if error.status == Some(404) && action.user().is_some() => {
                End::Gone
            }
            (_, Err(error)) => self.nobody_knows(&super::words::explain(error)),
            (_, Ok(_)) => self.did_not_happen(),
        }
    }

    pub(super) fn nobody_knows(&self, why: &str) -> End {
        End::Unclear(format!(
            "Nobody knows yet whether {} happened. {why} r reads again.",
            self.action.words().noun
        ))
    }

    fn did_not_happen(&self) -> End {
        End::Failed(format!(
            "No answer to {}, and it did not happen. {} is as before.",
            self.action.words().noun,
            self.whom.short_name()
        ))
    }

    fn failed(&self, error: &ApiError) -> String {
        if matches!(self.action, Action::Impersonate { .. }) && error.kind == ErrorKind::PlanLacks {
            let theirs = error.message.shown();
            let first = theirs.split_inclusive(". ").next().unwrap_or_default();
            return format!(
                "No link was made: the plan of this instance allows no more impersonations \
                 (402). {} Wait for the next billing period, or change the plan.",
                super::text::cut(first.trim_end(), 100)
            );
        }
        format!(
            "{} was not done: {}",
            capitalized(self.action.words().noun),
            super::words::explain(error)
        )
    }
}

/// What an answer says is true now; `None` where it does not say.
fn effected(answer: Answer) -> Option<Effected> {
    match answer {
        Answer::User(user) => Some(Effected::User(user)),
        Answer::Deleted(_) => Some(Effected::Deleted),
        Answer::Session(session) => Some(Effected::Revoked(Some(session))),
        Answer::Revoked(_) => Some(Effected::Revoked(None)),
        Answer::Users(page) => Some(Effected::Users(page)),
        answer @ (Answer::Identification(_)
        | Answer::Removed
        | Answer::Changed(_)
        | Answer::SignInToken(_)
        | Answer::ActorToken(_)
        | Answer::Invitation(_)) => Some(Effected::Answered(Box::new(answer))),
        _ => None,
    }
}

/// What to read where a change had no usable answer; `None`: nothing would tell.
fn reading(action: &Action) -> Option<Fetch> {
    match action {
        Action::Revoke { user, .. } => Some(all_sessions(user)),
        Action::BanAll(targets) | Action::UnbanAll(targets) => {
            Some(Fetch::UsersById(targets.ids().to_vec()))
        }
        Action::MakeSignInToken { .. }
        | Action::RevokeSignInToken { .. }
        | Action::Impersonate { .. }
        | Action::RevokeActorToken { .. } => None,
        action => match action.user() {
            Some(user) => Some(Fetch::User(user.clone())),
            None => newcomer::reading(action),
        },
    }
}

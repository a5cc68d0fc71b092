//! A batch that was confirmed: its people, its steps, and what was heard of them.

use std::collections::{HashMap, VecDeque};

use super::each::Read;
use super::readers::{MOST, Readers};
use super::results::{Fate, Pulse};
use super::{Judged, Why};
use crate::app::{Context, Person, Ticket};
use crate::domain::{
    BatchId, Interrupted, OpId, Plan, SessionId, Timestamp, ToEach, Untrusted, UserId,
};

/// A batch from its consent until every one of its people has a result.
#[derive(Debug)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// What is done.
    pub what: ToEach,
    /// When it was confirmed.
    pub(super) at: Timestamp,
    /// Why.
    pub(super) reason: Option<Untrusted>,
    pub(super) people: Vec<Member>,
    /// The change that it takes back.
    pub(super) undoes: Option<OpId>,
    /// How many an earlier run did.
    pub(super) earlier: usize,
    /// Who was left out, and why.
    pub left_out: Vec<(Person, Why)>,
    /// How it stands.
    pub state: State,
    /// The steps that are next.
    pub(super) line: VecDeque<Step>,
    /// Those sent, by the number of their change.
    pub(super) sent: Vec<(OpId, Step)>,
    /// Those that rest until they are tried again.
    pub(super) resting: Vec<(Ticket, Step)>,
    /// Those that read somebody's sessions.
    pub(super) readers: Readers<Step>,
    /// Whose sessions are being revoked.
    pub(super) sign_outs: HashMap<usize, SignOut>,
    pub(super) pulse: Pulse,
}

/// One of its people.
#[derive(Debug)]
pub struct Member {
    pub(super) read: Read,
    /// `None`: not known yet.
    pub(super) fate: Option<Fate>,
}

/// How a batch stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Its plan is being kept; nothing is sent before.
    Keeping,
    /// Steps are sent.
    Running,
    /// No step is sent, because somebody said so, or for a reason, in words.
    Paused(Option<String>),
    /// It was called off; those sent are awaited.
    CallingOff,
    /// The console leaves; those sent are awaited, and the plan stays.
    Leaving,
    /// Every one of its people has a result.
    Over,
}

/// A request, and what was heard of it so far.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub work: Work,
    /// How often it was tried.
    pub tries: u32,
    /// A try may have been carried out.
    pub unknown: bool,
    /// Tries of which the audit trail does not know how they ended.
    pub open: Vec<OpId>,
}

/// What a step does, to people by their places in the batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Work {
    /// What is done to each, to all of these.
    Change(Vec<usize>),
    /// Read somebody's sessions.
    Sessions(usize),
    /// Revoke one of them.
    Revoke(usize, SessionId),
}

/// Somebody whose sessions are being revoked.
#[derive(Debug, Default)]
pub(super) struct SignOut {
    /// How many are not heard of yet.
    pub left: usize,
    /// How many were revoked.
    pub revoked: usize,
    /// There may be more of them than one request lists.
    pub more: bool,
    /// Why one was not.
    pub failed: Option<String>,
}

impl Step {
    pub(super) const fn new(work: Work) -> Self {
        Self {
            work,
            tries: 0,
            unknown: false,
            open: Vec::new(),
        }
    }

    /// Whom it is about.
    pub(super) fn places(&self) -> &[usize] {
        match &self.work {
            Work::Change(places) => places,
            Work::Sessions(place) | Work::Revoke(place, _) => std::slice::from_ref(place),
        }
    }

    /// Two halves, where it is about several.
    pub(super) fn halves(&self) -> Option<[Self; 2]> {
        match &self.work {
            Work::Change(places) if places.len() > 1 => {
                let (first, second) = places.split_at(places.len() / 2);
                let half = |places: &[usize]| Self {
                    unknown: self.unknown,
                    open: self.open.clone(),
                    ..Self::new(Work::Change(places.to_vec()))
                };
                Some([half(first), half(second)])
            }
            _ => None,
        }
    }
}

impl Batch {
    /// A batch that was just confirmed; nothing is sent before its plan is kept.
    pub(super) fn new(ctx: &mut Context, plan: &Plan, judged: Judged) -> Self {
        let people = judged.goes.into_iter();
        let mut batch = Self {
            id: plan.batch,
            what: plan.what.clone(),
            at: plan.at,
            reason: plan.reason.clone(),
            people: people.map(|read| Member { read, fate: None }).collect(),
            undoes: None,
            earlier: 0,
            left_out: judged.left_out,
            state: State::Keeping,
            line: VecDeque::new(),
            sent: Vec::new(),
            resting: Vec::new(),
            readers: Readers::new(ctx.pane()),
            sign_outs: HashMap::new(),
            pulse: Pulse::default(),
        };
        let places: Vec<usize> = (0..batch.people.len()).collect();
        batch.line = match batch.what {
            ToEach::SignOut => places
                .into_iter()
                .map(Work::Sessions)
                .map(Step::new)
                .collect(),
            _ => places
                .chunks(batch.what.people_a_request())
                .map(|some| Step::new(Work::Change(some.to_vec())))
                .collect(),
        };
        batch
    }

    /// The rest of a batch that an earlier run began. Who is as it would make
    /// them counts as done.
    pub(super) fn resumed(
        ctx: &mut Context,
        interrupted: &Interrupted,
        mut judged: Judged,
    ) -> Self {
        let plan = &interrupted.plan;
        let (done, left_out) = judged.left_out.into_iter().partition(|(_, why)| {
            *why == Why::Already || (*why == Why::Gone && plan.what == ToEach::Delete)
        });
        let done: Vec<(Person, Why)> = done;
        judged.left_out = left_out;
        let mut batch = Self::new(ctx, plan, judged);
        batch.earlier = plan.users.len().saturating_sub(interrupted.left.len()) + done.len();
        batch.state = State::Running;
        batch
    }

    /// Whether it still has something to do or to hear.
    pub fn is_under_way(&self) -> bool {
        self.state != State::Over
    }

    /// How many requests are under way.
    pub(super) fn requests(&self) -> usize {
        self.sent.len() + self.readers.under_way()
    }

    /// Whether one more may be sent now.
    pub(super) fn may_send(&self) -> bool {
        self.state == State::Running && self.requests() < MOST
    }

    /// Whether nothing is left to send or to hear.
    pub(super) fn is_idle(&self) -> bool {
        let all_heard = self.sent.is_empty() && self.readers.is_idle();
        match self.state {
            State::Running => all_heard && self.line.is_empty() && self.resting.is_empty(),
            State::CallingOff => all_heard,
            State::Leaving => all_heard && self.people.iter().all(|member| member.fate.is_some()),
            State::Keeping | State::Paused(_) | State::Over => false,
        }
    }

    /// The ids of some of its people.
    pub(super) fn ids(&self, places: &[usize]) -> Vec<UserId> {
        let id = |place: &usize| self.people[*place].read.person.id.clone();
        places.iter().map(id).collect()
    }

    /// Drops every step that was not sent.
    pub(super) fn drop_steps(&mut self, ctx: &mut Context) {
        self.line.clear();
        self.resting.clear();
        self.readers.call_off(ctx);
    }
}

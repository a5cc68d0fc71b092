//! Many at once: a dry run, the consent to a number, and then a result for every
//! single person.
//!
//! A [`DryRun`] reads everybody again and says what would be done to whom. Once
//! its number was typed, the plan is kept, and only then a [`Batch`] begins: its
//! steps are ordinary jobs, a few at the same time. Whoever has no result when
//! the console ends is offered at the next start.

mod content;
mod dry_run;
mod each;
mod error;
mod hearing;
pub(super) mod keys;
mod patch;
mod readers;
mod results;
mod resume;
mod running;
mod steps;
mod told;
mod words;

pub use dry_run::{DryRun, Focus};
pub use each::Read;
pub use patch::Patch;
pub use results::Fate;
pub use resume::{Offers, Resume};
pub use running::{Batch, State};
pub use told::{COLUMNS, progress};

pub(super) use content::content;
pub(super) use hearing::{Heard, ended, is_of, woke};
pub(super) use resume::{interrupted, offer};
pub(super) use steps::{go_on, kept, leave};

use super::chord::begun_by;
use super::command::candidates;
use super::{Command, Effect, Layer, Model, Person, Screen, Ticket, Tone};
use crate::domain::{
    Answer, ApiError, BatchId, Interrupted, OpId, Plan, Policy, ToEach, Untrusted, UserId,
};

/// What was asked for. Whether they are banned or unbanned is decided by what
/// is read.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Ban if anybody is unbanned, else unban.
    BanOrUnban,
    /// Lock if anybody is unlocked, else unlock.
    LockOrUnlock,
    /// This.
    Do(ToEach),
}

/// Where its people come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// They are marked.
    Marks {
        /// All there are.
        everybody: bool,
        /// How many of them are not in the list that is seen.
        elsewhere: usize,
    },
    /// Those of a batch that failed.
    Failed,
    /// Those to whom the batch with this number was done, to take it back.
    Undo(OpId),
    /// Those whom a batch of an earlier run left.
    Left(Box<Interrupted>),
}

/// What would be done, and to whom.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What.
    pub what: ToEach,
    /// To whom.
    pub goes: Vec<Read>,
    /// Who is left out, and why.
    pub left_out: Vec<(Person, Why)>,
}

/// Why somebody is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// They are so already.
    Already,
    /// This rule protects them.
    Protected(String),
    /// This rule may protect them; too little could be read to tell.
    PerhapsProtected(String),
    /// They were deleted.
    Gone,
    /// They could not be read: why, in words.
    Unread(String),
}

/// Whether a command is about those who are marked: in lists marks win. A
/// session that is chosen is no person, nor is the last change.
pub(super) fn is_meant(model: &Model, command: Command) -> bool {
    let lists_people = match model.screen() {
        Screen::Users(_) | Screen::Sessions(_) | Screen::Members(_) => true,
        Screen::Organizations(_) | Screen::Invitations(_) | Screen::Profile(_) => false,
    };
    let of_people =
        command.is_about_a_person() && !matches!(command, Command::Revoke | Command::Undo);
    of_people && lists_people && !model.marks.is_empty()
}

/// Whether a command makes sense for many, and the settings let it change anything.
pub(super) fn is_for_many(policy: &Policy, command: Command) -> bool {
    let kinds: &[&str] = match command {
        Command::Ban => &["ban", "unban"],
        Command::Lock => &["lock", "unlock"],
        Command::Delete => &["delete"],
        Command::RevokeAll => &["revoke"],
        Command::Metadata(_) => &["metadata"],
        _ => &[],
    };
    kinds.iter().any(|kind| policy.may(kind))
}

/// Where a key is for one person and several are marked: what helps.
pub(super) fn refusal(model: &Model, keys: &str) -> Option<&'static str> {
    let mut commands = candidates(keys).chain(begun_by(keys));
    let meant = commands.any(|command| is_meant(model, command));
    (meant && !model.ctx.policy.read_only)
        .then_some("That is for one person. u unmarks; x does it to who is under the cursor.")
}

/// Opens the dry run of a command on those who are marked, if they are those
/// who were seen.
pub(super) fn open(model: &mut Model, command: Command, seen: u64) {
    if seen != model.marks.version() {
        let text = "Look first: the marks have only just changed.";
        return model.ctx.say(Tone::Warn, text);
    }
    if is_busy(model) {
        return;
    }
    let wish = match command {
        Command::Ban => Wish::BanOrUnban,
        Command::Lock => Wish::LockOrUnlock,
        Command::Delete => Wish::Do(ToEach::Delete),
        Command::Metadata(kind) => {
            model.layer = Layer::Patch(Box::new(Patch::new(kind)));
            return;
        }
        _ => Wish::Do(ToEach::SignOut),
    };
    begin(model, wish);
}

/// Begins the dry run about those who are marked.
fn begin(model: &mut Model, wish: Wish) {
    let origin = Origin::Marks {
        everybody: model.marks.is_everybody(),
        elsewhere: model.marked_elsewhere().unwrap_or(0),
    };
    let ids = model.marks.ids().cloned().collect();
    let dry_run = DryRun::new(&mut model.ctx, wish, origin, ids);
    model.layer = Layer::DryRun(Box::new(dry_run));
}

/// Begins the dry run that takes a batch back from those to whom it was done.
pub(super) fn take_back(model: &mut Model, op: OpId, by: ToEach, users: Vec<UserId>) {
    if !is_busy(model) {
        let dry_run = DryRun::new(&mut model.ctx, Wish::Do(by), Origin::Undo(op), users);
        model.layer = Layer::DryRun(Box::new(dry_run));
    }
}

/// Whether a batch is under way; says so.
fn is_busy(model: &mut Model) -> bool {
    let busy = model.batch.as_ref().is_some_and(Batch::is_under_way);
    if busy {
        let text = "A batch is under way. :batch shows it.";
        model.ctx.say(Tone::Warn, text);
    }
    busy
}

/// Shows the batch, or what an earlier run left of one.
pub(super) fn show(model: &mut Model) {
    if model.batch.is_some() {
        model.layer = Layer::Batch(0);
    } else {
        model.offers.again();
    }
}

/// The person consented to the number: the plan is kept, and then it begins.
fn confirm(model: &mut Model) {
    if is_busy(model) {
        return;
    }
    let Layer::DryRun(dry_run) = std::mem::take(&mut model.layer) else {
        return;
    };
    let reason = Some(Untrusted::new(dry_run.reason.value().trim()));
    let undoes = match dry_run.origin {
        Origin::Undo(op) => Some(op),
        _ => None,
    };
    let Some(judged) = dry_run.into_judged() else {
        return;
    };
    let plan = Plan {
        batch: BatchId(model.jobs.next_op()),
        at: model.ctx.now.wall,
        what: judged.what.clone(),
        users: judged
            .goes
            .iter()
            .map(|read| read.person.id.clone())
            .collect(),
        reason: reason.filter(|reason| !reason.is_blank()),
    };
    let mut batch = Batch::new(&mut model.ctx, &plan, judged);
    batch.undoes = undoes;
    model.batch = Some(batch);
    model.layer = Layer::Batch(0);
    model.ctx.ask(Effect::KeepPlan(Box::new(plan)));
}

/// Takes the answer to a read of a dry run or of a batch; says whether it was one.
pub(super) fn settle(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let Model {
        ctx, layer, people, ..
    } = model;
    if let Layer::DryRun(dry_run) = layer
        && dry_run.settle(ctx, people, ticket, result)
    {
        resume::go_on(model);
        return true;
    }
    hearing::settle(model, ticket, result)
}

/// A dry run was closed: nothing comes of it. What an earlier run left waits.
pub(super) fn give_up(model: &mut Model, mut dry_run: DryRun) {
    dry_run.give_up(&mut model.ctx);
    if let Origin::Left(interrupted) = dry_run.origin {
        model.offers.put_off(*interrupted);
    }
    model.ctx.say(Tone::Plain, "Cancelled. Nothing was sent.");
}

/// The offer to finish a batch is not wanted now.
pub(super) fn put_off(model: &mut Model, resume: Resume) {
    model.offers.put_off(resume.interrupted);
    let text = "It waits for the next start. :batch offers it again.";
    model.ctx.say(Tone::Plain, text);
}

//! Batches that earlier runs left: one after the other is offered.

use std::collections::VecDeque;

use super::{Batch, DryRun, Origin, Wish};
use crate::app::{Effect, Layer, Look, Model, Moment, Now, Tone};
use crate::domain::Interrupted;

/// What earlier runs left.
#[derive(Debug, Default)]
pub struct Offers {
    next: VecDeque<Interrupted>,
    /// Those that are not wanted now.
    later: Vec<Interrupted>,
}

impl Offers {
    /// Whether there are any, wanted or not.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty() && self.later.is_empty()
    }

    /// Offers those again that were not wanted.
    pub(super) fn again(&mut self) {
        self.next.extend(self.later.drain(..));
    }

    /// This one is not wanted now.
    pub(super) fn put_off(&mut self, interrupted: Interrupted) {
        self.later.push(interrupted);
    }
}

/// The offer to finish a batch.
#[derive(Debug)]
pub struct Resume {
    /// What is left of it.
    pub interrupted: Interrupted,
    pub(super) look: Look,
    /// A word about the last key.
    pub note: Option<String>,
}

impl Resume {
    /// A frame was drawn, with all of it on it or not.
    pub fn drawn(&mut self, at: Moment, is_whole: bool) {
        self.look.drawn(at, is_whole);
    }

    /// Whether enough time has passed since it was seen and the last key came.
    pub(super) fn was_looked_at(&self, now: Now, last_key: Moment) -> bool {
        self.look.was_long(now, last_key)
    }
}

/// The runtime found what earlier runs left.
pub fn interrupted(model: &mut Model, left: Vec<Interrupted>) {
    if model.ctx.policy.read_only {
        let text = match left.as_slice() {
            [one] => one.plan.what.left_text(one),
            several => format!("{} batches of earlier runs are unfinished.", several.len()),
        };
        let text = format!("{text} Finish it from a console that may change things.");
        return model.ctx.say(Tone::Warn, text);
    }
    model.offers.next.extend(left);
}

/// Offers the next one, where nothing else has the keys.
pub fn offer(model: &mut Model) {
    let typing = model.screen().search().is_some_and(|search| search.focused);
    let free = matches!(model.layer, Layer::None) && !typing && model.chord.is_none();
    let busy = model.batch.as_ref().is_some_and(Batch::is_under_way);
    if !free || busy || model.leaving {
        return;
    }
    if let Some(interrupted) = model.offers.next.pop_front() {
        model.layer = Layer::Resume(Box::new(Resume {
            interrupted,
            look: Look::default(),
            note: None,
        }));
    }
}

/// It is to be finished: whoever is left is read again first.
pub(super) fn finish(model: &mut Model) {
    let Layer::Resume(resume) = std::mem::take(&mut model.layer) else {
        return;
    };
    let interrupted = resume.interrupted;
    let wish = Wish::Do(interrupted.plan.what.clone());
    let ids = interrupted.left.clone();
    let origin = Origin::Left(Box::new(interrupted));
    let dry_run = DryRun::new(&mut model.ctx, wish, origin, ids);
    model.layer = Layer::DryRun(Box::new(dry_run));
}

/// Those left were read: it goes on by itself. What could not be is put off.
pub(super) fn go_on(model: &mut Model) {
    let Layer::DryRun(dry_run) = &model.layer else {
        return;
    };
    let Origin::Left(interrupted) = &dry_run.origin else {
        return;
    };
    if let Some(why) = dry_run.failed() {
        let text = format!("{why} Nothing was sent. :batch offers it again.");
        let interrupted = (**interrupted).clone();
        model.ctx.say(Tone::Bad, text);
        model.offers.put_off(interrupted);
        model.layer = Layer::None;
        model.refused = true;
    } else if dry_run.judged().is_some() {
        let interrupted = (**interrupted).clone();
        if let Layer::DryRun(dry_run) = std::mem::take(&mut model.layer)
            && let Some(judged) = dry_run.into_judged()
        {
            model.batch = Some(Batch::resumed(&mut model.ctx, &interrupted, judged));
            model.layer = Layer::Batch(0);
            super::steps::resume(model);
        }
    }
}

/// It will never be finished.
pub(super) fn forget(model: &mut Model) {
    if let Layer::Resume(resume) = std::mem::take(&mut model.layer) {
        let batch = resume.interrupted.plan.batch;
        model.ctx.ask(Effect::DropPlan(batch));
        let text = "Forgotten. What was done before stays done.";
        model.ctx.say(Tone::Plain, text);
    }
}

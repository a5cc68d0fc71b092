//! What the log tells of effects and changes: names and ids, and nobody's data.

use std::time::Duration;

use tracing::{info, trace, warn};

use crate::{
    app::Effect,
    domain::{ApiError, Change, OpId, Outcome, Untrusted, UserId},
};

/// The loop carries something out.
pub(super) fn effect(effect: &Effect) {
    trace!(effect = name(effect), "does");
}

/// A change is about to be sent.
pub(super) fn intent(change: &Change) {
    let users: Vec<&str> = change.action.users().iter().map(UserId::as_str).collect();
    let (op, action) = (change.op, change.action.name());
    info!(%op, action, users = users.join(" "), "changes");
}

/// It ended.
pub(super) fn outcome(op: OpId, outcome: &Outcome) {
    let error = match outcome {
        Outcome::Done(_) => return info!(%op, "done"),
        Outcome::Refused(error) => ("refused", error),
        Outcome::NotSent(error) => ("not sent", error),
        Outcome::Unknown(error) => ("unknown", error),
    };
    let (how, ApiError { kind, status, .. }) = error;
    let told = |text: &Option<Untrusted>| text.as_ref().map(|text| text.shown().into_owned());
    let trace = told(&error.1.trace_id);
    warn!(%op, how, ?kind, status, trace, "not done");
}

/// A frame that took longer is told by itself: somebody may have felt it.
const SLOW: Duration = Duration::from_millis(50);

/// How long frames took to draw.
#[derive(Debug, Default)]
pub(super) struct Frames {
    drawn: u64,
    slowest: Duration,
}

impl Frames {
    pub fn took(&mut self, time: Duration) {
        self.drawn += 1;
        self.slowest = self.slowest.max(time);
        if time > SLOW {
            warn!(ms = time.as_millis(), "a slow frame");
        }
    }

    /// At the end.
    pub fn tell(&self) {
        let Self { drawn, slowest } = self;
        info!(drawn, slowest_us = slowest.as_micros(), "frames");
    }
}

const fn name(effect: &Effect) -> &'static str {
    match effect {
        Effect::Fetch { .. } => "fetch",
        Effect::Abort(_) => "abort",
        Effect::Change(_) => "change",
        Effect::Settle { .. } => "settle",
        Effect::KeepPlan(_) => "keep plan",
        Effect::DropPlan(_) => "drop plan",
        Effect::Save { .. } => "save",
        Effect::Recall { .. } => "recall",
        Effect::Rank { .. } => "rank",
        Effect::Wake { .. } => "wake",
        Effect::Copy(_) => "copy",
        Effect::Edit { .. } => "edit",
        Effect::CopySecret(_) => "copy a secret",
        Effect::OpenUrl(_) => "open a link",
        Effect::CopyRequest(_) => "copy a request",
        Effect::Suspend => "suspend",
        Effect::Quit => "quit",
    }
}

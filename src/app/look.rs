//! Whether a question was seen for long enough before it is answered.

use super::{Moment, Now};

/// `y` counts after so long without any key, in milliseconds: a paste without
/// brackets, or a slow connection, is a burst of keys.
pub(super) const LOOK_MS: u64 = 250;

/// Since when a question stands on the screen with everything on it that counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look(Option<Moment>);

impl Look {
    /// A frame was drawn, with all of the question on it or not: what is cut is
    /// not seen.
    pub fn drawn(&mut self, at: Moment, is_whole: bool) {
        self.0 = is_whole.then(|| self.0.unwrap_or(at));
    }

    /// The question is another one now.
    pub const fn forget(&mut self) {
        self.0 = None;
    }

    /// Whether enough time has passed since it was seen and the last key came.
    pub fn was_long(self, now: Now, last_key: Moment) -> bool {
        self.has_lasted(now.moment, LOOK_MS) && now.moment.since(last_key) >= LOOK_MS
    }

    /// Whether it was seen so many milliseconds ago, and ever since.
    pub fn has_lasted(self, now: Moment, ms: u64) -> bool {
        self.0.is_some_and(|since| now.since(since) >= ms)
    }
}

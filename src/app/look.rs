//! Whether a question was seen for long enough before it is answered.

use super::{Moment, Now};

/// `y` counts after so long without any key, in milliseconds: a paste without
/// brackets, or a slow connection, is a burst of keys.
pub(super) const LOOK_MS: u64 = 250;

/// Since when a question stands on the screen with everything on it that counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look(Option<Moment>);

impl Look {
    /// A frame with all of the question on it was drawn.
    pub const fn drawn(&mut self, at: Moment) {
        if self.0.is_none() {
            self.0 = Some(at);
        }
    }

    /// The question is another one now.
    pub const fn forget(&mut self) {
        self.0 = None;
    }

    /// Whether a frame showed all of it.
    pub const fn was_drawn(self) -> bool {
        self.0.is_some()
    }

    /// Whether enough time has passed since it was seen and the last key came.
    pub fn was_long(self, now: Now, last_key: Moment) -> bool {
        let looked = |since: Moment| now.moment.since(since) >= LOOK_MS;
        self.0.is_some_and(looked) && looked(last_key)
    }
}

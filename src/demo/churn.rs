//! People who come and go by themselves, while somebody reads.

use super::dice::Dice;
use super::person::Person;
use super::serve::Shared;
use super::sketch::{Lock, Sketch};
use super::world::World;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// How often somebody is looked for who may be deleted.
const TRIES: u32 = 64;

impl World {
    /// The next change: by turns somebody comes and somebody goes. Who goes
    /// depends on the seed and on the changes before, not on the clock; the
    /// people whom everybody meets stay.
    pub fn churn(&mut self, now: i64) {
        let step = self.churned;
        self.churned += 1;
        if step.is_multiple_of(2) {
            self.come(now);
            return;
        }
        let mut dice = Dice::new(self.maker.seed, "churn", step);
        let all = u64::from(self.next_index());
        let gone = (0..TRIES)
            .map(|_| dice.below(all) as u32)
            .find(|index| self.exists(*index) && self.maker.cast.part(*index).is_none());
        if let Some(index) = gone {
            self.remove(index);
        }
    }

    fn come(&mut self, now: i64) {
        let index = self.next_index();
        let sketch = Sketch {
            created_at: now,
            updated_at: now,
            last_sign_in_at: None,
            last_active_at: None,
            banned: false,
            lock: Lock::Open,
            ..Sketch::of(self.maker.seed, index, index + 1, now)
        };
        self.put(Person::of(self.maker.seed, sketch));
    }
}

/// Changes something so many times a second, until the server ends.
pub(super) async fn by_the_clock(shared: Arc<Shared>, a_second: u32, ending: CancellationToken) {
    let mut ticks = interval(Duration::from_secs(1) / a_second.max(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = ending.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let shared = shared.clone();
        // Whoever reads has the lock for a while.
        let done = tokio::task::spawn_blocking(move || {
            let world = shared.world.write();
            let now = shared.now();
            world.unwrap_or_else(PoisonError::into_inner).churn(now);
        });
        if done.await.is_err() {
            return;
        }
    }
}

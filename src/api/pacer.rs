//! Whose turn it is: Clerk's limit kept, and the urgent first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};

use super::brake::{Brake, Passage};
use super::share::Share;
use super::window::{Whose, Window};
use crate::domain::Lane;

/// How often [`Pace::used`] is brought up to date while it falls by itself.
const FADE_STEP: Duration = Duration::from_secs(1);

/// How the pacer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests that count against the limit now.
    pub used: u32,
    /// How many we may have of it now; 0: no limit.
    pub allowed: u32,
    /// How many of them requests in the background may use; 0: no limit.
    pub background: u32,
    /// Requests that wait for their turn; without those in the background that
    /// only wait for their share, which holds nobody up.
    pub waiting: u32,
    /// When the first of them goes; `None` where none waits, or where that
    /// depends on an answer that is still out.
    pub next: Option<Instant>,
    /// Whether Clerk asked us to wait (429): nothing goes before that is over.
    pub asked_by_clerk: bool,
    /// Whether the limit is used up, and not by us.
    pub used_elsewhere: bool,
}

/// A sliding window over all requests, and a queue before it.
///
/// There is no task here that runs while nothing is sent.
#[derive(Clone)]
pub struct Pacer(Arc<Shared>);

struct Shared {
    /// Clerk's limit.
    limit: u32,
    /// How many of these are ours.
    hands: u32,
    /// How many of ours the background may use.
    background: u32,
    state: Mutex<State>,
    pace: watch::Sender<Pace>,
}

#[derive(Default)]
struct State {
    window: Window,
    brake: Brake,
    /// Who waits, and the bell to wake them by.
    queue: BTreeMap<Place, Arc<Notify>>,
    places: u64,
    /// Whether [`fade`] runs.
    fading: bool,
}

/// A place in the queue: by lane, then first come, first served. A request
/// that has to be sent again keeps its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    lane: Lane,
    number: u64,
}

/// Leave to send one request; to be dropped when its answer arrives.
pub struct Slot {
    pacer: Pacer,
    background: bool,
    passage: Passage,
    answer: Answered,
}

/// What is known of an answer.
#[derive(Clone, Copy)]
enum Answered {
    /// There was none.
    No,
    /// 429, to wait so long.
    Wait(Duration),
    /// Any other.
    Yes,
}

/// Takes a request out of the queue, also when its task is aborted.
struct Waiting<'a> {
    pacer: &'a Pacer,
    place: Place,
}

impl Pacer {
    /// A pacer for `limit` requests in any 10 s; 0: no limit, yet a 429 is still
    /// obeyed. All lanes together use `hands` of them, and the background
    /// `background`; only reading back, and what somebody asks for by their own
    /// word, may go up to the limit itself.
    pub fn sharing(limit: u32, hands: Share, background: Share) -> Self {
        let (hands, background) = (hands.of(limit), background.of(limit));
        let pace = Pace {
            allowed: hands,
            background,
            ..Pace::default()
        };
        Self(Arc::new(Shared {
            limit,
            hands,
            background,
            state: Mutex::default(),
            pace: watch::Sender::new(pace),
        }))
    }

    /// How the pacer stands, now and whenever that changes.
    pub fn pace(&self) -> watch::Receiver<Pace> {
        self.0.pace.subscribe()
    }

    /// A new place, behind all others of its lane.
    pub fn place(&self, lane: Lane) -> Place {
        let mut state = self.0.lock();
        state.places += 1;
        Place {
            lane,
            number: state.places,
        }
    }

    /// Waits for the turn of `place`. Dropping the future gives the turn to the
    /// next one.
    pub async fn pass(&self, place: Place) -> Slot {
        let bell = Arc::new(Notify::new());
        self.0.lock().queue.insert(place, Arc::clone(&bell));
        let _waiting = Waiting { pacer: self, place };
        loop {
            match self.try_pass(place) {
                Ok(slot) => return slot,
                Err(Some(at)) => {
                    tokio::select! {
                        () = sleep_until(at) => {}
                        () = bell.notified() => {}
                    }
                }
                Err(None) => bell.notified().await,
            }
        }
    }

    /// Passes if it is this one's turn, or says until when to wait at least;
    /// `None`: for the bell.
    fn try_pass(&self, place: Place) -> Result<Slot, Option<Instant>> {
        let mut state = self.0.lock();
        let now = Instant::now();
        state.window.forget_old(now);
        if !state.is_turn_of(place, now) {
            self.0.publish(&state, now);
            return Err(None);
        }
        match self.0.next(&state, place, now) {
            Some(at) if at <= now => {}
            wait => {
                self.0.publish(&state, now);
                return Err(wait);
            }
        }
        state.queue.remove(&place);
        let background = place.is_background();
        state.window.sent(background);
        let passage = state.brake.pass(place.lane == Lane::Now);
        if !state.fading {
            state.fading = true;
            tokio::spawn(fade(Arc::downgrade(&self.0)));
        }
        self.0.changed(&state, now);
        Ok(Slot {
            pacer: self.clone(),
            background,
            passage,
            answer: Answered::No,
        })
    }
}

impl Place {
    fn is_background(self) -> bool {
        self.lane == Lane::Background
    }
}

impl Slot {
    /// Clerk answered.
    pub fn answered(mut self) {
        self.answer = Answered::Yes;
    }

    /// Clerk answered 429: nothing may go for as long as `wait`.
    pub fn throttled(mut self, wait: Duration) {
        self.answer = Answered::Wait(wait);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let shared = &self.pacer.0;
        let mut state = shared.lock();
        let now = Instant::now();
        let elsewhere = state.window.used(Whose::All) < shared.limit as usize;
        state.window.ended(self.background, now);
        match self.answer {
            Answered::No => state.brake.given_up(self.passage, now),
            Answered::Yes => state.brake.answered(self.passage),
            Answered::Wait(wait) => {
                state.brake.throttled(self.passage, wait, elsewhere, now);
            }
        }
        shared.changed(&state, now);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let shared = &self.pacer.0;
        let mut state = shared.lock();
        if state.queue.remove(&self.place).is_some() {
            shared.changed(&state, Instant::now());
        }
    }
}

impl State {
    /// Whether the request at `place` is the next to go: the first in the queue;
    /// or, while all others wait for what a 429 asked for, one that does not.
    fn is_turn_of(&self, place: Place, now: Instant) -> bool {
        let is_first = (self.queue.first_key_value()).is_some_and(|(first, _)| *first == place);
        let others_wait = self.brake.opens(now).is_none_or(|at| at > now);
        is_first || (others_wait && place.lane == Lane::Now)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the request at `place` may go if it is its turn; `None`: not before
    /// an answer.
    fn next(&self, state: &State, place: Place, now: Instant) -> Option<Instant> {
        if place.lane == Lane::Now {
            return self.room(state, now);
        }
        let gate = state.brake.opens(now)?;
        if place.lane == Lane::ReadBack {
            return Some(gate.max(self.room(state, now)?));
        }
        let room = self.room_at_pace(state, Whose::All, self.hands, now)?;
        let share = if place.is_background() {
            let share = self.room_at_pace(state, Whose::Background, self.background, now)?;
            share.max(state.brake.calm(now))
        } else {
            now
        };
        Some(gate.max(room).max(share))
    }

    /// When there is room in Clerk's limit.
    fn room(&self, state: &State, now: Instant) -> Option<Instant> {
        if self.limit == 0 {
            return Some(now);
        }
        state.window.room(Whose::All, self.limit, now)
    }

    /// When there is room in a share of ours, which rises with the pace.
    fn room_at_pace(
        &self,
        state: &State,
        whose: Whose,
        share: u32,
        now: Instant,
    ) -> Option<Instant> {
        if self.limit == 0 {
            return Some(now);
        }
        let room = |step| {
            let room = state
                .window
                .room(whose, state.brake.part(share, step), now)?;
            Some(room.max(step))
        };
        state.brake.steps(now).filter_map(room).min()
    }

    /// Whether the background waits for nothing but its share.
    fn share_is_used(&self, state: &State, now: Instant) -> bool {
        self.limit > 0
            && state.brake.opens(now).is_some_and(|at| at <= now)
            && (state.brake.calm(now) > now
                || state.window.used(Whose::Background)
                    >= state.brake.part(self.background, now) as usize)
    }

    /// Wakes whoever may be next now, and tells the watchers.
    fn changed(&self, state: &State, now: Instant) {
        let first = state.queue.iter().next();
        let by_itself = state
            .queue
            .iter()
            .find(|(place, _)| place.lane == Lane::Now);
        for (_, bell) in first.into_iter().chain(by_itself) {
            bell.notify_one();
        }
        self.publish(state, now);
    }

    fn publish(&self, state: &State, now: Instant) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let share_is_used = self.share_is_used(state, now);
        let waiting = state
            .queue
            .keys()
            .filter(|place| !(share_is_used && place.is_background()));
        let first = waiting.clone().next();
        let asked_by_clerk = state.brake.is_asked_to_wait(now);
        let next = first.and_then(|first| {
            if asked_by_clerk {
                state.brake.opens(now)
            } else {
                self.next(state, *first, now)
            }
        });
        let pace = Pace {
            used: count(state.window.used(Whose::All)),
            allowed: state.brake.part(self.hands, now),
            background: self.background,
            next,
            waiting: count(waiting.count()),
            asked_by_clerk,
            used_elsewhere: state.brake.is_used_elsewhere(now),
        };
        self.pace
            .send_if_modified(|old| std::mem::replace(old, pace) != pace);
    }

    /// Brings [`Pace::used`] up to date; says when to come again, if at all.
    fn fade(&self) -> Option<Instant> {
        let mut state = self.lock();
        let now = Instant::now();
        state.window.forget_old(now);
        self.publish(&state, now);
        let leaves = state.window.leaves();
        let brake = state.brake.changes(now);
        let answer = state.window.has_in_flight().then_some(now);
        let next = [leaves, brake, answer].into_iter().flatten().min();
        state.fading = next.is_some();
        next.map(|at| at.max(now + FADE_STEP))
    }
}

/// Lets the figures fall while nobody sends. It ends with the window empty, so
/// that an idle console is not woken.
async fn fade(shared: Weak<Shared>) {
    loop {
        let Some(next) = shared.upgrade().and_then(|shared| shared.fade()) else {
            return;
        };
        sleep_until(next).await;
    }
}

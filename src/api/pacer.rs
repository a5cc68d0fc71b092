//! Whose turn it is: Clerk's limit kept, and the urgent first.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};

use super::share::Share;
use crate::domain::Lane;

/// Clerk counts the requests of any 10 s.
pub const WINDOW: Duration = Duration::from_secs(10);

/// Added to every wait: a server that counts in whole milliseconds, or whose
/// clock runs a little slower, must not find us early.
pub const MARGIN: Duration = Duration::from_millis(50);

/// How often [`Pace::used`] is brought up to date while it falls by itself.
const FADE_STEP: Duration = Duration::from_secs(1);

/// How the pacer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests that count against the limit now.
    pub used: u32,
    /// Requests allowed in any 10 s; 0: no limit.
    pub limit: u32,
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
}

/// A sliding window over all requests, and a queue before it.
///
/// Clerk counts a request when it arrives, which is some time between sending
/// it and its answer: late where a connection had to be made first, soon on a
/// warm one. So a request counts from its sending until 10 s after its answer.
/// Counting from the sending alone lets a second window in too early, by just
/// the time that connecting took for the first.
///
/// There is no task here that runs while nothing is sent.
#[derive(Clone)]
pub struct Pacer(Arc<Shared>);

struct Shared {
    limit: u32,
    /// How many of these the background may use.
    background: u32,
    state: Mutex<State>,
    pace: watch::Sender<Pace>,
}

#[derive(Default)]
struct State {
    /// Sent and not yet answered, by the others and by the background.
    in_flight: [usize; 2],
    /// When the others were answered, and whether it was the background that
    /// had asked; oldest first; the last 10 s of them.
    answered: VecDeque<(Instant, bool)>,
    gate: Gate,
    /// Who waits, and the bell to wake them by.
    queue: BTreeMap<Place, Arc<Notify>>,
    places: u64,
    /// Whether [`fade`] runs.
    fading: bool,
}

/// What a 429 does to everybody.
#[derive(Clone, Copy, Default)]
enum Gate {
    #[default]
    Open,
    Closed(Instant),
    /// It was opened for one request, to try. If that one is answered with
    /// another 429, the others have not wasted theirs.
    OpenForOne,
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
    first_after_429: bool,
    closes_gate_for: Option<Duration>,
}

/// Takes a request out of the queue, also when its task is aborted.
struct Waiting<'a> {
    pacer: &'a Pacer,
    place: Place,
}

impl Pacer {
    /// A pacer for `limit` requests in any 10 s; 0: no limit, yet a 429 is still
    /// obeyed. The background may use `share` of them.
    pub fn sharing(limit: u32, share: Share) -> Self {
        let background = share.of(limit);
        let pace = Pace {
            limit,
            background,
            ..Pace::default()
        };
        Self(Arc::new(Shared {
            limit,
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
        state.forget_old(now);
        if state
            .queue
            .first_key_value()
            .is_none_or(|(first, _)| *first != place)
        {
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
        state.in_flight[usize::from(background)] += 1;
        let first_after_429 = matches!(state.gate, Gate::Closed(_));
        if first_after_429 {
            state.gate = Gate::OpenForOne;
        }
        if !state.fading {
            state.fading = true;
            tokio::spawn(fade(Arc::downgrade(&self.0)));
        }
        self.0.changed(&state, now);
        Ok(Slot {
            pacer: self.clone(),
            background,
            first_after_429,
            closes_gate_for: None,
        })
    }
}

impl Place {
    fn is_background(self) -> bool {
        self.lane == Lane::Background
    }
}

impl Slot {
    /// Clerk answered 429: nothing may go for as long as `wait`.
    pub fn throttled(mut self, wait: Duration) {
        self.closes_gate_for = Some(wait);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let shared = &self.pacer.0;
        let mut state = shared.lock();
        let now = Instant::now();
        state.in_flight[usize::from(self.background)] -= 1;
        state.answered.push_back((now, self.background));
        if let Some(wait) = self.closes_gate_for {
            let until = now + wait + MARGIN;
            state.gate = match state.gate {
                Gate::Closed(later) if later > until => Gate::Closed(later),
                _ => Gate::Closed(until),
            };
        } else if self.first_after_429 && matches!(state.gate, Gate::OpenForOne) {
            state.gate = Gate::Open;
        }
        state.forget_old(now);
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
    fn forget_old(&mut self, now: Instant) {
        while self
            .answered
            .front()
            .is_some_and(|(at, _)| *at + WINDOW + MARGIN <= now)
        {
            self.answered.pop_front();
        }
    }

    fn used(&self) -> usize {
        self.answered.len() + self.in_flight.iter().sum::<usize>()
    }

    /// How much of its share the background has used.
    fn used_by_background(&self) -> usize {
        let answered = self.answered.iter().filter(|(_, background)| *background);
        answered.count() + self.in_flight[1]
    }

    /// When a 429 lets the next request go; `None`: not before an answer.
    fn gate_opens(&self, now: Instant) -> Option<Instant> {
        match self.gate {
            Gate::Open => Some(now),
            Gate::Closed(until) => Some(until),
            Gate::OpenForOne => None,
        }
    }

    /// When `used` requests, or those of the background alone, leave room for
    /// one more in `limit`; `None`: not before an answer.
    fn room(&self, used: usize, limit: u32, all: bool, now: Instant) -> Option<Instant> {
        // So many have to leave the window first.
        match (used + 1).saturating_sub(limit as usize) {
            0 => Some(now),
            n => {
                let mut counted = self.answered.iter().filter(|(_, back)| all || *back);
                counted.nth(n - 1).map(|(at, _)| *at + WINDOW + MARGIN)
            }
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When the request at `place` may go if it stands first; `None`: not before
    /// an answer.
    fn next(&self, state: &State, place: Place, now: Instant) -> Option<Instant> {
        let gate = state.gate_opens(now)?;
        if self.limit == 0 {
            return Some(gate);
        }
        let room = state.room(state.used(), self.limit, true, now)?;
        let share = if place.is_background() {
            let used = state.used_by_background();
            state.room(used, self.background, false, now)?
        } else {
            now
        };
        Some(gate.max(room).max(share))
    }

    /// Whether the background waits for nothing but its share.
    fn share_is_used(&self, state: &State, now: Instant) -> bool {
        self.limit > 0
            && state.gate_opens(now).is_some_and(|at| at <= now)
            && state.used_by_background() >= self.background as usize
    }

    /// Wakes whoever stands first now, and tells the watchers.
    fn changed(&self, state: &State, now: Instant) {
        if let Some((_, bell)) = state.queue.first_key_value() {
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
        let pace = Pace {
            used: count(state.used()),
            limit: self.limit,
            background: self.background,
            next: first.and_then(|first| self.next(state, *first, now)),
            waiting: count(waiting.count()),
            asked_by_clerk: matches!(state.gate, Gate::Closed(until) if until > now),
        };
        self.pace
            .send_if_modified(|old| std::mem::replace(old, pace) != pace);
    }

    /// Brings [`Pace::used`] up to date; says when to come again, if at all.
    fn fade(&self) -> Option<Instant> {
        let mut state = self.lock();
        let now = Instant::now();
        state.forget_old(now);
        self.publish(&state, now);
        let leaves = state.answered.front();
        let leaves = leaves.map(|(at, _)| *at + WINDOW + MARGIN);
        let opens = match state.gate {
            Gate::Closed(until) if until > now => Some(until),
            _ => None,
        };
        let answer = (state.in_flight != [0, 0]).then_some(now);
        let next = [leaves, opens, answer].into_iter().flatten().min();
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

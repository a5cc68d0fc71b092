//! What can be made to go wrong, and what was asked: handles for tests.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

use super::dice::Dice;

/// How many entries each log keeps.
const KEPT: usize = 20_000;

/// A lasting peculiarity, as instances, proxies and emulators have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quirk {
    /// `GET /users` and `GET /sessions` answer `{data, total_count}`.
    WrapUsers,
    /// A `starting_after` of somebody who was deleted answers 422; else the list
    /// goes on from where that person stood.
    RefuseDeletedCursor,
    /// The ends of `…_after` and `…_before` belong to the span.
    InclusiveSpans,
    /// Times are in seconds.
    Seconds,
    /// `starting_after` is ignored: every page is the first one.
    IgnoreCursor,
    /// `GET /sessions` without `user_id` or `client_id` answers 422.
    RefuseAllSessions,
    /// A `limit` above 500 answers ten rows and says nothing.
    ShortRows,
    /// `Content-Type` carries a charset.
    Charset,
    /// Errors carry no trace id.
    NoTrace,
    /// `PATCH` and `PUT` on one user: ten in any ten seconds, then 429.
    LimitUpdates,
    /// The plan has no bans: 402.
    NoBans,
    /// The lockout of users is switched off: locking and unlocking answer 403.
    NoLockout,
    /// The impersonations of the plan are spent: `POST /actor_tokens` answers 402.
    ImpersonationSpent,
}

/// What happens to one request instead of the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429, with so many seconds in `Retry-After` or without the header.
    TooMany(Option<u64>),
    /// This status with an error in Clerk's form; nothing is done.
    Status(u16),
    /// This status with a page of HTML; nothing is done.
    Html(u16),
    /// Done, but the body stops half way.
    Truncate,
    /// Done, but the answer is JSON of no known form.
    Nonsense,
    /// The connection ends; nothing is done.
    DropBefore,
    /// Done, and the connection ends without an answer.
    DropAfter,
}

/// What may happen by chance.
const BY_CHANCE: [Fault; 9] = [
    Fault::TooMany(None),
    Fault::TooMany(Some(1)),
    Fault::Status(500),
    Fault::Status(503),
    Fault::Html(502),
    Fault::Truncate,
    Fault::Nonsense,
    Fault::DropBefore,
    Fault::DropAfter,
];

/// Faults that are on from the start.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// Lasting peculiarities.
    pub quirks: Vec<Quirk>,
    /// Faults of the first requests: how many, and of which path (`""`: any).
    pub planned: Vec<(u32, String, Fault)>,
    /// Delays of requests whose path and query contain the text.
    pub delays: Vec<(String, Duration)>,
    /// Which part of all requests meets a fault by chance, 0 to 1.
    pub rate: f64,
}

/// One request, as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// `GET`, `POST`, …
    pub method: String,
    /// Without the `/v1` in front.
    pub path: String,
    /// The query as it was sent, still encoded.
    pub query: String,
    /// The body as text; empty for reads.
    pub body: String,
    /// When, in Unix milliseconds by the server's clock.
    pub at: i64,
    /// The status it was answered with; `None` until then, and if it never was.
    pub status: Option<u16>,
}

impl Seen {
    /// Path and query in one, as `delay`, `hold` and `plan` compare them.
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }
}

/// Requests that match wait until this is dropped.
#[must_use = "dropping it lets the requests go"]
#[derive(Debug)]
pub struct Hold(Arc<Semaphore>);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[derive(Debug, Default)]
struct State {
    quirks: HashSet<Quirk>,
    planned: VecDeque<(u32, String, Fault)>,
    delays: Vec<(String, Duration)>,
    latency: Duration,
    fault_rate: f64,
    holds: Vec<(String, Arc<Semaphore>)>,
    log: VecDeque<Seen>,
    /// How many entries have left the log's front.
    forgotten: usize,
}

/// Turns faults on and off while the server runs, and reads its logs.
#[derive(Debug, Default)]
pub struct Switches {
    state: Mutex<State>,
    /// Slots of the rate limit that somebody else has used.
    used: AtomicU32,
    /// How far the clock was put forward, in milliseconds.
    ahead: AtomicI64,
    /// After how many requests somebody comes or goes; 0: never.
    churn_every: AtomicU32,
    /// Requests since that was set.
    done: AtomicU64,
    /// Requests that chance was asked about.
    thrown: AtomicU64,
}

impl Switches {
    pub(super) fn new(faults: Faults, latency: Duration) -> Self {
        Self {
            state: Mutex::new(State {
                quirks: faults.quirks.into_iter().collect(),
                planned: faults.planned.into(),
                delays: faults.delays,
                latency,
                fault_rate: faults.rate,
                ..State::default()
            }),
            ..Self::default()
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Turns a lasting peculiarity on or off.
    pub fn set(&self, quirk: Quirk, on: bool) {
        let mut state = self.state();
        if on {
            state.quirks.insert(quirk);
        } else {
            state.quirks.remove(&quirk);
        }
    }

    /// Whether a lasting peculiarity is on.
    #[must_use]
    pub fn has(&self, quirk: Quirk) -> bool {
        self.state().quirks.contains(&quirk)
    }

    /// The next `count` requests meet this fault.
    pub fn next(&self, count: u32, fault: Fault) {
        self.plan(count, "", fault);
    }

    /// The next `count` requests whose `METHOD /path?query` contains the text meet this fault.
    pub fn plan(&self, count: u32, containing: &str, fault: Fault) {
        let plan = (count, containing.to_owned(), fault);
        self.state().planned.push_back(plan);
    }

    /// From now on this part of all requests, 0 to 1, meets a fault by chance.
    pub fn fault_rate(&self, rate: f64) {
        self.state().fault_rate = rate;
    }

    /// Forgets every planned fault and delay, and those by chance; peculiarities stay.
    pub fn calm(&self) {
        let mut state = self.state();
        state.planned.clear();
        state.delays.clear();
        state.latency = Duration::ZERO;
        state.fault_rate = 0.0;
    }

    /// Every answer waits so long.
    pub fn latency(&self, latency: Duration) {
        self.state().latency = latency;
    }

    /// Answers to requests whose `METHOD /path?query` contains the text wait so
    /// long besides; the newest word about the same text counts.
    pub fn delay(&self, containing: &str, by: Duration) {
        let mut state = self.state();
        state.delays.retain(|(text, _)| text != containing);
        if !by.is_zero() {
            state.delays.push((containing.to_owned(), by));
        }
    }

    /// Requests whose `METHOD /path?query` contains the text wait until the
    /// answer to this is dropped: answers in another order, without a clock.
    pub fn hold(&self, containing: &str) -> Hold {
        let gate = Arc::new(Semaphore::new(0));
        let mut state = self.state();
        state.holds.retain(|(_, gate)| !gate.is_closed());
        state.holds.push((containing.to_owned(), gate.clone()));
        Hold(gate)
    }

    /// Somebody is created or deleted, by turns, after each so many requests that
    /// were let in, before the last of them is answered; 0: no more.
    pub fn churn_every(&self, requests: u32) {
        self.done.store(0, Ordering::Relaxed);
        self.churn_every.store(requests, Ordering::Relaxed);
    }

    /// Whether a request that was just done is one after which somebody comes or goes.
    pub(super) fn churns(&self) -> bool {
        let every = u64::from(self.churn_every.load(Ordering::Relaxed));
        every > 0 && (self.done.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(every)
    }

    /// Somebody else uses so many requests of the limit, now.
    pub fn consume(&self, slots: u32) {
        self.used.fetch_add(slots, Ordering::Relaxed);
    }

    /// Puts the server's clock forward: locks end, the rate limit's window moves on.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead.fetch_add(by, Ordering::Relaxed);
    }

    /// Every request so far (the newest 20,000), refused ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.state().log.iter().cloned().collect()
    }

    /// Every attempt to write so far: all requests that are not `GET`.
    #[must_use]
    pub fn writes(&self) -> Vec<Seen> {
        let state = self.state();
        let writes = state.log.iter().filter(|seen| seen.method != "GET");
        writes.cloned().collect()
    }

    /// Empties the log of requests and writes.
    pub fn clear_log(&self) {
        let mut state = self.state();
        state.forgotten += state.log.len();
        state.log.clear();
    }

    pub(super) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    pub(super) fn used(&self) -> u32 {
        self.used.swap(0, Ordering::Relaxed)
    }

    /// Notes a request; the number is for `answered`.
    pub(super) fn note(&self, seen: Seen) -> usize {
        let mut state = self.state();
        if state.log.len() == KEPT {
            state.log.pop_front();
            state.forgotten += 1;
        }
        state.log.push_back(seen);
        state.forgotten + state.log.len() - 1
    }

    pub(super) fn answered(&self, number: usize, status: u16) {
        let mut state = self.state();
        let at = number.checked_sub(state.forgotten);
        if let Some(seen) = at.and_then(|at| state.log.get_mut(at)) {
            seen.status = Some(status);
        }
    }

    /// The fault of this request: a planned one, used up by one, or one by chance.
    pub(super) fn fault(&self, request: &str) -> Option<Fault> {
        let planned = self.planned(request);
        planned.or_else(|| self.by_chance(self.state().fault_rate))
    }

    fn by_chance(&self, rate: f64) -> Option<Fault> {
        if rate <= 0.0 {
            return None;
        }
        let mut dice = Dice::new(0, "faults", self.thrown.fetch_add(1, Ordering::Relaxed));
        let thrown = dice.below(1_000_000);
        (thrown < (rate * 1e6) as u64).then(|| *dice.pick(&BY_CHANCE))
    }

    fn planned(&self, request: &str) -> Option<Fault> {
        let mut state = self.state();
        let at = state
            .planned
            .iter()
            .position(|(_, containing, _)| request.contains(containing))?;
        let (left, _, fault) = &mut state.planned[at];
        let fault = *fault;
        *left = left.saturating_sub(1);
        if *left == 0 {
            state.planned.remove(at);
        }
        Some(fault)
    }

    /// Waits as long as this request has to.
    pub(super) async fn pause(&self, request: &str) {
        let (wait, gates) = {
            let state = self.state();
            let delays = state.delays.iter();
            let more = delays.filter(|(text, _)| request.contains(text.as_str()));
            let wait = state.latency + more.map(|(_, by)| *by).sum::<Duration>();
            let holds = state.holds.iter();
            let held = holds.filter(|(text, _)| request.contains(text.as_str()));
            let gates: Vec<_> = held.map(|(_, gate)| gate.clone()).collect();
            (wait, gates)
        };
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        for gate in gates {
            // There is never a permit: this ends when the gate is closed.
            let _ = gate.acquire().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_lets_a_part_of_all_requests_fail_and_a_calm_ends_it() {
        let switches = Switches::default();
        let failing = || (0..1_000).filter(|_| switches.fault("GET /users").is_some());
        assert_eq!(failing().count(), 0);
        switches.fault_rate(0.1);
        assert!((60..140).contains(&failing().count()));
        switches.calm();
        assert_eq!(failing().count(), 0);
    }

    #[test]
    fn a_planned_fault_wears_out_and_looks_at_the_path() {
        let switches = Switches::default();
        switches.plan(2, "/ban", Fault::Status(500));
        assert_eq!(switches.fault("GET /users"), None);
        assert_eq!(
            switches.fault("POST /users/a/ban"),
            Some(Fault::Status(500))
        );
        assert_eq!(
            switches.fault("POST /users/b/ban"),
            Some(Fault::Status(500))
        );
        assert_eq!(switches.fault("POST /users/c/ban"), None);
    }
}

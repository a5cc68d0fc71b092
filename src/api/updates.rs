//! How often one user may be updated: Clerk counts that for each user alone.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::window::{MARGIN, WINDOW};
use crate::domain::UserId;

/// `PATCH` of a user and of their metadata: so many in any 10 s.
const UPDATES: usize = 10;

/// A sliding window for each user who was updated lately, counted as the
/// pacer counts: from the sending until 10 s after the answer. Updates of one
/// user go in the order in which they came.
pub struct Updates {
    limited: bool,
    windows: Mutex<HashMap<UserId, Arc<Window>>>,
}

#[derive(Default)]
struct Window {
    /// Whoever holds this is the next to go.
    turn: tokio::sync::Mutex<()>,
    /// Rings when an update was answered.
    bell: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    in_flight: usize,
    /// When the others were answered, oldest first; the last 10 s of them.
    answered: VecDeque<Instant>,
    /// Until when a 429 asks to wait.
    closed: Option<Instant>,
}

/// Leave to update a user once; to be dropped when the answer arrives.
pub struct Update(Arc<Window>);

impl Updates {
    /// Without `limited` nothing is counted, yet a 429 is still obeyed.
    pub fn new(limited: bool) -> Self {
        Self {
            limited,
            windows: Mutex::default(),
        }
    }

    /// Waits for the turn of an update of `user`. Dropping the future gives the
    /// turn to the next one.
    pub async fn pass(&self, user: &UserId) -> Update {
        let window = self.window(user);
        {
            let _turn = window.turn.lock().await;
            while let Err(until) = window.enter(self.limited) {
                match until {
                    Some(at) => tokio::select! {
                        () = sleep_until(at) => {}
                        () = window.bell.notified() => {}
                    },
                    None => window.bell.notified().await,
                }
            }
        }
        Update(window)
    }

    /// The window of `user`; those that nobody needs any more are forgotten.
    fn window(&self, user: &UserId) -> Arc<Window> {
        let mut windows = lock(&self.windows);
        windows.retain(|_, window| Arc::strong_count(window) > 1 || !window.is_empty());
        Arc::clone(windows.entry(user.clone()).or_default())
    }
}

impl Window {
    /// Enters, or says until when to wait at least; `None`: for the bell.
    fn enter(&self, limited: bool) -> Result<(), Option<Instant>> {
        let mut state = lock(&self.state);
        let now = Instant::now();
        state.forget_old(now);
        if let Some(until) = state.closed {
            return Err(Some(until));
        }
        if limited && state.in_flight + state.answered.len() >= UPDATES {
            let first = state.answered.front();
            return Err(first.map(|at| *at + WINDOW + MARGIN));
        }
        state.in_flight += 1;
        Ok(())
    }

    fn is_empty(&self) -> bool {
        let mut state = lock(&self.state);
        state.forget_old(Instant::now());
        state.in_flight == 0 && state.answered.is_empty() && state.closed.is_none()
    }
}

impl State {
    fn forget_old(&mut self, now: Instant) {
        while self
            .answered
            .front()
            .is_some_and(|at| *at + WINDOW + MARGIN <= now)
        {
            self.answered.pop_front();
        }
        self.closed = self.closed.filter(|until| *until > now);
    }
}

impl Update {
    /// Clerk answered 429: no update of this user may go for as long as `wait`.
    pub fn throttled(&self, wait: Duration) {
        let until = Instant::now() + wait + MARGIN;
        let mut state = lock(&self.0.state);
        state.closed = state.closed.max(Some(until));
    }
}

impl Drop for Update {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.in_flight -= 1;
        state.answered.push_back(Instant::now());
        self.0.bell.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // No code that holds a lock here can leave what it guards half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

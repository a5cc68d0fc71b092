//! Time that stands still until a journey moves it.

use std::{
    future::Future,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    time::Duration,
};

use tokio::task::spawn_blocking;

/// The longest that anything is waited for, in real time.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// While this lives, the clock that the console, its pace, its client and its
/// server share moves only by `tokio::time::advance`.
pub struct Stillness(#[allow(dead_code, reason = "held, not used")] Sender<()>);

impl Stillness {
    /// Stops the clock of a test that runs on one thread.
    pub fn begin() -> Self {
        let (alive, gone) = channel::<()>();
        // tokio moves a stopped clock by itself whenever every task waits, be
        // it for the network; but not while a blocking task runs.
        spawn_blocking(move || gone.recv());
        tokio::time::pause();
        Self(alive)
    }
}

impl Drop for Stillness {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}

/// Waits for something in real time; `None` when it has not come by the deadline.
pub async fn in_time<T>(wanted: impl Future<Output = T>) -> Option<T> {
    let (_alive, gone) = channel::<()>();
    let late = spawn_blocking(move || gone.recv_timeout(DEADLINE));
    tokio::select! {
        biased;
        wanted = wanted => Some(wanted),
        late = late => {
            assert_eq!(late.unwrap(), Err(RecvTimeoutError::Timeout));
            None
        }
    }
}

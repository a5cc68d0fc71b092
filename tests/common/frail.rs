//! A reader or writer that can be made to panic.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use clerk_tui::{
    api::Again,
    domain::{Answer, ApiError, Fetch, Lane, Outcome, Permit},
    runtime::{Clock, Paces, Reads, Writes},
};

/// Whatever is inside, until it is to break.
#[derive(Clone)]
pub struct Frail<T> {
    inner: T,
    breaks: Arc<AtomicBool>,
}

impl<T> Frail<T> {
    pub fn new(inner: T) -> Self {
        let breaks = Arc::default();
        Self { inner, breaks }
    }

    /// Another one, which breaks when this does.
    pub fn around<U>(&self, inner: U) -> Frail<U> {
        let breaks = self.breaks.clone();
        Frail { inner, breaks }
    }

    /// The next call panics.
    pub fn break_next(&self) {
        self.breaks.store(true, Ordering::Relaxed);
    }

    fn bear(&self) -> &T {
        let breaks = self.breaks.swap(false, Ordering::Relaxed);
        assert!(!breaks, "a bug in a worker");
        &self.inner
    }
}

impl<R: Reads + Sync> Reads for Frail<R> {
    async fn fetch(&self, fetch: &Fetch, lane: Lane) -> Result<Answer, ApiError> {
        self.bear().fetch(fetch, lane).await
    }

    fn curl(&self, fetch: &Fetch) -> Option<String> {
        self.inner.curl(fetch)
    }

    fn pace(&self, clock: Clock) -> Paces {
        self.inner.pace(clock)
    }
}

impl<W: Writes + Sync> Writes for Frail<W> {
    async fn change(&self, permit: &Permit, again: &Again) -> Outcome {
        self.bear().change(permit, again).await
    }
}

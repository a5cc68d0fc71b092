//! Searches among the rows at hand, on threads of their own.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use tokio::sync::mpsc::UnboundedSender;

use crate::app::{Found, Msg, Quest, Ticket};

/// A typed letter must be drawn at once, however busy all cores are: on Linux
/// this is about the calling thread alone, elsewhere about the whole console.
fn stand_behind() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// Runs one search at a time: a newer one ends the older.
#[derive(Debug)]
pub(super) struct Ranker {
    latest: Arc<AtomicU64>,
    threads: usize,
    answers: UnboundedSender<Msg>,
}

impl Ranker {
    pub(super) fn new(answers: UnboundedSender<Msg>) -> Self {
        Self {
            latest: Arc::default(),
            threads: thread::available_parallelism().map_or(1, NonZero::get),
            answers,
        }
    }

    /// Searches, and sends [`Msg::Ranked`]: once with those who have the words,
    /// and once more if it looked for likeness, too. It comes even if the search
    /// crashed, with nobody in it; a search that was overtaken says nothing.
    pub(super) fn rank(&self, ticket: Ticket, quest: Quest) {
        self.latest.store(ticket.0, Ordering::Relaxed);
        let (latest, answers, threads) =
            (Arc::clone(&self.latest), self.answers.clone(), self.threads);
        let work = move || {
            stand_behind();
            let cancelled = || latest.load(Ordering::Relaxed) != ticket.0;
            let send = |found: Option<Found>| {
                // Nobody listens any more when the console is leaving.
                let _ = answers.send(Msg::Ranked { ticket, found });
            };
            let work = || search(&quest, threads, &cancelled, &send);
            if catch_unwind(AssertUnwindSafe(work)).is_err() {
                send(None);
            }
        };
        // A thread of its own: how it stands behind others stays with it.
        let started = thread::Builder::new().name("search".to_owned()).spawn(work);
        if started.is_err() {
            let _ = self.answers.send(Msg::Ranked {
                ticket,
                found: None,
            });
        }
    }
}

fn search(
    quest: &Quest,
    threads: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
    send: &dyn Fn(Option<Found>),
) -> Option<()> {
    let parts = each(quest, threads, |part| quest.exact(part, cancelled));
    let mut found = quest.join(&parts.into_iter().collect::<Option<Vec<_>>>()?);
    if cancelled() {
        return None;
    }
    if quest.wants_alike(&found) {
        send(Some(found.clone()));
        let parts = each(quest, threads, |part| quest.alike(part, cancelled));
        quest.add_alike(&mut found, &parts.into_iter().collect::<Option<Vec<_>>>()?);
    }
    send(Some(found));
    Some(())
}

/// Does the parts of a search at once, one thread each.
fn each<T: Send>(
    quest: &Quest,
    threads: usize,
    work: impl Fn(std::ops::Range<usize>) -> T + Sync,
) -> Vec<T> {
    let mut parts = quest.parts(threads).into_iter();
    let Some(first) = parts.next() else {
        return Vec::new();
    };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let mut done = vec![work(first)];
        // A part that crashed crashes the whole; the caller says so.
        done.extend(others.into_iter().map(|other| match other.join() {
            Ok(part) => part,
            Err(panic) => std::panic::resume_unwind(panic),
        }));
        done
    })
}

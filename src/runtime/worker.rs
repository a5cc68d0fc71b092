//! Reads and writes on tokio tasks, each with exactly one answer.

use std::{any::Any, collections::HashMap, future::Future, panic::AssertUnwindSafe, pin::Pin};

use futures_util::{FutureExt, Stream};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
    task::AbortHandle,
};
use tokio_util::task::TaskTracker;

use super::Clock;
use super::{log, ranker::Ranker, record::Record};
use crate::{
    api::Again,
    app::{Msg, Pace, Quest, Slot, Ticket},
    domain::{Answer, ApiError, ErrorKind, Fetch, Lane, Outcome, Permit},
    store::Trail,
};

/// How the pacer stands, each time it changes.
pub type Paces = Pin<Box<dyn Stream<Item = Pace> + Send>>;

/// Something that reads from a Clerk instance.
pub trait Reads: Clone + Send + 'static {
    /// Reads one thing.
    fn fetch(
        &self,
        fetch: &Fetch,
        lane: Lane,
    ) -> impl Future<Output = Result<Answer, ApiError>> + Send;

    /// The same read as a command for a shell; `None` while nothing can be read yet.
    fn curl(&self, fetch: &Fetch) -> Option<String>;

    /// How the pacer stands, each time it changes.
    fn pace(&self, clock: Clock) -> Paces;
}

/// Something that writes to a Clerk instance.
pub trait Writes: Clone + Send + 'static {
    /// Sends one change; asks `again` before it sends it once more.
    fn change(&self, permit: &Permit, again: &Again) -> impl Future<Output = Outcome> + Send;
}

/// The writer of a run that has none.
#[derive(Clone, Copy, Debug)]
pub enum NoWriter {}

impl Writes for NoWriter {
    async fn change(&self, _permit: &Permit, _again: &Again) -> Outcome {
        match *self {}
    }
}

/// Starts the tasks and keeps what is needed to abort or to await them.
#[derive(Debug)]
pub(super) struct Workers<R, W> {
    reader: R,
    writer: Option<W>,
    /// The newest read of each slot. An entry outlives its task until the slot
    /// is used again; aborting a task that has ended does nothing.
    reads: HashMap<Slot, (Ticket, AbortHandle)>,
    /// The writes under way.
    writes: TaskTracker,
    ranker: Ranker,
    /// The audit trail.
    pub(super) record: Record,
    answers: UnboundedSender<Msg>,
}

impl<R: Reads, W: Writes> Workers<R, W> {
    pub(super) fn new(
        reader: R,
        writer: Option<W>,
        trail: Option<Trail>,
    ) -> (Self, UnboundedReceiver<Msg>) {
        let (answers, receiver) = mpsc::unbounded_channel();
        let workers = Self {
            reader,
            writer,
            reads: HashMap::new(),
            writes: TaskTracker::new(),
            ranker: Ranker::new(answers.clone()),
            record: Record::new(trail, answers.clone()),
            answers,
        };
        (workers, receiver)
    }

    /// Reads for `slot`; an older read for it is aborted.
    pub(super) fn fetch(&mut self, slot: Slot, lane: Lane, ticket: Ticket, fetch: Fetch) {
        let reader = self.reader.clone();
        let answers = self.answers.clone();
        let task = tokio::spawn(async move {
            let reading = AssertUnwindSafe(reader.fetch(&fetch, lane)).catch_unwind();
            let result = reading.await.unwrap_or_else(|panic| Err(crashed(&*panic)));
            // Nobody listens any more when the console is leaving.
            let _ = answers.send(Msg::Fetched {
                slot,
                ticket,
                result,
            });
        });
        if let Some((_, older)) = self.reads.insert(slot, (ticket, task.abort_handle())) {
            older.abort();
        }
    }

    /// A read as a command for a shell.
    pub(super) fn curl(&self, fetch: &Fetch) -> Option<String> {
        self.reader.curl(fetch)
    }

    /// Aborts the read for `slot`, if there is one.
    pub(super) fn abort(&mut self, slot: Slot) {
        if let Some((_, task)) = self.reads.remove(&slot) {
            task.abort();
        }
    }

    /// Forgets the read that was answered, unless its slot has a newer one.
    pub(super) fn answered(&mut self, slot: Slot, ticket: Ticket) {
        if self.reads.get(&slot).is_some_and(|read| read.0 == ticket) {
            self.reads.remove(&slot);
        }
    }

    /// Sends a change. It is never aborted, and always answered.
    pub(super) fn change(&self, permit: Permit) {
        let op = permit.change().op;
        let answers = self.answers.clone();
        let Some(writer) = self.writer.clone() else {
            let why = ApiError::new(
                ErrorKind::Forbidden,
                "This console is read-only. Nothing was sent.",
            );
            let outcome = Outcome::NotSent(why);
            let _ = answers.send(Msg::Changed { op, outcome });
            return;
        };
        let record = self.record.clone();
        log::intent(permit.change());
        self.writes.spawn(async move {
            let again = record.again(op);
            let writing = AssertUnwindSafe(writer.change(&permit, &*again)).catch_unwind();
            let sending = writing
                .map(|written| written.unwrap_or_else(|panic| Outcome::Unknown(crashed(&*panic))));
            let (outcome, unrecorded) = record.around(&permit, sending).await;
            log::outcome(op, &outcome);
            let _ = answers.send(Msg::Changed { op, outcome });
            if let Some(why) = unrecorded {
                record.tell(why);
            }
        });
    }

    /// Searches among the rows at hand; an older search is ended.
    pub(super) fn rank(&self, ticket: Ticket, quest: Quest) {
        self.ranker.rank(ticket, quest);
    }

    /// Looks the system's time zone up: it reads files, so not on the loop.
    pub(super) fn look_up_zone(&self) {
        let answers = self.answers.clone();
        tokio::task::spawn_blocking(move || {
            let _ = answers.send(Msg::Zone(jiff::tz::TimeZone::system()));
        });
    }

    /// Tells the model the terminal's size, as the next message.
    pub(super) fn resized(&self, columns: u16, rows: u16) {
        let _ = self.answers.send(Msg::Resize(columns, rows));
    }

    /// Tells the model that there was no editing, as the next message.
    pub(super) fn not_edited(&self, ticket: Ticket, why: String) {
        let result = Err(why);
        let _ = self.answers.send(Msg::Edited { ticket, result });
    }

    /// Tells the model, when it is called, that no browser was opened.
    pub(super) fn not_opened(&self) -> Box<dyn FnOnce() + Send> {
        let answers = self.answers.clone();
        Box::new(move || {
            let _ = answers.send(Msg::NotOpened);
        })
    }

    pub(super) fn pace(&self, clock: Clock) -> Paces {
        self.reader.pace(clock)
    }

    /// Comes back once every write that was sent has been answered.
    pub(super) async fn written(&self) {
        self.writes.close();
        self.writes.wait().await;
    }
}

/// The error for a worker of ours that panicked.
fn crashed(panic: &(dyn Any + Send)) -> ApiError {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    ApiError::new(
        ErrorKind::Crashed,
        format!("A part of this console failed: {text}."),
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::stream;
    use tokio::time::timeout;

    use super::*;
    use crate::{
        app::{PaneId, Part},
        domain::{Action, Change, Known, OpId, Policy, UserFilter, UserId},
    };

    /// Panics for a user count, never answers for the instance, and answers 7 otherwise.
    #[derive(Clone)]
    struct Fake;

    impl Reads for Fake {
        async fn fetch(&self, fetch: &Fetch, _lane: Lane) -> Result<Answer, ApiError> {
            match fetch {
                Fetch::UserCount { .. } => panic!("broken"),
                Fetch::Instance => std::future::pending().await,
                _ => Ok(Answer::Count(7)),
            }
        }

        fn curl(&self, _fetch: &Fetch) -> Option<String> {
            None
        }

        fn pace(&self, _clock: Clock) -> Paces {
            Box::pin(stream::pending())
        }
    }

    impl Writes for Fake {
        async fn change(&self, _permit: &Permit, _again: &Again) -> Outcome {
            panic!("broken {}", "twice")
        }
    }

    const SLOT: Slot = Slot {
        pane: PaneId(1),
        part: Part::Rows,
    };

    fn user() -> UserId {
        UserId::new("user_1").unwrap()
    }

    fn permit() -> Permit {
        let change = Change::new(OpId { run: 1, n: 1 }, Action::Ban(user()));
        Permit::check(change, &Policy::default(), |_| Known::default()).unwrap()
    }

    async fn next(answers: &mut UnboundedReceiver<Msg>) -> Msg {
        let answer = timeout(Duration::from_secs(10), answers.recv()).await;
        answer.unwrap().unwrap()
    }

    #[tokio::test]
    async fn a_reader_that_panics_answers_with_a_crash() {
        let (mut workers, mut answers) = Workers::new(Fake, None::<NoWriter>, None);
        let filter = UserFilter::default().into();
        workers.fetch(SLOT, Lane::Hands, Ticket(1), Fetch::UserCount { filter });
        let Msg::Fetched {
            result: Err(error), ..
        } = next(&mut answers).await
        else {
            panic!("another answer")
        };
        assert_eq!(error.kind, ErrorKind::Crashed);
        assert!(format!("{error}").contains("broken"));
    }

    #[tokio::test]
    async fn a_writer_that_panics_leaves_the_change_unknown_and_is_waited_for() {
        let (workers, mut answers) = Workers::new(Fake, Some(Fake), None);
        workers.change(permit());
        workers.written().await;
        let Msg::Changed {
            outcome: Outcome::Unknown(error),
            ..
        } = next(&mut answers).await
        else {
            panic!("another answer")
        };
        assert_eq!(error.kind, ErrorKind::Crashed);
    }

    #[tokio::test]
    async fn without_a_writer_nothing_is_sent() {
        let (workers, mut answers) = Workers::new(Fake, None::<NoWriter>, None);
        workers.change(permit());
        let Msg::Changed {
            outcome: Outcome::NotSent(_),
            ..
        } = next(&mut answers).await
        else {
            panic!("another answer")
        };
    }

    #[tokio::test]
    async fn the_newest_read_of_a_slot_wins_and_is_the_only_one_answered() {
        let (mut workers, mut answers) = Workers::new(Fake, None::<NoWriter>, None);
        workers.fetch(SLOT, Lane::Hands, Ticket(1), Fetch::Instance);
        let older = workers.reads[&SLOT].1.clone();
        workers.fetch(SLOT, Lane::Hands, Ticket(2), Fetch::User(user()));
        let Msg::Fetched { ticket, .. } = next(&mut answers).await else {
            panic!("another answer")
        };
        assert_eq!(ticket, Ticket(2));
        let aborted = timeout(Duration::from_secs(10), async {
            while !older.is_finished() {
                tokio::task::yield_now().await;
            }
        });
        assert!(aborted.await.is_ok(), "the older read goes on");
        // A late word of the older read must not make its slot forget the newer one.
        workers.answered(SLOT, Ticket(1));
        assert!(workers.reads.contains_key(&SLOT));
        workers.answered(SLOT, Ticket(2));
        assert!(workers.reads.is_empty());
    }

    #[tokio::test]
    async fn an_aborted_read_is_not_answered() {
        let (mut workers, mut answers) = Workers::new(Fake, None::<NoWriter>, None);
        workers.fetch(SLOT, Lane::Hands, Ticket(1), Fetch::Instance);
        let task = workers.reads[&SLOT].1.clone();
        workers.abort(SLOT);
        while !task.is_finished() {
            tokio::task::yield_now().await;
        }
        assert!(answers.try_recv().is_err());
    }
}

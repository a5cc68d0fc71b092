//! The way to a Clerk instance, which may still be opening.

use std::future::Future;
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
    stream::{self, StreamExt},
};

use tokio::{
    sync::{Mutex, watch},
    task::spawn_blocking,
};

use super::{Clock, Paces, Reads, Writes};
use crate::{
    api::{self, Again, Reader, Settings, Writer},
    app,
    domain::{Answer, ApiError, ErrorKind, Fetch, Lane, Outcome, Permit, Secret, Untrusted},
};

/// A [`Reader`] to be: the console draws its first frame before there is
/// anything to read from, and requests made meanwhile wait for it.
///
/// It opens on a task of its own, because setting up a client may read files.
/// A key that Clerk no longer accepts is read again from where it came, at
/// somebody's own word.
#[derive(Clone)]
pub struct Link {
    reader: Shared<BoxFuture<'static, Result<Reader, ApiError>>>,
    source: Option<Arc<ReadKey>>,
    key: Arc<Key>,
}

/// What is known of the key.
#[derive(Default)]
struct Key {
    /// The instance that it opens, once that is known.
    instance: OnceLock<Untrusted>,
    /// Clerk did not accept it.
    is_refused: AtomicBool,
    /// How often another one was taken; locked while it is read.
    taken: Mutex<u64>,
}

/// Reads the key again, or says why not, without any part of it. It may take
/// its time.
pub type ReadKey = dyn Fn() -> Result<KeyRead, String> + Send + Sync;

/// A key that was read again.
#[derive(Debug)]
pub struct KeyRead {
    /// The key.
    pub key: Secret,
    /// What is to be said where it is still the one that is not accepted.
    pub if_the_same: String,
}

/// A [`Writer`] to be.
#[derive(Clone)]
pub struct WriteLink(Link);

impl Link {
    /// Opens it in the background: `settings` may take its time. Call this
    /// inside of tokio.
    pub fn open(
        settings: impl Future<Output = Result<Settings, ApiError>> + Send + 'static,
    ) -> Self {
        let opening = tokio::spawn(async move { settings.await.map(Reader::new) });
        let opened = async move {
            opening.await.unwrap_or_else(|_| {
                let text = "the part of this console that opens the connection crashed";
                Err(ApiError::new(ErrorKind::Crashed, text))
            })
        };
        Self {
            reader: opened.boxed().shared(),
            source: None,
            key: Arc::default(),
        }
    }

    /// The same, with a way to read the key again.
    #[must_use]
    pub fn reading_key_by(
        mut self,
        source: impl Fn() -> Result<KeyRead, String> + Send + Sync + 'static,
    ) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Leave to write over the same link.
    pub fn writer(&self) -> WriteLink {
        WriteLink(self.clone())
    }

    /// Reads the key again and takes it, if it opens the same instance. Gives
    /// what is to be said where it was the same.
    async fn read_key(&self, reader: &Reader) -> Result<Option<String>, ApiError> {
        let mut taken = self.key.taken.lock().await;
        let refused = |words: &str| ApiError::new(ErrorKind::KeyRefused, words);
        let Some(source) = self.source.clone() else {
            return Ok(None);
        };
        let read = spawn_blocking(move || source()).await;
        let read = read.map_err(|_| refused("Reading it again crashed."))?;
        let read = read.map_err(|why| refused(&why))?;
        if reader.has_key(&read.key) {
            return Ok(Some(read.if_the_same));
        }
        let opened = reader.opened_by(read.key.clone()).await?;
        // Whatever is on the screen, and about to be changed, is of that one.
        if self.key.instance.get().is_some_and(|id| *id != opened.id) {
            let words = "The key read now opens another instance. Start again to look there.";
            return Err(refused(words));
        }
        reader.set_key(read.key);
        *taken += 1;
        Ok(None)
    }

    /// Notes what an error says of the key.
    fn note(&self, error: &ApiError) {
        if error.kind == ErrorKind::KeyRefused {
            self.key.is_refused.store(true, Ordering::Relaxed);
        }
    }

    /// By somebody's own word; the key is read again first, where it was refused.
    async fn fetch_now(&self, reader: &Reader, fetch: &Fetch) -> Result<Answer, ApiError> {
        let same = if self.key.is_refused.load(Ordering::Relaxed) {
            self.read_key(reader).await
        } else {
            Ok(None)
        };
        let same = same?;
        let answer = reader.fetch(fetch, Lane::Now).await;
        match &answer {
            Ok(_) => self.key.is_refused.store(false, Ordering::Relaxed),
            Err(error) => self.note(error),
        }
        match (answer, same) {
            (Err(error), Some(words)) if error.kind == ErrorKind::KeyRefused => {
                Err(ApiError::new(ErrorKind::KeyRefused, words))
            }
            (answer, _) => answer,
        }
    }

    /// What was refused only because the key is just being read is asked again.
    async fn fetch_by_turns(
        &self,
        reader: &Reader,
        fetch: &Fetch,
        lane: Lane,
    ) -> Result<Answer, ApiError> {
        let taken = self.key.taken.try_lock().map(|taken| *taken).ok();
        let mut answer = reader.fetch(fetch, lane).await;
        if let Err(error) = &answer
            && error.kind == ErrorKind::KeyRefused
            && taken != Some(*self.key.taken.lock().await)
        {
            answer = reader.fetch(fetch, lane).await;
        }
        answer.inspect_err(|error| self.note(error))
    }
}

impl Reads for Link {
    async fn fetch(&self, fetch: &Fetch, lane: Lane) -> Result<Answer, ApiError> {
        let reader = self.reader.clone().await?;
        let answer = match lane {
            Lane::Now => self.fetch_now(&reader, fetch).await,
            lane => self.fetch_by_turns(&reader, fetch, lane).await,
        };
        if let Ok(Answer::Instance(instance)) = &answer {
            let _ = self.key.instance.set(instance.id.clone());
        }
        answer
    }

    fn curl(&self, fetch: &Fetch) -> Option<String> {
        let reader = self.reader.peek()?.as_ref().ok()?;
        Some(reader.curl(fetch))
    }

    fn pace(&self, clock: Clock) -> Paces {
        let opened = self.reader.clone();
        let opening = async move { opened.await.ok().map(|reader| reader.pace()) };
        let paces = stream::once(opening).filter_map(std::future::ready);
        Box::pin(paces.flat_map(move |pace| each_change(pace, clock)))
    }
}

impl Writes for WriteLink {
    async fn change(&self, permit: &Permit, again: &Again) -> Outcome {
        match self.0.reader.clone().await {
            Ok(reader) => {
                let outcome = Writer::new(reader).change(permit, again).await;
                if let Outcome::Refused(error) = &outcome {
                    self.0.note(error);
                }
                outcome
            }
            Err(error) => Outcome::NotSent(error),
        }
    }
}

impl Reads for Reader {
    async fn fetch(&self, fetch: &Fetch, lane: Lane) -> Result<Answer, ApiError> {
        Self::fetch(self, fetch, lane).await
    }

    fn curl(&self, fetch: &Fetch) -> Option<String> {
        Some(Self::curl(self, fetch))
    }

    fn pace(&self, clock: Clock) -> Paces {
        Box::pin(each_change(Self::pace(self), clock))
    }
}

impl Writes for Writer {
    async fn change(&self, permit: &Permit, again: &Again) -> Outcome {
        Self::change(self, permit, again).await
    }
}

/// The pace whenever it changes, in the console's own terms.
fn each_change(
    pace: watch::Receiver<api::Pace>,
    clock: Clock,
) -> impl stream::Stream<Item = app::Pace> + Send {
    let changes = stream::unfold(pace, |mut pace| async move {
        pace.changed().await.ok()?;
        let now = *pace.borrow_and_update();
        Some((now, pace))
    });
    changes.map(move |pace| app::Pace {
        used: pace.used,
        allowed: pace.allowed,
        background: pace.background,
        waiting: pace.waiting,
        next: pace.next.map(|at| clock.moment(at)),
        asked_by_clerk: pace.asked_by_clerk,
        used_elsewhere: pace.used_elsewhere,
    })
}

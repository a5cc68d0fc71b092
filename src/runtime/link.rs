//! The way to a Clerk instance, which may still be opening.

use std::future::Future;

use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
    stream::{self, StreamExt},
};
use tokio::sync::watch;

use super::{Clock, Paces, Reads, Writes};
use crate::{
    api::{self, Reader, Settings, Writer},
    app,
    domain::{Answer, ApiError, ErrorKind, Fetch, Lane, Outcome, Permit},
};

/// A [`Reader`] to be: the console draws its first frame before there is
/// anything to read from, and requests made meanwhile wait for it.
///
/// It opens on a task of its own, because setting up a client may read files.
#[derive(Clone)]
pub struct Link(Shared<BoxFuture<'static, Result<Reader, ApiError>>>);

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
        Self(opened.boxed().shared())
    }

    /// Leave to write over the same link.
    pub fn writer(&self) -> WriteLink {
        WriteLink(self.clone())
    }
}

impl Reads for Link {
    async fn fetch(&self, fetch: &Fetch, lane: Lane) -> Result<Answer, ApiError> {
        self.0.clone().await?.fetch(fetch, lane).await
    }

    fn curl(&self, fetch: &Fetch) -> Option<String> {
        let reader = self.0.peek()?.as_ref().ok()?;
        Some(reader.curl(fetch))
    }

    fn pace(&self, clock: Clock) -> Paces {
        let opened = self.0.clone();
        let opening = async move { opened.await.ok().map(|reader| reader.pace()) };
        let paces = stream::once(opening).filter_map(std::future::ready);
        Box::pin(paces.flat_map(move |pace| each_change(pace, clock)))
    }
}

impl Writes for WriteLink {
    async fn change(&self, permit: &Permit) -> Outcome {
        match self.0.0.clone().await {
            Ok(reader) => Writer::new(reader).change(permit).await,
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
    async fn change(&self, permit: &Permit) -> Outcome {
        Self::change(self, permit).await
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

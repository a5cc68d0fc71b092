//! Reads.

use std::sync::Arc;

use tokio::sync::watch;

use super::curl::curl;
use super::decode;
use super::pacer::Pace;
use super::request::Request;
use super::transport::{Settings, Transport, freely};
use crate::domain::{Answer, ApiError, ErrorKind, Fetch, Instance, Lane, Secret};

/// Asks Clerk. Clones share one pace and one set of connections.
#[derive(Clone, Debug)]
pub struct Reader(pub(super) Arc<Transport>);

impl Reader {
    /// A reader for one instance. Does nothing yet: the HTTP client is built
    /// with the first request.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Transport::new(settings)))
    }

    /// Reads something; waits for its turn in `lane` first.
    ///
    /// A 429 is waited out, and a broken connection or a 502, 503 or 504 tried
    /// again, a few times. Dropping the future gives its place away.
    ///
    /// # Errors
    /// [`ApiError`]. [`ErrorKind::NotConnected`] comes at once, so that the
    /// screen can say so. An answer of another shape is an error
    /// ([`ErrorKind::WrongShape`]), never an empty list.
    pub async fn fetch(&self, fetch: &Fetch, lane: Lane) -> Result<Answer, ApiError> {
        let reply = self
            .0
            .send(&Request::from(fetch), lane, may_pass, &freely)
            .await?;
        decode::read(fetch, &reply)
    }

    /// The same read as a command for a shell, without the key.
    pub fn curl(&self, fetch: &Fetch) -> String {
        curl(&self.0.base, fetch)
    }

    /// Whether this is the key.
    pub fn has_key(&self, key: &Secret) -> bool {
        self.0.has_key(key)
    }

    /// Takes another key from here on.
    pub fn set_key(&self, key: Secret) {
        self.0.set_key(key);
    }

    /// Which instance another key opens.
    ///
    /// # Errors
    /// [`ApiError`], where it opens none.
    pub async fn opened_by(&self, key: Secret) -> Result<Instance, ApiError> {
        let other = Self(Arc::new(self.0.with_key(key)));
        let answer = other.fetch(&Fetch::Instance, Lane::Now).await?;
        let wrong = || ApiError::new(ErrorKind::WrongShape, "It opens no instance.");
        answer.into_instance().ok_or_else(wrong)
    }

    /// How the pacer stands, now and whenever that changes.
    pub fn pace(&self) -> watch::Receiver<Pace> {
        self.0.pacer.pace()
    }
}

/// Failures that often pass by themselves.
fn may_pass(error: &ApiError) -> bool {
    match error.kind {
        ErrorKind::Broken => true,
        ErrorKind::Server => matches!(error.status, Some(502..=504)),
        _ => false,
    }
}

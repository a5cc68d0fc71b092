//! Sending one request and reading its answer.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect, retry};
use secrecy::zeroize::Zeroizing;
use tokio::sync::OnceCell;
use tokio::time::timeout;

use super::BaseUrl;
use super::failure;
use super::log;
use super::pacer::{Pacer, Place, Slot};
use super::request::{Limit, Request};
use super::share::Shares;
use super::updates::{Update, Updates};
use crate::domain::{ApiError, ErrorKind, Lane, Secret, Timestamp, Untrusted};

/// Names the version of the API that is spoken.
pub(super) const VERSION: HeaderName = HeaderName::from_static("clerk-api-version");
/// That version.
pub const VERSION_DATE: &str = "2026-05-12";
const USER_AGENT: &str = concat!("clerk-tui/", env!("CARGO_PKG_VERSION"));
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_REQUEST: Duration = Duration::from_secs(20);

/// The most that a body may hold, unpacked. 500 users are 2 MiB.
const BODY_CAP: usize = 16 * 1024 * 1024;

/// How often a request is sent again after a 429, and after other failures.
const AGAIN_AFTER_429: u32 = 5;
const AGAIN_AFTER_FAILURE: u32 = 2;

/// The longest that a write waits for its turn: nobody expects a ban of
/// yesterday.
const WRITE_PATIENCE: Duration = Duration::from_mins(1);

/// Where to ask, with which key, and how often.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the API is.
    pub base: BaseUrl,
    /// The secret key, `sk_…`. Never shown; it only goes into a header.
    pub key: Secret,
    /// How many requests Clerk allows in any 10 s; 0: no limit of our own.
    pub limit: u32,
    /// How much of that is ours.
    pub shares: Shares,
}

/// Asked before something is sent again, with what came of it before.
pub type Again = dyn Fn(ApiError) -> BoxFuture<'static, Result<(), ApiError>> + Send + Sync;

/// Where nobody has to be asked.
pub fn freely(_: ApiError) -> BoxFuture<'static, Result<(), ApiError>> {
    Box::pin(std::future::ready(Ok(())))
}

/// The way to one instance.
pub struct Transport {
    pub base: BaseUrl,
    key: Mutex<Secret>,
    pub pacer: Pacer,
    updates: Arc<Updates>,
    /// Built with the first request: reading the CA files takes long enough to
    /// be seen before a first frame.
    client: OnceCell<Client>,
}

/// A successful answer, not yet decoded.
pub struct Reply {
    /// 200 to 299
    pub status: u16,
    /// Unpacked
    pub body: Vec<u8>,
    /// When it arrived
    pub read_at: Timestamp,
}

impl Transport {
    pub fn new(settings: Settings) -> Self {
        let (hands, background) = settings.shares.with_key(settings.key.expose());
        Self {
            base: settings.base,
            key: Mutex::new(settings.key),
            pacer: Pacer::sharing(settings.limit, hands, background),
            updates: Arc::new(Updates::new(settings.limit > 0)),
            client: OnceCell::new(),
        }
    }

    /// The same way with another key; both keep one pace.
    pub fn with_key(&self, key: Secret) -> Self {
        Self {
            base: self.base.clone(),
            key: Mutex::new(key),
            pacer: self.pacer.clone(),
            updates: Arc::clone(&self.updates),
            client: OnceCell::new(),
        }
    }

    /// Takes another key from here on.
    pub fn set_key(&self, key: Secret) {
        *self.key() = key;
    }

    /// Whether this is the key.
    pub fn has_key(&self, key: &Secret) -> bool {
        self.key().expose() == key.expose()
    }

    fn key(&self) -> MutexGuard<'_, Secret> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends `request` in its turn. It is sent again after a 429, and after a
    /// failure that `may_pass`; both only a few times, with growing pauses.
    /// What makes something new each time is never sent again.
    pub async fn send(
        &self,
        request: &Request,
        mut lane: Lane,
        may_pass: fn(&ApiError) -> bool,
        again: &Again,
    ) -> Result<Reply, ApiError> {
        let client = self.client().await?;
        let mut place = self.pacer.place(lane);
        let mut throttled = 0;
        let mut failed = 0;
        let mut last = None;
        loop {
            let Some(turn) = self.turn(request, place).await else {
                return Err(last.unwrap_or_else(no_turn));
            };
            let since = Instant::now();
            let sent = self.send_once(client, request, turn, throttled).await;
            let sent = sent.map_err(|error| self.without_key(error));
            log::attempt(request, since.elapsed(), &sent);
            let error = match sent {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            if request.once || request.is_write() && asks_for_more_than_patience(&error) {
                return Err(error);
            }
            if error.kind == ErrorKind::RateLimited && throttled < AGAIN_AFTER_429 {
                throttled += 1;
            } else if failed < AGAIN_AFTER_FAILURE && may_pass(&error) {
                tokio::time::sleep(pause(failed) / 2).await;
                failed += 1;
            } else {
                return Err(error);
            }
            if lane == Lane::Now {
                // That is for once.
                lane = Lane::Hands;
                place = self.pacer.place(lane);
            }
            again(error.clone()).await?;
            last = Some(error);
        }
    }

    /// Waits for the turn of `request`; `None` where a write would wait too long.
    async fn turn(&self, request: &Request, place: Place) -> Option<Turn> {
        let turn = self.wait_for_turn(request, place);
        if request.is_write() {
            timeout(WRITE_PATIENCE, turn).await.ok()
        } else {
            Some(turn.await)
        }
    }

    async fn wait_for_turn(&self, request: &Request, place: Place) -> Turn {
        // Whoever waits for one user stands in nobody else's way.
        let update = match &request.limit {
            Limit::OfUser(user) => Some(self.updates.pass(user).await),
            Limit::Shared | Limit::OfInvitations => None,
        };
        let slot = self.pacer.pass(place).await;
        Turn { slot, update }
    }

    async fn send_once(
        &self,
        client: &Client,
        request: &Request,
        turn: Turn,
        throttled: u32,
    ) -> Result<Reply, ApiError> {
        let response = match self.dressed(client, request)?.send().await {
            Ok(response) => response,
            Err(error) => return Err(self.failed(error)),
        };
        let status = response.status();
        let retry_after = failure::retry_after(response.headers(), wall_clock());
        if status == StatusCode::TOO_MANY_REQUESTS {
            let wait = retry_after.filter(makes_sense);
            turn.throttled(&request.limit, wait.unwrap_or_else(|| pause(throttled)));
        } else {
            turn.slot.answered();
        }
        if status.is_success() {
            let body = self.body(response).await.map_err(|error| ApiError {
                status: Some(status.as_u16()),
                ..error
            })?;
            return Ok(Reply {
                status: status.as_u16(),
                body,
                read_at: wall_clock(),
            });
        }
        // The status says enough where the reason cannot be read.
        let body = self.body(response).await.unwrap_or_default();
        Err(failure::from_answer(status.as_u16(), retry_after, &body))
    }

    /// The request with its address, headers and body.
    pub(super) fn dressed(
        &self,
        client: &Client,
        request: &Request,
    ) -> Result<RequestBuilder, ApiError> {
        let url = request.url(&self.base);
        let builder = client.request(request.method.clone(), url);
        let builder = builder.headers(self.headers()?);
        Ok(match &request.body {
            Some(body) => builder.json(body),
            // reqwest leaves the length of an empty body out, and some proxies
            // answer such a POST with 411.
            None if request.is_write() => builder.header(CONTENT_LENGTH, 0),
            None => builder,
        })
    }

    /// An error in which no server's words repeat the key.
    pub(super) fn without_key(&self, mut error: ApiError) -> ApiError {
        let key = self.key();
        let told = [&mut error.code, &mut error.param, &mut error.trace_id];
        for text in told.into_iter().flatten().chain([&mut error.message]) {
            if text.raw().contains(key.expose()) {
                *text = Untrusted::new(text.raw().replace(key.expose(), "[the key]"));
            }
        }
        error
    }

    /// The body, unpacked; never more than [`BODY_CAP`] of it in memory.
    pub(super) async fn body(&self, mut response: Response) -> Result<Vec<u8>, ApiError> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(error))? {
            if body.len() + chunk.len() > BODY_CAP {
                return Err(ApiError::new(
                    ErrorKind::TooLarge,
                    "The answer is larger than 16 MiB and was not read to its end.",
                ));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn headers(&self) -> Result<HeaderMap, ApiError> {
        let bearer = Zeroizing::new(format!("Bearer {}", self.key().expose()));
        let mut authorization = HeaderValue::try_from(bearer.as_str()).map_err(|_| {
            ApiError::new(
                ErrorKind::KeyRefused,
                "It holds a character that no key has. Nothing was sent.",
            )
        })?;
        authorization.set_sensitive(true);
        Ok(HeaderMap::from_iter([
            (AUTHORIZATION, authorization),
            (VERSION, HeaderValue::from_static(VERSION_DATE)),
        ]))
    }

    /// The client, built off this thread where it is not there yet. A failure
    /// is not kept: whoever installs the certificates may simply try again.
    pub(super) async fn client(&self) -> Result<&Client, ApiError> {
        let tls = self.base.is_tls();
        let loopback = self.base.is_loopback();
        let build = || async move {
            tokio::task::spawn_blocking(move || build(tls, loopback))
                .await
                .unwrap_or_else(|_| {
                    Err(ApiError::new(
                        ErrorKind::NotConnected,
                        "Setting up the HTTP client crashed. Nothing was sent.",
                    ))
                })
        };
        self.client.get_or_try_init(build).await
    }

    pub(super) fn failed(&self, error: reqwest::Error) -> ApiError {
        failure::from_transport(error, &self.base.host())
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// Leave to send one request.
struct Turn {
    slot: Slot,
    update: Option<Update>,
}

impl Turn {
    /// After a 429: who has to wait. A request with a limit of its own says
    /// nothing about the others: an hour's invitations must not stop the console
    /// for an hour.
    fn throttled(self, limit: &Limit, wait: Duration) {
        match (limit, self.update) {
            (Limit::OfUser(_), Some(update)) => update.throttled(wait),
            (Limit::OfInvitations, _) => {}
            _ => self.slot.throttled(wait),
        }
    }
}

fn no_turn() -> ApiError {
    ApiError::new(
        ErrorKind::RateLimited,
        "Clerk's limit left no room for it within a minute. Nothing was sent.",
    )
}

fn asks_for_more_than_patience(error: &ApiError) -> bool {
    let wait = error.retry_after.filter(makes_sense);
    wait.is_some_and(|wait| wait > WRITE_PATIENCE)
}

/// Whether a `Retry-After` can be meant: more than nothing, at most a day.
fn makes_sense(wait: &Duration) -> bool {
    !wait.is_zero() && *wait <= Duration::from_hours(24)
}

fn build(tls: bool, loopback: bool) -> Result<Client, ApiError> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT)
        .timeout(WHOLE_REQUEST)
        // A POST that follows a redirect becomes a GET whose 200 looks like success.
        .redirect(redirect::Policy::none())
        // Whatever is sent again is sent by us: in turn, and a write with care.
        .retry(retry::never());
    if loopback {
        // No proxy could know our loopback.
        builder = builder.no_proxy();
    }
    if !tls {
        // Needs no CA files.
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(failure::from_set_up)
}

/// What pauses are counted in; tests have no time for seconds.
pub(super) const PAUSE: Duration = Duration::from_millis(if cfg!(test) { 1 } else { 1000 });

/// The pause before trying again, the `n`-th time from 0: 1 s, 2 s, 4 s …, and
/// up to a quarter more, so that many consoles do not come back at once. (So
/// little of what a back-off crate does is needed that it is written here.)
pub(super) fn pause(n: u32) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let whole = PAUSE * (1 << n.min(6));
    // The keys of a `RandomState` differ each time, which is random enough here.
    let jitter = RandomState::new().hash_one(n) % 250;
    whole + whole * u32::try_from(jitter).unwrap_or(0) / 1000
}

pub(super) fn wall_clock() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

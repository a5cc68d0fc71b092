//! What can go wrong between us and Clerk.

use std::time::Duration;

use super::Untrusted;

/// A request that did not succeed.
///
/// It never holds the URL: search terms are personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?} {status:?} {code:?} {message:?}")]
pub struct ApiError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Clerk's `code`, such as `resource_not_found`.
    pub code: Option<Untrusted>,
    /// Clerk's `long_message` (or `message`), or the transport's cause in plain words.
    pub message: Untrusted,
    /// `meta.param_name`, the parameter a 422 is about.
    pub param: Option<Untrusted>,
    /// `clerk_trace_id`, for Clerk's support.
    pub trace_id: Option<Untrusted>,
    /// `Retry-After`.
    pub retry_after: Option<Duration>,
}

/// The kinds of failure that the console tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 401: the key is not accepted.
    KeyRefused,
    /// 402: the plan lacks the feature.
    PlanLacks,
    /// 403.
    Forbidden,
    /// 404: gone, or never there.
    NotFound,
    /// 409.
    Conflict,
    /// 400 or 422: Clerk refuses a parameter.
    Invalid,
    /// 429: too many requests.
    RateLimited,
    /// 5xx.
    Server,
    /// Any other status, a redirect among them.
    UnexpectedStatus,
    /// 2xx, but not JSON of the expected shape.
    WrongShape,
    /// The body passed the cap of 16 MiB.
    TooLarge,
    /// No connection was made, so nothing was sent.
    NotConnected,
    /// The machine has no CA certificates, so no real instance can be trusted.
    NoCertificates,
    /// The audit trail could not be written, so nothing was sent.
    NotRecorded,
    /// No answer in time.
    TimedOut,
    /// The connection broke after the request was sent.
    Broken,
    /// Our own worker panicked.
    Crashed,
}

impl ApiError {
    /// An error of our own making: a kind and plain words.
    pub fn new(kind: ErrorKind, message: impl AsRef<str>) -> Self {
        Self {
            kind,
            status: None,
            code: None,
            message: Untrusted::new(message),
            param: None,
            trace_id: None,
            retry_after: None,
        }
    }

    /// Whether a write that failed so was certainly not carried out.
    ///
    /// A 5xx, a time-out or a broken connection leave it open; so does an
    /// answer in a 2xx that could not be understood.
    pub const fn surely_not_done(&self) -> bool {
        use ErrorKind as K;
        match self.kind {
            K::KeyRefused
            | K::PlanLacks
            | K::Forbidden
            | K::NotFound
            | K::Conflict
            | K::Invalid
            | K::RateLimited
            | K::NotConnected
            | K::NotRecorded
            | K::NoCertificates => true,
            // 408 and 499 are a gateway's words for "no answer in time".
            K::UnexpectedStatus => matches!(self.status, Some(300..=407 | 409..=498)),
            K::Server | K::WrongShape | K::TooLarge | K::TimedOut | K::Broken | K::Crashed => false,
        }
    }
}

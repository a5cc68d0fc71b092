//! What went wrong, in plain words.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde::Deserialize;

use super::decode::{self, Object, Soft};
use crate::domain::{ApiError, ErrorKind, Timestamp, Untrusted};

/// The body of a refusal (`ClerkErrors`).
#[derive(Default, Deserialize)]
#[serde(default)]
struct ClerkErrors {
    errors: Soft<Vec<Option<ClerkError>>>,
    clerk_trace_id: Soft<Option<Untrusted>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ClerkError {
    code: Soft<Option<Untrusted>>,
    message: Soft<Option<Untrusted>>,
    long_message: Soft<Option<Untrusted>>,
    meta: Soft<Option<Meta>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    param_name: Soft<Option<Untrusted>>,
}

impl Object for ClerkErrors {}
impl Object for ClerkError {}
impl Object for Meta {}

/// The kind of an answer that is no success.
const fn kind(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::KeyRefused,
        402 => ErrorKind::PlanLacks,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        400 | 422 => ErrorKind::Invalid,
        429 => ErrorKind::RateLimited,
        500..=599 => ErrorKind::Server,
        _ => ErrorKind::UnexpectedStatus,
    }
}

/// The error that an answer with a status other than 2xx stands for.
pub fn from_answer(status: u16, retry_after: Option<Duration>, body: &[u8]) -> ApiError {
    let mut error = ApiError::new(kind(status), "");
    error.status = Some(status);
    error.retry_after = retry_after;
    let text = String::from_utf8_lossy(body);
    let wire = serde_json::from_str::<Soft<Option<ClerkErrors>>>(&text)
        .ok()
        .and_then(|wire| wire.0)
        .unwrap_or_default();
    error.trace_id = wire.clerk_trace_id.0;
    match wire.errors.0.into_iter().flatten().next() {
        Some(first) => {
            error.message = [first.long_message.0, first.message.0, first.code.0.clone()]
                .into_iter()
                .flatten()
                .find(|words| !words.is_blank())
                .unwrap_or_else(|| format!("Clerk answered {status} without a reason.").into());
            error.code = first.code.0;
            error.param = first.meta.0.and_then(|meta| meta.param_name.0);
        }
        None => error.message = not_clerks(status, &text).into(),
    }
    error
}

/// Words for a status whose body is not Clerk's.
fn not_clerks(status: u16, body: &str) -> String {
    let what = decode::describe(body);
    match status {
        300..=399 => format!(
            "Answered {status}, which points elsewhere; the key is never sent there. Check the API URL."
        ),
        429 => "Answered 429: too many requests.".to_owned(),
        _ => format!(
            "Answered {status} with {what}, which is not Clerk's. Is there a proxy between?"
        ),
    }
}

/// `Retry-After`: seconds, or an HTTP date, which is compared with the server's
/// own `Date` where it sends one: our clock may be wrong.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let ms = millis(text)?.saturating_sub(date(headers).unwrap_or(now.millis()));
    Some(Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
}

/// The server's own `Date`, in Unix milliseconds.
pub fn date(headers: &HeaderMap) -> Option<i64> {
    millis(headers.get(DATE)?.to_str().ok()?)
}

/// An HTTP date in Unix milliseconds.
fn millis(date: &str) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    let date = parser.parse_timestamp(date.trim()).ok()?;
    Some(date.as_millisecond())
}

/// The error of a request that got no answer, or only a part of one.
pub fn from_transport(error: reqwest::Error, host: &str) -> ApiError {
    let error = error.without_url();
    let causes = causes(&error);
    let (kind, words) = if error.is_connect() {
        (ErrorKind::NotConnected, unconnected(&error, &causes, host))
    } else if error.is_builder() {
        let cause = deepest(&causes);
        let words = format!("The request could not be made: {cause}.");
        (ErrorKind::NotConnected, words)
    } else if error.is_timeout() {
        let words = format!("{host} did not answer in time.");
        (ErrorKind::TimedOut, words)
    } else if error.is_decode() && is_garbled(&error) {
        let cause = deepest(&causes);
        let words = format!("The answer of {host} could not be unpacked: {cause}.");
        (ErrorKind::WrongShape, words)
    } else {
        let words = format!("The connection to {host} broke before its answer was complete.");
        (ErrorKind::Broken, words)
    };
    ApiError::new(kind, words)
}

/// Words for a connection that was not made.
fn unconnected(error: &reqwest::Error, causes: &[String], host: &str) -> String {
    let io = io_kind(error);
    let cause = deepest(causes);
    if error.is_dns() {
        format!("The name {host} cannot be found. Is this machine online?")
    } else if io == Some(std::io::ErrorKind::ConnectionRefused) {
        format!("Nothing listens at {host} (connection refused).")
    } else if error.is_timeout() {
        format!("{host} did not take the connection in time.")
    } else if causes.iter().any(|cause| cause.contains("certificate")) {
        format!("The certificate of {host} is not trusted: {cause}.")
    } else {
        format!("No connection to {host}: {cause}.")
    }
}

/// The error of a client that could not be built: it needs the CA certificates
/// of the machine.
pub fn from_set_up(error: reqwest::Error) -> ApiError {
    let causes = causes(&error.without_url());
    let cause = deepest(&causes);
    if causes.iter().any(|cause| cause.contains("certificate")) {
        return ApiError::new(
            ErrorKind::NoCertificates,
            format!(
                "This machine has no CA certificates, so no server can be trusted. Install them \
                 (package ca-certificates), or name a file of them in SSL_CERT_FILE. ({cause})"
            ),
        );
    }
    ApiError::new(
        ErrorKind::NotConnected,
        format!("The HTTP client could not be set up: {cause}."),
    )
}

/// Whether what arrived cannot be unpacked, as opposed to: not all of it arrived.
fn is_garbled(error: &reqwest::Error) -> bool {
    use std::io::ErrorKind as K;
    matches!(io_kind(error), Some(K::InvalidData | K::InvalidInput))
}

/// The kind of the innermost I/O error, if there is one.
fn io_kind(error: &reqwest::Error) -> Option<std::io::ErrorKind> {
    let mut kind = None;
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            kind = Some(io.kind());
        }
        source = cause.source();
    }
    kind
}

/// The error's text and that of each cause below it; none of them has the URL.
fn causes(error: &reqwest::Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    texts
}

fn deepest(causes: &[String]) -> &str {
    causes.last().map_or("no reason given", String::as_str)
}

//! One request, and all that its answer tells of the way to the server.

use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;

use super::request::Request;
use super::transport::{Reply, VERSION, wall_clock};
use super::{Reader, decode, failure};
use crate::domain::{Answer, ApiError, ErrorKind, Fetch, Instance, Lane, Untrusted};

/// What one answer tells.
#[derive(Clone, Debug)]
pub struct Probe {
    /// How long it took to come.
    pub took: Duration,
    /// By how many milliseconds the server's clock is ahead of ours, where it says.
    pub ahead: Option<i64>,
    /// The version of the API that the server says it speaks.
    pub version: Option<Untrusted>,
    /// What the server says of its limit: names and values of headers.
    pub limits: Vec<(String, Untrusted)>,
    /// The instance that the key opens, or why none.
    pub instance: Result<Instance, ApiError>,
}

impl Reader {
    /// Asks for the instance, once, and looks at the answer, whatever it is.
    ///
    /// # Errors
    /// [`ApiError`], where no answer came.
    pub async fn probe(&self) -> Result<Probe, ApiError> {
        let transport = &self.0;
        let request = Request::from(&Fetch::Instance);
        let client = transport.client().await?;
        let slot = transport.pacer.pass(transport.pacer.place(Lane::Now)).await;
        let (since, sent_at) = (Instant::now(), wall_clock());
        let sent = transport.dressed(client, &request)?.send().await;
        let response = sent.map_err(|error| transport.failed(error))?;
        let took = since.elapsed();
        slot.answered();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = transport.body(response).await?;
        let read_at = wall_clock();
        let instance = if (200..300).contains(&status) {
            let reply = Reply {
                status,
                body,
                read_at,
            };
            instance(&reply)
        } else {
            let retry_after = failure::retry_after(&headers, read_at);
            let error = failure::from_answer(status, retry_after, &body);
            Err(transport.without_key(error))
        };
        let halfway = sent_at.millis() + i64::try_from(took.as_millis() / 2).unwrap_or(0);
        Ok(Probe {
            took,
            // It counts whole seconds, so that its clock shows half a second more.
            ahead: failure::date(&headers).map(|theirs| theirs + 500 - halfway),
            version: text(&headers, VERSION.as_str()),
            limits: limits(&headers),
            instance,
        })
    }
}

fn instance(reply: &Reply) -> Result<Instance, ApiError> {
    let wrong = || ApiError::new(ErrorKind::WrongShape, "That is no instance of Clerk.");
    let answer: Answer = decode::read(&Fetch::Instance, reply)?;
    answer.into_instance().ok_or_else(wrong)
}

fn text(headers: &HeaderMap, name: &str) -> Option<Untrusted> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(Untrusted::new(value))
}

fn limits(headers: &HeaderMap) -> Vec<(String, Untrusted)> {
    let is_of_limit = |name: &str| name.contains("ratelimit") || name == "retry-after";
    let names = headers.keys().map(reqwest::header::HeaderName::as_str);
    let told = names.filter(|name| is_of_limit(name));
    told.filter_map(|name| Some((name.to_owned(), text(headers, name)?)))
        .collect()
}

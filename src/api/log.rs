//! What the log tells of a request: never the key, a body, or whom somebody looked for.

use std::time::Duration;

use tracing::{debug, warn};

use super::request::Request;
use super::transport::Reply;
use crate::domain::{ApiError, Untrusted};

/// An attempt to send a request has ended.
pub fn attempt(request: &Request, took: Duration, result: &Result<Reply, ApiError>) {
    let (method, path) = (&request.method, request.told());
    let ms = took.as_millis();
    match result {
        Ok(Reply { status, .. }) => debug!(%method, path, status, ms, "answered"),
        Err(error) => {
            let (status, kind) = (error.status, error.kind);
            let told = |text: &Option<Untrusted>| text.as_ref().map(told);
            let (code, trace) = (told(&error.code), told(&error.trace_id));
            // Clerk's own words may name somebody; ours tell of the connection.
            let why = status.is_none().then(|| self::told(&error.message));
            warn!(%method, path, status, ms, ?kind, code, trace, why, "failed");
        }
    }
}

/// A text of the server's, short and harmless.
fn told(text: &Untrusted) -> String {
    text.shown().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_told_in_short_and_steers_nothing() {
        let said = Untrusted::new("\u{1b}[2J\u{202e}x".repeat(100));
        let told = told(&said);
        assert_eq!(told.chars().count(), 200);
        assert!(told.starts_with("\u{241b}[2J\u{fffd}x\u{241b}"), "{told}");
    }
}

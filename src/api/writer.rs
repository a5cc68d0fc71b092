//! Writes.

use super::request::Request;
use super::transport::Again;
use super::{Reader, decode};
use crate::domain::{ApiError, ErrorKind, Lane, Outcome, Permit};

/// Changes things at Clerk, at the pace of its [`Reader`].
#[derive(Clone, Debug)]
pub struct Writer {
    reader: Reader,
}

impl Writer {
    /// A writer to the instance of `reader`.
    pub fn new(reader: Reader) -> Self {
        Self { reader }
    }

    /// Sends a change and says how it ended.
    ///
    /// It is sent again after a 429 and after a connection that was never made,
    /// a few times, and if its turn comes within a minute; after anything else it may have been carried out, and the
    /// outcome is [`Outcome::Unknown`]. Before it is sent again `again` is asked. A change whose future is dropped after
    /// it was sent is just as unknown.
    pub async fn change(&self, permit: &Permit, again: &Again) -> Outcome {
        let action = &permit.change().action;
        let request = Request::from(action);
        let transport = &self.reader.0;
        let sent = transport.send(&request, Lane::Hands, never_arrived, again);
        let answer = match sent.await {
            Ok(reply) => decode::written(action, &reply),
            Err(error) => Err(error),
        };
        match answer {
            Ok(answer) => Outcome::Done(Box::new(answer)),
            Err(error) => ended(error),
        }
    }
}

fn never_arrived(error: &ApiError) -> bool {
    error.kind == ErrorKind::NotConnected
}

/// How a change ended that was answered with an error, or not at all.
fn ended(error: ApiError) -> Outcome {
    match error.kind {
        ErrorKind::NotConnected | ErrorKind::NoCertificates => Outcome::NotSent(error),
        // Its turn did not come.
        ErrorKind::RateLimited if error.status.is_none() => Outcome::NotSent(error),
        _ if error.surely_not_done() => Outcome::Refused(error),
        _ => Outcome::Unknown(error),
    }
}

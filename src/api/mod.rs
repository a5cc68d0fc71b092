//! The HTTP client of Clerk's Backend API: encode, pace, send, decode.
//!
//! [`Reader`] asks, [`Writer`] changes; a run without leave to write has no
//! `Writer` at all. A request goes this way:
//!
//! ```text
//! Fetch / Permit ──► request (method, path, query, body)
//!                       └─► pacer (whose turn is it?) ──► transport (send, read)
//!                                                              └─► decode ──► Answer
//! ```
//!
//! There is deliberately nothing here that knows panes, keys or files, and no
//! error that carries a URL: search terms are personal data.

mod base_url;
mod brake;
mod curl;
mod decode;
mod deed;
mod failure;
mod log;
mod pacer;
mod probe;
mod reader;
mod request;
mod share;
mod transport;
mod updates;
mod window;
mod writer;

#[cfg(test)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "calls that read well matter more in tests than a copy"
)]
mod tests;

pub use base_url::{BadBaseUrl, BaseUrl};
pub use decode::{read as decoded, written as decoded_write};
pub use failure::from_answer as decoded_refusal;
pub use pacer::Pace;
pub use probe::Probe;
pub use reader::Reader;
pub use share::{BadShare, Share, Shares};
pub use transport::{Again, Reply, Settings, VERSION_DATE, freely};
pub use writer::Writer;

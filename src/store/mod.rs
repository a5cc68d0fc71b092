//! What outlives a run: the audit trail, the plans of batches, and the log.
//!
//! ```text
//! intent ──► file, fsync ──► (the change is sent) ──► outcome ──► file, fsync
//! ```
//!
//! The trail is JSON lines in files that only grow; see [`Line`]. It decides
//! nothing and knows no network: whoever sends a change writes its intent first
//! and its outcome after it. An intent without an outcome is a change whose run
//! ended too early, and the next run settles it. A plan that nobody holds is a
//! batch whose run ended too early, and the next run offers to finish it.

mod alive;
mod batch;
mod deed;
mod files;
mod hashed;
mod line;
mod lock;
mod log_file;
mod past;
mod plan;
mod saved;
mod trail;

#[cfg(test)]
mod tests;

pub use batch::Leftover;
pub use files::{DIRECTORY_MODE, FILE_MODE, NAME};
pub use hashed::mark_of_key;
pub use line::{Event, FieldChange, Line, Result as Ending, VERSION, Value};
pub use log_file::{LOG_NAME, LogFile};
pub use saved::SaveError;
pub use trail::{Author, Reading, Trail, TrailError, read};

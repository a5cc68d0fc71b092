//! The functional core: a [`Model`], messages that happened to it, effects it asks for.
//!
//! No async, no clock, no file and no network here: time and time zone arrive
//! with messages, and whatever is to be done outside leaves as an [`Effect`].

mod model;
mod msg;

pub use model::{Model, Setup, update};
pub use msg::{Effect, Moment, Msg, Now, Pace, PaneId, Part, Slot, Ticket};

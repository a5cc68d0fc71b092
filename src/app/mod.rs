//! The functional core: a [`Model`], messages that happened to it, effects it asks for.
//!
//! No async, no clock, no file and no network here: time and time zone arrive
//! with messages, and whatever is to be done outside leaves as an [`Effect`].

mod clock;
pub mod command;
mod context;
pub mod document;
mod dossier;
mod list;
mod model;
mod msg;
mod people;
mod remote;
mod search;
pub mod text;

pub use clock::{Clock, relative};
pub use command::Command;
pub use context::{Context, Toast, Tone};
pub use dossier::{Dossier, Shelf};
pub use list::{List, NextPage};
pub use model::{Model, Setup, update};
pub use msg::{Effect, Moment, Msg, Now, Pace, PaneId, Part, Slot, Ticket};
pub use people::{People, Person};
pub use remote::{Load, Remote};
pub use search::Search;

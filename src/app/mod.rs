//! The functional core: a [`Model`], messages that happened to it, effects it asks for.
//!
//! No async, no clock, no file and no network here: time and time zone arrive
//! with messages, and whatever is to be done outside leaves as an [`Effect`].

pub mod act;
mod aftermath;
mod change;
mod clock;
pub mod command;
mod context;
mod copy;
pub mod dialog;
mod dialog_keys;
mod dialog_text;
pub mod document;
mod dossier;
mod history;
mod input_line;
mod jobs;
mod keys;
pub mod layout;
mod leave;
mod list;
mod model;
mod msg;
pub mod organizations;
mod pace;
mod palette;
mod people;
pub mod profile;
mod remote;
pub mod report;
mod search;
pub mod sessions;
pub mod text;
mod update;
pub mod users;
pub mod words;

pub use clock::{Clock, relative};
pub use command::Command;
pub use context::{Context, Toast, Tone};
pub use dialog::{Armed, Dialog};
pub use dialog_text::COLUMNS as DIALOG_COLUMNS;
pub use dossier::{Dossier, Recent};
pub use history::History;
pub use jobs::{Job, Jobs};
pub use list::{List, NextPage};
pub use model::{Layer, Model, Screen, Seen, Setup, Subject};
pub use msg::{Effect, Moment, Msg, Now, Pace, PaneId, Part, Slot, Ticket};
pub use pace::gauge;
pub use palette::Palette;
pub use people::{People, Person};
pub use remote::{Load, Remote};
pub use search::Search;
pub use update::update;

#[cfg(test)]
mod tests;

//! The functional core: a [`Model`], messages that happened to it, effects it asks for.
//!
//! No async, no clock, no file and no network here: time and time zone arrive
//! with messages, and whatever is to be done outside leaves as an [`Effect`].

pub mod act;
mod aftermath;
mod before;
mod book;
mod chord;
mod clock;
pub mod command;
mod context;
mod crowd;
mod deeds;
pub mod dialog;
pub mod document;
mod dossier;
pub mod filter_form;
mod history;
mod input_line;
mod jobs;
mod jump;
mod key_name;
mod keys;
pub mod layout;
mod ledger;
mod link;
mod list;
pub mod load;
pub mod marks;
mod menu;
mod model;
mod msg;
mod pace;
mod palette;
pub mod panes;
mod people;
mod range;
mod rank;
mod remote;
pub mod report;
mod roll;
pub mod search;
pub mod text;
pub mod tokens;
mod truth;
mod undo;
mod unsettled;
mod update;
mod user_list;
mod window;
pub mod words;

pub use book::{Book, Rows, Who};
pub use clock::{Clock, relative};
pub use command::Command;
pub use context::{Context, Toast, Tone};
pub use crowd::Crowd;
pub use dialog::COLUMNS as DIALOG_COLUMNS;
pub use dialog::{Armed, Dialog};
pub use dossier::{Dossier, Recent};
pub use filter_form::FilterForm;
pub use history::History;
pub use jobs::{Job, Jobs};
pub use ledger::{Deed, Ledger, WayBack, What};
pub use link::Link;
pub use list::{AnyList, List, NextPage};
pub use marks::Marks;
pub use menu::{Line as MenuLine, Menu};
pub use model::{Layer, Model, Screen, Seen, Setup, Subject};
pub use msg::{Effect, Moment, Msg, Now, Pace, PaneId, Part, Slot, Ticket};
pub use pace::gauge;
pub use palette::Palette;
pub use people::{People, Person};
pub use range::Range;
pub use rank::{Among, Found, Looked, Quest};
pub use remote::{Load, Remote};
pub use roll::{Entry, Reading, Roll, Side};
pub use search::Search;
pub use tokens::Token;
pub use unsettled::Earlier;
pub use update::update;
pub use user_list::{Fate, Glance, Item, Settled, UserList};
pub use window::Window;

#[cfg(test)]
mod tests;

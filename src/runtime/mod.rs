//! The imperative shell: the terminal, the event loop, workers on tokio, signals, the end.
//!
//! Nothing is decided here about users or panes. What happens becomes a
//! [`Msg`](crate::app::Msg), what `update` asks for is carried out, and its
//! answer comes back as the next message. The loop is [`Console::run`], and it
//! is the same one whether a person, a test or a recorded script feeds it.

mod clock;
mod console;
mod draft;
mod editor;
mod ending;
mod guard;
mod host;
mod inputs;
mod keyboard;
mod link;
mod log;
mod opening;
mod ranker;
mod record;
mod screen;
mod start;
mod worker;

pub use clock::Clock;
pub use console::Console;
pub use editor::Editor;
pub use ending::{Ended, LastWords, Outside, Reason, leave};
pub use guard::{Guard, restore};
pub use host::{Host, TerminalHost};
pub use keyboard::{Events, Keyboard};
pub use link::{KeyRead, Link, ReadKey, WriteLink};
pub use screen::{Screen, TerminalBackend};
pub use start::{Opened, run, run_on};
pub use worker::{NoWriter, Paces, Reads, Writes};

//! What the terminal reports, read only while the keyboard is ours.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll},
};

use crossterm::event::{Event, EventStream};
use futures_util::{Stream, stream::PollFn};

use super::guard;

/// Reports of a terminal.
pub trait Events: Stream<Item = io::Result<Event>> + Unpin {
    /// Leaves the terminal's input to another program, until it is asked again.
    fn pause(&mut self);
}

/// The keyboard of the terminal behind stdin.
///
/// crossterm's stream reads ahead in a thread: keys that are meant for an editor
/// would vanish in it. So it is given up for as long as another program runs.
#[derive(Default)]
pub struct Keyboard(Option<EventStream>);

impl Stream for Keyboard {
    type Item = io::Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(self.0.get_or_insert_default()).poll_next(cx);
        if polled.is_pending() {
            guard::announce_input();
        }
        polled
    }
}

impl Events for Keyboard {
    fn pause(&mut self) {
        self.0 = None;
    }
}

/// Events that come from elsewhere stand in nobody's way.
impl<F> Events for PollFn<F>
where
    Self: Stream<Item = io::Result<Event>> + Unpin,
{
    fn pause(&mut self) {}
}

impl fmt::Debug for Keyboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keyboard").field(&self.0.is_some()).finish()
    }
}

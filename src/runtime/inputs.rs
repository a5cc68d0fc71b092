//! Everything the loop waits for, as one source.

use std::{
    future::poll_fn,
    io,
    task::{Context, Poll},
};

use crossterm::event::Event;
use futures_util::StreamExt;
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};

use super::{
    Events, Outside, Paces,
    clock::WakeUps,
    editor::{Edited, Editing},
};
use crate::app::{Msg, Pace, Ticket};

/// One thing that happened.
#[derive(Debug)]
pub(super) enum Input {
    /// The terminal reported something; `None`: it never will again.
    Terminal(Option<io::Result<Event>>),
    /// A worker answered, or a timer rang.
    Message(Msg),
    /// The system wants something of this process.
    Outside(Outside),
    /// The editor has ended, and the terminal is ours again.
    Edited(Ticket, Edited),
}

/// The sources, in the order in which they are asked.
pub(super) struct Inputs<'a, E> {
    pub(super) outside: &'a mut Receiver<Outside>,
    pub(super) events: &'a mut E,
    pub(super) answers: UnboundedReceiver<Msg>,
    pub(super) wake_ups: WakeUps,
    pub(super) pace: Paces,
    /// The pace sent last: what is the same is no news.
    pub(super) last_pace: Option<Pace>,
    /// Set when the terminal's stream has ended: it must not be asked again.
    pub(super) deaf: bool,
    /// The editor that has the terminal and the keyboard now.
    pub(super) editing: Option<Editing>,
}

impl<E: Events> Inputs<'_, E> {
    /// Waits for the next input.
    pub(super) async fn next(&mut self) -> Input {
        poll_fn(|cx| self.poll(cx)).await
    }

    /// The next input, if there is one already.
    ///
    /// The sources are asked with the loop's own waker: crossterm's stream keeps
    /// the waker it was first asked with, so that a throw-away one (as in
    /// `now_or_never`) would leave the loop asleep when the next key comes.
    pub(super) async fn ready(&mut self) -> Option<Input> {
        poll_fn(|cx| match self.poll(cx) {
            Poll::Ready(input) => Poll::Ready(Some(input)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Input> {
        if let Poll::Ready(Some(outside)) = self.outside.poll_recv(cx) {
            return Poll::Ready(Input::Outside(outside));
        }
        if let Some(editing) = &mut self.editing {
            if let Poll::Ready((ticket, edited)) = editing.poll(cx) {
                self.editing = None;
                return Poll::Ready(Input::Edited(ticket, edited));
            }
        } else if !self.deaf
            && let Poll::Ready(event) = self.events.poll_next_unpin(cx)
        {
            self.deaf = event.is_none();
            return Poll::Ready(Input::Terminal(event));
        }
        if let Poll::Ready(Some(answer)) = self.answers.poll_recv(cx) {
            return Poll::Ready(Input::Message(answer));
        }
        if let Poll::Ready(ticket) = self.wake_ups.poll(cx) {
            return Poll::Ready(Input::Message(Msg::Woke(ticket)));
        }
        while let Poll::Ready(Some(pace)) = self.pace.poll_next_unpin(cx) {
            if self.last_pace != Some(pace) {
                self.last_pace = Some(pace);
                return Poll::Ready(Input::Message(Msg::Pace(pace)));
            }
        }
        Poll::Pending
    }
}

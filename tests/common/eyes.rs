//! What stands in for the terminal: it watches the frames, and notes the rest.

use std::{
    io,
    sync::{Arc, Mutex},
};

use clerk_tui::{
    domain::{Safe, WebUrl},
    runtime::Host,
};
use ratatui::buffer::Buffer;
use tokio::sync::watch;

use super::frame::text;

/// The last frame, as text: the lines without the blanks at their ends.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Counts the frames; 0: none yet.
    pub number: usize,
    pub text: String,
}

/// What the console did to its surroundings.
#[derive(Debug, Default)]
pub struct Done {
    pub copied: Vec<String>,
    /// What was opened in the browser.
    pub browsed: Vec<String>,
    pub lent: usize,
    pub suspended: usize,
    pub restored: usize,
}

/// Watches the frames, and stands in for the terminal.
pub struct Eyes {
    pub frame: watch::Sender<Frame>,
    pub size: (u16, u16),
    pub done: Arc<Mutex<Done>>,
}

impl Host for Eyes {
    fn drawn(&mut self, buffer: &Buffer) {
        self.frame.send_modify(|frame| {
            frame.number += 1;
            frame.text = text(buffer);
        });
    }

    fn copy(&mut self, text: &Safe) -> io::Result<()> {
        self.done
            .lock()
            .unwrap()
            .copied
            .push(text.as_str().to_owned());
        Ok(())
    }

    fn browse(&mut self, url: WebUrl, _failed: Box<dyn FnOnce() + Send>) {
        let mut done = self.done.lock().unwrap();
        done.browsed.push(url.expose().to_owned());
    }

    fn restore(&mut self) {
        self.done.lock().unwrap().restored += 1;
    }

    fn lend(&mut self) {
        self.done.lock().unwrap().lent += 1;
    }

    fn suspend(&mut self) {
        self.done.lock().unwrap().suspended += 1;
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        Ok(self.size)
    }
}

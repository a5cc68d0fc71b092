//! The whole state of the console.

use crate::domain::{Dress, Policy};

use super::{Effect, Msg, Now};

/// What is known when the console starts.
#[derive(Clone, Debug)]
pub struct Setup {
    /// A random number that tells this run's writes from all others'.
    pub run: u64,
    /// What a mistake on this instance would cost.
    pub dress: Dress,
    /// The host of the API, such as `api.clerk.com`.
    pub host: String,
    /// What this run may do.
    pub policy: Policy,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time at the start.
    pub now: Now,
}

/// The state of the console.
#[derive(Debug)]
pub struct Model {
    setup: Setup,
    frame_due: bool,
}

impl Model {
    /// A console that has asked for nothing yet.
    pub fn new(setup: Setup) -> Self {
        Self {
            setup,
            frame_due: true,
        }
    }

    /// Whether something on the screen may differ from the last frame drawn.
    pub const fn frame_due(&self) -> bool {
        self.frame_due
    }

    /// The writes that were sent and not answered, in words, for the last line
    /// on the shell's screen when the console has to leave at once.
    pub fn unsettled(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Lets `msg` happen at `now`, and says what is to be done outside.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    model.setup.now = now;
    model.frame_due = !matches!(msg, Msg::Drawn);
    match msg {
        Msg::Key(key) if key.code == crossterm::event::KeyCode::Char('q') => vec![Effect::Quit],
        _ => Vec::new(),
    }
}

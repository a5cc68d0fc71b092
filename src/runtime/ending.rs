//! Leaving: why, with what left to say, and never later than two seconds.

use std::{
    io,
    process::exit,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
    time::Duration,
};

use rustix::event::{PollFd, PollFlags, poll};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::mpsc::{self, Receiver, Sender},
};

use super::{
    clock::wall,
    guard::{self, kept_panics, say},
};
use crate::store::Trail;

/// How long writes that were sent are waited for once a signal says to leave.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_600);

/// When the deadline thread stops believing in the loop.
const DEADLINE: Duration = Duration::from_millis(1_750);

/// How long restoring may take then. Together they stay below two seconds.
const LAST_TRY: Duration = Duration::from_millis(150);

/// What the system wants of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Leave.
    Leave(Reason),
    /// It was stopped and goes on: the terminal may look different.
    Continued,
}

impl Outside {
    /// Whether this came from keys that were pressed in an editor: the terminal
    /// sends ^c and ^\\ to every program in it.
    fn is_for_an_editor(self) -> bool {
        let keys = [SignalKind::interrupt(), SignalKind::quit()].map(|key| key.as_raw_value());
        let from_keys = |number| keys.contains(&number);
        matches!(self, Self::Leave(Reason::Signal(number)) if from_keys(number))
            && guard::was_lent_just_now()
    }
}

/// Why the system wants the console to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A signal, by its number.
    Signal(i32),
    /// The terminal is gone.
    TerminalGone,
}

impl Reason {
    /// The exit code: as shells count, 128 and the signal's number.
    pub const fn code(self) -> i32 {
        match self {
            Self::Signal(number) => 128 + number,
            Self::TerminalGone => 129,
        }
    }
}

/// How the console ended.
#[derive(Debug)]
pub enum Ended {
    /// Somebody quit.
    Quit,
    /// The system said so.
    Left(Reason),
    /// The terminal failed.
    Failed(io::Error),
}

/// What is left to say, such as which writes were sent and not answered, kept
/// outside of the loop: whoever ends the process can say it, even while the
/// loop hangs.
#[derive(Clone, Debug, Default)]
pub struct LastWords {
    lines: Arc<Mutex<Vec<String>>>,
    trail: Arc<OnceLock<Trail>>,
}

impl LastWords {
    /// Replaces what is to be said.
    pub fn set(&self, lines: Vec<String>) {
        *self.lines.lock().unwrap_or_else(PoisonError::into_inner) = lines;
    }

    /// They go into this audit trail, too, where the loop cannot see to it.
    pub fn record_in(&self, trail: Trail) {
        // There is one trail in a run.
        let _ = self.trail.set(trail);
    }

    /// Writes what has no answer into the audit trail, if there is one. Where
    /// that fails, the next run finds out by itself.
    fn record(&self) {
        if let Some(trail) = self.trail.get() {
            let _ = trail.leave(wall());
        }
    }

    /// What is to be said.
    pub fn get(&self) -> Vec<String> {
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Says it, and what workers said when they panicked, on stderr.
    fn say(&self) {
        for line in self.get() {
            say(&line);
        }
        for panic in kept_panics() {
            say(&format!("A part of clerk-tui crashed: {panic}"));
        }
    }
}

/// Restores the terminal, says what is left to say and ends the process.
///
/// It does not return, so that nothing is dropped: crossterm's event stream
/// would wait for a terminal that may be gone.
pub fn leave(ended: &Ended, last_words: &LastWords) -> ! {
    guard::restore();
    tracing::info!(?ended, "the end");
    let code = match ended {
        Ended::Quit => 0,
        Ended::Left(reason) => reason.code(),
        Ended::Failed(error) => {
            say(&format!("The terminal failed: {error}"));
            1
        }
    };
    last_words.say();
    exit(code)
}

/// Restores the terminal after a panic of the main thread, whose hook has said
/// why, and ends the process.
pub(super) fn leave_crashed(last_words: &LastWords) -> ! {
    guard::restore();
    last_words.record();
    last_words.say();
    exit(101)
}

/// Listens to signals and watches the terminal. From the first word to leave
/// on, a thread of its own holds the deadline: the loop may hang in a draw.
///
/// # Errors
/// When the handlers cannot be set up.
pub(super) fn listen(last_words: &LastWords) -> io::Result<Receiver<Outside>> {
    let (sender, receiver) = mpsc::channel(8);
    let leaving = [
        SignalKind::terminate(),
        SignalKind::hangup(),
        SignalKind::interrupt(),
        SignalKind::quit(),
    ];
    for kind in leaving {
        let signals = signal(kind)?;
        let reason = Reason::Signal(kind.as_raw_value());
        tokio::spawn(forward(
            signals,
            Outside::Leave(reason),
            sender.clone(),
            last_words.clone(),
        ));
    }
    let continued = signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?;
    tokio::spawn(forward(
        continued,
        Outside::Continued,
        sender.clone(),
        last_words.clone(),
    ));
    watch_terminal(sender, last_words.clone())?;
    Ok(receiver)
}

async fn forward(
    mut signals: Signal,
    outside: Outside,
    sender: Sender<Outside>,
    last_words: LastWords,
) {
    while signals.recv().await.is_some() {
        if outside.is_for_an_editor() {
            continue;
        }
        if let Outside::Leave(reason) = outside {
            hold_deadline(reason, last_words.clone());
        }
        // A full channel has the loop's attention already.
        let _ = sender.try_send(outside);
    }
}

/// Asks for no events at all, so it wakes only when the terminal hangs up or fails.
fn watch_terminal(sender: Sender<Outside>, last_words: LastWords) -> io::Result<()> {
    let watcher = thread::Builder::new().name("terminal watcher".to_owned());
    watcher.spawn(move || {
        let terminal = io::stdin();
        loop {
            let mut asked = [PollFd::new(&terminal, PollFlags::empty())];
            match poll(&mut asked, None) {
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
                Ok(_) => break,
            }
        }
        let reason = Reason::TerminalGone;
        hold_deadline(reason, last_words);
        let _ = sender.try_send(Outside::Leave(reason));
    })?;
    Ok(())
}

/// Ends the process when the loop has not done so in time.
fn hold_deadline(reason: Reason, last_words: LastWords) {
    let holder = thread::Builder::new().name("deadline".to_owned());
    let held = holder.spawn(move || {
        thread::sleep(DEADLINE);
        let recorded = {
            let last_words = last_words.clone();
            thread::spawn(move || last_words.record())
        };
        // Restoring may block like the draw does, so not even this is waited for.
        thread::spawn(move || {
            guard::restore_stalled();
            // A crash there is said with the last words.
            let _ = recorded.join();
            last_words.say();
            exit(reason.code())
        });
        thread::sleep(LAST_TRY);
        exit(reason.code())
    });
    if held.is_err() {
        // No thread to be had: better at once than never.
        exit(reason.code())
    }
}

//! The terminal's input, read through an opening of our own that never waits.
//!
//! crossterm reads until a key is whole. Where only a part of one has come, as of
//! Alt-[ or of a long paste, its next read would wait, and the loop with it. An
//! opening that does not wait ends that. It must be our own: the mode belongs to an
//! opening, and the shell, the editor and our output share the one we were given.

use std::{io, os::fd::OwnedFd, sync::OnceLock};

use rustix::{
    fs::{Mode, OFlags},
    io::fcntl_dupfd_cloexec,
    stdio::dup2_stdin,
    termios::ttyname,
};

/// Both ways to the terminal. They stay open: whoever waits for input knows the
/// opening, and not only its number.
struct Openings {
    given: OwnedFd,
    own: OwnedFd,
}

/// `None` where stdin is no terminal, or has no name that we may open.
static OPENINGS: OnceLock<Option<Openings>> = OnceLock::new();

fn open() -> rustix::io::Result<Openings> {
    /// Above the three that have a meaning.
    const FREE: i32 = 3;
    let name = ttyname(io::stdin(), Vec::new())?;
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(Openings {
        own: rustix::fs::open(name, flags, Mode::empty())?,
        given: fcntl_dupfd_cloexec(io::stdin(), FREE)?,
    })
}

/// From now on reading what is not there fails at once.
pub(super) fn use_own() {
    if let Some(Openings { own, .. }) = OPENINGS.get_or_init(|| open().ok()) {
        let _ = dup2_stdin(own);
    }
}

/// Puts stdin back, for another program.
pub(super) fn use_given() {
    if let Some(Some(Openings { given, .. })) = OPENINGS.get() {
        let _ = dup2_stdin(given);
    }
}

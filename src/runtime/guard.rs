//! Taking the terminal, and giving it back exactly once, whatever happens.
//!
//! There is one terminal a process, so the state is global: the panic hook, the
//! loop and the thread that holds the deadline may each be the one to restore.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    panic::PanicHookInfo,
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use crossterm::{
    Command,
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste},
    style::ResetColor,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr},
};

use super::opening;

/// Whether the terminal is ours at the moment.
static HELD: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal, and what it must be given back as.
static LENT: Mutex<Lent> = Mutex::new(Lent::Never);

/// Whether the terminal is lent to another program.
enum Lent {
    /// It never was.
    Never,
    /// It is; its modes, where they could be read.
    Out(Option<Box<Termios>>),
    /// It was taken back then.
    Back(Instant),
}

/// A signal that a key in another program sent may reach us after that has ended.
const SIGNALS_LINGER: Duration = Duration::from_millis(100);

/// Held while the terminal's modes are changed, and while they are repeated.
static MODES: Mutex<()> = Mutex::new(());

/// Held by whoever gives the terminal back: nobody ends the process meanwhile.
static GIVING_BACK: Mutex<()> = Mutex::new(());

/// Whether nothing is drawn any more.
static LOOP_IS_DONE: AtomicBool = AtomicBool::new(false);

/// How long a frame may take that the terminal did not read.
const FRAME_TAKES: Duration = Duration::from_millis(100);

/// What panics in other threads than the main one said.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A worker that panics on every request must not fill the memory.
const PANICS_KEPT: usize = 5;

/// Presses, drags and the wheel, with coordinates beyond column 223. Moves
/// without a button are left out: each of them would wake an idle console.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// The terminal, taken: raw mode, the alternate screen, no cursor, mouse and paste reported.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal, and sees to it that a panic gives it back.
    ///
    /// The thread that calls this is the main one: a panic there restores the
    /// terminal and ends the console, a panic elsewhere does neither.
    ///
    /// # Errors
    /// When the terminal cannot be set up; it is then as it was.
    pub fn take() -> io::Result<Self> {
        let guard = Self(());
        hook_panics(thread::current().id());
        take_terminal()?;
        Ok(guard)
    }

    /// Gives the terminal back, if it is ours.
    pub fn restore(&self) {
        restore();
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal after it was given back, or after a stop that came
/// from outside, when nobody gave it back and the shell changed it.
pub(super) fn take_terminal() -> io::Result<()> {
    take_back();
    if HELD.load(Ordering::SeqCst) {
        // Forget the raw mode of before the stop, or crossterm keeps it.
        let _ = disable_raw_mode();
    }
    opening::use_own();
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    LOOP_IS_DONE.store(false, Ordering::SeqCst);
    let mut bytes = String::new();
    let _ = EnterAlternateScreen.write_ansi(&mut bytes);
    let _ = Hide.write_ansi(&mut bytes);
    let _ = EnableBracketedPaste.write_ansi(&mut bytes);
    bytes.push_str(MOUSE_ON);
    write_to_terminal(&bytes).inspect_err(|_| restore())
}

/// Whether the terminal is ours at the moment.
pub(super) fn held() -> bool {
    HELD.load(Ordering::SeqCst)
}

/// Wakes whoever waits for input that is there already.
///
/// crossterm waits for the moment at which input comes. Of a burst longer than its
/// buffer it leaves the rest unread: until the next key, or for ever where the
/// terminal has no room for one. To set the modes anew, as they are, is such a moment too.
pub(super) fn announce_input() {
    let terminal = io::stdin();
    let mut asked = [PollFd::new(&terminal, PollFlags::IN)];
    let at_once = Timespec::default();
    if poll(&mut asked, Some(&at_once)) != Ok(1) || asked[0].revents() != PollFlags::IN {
        return;
    }
    let _changing = MODES.lock();
    if held()
        && let Ok(modes) = tcgetattr(&terminal)
    {
        let _ = tcsetattr(&terminal, OptionalActions::Now, &modes);
    }
}

/// Ends raw mode, if it is on.
fn end_raw_mode() {
    let _changing = MODES.lock();
    let _ = disable_raw_mode();
}

/// Gives the terminal to another program, which may leave it in any mode.
pub(super) fn lend() {
    restore();
    opening::use_given();
    let modes = tcgetattr(io::stdin()).ok().map(Box::new);
    *lent() = Lent::Out(modes);
}

/// Puts the modes back as they were before the terminal was lent, if it is.
fn take_back() {
    let mut lent = lent();
    if let Lent::Out(modes) = &*lent {
        if let Some(modes) = modes {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
        *lent = Lent::Back(Instant::now());
    }
}

/// Whether the terminal is lent, or was until a moment ago.
pub(super) fn was_lent_just_now() -> bool {
    match &*lent() {
        Lent::Never => false,
        Lent::Out(_) => true,
        Lent::Back(since) => since.elapsed() < SIGNALS_LINGER,
    }
}

fn lent() -> MutexGuard<'static, Lent> {
    LENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives the terminal back, if it is ours; if it is lent, its modes become what
/// they were. It may block when the terminal is stalled.
pub fn restore() {
    LOOP_IS_DONE.store(true, Ordering::SeqCst);
    let _mine = GIVING_BACK.lock();
    take_back();
    if HELD.swap(false, Ordering::SeqCst) {
        // The terminal may be gone; there is nobody left to tell.
        let _ = write_to_terminal(&farewell());
        end_raw_mode();
    }
}

/// What ends every mode that was begun.
fn farewell() -> String {
    let mut bytes = String::new();
    let _ = DisableMouseCapture.write_ansi(&mut bytes);
    let _ = DisableBracketedPaste.write_ansi(&mut bytes);
    let _ = ResetColor.write_ansi(&mut bytes);
    let _ = LeaveAlternateScreen.write_ansi(&mut bytes);
    let _ = Show.write_ansi(&mut bytes);
    bytes
}

/// Gives a stalled terminal back: raw mode ends, and what it has not yet shown is
/// thrown away until the loop has got rid of its frame, which may be longer than all
/// the room there is. Then there is room for what ends the other modes.
pub(super) fn restore_stalled() {
    end_raw_mode();
    make_room();
    let mut is_ours = held();
    let _mine = loop {
        match GIVING_BACK.try_lock() {
            Ok(mine) => break mine,
            Err(TryLockError::Poisoned(mine)) => break mine.into_inner(),
            // The loop gives it back, and waits for room.
            Err(TryLockError::WouldBlock) => is_ours = true,
        }
        make_room();
    };
    take_back();
    HELD.store(false, Ordering::SeqCst);
    if is_ours {
        let since = Instant::now();
        while !LOOP_IS_DONE.load(Ordering::SeqCst) && since.elapsed() < FRAME_TAKES {
            make_room();
        }
        let _ = write_to_terminal(&farewell());
    }
}

/// Throws away what the terminal has not read, and wakes who waits for room: on
/// Linux that is what setting the modes does, and throwing away does not.
fn make_room() {
    let _ = tcflush(io::stdout(), QueueSelector::OFlush);
    if let Ok(modes) = tcgetattr(io::stdout()) {
        let _ = tcsetattr(io::stdout(), OptionalActions::Now, &modes);
    }
    thread::sleep(Duration::from_millis(1));
}

/// Not through `std`'s stdout: its lock may be held by whoever panicked or hangs.
fn write_to_terminal(bytes: &str) -> io::Result<()> {
    let mut rest = bytes.as_bytes();
    while !rest.is_empty() {
        match rustix::io::write(io::stdout(), rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => rest = &rest[n..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn hook_panics(main: ThreadId) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        log(info);
        if !held() {
            before(info);
        } else if thread::current().id() == main {
            restore();
            before(info);
        } else {
            keep(info);
        }
    }));
}

/// Where it was. What it says may name people, and is said on stderr at the end.
fn log(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string);
    tracing::error!(place, "a panic");
}

/// A panic of a worker: its text would tear the screen now, so it is kept for later.
fn keep(info: &PanicHookInfo<'_>) {
    let mut panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    if panics.len() < PANICS_KEPT {
        let mut text = info
            .payload_as_str()
            .unwrap_or("no reason given")
            .to_owned();
        if let Some(place) = info.location() {
            let _ = write!(text, " ({place})");
        }
        panics.push(text);
    }
}

/// What panics in workers said, each once, for stderr after restoring.
pub(super) fn kept_panics() -> Vec<String> {
    std::mem::take(&mut PANICS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Writes a line to stderr; where that fails, nobody is there to read it.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

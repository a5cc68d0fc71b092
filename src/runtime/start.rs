//! A console in the terminal this process was started in.

use std::{
    convert::Infallible,
    env, io,
    panic::{AssertUnwindSafe, catch_unwind},
};

use ratatui::{Terminal, backend::Backend};

use super::{
    Clock, Console, Editor, Guard, Keyboard, LastWords, Reads, TerminalBackend, TerminalHost,
    Writes,
    ending::{leave_crashed, listen},
    leave,
    screen::terminal_size,
};
use crate::{app::Model, store::Trail, view::Theme};

/// What a console is opened with.
#[derive(Debug)]
pub struct Opened<R, W> {
    /// The state.
    pub model: Model,
    /// Reads.
    pub reader: R,
    /// Writes; a read-only run has none.
    pub writer: Option<W>,
    /// The audit trail; without one nothing is recorded.
    pub trail: Option<Trail>,
}

/// Takes the terminal, runs a console in it and ends the process.
///
/// `open` is called inside of tokio with the clock and the terminal's columns
/// and rows. The first frame waits for it, so it must do nothing slow.
///
/// # Errors
/// When the console could not start. The terminal is then as it was. Once it
/// runs, this does not return: see [`leave`].
pub fn run<R: Reads, W: Writes>(
    open: impl FnOnce(Clock, (u16, u16)) -> Opened<R, W>,
) -> io::Result<Infallible> {
    run_on(TerminalBackend::open, open)
}

/// The same with frames that go to another backend, which is made once the
/// terminal is taken.
///
/// # Errors
/// As [`run`].
pub fn run_on<B, R, W>(
    backend: impl FnOnce() -> io::Result<B>,
    open: impl FnOnce(Clock, (u16, u16)) -> Opened<R, W>,
) -> io::Result<Infallible>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
    R: Reads,
    W: Writes,
{
    let clock = Clock::start();
    let tokio = tokio::runtime::Builder::new_multi_thread()
        // Decoding a page beside a request is all that ever runs at once.
        .worker_threads(2)
        .enable_all()
        .build()?;
    let last_words = LastWords::default();
    let running = catch_unwind(AssertUnwindSafe(|| {
        tokio.block_on(run_here(clock, &last_words, backend, open))
    }));
    match running {
        Ok(failed) => failed,
        Err(_) => leave_crashed(&last_words),
    }
}

async fn run_here<B, R, W>(
    clock: Clock,
    last_words: &LastWords,
    backend: impl FnOnce() -> io::Result<B>,
    open: impl FnOnce(Clock, (u16, u16)) -> Opened<R, W>,
) -> io::Result<Infallible>
where
    B: Backend,
    B::Error: Send + Sync + 'static,
    R: Reads,
    W: Writes,
{
    // Before the terminal is taken: a signal in between would not give it back.
    let outside = listen(last_words)?;
    let guard = Guard::take()?;
    let Opened {
        model,
        reader,
        writer,
        trail,
    } = open(clock, terminal_size()?);
    if let Some(trail) = &trail {
        last_words.record_in(trail.clone());
    }
    let mut console = Console {
        terminal: Terminal::new(backend()?).map_err(io::Error::other)?,
        events: Keyboard::default(),
        outside,
        host: TerminalHost::new(guard)?,
        reader,
        writer,
        trail,
        editor: Editor::from_env(),
        model,
        theme: theme(),
        clock,
        last_words: last_words.clone(),
    };
    let ended = console.run().await;
    leave(&ended, last_words)
}

/// Whoever asks every program for no colours gets none; see <https://no-color.org>.
fn theme() -> Theme {
    match env::var_os("NO_COLOR") {
        Some(asked) if !asked.is_empty() => Theme::without_colours(),
        _ => Theme::default(),
    }
}

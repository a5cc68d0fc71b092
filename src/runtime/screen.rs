//! Writing to the terminal: whole frames, and never a question.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
};

use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};
use rustix::termios::tcgetwinsize;

use super::guard;

/// Collects what is written and hands it to the terminal in one piece.
///
/// It does not use `std`'s stdout, whose lock a blocked draw would hold while
/// another thread wants to restore the terminal; and it writes nothing once
/// the terminal was given back, so that no late frame lands on the shell.
#[derive(Debug)]
pub struct Screen {
    terminal: File,
    pending: Vec<u8>,
}

impl Screen {
    /// The terminal behind stdout.
    ///
    /// # Errors
    /// When its descriptor cannot be copied.
    pub fn open() -> io::Result<Self> {
        let terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Self {
            terminal,
            pending: Vec::with_capacity(16 * 1024),
        })
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = if guard::held() {
            self.terminal.write_all(&self.pending)
        } else {
            Ok(())
        };
        self.pending.clear();
        result
    }
}

/// The size of the terminal behind stdout, in columns and rows.
pub(super) fn terminal_size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(io::stdout())?;
    if size.ws_col == 0 || size.ws_row == 0 {
        // A serial line or a bare pseudo-terminal does not know its size.
        return Ok((80, 24));
    }
    Ok((size.ws_col, size.ws_row))
}

/// crossterm's backend, without the two calls that would look elsewhere.
///
/// Its `size` opens `/dev/tty` for every frame and starts `tput` when that
/// fails; its cursor position is a question to the terminal, whose answer may
/// take seconds, or never come.
#[derive(Debug)]
pub struct TerminalBackend(CrosstermBackend<Screen>);

impl TerminalBackend {
    /// A backend on the terminal behind stdout.
    ///
    /// # Errors
    /// When its descriptor cannot be copied.
    pub fn open() -> io::Result<Self> {
        Ok(Self(CrosstermBackend::new(Screen::open()?)))
    }
}

impl Backend for TerminalBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.0.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        terminal_size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let columns_rows = self.size()?;
        Ok(WindowSize {
            columns_rows,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

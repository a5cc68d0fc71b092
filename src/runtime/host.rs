//! What the loop asks of the machine it runs on, beside drawing.

use std::{
    io,
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    time::Duration,
};

use crossterm::{clipboard::CopyToClipboard, queue};
use ratatui::buffer::Buffer;
use rustix::process::{Signal, kill_current_process_group};

use crate::{
    config::ENV_NAME,
    domain::{Safe, WebUrl},
};

use super::{
    guard::{self, Guard, take_terminal},
    screen::{Screen, terminal_size},
};

/// The surroundings of the loop: the real terminal, or a test that watches.
pub trait Host {
    /// A frame was drawn.
    fn drawn(&mut self, frame: &Buffer);

    /// Puts `text` on the clipboard.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    fn copy(&mut self, text: &Safe) -> io::Result<()>;

    /// Opens `url` in the person's browser, beside the console; calls `failed`,
    /// from any thread, if there is none.
    fn browse(&mut self, url: WebUrl, failed: Box<dyn FnOnce() + Send>);

    /// Gives the terminal back to the shell. Called more than once it does nothing.
    fn restore(&mut self);

    /// Hands the terminal to a program that is started now; [`Host::resume`] takes
    /// it back.
    fn lend(&mut self);

    /// Restores the terminal and stops this process, until somebody continues it.
    fn suspend(&mut self);

    /// Takes the terminal again after a stop or another program, and says how large it is now.
    ///
    /// # Errors
    /// When the terminal cannot be set up.
    fn resume(&mut self) -> io::Result<(u16, u16)>;
}

/// Whether a launcher opens a link: out of the terminal's sight, with no signal
/// of its keys, and without the key.
fn opens(launcher: &mut Command) -> bool {
    let quiet = launcher.stdin(Stdio::null()).stdout(Stdio::null());
    let alone = quiet.stderr(Stdio::null()).process_group(0);
    let ended = alone.env_remove(ENV_NAME).status();
    ended.is_ok_and(|status| status.success())
}

/// A stop takes effect within this time. If none came, the signal was ignored,
/// as the kernel does where no shell could ever continue us.
pub(super) const STOP_TAKES: Duration = Duration::from_millis(100);

/// The terminal this process was started in.
#[derive(Debug)]
pub struct TerminalHost {
    guard: Guard,
    screen: Screen,
}

impl TerminalHost {
    /// A host for the terminal that `guard` holds.
    ///
    /// # Errors
    /// When the terminal's descriptor cannot be copied.
    pub fn new(guard: Guard) -> io::Result<Self> {
        let screen = Screen::open()?;
        Ok(Self { guard, screen })
    }
}

impl Host for TerminalHost {
    fn drawn(&mut self, _frame: &Buffer) {}

    fn copy(&mut self, text: &Safe) -> io::Result<()> {
        queue!(
            self.screen,
            CopyToClipboard::to_clipboard_from(text.as_str())
        )?;
        io::Write::flush(&mut self.screen)
    }

    fn browse(&mut self, url: WebUrl, failed: Box<dyn FnOnce() + Send>) {
        // A launcher may take its time. What it says of a failure holds the link,
        // so nobody is shown that.
        std::thread::spawn(move || {
            if !open::commands(url.expose()).iter_mut().any(opens) {
                failed();
            }
        });
    }

    fn restore(&mut self) {
        self.guard.restore();
    }

    fn lend(&mut self) {
        guard::lend();
    }

    fn suspend(&mut self) {
        self.guard.restore();
        // To the whole group, as the terminal itself would: a wrapper that
        // started us must stop too. A failure shows as a stop that never came.
        let _ = kill_current_process_group(Signal::TSTP);
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        take_terminal()?;
        terminal_size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_never_gets_the_key() {
        let asks = |variable: &str| {
            let mut launcher = Command::new("sh");
            let script = format!("test -n \"${{{variable}-}}\"");
            launcher.args(["-c", &script]).env(variable, "something");
            opens(&mut launcher)
        };
        assert!(asks("BROWSER_PROFILE"), "what else there is, it gets");
        assert!(!asks(ENV_NAME));
    }
}

//! Running the program that prints the key.

use std::{
    io::{self, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use secrecy::zeroize::Zeroizing;

use super::KeyCommand;

/// A key is given so long to come: somebody may have to unlock it first.
pub const KEY_PATIENCE: Duration = Duration::from_mins(1);

/// More than any key has.
const MOST: u64 = 64 * 1024;

/// How often it is asked whether the program has ended, once it has said everything.
const ASK_AGAIN: Duration = Duration::from_millis(5);

/// The program printed no key.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It could not be started.
    #[error("“{0}” cannot be started: {1}")]
    NotStarted(String, io::Error),
    /// It took too long.
    #[error("“{0}” printed no key within {1} s")]
    TooSlow(String, u64),
    /// It failed, and said why on its own.
    #[error("“{0}” failed: {1}")]
    Failed(String, ExitStatus),
    /// What it printed is no text.
    #[error("“{0}” printed something that is no text")]
    NoText(String),
}

/// Runs the program and takes what it prints, without the blanks around it. It
/// may ask at the terminal, unless that is `taken`.
///
/// # Errors
/// [`CommandError`], without anything of what it printed.
pub fn run(
    command: &KeyCommand,
    patience: Duration,
    taken: bool,
) -> Result<Zeroizing<String>, CommandError> {
    let program = || command.program.clone();
    let mut starting = Command::new(&command.program);
    starting.args(&command.arguments).stdout(Stdio::piped());
    if taken {
        starting.stdin(Stdio::null()).stderr(Stdio::null());
    }
    let started = starting.spawn();
    let mut child = started.map_err(|error| CommandError::NotStarted(program(), error))?;
    let too_slow = || CommandError::TooSlow(program(), patience.as_secs());
    let until = Instant::now() + patience;
    let Some(printed) = printed(&mut child, patience) else {
        // Whatever it started keeps the pipe; nobody waits for it.
        let _ = child.kill();
        let _ = child.wait();
        return Err(too_slow());
    };
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < until => thread::sleep(ASK_AGAIN),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(too_slow());
            }
        }
    };
    if !status.success() {
        return Err(CommandError::Failed(program(), status));
    }
    let text = std::str::from_utf8(&printed).map_err(|_| CommandError::NoText(program()))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

/// All that it prints; `None` if it does not come to an end in time.
fn printed(child: &mut Child, patience: Duration) -> Option<Zeroizing<Vec<u8>>> {
    let stdout = child.stdout.take()?;
    let (sender, receiver) = channel();
    thread::spawn(move || {
        // As large as it gets: growing would leave copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(4 * 1024));
        let read = stdout.take(MOST).read_to_end(&mut bytes);
        // Nobody listens any more when it took too long.
        let _ = sender.send(read.map(|_| bytes));
    });
    match receiver.recv_timeout(patience) {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(_)) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(words: &[&str], patience: Duration) -> Result<String, String> {
        let command = KeyCommand {
            program: words[0].to_owned(),
            arguments: words[1..].iter().map(|word| (*word).to_owned()).collect(),
        };
        let key = run(&command, patience, false);
        key.map(|key| key.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_it_prints_is_the_key() {
        let key = print(&["printf", " sk_test_%s\\n\\n", "abcd"], KEY_PATIENCE);
        assert_eq!(key.as_deref(), Ok("sk_test_abcd"));
        // No shell: `$HOME` is what it is.
        let home = print(&["printf", "%s", "$HOME"], KEY_PATIENCE);
        assert_eq!(home.as_deref(), Ok("$HOME"));
    }

    #[test]
    fn what_goes_wrong_is_said_without_what_it_printed() {
        let missing = print(&["/nonexistent/program"], KEY_PATIENCE).unwrap_err();
        assert!(missing.contains("cannot be started"), "{missing}");
        let failed = print(&["sh", "-c", "echo zebra; exit 3"], KEY_PATIENCE).unwrap_err();
        assert!(failed.contains("failed: exit status: 3"), "{failed}");
        let binary = print(&["printf", "\\377zebra"], KEY_PATIENCE).unwrap_err();
        assert!(binary.contains("no text"), "{binary}");
        for error in [failed, binary] {
            assert!(!error.contains("zebra"), "{error}");
        }
    }

    #[test]
    fn it_is_not_waited_for_for_ever() {
        let since = Instant::now();
        let slow = print(&["sh", "-c", "sleep 60"], Duration::from_millis(20)).unwrap_err();
        assert!(slow.contains("printed no key within"), "{slow}");
        assert!(since.elapsed() < Duration::from_secs(30));
    }
}

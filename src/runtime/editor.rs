//! Somebody's own editor, at work on a text of ours.
//!
//! While it runs the terminal is its own, and so is the keyboard. The console's
//! loop goes on without drawing: what workers answer is taken in, and the
//! editor's end is one more thing that it waits for.

use std::{
    env, fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

use super::draft::Draft;
use crate::{app::Ticket, config::ENV_NAME};

/// How long an editor that is told to end may take: leaving must be quick.
const ENDS_WITHIN: Duration = Duration::from_millis(100);

/// The command that opens an editor, as the person has set it; `None`: it is not set.
#[derive(Clone, Debug, Default)]
pub struct Editor(Option<String>);

/// How an edit ended: the new text, or `None` where nothing was changed; else why
/// it failed, in words.
pub(super) type Edited = Result<Option<String>, String>;

/// An editor that runs.
pub(super) struct Editing {
    ticket: Ticket,
    process: Option<Pid>,
    ends: Pin<Box<dyn Future<Output = Edited> + Send>>,
}

impl Editor {
    /// What `$VISUAL`, else `$EDITOR`, names.
    pub fn from_env() -> Self {
        let named = |name| env::var(name).ok().filter(|text| !text.trim().is_empty());
        Self(named("VISUAL").or_else(|| named("EDITOR")))
    }

    /// This command.
    pub fn new(command: impl Into<String>) -> Self {
        Self(Some(command.into()))
    }

    /// Opens a text in a private file of this name. The terminal must have been
    /// handed over; quotes in the command group words, but no shell sees it.
    pub(super) fn open(
        &self,
        ticket: Ticket,
        name: &'static str,
        text: String,
    ) -> Result<Editing, String> {
        let unset = "Set VISUAL or EDITOR to your editor first, such as EDITOR=vim.";
        let command = self.0.as_deref().ok_or(unset)?;
        let words = shell_words::split(command).unwrap_or_default();
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| format!("VISUAL or EDITOR is no command: {command}"))?;
        let draft = Draft::create(name, text)
            .map_err(|error| format!("No private file could be made for it: {error}"))?;
        let child = Command::new(program)
            .args(arguments)
            .arg(draft.path())
            .env_remove(ENV_NAME)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("“{program}” cannot be started: {error}"))?;
        let process = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        Ok(Editing {
            ticket,
            process,
            ends: Box::pin(ends(program.clone(), child, draft)),
        })
    }
}

/// Waits for the end of an editor, and takes the text. The draft goes with it,
/// also when nobody waits any more.
async fn ends(program: String, mut child: Child, draft: Draft) -> Edited {
    match child.wait().await {
        Ok(status) if status.success() => draft
            .read()
            .map_err(|error| format!("What “{program}” has left cannot be read: {error}.")),
        Ok(status) => Err(format!("“{program}” failed: {status}.")),
        Err(error) => Err(format!("“{program}” was lost: {error}.")),
    }
}

impl Editing {
    /// Whether it has ended, and how.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<(Ticket, Edited)> {
        let ticket = self.ticket;
        self.ends.as_mut().poll(cx).map(|edited| (ticket, edited))
    }

    /// Has it end, since the console does: what it does not write down in time is lost.
    pub(super) async fn end(self) {
        if let Some(process) = self.process {
            // It may have ended by itself.
            let _ = kill_process(process, Signal::TERM);
        }
        let _ = timeout(ENDS_WITHIN, self.ends).await;
    }
}

impl fmt::Debug for Editing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editing")
            .field("ticket", &self.ticket)
            .field("process", &self.process)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    const TICKET: Ticket = Ticket(7);

    /// A shell script as an editor.
    fn editor(script: &str) -> Editor {
        Editor::new(format!("sh -c {} editor", shell_words::quote(script)))
    }

    /// What a shell script makes of a text.
    async fn edit(script: &str, text: &str) -> Edited {
        let editing = editor(script).open(TICKET, "metadata.json", text.to_owned())?;
        editing.ends.await
    }

    /// The path that a script wrote into a file, once it is there.
    async fn path_in(log: &Path) -> PathBuf {
        loop {
            let path = fs::read_to_string(log).unwrap_or_default();
            if path.ends_with('\n') {
                return PathBuf::from(path.trim());
            }
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn what_the_editor_saves_comes_back_and_the_file_is_gone() {
        let log = tempfile::tempdir().unwrap();
        let log = log.path().join("path");
        let script = format!("echo \"$1\" >'{}'; printf new >\"$1\"", log.display());
        assert_eq!(edit(&script, "old\n").await, Ok(Some("new".to_owned())));
        let path = path_in(&log).await;
        assert!(path.ends_with("metadata.json"), "{path:?}");
        assert!(!path.parent().unwrap().exists());
    }

    #[tokio::test]
    async fn nothing_changed_is_no_news_and_a_failure_is_said() {
        assert_eq!(edit("true", "old\n").await, Ok(None));
        let failed = edit("echo new >\"$1\"; exit 3", "old\n").await;
        assert_eq!(failed, Err("“sh” failed: exit status: 3.".to_owned()));
        let lost = edit("rm \"$1\"", "old\n").await.unwrap_err();
        assert!(
            lost.starts_with("What “sh” has left cannot be read"),
            "{lost}"
        );
    }

    #[tokio::test]
    async fn without_a_command_that_can_be_started_it_says_so() {
        for (editor, said) in [
            (Editor::default(), "Set VISUAL or EDITOR"),
            (
                Editor::new("vi 'm"),
                "VISUAL or EDITOR is no command: vi 'm",
            ),
            (
                Editor::new("/nonexistent/editor -w"),
                "“/nonexistent/editor” cannot be started",
            ),
        ] {
            let opened = editor.open(TICKET, "metadata.json", String::new());
            let error = opened.unwrap_err();
            assert!(error.starts_with(said), "{error}");
        }
    }

    #[tokio::test]
    async fn it_ends_when_it_is_told_to_and_its_file_goes() {
        let log = tempfile::tempdir().unwrap();
        let log = log.path().join("path");
        let script = format!("echo \"$1\" >'{}'; exec sleep 600", log.display());
        let opened = editor(&script).open(TICKET, "metadata.json", String::new());
        let editing = opened.unwrap();
        let path = path_in(&log).await;
        assert!(path.exists());
        editing.end().await;
        assert!(!path.parent().unwrap().exists());
    }
}

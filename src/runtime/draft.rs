//! A private file that lives only as long as somebody edits it.

use std::{
    env,
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::process::geteuid;
use tempfile::TempDir;

/// What the names of our directories begin with.
const PREFIX: &str = "clerk-tui-edit-";

/// The file whose lock says that a draft is in use.
const LOCK: &str = "lock";

/// More than anybody edits by hand.
const MOST: u64 = 1024 * 1024;

/// A text in a file of its own, in a directory of its own that nobody else may
/// enter. Both go when this is dropped, with whatever an editor put beside it.
#[derive(Debug)]
pub(super) struct Draft {
    /// The system gives it back however the process ends: see [`bury`].
    _lock: File,
    directory: TempDir,
    name: &'static str,
    text: String,
}

impl Draft {
    /// Writes a text into a file of this name. What runs that were killed have
    /// left behind is removed on this occasion.
    pub(super) fn create(name: &'static str, text: String) -> io::Result<Self> {
        let parent = env::temp_dir();
        bury(&parent);
        let directory = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(parent)?;
        let lock = new_file(&directory.path().join(LOCK))?;
        lock.lock()?;
        let draft = Self {
            _lock: lock,
            directory,
            name,
            text,
        };
        new_file(&draft.path())?.write_all(draft.text.as_bytes())?;
        Ok(draft)
    }

    pub(super) fn path(&self) -> PathBuf {
        self.directory.path().join(self.name)
    }

    /// The text as it is now; `None`: as it was.
    pub(super) fn read(&self) -> io::Result<Option<String>> {
        let mut text = String::new();
        let file = File::open(self.path())?;
        let read = file.take(MOST + 1).read_to_string(&mut text)?;
        if read as u64 > MOST {
            return Err(io::Error::other("it is larger than 1 MB"));
        }
        Ok((text != self.text).then_some(text))
    }
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// Removes the drafts of runs that were killed: those of ours that nobody holds.
/// What cannot be removed stays.
fn bury(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX)
            && entry
                .metadata()
                .is_ok_and(|found| found.is_dir() && found.uid() == geteuid().as_raw());
        if ours && is_abandoned(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a directory has a lock that nobody holds; one without is just being made.
fn is_abandoned(directory: &Path) -> bool {
    let lock = OpenOptions::new().write(true).open(directory.join(LOCK));
    lock.is_ok_and(|lock| lock.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn it_is_private_and_gone_afterwards() {
        let draft = Draft::create("metadata.json", "{}\n".to_owned()).unwrap();
        let (file, directory) = (draft.path(), draft.directory.path().to_owned());
        assert_eq!((mode(&file), mode(&directory)), (0o600, 0o700));
        assert_eq!(fs::read_to_string(&file).unwrap(), "{}\n");
        fs::write(directory.join(".metadata.json.swp"), "{}").unwrap();
        drop(draft);
        assert!(!directory.exists());
    }

    #[test]
    fn only_another_text_is_news() {
        let draft = Draft::create("metadata.json", "{}\n".to_owned()).unwrap();
        assert_eq!(draft.read().unwrap(), None);
        fs::write(draft.path(), "{ }\n").unwrap();
        assert_eq!(draft.read().unwrap().as_deref(), Some("{ }\n"));
        fs::write(draft.path(), b"\xff").unwrap();
        assert_eq!(draft.read().unwrap_err().kind(), io::ErrorKind::InvalidData);
        fs::write(draft.path(), vec![b' '; 1024 * 1024 + 1]).unwrap();
        assert!(draft.read().is_err());
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_nothing_else() {
        let parent = tempfile::tempdir().unwrap();
        let make = |name: &str, locked: bool| {
            let path = parent.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join("metadata.json"), "{}").unwrap();
            let lock = locked.then(|| new_file(&path.join(LOCK)).unwrap());
            (path, lock)
        };
        let (dead, lock) = make("clerk-tui-edit-dead", true);
        drop(lock);
        let (alive, lock) = make("clerk-tui-edit-alive", true);
        lock.as_ref().unwrap().lock().unwrap();
        let (other, _) = make("something-else", true);
        let (unborn, _) = make("clerk-tui-edit-unborn", false);
        bury(parent.path());
        assert!(!dead.exists());
        assert!(alive.exists() && other.exists() && unborn.exists());
    }
}

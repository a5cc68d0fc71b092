//! Which runs are under way: each holds a lock for as long as its process lives.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::files::{DIRECTORY_MODE, FILE_MODE};

/// The sign that this run is under way. The system takes it back when the
/// process ends, however it ends.
#[derive(Debug)]
pub(super) struct Alive {
    _lock: File,
}

fn path(directory: &Path, run: u64) -> PathBuf {
    directory.join("runs").join(format!("{run:016x}"))
}

impl Alive {
    pub(super) fn begin(directory: &Path, run: u64) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        let runs = directory.join("runs");
        builder.recursive(true).mode(DIRECTORY_MODE).create(&runs)?;
        bury(&runs);
        let path = path(directory, run);
        loop {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            let lock = options.mode(FILE_MODE).open(&path)?;
            lock.lock()?;
            // Another run that starts may have buried it before it was locked.
            let (held, named) = (lock.metadata()?.ino(), fs::metadata(&path));
            if named.is_ok_and(|named| named.ino() == held) {
                return Ok(Self { _lock: lock });
            }
        }
    }
}

/// Whether a run is under way, this one included.
pub(super) fn is_alive(directory: &Path, run: u64) -> bool {
    holds(&path(directory, run))
}

fn holds(path: &Path) -> bool {
    let file = OpenOptions::new().write(true).open(path);
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Removes the signs of runs that have ended. One that cannot be removed does no harm.
fn bury(runs: &Path) {
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let path = entry.path();
        if !holds(&path) {
            let _ = fs::remove_file(path);
        }
    }
}

//! Which runs are under way: each holds a lock for as long as its process lives.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::lock;

/// The sign that this run is under way.
#[derive(Debug)]
pub(super) struct Alive {
    _lock: File,
}

fn path(directory: &Path, run: u64) -> PathBuf {
    directory.join("runs").join(format!("{run:016x}"))
}

impl Alive {
    pub(super) fn begin(directory: &Path, run: u64) -> io::Result<Self> {
        let runs = directory.join("runs");
        lock::directory(&runs)?;
        // The signs of runs that have ended.
        for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
            lock::bury(&entry.path());
        }
        let lock = lock::hold(&path(directory, run))?;
        Ok(Self { _lock: lock })
    }
}

/// Whether a run is under way, this one included.
pub(super) fn is_alive(directory: &Path, run: u64) -> bool {
    lock::is_held(&path(directory, run))
}

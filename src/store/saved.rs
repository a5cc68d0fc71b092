//! Files that somebody asked for: a person's record before they are deleted.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{
    Trail,
    files::{FILE_MODE, Place},
    lock,
};
use crate::domain::Untrusted;

/// The directory of such files, below that of the audit trail.
const DIRECTORY: &str = "saved";

/// So many files may have the same name but for a number.
const MOST_ALIKE: u32 = 99;

/// A file was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The trail is in memory.
    #[error("There is no directory for it: --data-dir DIR names one.")]
    NoPlace,
    /// The disk says no.
    #[error("{} cannot be written: {error}.", .at.shown())]
    Io {
        /// The directory.
        at: Untrusted,
        /// What it says.
        error: io::Error,
    },
}

impl Trail {
    /// Writes a file below the directory of the trail, never over another one, and
    /// says where it is.
    ///
    /// # Errors
    /// [`SaveError`]; there is no file then.
    pub fn save(&self, name: &str, text: &str) -> Result<Untrusted, SaveError> {
        let data = &self.0.directory;
        if matches!(self.0.place, Place::Memory(_)) {
            return Err(SaveError::NoPlace);
        }
        let shown = |path: &Path| Untrusted::new(path.to_string_lossy());
        match save(data, name, text) {
            Ok(path) => Ok(shown(&path)),
            Err(error) => Err(SaveError::Io {
                at: shown(&data.join(DIRECTORY)),
                error,
            }),
        }
    }
}

/// Writes a file for good, or leaves nothing behind; says where it is. One that is
/// there already is never overwritten: the new one gets a number.
fn save(data: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    if name.starts_with('.') || name.contains(['/', '\0']) {
        let text = "this is no name of a file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    let directory = data.join(DIRECTORY);
    lock::directory(&directory)?;
    let (path, mut file) = create(&directory, name)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        // The name is only kept by the directory.
        .and_then(|()| lock::sync(&directory));
    match written {
        Ok(()) => Ok(path),
        Err(error) => {
            let _ = fs::remove_file(&path);
            Err(error)
        }
    }
}

fn create(directory: &Path, name: &str) -> io::Result<(PathBuf, File)> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(FILE_MODE);
    let mut path = directory.join(name);
    for n in 2.. {
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n <= MOST_ALIKE => {
                path = directory.join(format!("{stem}-{n}.{extension}"));
            }
            opened => return opened.map(|file| (path, file)),
        }
    }
    unreachable!("the last number ends it")
}

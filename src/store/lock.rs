//! Files that are locked for as long as somebody's process lives. The system
//! gives the lock back when the process ends, however it ends.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use super::files::{DIRECTORY_MODE, FILE_MODE};

/// Makes a directory that nobody else may look into, where it is missing.
pub(super) fn directory(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(DIRECTORY_MODE).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
        // Its name is only kept by the one above.
        Ok(()) => path.parent().map_or(Ok(()), sync),
    }
}

/// Writes to the disk which names a directory has.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// Opens a file, which is made where it is missing, and waits for its lock.
/// Dropping it gives the lock back.
pub(super) fn hold(path: &Path) -> io::Result<File> {
    loop {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.mode(FILE_MODE).open(path)?;
        file.lock()?;
        // Whoever held it before may have removed it.
        if is_named(&file, path)? {
            return Ok(file);
        }
    }
}

/// The lock of a file that is there; `None` where somebody holds it, or has
/// just removed it.
pub(super) fn take(path: &Path) -> io::Result<Option<File>> {
    let file = match OpenOptions::new().read(true).write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => Ok(is_named(&file, path)?.then_some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether somebody holds the lock of a file.
pub(super) fn is_held(path: &Path) -> bool {
    let file = OpenOptions::new().write(true).open(path);
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Removes a file that nobody holds. One that cannot be removed does no harm.
pub(super) fn bury(path: &Path) {
    // Held until it is gone: whoever waits for it sees then that it has no name.
    if let Ok(Some(_held)) = take(path) {
        let _ = fs::remove_file(path);
    }
}

pub(super) fn is_named(file: &File, path: &Path) -> io::Result<bool> {
    let held = file.metadata()?.ino();
    Ok(fs::metadata(path).is_ok_and(|named| named.ino() == held))
}

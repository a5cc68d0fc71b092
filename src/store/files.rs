//! Where the lines lie: in files that only grow, or in memory.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::lock;

/// The file that is being written. Full ones are numbered: `audit.1.jsonl` is the oldest.
pub const NAME: &str = "audit.jsonl";

/// Nobody else may read the files …
pub const FILE_MODE: u32 = 0o600;

/// … nor look into the directory.
pub const DIRECTORY_MODE: u32 = 0o700;

/// A file is full at so many bytes.
pub(super) const FULL: u64 = 10 * 1024 * 1024;

/// Another process holds the lock for one line; nobody waits longer for it than this.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);

/// How often the lock is tried meanwhile.
const LOCK_AGAIN: Duration = Duration::from_millis(5);

/// A place for lines.
#[derive(Debug)]
pub(super) enum Place {
    /// Files.
    Files(Files),
    /// Memory: gone with the process.
    Memory(Mutex<Vec<u8>>),
}

impl Place {
    /// Adds a line, which ends with its line break. Once this returns, it stays.
    pub(super) fn append(&self, line: &[u8]) -> io::Result<()> {
        match self {
            Self::Files(files) => files.append(line),
            Self::Memory(bytes) => {
                let mut bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
                bytes.extend_from_slice(line);
                Ok(())
            }
        }
    }

    /// Visits each line, the oldest first, without its line break.
    pub(super) fn visit(&self, mut visit: impl FnMut(&[u8])) -> io::Result<()> {
        match self {
            Self::Files(files) => files.visit(visit),
            Self::Memory(bytes) => {
                let bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
                each_line(&bytes, &mut visit);
                Ok(())
            }
        }
    }
}

/// Makes a directory where it is missing, so that nobody else may look into it;
/// one that others may write to is refused.
pub(super) fn private_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(DIRECTORY_MODE).create(path)?;
    if fs::metadata(path)?.permissions().mode() & 0o022 != 0 {
        let text = "others may write to this directory; chmod 700 it";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
    }
    Ok(())
}

fn each_line(bytes: &[u8], visit: &mut impl FnMut(&[u8])) {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.filter(|line| !line.is_empty()).for_each(visit);
}

/// The files of one directory.
#[derive(Debug)]
pub(super) struct Files {
    directory: PathBuf,
    full: u64,
}

impl Files {
    /// The files of a directory, to be read.
    pub(super) const fn of(directory: PathBuf, full: u64) -> Self {
        Self { directory, full }
    }

    /// Makes the directory where it is missing, and proves that lines can be added.
    pub(super) fn open(directory: &Path, full: u64) -> io::Result<Self> {
        private_directory(directory)?;
        let files = Self::of(directory.to_owned(), full);
        files.lock_file()?;
        files.current()?;
        Ok(files)
    }

    fn path(&self) -> PathBuf {
        self.directory.join(NAME)
    }

    fn lock_file(&self) -> io::Result<File> {
        let path = self.directory.join("audit.lock");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        options.mode(FILE_MODE).open(path)
    }

    /// Takes the lock; dropping the file gives it back. It is a file of its
    /// own, since the one that is written may be renamed meanwhile.
    fn lock(&self) -> io::Result<File> {
        let file = self.lock_file()?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if since.elapsed() < LOCK_PATIENCE => {
                    thread::sleep(LOCK_AGAIN);
                }
                Err(TryLockError::WouldBlock) => {
                    let text = "another program keeps it locked";
                    return Err(io::Error::new(io::ErrorKind::TimedOut, text));
                }
            }
        }
    }

    /// The file that is being written.
    fn current(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let file = options.mode(FILE_MODE).open(self.path())?;
        let mode = file.metadata()?.permissions().mode();
        if mode & 0o077 != 0 {
            file.set_permissions(Permissions::from_mode(FILE_MODE))?;
        }
        Ok(file)
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let _lock = self.lock()?;
        let mut file = self.current()?;
        let mut length = file.metadata()?.len();
        let size = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if length > 0 && length.saturating_add(size) > self.full {
            self.put_away()?;
            file = self.current()?;
            length = 0;
        }
        let mut bytes = Vec::with_capacity(line.len() + 1);
        if is_cut_off(&mut file, length)? {
            bytes.push(b'\n');
        }
        bytes.extend_from_slice(line);
        let written = file.write_all(&bytes).and_then(|()| file.sync_all());
        if written.is_err() {
            // A part of a line may stand there; the next append heals what this cannot.
            let _ = file.set_len(length);
        } else if length == 0 {
            // The name of a new file is only kept by its directory.
            lock::sync(&self.directory)?;
        }
        written
    }

    /// Gives the full file the next number.
    fn put_away(&self) -> io::Result<()> {
        let last = self.numbers()?.last().copied().unwrap_or(0);
        let name = format!("audit.{}.jsonl", last + 1);
        fs::rename(self.path(), self.directory.join(name))
    }

    /// The numbers of the full files, the oldest first.
    fn numbers(&self) -> io::Result<Vec<u64>> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let name = entry?.file_name();
            let name = name.to_str().unwrap_or_default();
            let number = name.strip_prefix("audit.");
            let number = number.and_then(|rest| rest.strip_suffix(".jsonl"));
            numbers.extend(number.and_then(|number| number.parse::<u64>().ok()));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn visit(&self, mut visit: impl FnMut(&[u8])) -> io::Result<()> {
        // Held, so that no file is put away between two of them. Who may only
        // read the directory reads without.
        let _lock = self.lock().ok();
        let full = self.numbers()?;
        let names = full.iter().map(|number| format!("audit.{number}.jsonl"));
        for name in names.chain([NAME.to_owned()]) {
            match fs::read(self.directory.join(name)) {
                Ok(bytes) => each_line(&bytes, &mut visit),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// Whether the last line has no end: whoever wrote it died, or the disk was full.
fn is_cut_off(file: &mut File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

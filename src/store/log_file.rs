//! The log: a file that only grows, up to a point.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{
    files::{FILE_MODE, private_directory},
    lock::is_named,
};
use crate::domain::Untrusted;

/// The file that is being written …
pub const LOG_NAME: &str = "clerk-tui.log";

/// … and the one before it. There are no others, so the log has an end.
const BEFORE: &str = "clerk-tui.1.log";

/// A file is full at so many bytes.
const FULL: u64 = 5 * 1024 * 1024;

/// The log of this machine. Several consoles may write to it.
///
/// Writing never fails: a log that stops is better than a console that does.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    full: u64,
    open: Mutex<Option<File>>,
}

impl LogFile {
    /// Opens the log in a directory, which is made where it is missing.
    ///
    /// # Errors
    /// Where it cannot be written there.
    pub fn open(directory: &Path) -> io::Result<Self> {
        Self::open_with(directory, FULL)
    }

    fn open_with(directory: &Path, full: u64) -> io::Result<Self> {
        private_directory(directory)?;
        let path = directory.join(LOG_NAME);
        let open = Mutex::new(Some(append(&path)?));
        Ok(Self { path, full, open })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn add(&self, line: &[u8]) -> io::Result<()> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = match open.take() {
            Some(file) if is_named(&file, &self.path)? => file,
            // Another console has put it away.
            _ => append(&self.path)?,
        };
        if file.metadata()?.len() > self.full && self.put_away(&file)? {
            file = append(&self.path)?;
        }
        let written = file.write_all(line);
        *open = Some(file);
        written
    }

    /// Makes a full file the one before. Whoever holds its lock does: two at once
    /// would lose what was written in between.
    fn put_away(&self, full: &File) -> io::Result<bool> {
        if full.try_lock().is_err() || !is_named(full, &self.path)? {
            return Ok(false);
        }
        fs::rename(&self.path, self.path.with_file_name(BEFORE))?;
        Ok(true)
    }
}

impl Write for &LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full disk is nothing that the screen could be torn for.
        let _ = self.add(harmless(bytes).as_bytes());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.append(true).create(true).mode(FILE_MODE);
    let file = file.open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(FILE_MODE))?;
    }
    Ok(file)
}

/// Text that steers no terminal it is read in: only line breaks are left.
fn harmless(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_fine = |c: char| c == '\n' || c == ' ' || c.is_ascii_graphic();
    let show = |c: char| {
        if is_fine(c) || Untrusted::is_harmless(c) {
            c
        } else {
            '\u{fffd}'
        }
    };
    text.chars().map(show).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn it_is_private_even_where_it_was_not() {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("a/b");
        let path = data.join(LOG_NAME);
        fs::create_dir_all(&data).unwrap();
        fs::write(&path, "before\n").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let log = LogFile::open(&data).unwrap();
        (&log).write_all(b"a\x1b[2J\xe2\x80\xaeb\n").unwrap();
        assert_eq!(mode(&path), 0o600);
        let expected = "before\na\u{fffd}[2J\u{fffd}b\n";
        assert_eq!(fs::read_to_string(log.path()).unwrap(), expected);
    }

    #[test]
    fn two_consoles_keep_two_files_and_never_more() {
        let directory = tempfile::tempdir().unwrap();
        let logs = [0; 2].map(|_| LogFile::open_with(directory.path(), 100).unwrap());
        for n in 0..200 {
            let line = format!("line {n}\n");
            (&logs[n % 2]).write_all(line.as_bytes()).unwrap();
        }
        let mut names: Vec<_> = fs::read_dir(directory.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, [BEFORE, LOG_NAME]);
        let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
        let (before, now) = (read(BEFORE), read(LOG_NAME));
        assert!(before.len() < 120 && now.len() < 120);
        // No line is lost between them.
        let all = before + &now;
        let lines: Vec<usize> = (all.lines())
            .map(|line| line.strip_prefix("line ").unwrap().parse().unwrap())
            .collect();
        assert!(
            lines.windows(2).all(|two| two[0] + 1 == two[1]),
            "{lines:?}"
        );
        assert_eq!(lines.last(), Some(&199));
    }

    #[test]
    fn what_cannot_be_written_is_no_error() {
        let directory = tempfile::tempdir().unwrap();
        let log = LogFile::open(directory.path()).unwrap();
        fs::remove_dir_all(directory.path()).unwrap();
        assert_eq!((&log).write(b"a").unwrap(), 1);
    }
}

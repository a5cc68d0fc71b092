//! Files that others than their owner can get at.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

use rustix::process::geteuid;

/// What others can do to a file that is there, with the remedy; `None` if nothing.
pub fn exposed(path: &Path) -> Option<&'static str> {
    let file = fs::metadata(path).ok()?;
    let mode = file.permissions().mode();
    if !is_ours(file.uid()) {
        return Some("somebody else owns it: chown it.");
    }
    if mode & 0o022 != 0 {
        return Some("others may write it: chmod 600 it.");
    }
    if is_replaceable(path) {
        return Some("others may replace it: chmod 700 its directory.");
    }
    (mode & 0o044 != 0).then_some("others may read it: chmod 600 it.")
}

/// Root may do anything anyway.
fn is_ours(owner: u32) -> bool {
    owner == 0 || owner == geteuid().as_raw()
}

/// Whether others may put another file in its place.
fn is_replaceable(path: &Path) -> bool {
    let directory = path.parent().filter(|parent| *parent != Path::new(""));
    let found = fs::metadata(directory.unwrap_or(Path::new(".")));
    found.is_ok_and(|found| {
        let mode = found.permissions().mode();
        // With the sticky bit, as in /tmp, each may only touch their own.
        !is_ours(found.uid()) || mode & 0o022 != 0 && mode & 0o1000 == 0
    })
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;

    use super::*;

    #[test]
    fn what_others_can_do_is_named_with_its_remedy() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("config.toml");
        fs::write(&file, "").unwrap();
        let with_modes = |folder: u32, mode: u32| {
            fs::set_permissions(directory.path(), Permissions::from_mode(folder)).unwrap();
            fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
            exposed(&file)
        };
        assert_eq!(with_modes(0o755, 0o600), None);
        assert_eq!(with_modes(0o1777, 0o600), None);
        for (folder, mode, words) in [
            (0o700, 0o660, "others may write it: chmod 600 it."),
            (0o700, 0o602, "others may write it: chmod 600 it."),
            (0o700, 0o640, "others may read it: chmod 600 it."),
            (
                0o770,
                0o600,
                "others may replace it: chmod 700 its directory.",
            ),
        ] {
            assert_eq!(with_modes(folder, mode), Some(words), "{folder:o} {mode:o}");
        }
        assert_eq!(exposed(&directory.path().join("none")), None);
    }
}

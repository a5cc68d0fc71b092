//! Where the console keeps things.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::{Access, access};

use super::{report::Report, settings::with_mode};
use crate::{
    config::{self, printable},
    store::{self, LOG_NAME},
};

/// Looks at the data directory and what is in it; makes nothing.
pub fn examine(named: Option<&Path>, report: &mut Report) {
    let Some(directory) = config::data_directory(named) else {
        let found = "there is no home for the audit trail, so nothing can be changed";
        return report.fail("data", found, "Set HOME, or name one with --data-dir DIR.");
    };
    data(&directory, report);
    audit(&directory, report);
    let log = directory.join(LOG_NAME);
    let found = if log.exists() {
        with_mode(&log)
    } else {
        format!("none; --log-level debug writes {}", printable(&log))
    };
    report.ok("log", found);
}

fn data(directory: &Path, report: &mut Report) {
    let name = printable(directory);
    let Ok(found) = fs::metadata(directory) else {
        return missing(directory, report);
    };
    let mode = found.permissions().mode();
    let told = with_mode(directory);
    if !found.is_dir() {
        report.fail("data", format!("{told} is no directory"), ELSEWHERE);
    } else if mode & 0o022 != 0 {
        let told = format!("{told}: others may write there, so nothing can be changed");
        report.fail("data", told, format!("chmod 700 {name}"));
    } else if !is_writable(directory) {
        report.fail("data", format!("{told} cannot be written"), ELSEWHERE);
    } else {
        let remedy =
            (mode & 0o055 != 0).then(|| format!("Others may look into it: chmod 700 {name}"));
        report.ok_unless("data", told, remedy);
    }
}

const ELSEWHERE: &str = "Without it nothing can be changed: --data-dir DIR names another.";

/// The first run makes it, if it can.
fn missing(directory: &Path, report: &mut Report) {
    let name = printable(directory);
    let there: Option<PathBuf> = directory
        .ancestors()
        .find(|above| above.exists())
        .map(Path::to_owned);
    match there {
        Some(above) if !(above.is_dir() && is_writable(&above)) => {
            let found = format!("{name} cannot be made in {}", printable(&above));
            report.fail("data", found, ELSEWHERE);
        }
        _ => report.ok(
            "data",
            format!("{name} is not there; the first start makes it"),
        ),
    }
}

fn is_writable(directory: &Path) -> bool {
    access(directory, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

fn audit(directory: &Path, report: &mut Report) {
    match store::read(directory) {
        Ok(reading) => {
            let lines = reading.lines.len();
            let remedy = (reading.unreadable > 0).then(|| {
                let count = reading.unreadable;
                format!("{count} more are damaged or of a later version, and are left alone.")
            });
            report.ok_unless("audit", format!("{lines} lines are readable"), remedy);
        }
        Err(error) => report.fail("audit", error.to_string(), ELSEWHERE),
    }
}

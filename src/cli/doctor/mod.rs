//! `clerk-tui doctor`: looks at everything the console needs, changes nothing, and
//! says what to do where something is not well.

mod network;
mod places;
mod report;
mod settings;
mod terminal;

use std::io::{self, Write};

use anyhow::anyhow;

use self::report::Report;
use super::args::DoctorArgs;

/// Examines everything and prints what was found.
///
/// # Errors
/// When anything failed; what failed was printed then.
pub fn examine(args: &DoctorArgs) -> anyhow::Result<()> {
    let mut report = Report::default();
    let way = settings::examine(args, &mut report);
    network::examine(way, &mut report)?;
    terminal::examine(&mut report);
    places::examine(args.data_dir.as_deref(), &mut report);
    let text = if args.json {
        report.json()
    } else {
        report.for_people()
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    if report.is_well() {
        Ok(())
    } else {
        Err(anyhow!("Not all is well: see the lines that say fail."))
    }
}

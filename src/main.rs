//! The `clerk-tui` binary.

use std::process::ExitCode;

use clerk_tui::cli::{Stopped, run};

fn main() -> ExitCode {
    match run() {
        Stopped::Done => ExitCode::SUCCESS,
        Stopped::Misused(error) => {
            eprintln!("clerk-tui: {error:#}");
            ExitCode::from(2)
        }
        Stopped::Failed(error) => {
            eprintln!("clerk-tui: {error:#}");
            ExitCode::FAILURE
        }
    }
}

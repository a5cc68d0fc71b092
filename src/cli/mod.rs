//! The command line, and what it joins.

mod args;
mod audit;
mod check;
mod key_source;
mod run;
mod target;

pub use args::{Args, AuditArgs, CheckArgs, Command, ConfigCommand, DemoArgs, ServerArgs};
pub use run::{Stopped, run};

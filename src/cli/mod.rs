//! The command line, and what it joins.

mod args;
mod audit;
mod check;
mod doctor;
mod key_source;
mod log;
mod memory;
mod run;
mod target;
mod terminal;

pub use args::{
    Args, AuditArgs, CheckArgs, Command, ConfigCommand, DemoArgs, DoctorArgs, ServerArgs,
};
pub use log::LogLevel;
pub use run::{Stopped, run};

//! The command line, and what it joins.

mod args;
mod run;

pub use args::{Args, Command, DemoArgs, ServerArgs};
pub use run::{Stopped, run};

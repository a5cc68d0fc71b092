//! `--log-level`: what the console does, in a file and never on the screen.

use std::{path::Path, sync::Arc};

use anyhow::{Context, anyhow};
use clap::ValueEnum;
use tracing_subscriber::{
    Layer, filter::LevelFilter, filter::Targets, fmt, layer::SubscriberExt, registry,
    util::SubscriberInitExt,
};

use crate::{config, store::LogFile};

/// How much goes into the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Nothing; there is no file
    #[default]
    Off,
    /// What failed here
    Error,
    /// And what Clerk refused or did not answer
    Warn,
    /// And starts, ends and changes
    Info,
    /// And each request
    Debug,
    /// And each thing the console does
    Trace,
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Off => Self::OFF,
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
            LogLevel::Trace => Self::TRACE,
        }
    }
}

impl LogLevel {
    /// Starts the log in the data directory, if there is to be one.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn start(self, data_dir: Option<&Path>) -> anyhow::Result<()> {
        if self == Self::Off {
            return Ok(());
        }
        let directory = config::data_directory(data_dir).ok_or_else(|| {
            anyhow!("There is no home for the log. --data-dir DIR keeps it elsewhere.")
        })?;
        let file = LogFile::open(&directory).with_context(|| {
            let place = config::printable(&directory);
            format!("The log cannot be written in {place}. --data-dir DIR keeps it elsewhere")
        })?;
        // Only our own words: a library's might hold headers.
        let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), LevelFilter::from(self));
        let lines = fmt::layer()
            .with_writer(Arc::new(file))
            .with_ansi(false)
            // Else a line that cannot be written would be told on stderr.
            .log_internal_errors(false);
        registry()
            .with(lines.with_filter(ours))
            .try_init()
            .context("The log was started twice")
    }
}

//! The options.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand};

use super::{audit::Since, log::LogLevel};
use crate::api::Share;

const AFTER_HELP: &str = "\
The secret key comes from CLERK_SECRET_KEY, else from the key_command of the
profile, else from .env.local or .env in this directory or its parents. It is never an option: other users of this machine
could read it there.

Try it without a Clerk account:  clerk-tui --demo";

/// Find people, see their sessions and organizations, and help them.
#[derive(Debug, Parser)]
#[command(version, about, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// Something else than the console
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Look around with made-up people: no account, no network
    #[arg(long)]
    pub demo: bool,

    /// What the demo is like
    #[command(flatten)]
    pub made_up: DemoArgs,

    /// Clerk lets N requests through in any 10 seconds, 0: no limit [default:
    /// 1000 for sk_live_ keys, 100 for sk_test_ keys and the demo]
    #[arg(long, value_name = "N")]
    pub rate_limit: Option<u32>,

    /// Take at most this part of the limit, and leave the rest to your
    /// application: 0.25 or 25% [default: 0.25 for sk_live_ keys, else 0.8]
    #[arg(long, value_name = "PART")]
    pub hands_share: Option<Share>,

    /// Take at most this part of the limit for loads in the background [default:
    /// 0.1 for sk_live_ keys, else 0.4]
    #[arg(long, value_name = "PART")]
    pub share: Option<Share>,

    /// Ask another server than Clerk's [default: CLERK_BACKEND_API_URL, else
    /// Clerk's own]
    #[arg(long, value_name = "URL", conflicts_with = "demo")]
    pub api_url: Option<String>,

    /// Look, but change nothing
    #[arg(long)]
    pub read_only: bool,

    /// Use this profile of config.toml [default: CLERK_TUI_PROFILE, else what
    /// the file names as its default]
    #[arg(long, value_name = "NAME", conflicts_with = "demo")]
    pub profile: Option<String>,

    /// Read the profiles from this file [default: CLERK_TUI_CONFIG, else
    /// clerk-tui/config.toml where settings are kept]
    #[arg(long, value_name = "FILE", conflicts_with = "demo")]
    pub config: Option<PathBuf>,

    /// Keep the audit trail in this directory [default: clerk-tui where data is
    /// kept; the demo keeps none]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// Keep what fields held, and shall hold, out of the audit trail
    #[arg(long)]
    pub no_audit_values: bool,

    /// Keep a log in the data directory, in clerk-tui.log: ids, and neither the
    /// key nor anybody's data
    #[arg(
        long,
        value_name = "LEVEL",
        default_value = "off",
        hide_possible_values = true
    )]
    pub log_level: LogLevel,
}

/// What else it does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the demo's server alone, for any other Clerk client
    DemoServer(ServerArgs),
    /// Print what was changed, by whom, and how it ended
    Audit(AuditArgs),
    /// Look at everything the console needs, and say what to do
    Doctor(DoctorArgs),
    /// Look at the settings
    Config {
        /// What to do with them
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

/// Which lines of the audit trail are printed.
#[derive(Debug, Group)]
pub struct AuditArgs {
    /// Only what is about this id: of a user, or of what is theirs
    #[arg(long, value_name = "ID")]
    pub user: Option<String>,

    /// Only what is part of this batch
    #[arg(long, value_name = "ID")]
    pub batch: Option<String>,

    /// Only from then on: 2026-11-23, or 2026-11-23T14:00:00Z
    #[arg(long, value_name = "DATE")]
    pub since: Option<Since>,

    /// Only by this operator
    #[arg(long, value_name = "NAME")]
    pub operator: Option<String>,

    /// Print the lines as they are kept, one JSON object each
    #[arg(long)]
    pub json: bool,

    /// Where the audit trail is [default: clerk-tui where data is kept]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
}

/// What is examined.
#[derive(Debug, Group)]
pub struct DoctorArgs {
    /// The profile of config.toml [default: CLERK_TUI_PROFILE, else what the file
    /// names as its default]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,

    /// The file with the profiles [default: CLERK_TUI_CONFIG, else
    /// clerk-tui/config.toml where settings are kept]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Another server than Clerk's [default: CLERK_BACKEND_API_URL, else Clerk's own]
    #[arg(long, value_name = "URL")]
    pub api_url: Option<String>,

    /// How many requests Clerk lets through in any 10 seconds
    #[arg(long, value_name = "N")]
    pub rate_limit: Option<u32>,

    /// Where the audit trail is [default: clerk-tui where data is kept]
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,

    /// Print the findings as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What is done with the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Read all of config.toml and say what is wrong; runs no key_command
    Check(CheckArgs),
}

/// Which settings are checked.
#[derive(Debug, Group)]
pub struct CheckArgs {
    /// The file [default: CLERK_TUI_CONFIG, else clerk-tui/config.toml where
    /// settings are kept]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What the demo of the console is like.
#[derive(Debug, Group)]
pub struct DemoArgs {
    /// How many people the demo has [default: 842]
    #[arg(long, value_name = "N", requires = "demo")]
    pub users: Option<u32>,

    /// Other people for another number
    #[arg(long, value_name = "N", requires = "demo")]
    pub seed: Option<u64>,

    /// Let each of the demo's answers wait so many milliseconds
    #[arg(long, value_name = "MS", requires = "demo")]
    pub latency: Option<u64>,

    /// Let this part of the demo's answers fail, such as 0.05: 429, 5xx, HTML, cut
    /// short, no answer
    #[arg(long, value_name = "PART", requires = "demo", value_parser = part)]
    pub fault_rate: Option<f64>,
}

/// What the demo's server alone is like.
#[derive(Debug, Group)]
pub struct ServerArgs {
    /// The port on 127.0.0.1, 0: a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,

    /// How many people there are [default: 842]
    #[arg(long, value_name = "N")]
    pub users: Option<u32>,

    /// Other people for another number
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// Let N requests through in any 10 seconds, 0: no limit [default: 100]
    #[arg(long, value_name = "N")]
    pub rate_limit: Option<u32>,

    /// Let each answer wait so many milliseconds
    #[arg(long, value_name = "MS")]
    pub latency: Option<u64>,

    /// Let this part of all answers fail, such as 0.05
    #[arg(long, value_name = "PART", value_parser = part)]
    pub fault_rate: Option<f64>,

    /// Create or delete somebody N times a second, 0: never
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub churn: u32,

    /// Pack long answers with gzip, as Clerk does
    #[arg(long)]
    pub gzip: bool,
}

/// A part of a whole.
fn part(text: &str) -> Result<f64, String> {
    let part = text.parse().ok().filter(|part| (0.0..=1.0).contains(part));
    part.ok_or_else(|| "a part is a number from 0 to 1".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_options_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn no_option_takes_a_key() {
        let help = Args::command().render_long_help().to_string();
        assert!(!help.contains("--key"), "{help}");
        assert!(Args::try_parse_from(["clerk-tui", "sk_test_abcdef"]).is_err());
    }

    #[test]
    fn a_share_is_a_part_of_the_limit() {
        let share = |text| Args::try_parse_from(["clerk-tui", "--share", text]);
        let shares = ["0.25", "25%"].map(|text| share(text).unwrap().share.unwrap().of(100));
        assert_eq!(shares, [25, 25]);
        let error = share("0").unwrap_err().to_string();
        assert!(error.contains("a share is a part of the limit"), "{error}");
    }

    #[test]
    fn people_are_made_up_only_for_the_demo() {
        let parse = |args: &[&str]| Args::try_parse_from([&["clerk-tui"], args].concat());
        assert!(parse(&["--demo", "--users", "5", "--seed", "1", "--latency", "9"]).is_ok());
        assert!(parse(&["--users", "5"]).is_err());
        assert!(parse(&["--demo", "--api-url", "http://127.0.0.1"]).is_err());
        assert!(parse(&["demo-server", "--port", "0", "--users", "5"]).is_ok());
        assert!(parse(&["demo-server", "--churn", "5", "--gzip"]).is_ok());
        assert!(parse(&["--demo", "--fault-rate", "0.05"]).is_ok());
        assert!(parse(&["--demo", "--fault-rate", "5"]).is_err());
        assert!(parse(&["--demo", "--gzip"]).is_err());
        assert!(parse(&["--demo", "demo-server"]).is_err());
    }
}

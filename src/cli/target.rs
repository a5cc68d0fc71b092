//! Where the console looks and what it may do there, decided before the terminal is taken.

use std::{collections::hash_map::RandomState, env, hash::BuildHasher, path::Path, time::Duration};

use anyhow::{Context, anyhow};

use super::args::{Args, DemoArgs};
use super::key_source::KeySource;
use crate::{
    api::{BaseUrl, Settings, Share, Shares},
    config::{self, API_URL_NAME, CONFIG_NAME, ENV_NAME, Found, Loaded, PROFILE_NAME, Profile},
    demo::{Faults, Options},
    domain::{Policy, Secret},
    store::{Author, Trail, mark_of_key},
};

/// What a console is opened on.
pub struct Target {
    /// The way to it.
    pub way: Way,
    /// What may be done.
    pub policy: Policy,
    /// Who sits at the keys.
    pub operator: String,
    /// The audit trail; a read-only run has none.
    pub trail: Option<Trail>,
    /// What the person is told first: that nothing can be changed, and why.
    pub notice: Option<String>,
    /// What is said before the terminal is taken.
    pub warnings: Vec<String>,
    /// The number of the run.
    pub run: u64,
}

impl Target {
    /// Says in the log what is opened.
    pub fn log(&self) {
        let host = match &self.way {
            Way::Demo(..) => "demo".to_owned(),
            Way::Instance(settings, _) => settings.base.host(),
        };
        let (version, read_only) = (env!("CARGO_PKG_VERSION"), self.policy.read_only);
        let run = format!("{:x}", self.run);
        tracing::info!(version, host, read_only, run, "the start");
    }
}

/// The way to an instance.
pub enum Way {
    /// The embedded server.
    Demo(Options, Shares),
    /// A Clerk instance.
    Instance(Settings, Box<KeySource>),
}

/// The name of a chosen profile, and what it says.
pub type Chosen<'a> = Option<(&'a str, &'a Profile)>;

pub fn target(args: &Args) -> anyhow::Result<Target> {
    // Seeded by the system for hash maps; unlike any other run's is all it has to be.
    let run = RandomState::new().hash_one(std::process::id());
    if args.demo {
        demo(args, run)
    } else {
        instance(args, run)
    }
}

fn demo(args: &Args, run: u64) -> anyhow::Result<Target> {
    let author = Author {
        operator: config::operator(None),
        host: "made-up people".to_owned(),
        instance: "demo".to_owned(),
    };
    let operator = author.operator.clone();
    let trail = match &args.data_dir {
        Some(directory) => Trail::open(directory, author, run)?,
        None => Trail::in_memory(author),
    };
    let trail = keeping(trail, !args.no_audit_values);
    let options = options(&args.made_up, args.rate_limit);
    Ok(Target {
        way: Way::Demo(options, shares(args, None)?),
        policy: Policy {
            read_only: args.read_only,
            ..Policy::default()
        },
        operator,
        trail: (!args.read_only).then_some(trail),
        notice: None,
        warnings: Vec::new(),
        run,
    })
}

fn instance(args: &Args, run: u64) -> anyhow::Result<Target> {
    let loaded = settings(args.config.as_deref())?;
    let named = args.profile.clone().or_else(|| variable(PROFILE_NAME));
    let chosen = loaded.choose(named.as_deref())?;
    let profile = chosen.map(|(_, profile)| profile);
    let (found, by_command) = key(chosen, false)?;
    let source = Box::new(KeySource::new(chosen, found.dress));
    let mut warnings = loaded.warnings.clone();
    if let Some((name, _)) = chosen.filter(|(_, p)| p.key_command.is_some() && !by_command) {
        warnings.push(format!(
            "{ENV_NAME} in the environment wins over the key_command of profile “{name}”."
        ));
    }
    let mut policy = profile.map(Profile::policy).unwrap_or_default();
    policy.read_only |= args.read_only;
    let url = config::api_url(
        args.api_url.as_deref(),
        variable(API_URL_NAME).as_deref(),
        profile.and_then(|profile| profile.api_url.as_deref()),
    );
    let mark = mark_of_key(found.key.expose());
    let settings = Settings {
        base: BaseUrl::parse(&url)?,
        limit: args.rate_limit.unwrap_or(found.usual_limit()),
        key: found.key,
        shares: shares(args, chosen)?,
    };
    let author = Author {
        operator: config::operator(profile.and_then(|profile| profile.operator.as_deref())),
        host: settings.base.host(),
        instance: match chosen.filter(|_| by_command) {
            Some((name, _)) => name.to_owned(),
            None => format!("{} {mark}", found.dress.word().to_lowercase()),
        },
    };
    let operator = author.operator.clone();
    let (trail, notice) = if policy.read_only {
        (None, None)
    } else {
        let withheld = profile.is_some_and(|profile| profile.no_audit_values);
        match trail(args, author, run) {
            Ok(trail) => {
                let trail = keeping(trail, !(args.no_audit_values || withheld));
                (Some(trail), None)
            }
            Err(why) => (None, Some(format!("This console is read-only. {why}"))),
        }
    };
    // What was said before the terminal is taken is out of sight now.
    let notice = notice.or_else(|| (!warnings.is_empty()).then(|| warnings.join(" ")));
    // Nothing is changed that is not on record.
    policy.read_only |= trail.is_none();
    Ok(Target {
        way: Way::Instance(settings, source),
        policy,
        operator,
        trail,
        notice,
        warnings,
        run,
    })
}

/// The settings file, as the options and the environment say.
fn settings(named: Option<&Path>) -> anyhow::Result<Loaded> {
    let place = config::config_file(named, variable(CONFIG_NAME).as_deref());
    Ok(match place {
        Some((path, must_be)) => config::load(&path, must_be)?,
        None => Loaded::default(),
    })
}

/// The key, and whether the profile's command printed it: the environment wins
/// over the profile, and the profile over files that happen to lie here.
pub fn key(chosen: Chosen, terminal_taken: bool) -> anyhow::Result<(Found, bool)> {
    let from_env = variable(ENV_NAME).map(Secret::new);
    let command = chosen.and_then(|(name, profile)| Some((name, profile.key_command.as_ref()?)));
    if let (None, Some((name, command))) = (&from_env, command) {
        let source = config::Source::Profile(name.to_owned());
        let key = config::run_key_command(command, config::KEY_PATIENCE, terminal_taken)
            .with_context(|| format!("The key_command of profile “{name}” gave no key"))?;
        return Ok((config::check_key(&key, source)?, true));
    }
    let here = env::current_dir().context("The working directory cannot be read")?;
    let found = config::find_key(from_env.as_ref().map(Secret::expose), &here)
        .map_err(|error| anyhow!("{error}\n\nTo look around without a key: clerk-tui --demo"))?;
    Ok((found, false))
}

/// What the console takes of the limit: an option wins over the profile.
fn shares(args: &Args, chosen: Chosen) -> anyhow::Result<Shares> {
    let of = |option: Option<Share>, setting: fn(&Profile) -> Option<&String>| {
        let said = chosen.and_then(|(name, profile)| Some((name, setting(profile)?)));
        match (option, said) {
            (None, Some((name, text))) => {
                let share = text.parse().with_context(|| format!("Profile “{name}”"))?;
                Ok::<_, anyhow::Error>(Some(share))
            }
            _ => Ok(option),
        }
    };
    Ok(Shares {
        hands: of(args.hands_share, |profile| profile.hands_share.as_ref())?,
        background: of(args.share, |profile| profile.share.as_ref())?,
    })
}

fn trail(args: &Args, author: Author, run: u64) -> Result<Trail, String> {
    let directory = config::data_directory(args.data_dir.as_deref())
        .ok_or("There is no home for the audit trail. --data-dir DIR keeps it elsewhere.")?;
    Trail::open(&directory, author, run).map_err(|error| error.to_string())
}

fn keeping(trail: Trail, values: bool) -> Trail {
    if values {
        trail
    } else {
        trail.without_values()
    }
}

/// A variable of the environment; an empty one is not set.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// What the demo's server is like.
pub fn options(made_up: &DemoArgs, rate_limit: Option<u32>) -> Options {
    let usual = Options::default();
    Options {
        users: made_up.users.unwrap_or(usual.users),
        seed: made_up.seed.unwrap_or(usual.seed),
        rate_limit: rate_limit.unwrap_or(usual.rate_limit),
        latency: made_up.latency.map_or(usual.latency, Duration::from_millis),
        faults: Faults {
            rate: made_up.fault_rate.unwrap_or_default(),
            ..Faults::default()
        },
        ..usual
    }
}

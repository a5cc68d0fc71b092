//! From the options to a running console or server.

use std::{
    collections::hash_map::RandomState,
    env,
    hash::BuildHasher,
    io::{self, IsTerminal, Write},
    time::Duration,
};

use anyhow::{Context, anyhow};
use clap::Parser;
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Args, Command,
    args::{DemoArgs, ServerArgs},
};
use crate::{
    api::{BaseUrl, Settings, Share},
    app::{Model, Setup},
    config::{self, API_URL_NAME, ENV_NAME},
    demo::{Options, Server},
    domain::{ApiError, Dress, ErrorKind, Policy},
    runtime::{self, Clock, Link, Opened},
};

/// Why the program ended before or without a console.
#[derive(Debug)]
pub enum Stopped {
    /// It did what it was asked to.
    Done,
    /// It was asked for something impossible; exit code 2.
    Misused(anyhow::Error),
    /// Something failed; exit code 1.
    Failed(anyhow::Error),
}

/// Does what the command line says.
pub fn run() -> Stopped {
    let args = Args::parse();
    let result = match args.command {
        Some(Command::DemoServer(server)) => serve(&server).map_err(Stopped::Failed),
        None => console(&args),
    };
    match result {
        Ok(()) => Stopped::Done,
        Err(stopped) => stopped,
    }
}

/// Where the console looks, decided before the terminal is taken.
enum Target {
    Demo(Options, Option<Share>),
    Instance(Settings, Dress),
}

fn console(args: &Args) -> Result<(), Stopped> {
    let target = target(args).map_err(Stopped::Misused)?;
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(Stopped::Misused(anyhow!(
            "clerk-tui draws on a terminal, but its input or output is a file or a pipe."
        )));
    }
    let policy = Policy {
        read_only: args.read_only,
        ..Policy::default()
    };
    let failed = runtime::run(|clock, size| open(target, policy, clock, size));
    let Err(error) = failed;
    Err(Stopped::Failed(
        anyhow!(error).context("The terminal could not be set up"),
    ))
}

fn target(args: &Args) -> anyhow::Result<Target> {
    if args.demo {
        let options = options(&args.made_up, args.rate_limit);
        return Ok(Target::Demo(options, args.share));
    }
    let variable = |name| env::var(name).ok();
    let here = env::current_dir().context("The working directory cannot be read")?;
    let found = config::find_key(variable(ENV_NAME).as_deref(), &here)
        .map_err(|error| anyhow!("{error}\n\nTo look around without a key: clerk-tui --demo"))?;
    let url = config::api_url(
        args.api_url.as_deref(),
        variable(API_URL_NAME).as_deref(),
        None,
    );
    let settings = Settings {
        base: BaseUrl::parse(&url)?,
        limit: args.rate_limit.unwrap_or(found.usual_limit()),
        key: found.key,
        share: args.share,
    };
    Ok(Target::Instance(settings, found.dress))
}

fn open(
    target: Target,
    policy: Policy,
    clock: Clock,
    size: (u16, u16),
) -> Opened<Link, runtime::WriteLink> {
    let (link, dress, host) = match target {
        Target::Demo(options, share) => (
            Link::open(start_demo(options, share)),
            Dress::Demo,
            "made-up people".to_owned(),
        ),
        Target::Instance(settings, dress) => {
            let host = settings.base.host();
            (Link::open(async move { Ok(settings) }), dress, host)
        }
    };
    let setup = Setup {
        // Seeded by the system for hash maps; unlike any other run's is all it has to be.
        run: RandomState::new().hash_one(std::process::id()),
        dress,
        host,
        policy,
        notice: None,
        size,
        now: clock.now(),
    };
    let writer = (!setup.policy.read_only).then(|| link.writer());
    Opened {
        model: Model::new(setup),
        writer,
        trail: None,
        reader: link,
    }
}

/// Starts the demo's server in this process, and says how to reach it.
async fn start_demo(options: Options, share: Option<Share>) -> Result<Settings, ApiError> {
    let limit = options.rate_limit;
    let failed = |why: String| ApiError::new(ErrorKind::NotConnected, why);
    let server = Server::start(options)
        .await
        .map_err(|error| failed(format!("the demo could not start: {error}")))?;
    let base = BaseUrl::parse(server.url()).map_err(|error| failed(error.to_string()))?;
    let key = SecretString::from(server.key());
    // It serves for as long as the process lives, and ends with it.
    std::mem::forget(server);
    Ok(Settings {
        base,
        key,
        limit,
        share,
    })
}

fn options(made_up: &DemoArgs, rate_limit: Option<u32>) -> Options {
    let usual = Options::default();
    Options {
        users: made_up.users.unwrap_or(usual.users),
        seed: made_up.seed.unwrap_or(usual.seed),
        rate_limit: rate_limit.unwrap_or(usual.rate_limit),
        latency: made_up.latency.map_or(usual.latency, Duration::from_millis),
        ..usual
    }
}

/// The demo's server alone, until a signal ends it.
fn serve(args: &ServerArgs) -> anyhow::Result<()> {
    let made_up = DemoArgs {
        users: args.users,
        seed: args.seed,
        latency: args.latency,
    };
    let options = Options {
        port: args.port,
        churn: args.churn,
        gzip: args.gzip,
        ..options(&made_up, args.rate_limit)
    };
    let tokio = tokio::runtime::Runtime::new()?;
    tokio.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        let server = Server::start(options)
            .await
            .with_context(|| format!("Cannot listen on 127.0.0.1:{}", args.port))?;
        // Two lines that a shell can read as assignments.
        let mut out = io::stdout().lock();
        writeln!(out, "{API_URL_NAME}={}", server.url())?;
        writeln!(out, "{ENV_NAME}={}", server.key())?;
        out.flush()?;
        drop(out);
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
        Ok(())
    })
}

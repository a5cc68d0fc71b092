//! From the options to a running console or server.

use std::io::{self, IsTerminal, Write};

use anyhow::{Context, anyhow};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Args, Command,
    args::{ConfigCommand, DemoArgs, ServerArgs},
    audit, check, doctor, memory,
    target::{Target, Way, options, target, variable},
    terminal,
};
use crate::{
    api::{BaseUrl, Settings, Shares},
    app::{Model, Setup, Tone},
    config::{API_URL_NAME, ENV_NAME},
    demo::{Options, Server},
    domain::{ApiError, Dress, ErrorKind, Secret},
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
    memory::keep_private();
    let args = Args::parse();
    let result = match args.command {
        Some(Command::DemoServer(server)) => serve(&server).map_err(Stopped::Failed),
        Some(Command::Audit(audit)) => audit::print(&audit).map_err(Stopped::Failed),
        Some(Command::Doctor(doctor)) => doctor::examine(&doctor).map_err(Stopped::Failed),
        Some(Command::Config {
            command: ConfigCommand::Check(args),
        }) => check::check(&args).map_err(Stopped::Failed),
        None => console(&args),
    };
    match result {
        Ok(()) => Stopped::Done,
        Err(stopped) => stopped,
    }
}

fn console(args: &Args) -> Result<(), Stopped> {
    let target = target(args).map_err(Stopped::Misused)?;
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(Stopped::Misused(anyhow!(
            "clerk-tui draws on a terminal, but its input or output is a file or a pipe."
        )));
    }
    if let Some(why) = terminal::unfit(variable("TERM").as_deref()) {
        return Err(Stopped::Misused(anyhow!(why)));
    }
    args.log_level
        .start(args.data_dir.as_deref())
        .map_err(Stopped::Misused)?;
    target.log();
    for warning in &target.warnings {
        eprintln!("clerk-tui: {warning}");
    }
    let failed = runtime::run(|clock, size| open(target, clock, size));
    let Err(error) = failed;
    Err(Stopped::Failed(
        anyhow!(error).context("The terminal could not be set up"),
    ))
}

fn open(target: Target, clock: Clock, size: (u16, u16)) -> Opened<Link, runtime::WriteLink> {
    let (link, dress, host) = match target.way {
        Way::Demo(options, shares) => (
            Link::open(start_demo(options, shares)),
            Dress::Demo,
            "made-up people".to_owned(),
        ),
        Way::Instance(settings, source) => {
            let (host, dress) = (settings.base.host(), source.dress);
            let link = Link::open(async move { Ok(settings) });
            (link.reading_key_by(move || source.read()), dress, host)
        }
    };
    let writer = (!target.policy.read_only).then(|| link.writer());
    let setup = Setup {
        run: target.run,
        dress,
        host,
        policy: target.policy,
        operator: target.operator,
        notice: target.notice.map_or_else(
            || Some((Tone::Warn, terminal::odd_locale()?)),
            |why| Some((Tone::Bad, why)),
        ),
        size,
        now: clock.now(),
    };
    Opened {
        model: Model::new(setup),
        writer,
        trail: target.trail,
        reader: link,
    }
}

/// Starts the demo's server in this process, and says how to reach it.
async fn start_demo(options: Options, shares: Shares) -> Result<Settings, ApiError> {
    let limit = options.rate_limit;
    let failed = |why: String| ApiError::new(ErrorKind::NotConnected, why);
    let server = Server::start(options)
        .await
        .map_err(|error| failed(format!("the demo could not start: {error}")))?;
    let base = BaseUrl::parse(server.url()).map_err(|error| failed(error.to_string()))?;
    let key = Secret::new(server.key());
    // It serves for as long as the process lives, and ends with it.
    std::mem::forget(server);
    Ok(Settings {
        base,
        key,
        limit,
        shares,
    })
}

/// The demo's server alone, until a signal ends it.
fn serve(args: &ServerArgs) -> anyhow::Result<()> {
    let made_up = DemoArgs {
        users: args.users,
        seed: args.seed,
        latency: args.latency,
        fault_rate: args.fault_rate,
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

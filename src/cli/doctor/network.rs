//! The way to the server, step by step.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{report::Report, settings::Way};
use crate::{
    api::{BaseUrl, Probe, Reader, VERSION_DATE},
    cli::target::variable,
    domain::{ApiError, ErrorKind, Untrusted},
};

/// How long a name or a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// An answer that takes longer is slow.
const SLOW: Duration = Duration::from_secs(1);

/// A clock that is off by more shows wrong times.
const SKEW: u64 = 30_000;

/// Finds the server, connects and asks, as far as that goes.
///
/// # Errors
/// When nothing can be asked at all.
pub fn examine(way: Way, report: &mut Report) -> anyhow::Result<()> {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio.block_on(async {
        match way {
            Way::Nowhere => {}
            Way::Keyless(base) => {
                if is_reached(&base, report).await {
                    let remedy = "First find a key.";
                    report.warn("answer", "not asked for: there is no key", remedy);
                }
            }
            Way::Whole(settings) => {
                let base = settings.base.clone();
                if is_reached(&base, report).await {
                    asked(&Reader::new(settings), &base, report).await;
                }
            }
        }
    });
    Ok(())
}

/// Whether there is a connection, or somebody else sees to it.
async fn is_reached(base: &BaseUrl, report: &mut Report) -> bool {
    if let Some(proxy) = proxy(base) {
        report.ok("dns", format!("left to the proxy in {proxy}"));
        return true;
    }
    let (host, port) = base.socket();
    let found = timeout(PATIENCE, lookup_host((host.as_str(), port))).await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(Ok(addresses)) => addresses.collect(),
        _ => Vec::new(),
    };
    let Some(first) = addresses.first() else {
        let remedy = "Is this machine online, and the name right? A proxy is named in HTTPS_PROXY.";
        report.fail("dns", format!("{host} cannot be found"), remedy);
        return false;
    };
    let told = match addresses.len() {
        _ if first.ip().to_string() == host => format!("{host} is an address"),
        1 => format!("{host} is {}", first.ip()),
        count => format!("{host} is {} and {} more", first.ip(), count - 1),
    };
    report.ok("dns", told);
    connected(&addresses, base, report).await
}

async fn connected(addresses: &[SocketAddr], base: &BaseUrl, report: &mut Report) -> bool {
    let host = base.host();
    let (found, remedy) = match timeout(PATIENCE, TcpStream::connect(addresses)).await {
        Ok(Ok(_)) => {
            report.ok("connection", format!("{host} takes connections"));
            return true;
        }
        Ok(Err(error)) => (
            format!("no connection to {host}: {error}"),
            "Is the server running, the port right, and no firewall between?",
        ),
        Err(_) => (
            format!("{host} did not take the connection within 5 s"),
            "Is a firewall between? A proxy is named in HTTPS_PROXY.",
        ),
    };
    report.fail("connection", found, remedy);
    false
}

/// The variable with the proxy that requests go through.
fn proxy(base: &BaseUrl) -> Option<&'static str> {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let set = names.into_iter().find(|name| variable(name).is_some());
    set.filter(|_| !base.is_loopback())
}

async fn asked(reader: &Reader, base: &BaseUrl, report: &mut Report) {
    match reader.probe().await {
        Err(error) => unanswered(&error, base, report),
        Ok(first) => {
            tls(base, report);
            // On the connection that is there: without the time to make one.
            let second = reader.probe().await;
            let took = second.map_or(first.took, |second| second.took.min(first.took));
            latency(took, report);
            clock(first.ahead, report);
            answer(&first, report);
            version(first.version.as_ref(), report);
            limits(&first.limits, report);
        }
    }
}

fn unanswered(error: &ApiError, base: &BaseUrl, report: &mut Report) {
    let told = error.message.shown().into_owned();
    if error.kind == ErrorKind::NoCertificates {
        let remedy = "Install ca-certificates, or name a file of them in SSL_CERT_FILE.";
        report.fail("tls", told, remedy);
    } else if error.kind == ErrorKind::NotConnected && base.is_tls() {
        let remedy = if told.contains("certificate") {
            "Is this the right server? If it is, name a file with the certificate of its \
             authority in SSL_CERT_FILE. If not, somebody is listening in."
        } else {
            "Does this port speak TLS? Plain http is for this machine only."
        };
        report.fail("tls", told, remedy);
    } else {
        let remedy = "Try again; if it stays so, see status.clerk.com or whoever runs the server.";
        report.fail("answer", told, remedy);
    }
}

fn tls(base: &BaseUrl, report: &mut Report) {
    if base.is_tls() {
        report.ok("tls", "the certificate is trusted");
    } else {
        report.ok("tls", "none: the server is on this machine");
    }
}

fn latency(took: Duration, report: &mut Report) {
    let told = format!("{} ms", took.as_millis());
    let remedy = "The network or the server is slow: the console will be too.";
    report.ok_unless("latency", told, (took > SLOW).then(|| remedy.to_owned()));
}

fn clock(ahead: Option<i64>, report: &mut Report) {
    let Some(ahead) = ahead else {
        return report.ok("clock", "the server does not say what time it is");
    };
    let off = ahead.unsigned_abs();
    if off < SKEW {
        return report.ok("clock", "this machine and the server agree");
    }
    // Ours is behind where theirs is ahead.
    let way = if ahead > 0 { "behind" } else { "ahead of" };
    let found = format!("this machine is {} s {way} the server", off / 1000);
    let remedy = "Set the clock of this machine: shown times and the audit trail go by it.";
    report.warn("clock", found, remedy);
}

fn answer(probe: &Probe, report: &mut Report) {
    let error = match &probe.instance {
        Ok(instance) => {
            let environment = instance.environment.as_ref().map(Untrusted::shown);
            let environment = environment.unwrap_or_default();
            let told = format!("the key opens {} {environment}", instance.id.shown());
            return report.ok("answer", told.trim_end());
        }
        Err(error) => error,
    };
    let message = error.message.shown();
    let told = match error.status {
        Some(status) => format!("{status}: {message}"),
        None => message.into_owned(),
    };
    match error.kind {
        ErrorKind::KeyRefused => report.fail(
            "answer",
            told,
            "Clerk does not accept this key. Copy it again from the Dashboard, under “API keys”.",
        ),
        ErrorKind::RateLimited => report.warn(
            "answer",
            told,
            "Something else uses up the limit. Wait a little, and see --share.",
        ),
        _ => report.fail(
            "answer",
            told,
            "Is this Clerk's API, and nothing in between? See the url above.",
        ),
    }
}

fn version(answered: Option<&Untrusted>, report: &mut Report) {
    let asked = format!("{VERSION_DATE} is asked for");
    match answered {
        Some(answered) if answered.raw() != VERSION_DATE => {
            let found = format!("{asked}, {} answers", answered.shown());
            let remedy = "Look for a newer clerk-tui: fields may be missing.";
            report.warn("version", found, remedy);
        }
        Some(_) => report.ok("version", format!("{VERSION_DATE}, and the server agrees")),
        None => report.ok("version", format!("{asked}; the server names none")),
    }
}

fn limits(limits: &[(String, Untrusted)], report: &mut Report) {
    if limits.is_empty() {
        return report.ok("seen limit", "the server says nothing of its limit");
    }
    let told = limits
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.shown()));
    report.ok("seen limit", told.collect::<Vec<_>>().join(", "));
}

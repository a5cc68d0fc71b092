//! A long run of the whole program under random keys, with faults on.
//!
//! `cargo bench --bench soak [-- SECONDS]` runs the console in a pseudo-terminal of
//! 200×60 for SECONDS (60, unless told otherwise) against the demo's server, of whose
//! answers one in twenty fails. Afterwards it must hold that
//!
//! - the console is alive, and leaves when it is told to;
//! - its memory is flat: no more at the end than in the second quarter;
//! - no frame took more than 50 ms, but for as many as this machine kept a sleeping
//!   thread waiting so long;
//! - each write that the server saw stands in the audit trail, and the other way
//!   round, attempt by attempt.
//!
//! It ends with 1 where one of these does not hold.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod hands;
mod ledger;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clerk_tui::demo::{Faults, Options, Server};
use common::outside::Console;
use common::{cpu_seconds, memory, number};
use hands::Hands;

/// What is felt.
const SLOW: Duration = Duration::from_millis(50);
/// The users of the demo's server.
const PEOPLE: u32 = 5_000;
/// How much memory may come on top, in bytes: what an allocator keeps.
const SLACK: f64 = 4e6;

fn main() -> ExitCode {
    let length = Duration::from_secs(u64::from(number(60)));
    let data = tempfile::tempdir().unwrap();
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let server = tokio.block_on(Server::start(Options {
        users: PEOPLE,
        rate_limit: 1_000,
        latency: Duration::from_millis(20),
        churn: 2,
        faults: Faults {
            rate: 0.05,
            ..Faults::default()
        },
        ..Options::default()
    }));
    let server = server.unwrap();
    let place = data.path().to_str().unwrap();
    let mut console = Console::start(
        &server,
        &[
            "--rate-limit",
            "1000",
            "--data-dir",
            place,
            "--log-level",
            "info",
        ],
    );
    // Everybody is known from the start: whatever memory comes on top was let grow.
    console.load_all(PEOPLE);

    let noise = Noise::start();
    let held = live(&mut console, length);
    let cpu = cpu_seconds(console.pid());
    let died = console.ended();
    let left = leave(&mut console);
    let kept_waiting = noise.stop();

    println!("\n{} s, {cpu:.1} s of CPU", length.as_secs());
    let fine = [
        told("alive until told to leave", died.is_none() && left),
        flat(&held),
        frames(data.path(), kept_waiting),
        ledger::agrees(data.path(), &server.switches().writes()),
    ];
    if fine.into_iter().all(|fine| fine) {
        return ExitCode::SUCCESS;
    }
    println!("\n{}", console.screen().contents());
    ExitCode::FAILURE
}

/// Lets the hands work; gives the bytes held, a hundred times.
fn live(console: &mut Console, length: Duration) -> Vec<f64> {
    let (mut hands, mut held) = (Hands::default(), Vec::new());
    let (since, mut due) = (Instant::now(), Duration::ZERO);
    while since.elapsed() < length && console.ended().is_none() {
        hands.work(console);
        if since.elapsed() > due {
            held.push(memory(console.pid(), "VmRSS"));
            due += length / 100;
        }
    }
    println!("{}", hands.did());
    held
}

/// Quits as a person would, who presses again only what did nothing; says whether
/// that worked.
fn leave(console: &mut Console) -> bool {
    for key in ["\x1b", "\x03"].into_iter().cycle().take(40) {
        console.keys(key);
        for _ in 0..20 {
            console.rest(Duration::from_millis(50));
            if let Some(status) = console.ended() {
                println!("it ended with {status}");
                return status.success();
            }
        }
    }
    false
}

fn flat(held: &[f64]) -> bool {
    let quarter = |n: usize| {
        let from = held.len() * n / 4;
        let mut part = held[from..held.len() * (n + 1) / 4].to_vec();
        part.sort_by(f64::total_cmp);
        part.get(part.len() / 2).copied().unwrap_or_default()
    };
    let [early, late] = [quarter(1), quarter(3)];
    let course = held
        .iter()
        .step_by(10)
        .map(|bytes| format!("{:.1}", bytes / 1e6));
    println!(
        "MB after each tenth: {}",
        course.collect::<Vec<_>>().join(" ")
    );
    println!(
        "memory: {:.1} MB in the second quarter, {:.1} MB in the last (ratio {:.2}), {:.1} MB at most",
        early / 1e6,
        late / 1e6,
        late / early,
        held.iter().copied().fold(0.0, f64::max) / 1e6,
    );
    told("memory is flat", late < early * 1.05 + SLACK)
}

/// Reads in the log how long frames took.
fn frames(data: &Path, kept_waiting: usize) -> bool {
    let log = std::fs::read_to_string(data.join("clerk-tui.log")).unwrap_or_default();
    let slow = log.lines().filter(|line| line.contains("a slow frame"));
    let slow = slow.count();
    let all = log.lines().find(|line| line.contains("slowest_us"));
    println!("frames: {}", all.unwrap_or("no word about them in the log"));
    println!("over 50 ms: {slow} frames; {kept_waiting} times a thread that slept for 1 ms");
    told("no frame over 50 ms", all.is_some() && slow <= kept_waiting)
}

fn told(what: &str, holds: bool) -> bool {
    println!("{what}: {}", if holds { "yes" } else { "NO" });
    holds
}

/// How often this machine keeps a thread waiting that has nothing to do: the
/// baseline of what is slow.
struct Noise {
    over: Arc<AtomicBool>,
    thread: thread::JoinHandle<usize>,
}

impl Noise {
    fn start() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let ends = over.clone();
        let thread = thread::spawn(move || {
            let mut slow = 0;
            while !ends.load(Ordering::Relaxed) {
                let since = Instant::now();
                thread::sleep(Duration::from_millis(1));
                slow += usize::from(since.elapsed() > SLOW);
            }
            slow
        });
        Self { over, thread }
    }

    fn stop(self) -> usize {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

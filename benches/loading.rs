//! Loading everybody from the demo's server.
//!
//! `cargo bench --bench loading [-- PEOPLE]` loads PEOPLE users (100,000, unless
//! told otherwise) with the limit off: users a second, and seconds of CPU of
//! the process that loads, beside the plainest reqwest loops over the same
//! pages, one that throws them away and one that reads eight fields. Then with
//! a limit of 1000 and of 100 requests in 10 s, all of it for the background,
//! at two latencies: the seconds beside those that the limit allows. 100,000
//! users are some 200 requests, so that 1000 do not hold them up, and the
//! server's own speed counts. Each way runs in a process of its own, and they
//! take turns.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

mod common;

use std::env;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clerk_tui::demo::{Options, Server};
use common::outside::Console;
use common::{cpu_seconds, number};
use serde::Deserialize;

const ROUNDS: usize = 3;
const PAGE: u32 = 500;
const WALK: &str = "walk-the-plainest-way";

/// How the plainest loop treats a page.
const WAYS: [&str; 3] = ["thrown away", "eight fields", "eight fields, gzip"];

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == WALK) {
        return walk(&arguments[at + 1], &arguments[at + 2], &arguments[at + 3]);
    }
    let all = number(100_000);
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let start = |rate_limit, latency, gzip| {
        let options = Options {
            users: all,
            rate_limit,
            latency: Duration::from_millis(latency),
            gzip,
            ..Options::default()
        };
        tokio.block_on(Server::start(options)).unwrap()
    };
    println!(
        "{all} users, no limit{:>31} {:>9} {:>8}",
        "seconds", "users/s", "CPU s"
    );
    for gzip in [false, true] {
        let server = start(0, 0, gzip);
        let packed = if gzip { ", server packs" } else { "" };
        for round in 0..ROUNDS {
            for way in WAYS.into_iter().filter(|way| way.contains("gzip") == gzip) {
                let (seconds, cpu) = plainest(&server, way);
                say(
                    &format!("{round}: reqwest, {way}{packed}"),
                    all,
                    seconds,
                    cpu,
                );
            }
            let mut console = Console::start(&server, &["--rate-limit", "0"]);
            let seconds = console.load_all(all);
            let cpu = cpu_seconds(console.pid());
            say(&format!("{round}: the console{packed}"), all, seconds, cpu);
        }
    }
    for limit in [1_000, 100] {
        for latency in [80, 200] {
            let server = start(limit, latency, true);
            limited(&server, all, limit, latency);
        }
    }
}

/// Loads with a limit, all of it for the background, and says how long that
/// took from the first request on, beside the time that the limit allows.
fn limited(server: &Server, all: u32, limit: u32, latency: u64) {
    let options = ["--rate-limit", &limit.to_string(), "--share", "1"];
    let mut console = Console::start(server, &options);
    console.load_all(all);
    let mut seen = server.switches().requests();
    let refused = seen.iter().filter(|seen| seen.status == Some(429)).count();
    // What is read once everybody is there is not part of it.
    let last = seen.iter().rposition(|seen| seen.path == "/users").unwrap();
    seen.truncate(last + 1);
    let latency = latency as f64 / 1_000.0;
    let seconds = (seen[last].at - seen[0].at) as f64 / 1_000.0 + latency;
    // A window's requests may go at once; each further window takes 10 s.
    let bound = f64::from(u32::try_from(last).unwrap() / limit * 10) + latency;
    println!(
        "limit {limit}, latency {latency} s, {} requests: {seconds:.2} s, bound {bound:.2} s, {:.3}; {refused} refused",
        seen.len(),
        seconds / bound
    );
}

fn say(name: &str, all: u32, seconds: f64, cpu: f64) {
    let rate = f64::from(all) / seconds;
    println!("{name:<40} {seconds:>9.2} {rate:>9.0} {cpu:>8.2}");
}

/// Walks in a process of its own; gives its seconds, and those of CPU.
fn plainest(server: &Server, way: &str) -> (f64, f64) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([WALK, server.url(), server.key(), way])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut out, &mut said).unwrap();
    child.wait().unwrap();
    let numbers: Vec<f64> = said
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect();
    (numbers[0], numbers[1])
}

/// Of a user, what a list might show.
#[derive(Deserialize)]
#[allow(dead_code)]
struct Eight {
    id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
    banned: bool,
    locked: bool,
    created_at: i64,
    last_sign_in_at: Option<i64>,
}

#[derive(Deserialize)]
struct OnlyId {
    id: String,
}

fn walk(url: &str, key: &str, way: &str) {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let since = Instant::now();
    tokio.unwrap().block_on(async {
        let client = reqwest::Client::builder()
            .gzip(way.contains("gzip"))
            .build()
            .unwrap();
        let mut users = Vec::new();
        let mut last = String::new();
        loop {
            let mut address = format!("{url}/v1/users?limit={PAGE}&order_by=-created_at");
            if !last.is_empty() {
                address = format!("{address}&starting_after={last}");
            }
            let answer = client.get(address).bearer_auth(key).send().await.unwrap();
            let body = answer.bytes().await.unwrap();
            let page = if way.contains("eight") {
                let page: Vec<Eight> = serde_json::from_slice(&body).unwrap();
                last = page.last().map(|user| user.id.clone()).unwrap_or_default();
                let read = page.len();
                users.extend(page);
                read
            } else {
                // The last id is all that is looked for.
                let end = memchr_last_user(&body);
                last = end.unwrap_or_default();
                usize::from(!last.is_empty()) * PAGE as usize
            };
            if page < PAGE as usize {
                break;
            }
        }
    });
    let seconds = since.elapsed().as_secs_f64();
    println!("{seconds} {}", cpu_seconds(std::process::id()));
}

/// The id of the last user of a page, without reading the page as JSON.
fn memchr_last_user(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let last = text.rfind("{\"id\":\"user_")?;
    let user: OnlyId = serde_json::Deserializer::from_str(&text[last..])
        .into_iter()
        .next()?
        .ok()?;
    Some(user.id)
}

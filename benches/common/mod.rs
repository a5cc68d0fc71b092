//! What the benchmarks share: made-up people, medians, a terminal to look at.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "each benchmark uses a part of it"
)]

pub mod outside;
pub mod people;

use std::time::Instant;

/// Milliseconds, the shortest first.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// How long it takes to do something, so many times, after once to warm up.
    pub fn of<T>(runs: usize, mut work: impl FnMut() -> T) -> Self {
        work();
        let mut times = Self::default();
        for _ in 0..runs {
            times.time(&mut work);
        }
        times
    }

    /// Does something once more, and notes how long it took.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let done = std::hint::black_box(work());
        self.note(since.elapsed().as_secs_f64() * 1_000.0);
        done
    }

    pub fn note(&mut self, millis: f64) {
        let place = self.0.partition_point(|other| *other < millis);
        self.0.insert(place, millis);
    }

    pub fn at(&self, part: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let place = (last as f64 * part).round() as usize;
        self.0.get(place).copied().unwrap_or(f64::NAN)
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Says what the columns of [`print`] are.
pub fn title(text: &str) {
    println!(
        "\n{text:<54} {:>9} {:>9} {:>9} {:>9}   ratio",
        "min", "median", "p99", "max"
    );
}

/// One line of a table: times in milliseconds, beside a baseline of the same run.
pub fn print(name: &str, times: &Times, baseline: &Times) {
    println!(
        "{name:<54} {:>9.3} {:>9.3} {:>9.3} {:>9.3}   {:.2}",
        times.at(0.0),
        times.median(),
        times.at(0.99),
        times.at(1.0),
        times.median() / baseline.median()
    );
}

/// A number after `--`, else the usual one.
pub fn number(usual: u32) -> u32 {
    let given = std::env::args().find_map(|argument| argument.parse().ok());
    given.unwrap_or(usual)
}

/// The seconds of CPU that a process has used.
pub fn cpu_seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // Behind the name, which may hold anything, in brackets.
    let rest = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks: f64 = [fields[11], fields[12]]
        .iter()
        .map(|ticks| ticks.parse::<f64>().unwrap())
        .sum();
    ticks / 100.0
}

/// A line of `/proc/PID/status` in bytes, such as `VmRSS`.
pub fn memory(pid: u32, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|text| text.starts_with(line)).unwrap();
    let kib = line.split_whitespace().nth(1).unwrap();
    kib.parse::<f64>().unwrap() * 1_024.0
}

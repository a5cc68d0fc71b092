//! How soon a person sees something, measured from outside.
//!
//! `cargo bench --bench startup [-- RUNS]` starts programs in a pseudo-terminal,
//! reads what they write with a terminal emulator, and prints the milliseconds
//! from the spawn to the first visible character, and for the demo also to its
//! first rows. The baseline is the least ratatui program: this file itself, with
//! an argument that makes it draw one line. fzf on 842 lines joins in where it
//! is installed. The programs take turns, so that a busy moment hits them all.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

mod common;

use std::{
    env,
    fmt::Write as _,
    io::Write as _,
    num::NonZero,
    path::PathBuf,
    time::{Duration, Instant},
};

use common::outside::terminal;
use portable_pty::CommandBuilder;
use vt100::Parser;

const LEAST: &str = "the-least-ratatui-program";
const RUNS: usize = 30;
const DEADLINE: Duration = Duration::from_secs(10);

/// Rows hold e-mail addresses, and nothing else on the first screen does.
const FIRST_ROWS: &str = "@";

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if arguments.iter().any(|argument| argument == LEAST) {
        return draw_one_line();
    }
    let runs = arguments.iter().find_map(|argument| argument.parse().ok());
    measure(runs.unwrap_or(RUNS).max(1));
}

/// What any ratatui program does before and after its first frame, and no more.
fn draw_one_line() {
    use crossterm::{
        cursor::Show,
        event::read,
        execute,
        terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
    };
    use ratatui::{Terminal, backend::CrosstermBackend};
    enable_raw_mode().unwrap();
    execute!(std::io::stdout(), EnterAlternateScreen).unwrap();
    let mut terminal = Terminal::new(CrosstermBackend::new(std::io::stdout())).unwrap();
    terminal
        .draw(|frame| frame.render_widget("the least", frame.area()))
        .unwrap();
    let _ = read();
    execute!(std::io::stdout(), LeaveAlternateScreen, Show).unwrap();
    disable_raw_mode().unwrap();
}

/// Something to start, and what to wait for.
struct Subject {
    name: &'static str,
    command: CommandBuilder,
    /// `None`: anything visible.
    text: Option<&'static str>,
    times: Vec<f64>,
}

fn measure(runs: usize) {
    let mut subjects = subjects();
    // The first round only warms the disk's cache, and shows who answers at all.
    subjects.retain(|subject| {
        let shown = once(&subject.command, subject.text).is_some();
        if !shown {
            println!("{}: nothing within {DEADLINE:?}, left out\n", subject.name);
        }
        shown
    });
    for _ in 0..runs {
        for subject in &mut subjects {
            let time = once(&subject.command, subject.text);
            subject.times.push(time.unwrap_or(f64::INFINITY));
        }
    }
    println!("{runs} runs each, milliseconds from the spawn\n");
    println!(
        "{:<34} {:>7} {:>7} {:>7}   times the least",
        "", "min", "median", "max"
    );
    let median = |times: &[f64]| times[times.len() / 2];
    for subject in &mut subjects {
        subject.times.sort_by(f64::total_cmp);
    }
    let least = median(&subjects[0].times);
    for Subject { name, times, .. } in &subjects {
        println!(
            "{name:<34} {:>7.2} {:>7.2} {:>7.2}   {:.2}",
            times[0],
            median(times),
            times[times.len() - 1],
            median(times) / least
        );
    }
}

fn subjects() -> Vec<Subject> {
    let subject = |name, command, text| Subject {
        name,
        command,
        text,
        times: Vec::new(),
    };
    let mut least = command(env::current_exe().unwrap());
    least.arg(LEAST);
    let mut demo = command(PathBuf::from(env!("CARGO_BIN_EXE_clerk-tui")));
    demo.arg("--demo");
    let mut real = command(PathBuf::from(env!("CARGO_BIN_EXE_clerk-tui")));
    // Nobody listens on the port of “discard”: only the first frame counts here.
    real.args(["--api-url", "http://127.0.0.1:9"]);
    real.env("CLERK_SECRET_KEY", "sk_test_nobodyopens");
    let mut subjects = vec![
        subject("the least ratatui program", least, None),
        subject("clerk-tui, first frame", real, None),
        subject("clerk-tui --demo, first frame", demo.clone(), None),
        subject("clerk-tui --demo, first rows", demo, Some(FIRST_ROWS)),
    ];
    if let Some(fzf) = on_path("fzf") {
        let mut lines = String::new();
        for n in 0..842 {
            writeln!(lines, "Person {n} <person{n}@example.com>").unwrap();
        }
        let file = env::temp_dir().join(format!("clerk-tui-bench-{}", std::process::id()));
        std::fs::write(&file, lines).unwrap();
        let mut list = command(PathBuf::from("sh"));
        list.args(["-c", "exec \"$0\" < \"$1\""]);
        list.args([fzf.as_os_str(), file.as_os_str()]);
        subjects.push(subject("fzf on 842 lines, first frame", list.clone(), None));
        subjects.push(subject(
            "fzf on 842 lines, first rows",
            list,
            Some("person"),
        ));
    } else {
        println!("fzf is not on the PATH, so it is left out.\n");
    }
    subjects
}

fn command(program: PathBuf) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env("TERM", "xterm-256color");
    command.env_remove("CLERK_BACKEND_API_URL");
    command.cwd(env::temp_dir());
    command
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|directory| directory.join(name))
        .find(|program| program.is_file())
}

/// Starts it once, and gives the milliseconds until it shows what is waited for,
/// if it ever does.
fn once(command: &CommandBuilder, text: Option<&str>) -> Option<f64> {
    const ROWS: u16 = 24;
    const COLUMNS: u16 = 80;
    let (pair, pieces) = terminal(ROWS, COLUMNS);
    let mut keyboard = pair.master.take_writer().unwrap();
    let size = |n| NonZero::new(n).unwrap();
    let mut parser = Parser::new(size(ROWS), size(COLUMNS), 0);
    let spawned = Instant::now();
    let mut child = pair.slave.spawn_command(command.clone()).unwrap();
    let shown = loop {
        let left = DEADLINE.saturating_sub(spawned.elapsed());
        let Ok((at, bytes)) = pieces.recv_timeout(left) else {
            break None;
        };
        // fzf asks where the cursor is, and waits for an answer.
        if bytes.windows(4).any(|part| part == b"\x1b[6n") {
            keyboard.write_all(b"\x1b[1;1R").unwrap();
        }
        parser.process(&bytes);
        let screen = parser.screen().contents();
        if text.map_or(!screen.trim().is_empty(), |text| screen.contains(text)) {
            break Some(at);
        }
    };
    child.kill().unwrap();
    child.wait().unwrap();
    shown.map(|at| (at - spawned).as_secs_f64() * 1_000.0)
}

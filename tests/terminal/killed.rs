//! A batch that is killed in the middle, and the consoles that find it.

use std::time::Duration;

use tempfile::TempDir;

use crate::{
    console,
    pty::{DEADLINE, Pty},
    work::Server,
};

/// Longer than anything has to be looked at before it may be confirmed.
const LOOK: Duration = Duration::from_millis(350);

fn start(server: &Server, data: &TempDir) -> Pty {
    let data = data.path().to_str().unwrap();
    let mut command = console(&["--data-dir", data, "--rate-limit", "0"]);
    let url = format!("http://{}", server.address);
    command.env("CLERK_BACKEND_API_URL", url);
    command.env("CLERK_SECRET_KEY", &server.key);
    Pty::start(command)
}

fn page(server: &Server, path: &str) -> Option<Vec<serde_json::Value>> {
    let answer = server.get(path);
    let (_, body) = answer.split_once("\r\n\r\n")?;
    serde_json::from_str(body).ok()
}

/// The ids of everybody, the newest first.
fn everybody(server: &Server) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let path = format!("/users?limit=500&order_by=-created_at&offset={}", ids.len());
        // Where faults are on, an answer may be none.
        let Some(page) = page(server, &path) else {
            continue;
        };
        ids.extend(
            page.iter()
                .map(|user| user["id"].as_str().unwrap().to_owned()),
        );
        if page.len() < 500 {
            return ids;
        }
    }
}

/// Marks the first rows and deletes them.
fn delete(console: &mut Pty, all: usize, some: usize) {
    console.until_contains(&format!("{all} users"));
    // How many there are may be known before the rows are.
    console.until_contains("▌");
    console.keys(":load everything\r");
    // A short list may be whole before anybody asks for it.
    let (loaded, whole) = (
        format!("{all} users loaded."),
        format!("already: {all} users."),
    );
    console.until("whole list", |screen| {
        let said = screen.contents();
        said.contains(&loaded) || said.contains(&whole)
    });
    console.keys(&" ".repeat(some));
    console.until_contains(&format!("{some} marked"));
    console.until_quiet(LOOK);
    console.keys("D");
    console.until_contains(&format!("Delete {some} of {some} marked"));
    console.keys(&some.to_string());
    console.until_contains(&format!("Type {some} > {some}"));
    console.until_quiet(LOOK);
    console.keys("\r");
}

/// How many of so many are done, as the screen says.
fn done(screen: &str, all: usize) -> Option<usize> {
    // Not the dry run, which says how many of those marked.
    let (_, screen) = screen.split_once("Deleting ")?;
    let (before, _) = screen.split_once(&format!(" of {all} "))?;
    before
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

/// Closes what is said of a batch that is over, and quits.
fn leave(console: &mut Pty) {
    console.keys("q");
    console.until("the list", |screen| {
        !screen.contents().contains("Esc closes")
    });
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);
}

/// Pauses the batch that has just begun.
fn pause(console: &mut Pty) {
    console.until_contains("p pauses");
    console.keys("p");
    console.until_contains("Paused.");
    console.until_quiet(LOOK);
}

/// A console that has read its users knows of no interrupted batch.
fn offers_nothing(mut console: Pty, users: &str) {
    console.until_contains(users);
    console.until_quiet(LOOK);
    let screen = console.screen();
    assert!(!screen.contains("interrupted"), "{screen}");
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);
}

#[test]
fn five_hundred_deletions_killed_in_the_middle_are_finished_by_the_next_start() {
    kill_and_finish(&[]);
}

/// 429, 5xx, answers cut short, none at all.
#[test]
fn so_they_are_where_one_answer_in_fifty_fails() {
    kill_and_finish(&["--fault-rate", "0.02"]);
}

fn kill_and_finish(faults: &[&str]) {
    let usual = ["--users", "600", "--rate-limit", "0", "--latency", "10"];
    let server = Server::start(&[&usual, faults].concat());
    let data = tempfile::tempdir().unwrap();
    let before = everybody(&server);
    assert_eq!(before.len(), 600);

    let mut first = start(&server, &data);
    delete(&mut first, 600, 500);
    first.until("the middle", |screen| {
        done(&screen.contents(), 500).is_some_and(|done| done >= 100)
    });
    // SIGKILL: it can say and tidy nothing.
    drop(first);
    let left = everybody(&server);
    assert!((101..=500).contains(&left.len()), "{} are left", left.len());

    let mut second = start(&server, &data);
    second.until_contains("A batch was interrupted");
    second.until_contains("Delete 500: ");
    second.until_quiet(LOOK);
    second.keys("y");
    second.until_contains("500 deleted");
    assert_eq!(everybody(&server), before[500..]);
    leave(&mut second);

    offers_nothing(start(&server, &data), "100 users");
}

#[test]
fn a_second_console_leaves_the_running_batch_of_the_first_alone() {
    let server = Server::start(&["--users", "60", "--rate-limit", "0", "--latency", "500"]);
    let data = tempfile::tempdir().unwrap();
    let before = everybody(&server);
    let mut first = start(&server, &data);
    delete(&mut first, 60, 40);
    pause(&mut first);

    offers_nothing(start(&server, &data), " users ");

    first.keys("p");
    first.until_contains("40 deleted");
    assert_eq!(everybody(&server), before[40..]);
    leave(&mut first);
}

#[test]
fn q_pauses_a_batch_and_says_so_on_the_shells_screen() {
    let server = Server::start(&["--users", "60", "--rate-limit", "0", "--latency", "500"]);
    let data = tempfile::tempdir().unwrap();
    let mut first = start(&server, &data);
    delete(&mut first, 60, 40);
    pause(&mut first);
    first.keys("\x1b");
    first.until_contains("Paused: deleting");
    first.keys("q");
    assert_eq!(first.ends(DEADLINE), 0);
    first.until_contains("The next start offers the rest.");
}

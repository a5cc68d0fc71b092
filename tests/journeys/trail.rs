//! The audit trail around the changes of a console, and what the next one finds in it.

use std::{fs, path::Path, time::Duration};

use clerk_tui::{
    demo::{Fault, Options, Server},
    runtime::Reason,
    store::{Author, Ending, Event, Line, Trail},
};

use crossterm::event::KeyCode;

use crate::changes::{banning, leave_before_the_answer};
use crate::common::Journey;

fn author() -> Author {
    Author {
        operator: "ann@desk".to_owned(),
        host: "demo".to_owned(),
        instance: "demo".to_owned(),
    }
}

/// What each line tells: `ban intent`, `ban done`.
fn told(trail: &Trail) -> Vec<String> {
    let event = |line: &Line| match &line.event {
        Event::Intent { .. } => "intent".to_owned(),
        Event::Outcome { result, note, .. } if *result == Ending::ReadBack => {
            format!("{}: {}", result.word(), note.as_deref().unwrap_or_default())
        }
        Event::Outcome { result, .. } => result.word().to_owned(),
    };
    let lines = trail.read().unwrap().lines;
    let told = lines.iter();
    told.map(|line| format!("{} {}", line.change, event(line)))
        .collect()
}

/// Waits until so many lines were written: a thread of its own writes them.
async fn until_told(journey: &Journey, trail: &Trail, lines: usize) {
    let written = |_: &Server| told(trail).len() >= lines;
    journey.until_server("line in the trail", written).await;
}

async fn on_alice(trail: &Trail) -> Journey {
    let journey = Journey::start_recorded(Options::default(), (80, 24), trail.clone()).await;
    journey.find_alice().await;
    journey
}

async fn ban(journey: &Journey) {
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
}

#[tokio::test]
async fn a_change_stands_between_its_intent_and_its_outcome() {
    let trail = Trail::in_memory(author());
    let journey = on_alice(&trail).await;
    let hold = journey.server.switches().hold("/ban");
    ban(&journey).await;
    journey.until_server("ban", banning).await;
    assert_eq!(told(&trail), ["ban intent"]);
    drop(hold);
    journey.until_screen_contains("is banned.").await;
    assert_eq!(told(&trail), ["ban intent", "ban done"]);
}

#[tokio::test]
async fn a_profile_tells_what_was_done_from_here() {
    let journey = on_alice(&Trail::in_memory(author())).await;
    let opened = journey.press(KeyCode::Enter);
    opened.until_screen_contains("CAN SIGN IN").await;
    assert!(!journey.screen().contains("On this machine"));
    for (key, told) in [
        ("ban", "You banned them today"),
        ("unban", ", undid it today"),
    ] {
        let consent = format!("y {key}");
        journey.keys("B").until_screen_contains(&consent).await;
        journey.consent().await;
        journey.until_screen_contains(told).await;
    }
}

#[tokio::test]
async fn each_attempt_has_a_line_of_its_own() {
    let trail = Trail::in_memory(author());
    let journey = on_alice(&trail).await;
    let switches = journey.server.switches();
    switches.plan(2, "/ban", Fault::TooMany(Some(2)));
    ban(&journey).await;
    for again in 1..=2 {
        until_told(&journey, &trail, 1 + again).await;
        journey.later(Duration::from_secs(3)).await;
        let tries = |server: &Server| server.switches().writes().len() == 1 + again;
        journey.until_server("another try", tries).await;
    }
    until_told(&journey, &trail, 4).await;
    journey.until_screen_contains("is banned.").await;
    let lines = ["ban intent", "ban again", "ban again", "ban done"];
    assert_eq!(told(&trail), lines);
    assert_eq!(journey.writes().len(), 3, "as many as have ended");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent_again() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("data");
    let trail = Trail::open(&directory, author(), 1).unwrap();
    let journey = on_alice(&trail).await;
    let switches = journey.server.switches();
    switches.plan(1, "/ban", Fault::TooMany(Some(2)));
    let hold = switches.hold("/ban");
    ban(&journey).await;
    journey.until_server("ban", banning).await;
    fs::remove_dir_all(&directory).unwrap();
    drop(hold);
    journey
        .until_screen_contains("is not on record. The audit trail in")
        .await;
    journey.later(Duration::from_secs(10)).await;
    assert_eq!(journey.settled().await.writes().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("data");
    let trail = Trail::open(&directory, author(), 1).unwrap();
    let journey = on_alice(&trail).await;
    fs::remove_dir_all(&directory).unwrap();
    ban(&journey).await;
    journey
        .until_screen_contains("The ban was not done: The audit trail in")
        .await;
    assert_eq!(journey.settled().await.writes(), [""; 0]);
}

#[tokio::test]
async fn an_outcome_that_cannot_be_recorded_is_told_once() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("data");
    let trail = Trail::open(&directory, author(), 1).unwrap();
    let journey = on_alice(&trail).await;
    let hold = journey.server.switches().hold("/ban");
    ban(&journey).await;
    journey.until_server("ban", banning).await;
    fs::remove_dir_all(&directory).unwrap();
    drop(hold);
    journey
        .until_screen_contains("The end of a change is not on record.")
        .await;
    journey.until_screen_contains("x banned").await;
    assert_eq!(journey.writes(), ["POST /users/user_2abc123/ban"]);
}

/// A console bans Alice, and has to leave before the answer comes.
async fn left_too_early(directory: &Path) -> Vec<String> {
    let trail = Trail::open(directory, author(), 1).unwrap();
    let journey = on_alice(&trail).await;
    let _hold = journey.server.switches().hold("/ban");
    ban(&journey).await;
    journey.until_server("ban", banning).await;
    leave_before_the_answer(journey).await;
    told(&trail)
}

/// As a process of its own would: whatever is under way ends with it.
fn process<T>(run: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(run)
}

#[test]
fn a_change_without_an_answer_is_left_as_unknown_and_read_back_by_the_next_run() {
    let directory = tempfile::tempdir().unwrap();
    let told_then = process(left_too_early(directory.path()));
    assert_eq!(told_then, ["ban intent", "ban unknown"]);
    let trail = Trail::open(directory.path(), author(), 2).unwrap();
    process(async {
        let options = Options::default();
        let journey = Journey::start_recorded(options, (80, 24), trail.clone()).await;
        journey
            .until_screen_contains("Read back after the ban of user_2abc123: not banned.")
            .await;
        until_told(&journey, &trail, 3).await;
        assert_eq!(journey.writes(), [""; 0]);
    });
    assert_eq!(told(&trail)[2], "ban read back: not banned");
}

#[tokio::test]
async fn a_signal_lets_the_answer_come_onto_the_record() {
    let trail = Trail::in_memory(author());
    let journey = on_alice(&trail).await;
    let hold = journey.server.switches().hold("/ban");
    ban(&journey).await;
    journey.until_server("ban", banning).await;
    journey.signal(Reason::Signal(15));
    drop(hold);
    let (_, last_words, _) = journey.ends().await;
    assert_eq!(last_words, [""; 0]);
    assert_eq!(told(&trail), ["ban intent", "ban done"]);
}

//! Servers that are not quite Clerk.

use std::time::Duration;

use clerk_tui::demo::{Faults, Options, Quirk};
use crossterm::event::KeyCode;

use crate::common::{Journey, chosen};

fn with(quirks: &[Quirk], mut options: Options) -> Options {
    options.faults = Faults {
        quirks: quirks.to_vec(),
        ..Faults::default()
    };
    options
}

/// The main job, at a server with these quirks.
async fn main_job(quirks: &[Quirk]) -> Journey {
    let journey = Journey::start(with(quirks, Options::default()), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.search("alice").await;
    journey.until_screen_contains("5 found").await;
    journey.press(KeyCode::Enter);
    let screen = journey.screen();
    let line = chosen(&screen);
    // Times in seconds are times of this year, not of 1970.
    assert!(line.contains("Alice Chen") && line.contains("today") || line.contains("yest."));
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("CAN SIGN IN  with").await;
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_screen_contains("Alice Chen is banned.").await;
    journey
        .keys("s")
        .until_screen_contains("no active session")
        .await;
    journey.keys("a").until_screen_contains("Berlin DE").await;
    journey
        .keys("3")
        .until_screen_contains("40 organizations")
        .await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("› members of").await;
    journey.settled().await;
    assert!(journey.screen().contains('▌'), "{}", journey.screen());
    journey
}

#[tokio::test]
async fn wrapped_users_and_seconds_work() {
    main_job(&[Quirk::WrapUsers, Quirk::Seconds]).await;
}

#[tokio::test]
async fn charset_and_errors_without_trace_are_survived() {
    let journey = main_job(&[Quirk::Charset, Quirk::NoTrace]).await;
    let fault = clerk_tui::demo::Fault::Status(422);
    journey.keys("1").until_screen_contains("5 found").await;
    journey.settled().await;
    journey.server.switches().plan(1, "unban", fault);
    journey.keys("B").until_screen_contains("y unban").await;
    journey.consent().await;
    journey
        .until_screen_contains("The unban was not done:")
        .await;
}

#[tokio::test]
async fn short_rows_lose_nobody() {
    let options = Options {
        users: 700,
        ..Options::default()
    };
    let journey = Journey::start(with(&[Quirk::ShortRows], options), (80, 24)).await;
    journey.until_screen_contains("700 users").await;
    for _ in 0..4 {
        journey.walk_down().settled().await;
    }
    journey.keys("g");
    for _ in 0..700 {
        journey.keys("yij");
    }
    journey.settled().await;
    let mut ids = journey.copied();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 700);
}

#[tokio::test]
async fn an_ignored_cursor_ends_the_walk() {
    let options = with(&[Quirk::IgnoreCursor], Options::default());
    let journey = Journey::start(options, (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    for _ in 0..6 {
        journey.press(KeyCode::End).settled().await;
    }
    let requests = journey.server.switches().requests();
    let walked = requests
        .iter()
        .filter(|seen| seen.query.contains("starting_after"));
    // The first page has 100 rows, the next the same and more, and the one after nothing new.
    assert!(walked.count() <= 2, "it walks on and on");
}

#[tokio::test]
async fn sessions_are_walked_for_where_they_cannot_be_listed() {
    let options = Options {
        rate_limit: 0,
        ..Options::default()
    };
    let options = with(&[Quirk::RefuseAllSessions], options);
    let journey = Journey::start(options, (160, 45)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    let hold = journey.server.switches().hold("GET /sessions?user_id");
    journey.keys("2");
    journey
        .until_screen_contains("Clerk lists sessions only per person here. Read 0 of the 400")
        .await;
    journey.until_screen_contains("Esc stops.").await;
    drop(hold);
    journey.until_screen_contains("Read 400 of the 400").await;
    journey.until_screen_lacks("Esc stops.").await;
    journey.settled().await;
    let people: std::collections::HashSet<_> = journey
        .screen()
        .lines()
        .skip(3)
        .filter_map(|line| {
            line.split_whitespace()
                .find(|word| word.contains('@'))
                .map(str::to_owned)
        })
        .collect();
    assert!(people.len() > 10, "{}", journey.screen());
}

#[tokio::test]
async fn a_walk_is_stopped_by_esc() {
    let options = with(&[Quirk::RefuseAllSessions], Options::default());
    let journey = Journey::start(options, (160, 45)).await;
    journey.until_screen_contains("842 users").await;
    // Its share of the limit makes it wait before it is through.
    journey
        .keys("2")
        .until_screen_contains("Read 40 of the 400")
        .await;
    journey.press(KeyCode::Esc);
    journey
        .until_screen_contains("Stopped; r begins again.")
        .await;
    let before = journey.settled().await.server.switches().requests().len();
    journey.later(Duration::from_secs(30)).await;
    let requests = journey.settled().await.server.switches().requests();
    assert_eq!(requests[before..], []);
}

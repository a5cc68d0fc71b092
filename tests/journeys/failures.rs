//! What goes wrong is said, with the key that helps; and that key helps.

use std::time::Duration;

use clerk_tui::demo::{Fault, Faults, Options, Server};
use crossterm::event::KeyCode;

use crate::common::Journey;

#[tokio::test]
async fn a_server_that_is_down_at_the_start_is_found_when_it_is_back() {
    // Its port is free again once it has stopped.
    let server = Server::start(Options::default()).await.unwrap();
    let url = server.url().to_owned();
    server.stop().await;
    let journey = Journey::start_at(&url, Options::default(), (80, 24)).await;
    journey
        .until_screen_contains("No connection to Clerk.")
        .await;
    journey
        .until_screen_contains("Trying again; r tries now.")
        .await;
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    let options = Options {
        port,
        ..Options::default()
    };
    let _server = Server::start(options).await.unwrap();
    journey.keys("r").until_screen_contains("842 users").await;
    journey.until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn failed_lists_say_why_and_r_recovers() {
    for (fault, text) in [
        (Fault::Status(500), "Clerk has trouble (500)."),
        (Fault::Html(500), "Clerk has trouble (500)."),
        (Fault::Html(200), "This does not look like Clerk's answer."),
        (Fault::Nonsense, "This does not look like Clerk's answer."),
        (Fault::Status(401), "Clerk does not accept this key."),
        (Fault::Status(404), "r tries again."),
        (Fault::Status(422), "r tries again."),
    ] {
        let faults = Faults {
            planned: vec![(1, "GET /users?".to_owned(), fault)],
            ..Faults::default()
        };
        let options = Options {
            faults,
            ..Options::default()
        };
        let journey = Journey::start(options, (120, 30)).await;
        journey.until_screen_contains(text).await;
        let plain = |screen: &str| {
            screen
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace("│ ", "")
        };
        journey
            .until("the key", |screen| {
                let screen = plain(screen);
                screen.contains("r tries again.") || screen.contains("r reads the key again.")
            })
            .await;
        journey.keys("r").until_screen_contains("Alice Chen").await;
        journey.until_screen_lacks(text).await;
    }
}

#[tokio::test]
async fn a_cut_answer_is_asked_for_again() {
    let options = Options {
        faults: Faults {
            planned: vec![(1, "GET /users?".to_owned(), Fault::Truncate)],
            ..Faults::default()
        },
        ..Options::default()
    };
    let journey = Journey::start(options, (80, 24)).await;
    journey.settled().await;
    journey.later(Duration::from_secs(2)).await;
    journey.until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn what_was_read_stays_when_reading_on_fails() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    journey
        .server
        .switches()
        .plan(1, "starting_after", Fault::Status(500));
    journey
        .walk_down()
        .until_screen_contains("What you see is")
        .await;
    assert!(journey.screen().contains('▌'));
    journey
        .keys("r")
        .until_screen_lacks("What you see is")
        .await;
}

/// A console with Alice's profile on it.
async fn profile(options: Options) -> Journey {
    let journey = Journey::start(options, (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.search("alice").await;
    journey.until_screen_contains("5 found").await;
    journey.press(KeyCode::Enter).press(KeyCode::Enter);
    journey.until_screen_contains("CAN SIGN IN  with").await;
    journey.settled().await;
    journey
}

const BAN: &str = "POST /users/user_2abc123/ban";

#[tokio::test]
async fn a_ban_whose_answer_is_lost_is_read_back_and_was_done_once() {
    let journey = profile(Options::default()).await;
    journey.server.switches().plan(1, "/ban", Fault::DropAfter);
    journey.keys("B").until_screen_contains("y ban").await;
    let hold = journey.server.switches().hold("GET /users/user_2abc123");
    journey.consent().await;
    journey
        .until_screen_contains("No answer to the ban. Reading Alice Chen again…")
        .await;
    drop(hold);
    journey.until_screen_contains("Alice Chen is banned.").await;
    journey
        .until_screen_contains("CANNOT SIGN IN  banned")
        .await;
    assert_eq!(journey.writes(), [BAN]);
}

#[tokio::test]
async fn a_ban_that_never_arrived_is_said_not_to_have_happened() {
    let journey = profile(Options::default()).await;
    journey.server.switches().plan(1, "/ban", Fault::DropBefore);
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey
        .until_screen_contains("No answer to the ban, and it did not happen.")
        .await;
    journey.until_screen_contains("CAN SIGN IN  with").await;
    assert_eq!(journey.writes(), [BAN]);
    // And now it does.
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_screen_contains("Alice Chen is banned.").await;
}

#[tokio::test]
async fn a_refused_ban_says_clerks_own_words() {
    let journey = profile(Options::default()).await;
    journey
        .server
        .switches()
        .plan(1, "/ban", Fault::Status(402));
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_screen_contains("The ban was not done:").await;
    assert_eq!(journey.writes(), [BAN]);
}

#[tokio::test]
async fn a_bug_in_a_worker_is_said_and_lived_through() {
    let journey = profile(Options::default()).await;
    journey.keys("1").until_screen_contains("5 found").await;
    journey.break_next().keys("r");
    journey
        .until_screen_contains("A part of this console failed: ")
        .await;
    journey.until_screen_contains("r tries again.").await;
    journey
        .keys("r")
        .until_screen_lacks("A part of this console failed: ")
        .await;
    assert!(journey.screen().contains("Alice Chen"));
    // A write that breaks may have been sent: it is read back.
    journey
        .settled()
        .await
        .keys("B")
        .until_screen_contains("y ban")
        .await;
    journey.settled().await.break_next();
    journey.consent().await;
    journey
        .until_screen_contains("No answer to the ban, and it did not happen.")
        .await;
    assert_eq!(journey.writes(), [""; 0]);
}

//! Answers in the wrong order: whatever arrives, the person meant is the one
//! under the cursor of the last frame drawn before the key.

use std::time::Duration;

use clerk_tui::demo::{Options, Seen, Server};
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::json;
use tokio::task::yield_now;

use crate::common::{Journey, chosen};

/// Long enough for typing to count as rested.
const REST: Duration = Duration::from_millis(200);

/// Nothing here is about the limit.
fn unlimited() -> Options {
    Options {
        rate_limit: 0,
        ..Options::default()
    }
}

/// First and last name of the person under the cursor.
fn name(screen: &str) -> String {
    let words = chosen(screen).split_whitespace();
    words.skip(1).take(2).collect::<Vec<_>>().join(" ")
}

async fn five_alices() -> Journey {
    let journey = Journey::start(unlimited(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.search("alice").await;
    journey.until_screen_contains("5 found").await;
    journey.press(KeyCode::Enter);
    journey
}

/// Somebody signs up who comes first in every list of Alices.
async fn another_alice(journey: &Journey, n: usize) {
    let body = json!({
        "first_name": "Alice", "last_name": format!("Newest{n}"),
        "email_address": [format!("alice.newest{n}@example.com")],
        "skip_password_requirement": true,
    });
    let (status, answer) = journey.elsewhere(Method::POST, "/users", Some(body)).await;
    assert_eq!(status, 200, "{answer}");
}

/// What is typed without a pause behind a refused change is no command.
const PAUSE: Duration = Duration::from_millis(300);

#[tokio::test]
async fn an_older_search_answered_later_is_never_shown() {
    let journey = Journey::start(unlimited(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.until_screen_contains("Alice Chen").await;
    let al = journey.server.switches().hold("query=al&");
    let alice = journey.server.switches().hold("query=alice&");
    journey.search("al").await;
    let asked = |text: &'static str| {
        move |server: &Server| {
            let requests = server.switches().requests();
            requests.iter().any(|seen| seen.query.contains(text))
        }
    };
    journey
        .until_server("search for al", asked("query=al&"))
        .await;
    journey.keys("ice").until_screen_contains("/ alice").await;
    journey.later(REST).await;
    journey
        .until_server("search for alice", asked("query=alice&"))
        .await;
    // Nothing may be changed while the rows do not answer the box.
    journey.press(KeyCode::Enter).keys("B");
    journey
        .until_screen_contains("Still searching. One moment.")
        .await;

    drop(alice);
    journey.until_screen_contains("5 found").await;
    let rows = journey.screen();
    drop(al);
    // Whatever was answered before this is drawn before this.
    journey.later(PAUSE).await;
    journey.keys("r").later(REST).await;
    let again = |server: &Server| {
        let requests = server.switches().requests();
        let same = |seen: &&Seen| seen.query.contains("query=alice&") && seen.status == Some(200);
        requests.iter().filter(same).count() == 2
    };
    journey.until_server("the same search again", again).await;
    journey.later(Duration::from_secs(9)).await;
    journey.until_screen_lacks("Still searching").await;
    // Names and addresses alone: a lock that is read later ends later here, since
    // the server's clock stands still meanwhile.
    let people = |screen: &str| {
        let rows = screen.lines().skip(2).take(9);
        rows.map(|row| row.chars().take(50).collect())
            .collect::<Vec<String>>()
    };
    assert_eq!(people(&journey.screen()), people(&rows));
    assert_eq!(journey.writes(), [""; 0]);
}

#[tokio::test]
async fn a_ban_concerns_the_person_of_the_last_frame_whatever_arrives() {
    let journey = five_alices().await;
    for n in 0..24 {
        // The rows are read again, and somebody new will push them down.
        let rows = journey.server.switches().hold("GET /users?");
        let counts = journey.server.switches().hold("GET /users/count");
        journey.keys("r");
        another_alice(&journey, n).await;
        let before = journey.frames();
        drop((rows, counts));
        // The answer arrives some time around the key.
        for _ in 0..n * 3 {
            yield_now().await;
        }
        let seen = name(&journey.screen());
        journey.keys(if n % 2 == 0 { "B" } else { "D" });
        journey.until_screen_contains("┌").await;
        let screen = journey.screen();
        let title = screen.lines().find(|line| line.contains('┌')).unwrap();
        assert!(title.contains(&seen), "{n}: {seen} was seen:\n{screen}");
        journey.press(KeyCode::Esc);
        journey.until_screen_lacks("┌").await;
        journey.settled().await;
        assert!(journey.frames() > before);
    }
    let writes = journey.server.switches().writes();
    assert!(writes.iter().all(|seen| seen.path == "/users"));
}

#[tokio::test]
async fn enter_opens_the_person_of_the_last_frame_whatever_arrives() {
    let journey = five_alices().await;
    journey.keys("jj");
    for n in 0..16 {
        journey.settled().await;
        // Whoever stood under the cursor is gone when the rows come again.
        let (_, found) = journey
            .elsewhere(Method::GET, "/users?query=alice&limit=100", None)
            .await;
        let seen = name(&journey.screen());
        let gone = found.as_array().unwrap().iter().find(|user| {
            format!(
                "{} {}",
                user["first_name"].as_str().unwrap(),
                user["last_name"].as_str().unwrap()
            ) == seen
        });
        let id = gone.unwrap()["id"].as_str().unwrap().to_owned();
        another_alice(&journey, n).await;
        let rows = journey.server.switches().hold("GET /users?");
        journey.keys("r");
        let asked = |server: &Server| {
            server
                .switches()
                .requests()
                .iter()
                .any(|seen| seen.status.is_none())
        };
        journey.until_server("request", asked).await;
        journey
            .elsewhere(Method::DELETE, &format!("/users/{id}"), None)
            .await;
        drop(rows);
        for _ in 0..n * 4 {
            yield_now().await;
        }
        let seen = name(&journey.screen());
        journey.press(KeyCode::Enter);
        journey.until_screen_contains(" › ").await;
        let opened = journey.screen();
        let there = opened.lines().next().unwrap().contains(&seen) || opened.contains("no longer");
        assert!(there, "{n}: {seen} was seen:\n{opened}");
        journey.settled().await;
        journey.keys("1");
        journey.until_screen_lacks(" › ").await;
    }
}

//! Many at once, over real HTTP.

use std::time::Duration;

use clerk_tui::demo::{Fault, Options, Server};
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::{Value, json};

use crate::common::Journey;

/// A console whose server lets everything through, with its first rows there.
async fn start() -> Journey {
    let options = Options {
        rate_limit: 0,
        ..Options::default()
    };
    let journey = Journey::start(options, (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    journey
}

/// The ids in the first so many rows.
fn first_rows(server: &Server, count: usize) -> Vec<String> {
    let everybody = server.everybody();
    everybody.into_iter().rev().take(count).collect()
}

/// Marks the first so many rows, one by one, and sees them marked.
async fn mark(journey: &Journey, count: usize) {
    let mut marked = 0;
    while marked < count {
        // Not faster than rows are read on.
        let some = (count - marked).min(10);
        journey.keys(&" ".repeat(some));
        marked += some;
        let text = format!(" {marked} marked");
        journey.until_screen_contains(&text).await;
        journey.settled().await;
    }
}

/// Types the number, looks at it, and consents.
async fn consent(journey: &Journey, number: usize) {
    journey
        .until_screen_contains(&format!("Type {number} >"))
        .await;
    journey.keys(&number.to_string());
    journey
        .until_screen_contains(&format!("Type {number} > {number}"))
        .await;
    journey
        .later(Duration::from_millis(300))
        .await
        .press(KeyCode::Enter);
}

/// Lets time pass until the screen shows this.
async fn in_the_end(journey: &Journey, text: &str) {
    for _ in 0..600 {
        // A request that was cut off has no answer that could be waited for.
        for _ in 0..500 {
            tokio::task::yield_now().await;
        }
        if journey.screen().contains(text) {
            return;
        }
        journey.later(Duration::from_millis(100)).await;
    }
    panic!("no {text}:\n{}", journey.screen());
}

async fn is_banned(journey: &Journey, id: &str) -> bool {
    let (_, user) = journey
        .elsewhere(Method::GET, &format!("/users/{id}"), None)
        .await;
    user["banned"] == Value::Bool(true)
}

#[tokio::test]
async fn a_ban_of_120_of_whom_two_are_left_out() {
    let journey = start().await;
    let ids = first_rows(&journey.server, 120);
    for (verb, some) in [
        ("unban", &ids[..50]),
        ("unban", &ids[50..100]),
        ("unban", &ids[100..]),
        ("ban", &ids[7..9]),
    ] {
        let body = Some(json!({"user_ids": some}));
        let (status, _) = journey
            .elsewhere(Method::POST, &format!("/users/{verb}"), body)
            .await;
        assert_eq!(status, 200);
    }
    mark(&journey, 120).await;
    journey.server.switches().clear_log();
    journey
        .keys("B")
        .until_screen_contains("Ban 118 of 120 marked")
        .await;
    journey
        .until_screen_contains("Left out: 2 already banned (Tab)")
        .await;
    journey.until_screen_contains("3 requests").await;
    assert_eq!(journey.writes(), [""; 0], "a dry run changes nothing");
    consent(&journey, 118).await;
    in_the_end(&journey, "118 banned · 2 left out").await;
    assert_eq!(journey.writes(), ["POST /users/ban"; 3]);
    for id in &ids {
        assert!(is_banned(&journey, id).await, "{id}");
    }
    assert!(!is_banned(&journey, &first_rows(&journey.server, 121)[120]).await);
}

#[tokio::test]
async fn a_deletion_of_60_goes_through_limits_and_failures_and_hits_nobody_else() {
    let journey = start().await;
    let mut ids = first_rows(&journey.server, 60);
    mark(&journey, 60).await;
    let switches = journey.server.switches();
    for (times, fault) in [
        (3, Fault::TooMany(Some(1))),
        (3, Fault::Status(500)),
        (2, Fault::Html(502)),
        (2, Fault::DropAfter),
        (2, Fault::DropBefore),
        (2, Fault::Truncate),
        (2, Fault::Nonsense),
        (2, Fault::TooMany(None)),
    ] {
        switches.plan(times, "DELETE", fault);
    }
    journey
        .keys("D")
        .until_screen_contains("This cannot be undone.")
        .await;
    consent(&journey, 60).await;
    in_the_end(&journey, "60 deleted").await;
    let mut deaths = journey.server.deaths();
    deaths.sort();
    ids.sort();
    assert_eq!(deaths, ids);
    journey.press(KeyCode::Esc);
    journey.until_screen_contains("782 users").await;
}

#[tokio::test]
async fn a_refused_call_is_halved_until_the_culprits_stand_alone() {
    let journey = start().await;
    let ids = first_rows(&journey.server, 50);
    let body = Some(json!({"user_ids": ids}));
    journey.elsewhere(Method::POST, "/users/unban", body).await;
    mark(&journey, 50).await;
    journey
        .keys("B")
        .until_screen_contains("Ban 50 of 50 marked")
        .await;
    // Between the dry run and the consent a colleague deletes two of them.
    for gone in [&ids[3], &ids[40]] {
        journey
            .elsewhere(Method::DELETE, &format!("/users/{gone}"), None)
            .await;
    }
    consent(&journey, 50).await;
    in_the_end(&journey, "48 banned · 2 gone").await;
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(is_banned(&journey, id).await, n != 3 && n != 40, "{n}");
    }
}

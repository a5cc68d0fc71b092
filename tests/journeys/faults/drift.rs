//! Answers that are not quite what they were: fields, totals, cursors, copies.

use clerk_tui::demo::{Options, Quirk};
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::{Value, json};

use super::proxy::{Fault, answer};
use super::{through_a_proxy, unlimited};
use crate::common::Journey;

/// A page that Clerk has never sent so far.
fn strange_page() -> Value {
    json!([
        {"id": "user_future", "object": "user", "first_name": "Future", "last_name": "Fields",
         "email_addresses": [{"id": "idn_1", "email_address": "future@example.com",
             "verification": {"status": "pondered", "strategy": "telepathy"}, "linked_to": null}],
         "primary_email_address_id": "idn_1", "a_new_field": {"deep": [1, 2, {"er": null}]},
         "created_at": 1_700_000_000_000_i64},
        {"id": "user_nulls", "object": null, "first_name": null, "last_name": null,
         "email_addresses": null, "phone_numbers": null, "banned": null, "locked": null,
         "created_at": null, "public_metadata": null},
        {"id": "user_bare"},
        {"id": "user_types", "first_name": 7, "banned": "perhaps", "email_addresses": "many",
         "created_at": "yesterday"},
        "no user at all",
        {"id": "user_last", "first_name": "Last", "last_name": "Row"},
    ])
}

#[tokio::test]
async fn fields_that_are_new_missing_null_or_of_another_type_hide_no_row() {
    let (journey, proxy) = through_a_proxy().await;
    let page = strange_page().to_string();
    proxy.plan(1, "GET /v1/users?", answer(200, "", page.as_bytes()));
    journey
        .keys("r")
        .until_screen_contains("Future Fields")
        .await;
    journey.settled().await;
    let screen = journey.screen();
    assert!(screen.contains("Last Row"), "{screen}");
    assert_eq!(screen.matches("(no name)").count(), 3, "{screen}");
    assert_eq!(screen.matches("# unreadable").count(), 1, "{screen}");
    for _ in 0..7 {
        journey.keys("yij");
    }
    journey.settled().await;
    let copied = journey.copied();
    for id in ["future", "nulls", "bare", "types", "last"] {
        assert!(copied.contains(&format!("user_{id}")), "{id}: {copied:?}");
    }
    journey.keys("r").until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn an_answer_that_comes_twice_counts_once() {
    let (journey, proxy) = through_a_proxy().await;
    let page = json!([{"id": "user_1", "first_name": "Once", "last_name": "Only"}]).to_string();
    let Fault::Answer(once) = answer(200, "", page.as_bytes()) else {
        unreachable!()
    };
    let twice = once.repeat(2);
    proxy.plan(1, "GET /v1/users?", Fault::Answer(twice));
    journey.keys("r").until_screen_contains("Once Only").await;
    journey.settled().await;
    assert_eq!(journey.screen().matches("Once Only").count(), 1);
    journey.keys("r").until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn a_total_that_changes_is_told_and_nobody_is_shown_twice() {
    let journey = Journey::start(unlimited(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    // Whoever signs up pushes all rows down by one between two pages.
    let body = json!({
        "first_name": "Newest", "last_name": "One", "email_address": ["newest@example.com"],
        "skip_password_requirement": true,
    });
    let (status, _) = journey.elsewhere(Method::POST, "/users", Some(body)).await;
    assert_eq!(status, 200);
    for _ in 0..4 {
        journey.walk_down().settled().await;
    }
    journey.press(KeyCode::Home);
    assert_eq!(each_once(&journey, 842).await, 842);
    journey.keys("r").until_screen_contains("843 users").await;
}

#[tokio::test]
async fn a_page_goes_on_behind_somebody_who_was_deleted_meanwhile() {
    for refuses in [false, true] {
        let options = Options {
            users: 300,
            ..unlimited()
        };
        let journey = Journey::start(options, (80, 24)).await;
        journey.until_screen_contains("300 users").await;
        journey.settled().await;
        let switches = journey.server.switches();
        switches.set(Quirk::RefuseDeletedCursor, refuses);
        let first = "/users?limit=100&order_by=-created_at";
        let (_, page) = journey.elsewhere(Method::GET, first, None).await;
        let last = page[99]["id"].as_str().unwrap().to_owned();
        let path = format!("/users/{last}");
        journey.elsewhere(Method::DELETE, &path, None).await;
        for _ in 0..4 {
            journey.walk_down().settled().await;
        }
        journey.press(KeyCode::Home);
        // Whoever was deleted stands there until somebody looks again.
        assert_eq!(each_once(&journey, 300).await, 300, "refuses: {refuses}");
        journey.keys("r").until_screen_contains("299 users").await;
        journey.settled().await;
    }
}

/// How many different people stand in the list, of so many rows.
async fn each_once(journey: &Journey, rows: usize) -> usize {
    for _ in 0..rows {
        journey.keys("yij");
    }
    journey.settled().await;
    let mut ids = journey.copied();
    ids.sort();
    ids.dedup();
    ids.len()
}

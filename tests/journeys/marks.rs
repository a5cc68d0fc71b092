//! Everybody whom a search matches is marked: as many as the server has.

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::json;

use crate::common::Journey;

/// How many the server finds.
async fn count(journey: &Journey, query: &str) -> u64 {
    let path = format!("/users/count?{query}");
    let (status, body) = journey.elsewhere(Method::GET, &path, None).await;
    assert_eq!(status, 200, "{body}");
    body["total_count"].as_u64().unwrap()
}

#[tokio::test]
async fn all_who_match_a_search_are_marked_and_nobody_joins_later() {
    let options = Options {
        users: 6_000,
        rate_limit: 0,
        ..Options::default()
    };
    let journey = Journey::start(options, (80, 24)).await;
    journey.until_screen_contains("6,000 users").await;
    journey.keys("/example").press(KeyCode::Enter);
    journey.until_screen_contains(" found").await;
    journey.settled().await;
    let found = count(&journey, "query=example").await;
    assert!(found > 500, "more than a page: {found}");
    let marked = format!("{},{:03} marked · u unmarks", found / 1_000, found % 1_000);
    journey.keys("*");
    journey.until_screen_contains(&marked).await;
    let new = json!({ "email_address": ["late@example.com"] });
    let (status, _) = journey.elsewhere(Method::POST, "/users", Some(new)).await;
    assert_eq!(status, 200);
    assert_eq!(count(&journey, "query=example").await, found + 1);
    journey.keys("r").settled().await.keys("g");
    journey.until_screen_contains("late@example.com").await;
    journey.until_screen_contains(&marked).await;
    journey.press(KeyCode::Esc).settled().await;
    journey.until_screen_contains("6,001 users").await;
}

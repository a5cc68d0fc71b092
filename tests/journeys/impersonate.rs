//! Signing in as somebody, from the search to the link and back.

use std::time::Duration;

use clerk_tui::demo::{Options, Quirk};
use crossterm::event::KeyCode;
use serde_json::{Value, json};

use crate::common::Journey;

/// The reason in the dialog about Alice Chen, not confirmed yet.
async fn with_reason() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    journey
        .keys("I")
        .until_screen_contains("Enter impersonates")
        .await;
    journey
        .keys("card test #4812")
        .until_screen_contains("#4812")
        .await;
    journey.later(Duration::from_millis(100)).await;
    journey
}

#[tokio::test]
async fn a_link_is_made_opened_and_revoked() {
    let journey = with_reason().await;
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("Signs you in as Alice Chen, once, until")
        .await;
    let writes = journey.server.switches().writes();
    assert_eq!(writes.len(), 1);
    let body: Value = serde_json::from_str(&writes[0].body).unwrap();
    assert_eq!(writes[0].path, "/actor_tokens");
    assert_eq!(
        body,
        json!({
            "user_id": "user_2abc123",
            "actor": { "sub": "ann@desk" },
            "expires_in_seconds": 300,
            "session_max_duration_in_seconds": 1800,
        })
    );
    let copied = journey.copied().pop().unwrap();
    assert!(
        copied.starts_with("https://accounts.demo.example/"),
        "{copied}"
    );
    journey.later(Duration::from_millis(250)).await.keys("w");
    journey
        .until_screen_contains("Opening it in the browser")
        .await;
    assert_eq!(journey.browsed(), [copied]);
    journey.press(KeyCode::Esc);
    journey.until_screen_lacks("Signs you in").await;
    journey.keys(":").until_screen_contains("Commands").await;
    journey.keys("tokens made").press(KeyCode::Enter);
    journey.until_screen_contains("impersonation").await;
    journey.keys("R").until_screen_contains("y revoke").await;
    journey.consent().await;
    journey.until_screen_contains("lost that link").await;
    let writes = journey.writes();
    assert!(
        writes[1].starts_with("POST /actor_tokens/act_"),
        "{writes:?}"
    );
    assert!(writes[1].ends_with("/revoke"), "{writes:?}");
}

#[tokio::test]
async fn a_spent_quota_is_explained_and_nothing_is_made() {
    let journey = with_reason().await;
    let switches = journey.server.switches();
    switches.set(Quirk::ImpersonationSpent, true);
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("No link was made: the plan of this instance")
        .await;
    journey
        .until_screen_contains("Wait for the next billing")
        .await;
    assert!(journey.screen().contains("(5/5)"), "{}", journey.screen());
    assert!(journey.copied().is_empty());
}

//! New users and invitations, against the demo server.

use std::time::Duration;

use clerk_tui::demo::{Fault, Options};
use crossterm::event::{KeyCode, KeyModifiers};
use reqwest::Method;
use serde_json::{Value, json};

use crate::common::Journey;

async fn start() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    journey
}

/// Types into rows, one after the other.
fn fill(journey: &Journey, rows: &[&str]) {
    for row in rows {
        journey.keys(row).press(KeyCode::Tab);
    }
}

/// The review is confirmed.
async fn consent(journey: &Journey, verb: &str) {
    journey.press(KeyCode::Enter);
    journey.until_screen_contains(&format!("y {verb}")).await;
    journey.consent().await;
}

/// The body of the last write.
fn body(journey: &Journey) -> Value {
    let writes = journey.server.switches().writes();
    serde_json::from_str(&writes.last().unwrap().body).unwrap()
}

/// The invitations of an address, of any state but revoked.
async fn invitations(journey: &Journey, email: &str) -> Value {
    let path = format!("/invitations?query={email}");
    journey.elsewhere(Method::GET, &path, None).await.1
}

#[tokio::test]
async fn a_user_is_made_and_shown() {
    let journey = start().await;
    journey.keys("Nu").until_screen_contains("New user").await;
    fill(
        &journey,
        &["ada@example.org", "", "Ada", "Byron", "", "correct horse"],
    );
    consent(&journey, "create").await;
    journey
        .until_screen_contains("Ada Byron was created.")
        .await;
    journey.until_screen_contains("Users › Ada Byron").await;
    assert_eq!(
        body(&journey),
        json!({
            "email_address": ["ada@example.org"],
            "first_name": "Ada",
            "last_name": "Byron",
            "password": "correct horse",
        })
    );
    journey.settled().await.press(KeyCode::Esc);
    journey.until_screen_contains("843 users").await;
    journey.until_screen_contains("Ada Byron").await;
}

#[tokio::test]
async fn what_clerk_refuses_stands_in_its_row_and_can_be_mended() {
    let journey = start().await;
    journey.keys("Nu").until_screen_contains("New user").await;
    fill(&journey, &["ada@example.org", "", "", "", "", "short"]);
    consent(&journey, "create").await;
    journey.until_screen_contains("! Passwords must be").await;
    journey.keys("er and longer");
    consent(&journey, "create").await;
    journey
        .until_screen_contains("ada@example.org was created.")
        .await;
    assert_eq!(body(&journey)["password"], "shorter and longer");
}

#[tokio::test]
async fn who_has_an_address_already_is_looked_for() {
    let journey = start().await;
    journey.keys("Nu").until_screen_contains("New user").await;
    journey.keys("alice@example.com");
    consent(&journey, "create").await;
    journey.until_screen_contains("F3 looks for").await;
    journey.press(KeyCode::F(3));
    journey.until_screen_contains("1 found").await;
    journey.until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn a_creation_without_an_answer_is_looked_for_and_not_repeated() {
    let journey = start().await;
    journey.keys("Nu").until_screen_contains("New user").await;
    journey.keys("ada@example.org");
    let lost = Fault::Status(502);
    journey.server.switches().plan(1, "POST", lost);
    consent(&journey, "create").await;
    journey
        .until_screen_contains("and it did not happen.")
        .await;
    assert_eq!(journey.writes(), ["POST /users"]);
    consent(&journey, "create").await;
    journey
        .until_screen_contains("ada@example.org was created.")
        .await;
}

#[tokio::test]
async fn an_invitation_is_sent_listed_and_revoked() {
    let journey = start().await;
    journey.keys("Ni").until_screen_contains("Invite").await;
    journey.keys("ada@example.org").press(KeyCode::Tab);
    journey.press_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    journey.keys("7");
    consent(&journey, "invite").await;
    journey
        .until_screen_contains("ada@example.org is invited.")
        .await;
    assert_eq!(
        body(&journey),
        json!({"email_address": "ada@example.org", "expires_in_days": 7, "notify": true})
    );
    journey.keys("Nl").until_screen_contains("5 pending").await;
    journey.settled().await.keys("yl");
    journey
        .until_screen_contains("Copied the link of ada@example.org")
        .await;
    let url = invitations(&journey, "ada@example.org").await[0]["url"].clone();
    assert_eq!(journey.copied(), [url.as_str().unwrap()]);
    journey.settled().await.keys("R");
    journey.until_screen_contains("y revoke").await;
    journey.consent().await;
    journey
        .until_screen_contains("ada@example.org is not invited any more.")
        .await;
    journey.until_screen_contains("4 pending").await;
    assert_eq!(invitations(&journey, "ada@example.org").await, json!([]));
}

#[tokio::test]
async fn an_address_invited_already_is_refused_kindly() {
    let journey = start().await;
    journey.keys("Ni").until_screen_contains("Invite").await;
    journey.keys("ada@brightpath.example");
    consent(&journey, "invite").await;
    journey
        .until_screen_contains("F3 lists the invitations.")
        .await;
    journey.press(KeyCode::F(3));
    journey.until_screen_contains("4 pending").await;
}

#[tokio::test]
async fn an_invitation_that_a_colleague_revoked_is_not_revoked_again() {
    let journey = start().await;
    journey.keys("Nl").until_screen_contains("4 pending").await;
    journey.settled().await;
    let found = invitations(&journey, "ada@brightpath.example").await;
    let path = format!("/invitations/{}/revoke", found[0]["id"].as_str().unwrap());
    journey.elsewhere(Method::POST, &path, None).await;
    journey.keys("R");
    journey
        .until_screen_contains("It was revoked by somebody else meanwhile.")
        .await;
    journey.later(Duration::from_secs(1)).await.keys("y");
    assert_eq!(journey.settled().await.writes(), [format!("POST {path}")]);
}

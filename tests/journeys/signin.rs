//! Locking, signing out, and the ways to sign in.

use std::time::Duration;

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;
use reqwest::Method;

use crate::common::Journey;

const ALICE: &str = "/users/user_2abc123";

/// The profile of Alice Chen.
async fn profile() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    journey
}

#[tokio::test]
async fn a_lock_and_its_end() {
    let journey = profile().await;
    journey.keys("L").until_screen_contains("y lock").await;
    journey.consent().await;
    journey.until_screen_contains("Alice Chen is locked.").await;
    let (_, user) = journey.elsewhere(Method::GET, ALICE, None).await;
    assert_eq!(user["locked"], true);
    journey.settled().await;
    journey.keys("L").until_screen_contains("y unlock").await;
    journey.consent().await;
    journey
        .until_screen_contains("Alice Chen is unlocked.")
        .await;
    let (_, user) = journey.elsewhere(Method::GET, ALICE, None).await;
    assert_eq!(user["locked"], false);
}

#[tokio::test]
async fn a_lock_that_a_colleague_did_first_is_not_sent_and_does_not_unlock() {
    let journey = profile().await;
    let lock = format!("{ALICE}/lock");
    journey.elsewhere(Method::POST, &lock, None).await;
    journey.keys("L");
    journey
        .until_screen_contains("was locked by somebody else meanwhile")
        .await;
    journey.later(Duration::from_secs(1)).await.keys("y");
    assert_eq!(journey.settled().await.writes(), [format!("POST {lock}")]);
}

async fn user(journey: &Journey) -> serde_json::Value {
    journey.elsewhere(Method::GET, ALICE, None).await.1
}

/// Names Alice in a typed dialog, and lets it be done.
async fn name_her(journey: &Journey) {
    journey
        .keys("abc123")
        .until_screen_contains("> abc123")
        .await;
    journey.later(Duration::from_millis(200)).await;
    journey.press(KeyCode::Enter);
}

#[tokio::test]
async fn all_sessions_are_revoked() {
    let journey = profile().await;
    journey.keys("Ra").until_screen_contains("y sign out").await;
    journey.consent().await;
    journey.until_screen_contains("Alice Chen lost").await;
    let writes = journey.settled().await.writes();
    assert!(writes.len() > 1, "{writes:?}");
    assert!(writes.iter().all(|write| write.ends_with("/revoke")));
    let live = "/sessions?user_id=user_2abc123&status=active";
    let (_, left) = journey.elsewhere(Method::GET, live, None).await;
    assert_eq!(left.as_array().map(Vec::len), Some(0), "{left}");
}

#[tokio::test]
async fn mfa_is_reset() {
    let journey = profile().await;
    journey
        .keys("Pm")
        .until_screen_contains("Enter resets")
        .await;
    name_her(&journey).await;
    journey
        .until_screen_contains("Alice Chen lost the second factor.")
        .await;
    assert_eq!(user(&journey).await["two_factor_enabled"], false);
    assert_eq!(
        journey.settled().await.writes(),
        [format!("DELETE {ALICE}/mfa")]
    );
}

#[tokio::test]
async fn a_compromised_password_ends_all_sessions() {
    let journey = profile().await;
    journey.keys("Pc").until_screen_contains("y mark").await;
    journey.consent().await;
    journey
        .until_screen_contains("has to choose a new password.")
        .await;
    let live = "/sessions?user_id=user_2abc123&status=active";
    let (_, left) = journey.elsewhere(Method::GET, live, None).await;
    assert_eq!(left.as_array().map(Vec::len), Some(0), "{left}");
}

#[tokio::test]
async fn a_password_is_removed() {
    let journey = profile().await;
    journey.keys("Pp").until_screen_contains("remove the").await;
    journey.keys("j").press(KeyCode::Enter);
    journey.until_screen_contains("Enter removes").await;
    name_her(&journey).await;
    journey.until_screen_contains("has no password now.").await;
    assert_eq!(user(&journey).await["password_enabled"], false);
}

#[tokio::test]
async fn a_password_is_set_and_signs_out_elsewhere() {
    let journey = profile().await;
    journey.keys("Pp").until_screen_contains("set a new").await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("once more").await;
    journey.keys("correct-horse-9").press(KeyCode::Tab);
    journey.keys("correct-horse-9").press(KeyCode::Enter);
    journey.until_screen_contains("y set").await;
    assert!(!journey.screen().contains("correct-horse"));
    journey.consent().await;
    journey.until_screen_contains("has the new password.").await;
    let requests = journey.server.switches().writes();
    let body: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!(body["password"], "correct-horse-9");
    assert_eq!(body["sign_out_of_other_sessions"], true);
    assert_ne!(body["skip_password_checks"], true);
}

#[tokio::test]
async fn a_linked_account_is_removed() {
    let journey = profile().await;
    let before = user(&journey).await["external_accounts"].clone();
    journey
        .keys("Pk")
        .until_screen_contains("Enter chooses")
        .await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("Enter removes").await;
    name_her(&journey).await;
    journey.until_screen_contains("lost that way in.").await;
    let after = user(&journey).await["external_accounts"].clone();
    let count = |all: &serde_json::Value| all.as_array().map(Vec::len);
    assert_eq!(count(&after), count(&before).map(|n| n - 1), "{before}");
}

#[tokio::test]
async fn a_sign_in_link_is_shown_until_it_is_closed() {
    let journey = profile().await;
    journey.keys("Pl").until_screen_contains("y make").await;
    journey.consent().await;
    journey
        .until_screen_contains("Sign-in link of Alice Chen")
        .await;
    let requests = journey.server.switches().writes();
    assert_eq!(requests.len(), 1);
    let body: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!(body["expires_in_seconds"], 600);
    journey.press(KeyCode::Esc);
    journey.until_screen_lacks("Sign-in link of").await;
}

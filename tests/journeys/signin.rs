//! Locking, signing out, and the ways to sign in.

use std::time::Duration;

use clerk_tui::demo::Options;
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

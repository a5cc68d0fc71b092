//! Metadata, against the demo server.

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::{Value, json};

use crate::common::{Journey, chosen};

const ALICE: &str = "/users/user_2abc123";

async fn on_alice() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.search("alice").await;
    journey.until_screen_contains("5 found").await;
    journey.press(KeyCode::Enter);
    assert!(chosen(&journey.screen()).contains("Alice Chen"));
    journey.settled().await;
    journey
}

async fn on_the_server(journey: &Journey) -> Value {
    journey.elsewhere(Method::GET, ALICE, None).await.1
}

/// The review is confirmed, and the change is done.
async fn save(journey: &Journey, verb: &str, done: &str) {
    journey.until_screen_contains(&format!("y {verb}")).await;
    journey.consent().await;
    journey.until_screen_contains(done).await;
    journey.settled().await;
}

/// The body of the last write.
fn body(journey: &Journey) -> Value {
    let writes = journey.server.switches().writes();
    serde_json::from_str(&writes.last().unwrap().body).unwrap()
}

#[tokio::test]
async fn one_key_of_metadata_is_set_and_removed_and_the_others_stay() {
    let journey = on_alice().await;
    let before = on_the_server(&journey).await["public_metadata"].clone();
    journey.keys("Mp").until_screen_contains("in all").await;
    journey.keys("support.level").press(KeyCode::Tab);
    journey.keys("gold").press(KeyCode::Enter);
    journey
        .until_screen_contains("(not there) → \"gold\"")
        .await;
    save(&journey, "save", "is saved.").await;
    let only = json!({"public_metadata": {"support": {"level": "gold"}}});
    assert_eq!(body(&journey), only);
    let mut expected = before.clone();
    expected["support"] = json!({"level": "gold"});
    assert_eq!(on_the_server(&journey).await["public_metadata"], expected);

    journey.keys("Mp").until_screen_contains("in all").await;
    journey.keys("support").press(KeyCode::Enter);
    journey.until_screen_contains("→ (removed)").await;
    save(&journey, "save", "is saved.").await;
    assert_eq!(on_the_server(&journey).await["public_metadata"], before);
}

#[tokio::test]
async fn a_key_that_somebody_else_changed_is_looked_at_anew() {
    let journey = on_alice().await;
    journey.keys("Mr").until_screen_contains("in all").await;
    journey.keys("note").press(KeyCode::Tab).keys("mine");
    journey.until_screen_contains("mine").await;
    let theirs = json!({"private_metadata": {"note": "theirs"}});
    let path = format!("{ALICE}/metadata");
    journey.elsewhere(Method::PATCH, &path, Some(theirs)).await;
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("Somebody else changed note meanwhile")
        .await;
    assert_eq!(journey.settled().await.writes(), [format!("PATCH {path}")]);
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("\"theirs\" → \"mine\"").await;
    save(&journey, "save", "is saved.").await;
    assert_eq!(
        on_the_server(&journey).await["private_metadata"]["note"],
        "mine"
    );
}

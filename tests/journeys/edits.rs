//! Metadata and addresses, against the demo server.

use std::time::Duration;

use clerk_tui::demo::Options;
use crossterm::event::{KeyCode, KeyModifiers};
use reqwest::Method;
use serde_json::{Value, json};

use crate::common::{Journey, chosen};

const ALICE: &str = "/users/user_2abc123";

async fn on_alice() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
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

/// Opens the list of addresses and goes down to a row.
async fn addresses(journey: &Journey, row: usize) {
    journey.keys("Ea").until_screen_contains("+ add").await;
    journey.keys(&"j".repeat(row));
}

#[tokio::test]
async fn the_email_address_is_replaced() {
    let journey = on_alice().await;
    journey.keys("jj");
    journey.settled().await;
    assert!(chosen(&journey.screen()).contains("Alice Ng"));
    journey
        .keys("Ee")
        .until_screen_contains("Enter review")
        .await;
    journey.keys("new@example.org").press(KeyCode::Enter);
    journey
        .until_screen_contains("alice.ng@example.org → new@example.org")
        .await;
    save(&journey, "replace", "has only that address now.").await;
    assert_eq!(body(&journey)["email_address"], "new@example.org");
    assert!(chosen(&journey.screen()).contains("new@example.org"));
}

#[tokio::test]
async fn clerk_may_refuse_to_replace_an_address_that_an_account_uses() {
    let journey = on_alice().await;
    journey
        .keys("Ee")
        .until_screen_contains("Enter review")
        .await;
    journey
        .press(KeyCode::Right)
        .keys("x")
        .press(KeyCode::Enter);
    journey
        .until_screen_contains("Removes 1 other address:")
        .await;
    journey.until_screen_contains("Clerk may refuse").await;
    save(&journey, "replace", "The replacement was not done").await;
    let emails = on_the_server(&journey).await["email_addresses"].clone();
    assert_eq!(emails.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_address_is_verified_then_primary_and_the_old_one_removed() {
    let journey = on_alice().await;
    addresses(&journey, 1).await;
    journey.keys("v");
    save(&journey, "mark", "is saved.").await;
    addresses(&journey, 1).await;
    journey.keys("p");
    journey
        .until_screen_contains("alice@example.com → alice.old@example.com")
        .await;
    save(&journey, "make primary", "has a new primary address.").await;
    assert!(chosen(&journey.screen()).contains("alice.old@example.com"));
    addresses(&journey, 0).await;
    journey.keys("r").until_screen_contains("last six").await;
    journey.settled().await.keys("abc123");
    journey.until_screen_contains("> abc123").await;
    journey.later(Duration::from_millis(300)).await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("lost that address.").await;
    let emails = on_the_server(&journey).await["email_addresses"].clone();
    assert_eq!(emails.as_array().unwrap().len(), 1);
    assert_eq!(emails[0]["email_address"], "alice.old@example.com");
}

#[tokio::test]
async fn a_phone_number_is_added_and_not_verified() {
    let journey = on_alice().await;
    addresses(&journey, 4).await;
    journey.press(KeyCode::Enter).keys("0170");
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("A phone number looks like")
        .await;
    journey.press_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    journey.keys("+49 555 7654321").press(KeyCode::Enter);
    save(&journey, "add", "has the address.").await;
    let phones = on_the_server(&journey).await["phone_numbers"].clone();
    assert_eq!(phones[1]["phone_number"], "+495557654321");
    assert_ne!(phones[1]["verification"]["status"], "verified");
}

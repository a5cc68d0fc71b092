//! Editing, read-only runs, and leaving with a change on its way.

use std::time::Duration;

use clerk_tui::{
    demo::{Options, Server},
    runtime::Ended,
};
use crossterm::event::{KeyCode, KeyModifiers};
use reqwest::Method;
use serde_json::{Value, json};

use crate::common::{Journey, chosen};

const ALICE: &str = "/users/user_2abc123";

/// The form with another first name in it.
async fn alicia(journey: &Journey) {
    journey
        .keys("En")
        .until_screen_contains("Enter review")
        .await;
    journey.until_screen_contains("Alice ").await;
    journey.press_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
    journey.keys("Alicia").until_screen_contains("Alicia").await;
}

#[tokio::test]
async fn an_edit_shows_old_and_new_and_sends_only_what_changed() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    alicia(&journey).await;
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("first name: Alice → Alicia")
        .await;
    journey.until_screen_contains("y save").await;
    journey.consent().await;
    journey.until_screen_contains("is saved.").await;
    let there = |screen: &str| chosen(screen).contains("Alicia Chen");
    journey.until("the new name in the list", there).await;
    let writes = journey.server.switches().writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(
        (writes[0].method.as_str(), writes[0].path.as_str()),
        ("PATCH", ALICE)
    );
    let body: Value = serde_json::from_str(&writes[0].body).unwrap();
    assert_eq!(body, json!({"first_name": "Alicia"}));
}

#[tokio::test]
async fn an_edit_that_somebody_else_overtook_is_not_sent_and_the_form_stays() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    alicia(&journey).await;
    let theirs = Some(json!({"first_name": "Alexandra"}));
    journey.elsewhere(Method::PATCH, ALICE, theirs).await;
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("Somebody else changed the first name meanwhile")
        .await;
    assert!(journey.screen().contains("Alicia"), "{}", journey.screen());
    assert_eq!(journey.settled().await.writes(), [format!("PATCH {ALICE}")]);
    // Whoever looked may still do it.
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("first name: Alexandra → Alicia")
        .await;
    journey.until_screen_contains("y save").await;
    journey.consent().await;
    journey.until_screen_contains("is saved.").await;
    let (_, user) = journey.elsewhere(Method::GET, ALICE, None).await;
    assert_eq!(user["first_name"], "Alicia");
}

#[tokio::test]
async fn a_ban_that_a_colleague_did_first_is_not_sent_and_does_not_unban() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    let ban = format!("{ALICE}/ban");
    journey.elsewhere(Method::POST, &ban, None).await;
    journey.keys("B");
    journey
        .until_screen_contains("was banned by somebody else meanwhile")
        .await;
    journey.later(Duration::from_secs(1)).await.keys("y");
    assert_eq!(journey.settled().await.writes(), [format!("POST {ban}")]);
}

#[tokio::test]
async fn a_read_only_run_offers_no_change_and_makes_none() {
    let journey = Journey::start_read_only(Options::default(), (160, 45)).await;
    journey.find_alice().await;
    let hints = |screen: &str| screen.lines().last().unwrap().to_owned();
    for way in ["", "s", "2", "3"] {
        journey.keys(way).settled().await;
        for key in ["B", "D", "E", "L", "P", "R"] {
            let screen = journey.screen();
            assert!(!hints(&screen).contains(&format!(" {key} ")), "{screen}");
            journey.keys(key).settled().await;
            assert!(!journey.screen().contains('┌'), "{}", journey.screen());
            journey
                .later(Duration::from_secs(1))
                .await
                .keys("y")
                .settled()
                .await;
        }
    }
    assert_eq!(journey.writes(), [""; 0]);
}

/// Whether a write has reached the server.
pub fn banning(server: &Server) -> bool {
    !server.switches().writes().is_empty()
}

#[tokio::test]
async fn q_waits_for_a_change_on_its_way() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    let hold = journey.server.switches().hold("/ban");
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_server("ban", banning).await;
    journey
        .keys("q")
        .until_screen_contains("Waiting for the answer to the ban")
        .await;
    drop(hold);
    let (ended, last_words, _) = journey.ends().await;
    assert!(matches!(ended, Ended::Quit), "{ended:?}");
    assert_eq!(last_words, [""; 0]);
}

#[tokio::test]
async fn a_second_q_leaves_and_says_what_had_no_answer() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    let _hold = journey.server.switches().hold("/ban");
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_server("ban", banning).await;
    leave_before_the_answer(journey).await;
}

/// Leaves while the ban of Alice has no answer, and says so at the end.
pub async fn leave_before_the_answer(journey: Journey) {
    // Esc clears the search, so that q means to quit.
    journey
        .press(KeyCode::Esc)
        .until_screen_lacks("found")
        .await;
    journey
        .keys("q")
        .until_screen_contains("q leaves at once.")
        .await;
    journey.keys("q");
    let (ended, last_words, done) = journey.ends().await;
    assert!(matches!(ended, Ended::Quit), "{ended:?}");
    assert_eq!(last_words, ["No answer to: the ban of user_2abc123"]);
    assert!(done.restored > 0);
}

#[tokio::test]
async fn with_everything_answered_nothing_is_drawn() {
    for size in [(80, 24), (160, 45)] {
        let journey = Journey::start(Options::default(), size).await;
        journey.find_alice().await;
        // A toast and a preview, too.
        journey.keys("tjj").settled().await;
        for _ in 0..15 {
            journey.later(Duration::from_secs(1)).await.settled().await;
        }
        let before = (journey.frames(), journey.server.switches().requests().len());
        for _ in 0..60 {
            journey.later(Duration::from_secs(1)).await.settled().await;
        }
        let after = (journey.frames(), journey.server.switches().requests().len());
        assert_eq!(after, before, "{}", journey.screen());
    }
}

//! All of the metadata as text, against the demo server.

use clerk_tui::{demo::Options, runtime::Editor};
use crossterm::event::{KeyCode, KeyModifiers};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::Journey;

const ALICE: &str = "/users/user_2abc123";

/// The text of Alice's metadata is open.
async fn open(journey: &Journey, keys: &str) {
    journey.find_alice().await;
    journey.keys(keys).until_screen_contains("in all").await;
    journey.press_with(KeyCode::Char('o'), KeyModifiers::CONTROL);
    journey
        .until_screen_contains("merge: only what changed")
        .await;
}

/// The text is replaced by another.
fn write(journey: &Journey, text: &str) {
    for _ in 0..12 {
        journey.press_with(KeyCode::Char('k'), KeyModifiers::CONTROL);
        journey.press(KeyCode::Delete);
    }
    journey.paste(text);
}

async fn confirm(journey: &Journey, verb: &str) {
    journey.until_screen_contains(&format!("y {verb}")).await;
    journey.settled().await.consent().await;
    journey.until_screen_contains("Alice Chen is saved.").await;
    journey.settled().await;
}

async fn on_the_server(journey: &Journey, kind: &str) -> Value {
    let (_, alice) = journey.elsewhere(Method::GET, ALICE, None).await;
    alice[kind].clone()
}

/// Method and body of the writes so far.
fn writes(journey: &Journey) -> Vec<(String, Value)> {
    let writes = journey.server.switches().writes();
    let body = |text: &str| serde_json::from_str(text).unwrap();
    let writes = writes
        .iter()
        .map(|seen| (seen.method.clone(), body(&seen.body)));
    writes.collect()
}

#[tokio::test]
async fn what_changed_in_the_text_is_merged() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    open(&journey, "Mp").await;
    write(
        &journey,
        r#"{"plan": "free", "seats": 5, "features": {"sso": false}, "new": [1, null]}"#,
    );
    journey.press(KeyCode::Tab).press(KeyCode::Enter);
    journey
        .until_screen_contains("plan: \"pro\" → \"free\"")
        .await;
    journey
        .until_screen_contains("features.exports: true → (removed)")
        .await;
    confirm(&journey, "save").await;
    let only = json!({"plan": "free", "features": {"exports": null}, "new": [1, null]});
    let body = json!({ "public_metadata": only });
    assert_eq!(writes(&journey), [("PATCH".to_owned(), body)]);
    let now = json!({"plan": "free", "seats": 5, "features": {"sso": false}, "new": [1, null]});
    assert_eq!(on_the_server(&journey, "public_metadata").await, now);
}

#[tokio::test]
async fn all_of_a_kind_is_replaced_where_that_was_chosen() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    open(&journey, "Mr").await;
    write(&journey, r#"{"stripe_id": null}"#);
    journey.press(KeyCode::Tab).press(KeyCode::Enter);
    journey
        .until_screen_contains("A merge cannot set stripe_id to null")
        .await;
    journey.press(KeyCode::Right).press(KeyCode::Enter);
    journey
        .until_screen_contains("Replaces everything under private metadata:")
        .await;
    journey
        .until_screen_contains("1 key goes, 1 changes.")
        .await;
    confirm(&journey, "replace").await;
    let now = json!({"stripe_id": null});
    let body = json!({ "private_metadata": now });
    assert_eq!(writes(&journey), [("PUT".to_owned(), body)]);
    assert_eq!(on_the_server(&journey, "private_metadata").await, now);
}

#[tokio::test]
async fn what_a_colleague_changed_meanwhile_is_not_overwritten() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    open(&journey, "Mp").await;
    write(&journey, r#"{"plan": "free"}"#);
    let theirs = json!({"public_metadata": {"vip": true}});
    let path = format!("{ALICE}/metadata");
    journey.elsewhere(Method::PATCH, &path, Some(theirs)).await;
    let before = writes(&journey).len();
    journey.press(KeyCode::Tab).press(KeyCode::Right);
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("Somebody else changed vip meanwhile.")
        .await;
    journey.until_screen_contains("\"vip\": true").await;
    assert_eq!(writes(&journey).len(), before);
    journey.press(KeyCode::Enter);
    confirm(&journey, "replace").await;
    let now = json!({"plan": "free", "vip": true});
    assert_eq!(on_the_server(&journey, "public_metadata").await, now);
}

/// An editor of one's own: a script that gets the file's name as `$1`.
fn scripted(script: &str) -> (Editor, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("the editor.sh");
    std::fs::write(&path, script).unwrap();
    let editor = Editor::new(format!("sh '{}'", path.display()));
    (editor, directory)
}

#[tokio::test]
async fn what_ones_own_editor_writes_is_reviewed_and_sent() {
    let (editor, _directory) =
        scripted(r#"sed 's/"dark"/"light"/' "$1" >"$1.new"; mv "$1.new" "$1""#);
    let journey = Journey::start_with(editor, Options::default(), (80, 24)).await;
    journey.find_alice().await;
    journey.keys("Mu").until_screen_contains("in all").await;
    journey.press_with(KeyCode::Char('x'), KeyModifiers::CONTROL);
    journey
        .until_screen_contains("Here is your editor's text.")
        .await;
    journey.until_screen_contains("\"theme\": \"light\"").await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("\"dark\" → \"light\"").await;
    confirm(&journey, "save").await;
    let body = json!({"unsafe_metadata": {"theme": "light"}});
    assert_eq!(writes(&journey), [("PATCH".to_owned(), body)]);
    journey.keys("q").keys("q");
    let (_, _, done) = journey.ends().await;
    assert_eq!(done.lent, 1);
}

#[tokio::test]
async fn an_editor_that_is_not_set_or_fails_leaves_the_text_alone() {
    let (failing, _directory) = scripted("echo nonsense >\"$1\"; exit 3");
    for (editor, said) in [
        (
            Editor::default(),
            "Set VISUAL or EDITOR to your editor first",
        ),
        (
            failing,
            "“sh” failed: exit status: 3. The text is as it was.",
        ),
    ] {
        let journey = Journey::start_with(editor, Options::default(), (80, 24)).await;
        open(&journey, "Mp").await;
        journey.press_with(KeyCode::Char('x'), KeyModifiers::CONTROL);
        journey.until_screen_contains(said).await;
        journey.until_screen_contains("\"plan\": \"pro\"").await;
    }
}

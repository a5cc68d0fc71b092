//! A person's whole record, saved before they are deleted.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use clerk_tui::{
    demo::Options,
    store::{Author, Trail},
};
use crossterm::event::KeyCode;
use reqwest::Method;

use crate::common::Journey;

fn author() -> Author {
    Author {
        operator: "ann@desk".to_owned(),
        host: "demo".to_owned(),
        instance: "demo".to_owned(),
    }
}

/// Alice is to be saved, and deleted.
async fn delete(trail: &Trail) -> Journey {
    let journey = Journey::start_recorded(Options::default(), (80, 24), trail.clone()).await;
    journey.find_alice().await;
    let opened = journey.keys("D");
    opened.until_screen_contains("[ ] save the whole").await;
    journey.settled().await.keys(" ");
    journey.until_screen_contains("[x] save the whole").await;
    journey.settled().await.keys("abc123");
    journey.until_screen_contains("> abc123").await;
    journey.later(Duration::from_millis(200)).await;
    journey.press(KeyCode::Enter);
    journey
}

#[tokio::test]
async fn the_whole_record_is_in_a_private_file() {
    let data = tempfile::tempdir().unwrap();
    let trail = Trail::open(data.path(), author(), 1).unwrap();
    let journey = delete(&trail).await;
    journey.until_screen_contains("was deleted.").await;
    let directory = data.path().join("saved");
    let files: Vec<_> = fs::read_dir(&directory).unwrap().collect();
    assert_eq!(files.len(), 1);
    let path = files[0].as_ref().unwrap().path();
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("user_2abc123-"), "{name}");
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = fs::read_to_string(&path).unwrap();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(record["user"]["id"], "user_2abc123");
    assert_eq!(record["user"]["first_name"], "Alice");
    assert!(record["sessions"].as_array().unwrap().len() >= 2);
    let memberships = &record["organization_memberships"];
    assert_eq!(memberships.as_array().unwrap().len(), 7);
    let alice = "/users/user_2abc123";
    let (status, _) = journey.elsewhere(Method::GET, alice, None).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn without_a_place_for_it_nobody_is_deleted() {
    let journey = delete(&Trail::in_memory(author())).await;
    journey
        .until_screen_contains("Not saved, and nothing was deleted.")
        .await;
    journey.until_screen_contains("--data-dir DIR").await;
    assert!(journey.settled().await.writes().is_empty());
}

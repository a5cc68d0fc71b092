//! A key that Clerk does not accept, or no longer.

use std::sync::{Arc, Mutex};

use clerk_tui::{
    demo::{Fault, Options, Server},
    domain::Secret,
    runtime::KeyRead,
};

use super::proxy::{Proxy, answer};
use super::{keys_are_answered, unlimited, until_it_says};
use crate::common::{Journey, Way, chosen};

/// What is read as the key, until the test says otherwise.
type Kept = Arc<Mutex<Result<String, String>>>;

fn kept(key: &str) -> Kept {
    Arc::new(Mutex::new(Ok(key.to_owned())))
}

/// A console with this key; it is read again from `kept`.
async fn start(url: Option<&str>, key: Option<&str>, kept: &Kept) -> Journey {
    let kept = Arc::clone(kept);
    let source = move || {
        let key = kept.lock().unwrap().clone()?;
        Ok(KeyRead {
            key: Secret::new(key),
            if_the_same: "The file is still the same key.".to_owned(),
        })
    };
    let way = Way {
        url: url.map(str::to_owned),
        key: key.map(str::to_owned),
        key_source: Some(Arc::new(source)),
        ..Way::default()
    };
    Journey::start_on(way, unlimited(), (120, 30)).await
}

/// The key that the demo server accepts.
async fn right_key() -> String {
    let server = Server::start(Options::default()).await.unwrap();
    server.key().to_owned()
}

#[tokio::test]
async fn a_wrong_key_is_read_again_by_r_until_it_is_right() {
    let kept = kept("sk_test_wrong");
    let journey = start(None, Some("sk_test_wrong"), &kept).await;
    until_it_says(&journey, "Clerk does not accept this key.").await;
    until_it_says(&journey, "r reads the key again.").await;
    journey.keys("r");
    until_it_says(&journey, "The file is still the same key.").await;
    *kept.lock().unwrap() = Err("The vault is sealed.".to_owned());
    journey.keys("r");
    until_it_says(
        &journey,
        "Clerk does not accept this key. The vault is sealed.",
    )
    .await;
    keys_are_answered(&journey).await;
    *kept.lock().unwrap() = Ok("sk_test_wrong_too".to_owned());
    journey.keys("r");
    journey.until_screen_lacks("The vault is sealed").await;
    *kept.lock().unwrap() = Ok(right_key().await);
    journey.keys("r").until_screen_contains("Alice Chen").await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    let lists = journey.server.switches().requests();
    assert_eq!(lists.last().unwrap().status, Some(200));
}

#[tokio::test]
async fn a_key_that_is_revoked_leaves_on_the_screen_what_was_read() {
    let kept = kept(&right_key().await);
    let journey = start(None, None, &kept).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    let place = chosen(&journey.screen()).to_owned();
    let switches = journey.server.switches();
    switches.next(1_000, Fault::Status(401));
    journey.keys("r");
    until_it_says(
        &journey,
        "Clerk no longer accepts this key. What you see is from",
    )
    .await;
    until_it_says(&journey, "r reads the key again.").await;
    assert_eq!(chosen(&journey.screen()), place);
    keys_are_answered(&journey).await;
    // No change is made with it.
    journey.keys("B").settled().await;
    assert!(!journey.screen().contains("y ban"));
    journey
        .press(crossterm::event::KeyCode::Esc)
        .settled()
        .await;
    switches.calm();
    journey.keys("r").until_screen_lacks("no longer").await;
    assert_eq!(journey.writes(), [""; 0]);
}

#[tokio::test]
async fn a_key_of_another_instance_is_not_taken() {
    let kept = kept("sk_test_wrong");
    let proxy = Proxy::start().await;
    let journey = start(Some(&proxy.url), None, &kept).await;
    proxy.forward_to(journey.server.url());
    journey.until_screen_contains("842 users").await;
    journey.until_screen_contains("demo.example").await;
    journey.settled().await;
    journey.server.switches().next(1, Fault::Status(401));
    journey.keys("r");
    until_it_says(&journey, "Clerk no longer accepts this key.").await;
    let other = br#"{"object":"instance","id":"ins_other","environment_type":"development"}"#;
    proxy.plan(1, "GET /v1/instance", answer(200, "", other));
    journey.settled().await.keys("r");
    until_it_says(&journey, "The key read now opens another instance.").await;
    // The old one is still the one that is used.
    *kept.lock().unwrap() = Ok(right_key().await);
    journey
        .keys("r")
        .until_screen_lacks("another instance")
        .await;
    journey.settled().await;
    assert!(journey.screen().contains("Alice Chen"));
}

//! What Clerk refuses, and colleagues do meanwhile.

use std::time::Duration;

use clerk_tui::demo::{Fault, Options};
use crossterm::event::KeyCode;
use reqwest::Method;

use super::{in_so_many_seconds, keys_are_answered, plain, until_it_says};
use crate::common::{Journey, chosen};

const SECOND: Duration = Duration::from_secs(1);

async fn start() -> Journey {
    let journey = Journey::start(Options::default(), (120, 30)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    journey
}

#[tokio::test]
async fn every_refusal_of_a_page_says_why_and_r_recovers() {
    for (status, text) in [
        (402, "The plan of this instance lacks this:"),
        (403, "r tries again."),
        (404, "r tries again."),
        (409, "r tries again."),
        (422, "r tries again."),
        (500, "Clerk has trouble (500)."),
    ] {
        let journey = start().await;
        let fault = Fault::Status(status);
        journey.server.switches().plan(1, "GET /users?", fault);
        journey.keys("r");
        until_it_says(&journey, "What you see is from").await;
        assert!(
            plain(&journey.screen()).contains(text),
            "{}",
            journey.screen()
        );
        keys_are_answered(&journey).await;
        journey
            .keys("r")
            .until_screen_lacks("What you see is from")
            .await;
    }
}

#[tokio::test]
async fn every_refusal_of_a_change_says_that_nothing_was_done() {
    for status in [400, 401, 402, 403, 409, 422] {
        let journey = start().await;
        journey.find_alice().await;
        let fault = Fault::Status(status);
        journey.server.switches().plan(1, "/ban", fault);
        journey.keys("B").until_screen_contains("y ban").await;
        journey.settled().await.consent().await;
        until_it_says(&journey, "The ban was not done:").await;
        journey.settled().await;
        assert!(chosen(&journey.screen()).contains(" ok "));
        assert_eq!(journey.writes(), ["POST /users/user_2abc123/ban"]);
    }
}

#[tokio::test]
async fn somebody_deleted_by_a_colleague_leaves_the_rows_politely() {
    for key in ["Enter", "B", "D"] {
        let journey = start().await;
        journey.find_alice().await;
        let path = "/users/user_2abc123";
        journey.elsewhere(Method::DELETE, path, None).await;
        match key {
            "Enter" => journey.press(KeyCode::Enter),
            key => journey.keys(key),
        };
        until_it_says(
            &journey,
            "Alice Chen was deleted by somebody else. The row is gone.",
        )
        .await;
        journey.settled().await;
        assert!(!chosen(&journey.screen()).contains("Alice Chen"));
        let deletes = ["DELETE /users/user_2abc123"];
        assert_eq!(journey.writes(), deletes, "only the colleague's");
    }
}

#[tokio::test]
async fn a_429_without_a_wait_or_with_none_is_tried_again_after_longer_and_longer_pauses() {
    for wait in [None, Some(0)] {
        let journey = start().await;
        let fault = Fault::TooMany(wait);
        journey.server.switches().plan(3, "GET /users?", fault);
        journey.keys("r");
        until_it_says(&journey, "Clerk asked us to wait 1 s").await;
        keys_are_answered(&journey).await;
        let mut tries = Vec::new();
        // Time enough for the longest of pauses: of the last one 5 s.
        for second in 0..12 {
            journey.settled().await;
            let requests = journey.server.switches().requests();
            let refused = requests.iter().filter(|seen| seen.status == Some(429));
            tries.resize(refused.count(), second);
            journey.later(SECOND).await;
        }
        // 1 s, 2 s and 4 s, and a little more each.
        assert_eq!(tries, [0, 2, 5], "{wait:?}");
        journey.until_screen_lacks("Clerk asked us to wait").await;
        assert!(journey.screen().contains("Alice Chen"));
    }
}

#[tokio::test]
async fn r_tries_once_now_though_clerk_asks_for_a_day() {
    let journey = start().await;
    let place = chosen(&journey.screen()).to_owned();
    let fault = Fault::TooMany(Some(86_400));
    journey.server.switches().plan(2, "GET /users?", fault);
    journey.keys("r");
    until_it_says(
        &journey,
        "Clerk asked us to wait 24 h: the limit is used up",
    )
    .await;
    keys_are_answered(&journey).await;
    let tries = || {
        let requests = journey.server.switches().requests();
        requests
            .iter()
            .filter(|seen| seen.status == Some(429))
            .count()
    };
    assert_eq!(tries(), 1);
    journey.later(60 * SECOND).await;
    journey.settled().await;
    assert_eq!(tries(), 1, "nothing goes by itself");
    journey.keys("r");
    journey.until_server("a second try", |_| tries() == 2).await;
    until_it_says(&journey, "Clerk asked us to wait 24 h").await;
    // This one gets through, and the others with it.
    journey
        .keys("r")
        .until_screen_lacks("Clerk asked us to wait")
        .await;
    journey.settled().await;
    assert_eq!(chosen(&journey.screen()), place);
    let requests = journey.server.switches().requests();
    assert_eq!(requests.last().unwrap().status, Some(200));
}

#[tokio::test]
async fn a_change_is_not_made_an_hour_after_its_yes() {
    let journey = start().await;
    journey.find_alice().await;
    let fault = Fault::TooMany(Some(3_600));
    journey.server.switches().plan(1, "/ban", fault);
    journey.keys("B").until_screen_contains("y ban").await;
    journey.settled().await.consent().await;
    until_it_says(
        &journey,
        "The ban was not done: Clerk asked us to wait 60 min.",
    )
    .await;
    journey.later(7_200 * SECOND).await;
    journey.settled().await;
    assert_eq!(journey.writes().len(), 1);
}

#[tokio::test]
async fn while_the_limit_is_used_up_elsewhere_a_load_stands_still_and_then_goes_on() {
    let journey = start().await;
    // A window with room, so that the limit is somebody else's doing.
    journey.later(11 * SECOND).await;
    journey.settled().await;
    journey.server.switches().consume(100);
    journey.keys(":load").press(KeyCode::Enter);
    until_it_says(&journey, "the limit is used up elsewhere.").await;
    for _ in 0..11 {
        keys_are_answered(&journey).await;
        journey.later(SECOND).await;
    }
    journey.settled().await;
    let asked = || journey.server.switches().requests().len();
    let before = asked();
    until_it_says(
        &journey,
        "Clerk is busy with your own application: the limit is used up elsewhere.",
    )
    .await;
    journey.later(8 * SECOND).await;
    journey.settled().await;
    assert_eq!(asked(), before, "the background stands still");
    in_so_many_seconds(&journey, 25, "842 users loaded.").await;
    assert!(asked() > before);
}

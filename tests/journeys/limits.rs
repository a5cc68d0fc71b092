//! The limit of requests, waited out in sight.

use std::time::Duration;

use clerk_tui::demo::{Fault, Options};
use crossterm::event::KeyCode;
use reqwest::Method;

use crate::common::{Journey, chosen};

const SECOND: Duration = Duration::from_secs(1);

/// Ids as the server orders them, whatever the limit says.
async fn ids_of_server(journey: &Journey, count: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    while ids.len() < count {
        let path = format!("/users?limit=500&offset={}", ids.len());
        let (status, page) = journey.elsewhere(Method::GET, &path, None).await;
        if status == 429 {
            journey.later(10 * SECOND).await;
            continue;
        }
        let rows = page.as_array().unwrap().iter();
        ids.extend(rows.map(|row| row["id"].as_str().unwrap().to_owned()));
    }
    ids.truncate(count);
    ids
}

#[tokio::test]
async fn five_thousand_rows_at_five_requests_in_ten_seconds() {
    let options = Options {
        users: 10_000,
        rate_limit: 5,
        ..Options::default()
    };
    let journey = Journey::start(options, (80, 24)).await;
    let mut countdowns = 0;
    let mut answered = 0;
    // The number of rows read stands nowhere; the server knows how many pages it gave.
    let rows = || {
        let requests = journey.server.switches().requests();
        let pages = requests
            .iter()
            .filter(|seen| seen.path == "/users" && seen.status == Some(200));
        pages.count().saturating_sub(1) * 250 + 100
    };
    while rows() < 5_000 {
        journey.walk_down().settled().await;
        let screen = journey.screen();
        let waits = screen.contains("4 of 4 requests used in 10 s");
        if waits {
            countdowns += 1;
            if screen.contains('▌') {
                // The cursor answers meanwhile.
                let before = chosen(&screen).to_owned();
                let moved = |screen: &str| chosen(screen) != before;
                journey.press(KeyCode::Up).until("another row", moved).await;
                answered += 1;
            }
        }
        journey.later(SECOND).await;
    }
    assert!(countdowns >= 20, "{countdowns} countdowns seen");
    assert!(answered >= 15, "the cursor answered {answered} times");

    journey.settled().await.press(KeyCode::Home);
    for _ in 0..5_000 {
        journey.keys("yij");
    }
    journey.settled().await;
    let copied = journey.copied();
    assert_eq!(copied.len(), 5_000);
    assert!(copied == ids_of_server(&journey, 5_000).await);
}

#[tokio::test]
async fn a_limit_that_somebody_else_used_up_is_waited_out() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await.keys("jj").settled().await;
    let place = chosen(&journey.screen()).to_owned();
    journey.server.switches().consume(100);
    journey.keys("r");
    for seconds in (1..=10).rev() {
        let text = format!("Clerk asked us to wait {seconds} s: the limit is used up elsewhere.");
        journey.until_screen_contains(&text).await;
        journey.later(SECOND).await;
    }
    journey.later(SECOND).await;
    journey.until_screen_lacks("Clerk asked us").await;
    journey.settled().await;
    assert_eq!(chosen(&journey.screen()), place);
    let requests = journey.server.switches().requests();
    assert!(requests.iter().any(|seen| seen.status == Some(429)));
    assert_eq!(requests.last().unwrap().status, Some(200));
}

#[tokio::test]
async fn a_write_that_met_the_limit_is_sent_again_and_done_once() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    let fault = Fault::TooMany(Some(3));
    journey.server.switches().plan(1, "POST /users/", fault);
    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_screen_contains("~ banning").await;
    journey
        .until_screen_contains("Clerk asked us to wait 3 s: the limit is used up elsewhere.")
        .await;
    // A second press meanwhile does nothing.
    journey
        .keys("B")
        .until_screen_contains("still on its way")
        .await;
    journey.later(4 * SECOND).await;
    journey.until_screen_contains("is banned.").await;
    journey.until_screen_contains("x banned").await;
    let writes = journey.server.switches().writes();
    let answers: Vec<_> = writes.iter().map(|seen| seen.status).collect();
    assert_eq!(answers, [Some(429), Some(200)]);
}

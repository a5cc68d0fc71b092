//! Everybody is loaded while people come and go.

use std::collections::HashSet;

use clerk_tui::demo::{Options, Quirk, Server};
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::json;

use crate::common::Journey;

/// What only the pages of a load ask for.
const PAGES: &str = "limit=500";

/// Everybody whom the server has.
async fn ids_of_server(journey: &Journey) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    loop {
        let path = format!("/users?limit=400&offset={}", ids.len());
        let (_, page) = journey.elsewhere(Method::GET, &path, None).await;
        let rows = page.as_array().unwrap();
        ids.extend(
            rows.iter()
                .map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        if rows.len() < 400 {
            return ids;
        }
    }
}

/// The pages that were asked for, and behind whom those that wait now begin.
fn pages(server: &Server) -> (usize, Vec<String>) {
    let requests = server.switches().requests();
    let pages = requests.iter().filter(|seen| seen.query.contains(PAGES));
    let waiting = pages.clone().filter(|seen| seen.status.is_none());
    let behind = waiting.filter_map(|seen| {
        let (_, behind) = seen.query.split_once("starting_after=")?;
        behind.split('&').next().map(str::to_owned)
    });
    (pages.count(), behind.collect())
}

#[tokio::test]
async fn everybody_who_stays_is_loaded_once_while_others_come_and_go() {
    let options = Options {
        users: 6_000,
        rate_limit: 0,
        ..Options::default()
    };
    let journey = Journey::start(options, (80, 24)).await;
    journey.until_screen_contains("6,000 users").await;
    journey.settled().await;
    let before = ids_of_server(&journey).await;
    let switches = journey.server.switches();
    switches.set(Quirk::RefuseDeletedCursor, true);
    let mut hold = switches.hold(PAGES);
    journey.keys(":load").press(KeyCode::Enter);
    let (mut seen, mut gone, mut rounds) = (0, 0, 0);
    let is_loaded = || journey.screen().contains(" users loaded.");
    while !is_loaded() {
        journey
            .until_server("page", |server| pages(server).0 > seen || is_loaded())
            .await;
        let (_, behind) = pages(&journey.server);
        rounds += 1;
        // Those behind whom pages begin, somebody somewhere, and somebody new.
        let somebody = before[rounds * 7_919 % before.len()].clone();
        for id in behind.into_iter().take(1).chain([somebody]) {
            let path = format!("/users/{id}");
            let (status, _) = journey.elsewhere(Method::DELETE, &path, None).await;
            gone += usize::from(status == 200);
        }
        let new = json!({ "email_address": [format!("new{rounds}@example.com")] });
        let (status, _) = journey.elsewhere(Method::POST, "/users", Some(new)).await;
        assert_eq!(status, 200);
        seen = pages(&journey.server).0;
        let next = switches.hold(PAGES);
        drop(std::mem::replace(&mut hold, next));
    }
    assert!(rounds >= 3 && gone >= 3, "{rounds} rounds, {gone} deleted");
    assert!(seen <= 6_000 / 500 + 16 + gone, "{seen} pages");
    let requests = switches.requests();
    let refused = requests.iter().filter(|seen| seen.status == Some(422));
    assert!(refused.count() >= 1, "no cursor was refused");

    let after: HashSet<String> = ids_of_server(&journey).await.into_iter().collect();
    journey.press(KeyCode::Home);
    for _ in 0..6_100 {
        journey.keys("yij");
    }
    journey.settled().await;
    let mut read = journey.copied();
    // The cursor stays on the last row.
    read.dedup();
    let once: HashSet<&String> = read.iter().collect();
    assert_eq!(once.len(), read.len(), "somebody is there twice");
    let stayed: Vec<&String> = before.iter().filter(|id| after.contains(*id)).collect();
    assert!(stayed.len() > 5_900);
    let missing: Vec<_> = stayed.iter().filter(|id| !once.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

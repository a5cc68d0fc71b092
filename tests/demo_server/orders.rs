//! Orders and walks, and an instance with a million people.

use crate::reading::everybody;
use crate::{Demo, ids};
use clerk_tui::demo::Options;
use serde_json::Value;
use std::collections::HashSet;

const ORDERS: [&str; 10] = [
    "created_at",
    "updated_at",
    "last_active_at",
    "last_sign_in_at",
    "email_address",
    "web3wallet",
    "first_name",
    "last_name",
    "phone_number",
    "username",
];

#[tokio::test]
async fn every_order_falls_as_it_rises_and_loses_nobody() {
    let demo = Demo::start().await;
    for order in ORDERS {
        let up = Value::from(everybody(&demo, &format!("order_by=%2B{order}")).await);
        let down = Value::from(everybody(&demo, &format!("order_by=-{order}")).await);
        let (up, mut down) = (ids(&up), ids(&down));
        down.reverse();
        assert_eq!(up, down, "{order}");
        assert_eq!(up.into_iter().collect::<HashSet<_>>().len(), 842);
    }
    let times = everybody(&demo, "order_by=last_sign_in_at").await;
    let times: Vec<Option<i64>> = times
        .iter()
        .map(|u| u["last_sign_in_at"].as_i64())
        .collect();
    assert!(times.is_sorted() && times[0].is_none());
}

#[tokio::test]
async fn a_walk_by_cursor_is_a_walk_by_offset() {
    let demo = Demo::start().await;
    for query in ["order_by=-created_at", "order_by=created_at", "banned=true"] {
        let offset = ids(&Value::from(everybody(&demo, query).await));
        let mut walked: Vec<String> = vec![];
        loop {
            let after = walked.last().map(|id| format!("&starting_after={id}"));
            let path = format!("/users?limit=97&{query}{}", after.unwrap_or_default());
            let page = ids(&demo.get(&path).await);
            let last = page.len() < 97;
            walked.extend(page);
            if last {
                break;
            }
        }
        assert_eq!(walked, offset, "{query}");
    }
}

#[tokio::test]
#[ignore = "heavy without optimization: cargo test --release --test demo_server -- --ignored million"]
async fn a_million_people_start_and_page_to_the_end() {
    let demo = Demo::with(Options {
        users: 1_000_000,
        ..Options::default()
    })
    .await;
    assert_eq!(
        demo.get("/users?limit=500").await.as_array().map(Vec::len),
        Some(500)
    );
    let clock = std::time::Instant::now();
    let lap = |what: &str| eprintln!("{what}: {:?}", clock.elapsed());
    lap("first page");
    assert_eq!(demo.get("/users/count").await["total_count"], 1_000_000);
    lap("count");
    let found = demo.get("/users?query=alice&limit=100").await;
    assert!(ids(&found).len() >= 5);
    lap("first search");
    demo.get("/users?query=alice&limit=100").await;
    lap("second search");
    for order in ORDERS {
        let page = demo
            .get(&format!("/users?order_by={order}&limit=10&offset=999995"))
            .await;
        assert_eq!(ids(&page).len(), 5);
        lap(order);
        demo.get(&format!("/users?order_by=-{order}&limit=10&offset=500000"))
            .await;
        lap("again");
    }
    let sessions = demo
        .get("/sessions?limit=500&paginated=true&status=active")
        .await;
    assert!(sessions["total_count"].as_u64().unwrap() > 1_000_000);
    lap("sessions");
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM"));
        eprintln!("{}", peak.unwrap_or_default());
    }
}

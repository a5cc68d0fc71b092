//! Orders and walks, and an instance with a million people.

use crate::reading::everybody;
use crate::{Demo, ids};
use clerk_tui::demo::{Options, Quirk};
use reqwest::Method;
use serde_json::{Value, json};
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
async fn an_order_asked_for_before_the_changes_is_the_order_asked_for_after() {
    let (early, late) = (Demo::start().await, Demo::start().await);
    for order in ORDERS {
        early.get(&format!("/users?order_by={order}")).await;
    }
    for demo in [&early, &late] {
        let some = ids(&demo.get("/users?limit=40&offset=100").await);
        for (n, id) in some.iter().enumerate() {
            let path = format!("/users/{id}");
            let (status, _) = match n % 4 {
                0 => demo.ask(Method::DELETE, &path, None).await,
                1 => demo.post(&format!("{path}/ban"), None).await,
                2 => {
                    let body =
                        json!({ "first_name": format!("N{n}"), "username": format!("u{n}") });
                    demo.ask(Method::PATCH, &path, Some(body)).await
                }
                _ => {
                    let body = json!({
                        "email_address": [format!("new{n}@example.org")],
                        "created_at": format!("2024-01-10T00:00:{n:02}Z"),
                    });
                    demo.post("/users", Some(body)).await
                }
            };
            assert_eq!(status, 200);
        }
    }
    for order in ORDERS {
        let query = format!("order_by={order}");
        let (a, b) = (
            everybody(&early, &query).await,
            everybody(&late, &query).await,
        );
        assert!(a.len() == 842 && a == b, "{order}");
    }
}

#[tokio::test]
async fn a_span_of_creation_is_a_part_of_the_list_with_or_without_its_ends() {
    let demo = Demo::start().await;
    // Two people of one millisecond at each end.
    for _ in 0..2 {
        for at in ["2024-05-01T00:00:00Z", "2025-05-01T00:00:00Z"] {
            let body = json!({ "skip_user_requirement": true, "created_at": at });
            assert_eq!(demo.post("/users", Some(body)).await.0, 200);
        }
    }
    let (from, to) = (1_714_521_600_000_i64, 1_746_057_600_000_i64);
    for inclusive in [false, true] {
        let switches = demo.server.switches();
        switches.set(Quirk::InclusiveSpans, inclusive);
        for order in ["-created_at", "created_at", "-updated_at"] {
            let all = everybody(&demo, &format!("order_by={order}")).await;
            let inside = |user: &&Value| {
                let at = user["created_at"].as_i64().unwrap();
                let whole = at > from && at < to;
                whole || inclusive && (at == from || at == to)
            };
            let expected: Vec<Value> = all.iter().filter(inside).cloned().collect();
            let span = format!("created_at_after={from}&created_at_before={to}");
            let found = everybody(&demo, &format!("order_by={order}&{span}")).await;
            assert!(found == expected, "{order}, inclusive: {inclusive}");
            let count = demo.get(&format!("/users/count?{span}")).await;
            assert_eq!(count["total_count"], expected.len());
            let banned = format!("order_by={order}&{span}&banned=true");
            let banned = everybody(&demo, &banned).await.len();
            let expected = expected.iter().filter(|u| u["banned"] == true).count();
            assert_eq!(banned, expected);
        }
    }
    for empty in ["created_at_after=9999999999999", "created_at_before=1"] {
        assert!(everybody(&demo, empty).await.is_empty());
    }
    let reversed = format!("created_at_after={to}&created_at_before={from}");
    assert!(everybody(&demo, &reversed).await.is_empty());
}

#[tokio::test]
async fn a_cursor_that_was_deleted_stands_where_it_stood_or_is_refused() {
    let demo = Demo::start().await;
    let all = ids(&demo.get("/users?limit=20").await);
    let body = json!({ "skip_user_requirement": true });
    let new = demo.post("/users", Some(body)).await.1["id"].clone();
    let new = new.as_str().unwrap();
    for id in [&all[9], new] {
        demo.send(Method::DELETE, &format!("/users/{id}"), None)
            .await;
    }
    let after = format!("/users?limit=3&starting_after={}", all[9]);
    assert_eq!(ids(&demo.get(&after).await), all[10..13]);
    assert_eq!(
        ids(&demo.get(&format!("{after}&order_by=created_at")).await)[0],
        all[8]
    );
    let first = demo
        .get(&format!("/users?limit=2&starting_after={new}"))
        .await;
    assert_eq!(ids(&first), all[..2]);
    demo.server.switches().set(Quirk::RefuseDeletedCursor, true);
    let (status, code, param) = demo.refused(&after).await;
    let refusal = (status, code.as_str(), param.as_str());
    assert_eq!(refusal, (422, "form_param_value_invalid", "starting_after"));
}

#[tokio::test]
#[ignore = "heavy without optimization: cargo test --release --test demo_server -- --ignored million"]
async fn a_million_people_start_and_page_to_the_end() {
    let clock = std::time::Instant::now();
    let lap = |what: &str| eprintln!("{what}: {:?}", clock.elapsed());
    let demo = Demo::with(Options {
        users: 1_000_000,
        ..Options::default()
    })
    .await;
    lap("started");
    assert_eq!(
        demo.get("/users?limit=500").await.as_array().map(Vec::len),
        Some(500)
    );
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

//! People who come and go while somebody reads.

use crate::{Demo, ids};
use clerk_tui::demo::Options;
use reqwest::Method;
use serde_json::json;
use std::collections::HashSet;

/// Everybody, by cursor, from the newest or the oldest on.
async fn walk(demo: &Demo, order: &str) -> Vec<String> {
    let mut walked: Vec<String> = vec![];
    loop {
        let after = walked.last().map(|id| format!("&starting_after={id}"));
        let after = after.unwrap_or_default();
        let page = ids(&demo
            .get(&format!("/users?limit=20&order_by={order}{after}"))
            .await);
        let last = page.len() < 20;
        walked.extend(page);
        if last {
            return walked;
        }
    }
}

#[tokio::test]
async fn a_walk_by_cursor_meets_everybody_who_stays_once() {
    for order in ["created_at", "-created_at"] {
        let demo = Demo::start().await;
        let before = demo.server.everybody();
        demo.server.switches().churn_every(1);
        let walked = walk(&demo, order).await;
        let (births, deaths) = (demo.server.births(), demo.server.deaths());
        assert!(births.len() >= 21 && deaths.len() >= 20);
        let met: HashSet<&String> = walked.iter().collect();
        assert_eq!(met.len(), walked.len(), "nobody twice");
        let (born, dead): (HashSet<_>, HashSet<_>) =
            (births.iter().collect(), deaths.iter().collect());
        for id in &before {
            assert!(met.contains(id) || dead.contains(id), "{id}");
        }
        let after = demo.server.everybody();
        let stayed = after.iter().filter(|id| !born.contains(id));
        let expected = before.iter().filter(|id| !dead.contains(id));
        assert!(stayed.eq(expected));
        assert_eq!(after.len(), before.len() + births.len() - deaths.len());
    }
}

#[tokio::test]
async fn the_same_requests_meet_the_same_changes() {
    let (one, two) = (Demo::start().await, Demo::start().await);
    for demo in [&one, &two] {
        demo.server.switches().churn_every(3);
        for _ in 0..30 {
            demo.get("/users?limit=1").await;
        }
    }
    assert_eq!(one.server.births().len(), 5);
    assert_eq!(one.server.deaths().len(), 5);
    assert_eq!(one.server.births(), two.server.births());
    assert_eq!(one.server.deaths(), two.server.deaths());
    assert_eq!(
        walk(&one, "created_at").await,
        walk(&two, "created_at").await
    );
    assert_eq!(one.server.everybody(), two.server.everybody());
}

#[tokio::test]
async fn whoever_comes_is_whole_and_found() {
    let demo = Demo::start().await;
    demo.server.switches().churn_every(1);
    demo.get("/instance").await;
    demo.server.switches().churn_every(0);
    let id = demo.server.births().remove(0);
    assert_eq!(ids(&demo.get("/users?limit=1").await)[0], id);
    let user = demo.get(&format!("/users/{id}")).await;
    assert_eq!(user["created_at"], crate::NOW);
    let found = demo.get(&format!("/users?query={id}")).await;
    assert_eq!(found, json!([user]));
    assert_eq!(demo.server.births().len(), 1, "no more since");
}

#[tokio::test]
async fn what_clients_do_is_in_the_journal_too() {
    let demo = Demo::start().await;
    demo.send(Method::DELETE, "/users/user_2abc123", None).await;
    let body = json!({ "skip_user_requirement": true });
    let new = demo.post("/users", Some(body)).await.1;
    demo.post("/users/user_none/ban", None).await;
    assert_eq!(demo.server.deaths(), ["user_2abc123"]);
    assert_eq!(demo.server.births(), ids(&json!([new])));
}

#[tokio::test]
async fn by_the_clock_it_goes_on_by_itself() {
    let demo = Demo::with(Options {
        churn: 1_000,
        ..Options::default()
    })
    .await;
    while demo.server.deaths().len() < 2 {
        demo.get("/users?limit=1").await;
    }
    let tiny = Demo::with(Options {
        users: 0,
        ..Options::default()
    })
    .await;
    tiny.server.switches().churn_every(1);
    for _ in 0..20 {
        tiny.get("/users?limit=500").await;
    }
}

//! The limit, the faults, the logs.

use crate::Demo;
use clerk_tui::demo::{Fault, Faults, Options, Quirk};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn any_ten_seconds_let_so_many_requests_through() {
    let demo = Demo::with(Options {
        rate_limit: 5,
        ..Options::default()
    })
    .await;
    for _ in 0..5 {
        demo.get("/users?limit=1").await;
    }
    let response = demo.send(Method::GET, "/users", None).await;
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=10).contains(&wait));
    demo.server.switches().advance(Duration::from_secs(wait));
    demo.get("/users?limit=1").await;
    demo.server.switches().advance(Duration::from_secs(20));
    demo.server.switches().consume(5);
    assert_eq!(demo.send(Method::GET, "/users", None).await.status(), 429);
}

#[tokio::test]
async fn planned_faults_come_and_go() {
    let demo = Demo::start().await;
    let switches = demo.server.switches();
    switches.next(2, Fault::TooMany(Some(3)));
    switches.next(1, Fault::TooMany(None));
    switches.plan(1, "/count", Fault::Status(503));
    switches.next(1, Fault::Html(502));
    let mut seen = vec![];
    for _ in 0..4 {
        let response = demo.send(Method::GET, "/users", None).await;
        let after = response
            .headers()
            .get("retry-after")
            .map(|v| v.to_str().unwrap().to_owned());
        seen.push((response.status().as_u16(), after));
    }
    let three = Some("3".to_owned());
    assert_eq!(
        seen,
        [(429, three.clone()), (429, three), (429, None), (502, None)]
    );
    assert_eq!(
        demo.send(Method::GET, "/users/count", None).await.status(),
        503
    );
    demo.get("/users").await;
}

#[tokio::test]
async fn bodies_stop_short_and_connections_drop() {
    let demo = Demo::start().await;
    let switches = demo.server.switches();
    let ban = || {
        let url = format!("{}/v1/users/user_2abc123/ban", demo.server.url());
        demo.client.post(url).bearer_auth(demo.server.key()).send()
    };
    switches.next(1, Fault::DropBefore);
    assert!(ban().await.is_err());
    assert_eq!(demo.get("/users/user_2abc123").await["banned"], false);
    switches.next(1, Fault::Truncate);
    let response = ban().await.unwrap();
    assert!(response.bytes().await.is_err());
    assert_eq!(demo.get("/users/user_2abc123").await["banned"], true);
    demo.post("/users/user_2abc123/unban", None).await;
    switches.plan(1, "POST ", Fault::DropAfter);
    assert!(ban().await.is_err());
    assert_eq!(demo.get("/users/user_2abc123").await["banned"], true);
    let writes = switches.writes();
    assert_eq!(writes.len(), 4);
    assert_eq!(writes[0].status, None);
    assert_eq!(writes[1].path, "/users/user_2abc123/ban");
}

#[tokio::test]
async fn peculiar_instances_can_be_had() {
    let quirks = vec![
        Quirk::WrapUsers,
        Quirk::Seconds,
        Quirk::RefuseAllSessions,
        Quirk::IgnoreCursor,
    ];
    let faults = Faults {
        quirks,
        ..Faults::default()
    };
    let demo = Demo::with(Options {
        faults,
        ..Options::default()
    })
    .await;
    let page = demo.get("/users?limit=2").await;
    assert_eq!(page["total_count"], 842);
    assert!(page["data"][0]["created_at"].as_i64().unwrap() < 10_000_000_000);
    let after = page["data"][1]["id"].as_str().unwrap();
    assert_eq!(
        demo.get(&format!("/users?limit=2&starting_after={after}"))
            .await,
        page
    );
    assert_eq!(demo.refused("/sessions").await.0, 422);
    let sessions = demo.get("/sessions?user_id=user_2abc123").await;
    assert_eq!(sessions["total_count"], 3);
    let switches = demo.server.switches();
    switches.set(Quirk::WrapUsers, false);
    assert!(demo.get("/users").await.is_array());
    switches.set(Quirk::ShortRows, true);
    assert_eq!(
        demo.get("/users?limit=501").await.as_array().map(Vec::len),
        Some(10)
    );
    switches.set(Quirk::Charset, true);
    let response = demo.send(Method::GET, "/users", None).await;
    assert_eq!(
        response.headers()["content-type"],
        "application/json; charset=utf-8"
    );
}

#[tokio::test]
async fn an_older_answer_can_come_after_a_newer_one() {
    let demo = Demo::start().await;
    let hold = demo.server.switches().hold("query=al");
    let order = std::sync::Mutex::new(vec![]);
    let slow = async {
        demo.get("/users?query=al").await;
        order.lock().unwrap().push("older");
    };
    let fast = async {
        demo.get("/users?query=bo").await;
        order.lock().unwrap().push("newer");
        drop(hold);
    };
    tokio::join!(slow, fast);
    assert_eq!(*order.lock().unwrap(), ["newer", "older"]);
}

#[tokio::test]
async fn the_log_says_what_was_asked() {
    let demo = Demo::start().await;
    demo.get("/users?query=a%20b").await;
    let body = json!({ "first_name": "N" });
    demo.ask(Method::PATCH, "/users/user_2abc123", Some(body.clone()))
        .await;
    let log = demo.server.switches().requests();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].target(), "/users?query=a%20b");
    let writes = demo.server.switches().writes();
    assert_eq!(writes[0].method, "PATCH");
    assert_eq!(
        serde_json::from_str::<Value>(&writes[0].body).unwrap(),
        body
    );
    assert_eq!((writes[0].status, writes[0].at), (Some(200), crate::NOW));
    demo.server.switches().clear_log();
    assert!(demo.server.switches().requests().is_empty());
}

#[tokio::test]
async fn a_stopped_server_is_gone() {
    let demo = Demo::start().await;
    let url = format!("{}/v1/users", demo.server.url());
    demo.server.stop().await;
    assert!(demo.client.get(url).send().await.is_err());
}

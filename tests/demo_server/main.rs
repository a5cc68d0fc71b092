//! The demo server over HTTP, as any client meets it.

#![allow(clippy::unwrap_used, reason = "a test that finds nothing fails")]

mod churn;
mod faults;
mod invitations;
mod orders;
mod packed;
mod reading;
mod single;
mod ways_in;
mod writing;

use clerk_tui::demo::{Options, Server};
use reqwest::{Client, Method, Response};
use serde_json::Value;
use std::time::Duration;

/// 2026-03-14 15:09:26 UTC.
const NOW: i64 = 1_773_500_966_000;

/// A server and somebody who asks it.
struct Demo {
    server: Server,
    client: Client,
}

impl Demo {
    async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// Limits are off unless they are asked for: most tests ask a lot.
    async fn with(options: Options) -> Self {
        let limit = options.rate_limit;
        let options = Options {
            rate_limit: if limit == 100 { 0 } else { limit },
            now: Some(NOW),
            ..options
        };
        Self {
            server: Server::start(options).await.expect("a free port"),
            client: client(),
        }
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        let url = format!("{}/v1{path}", self.server.url());
        let mut request = self
            .client
            .request(method, url)
            .bearer_auth(self.server.key())
            .header("Clerk-API-Version", "2026-05-12");
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.expect("an answer")
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask(Method::GET, path, None).await;
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let response = self.send(method, path, body).await;
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/json");
        (status, response.json().await.expect("JSON"))
    }

    async fn refused(&self, path: &str) -> (u16, String, String) {
        let (status, body) = self.ask(Method::GET, path, None).await;
        error(status, &body)
    }

    async fn post(&self, path: &str, body: Option<Value>) -> (u16, Value) {
        self.ask(Method::POST, path, body).await
    }
}

fn client() -> Client {
    Client::builder()
        .tls_certs_only([])
        .no_proxy()
        .timeout(Duration::from_mins(1))
        .build()
        .expect("a client")
}

/// Status, code and the parameter that is to blame; and the form of every error.
fn error(status: u16, body: &Value) -> (u16, String, String) {
    let first = &body["errors"][0];
    assert!(
        first["message"].is_string() && first["long_message"].is_string(),
        "{body}"
    );
    assert_eq!(body["clerk_trace_id"].as_str().map(str::len), Some(32));
    (
        status,
        first["code"].as_str().unwrap_or_default().to_owned(),
        first["meta"]["param_name"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    )
}

fn ids(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().or(rows["data"].as_array()).expect("rows");
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Not a test: a server for other programs. Its address and key go to stdout.
#[tokio::test]
#[ignore = "serves until it is stopped"]
async fn stands_alone() {
    let number = |name: &str, other: u32| {
        let text = std::env::var(name).unwrap_or_default();
        text.parse().unwrap_or(other)
    };
    let options = Options {
        users: number("DEMO_USERS", 842),
        port: u16::try_from(number("DEMO_PORT", 0)).unwrap_or(0),
        rate_limit: number("DEMO_LIMIT", 100),
        ..Options::default()
    };
    let server = Server::start(options).await.expect("a free port");
    println!("{} {}", server.url(), server.key());
    server.wait().await.expect("serving");
}

//! One request from arrival to answer: log, delays, faults, key, limit, work.

use super::base::{Base, LARGE};
use super::limit::Window;
use super::params::Params;
use super::reply::{Answer, Reply, error, too_many, unauthenticated};
use super::route::{self, Call};
use super::switches::{Fault, Seen, Switches};
use super::wire::Cut;
use super::world::World;
use super::written::{takes_gzip, written};
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

/// Bodies above this are refused.
const BODY: usize = 1 << 20;

pub(super) struct Shared {
    pub base: Arc<Base>,
    pub world: RwLock<World>,
    pub switches: Arc<Switches>,
    pub window: Mutex<Window>,
    pub key: String,
    pub rate_limit: u32,
    pub gzip: bool,
    /// Unix milliseconds at the start, and whether the clock stands still there.
    pub started_at: i64,
    pub fixed: bool,
    pub started: Instant,
}

impl Shared {
    /// Milliseconds since the start; the rate limit counts in these.
    fn elapsed(&self) -> i64 {
        self.started.elapsed().as_millis() as i64 + self.switches.ahead()
    }

    /// Unix milliseconds by the server's clock.
    pub fn now(&self) -> i64 {
        if self.fixed {
            self.started_at + self.switches.ahead()
        } else {
            self.started_at + self.elapsed()
        }
    }

    /// The key has to be right, and there has to be room in the window.
    fn admit(&self, headers: &HeaderMap) -> Result<(), Reply> {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let bearer = given.and_then(|text| text.strip_prefix("Bearer "));
        if bearer != Some(self.key.as_str()) {
            return Err(unauthenticated(bearer.is_some()));
        }
        let used = self.switches.used();
        if self.rate_limit > 0 {
            let now = self.elapsed();
            let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
            window.take(now, used);
            window
                .admit(now, self.rate_limit)
                .map_err(|wait| too_many(Some(wait)))?;
        }
        Ok(())
    }
}

pub(super) async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY).await.unwrap_or_default();
    let path = parts.uri.path();
    let path = match path.strip_prefix("/v1") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest,
        _ => path,
    };
    let seen = Seen {
        method: parts.method.to_string(),
        path: path.to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8_lossy(&body).into_owned(),
        at: shared.now(),
        status: None,
    };
    let target = format!("{} {}", seen.method, seen.target());
    let number = shared.switches.note(seen.clone());
    shared.switches.pause(&target).await;
    let fault = shared.switches.fault(&target);
    if fault == Some(Fault::DropBefore) {
        cut.now();
        return Response::new(Body::empty());
    }
    let reply = match instead(fault) {
        Some(reply) => reply,
        None => match shared.admit(&parts.headers) {
            Ok(()) => {
                let version = parts.headers.get("clerk-api-version");
                let version = version.and_then(|v| v.to_str().ok()).map(str::to_owned);
                work(&shared, seen, params(&parts.uri), version, body).await
            }
            Err(reply) => reply,
        },
    };
    if fault == Some(Fault::DropAfter) {
        cut.now();
        return Response::new(Body::empty());
    }
    let status = match fault {
        Some(Fault::Html(status)) => status,
        _ => reply.status,
    };
    shared.switches.answered(number, status);
    let packed = shared.gzip && takes_gzip(&parts.headers);
    written(&shared, number, reply, fault, packed)
}

/// The answer of faults that keep a request from being done.
fn instead(fault: Option<Fault>) -> Option<Reply> {
    match fault? {
        Fault::TooMany(after) => Some(too_many(after)),
        Fault::Status(status) => {
            let text = "Oops, an unexpected error occurred";
            let (code, short, long) = if status == 409 {
                (
                    "resource_locked",
                    "resource busy",
                    "This resource is currently being modified by another request. Please try again.",
                )
            } else {
                ("internal_clerk_error", text, text)
            };
            Some(error(status, code, short, long, &json!({})))
        }
        Fault::Html(status) => Some(Reply {
            status,
            body: Value::Null,
            retry_after: None,
        }),
        _ => None,
    }
}

fn params(uri: &Uri) -> Params {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
    Params(pairs.map(|Query(pairs)| pairs).unwrap_or_default())
}

async fn work(
    shared: &Arc<Shared>,
    seen: Seen,
    params: Params,
    version: Option<String>,
    body: Bytes,
) -> Reply {
    let inner = shared.clone();
    let run = move || -> Reply {
        let call = Call {
            method: &seen.method,
            path: &seen.path,
            params,
            body: &body,
            version,
            now: inner.now(),
            elapsed: inner.elapsed(),
            switches: &inner.switches,
        };
        inner.base.ready_for(call.method, call.path, &call.params);
        let answer: Answer = if call.method == "GET" {
            let world = inner.world.read();
            route::read(&world.unwrap_or_else(PoisonError::into_inner), &call)
        } else {
            let world = inner.world.write();
            route::write(&mut world.unwrap_or_else(PoisonError::into_inner), &call)
        };
        if inner.switches.churns() {
            let world = inner.world.write();
            world
                .unwrap_or_else(PoisonError::into_inner)
                .churn(call.now);
        }
        answer.unwrap_or_else(|refusal| refusal)
    };
    if shared.base.maker.users < LARGE {
        return run();
    }
    match tokio::task::spawn_blocking(run).await {
        Ok(reply) => reply,
        Err(panic) => error(
            500,
            "internal_clerk_error",
            "bug",
            &panic.to_string(),
            &json!({}),
        ),
    }
}

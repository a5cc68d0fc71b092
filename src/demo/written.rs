//! Replies as bytes: peculiarities, faults, gzip.

use super::dice::mix;
use super::reply::Reply;
use super::serve::Shared;
use super::switches::{Fault, Quirk};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;
use std::io::Write;

/// Bodies below this are not packed, in bytes.
const WORTH_PACKING: usize = 4096;

/// Writes a reply; `number` is the request's, `packed` whether it may be gzip.
pub(super) fn written(
    shared: &Shared,
    number: usize,
    mut reply: Reply,
    fault: Option<Fault>,
    packed: bool,
) -> Response {
    let has = |quirk| shared.switches.has(quirk);
    if has(Quirk::Seconds) {
        in_seconds(&mut reply.body);
    }
    if reply.status >= 400 && !has(Quirk::NoTrace) {
        let trace = mix(number as u64 ^ shared.started_at as u64);
        let trace = format!("{:016x}{:016x}", mix(trace), trace);
        if let Value::Object(body) = &mut reply.body {
            body.insert("clerk_trace_id".into(), trace.into());
        }
    }
    let mut kind = if has(Quirk::Charset) {
        "application/json; charset=utf-8"
    } else {
        "application/json"
    };
    let text = match fault {
        Some(Fault::Html(status)) => {
            kind = "text/html";
            format!(
                "<html>\n<head><title>{status}</title></head>\n<body><h1>{status}</h1><hr>proxy</body>\n</html>\n"
            )
        }
        Some(Fault::Nonsense) => "{\"unexpected\":[1,2,{\"shape\":true}]}".to_owned(),
        _ => reply.body.to_string(),
    };
    let packed = packed && text.len() >= WORTH_PACKING;
    let mut bytes = if packed {
        gzip(text.as_bytes())
    } else {
        text.into_bytes()
    };
    let length = bytes.len();
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = if fault == Some(Fault::Truncate) {
        bytes.truncate(length / 2);
        Body::from_stream(futures_util::stream::unfold(0, move |part| {
            let half = bytes.clone();
            async move {
                if part == 0 {
                    return Some((Ok(Bytes::from(half)), 1));
                }
                // Lets the first half go out before the connection ends.
                tokio::task::yield_now().await;
                Some((
                    Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset)),
                    1,
                ))
            }
        }))
    } else {
        Body::from(bytes)
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_LENGTH, length.into());
    if packed {
        let gzip = header::HeaderValue::from_static("gzip");
        headers.insert(header::CONTENT_ENCODING, gzip);
    }
    if let Some(seconds) = reply.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Turns every time in an answer into seconds, as some emulators have them.
fn in_seconds(body: &mut Value) {
    match body {
        Value::Array(all) => all.iter_mut().for_each(in_seconds),
        Value::Object(map) => {
            for (name, value) in map {
                match value.as_i64() {
                    Some(at) if name.ends_with("_at") => *value = (at / 1000).into(),
                    _ => in_seconds(value),
                }
            }
        }
        _ => {}
    }
}

/// Whether a client takes gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, rest) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = rest.trim().strip_prefix("q=");
            let weight = weight.and_then(|weight| weight.parse().ok()).unwrap_or(1.0);
            name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
        })
}

/// Packs in the fastest way; Clerk's own servers have more time.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    // A vector takes everything.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

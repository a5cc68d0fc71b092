//! The wire: redirects, gzip, caps, broken connections, and what errors tell.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use super::super::request::Request;
use super::super::transport::{PAUSE, Transport, pause};
use super::server::{answer, answer_with};
use super::*;
use crate::domain::{ErrorKind, UserFilter};

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    answer_with(200, "Content-Encoding: gzip\r\n", body)
}

async fn kind_of(reply: Vec<u8>) -> ErrorKind {
    let server = Server::answering([reply]).await;
    fetch(&server, &users()).await.unwrap_err().kind
}

#[tokio::test]
async fn gzip_is_unpacked() {
    let body = json!([alice()]).to_string();
    let server = Server::answering([gzipped(&gzip(body.as_bytes()))]).await;
    let Ok(Answer::Users(page)) = fetch(&server, &users()).await else {
        panic!("not read");
    };
    assert_eq!(page.len(), 1);
    assert_eq!(
        kind_of(gzipped(b"this is no gzip")).await,
        ErrorKind::WrongShape
    );
}

#[tokio::test]
async fn no_body_larger_than_16_mib_is_taken_in_packed_or_not() {
    let large = vec![b' '; 16 * 1024 * 1024 + 1];
    assert_eq!(
        kind_of(answer_with(200, "", &large)).await,
        ErrorKind::TooLarge
    );
    let bomb = gzip(&large);
    assert!(bomb.len() < 100_000);
    assert_eq!(kind_of(gzipped(&bomb)).await, ErrorKind::TooLarge);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::answering([
            answer_with(status, "Location: /v1/elsewhere\r\n", ""),
            answer(200, "[]"),
        ])
        .await;
        let error = fetch(&server, &users()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::UnexpectedStatus);
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn where_a_redirect_points_nobody_hears_of_the_key() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::answering([answer(200, "[]")]).await;
        let location = format!("Location: {}/v1/users\r\n", other.base);
        let server = Server::answering([answer_with(status, &location, "")]).await;
        let error = fetch(&server, &users()).await.unwrap_err();
        assert!(error.message.raw().contains("the key is never sent there"));
        // Not even a request without the key.
        assert!(other.seen().is_empty());
        let bearer = format!("Bearer {KEY}");
        assert_eq!(server.seen()[0].header("authorization"), Some(&*bearer));
    }
}

#[tokio::test]
async fn a_server_that_repeats_the_key_is_not_repeated() {
    let said = format!("{KEY} is no key");
    let error = json!({"code": said, "message": said, "long_message": said,
                       "meta": {"param_name": said}});
    let body = json!({"errors": [error], "clerk_trace_id": said});
    let server = Server::answering(vec![answer(422, &body); 2]).await;
    let error = fetch(&server, &users()).await.unwrap_err();
    let probe = reader(&server).probe().await.unwrap();
    for error in [error, probe.instance.unwrap_err()] {
        assert_eq!(error.message.raw(), "[the key] is no key");
        let told = format!("{error:?} {error}");
        assert!(!told.contains("do_not_tell"), "{told}");
    }
}

#[tokio::test]
async fn nobody_there_is_said_at_once_and_without_the_search() {
    // The script is empty, so the port is closed once the server has gone.
    let server = Server::answering(Vec::<Vec<u8>>::new()).await;
    tokio::task::yield_now().await;
    let search = Fetch::UserCount {
        filter: UserFilter::text("secret@example.com").into(),
    };
    let error = fetch(&server, &search).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotConnected);
    let told = format!("{error:?} {error}");
    assert!(told.contains("connection refused"), "{told}");
    assert!(!told.contains("secret") && !told.contains("/v1"), "{told}");
}

#[tokio::test]
async fn no_error_tells_the_search_or_the_key() {
    let search = Fetch::UserCount {
        filter: UserFilter::text("secret@example.com").into(),
    };
    for reply in [
        vec![],
        answer(200, "<html>"),
        answer(302, ""),
        answer(500, "x"),
        answer(200, format!("{}]", json!({"secret@example.com": KEY}))),
        gzipped(b"no gzip"),
        b"HTTP/1.1 what\r\n\r\n".to_vec(),
    ] {
        let server = Server::answering(vec![reply; 3]).await;
        let error = fetch(&server, &search).await.unwrap_err();
        let told = format!("{error:?} {error}");
        assert!(!told.contains("secret"), "{told}");
        assert!(!told.contains(KEY), "{told}");
    }
}

#[tokio::test]
async fn the_key_is_in_no_debug_output() {
    let server = Server::answering([answer(200, "[]")]).await;
    let settings = settings(&server.base);
    let reader = Reader::new(settings.clone());
    let writer = Writer::new(reader.clone());
    reader.fetch(&users(), Lane::Hands).await.unwrap();
    let told = format!("{settings:?} {reader:?} {writer:?} {:?}", reader.pace());
    assert!(!told.contains("do_not_tell"), "{told}");
    let transport = Transport::new(settings);
    let client = transport.client().await.unwrap();
    let request = transport.dressed(client, &Request::from(&users())).unwrap();
    let told = format!("{:?}", request.build().unwrap());
    assert!(
        told.contains("authorization") && !told.contains(KEY),
        "{told}"
    );
}

#[tokio::test]
async fn a_key_that_no_header_can_hold_is_refused_without_repeating_it() {
    let server = Server::answering([answer(200, "[]")]).await;
    let settings = Settings {
        key: Secret::new("sk_test_\nX-Evil: 1"),
        ..settings(&server.base)
    };
    let error = Reader::new(settings)
        .fetch(&users(), Lane::Hands)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::KeyRefused);
    assert!(!format!("{error:?}").contains("Evil"));
    assert!(server.seen().is_empty());
}

/// Run by the next test in a process of its own, on a machine made bare.
#[tokio::test]
#[ignore = "needs a machine without CA files"]
async fn on_a_machine_without_certificates() {
    let settings = settings("http://127.0.0.2:1");
    // Plain http on this machine needs none, and so gets as far as being refused.
    let reader = Reader::new(settings.clone());
    let error = reader.fetch(&users(), Lane::Hands).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotConnected);
    let settings = Settings {
        base: BaseUrl::parse("https://clerk.invalid").unwrap(),
        ..settings
    };
    let reader = Reader::new(settings);
    let error = reader.fetch(&users(), Lane::Hands).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NoCertificates, "{error:?}");
    assert!(error.message.raw().contains("ca-certificates"));
}

#[test]
fn missing_certificates_are_named_with_what_to_install() {
    let run = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact"])
        .arg("api::tests::transport::on_a_machine_without_certificates")
        .env("SSL_CERT_FILE", "/dev/null")
        .env("SSL_CERT_DIR", "/dev/null")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn retry_after_is_read_in_both_forms() {
    use super::super::failure::retry_after;
    use crate::domain::Timestamp;
    use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
    use std::time::Duration;
    let now = Timestamp::from_millis(784_111_777_000); // Sun, 06 Nov 1994 08:49:37 GMT
    let read = |text: &'static str| {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(text))]);
        retry_after(&headers, now)
    };
    assert_eq!(read("7"), Some(Duration::from_secs(7)));
    assert_eq!(
        read("Sun, 06 Nov 1994 08:50:07 GMT"),
        Some(Duration::from_secs(30))
    );
    assert_eq!(read("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
    assert_eq!(read("soon"), None);
    // The server's clock is an hour ahead, or ours behind.
    let headers = HeaderMap::from_iter(
        [
            (RETRY_AFTER, "Sun, 06 Nov 1994 09:50:07 GMT"),
            (DATE, "Sun, 06 Nov 1994 09:50:00 GMT"),
        ]
        .map(|(name, date)| (name, HeaderValue::from_static(date))),
    );
    assert_eq!(retry_after(&headers, now), Some(Duration::from_secs(7)));
    assert_eq!(retry_after(&HeaderMap::new(), now), None);
}

#[test]
fn pauses_grow_to_a_minute_and_no_two_consoles_pause_alike() {
    for (n, whole) in [(0, 1), (1, 2), (3, 8), (6, 64), (7, 64), (u32::MAX, 64)] {
        let whole = PAUSE * whole;
        let pauses = [0; 16].map(|_| pause(n));
        let bounds = whole..=whole * 5 / 4;
        assert!(pauses.iter().all(|pause| bounds.contains(pause)));
        assert!(pauses.iter().any(|pause| *pause != pauses[0]), "{n}");
    }
}

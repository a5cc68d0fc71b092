//! Answers in gzip.

use crate::Demo;
use clerk_tui::demo::{Fault, Options};
use flate2::read::GzDecoder;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use std::io::Read;

async fn demo(gzip: bool) -> Demo {
    Demo::with(Options {
        gzip,
        ..Options::default()
    })
    .await
}

/// The body as it came over the wire, and its `Content-Encoding`.
async fn raw(demo: &Demo, path: &str, accept: &str) -> (Vec<u8>, Option<String>) {
    // Nothing unpacks for this client.
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .no_gzip();
    let request = client
        .build()
        .unwrap()
        .get(format!("{}{path}", demo.server.url()))
        .bearer_auth(demo.server.key())
        .header(ACCEPT_ENCODING, accept);
    let response = request.send().await.unwrap();
    let headers = response.headers().clone();
    let body = response.bytes().await.unwrap().to_vec();
    assert_eq!(headers[CONTENT_LENGTH], body.len().to_string());
    let encoding = headers.get(CONTENT_ENCODING);
    (body, encoding.map(|name| name.to_str().unwrap().to_owned()))
}

#[tokio::test]
async fn a_packed_page_is_the_same_page() {
    let (packing, plain) = (demo(true).await, demo(false).await);
    let page = "/users?limit=100";
    let (expected, encoding) = raw(&plain, page, "gzip").await;
    assert_eq!(encoding, None);
    for accept in ["gzip", "br, GZIP;q=0.5", "deflate, gzip"] {
        let (packed, encoding) = raw(&packing, page, accept).await;
        assert_eq!(encoding.as_deref(), Some("gzip"), "{accept}");
        assert!(packed.len() < expected.len() / 3);
        let mut body = vec![];
        GzDecoder::new(&packed[..]).read_to_end(&mut body).unwrap();
        assert!(body == expected);
    }
    assert_eq!(packing.get(page).await, plain.get(page).await);
}

#[tokio::test]
async fn only_long_answers_are_packed_and_only_for_those_who_take_it() {
    let demo = demo(true).await;
    assert_eq!(raw(&demo, "/users/count", "gzip").await.1, None);
    for accept in ["identity", "gzip;q=0", "gzipped", "br"] {
        assert_eq!(
            raw(&demo, "/users?limit=100", accept).await.1,
            None,
            "{accept}"
        );
    }
    demo.server.switches().next(1, Fault::Truncate);
    let url = format!("{}/users?limit=100", demo.server.url());
    let request = demo.client.get(url).bearer_auth(demo.server.key());
    let cut = request.send().await.unwrap();
    assert_eq!(cut.status(), 200);
    assert!(cut.bytes().await.is_err());
}

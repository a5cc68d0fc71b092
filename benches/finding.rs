//! Finding people among a million rows at hand, and reading a page of them.
//!
//! `cargo bench --bench finding [-- PEOPLE]` prints milliseconds, each beside a
//! baseline of the same run: a search beside the plainest scan over
//! `Vec<String>`, the decoding of 500 users beside `serde_json::Value`.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::ops::Range;
use std::sync::Arc;
use std::thread;

use clerk_tui::api::{Reply, decoded};
use clerk_tui::app::{Among, Book, Found, Looked, Quest};
use clerk_tui::demo::{Options, Server};
use clerk_tui::domain::{Answer, Fetch, Start, Timestamp, UserFilter, UserOrder};
use common::{Times, number, people, print, title};

const RUNS: usize = 21;

/// What is looked for, and what it stands for. Written as they are in the rows.
const TEXTS: [(&str, &str); 5] = [
    ("rare", "okafor471"),
    ("a name", "okafor"),
    ("common", "example"),
    ("everybody", "a"),
    ("nobody", "qqzzyyxx"),
];

/// In no row as they are.
const LIKE: [&str; 3] = ["alcchn", "jrgnmllr", "zofiakwlski"];

fn main() {
    decode();
    let all = number(1_000_000);
    let book = people::book(all);
    let lines = people::lines(&book);
    title(&format!("{all} rows: words as they are"));
    for (name, text) in TEXTS {
        let plain = || {
            lines
                .iter()
                .filter(|l| l.to_lowercase().contains(text))
                .count()
        };
        let hits = plain();
        let baseline = Times::of(5, plain);
        print(
            &format!("{name} “{text}” ({hits}): plainest scan"),
            &baseline,
            &baseline,
        );
        for threads in [1, 2] {
            let quest = quest(&book, text);
            let found = exact(&quest, threads);
            assert_eq!(found.exact.len(), hits, "{text}");
            let times = Times::of(RUNS, || exact(&quest, threads));
            print(
                &format!("{name} “{text}”: {threads} threads"),
                &times,
                &baseline,
            );
        }
    }
    title(&format!("{all} rows: likeness"));
    for text in LIKE {
        let plain = || {
            lines
                .iter()
                .filter(|l| l.to_lowercase().contains(text))
                .count()
        };
        let baseline = Times::of(5, plain);
        print(
            &format!("“{text}”: plainest scan for the words"),
            &baseline,
            &baseline,
        );
        for threads in [1, 2] {
            let quest = quest(&book, text);
            let found = alike(&quest, threads);
            assert!(!found.alike.is_empty(), "{text}");
            let times = Times::of(RUNS, || alike(&quest, threads));
            let some = found.alike.len();
            print(
                &format!("“{text}” ({some}): {threads} threads"),
                &times,
                &baseline,
            );
        }
    }
}

fn quest(book: &Book, text: &str) -> Quest {
    let filter = Arc::new(UserFilter::text(text));
    Quest {
        rows: book.rows().clone(),
        among: Among::Everybody,
        looked: Arc::new(Looked::new(filter, Vec::new())),
        order: UserOrder::NEWEST,
    }
}

fn exact(quest: &Quest, threads: usize) -> Found {
    let parts = each(quest, threads, |part| quest.exact(part, &|| false).unwrap());
    quest.join(&parts)
}

fn alike(quest: &Quest, threads: usize) -> Found {
    let mut found = Found::default();
    let parts = each(quest, threads, |part| quest.alike(part, &|| false).unwrap());
    quest.add_alike(&mut found, &parts);
    found
}

fn each<T: Send>(quest: &Quest, threads: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let work = &work;
    thread::scope(|scope| {
        let parts = quest.parts(threads).into_iter();
        let started: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        started
            .into_iter()
            .map(|part| part.join().unwrap())
            .collect()
    })
}

/// A page of 500 full users, as the demo's server writes it.
fn decode() {
    let body = page_of_500();
    let size = body.len();
    let reply = Reply {
        status: 200,
        body,
        read_at: Timestamp::from_millis(1_764_000_000_000),
    };
    let fetch = Fetch::Users {
        filter: Arc::default(),
        order: UserOrder::NEWEST,
        start: Start::First,
        limit: 500,
    };
    let Ok(Answer::Users(page)) = decoded(&fetch, &reply) else {
        panic!("not a page of users");
    };
    assert!((0..500).all(|row| page.row(row).is_some()));
    title(&format!("a page of 500 users, {size} bytes"));
    let value = || serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap();
    let baseline = Times::of(100, value);
    print("serde_json::Value", &baseline, &baseline);
    let ignored = || serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body).unwrap();
    print(
        "serde_json, ignoring all of it",
        &Times::of(100, ignored),
        &baseline,
    );
    let times = Times::of(100, || decoded(&fetch, &reply).unwrap());
    print("packed rows", &times, &baseline);
}

fn page_of_500() -> Vec<u8> {
    let tokio = tokio::runtime::Runtime::new().unwrap();
    tokio.block_on(async {
        let options = Options {
            users: 2_000,
            rate_limit: 0,
            ..Options::default()
        };
        let server = Server::start(options).await.unwrap();
        let request = reqwest::Client::new()
            .get(format!("{}/v1/users?limit=500", server.url()))
            .bearer_auth(server.key());
        let answer = request.send().await.unwrap();
        answer.bytes().await.unwrap().to_vec()
    })
}

//! Writes: done, refused, not sent, or unknown.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;
use tokio::time::Instant;

use super::server::{answer, answer_with};
use super::*;
use crate::domain::{ErrorKind, FieldEdit, Invite, Json, ProfileEdit, ProfileField, SessionId};

fn ban() -> Action {
    Action::Ban(user("user_1"))
}

/// The outcome, and how many requests it took.
async fn outcome(action: Action, replies: Vec<Vec<u8>>) -> (Outcome, usize) {
    let server = Server::answering(replies).await;
    let outcome = change(&server.base, action).await;
    (outcome, server.seen().len())
}

#[tokio::test]
async fn a_ban_is_done_when_clerk_answers_with_the_user() {
    let server = Server::answering([answer(200, alice())]).await;
    let done = change(&server.base, ban()).await;
    assert!(matches!(done, Outcome::Done(a) if matches!(*a, Answer::User(_))));
    let seen = &server.seen()[0];
    assert_eq!(seen.target(), "POST /v1/users/user_1/ban");
    // Some proxies refuse a POST without a length.
    assert_eq!(seen.header("content-length"), Some("0"));
}

#[tokio::test]
async fn a_body_is_json_and_says_so() {
    let server = Server::answering([answer(200, alice())]).await;
    let patch = json!({"public_metadata": {"plan": null}});
    let action = Action::MergeMetadata {
        user: user("user_1"),
        patch: Json::new(patch.clone()),
    };
    assert!(matches!(
        change(&server.base, action).await,
        Outcome::Done(_)
    ));
    let seen = &server.seen()[0];
    assert_eq!(seen.target(), "PATCH /v1/users/user_1/metadata");
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.body, patch.to_string());
}

#[tokio::test]
async fn deleting_and_revoking_have_answers_of_their_own() {
    let delete = Action::Delete(user("user_1"));
    let body = json!({"object": "user", "id": "user_1", "deleted": true});
    let (done, _) = outcome(delete.clone(), vec![answer(200, body)]).await;
    assert_eq!(
        done,
        Outcome::Done(Box::new(Answer::Deleted(user("user_1"))))
    );
    for body in [
        json!({}),
        json!({"id": "user_1", "deleted": false}),
        json!({"id": "user_2", "deleted": true}),
    ] {
        let (unknown, _) = outcome(delete.clone(), vec![answer(200, body)]).await;
        assert!(matches!(unknown, Outcome::Unknown(_)));
    }
    let session = SessionId::new("sess_1").unwrap();
    let revoke = Action::Revoke {
        session: session.clone(),
        user: user("user_1"),
    };
    let body = json!({"id": "sess_1", "user_id": "user_1", "status": "revoked"});
    let (done, _) = outcome(revoke.clone(), vec![answer(200, body)]).await;
    assert!(matches!(done, Outcome::Done(a) if matches!(*a, Answer::Session(_))));
    let (done, _) = outcome(revoke, vec![answer(200, json!({"id": "sess_1"}))]).await;
    assert_eq!(done, Outcome::Done(Box::new(Answer::Revoked(session))));
}

#[tokio::test]
async fn a_429_is_waited_out_and_the_write_sent_again() {
    let replies = vec![
        answer_with(429, "Retry-After: 0\r\n", ""),
        answer(200, alice()),
    ];
    let (done, sent) = outcome(ban(), replies).await;
    assert!(matches!(done, Outcome::Done(_)));
    assert_eq!(sent, 2);
    let (refused, sent) = outcome(ban(), vec![answer(429, ""); 7]).await;
    assert!(matches!(refused, Outcome::Refused(e) if e.kind == ErrorKind::RateLimited));
    assert_eq!(sent, 6);
}

#[tokio::test]
async fn a_write_does_not_wait_for_more_than_a_minute() {
    for wait in ["61", "86400"] {
        let reply = answer_with(429, &format!("Retry-After: {wait}\r\n"), "");
        let (refused, sent) = outcome(ban(), vec![reply, answer(200, alice())]).await;
        assert!(matches!(refused, Outcome::Refused(e) if e.status == Some(429)));
        assert_eq!(sent, 1);
    }
}

#[tokio::test]
async fn a_write_does_not_wait_for_its_turn_for_more_than_a_minute() {
    let reply = answer_with(429, "Retry-After: 3600\r\n", "");
    let server = Server::answering([reply]).await;
    let reader = reader(&server);
    let mut pace = reader.pace();
    let other = reader.clone();
    let reading = tokio::spawn(async move { other.fetch(&users(), Lane::Hands).await });
    pace.wait_for(|pace| pace.asked_by_clerk).await.unwrap();
    tokio::time::pause();
    let since = Instant::now();
    let not_sent = change_by(reader, ban(), &freely).await;
    assert!(matches!(not_sent, Outcome::NotSent(e) if e.kind == ErrorKind::RateLimited));
    assert_eq!(since.elapsed().as_secs(), 60);
    assert_eq!(server.seen().len(), 1);
    reading.abort();
}

#[tokio::test]
async fn a_wait_that_makes_no_sense_is_a_short_one() {
    for wait in ["0", "-7", "86401", "18446744073709551615", "soon", ""] {
        let reply = answer_with(429, &format!("Retry-After: {wait}\r\n"), "");
        let (done, sent) = outcome(ban(), vec![reply, answer(200, alice())]).await;
        assert!(matches!(done, Outcome::Done(_)), "{wait}");
        assert_eq!(sent, 2);
    }
}

#[tokio::test]
async fn a_429_of_a_limit_of_its_own_stops_nobody_else() {
    let name = FieldEdit {
        field: ProfileField::FirstName,
        before: None,
        after: Some("Alice".into()),
    };
    let edit = Action::Edit(user("user_1"), ProfileEdit(vec![name]));
    let invite = Action::Invite(Box::new(Invite::new("new@example.com".into())));
    for (action, stops) in [(edit, false), (invite, false), (ban(), true)] {
        let reply = answer_with(429, "Retry-After: 3600\r\n", "");
        let server = Server::answering([reply]).await;
        let reader = reader(&server);
        let refused = change_by(reader.clone(), action, &freely).await;
        assert!(matches!(refused, Outcome::Refused(e) if e.status == Some(429)));
        assert_eq!(reader.pace().borrow().asked_by_clerk, stops);
    }
}

#[tokio::test]
async fn a_refusal_is_not_repeated() {
    for status in [301, 302, 307, 308, 400, 401, 402, 403, 404, 409, 422] {
        let reply = answer_with(status, "Location: /v1/users/user_1\r\n", "");
        let (refused, sent) = outcome(ban(), vec![reply, answer(200, alice())]).await;
        let Outcome::Refused(error) = refused else {
            panic!("{status}: {refused:?}");
        };
        assert_eq!((error.status, sent), (Some(status), 1));
    }
}

#[tokio::test]
async fn without_a_usable_answer_it_may_have_been_done_and_is_not_repeated() {
    let whole = answer(200, alice());
    for (reply, kind) in [
        (answer(500, ""), ErrorKind::Server),
        (answer(502, "<html>"), ErrorKind::Server),
        (answer(503, ""), ErrorKind::Server),
        (answer(408, ""), ErrorKind::UnexpectedStatus),
        (answer(200, "<html>"), ErrorKind::WrongShape),
        (answer(200, "{}"), ErrorKind::WrongShape),
        (answer(200, json!({"id": "user_2"})), ErrorKind::WrongShape),
        (answer(204, ""), ErrorKind::WrongShape),
        (Vec::new(), ErrorKind::Broken),
        (whole[..whole.len() - 9].to_vec(), ErrorKind::Broken),
    ] {
        let (unknown, sent) = outcome(ban(), vec![reply, whole.clone()]).await;
        let Outcome::Unknown(error) = unknown else {
            panic!("{unknown:?}");
        };
        assert_eq!((error.kind, sent), (kind, 1), "{error:?}");
    }
}

#[tokio::test]
async fn what_never_left_is_tried_three_times_and_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for action in [ban(), Action::Delete(user("user_1"))] {
        let tries = Arc::new(AtomicU32::new(1));
        let counted = Arc::clone(&tries);
        let again = move |error| {
            counted.fetch_add(1, Ordering::Relaxed);
            freely(error)
        };
        let reader = Reader::new(settings(&base));
        let Outcome::NotSent(error) = change_by(reader, action, &again).await else {
            panic!("sent");
        };
        assert_eq!(tries.load(Ordering::Relaxed), 3);
        assert_eq!(error.kind, ErrorKind::NotConnected);
        assert!(
            error.message.raw().contains("connection refused"),
            "{error:?}"
        );
    }
}

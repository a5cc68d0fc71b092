//! Reads, from the request to the answer or the error.

use serde_json::json;

use super::server::{answer, answer_with};
use super::*;
use crate::domain::{ErrorKind, Page, Row, UserFilter, UserRow};

async fn error_of(replies: Vec<Vec<u8>>, what: &Fetch) -> ApiError {
    let server = Server::answering(replies).await;
    fetch(&server, what).await.unwrap_err()
}

async fn rows_of(body: impl ToString) -> Page<UserRow> {
    let server = Server::answering([answer(200, body)]).await;
    match fetch(&server, &users()).await {
        Ok(Answer::Users(page)) => page.unpack(),
        other => panic!("{other:?}"),
    }
}

fn ids(page: &Page<UserRow>) -> Vec<&str> {
    let rows = page.rows.iter();
    rows.map(|row| row.read().map_or("?", |user| user.id.as_str()))
        .collect()
}

#[tokio::test]
async fn every_request_carries_key_version_and_name() {
    let server = Server::answering([answer(200, "[]")]).await;
    fetch(&server, &users()).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(
        seen.target(),
        "GET /v1/users?order_by=-created_at&limit=100"
    );
    assert_eq!(
        seen.header("authorization"),
        Some("Bearer sk_test_do_not_tell")
    );
    assert_eq!(seen.header("clerk-api-version"), Some("2026-05-12"));
    let name = format!("clerk-tui/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(seen.header("user-agent"), Some(name.as_str()));
    assert_eq!(seen.header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn both_list_shapes_are_read() {
    let bare = rows_of(json!([alice(), {"id": "user_2"}])).await;
    assert_eq!((ids(&bare), bare.total), (vec!["user_1", "user_2"], None));
    let wrapped = json!({"data": [alice()], "total_count": 7, "has_more": true});
    let wrapped = rows_of(wrapped).await;
    assert_eq!((ids(&wrapped), wrapped.total), (vec!["user_1"], Some(7)));
    assert!(rows_of("[]").await.rows.is_empty());
    assert!(
        rows_of(r#"{"data":null,"total_count":0}"#)
            .await
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn one_strange_row_hides_no_other() {
    let page = rows_of(json!([
        {"id": "user_1"}, {"id": "../user_2"}, 7, {"first_name": "Nobody"}, {"id": "user_5"}
    ]))
    .await;
    assert_eq!(ids(&page), ["user_1", "?", "?", "?", "user_5"]);
    let why = |n: usize| match &page.rows[n] {
        Row::Unreadable(row) => (row.id.as_ref().map(|id| id.raw().to_owned()), row.why.raw()),
        Row::Read(_) => panic!("readable"),
    };
    let (id, words) = why(1);
    assert_eq!(id.as_deref(), Some("../user_2"));
    assert!(words.starts_with("its id is not an id"), "{words}");
    assert_eq!(why(2), (None, "it is not an object"));
    assert_eq!(why(3), (None, "its id is missing"));
    // Half a character: JSON to some, but not text.
    let page = rows_of(r#"[{"id":"user_1","first_name":"\ud800"},{"id":"user_2"}]"#).await;
    assert_eq!(ids(&page), ["?", "user_2"]);
}

#[tokio::test]
async fn what_is_no_list_is_an_error_and_never_an_empty_list() {
    for body in [
        "",
        "{}",
        "null",
        "\"users\"",
        "<!doctype html><p>Welcome",
        r#"[{"id":"user_1"},"#,
        r#"{"data":[{"id":"user_1"}"#,
        r#"{"data":null}"#,
        r#"{"data":{}}"#,
        r#"{"users":[]}"#,
        "[] []",
    ] {
        let error = error_of(vec![answer(200, body)], &users()).await;
        assert_eq!(error.kind, ErrorKind::WrongShape, "{body}");
        assert_eq!(error.status, Some(200), "{body}");
    }
    for what in [Fetch::User(user("user_1")), Fetch::Instance] {
        let error = error_of(vec![answer(200, "{}")], &what).await;
        assert_eq!(error.kind, ErrorKind::WrongShape);
    }
    let count = Fetch::UserCount {
        filter: UserFilter::default().into(),
    };
    for body in ["{}", r#"{"total_count":-1}"#, r#"{"total_count":null}"#] {
        let error = error_of(vec![answer(200, body)], &count).await;
        assert_eq!(error.kind, ErrorKind::WrongShape, "{body}");
    }
}

#[tokio::test]
async fn a_profile_of_somebody_else_is_no_answer() {
    let what = Fetch::User(user("user_2"));
    let error = error_of(vec![answer(200, alice())], &what).await;
    assert_eq!(error.kind, ErrorKind::WrongShape);
}

#[tokio::test]
async fn a_count_is_read() {
    let body = r#"{"object":"total_count","total_count":842}"#;
    let server = Server::answering([answer(200, body)]).await;
    let count = Fetch::UserCount {
        filter: UserFilter::default().into(),
    };
    assert_eq!(fetch(&server, &count).await, Ok(Answer::Count(842)));
}

#[tokio::test]
async fn a_429_is_waited_out_and_the_read_sent_again() {
    let error = json!({"errors": [{"code": "too_many_requests", "message": "Slow down"}]});
    let server = Server::answering([
        answer(429, &error),
        answer_with(429, "Retry-After: 0\r\n", ""),
        answer(200, json!([alice()])),
    ])
    .await;
    assert!(fetch(&server, &users()).await.is_ok());
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn a_429_is_not_waited_out_for_ever() {
    let error = error_of(vec![answer(429, ""); 6], &users()).await;
    assert_eq!(error.kind, ErrorKind::RateLimited);
}

#[tokio::test]
async fn what_may_pass_is_read_again_and_what_will_not_is_not() {
    for bad in [
        answer(503, ""),
        answer(502, "<html>"),
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        vec![],
    ] {
        let server = Server::answering([bad, answer(200, "[]")]).await;
        assert!(fetch(&server, &users()).await.is_ok());
        assert_eq!(server.seen().len(), 2);
    }
    for status in [400, 401, 404, 422, 500] {
        let server = Server::answering([answer(status, ""), answer(200, "[]")]).await;
        assert_eq!(
            fetch(&server, &users()).await.unwrap_err().status,
            Some(status)
        );
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_keeps_all_that_clerk_said() {
    let body = json!({
        "errors": [{
            "code": "form_param_value_invalid", "message": "is invalid",
            "long_message": "order_by must be one of …", "meta": {"param_name": "order_by"},
        }],
        "clerk_trace_id": "trace_1",
    });
    let error = error_of(vec![answer(422, &body)], &users()).await;
    assert_eq!(error.kind, ErrorKind::Invalid);
    assert_eq!(error.status, Some(422));
    assert_eq!(error.code, Some("form_param_value_invalid".into()));
    assert_eq!(error.message, "order_by must be one of …".into());
    assert_eq!(error.param, Some("order_by".into()));
    assert_eq!(error.trace_id, Some("trace_1".into()));
    // Without a long message, or with odd fields, the rest still counts.
    let body =
        json!({"errors": [{"code": "X", "message": "is odd", "long_message": 7, "meta": []}]});
    let error = error_of(vec![answer(403, &body)], &users()).await;
    assert_eq!(
        (error.kind, error.message),
        (ErrorKind::Forbidden, "is odd".into())
    );
}

#[tokio::test]
async fn every_status_has_its_kind() {
    for (status, kind) in [
        (400, ErrorKind::Invalid),
        (401, ErrorKind::KeyRefused),
        (402, ErrorKind::PlanLacks),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
        (418, ErrorKind::UnexpectedStatus),
        (422, ErrorKind::Invalid),
        (500, ErrorKind::Server),
    ] {
        let error = error_of(vec![answer(status, "<html>no</html>")], &users()).await;
        assert_eq!((error.kind, error.status), (kind, Some(status)));
        let words = format!("Answered {status} with HTML, which is not Clerk's.");
        assert!(error.message.raw().starts_with(&words), "{error:?}");
    }
}

//! Invitations: listed, made, revoked.

use crate::{Demo, error, ids};
use serde_json::{Value, json};

async fn refused(demo: &Demo, path: &str, body: Value) -> (u16, String, String) {
    let (status, answer) = demo.post(path, Some(body)).await;
    error(status, &answer)
}

#[tokio::test]
async fn invitations_are_listed_by_state_and_text_newest_first() {
    let demo = Demo::start().await;
    let all = demo.get("/invitations?limit=100").await;
    let rows = all.as_array().unwrap();
    assert_eq!(rows.len(), 6, "all but the revoked one");
    let times: Vec<i64> = rows
        .iter()
        .map(|row| row["created_at"].as_i64().unwrap())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b));
    for (status, n) in [
        ("pending", 4),
        ("accepted", 1),
        ("revoked", 1),
        ("expired", 1),
    ] {
        let path = format!("/invitations?status={status}&paginated=true");
        let page = demo.get(&path).await;
        assert_eq!(page["total_count"], n, "{status}");
        let rows = page["data"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["status"] == status));
        assert_eq!(rows[0]["revoked"], status == "revoked");
    }
    let ada = demo.get("/invitations?query=ADA@").await;
    assert_eq!(ada[0]["email_address"], "ada@brightpath.example");
    let id = ids(&ada).remove(0);
    assert_eq!(demo.get(&format!("/invitations?query={id}")).await, ada);
    let second = demo.get("/invitations?limit=1&offset=1").await;
    assert_eq!(ids(&second)[0], ids(&all)[1]);
    let first = demo
        .get("/invitations?order_by=email_address&limit=1&query=example")
        .await;
    assert_eq!(first[0]["email_address"], "\u{1b}[31mred@mail.example");
    assert_eq!(demo.refused("/invitations?status=lost").await.2, "status");
    assert_eq!(
        demo.refused("/invitations?order_by=shoes").await.2,
        "order_by"
    );
}

#[tokio::test]
async fn an_invitation_is_made_once_and_revoked_once() {
    let demo = Demo::start().await;
    let body = || json!({ "email_address": "New@example.org", "expires_in_days": 1, "public_metadata": { "a": 1 } });
    let (status, new) = demo.post("/invitations", Some(body())).await;
    assert_eq!(status, 200, "{new}");
    assert_eq!(new["object"], "invitation");
    assert_eq!(
        (&new["email_address"], &new["status"], &new["revoked"]),
        (&json!("new@example.org"), &json!("pending"), &json!(false))
    );
    assert_eq!(new["public_metadata"], json!({ "a": 1 }));
    assert!(new["url"].is_string());
    assert_eq!(demo.get("/invitations?limit=1").await[0], new);
    let again = refused(&demo, "/invitations", body()).await;
    assert_eq!((again.0, again.1.as_str()), (400, "duplicate_record"));
    let mut anyway = body();
    anyway["ignore_existing"] = true.into();
    assert_eq!(demo.post("/invitations", Some(anyway)).await.0, 200);

    let path = format!("/invitations/{}/revoke", new["id"].as_str().unwrap());
    let (status, revoked) = demo.post(&path, None).await;
    assert_eq!(
        (status, &revoked["status"], &revoked["revoked"]),
        (200, &json!("revoked"), &json!(true))
    );
    let again = refused(&demo, &path, json!({})).await;
    assert_eq!(
        (again.0, again.1.as_str()),
        (400, "invitation_already_revoked")
    );
    let accepted = demo.get("/invitations?status=accepted").await;
    let path = format!("/invitations/{}/revoke", ids(&accepted)[0]);
    let late = refused(&demo, &path, json!({})).await;
    assert_eq!(
        (late.0, late.1.as_str()),
        (400, "invitation_already_accepted")
    );
    let nowhere = refused(&demo, "/invitations/inv_1/revoke", json!({})).await;
    assert_eq!(nowhere.0, 404);
    demo.server
        .switches()
        .advance(std::time::Duration::from_hours(24));
    let expired = demo.get("/invitations?status=expired&query=new@").await;
    assert_eq!(expired.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_invitation_is_refused_with_the_parameter_that_is_to_blame() {
    let demo = Demo::start().await;
    let with = |name: &str, value: Value| {
        let mut body = json!({ "email_address": "new@example.org" });
        body[name] = value;
        body
    };
    for (body, code, param) in [
        (json!({}), "form_param_missing", "email_address"),
        (
            with("email_address", json!("no")),
            "form_param_format_invalid",
            "email_address",
        ),
        (
            with("email_address", json!("alice@example.com")),
            "form_identifier_exists",
            "email_address",
        ),
        (
            with("expires_in_days", json!(366)),
            "form_param_value_invalid",
            "expires_in_days",
        ),
        (
            with("redirect_url", json!("nowhere")),
            "form_param_value_invalid",
            "redirect_url",
        ),
        (
            with("public_metadata", json!(1)),
            "form_param_value_invalid",
            "public_metadata",
        ),
        (
            with("template_slug", json!("x")),
            "form_param_value_invalid",
            "template_slug",
        ),
        (with("shoes", json!(1)), "form_param_unknown", "shoes"),
    ] {
        let answer = refused(&demo, "/invitations", body.clone()).await;
        let expected = (422, code.to_owned(), param.to_owned());
        assert_eq!(answer, expected, "{body}");
    }
}

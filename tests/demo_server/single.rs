//! Single things by their ids.

use crate::Demo;
use reqwest::Method;
use serde_json::{Value, json};

/// Every address of these rows by its own id is the same as in its row.
async fn same_alone(demo: &Demo, rows: &Value, list: &str) -> usize {
    let mut seen = 0;
    for one in rows.as_array().unwrap().iter().flat_map(|row| {
        let all = row[list].as_array().unwrap();
        all.clone()
    }) {
        let path = format!("/{list}/{}", one["id"].as_str().unwrap());
        assert_eq!(demo.get(&path).await, one);
        seen += 1;
    }
    seen
}

#[tokio::test]
async fn addresses_are_found_by_their_own_ids() {
    let demo = Demo::start().await;
    let rows = demo.get("/users?limit=60").await;
    assert!(same_alone(&demo, &rows, "email_addresses").await > 40);
    assert!(same_alone(&demo, &rows, "phone_numbers").await > 5);
}

#[tokio::test]
async fn an_idn_is_an_email_address_or_a_phone_number() {
    let demo = Demo::start().await;
    let alice = demo.get("/users/user_2abc123").await;
    let email = alice["email_addresses"][0]["id"].as_str().unwrap();
    let phone = alice["phone_numbers"][0]["id"].as_str().unwrap();
    for path in [
        format!("/phone_numbers/{email}"),
        format!("/email_addresses/{phone}"),
        "/email_addresses/idn_x".to_owned(),
        "/phone_numbers/user_2abc123".to_owned(),
    ] {
        let (status, code, _) = demo.refused(&path).await;
        let code = code.as_str();
        assert_eq!((status, code), (404, "resource_not_found"), "{path}");
    }
    demo.send(Method::DELETE, "/users/user_2abc123", None).await;
    assert_eq!(
        demo.refused(&format!("/email_addresses/{email}")).await.0,
        404
    );
}

#[tokio::test]
async fn whoever_was_created_has_addresses_with_ids() {
    let demo = Demo::start().await;
    let body = json!({ "email_address": ["new@example.org"], "phone_number": ["+15555550100"] });
    let (status, new) = demo.post("/users", Some(body)).await;
    assert_eq!(status, 200);
    let rows = json!([new]);
    assert_eq!(same_alone(&demo, &rows, "email_addresses").await, 1);
    assert_eq!(same_alone(&demo, &rows, "phone_numbers").await, 1);
}

#[tokio::test]
async fn sessions_and_organizations_are_found_alone() {
    let demo = Demo::start().await;
    let session = demo.get("/sessions?limit=1").await[0].clone();
    let path = format!("/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(demo.get(&path).await, session);
    let all = demo
        .get("/organizations?limit=500&include_members_count=true")
        .await;
    for org in all["data"].as_array().unwrap() {
        for name in ["id", "slug"] {
            let name = org[name].as_str().unwrap();
            let path = format!("/organizations/{name}?include_members_count=true");
            assert_eq!(demo.get(&path).await, *org);
        }
    }
    let encoded = demo.get("/organizations/%61cme%2Dresearch").await;
    assert_eq!(encoded["slug"], "acme-research");
}

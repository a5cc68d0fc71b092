//! Changes, and what follows from them.

use crate::{Demo, error, ids};
use clerk_tui::demo::Quirk;
use reqwest::Method;
use serde_json::{Value, json};

const ALICE: &str = "/users/user_2abc123";

#[tokio::test]
async fn a_ban_revokes_all_sessions_and_unban_brings_none_back() {
    let demo = Demo::start().await;
    let active = "/sessions?user_id=user_2abc123&status=active";
    assert_eq!(demo.get(active).await.as_array().map(Vec::len), Some(2));
    let (status, user) = demo.post(&format!("{ALICE}/ban"), None).await;
    assert_eq!((status, &user["banned"]), (200, &json!(true)));
    assert_eq!(demo.get(active).await, json!([]));
    let all = demo.get("/users/count?banned=true").await["total_count"].as_u64();
    let (_, user) = demo.post(&format!("{ALICE}/unban"), None).await;
    assert_eq!(user["banned"], false);
    assert_eq!(user, demo.get(ALICE).await);
    assert_eq!(demo.get(active).await, json!([]));
    let now = demo.get("/users/count?banned=true").await["total_count"].as_u64();
    assert_eq!(now.map(|n| n + 1), all);
}

#[tokio::test]
async fn a_lock_counts_down_and_ends() {
    let demo = Demo::start().await;
    let (_, user) = demo.post(&format!("{ALICE}/lock"), None).await;
    assert_eq!(user["locked"], true);
    assert_eq!(user["lockout_expires_in_seconds"], 3600);
    demo.server
        .switches()
        .advance(std::time::Duration::from_mins(10));
    assert_eq!(demo.get(ALICE).await["lockout_expires_in_seconds"], 3000);
    demo.server
        .switches()
        .advance(std::time::Duration::from_mins(50));
    assert_eq!(demo.get(ALICE).await["locked"], false);
    demo.post(&format!("{ALICE}/lock"), None).await;
    let (_, user) = demo.post(&format!("{ALICE}/unlock"), None).await;
    assert_eq!(user["locked"], false);
    assert_eq!(user["lockout_expires_in_seconds"], Value::Null);
}

#[tokio::test]
async fn deletion_takes_sessions_and_memberships_along() {
    let demo = Demo::start().await;
    let acme = "/organizations/acme-research?include_members_count=true";
    let before = demo.get(acme).await["members_count"].as_u64().unwrap();
    let session = ids(&demo.get("/sessions?user_id=user_2abc123").await).remove(0);
    let sessions = demo.get("/sessions?paginated=true").await["total_count"]
        .as_u64()
        .unwrap();
    let (status, gone) = demo.ask(Method::DELETE, ALICE, None).await;
    assert_eq!(status, 200);
    assert_eq!(
        gone,
        json!({ "object": "user", "id": "user_2abc123", "deleted": true })
    );
    assert_eq!(demo.refused(ALICE).await.0, 404);
    assert_eq!(demo.ask(Method::DELETE, ALICE, None).await.0, 404);
    assert_eq!(demo.refused(&format!("/sessions/{session}")).await.0, 404);
    assert_eq!(demo.get("/users/count").await["total_count"], 841);
    assert_eq!(demo.get("/users/count?query=alice").await["total_count"], 4);
    assert_eq!(demo.get(acme).await["members_count"], before - 1);
    let after = demo.get("/sessions?paginated=true").await["total_count"]
        .as_u64()
        .unwrap();
    assert_eq!(after, sessions - 3);
    let email = json!({ "email_address": ["alice@example.com"] });
    assert_eq!(
        demo.post("/users", Some(email)).await.0,
        200,
        "the address is free again"
    );
}

#[tokio::test]
async fn many_are_banned_at_once_or_nobody() {
    let demo = Demo::start().await;
    let fifty = ids(&demo.get("/users?limit=50&banned=false").await);
    let (status, users) = demo
        .post("/users/ban", Some(json!({ "user_ids": fifty })))
        .await;
    assert_eq!(status, 200);
    assert_eq!(ids(&users), fifty);
    assert!(
        users
            .as_array()
            .unwrap()
            .iter()
            .all(|u| u["banned"] == true)
    );
    let (_, users) = demo
        .post("/users/unban", Some(json!({ "user_ids": fifty })))
        .await;
    assert!(
        users
            .as_array()
            .unwrap()
            .iter()
            .all(|u| u["banned"] == false)
    );
    let more = ids(&demo.get("/users?limit=51").await);
    let (status, body) = demo
        .post("/users/ban", Some(json!({ "user_ids": more })))
        .await;
    assert_eq!(error(status, &body).2, "user_ids");
    let (status, _) = demo
        .post("/users/ban", Some(json!({ "user_ids": [] })))
        .await;
    assert_eq!(status, 422);
    let stranger = json!({ "user_ids": ["user_2abc123", "user_nobody"] });
    assert_eq!(demo.post("/users/ban", Some(stranger)).await.0, 404);
    assert_eq!(demo.get(ALICE).await["banned"], false);
}

#[tokio::test]
async fn one_session_is_revoked() {
    let demo = Demo::start().await;
    let active = "/sessions?user_id=user_2abc123&status=active";
    let one = ids(&demo.get(active).await).remove(0);
    let (status, session) = demo.post(&format!("/sessions/{one}/revoke"), None).await;
    assert_eq!((status, &session["status"]), (200, &json!("revoked")));
    assert_eq!(demo.get(&format!("/sessions/{one}")).await, session);
    assert_eq!(demo.get(active).await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn edits_are_kept_and_found() {
    let demo = Demo::start().await;
    demo.get("/users?order_by=first_name").await;
    let edit = json!({ "first_name": "Zz Top", "last_name": null, "username": "zz", "external_id": "x-1" });
    let (status, user) = demo.ask(Method::PATCH, ALICE, Some(edit)).await;
    assert_eq!(status, 200, "{user}");
    assert_eq!(user["first_name"], "Zz Top");
    assert_eq!(user["last_name"], Value::Null);
    assert_eq!(user["public_metadata"]["plan"], "pro", "metadata stays");
    assert_eq!(
        demo.get("/users/count?query=zz+top").await["total_count"],
        1
    );
    assert_eq!(demo.get("/users/count?username=zz").await["total_count"], 1);
    assert_eq!(
        demo.get("/users/count?external_id=x-1").await["total_count"],
        1
    );
    let last = demo.get("/users?order_by=-updated_at&limit=1").await;
    assert_eq!(last[0]["id"], "user_2abc123");
    let all = ids(&demo
        .get("/users?order_by=first_name&limit=500&offset=400")
        .await);
    assert!(all.contains(&"user_2abc123".to_owned()));
    let username = demo
        .get("/users?limit=1&username_query=a&user_id=-user_2abc123")
        .await[0]["username"]
        .clone();
    let (status, body) = demo
        .ask(Method::PATCH, ALICE, Some(json!({ "username": username })))
        .await;
    let expected = (
        422,
        "form_identifier_exists".to_owned(),
        "username".to_owned(),
    );
    assert_eq!(error(status, &body), expected);
    let (status, body) = demo
        .ask(Method::PATCH, ALICE, Some(json!({ "shoes": 1 })))
        .await;
    assert_eq!(error(status, &body).1, "form_param_unknown");
}

#[tokio::test]
async fn metadata_is_merged_replaced_and_refused_by_version() {
    let demo = Demo::start().await;
    let path = format!("{ALICE}/metadata");
    let merged =
        json!({ "public_metadata": { "features": { "sso": true, "exports": null }, "n": 1 } });
    let (status, user) = demo.ask(Method::PATCH, &path, Some(merged)).await;
    assert_eq!(status, 200);
    let expected = json!({ "plan": "pro", "seats": 5, "features": { "sso": true }, "n": 1 });
    assert_eq!(user["public_metadata"], expected);
    let put = json!({ "private_metadata": { "only": [1, null] } });
    let (_, user) = demo.ask(Method::PUT, &path, Some(put)).await;
    assert_eq!(user["private_metadata"], json!({ "only": [1, null] }));
    assert_eq!(user["public_metadata"], expected);
    let direct = json!({ "public_metadata": { "old": "way" } });
    let (status, body) = demo.ask(Method::PATCH, ALICE, Some(direct.clone())).await;
    assert_eq!(error(status, &body).2, "public_metadata");
    let url = format!("{}/v1{ALICE}", demo.server.url());
    for version in ["2025-11-10", "2021-02-05", ""] {
        let mut old = demo
            .client
            .patch(&url)
            .bearer_auth(demo.server.key())
            .json(&direct);
        if !version.is_empty() {
            old = old.header("Clerk-API-Version", version);
        }
        assert_eq!(old.send().await.unwrap().status(), 200, "{version}");
    }
    assert_eq!(
        demo.get(ALICE).await["public_metadata"],
        json!({ "old": "way" })
    );
}

#[tokio::test]
async fn somebody_new_comes_first_and_duplicates_are_refused() {
    let demo = Demo::start().await;
    let new = json!({
        "email_address": ["new@example.org"], "phone_number": ["+15550001111"], "username": "newcomer",
        "first_name": "New", "password": "correct horse", "public_metadata": { "a": 1 },
    });
    let (status, user) = demo.post("/users", Some(new.clone())).await;
    assert_eq!(status, 200, "{user}");
    assert_eq!(user["password_enabled"], true);
    assert_eq!(
        user["email_addresses"][0]["verification"]["status"],
        "verified"
    );
    assert_eq!(
        user["primary_email_address_id"],
        user["email_addresses"][0]["id"]
    );
    assert_eq!(demo.get("/users?limit=1").await[0], user);
    assert_eq!(demo.get("/users/count").await["total_count"], 843);
    let (status, body) = demo.post("/users", Some(new)).await;
    let expected = (
        422,
        "form_identifier_exists".to_owned(),
        "email_address".to_owned(),
    );
    assert_eq!(error(status, &body), expected);
    for (body, code) in [
        (json!({ "first_name": "X" }), "form_data_missing"),
        (
            json!({ "email_address": ["no"] }),
            "form_param_format_invalid",
        ),
        (
            json!({ "username": "u1", "password": "short" }),
            "form_password_length_too_short",
        ),
        (
            json!({ "username": "a b" }),
            "form_username_invalid_character",
        ),
        (
            json!({ "username": "u2", "nonsense": 1 }),
            "form_param_unknown",
        ),
        (
            json!({ "external_id": "crm-4411", "username": "u3" }),
            "form_identifier_exists",
        ),
    ] {
        let (status, answer) = demo.post("/users", Some(body.clone())).await;
        let (status, found, _) = error(status, &answer);
        assert_eq!((status, found.as_str()), (422, code), "{body}");
    }
    let id = user["id"].as_str().unwrap();
    let path = format!("/users?starting_after={id}&limit=1");
    let second = ids(&demo.get("/users?limit=1&offset=1").await);
    assert_eq!(ids(&demo.get(&path).await), second);
    let (status, _) = demo
        .ask(Method::DELETE, &format!("/users/{id}"), None)
        .await;
    assert_eq!(status, 200);
    assert_eq!(demo.get("/users/count").await["total_count"], 842);
}

#[tokio::test]
async fn one_user_takes_ten_updates_in_ten_seconds() {
    let demo = Demo::start().await;
    let edit = || Some(json!({ "first_name": "A" }));
    for _ in 0..11 {
        assert_eq!(demo.ask(Method::PATCH, ALICE, edit()).await.0, 200);
    }
    demo.server.switches().set(Quirk::LimitUpdates, true);
    let edit = || Some(json!({ "first_name": "A" }));
    for _ in 0..10 {
        assert_eq!(demo.ask(Method::PATCH, ALICE, edit()).await.0, 200);
    }
    assert_eq!(demo.ask(Method::PATCH, ALICE, edit()).await.0, 429);
    demo.server
        .switches()
        .advance(std::time::Duration::from_secs(10));
    assert_eq!(demo.ask(Method::PATCH, ALICE, edit()).await.0, 200);
}

#[tokio::test]
async fn ways_in_are_taken_away() {
    let demo = Demo::start().await;
    let path = format!("{ALICE}/mfa");
    let (status, answer) = demo.ask(Method::DELETE, &path, None).await;
    assert_eq!(
        (status, answer),
        (200, json!({ "user_id": "user_2abc123" }))
    );
    let user = demo.get(ALICE).await;
    assert_eq!(user["two_factor_enabled"], false);
    assert_eq!(user["backup_code_enabled"], false);
    assert!(user["mfa_disabled_at"].is_i64());
    let account = user["external_accounts"][0]["id"].as_str().unwrap();
    let path = format!("{ALICE}/external_accounts/{account}");
    assert_eq!(
        demo.ask(Method::DELETE, &path, None).await.1["deleted"],
        true
    );
    assert_eq!(demo.ask(Method::DELETE, &path, None).await.0, 404);
    let (_, user) = demo.post(&format!("{ALICE}/remove_password"), None).await;
    assert_eq!(user["password_enabled"], false);
    assert_eq!(user["external_accounts"], json!([]));
    let (status, body) = demo
        .post(&format!("{ALICE}/password/set_compromised"), None)
        .await;
    assert_eq!(error(status, &body).1, "no_password_set");
}

//! Addresses, passwords and tokens: changed, and refused.

use crate::{Demo, error, ids};
use clerk_tui::demo::{Fault, Quirk};
use reqwest::Method;
use serde_json::{Value, json};

const ALICE: &str = "/users/user_2abc123";
const ACTIVE: &str = "/sessions?user_id=user_2abc123&status=active";

fn of_alice(more: Value) -> Value {
    let mut body = json!({ "user_id": "user_2abc123" });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    body
}

/// Asks for what is refused; gives status, code and parameter.
async fn no(demo: &Demo, method: Method, path: &str, body: Value) -> (u16, String, String) {
    let (status, answer) = demo.ask(method, path, Some(body)).await;
    error(status, &answer)
}

fn refusal(status: u16, code: &str, param: &str) -> (u16, String, String) {
    (status, code.to_owned(), param.to_owned())
}

/// The texts of a user's addresses.
fn texts(user: &Value, list: &str, field: &str) -> Vec<String> {
    let all = user[list].as_array().unwrap().iter();
    all.map(|one| one[field].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_email_address_is_added_verified_made_primary_and_removed() {
    let demo = Demo::start().await;
    let body = of_alice(json!({ "email_address": "Alice.New@example.com" }));
    let (status, new) = demo.post("/email_addresses", Some(body.clone())).await;
    assert_eq!(status, 200, "{new}");
    assert_eq!(new["object"], "email_address");
    assert_eq!(new["email_address"], "alice.new@example.com");
    assert_eq!(new["verification"], Value::Null);
    let path = format!("/email_addresses/{}", new["id"].as_str().unwrap());
    assert_eq!(demo.get(&path).await, new);
    let found = "/users/count?email_address=alice.new@example.com";
    assert_eq!(demo.get(found).await["total_count"], 1);

    let unverified = no(&demo, Method::PATCH, &path, json!({ "primary": true })).await;
    assert_eq!(
        unverified,
        refusal(422, "form_verification_needed", "primary")
    );
    let both = json!({ "verified": true, "primary": true });
    let (status, changed) = demo.ask(Method::PATCH, &path, Some(both)).await;
    assert_eq!(status, 200);
    assert_eq!(changed["verification"]["strategy"], "admin");
    assert_eq!(changed["id"], new["id"]);
    let user = demo.get(ALICE).await;
    assert_eq!(user["primary_email_address_id"], new["id"]);

    let (status, gone) = demo.ask(Method::DELETE, &path, None).await;
    let expected = json!({ "object": "email_address", "id": new["id"], "deleted": true });
    assert_eq!((status, gone), (200, expected));
    assert_eq!(demo.refused(&path).await.0, 404);
    let user = demo.get(ALICE).await;
    let first = &user["email_addresses"][0];
    assert_eq!(user["primary_email_address_id"], first["id"]);
    let (_, again) = demo.post("/email_addresses", Some(body)).await;
    assert_ne!(again["id"], new["id"], "no id comes back");
}

#[tokio::test]
async fn addresses_are_refused_with_the_parameter_that_is_to_blame() {
    let demo = Demo::start().await;
    let post = Method::POST;
    for (path, body, expected) in [
        (
            "/email_addresses",
            json!({ "email_address": "a@example.org" }),
            refusal(422, "form_param_missing", "user_id"),
        ),
        (
            "/email_addresses",
            of_alice(json!({})),
            refusal(422, "form_param_missing", "email_address"),
        ),
        (
            "/email_addresses",
            of_alice(json!({ "email_address": "no" })),
            refusal(422, "form_param_format_invalid", "email_address"),
        ),
        (
            "/email_addresses",
            of_alice(json!({ "email_address": "alice.ng@example.org" })),
            refusal(422, "form_identifier_exists", "email_address"),
        ),
        (
            "/email_addresses",
            of_alice(json!({ "email_address": "a@example.org", "shoes": 1 })),
            refusal(422, "form_param_unknown", "shoes"),
        ),
        (
            "/email_addresses",
            json!({ "user_id": "user_nobody", "email_address": "a@example.org" }),
            refusal(404, "resource_not_found", ""),
        ),
        (
            "/phone_numbers",
            of_alice(json!({ "phone_number": "+49555" })),
            refusal(422, "form_param_format_invalid", "phone_number"),
        ),
        (
            "/phone_numbers",
            of_alice(json!({ "phone_number": "+4955512345", "reserved_for_second_factor": true })),
            refusal(400, "identification_create_second_factor_unverified", ""),
        ),
    ] {
        assert_eq!(no(&demo, post.clone(), path, body).await, expected);
    }
    let nowhere = "/email_addresses/idn_nowhere";
    assert_eq!(no(&demo, Method::PATCH, nowhere, json!({})).await.0, 404);
    assert_eq!(demo.ask(Method::DELETE, nowhere, None).await.0, 404);
    let busy = demo.server.switches();
    busy.plan(1, "POST /email_addresses", Fault::Status(409));
    let body = of_alice(json!({ "email_address": "a@example.org" }));
    let conflict = no(&demo, post, "/email_addresses", body).await;
    assert_eq!(conflict, refusal(409, "resource_locked", ""));
}

#[tokio::test]
async fn a_phone_number_can_be_a_second_factor() {
    let demo = Demo::start().await;
    demo.ask(Method::DELETE, &format!("{ALICE}/mfa"), None)
        .await;
    let body = of_alice(json!({
        "phone_number": "+4955500000001", "verified": true, "reserved_for_second_factor": true,
    }));
    let (status, new) = demo.post("/phone_numbers", Some(body)).await;
    assert_eq!(status, 200, "{new}");
    assert_eq!(new["reserved_for_second_factor"], true);
    assert_eq!(demo.get(ALICE).await["two_factor_enabled"], true);
    let path = format!("/phone_numbers/{}", new["id"].as_str().unwrap());
    let off = Some(json!({ "reserved_for_second_factor": false, "primary": true }));
    let (_, changed) = demo.ask(Method::PATCH, &path, off).await;
    assert_eq!(changed["reserved_for_second_factor"], false);
    let user = demo.get(ALICE).await;
    assert_eq!(user["two_factor_enabled"], false);
    assert_eq!(user["primary_phone_number_id"], new["id"]);
    let first = user["phone_numbers"][0]["id"].as_str().unwrap();
    let primary = Some(json!({ "primary_phone_number_id": first }));
    let (_, user) = demo.ask(Method::PATCH, ALICE, primary).await;
    assert_eq!(user["primary_phone_number_id"], first);
    let (_, gone) = demo.ask(Method::DELETE, &path, None).await;
    assert_eq!(gone["object"], "phone_number");
}

#[tokio::test]
async fn one_address_replaces_all_of_its_kind() {
    let demo = Demo::start().await;
    let path = format!("{ALICE}/email_address");
    let body = json!({ "email_address": "only@example.com" });
    let linked = no(&demo, Method::PUT, &path, body.clone()).await;
    assert_eq!(linked.0, 400, "an account is linked");
    let user = demo.get(ALICE).await;
    let account = user["external_accounts"][0]["id"].as_str().unwrap();
    demo.ask(
        Method::DELETE,
        &format!("{ALICE}/external_accounts/{account}"),
        None,
    )
    .await;
    let (status, new) = demo.ask(Method::PUT, &path, Some(body)).await;
    assert_eq!(status, 200, "{new}");
    assert_eq!(new["verification"]["status"], "verified");
    let user = demo.get(ALICE).await;
    assert_eq!(
        texts(&user, "email_addresses", "email_address"),
        ["only@example.com"]
    );
    assert_eq!(user["primary_email_address_id"], new["id"]);
    let wrong = json!({ "email_address": "x@example.com", "identification_status": "sure" });
    let wrong = no(&demo, Method::PUT, &path, wrong).await;
    assert_eq!(wrong.2, "identification_status");
    let phone = json!({ "phone_number": "+4955500000002", "identification_status": "reserved" });
    let path = format!("{ALICE}/phone_number");
    let (_, new) = demo.ask(Method::PUT, &path, Some(phone)).await;
    assert_eq!(
        (&new["reserved"], &new["verification"]),
        (&json!(true), &Value::Null)
    );
}

#[tokio::test]
async fn passwords_are_set_distrusted_and_removed() {
    let demo = Demo::start().await;
    let short = json!({ "password": "short" });
    let short = no(&demo, Method::PATCH, ALICE, short).await;
    assert_eq!(
        short,
        refusal(422, "form_password_length_too_short", "password")
    );
    let active = demo.get(ACTIVE).await;
    assert_ne!(active, json!([]));
    let path = format!("{ALICE}/password/unset_compromised");
    assert_eq!(demo.post(&path, None).await.0, 200);
    assert_eq!(demo.get(ACTIVE).await, active, "nobody is signed out");
    let path = format!("{ALICE}/password/set_compromised");
    let out = Some(json!({ "revoke_all_sessions": true }));
    let (status, user) = demo.post(&path, out).await;
    assert_eq!((status, &user["password_enabled"]), (200, &json!(true)));
    assert_eq!(demo.get(ACTIVE).await, json!([]));
    let path = format!("{ALICE}/remove_password");
    let body = || Some(json!({ "sign_out_of_other_sessions": false }));
    let (_, user) = demo.post(&path, body()).await;
    assert_eq!(user["password_enabled"], false);
    let (status, again) = demo.post(&path, body()).await;
    assert_eq!((status, again), (200, user), "nothing to remove is fine");
    let set = json!({ "password": "1234567", "skip_password_checks": true });
    let (_, user) = demo.ask(Method::PATCH, ALICE, Some(set)).await;
    assert_eq!(user["password_enabled"], true);
}

#[tokio::test]
async fn a_sign_in_token_shows_its_link_once_and_is_revoked_once() {
    let demo = Demo::start().await;
    let body = of_alice(json!({ "expires_in_seconds": 600 }));
    let (status, token) = demo.post("/sign_in_tokens", Some(body)).await;
    assert_eq!(status, 200, "{token}");
    assert_eq!(token["object"], "sign_in_token");
    assert_eq!(
        (&token["user_id"], &token["status"]),
        (&json!("user_2abc123"), &json!("pending"))
    );
    let secret = token["token"].as_str().unwrap();
    assert!(token["url"].as_str().unwrap().ends_with(secret));
    let path = format!("/sign_in_tokens/{}/revoke", token["id"].as_str().unwrap());
    let (status, revoked) = demo.post(&path, None).await;
    assert_eq!((status, &revoked["status"]), (200, &json!("revoked")));
    assert!(revoked["url"].is_null() && revoked["token"].is_null());
    let (status, again) = demo.post(&path, None).await;
    assert_eq!(
        error(status, &again),
        refusal(400, "sign_in_token_cannot_be_revoked_code", "")
    );
    let post = Method::POST;
    for (body, expected) in [
        (json!({}), refusal(422, "form_param_missing", "user_id")),
        (
            of_alice(json!({ "expires_in_seconds": 0 })),
            refusal(422, "form_param_value_invalid", "expires_in_seconds"),
        ),
        (
            json!({ "user_id": "user_nobody" }),
            refusal(404, "resource_not_found", ""),
        ),
    ] {
        let refused = no(&demo, post.clone(), "/sign_in_tokens", body).await;
        assert_eq!(refused, expected);
    }
    let nowhere = no(&demo, post, "/sign_in_tokens/sit_1/revoke", json!({})).await;
    assert_eq!(nowhere.0, 404);
}

#[tokio::test]
async fn an_impersonation_needs_an_actor_and_a_quota() {
    let demo = Demo::start().await;
    let admin = ids(&demo.get("/users?limit=1").await).remove(0);
    let body = || of_alice(json!({ "actor": { "sub": admin }, "expires_in_seconds": 60 }));
    let (status, token) = demo.post("/actor_tokens", Some(body())).await;
    assert_eq!(status, 200, "{token}");
    assert_eq!(token["object"], "actor_token");
    assert_eq!(token["actor"], json!({ "sub": admin }));
    assert!(token["url"].is_string());
    let id = token["id"].as_str().unwrap();
    let post = Method::POST;
    let other = format!("/sign_in_tokens/{id}/revoke");
    assert_eq!(no(&demo, post.clone(), &other, json!({})).await.0, 404);
    let path = format!("/actor_tokens/{id}/revoke");
    assert_eq!(demo.post(&path, None).await.1["status"], "revoked");
    let (status, again) = demo.post(&path, None).await;
    assert_eq!(
        error(status, &again),
        refusal(400, "actor_token_cannot_be_revoked_code", "")
    );
    for (body, expected) in [
        (
            of_alice(json!({})),
            refusal(422, "form_param_missing", "actor"),
        ),
        (
            of_alice(json!({ "actor": {} })),
            refusal(422, "form_param_value_invalid", "actor"),
        ),
        (
            json!({ "user_id": "user_nobody", "actor": { "sub": admin } }),
            refusal(422, "form_resource_not_found", "user_id"),
        ),
    ] {
        let refused = no(&demo, post.clone(), "/actor_tokens", body).await;
        assert_eq!(refused, expected);
    }
    let switches = demo.server.switches();
    switches.set(Quirk::ImpersonationSpent, true);
    let spent = no(&demo, post, "/actor_tokens", body()).await;
    assert_eq!(spent, refusal(402, "impersonation_limit_exceeded", ""));
}

#[tokio::test]
async fn bans_and_locks_can_be_out_of_reach() {
    let demo = Demo::start().await;
    demo.server.switches().set(Quirk::NoBans, true);
    demo.server.switches().set(Quirk::NoLockout, true);
    let lacks = refusal(402, "unsupported_subscription_plan_features", "");
    let off = refusal(403, "feature_not_enabled", "");
    let one = || json!({ "user_ids": ["user_2abc123"] });
    for (path, body, expected) in [
        (format!("{ALICE}/ban"), json!({}), &lacks),
        (format!("{ALICE}/unban"), json!({}), &lacks),
        ("/users/ban".to_owned(), one(), &lacks),
        ("/users/unban".to_owned(), one(), &lacks),
        (format!("{ALICE}/lock"), json!({}), &off),
        (format!("{ALICE}/unlock"), json!({}), &off),
        (
            "/users".to_owned(),
            json!({ "username": "u9", "banned": true }),
            &lacks,
        ),
    ] {
        assert_eq!(no(&demo, Method::POST, &path, body).await, *expected);
    }
    let user = demo.get(ALICE).await;
    assert_eq!(
        (&user["banned"], &user["locked"]),
        (&json!(false), &json!(false))
    );
}

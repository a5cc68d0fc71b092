//! Lists, orders, filters, shapes.

use crate::{Demo, ids};
use clerk_tui::demo::Options;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

pub(crate) async fn everybody(demo: &Demo, query: &str) -> Vec<Value> {
    let mut all = vec![];
    loop {
        let page = demo
            .get(&format!("/users?limit=500&offset={}&{query}", all.len()))
            .await;
        let page = page.as_array().expect("a bare array").clone();
        let last = page.len() < 500;
        all.extend(page);
        if last {
            return all;
        }
    }
}

#[tokio::test]
async fn there_are_842_people_and_ten_are_a_page() {
    let demo = Demo::start().await;
    assert_eq!(demo.get("/users/count").await["total_count"], 842);
    assert_eq!(demo.get("/users").await.as_array().map(Vec::len), Some(10));
    let all = everybody(&demo, "").await;
    let ids: HashSet<&str> = all.iter().filter_map(|u| u["id"].as_str()).collect();
    assert_eq!(ids.len(), 842);
    let without_prefix = format!("{}/users?limit=1", demo.server.url());
    let response = demo
        .client
        .get(without_prefix)
        .bearer_auth(demo.server.key());
    assert_eq!(response.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn alice_matches_five() {
    let demo = Demo::start().await;
    let found = demo.get("/users?query=alice&limit=100").await;
    let rows = found.as_array().unwrap();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row["first_name"] == "Alice"));
    assert_eq!(rows[0]["id"], "user_2abc123");
    assert_eq!(
        rows[0]["email_addresses"][0]["email_address"],
        "alice@example.com"
    );
    assert_eq!(demo.get("/users/count?query=ALICE").await["total_count"], 5);
    assert_eq!(
        demo.get("/users/count?name_query=alice+ch").await["total_count"],
        1
    );
    let first = demo.get("/users?limit=20").await;
    assert!(
        ids(&first).contains(&"user_2abc123".to_owned()),
        "near the top"
    );
}

#[tokio::test]
async fn alice_chen_has_sessions_and_two_organizations() {
    let demo = Demo::start().await;
    let active = demo
        .get("/sessions?user_id=user_2abc123&status=active")
        .await;
    assert_eq!(active.as_array().map(Vec::len), Some(2));
    assert_eq!(active[0]["latest_activity"]["city"], "Berlin");
    let all = demo
        .get("/users/user_2abc123/organization_memberships")
        .await;
    let roles: BTreeMap<&str, &str> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| {
            (
                m["organization"]["name"].as_str().unwrap(),
                m["role"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(roles["Acme Research"], "org:admin");
    assert_eq!(roles["Beta"], "org:member");
    let acme = demo
        .get("/organizations/acme-research?include_members_count=true")
        .await;
    let id = acme["id"].as_str().unwrap();
    let path = format!("/organizations/{id}/memberships?limit=500&role=org:admin");
    let admins = demo.get(&path).await;
    assert_eq!(admins["total_count"], 1);
    assert_eq!(
        admins["data"][0]["public_user_data"]["user_id"],
        "user_2abc123"
    );
    let path = format!("/users/count?organization_id={id}");
    assert_eq!(demo.get(&path).await["total_count"], acme["members_count"]);
}

#[tokio::test]
async fn filters_mean_what_they_say() {
    let demo = Demo::start().await;
    let all = everybody(&demo, "").await;
    let count = |test: &dyn Fn(&Value) -> bool| all.iter().filter(|u| test(u)).count();
    let middle = all[400]["created_at"].as_i64().unwrap();
    let mail = all[7]["email_addresses"][0]["email_address"]
        .as_str()
        .unwrap_or("alice@example.com");
    let social = all
        .iter()
        .find(|u| u["external_accounts"][0].is_object())
        .unwrap();
    let account = &social["external_accounts"][0];
    let cases = [
        ("banned=true".to_owned(), count(&|u| u["banned"] == true)),
        ("banned=false".to_owned(), count(&|u| u["banned"] == false)),
        (format!("created_at_after={middle}"), 400),
        (format!("created_at_before={middle}"), 441),
        (
            format!("last_sign_in_at_after={middle}"),
            count(&|u| u["last_sign_in_at"].as_i64().is_some_and(|at| at > middle)),
        ),
        (
            format!("last_active_at_before={middle}"),
            count(&|u| u["last_active_at"].as_i64().is_some_and(|at| at < middle)),
        ),
        (
            format!("email_address={mail}&email_address=alice@example.com"),
            2,
        ),
        ("email_address=ALICE@example.com".to_owned(), 1),
        ("username=alicec&username=nobody".to_owned(), 1),
        ("external_id=crm-4411".to_owned(), 1),
        ("external_id=-crm-4411".to_owned(), 841),
        ("user_id=user_2abc123&user_id=user_none".to_owned(), 1),
        ("user_id=-user_2abc123".to_owned(), 841),
        ("user_id=%2Buser_2abc123".to_owned(), 1),
        ("query=user_2abc1".to_owned(), 1),
        ("query=%2B49+555+123-4410".to_owned(), 1),
        ("phone_number=%2B495551234410".to_owned(), 1),
        (
            "phone_number_query=4410".to_owned(),
            count(&|u| u["phone_numbers"].to_string().contains("4410")),
        ),
        (
            format!(
                "provider={}&provider_user_id={}",
                account["provider"].as_str().unwrap(),
                account["provider_user_id"].as_str().unwrap()
            ),
            1,
        ),
    ];
    for (query, expected) in cases {
        let total = demo.get(&format!("/users/count?{query}")).await["total_count"].clone();
        assert_eq!(total, expected, "{query}");
        let rows = demo.get(&format!("/users?limit=500&{query}")).await;
        assert_eq!(
            rows.as_array().map(Vec::len),
            Some(expected.min(500)),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_clerk_refuses_is_refused() {
    let demo = Demo::start().await;
    let many = "&user_id=user_2abc123".repeat(101);
    for (path, param) in [
        ("/users?limit=501", "limit"),
        ("/users?limit=0", "limit"),
        ("/users?limit=ten", "limit"),
        ("/users?offset=-1", "offset"),
        ("/users?order_by=-shoe_size", "order_by"),
        (
            "/users?starting_after=user_2abc123&order_by=-updated_at",
            "starting_after",
        ),
        (
            "/users?starting_after=user_2abc123&offset=1",
            "starting_after",
        ),
        ("/users?starting_after=user_unknown", "starting_after"),
        (&format!("/users?{many}"), "user_id"),
        ("/users?banned=perhaps", "banned"),
        ("/users?provider=oauth_google", "provider_user_id"),
        ("/sessions?status=asleep", "status"),
        ("/organizations?order_by=colour", "order_by"),
    ] {
        let (status, _, named) = demo.refused(path).await;
        assert_eq!((status, named.as_str()), (422, param), "{path}");
    }
    for path in [
        "/users/user_x",
        "/sessions/sess_x",
        "/organizations/org_x",
        "/nothing",
    ] {
        let (status, code, _) = demo.refused(path).await;
        assert_eq!(
            (status, code.as_str()),
            (404, "resource_not_found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn only_the_key_opens() {
    let demo = Demo::start().await;
    let url = format!("{}/v1/users", demo.server.url());
    let bare = demo.client.get(&url).send().await.unwrap();
    assert_eq!(bare.status(), 401);
    let wrong = demo
        .client
        .get(&url)
        .bearer_auth("sk_test_wrong")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 401);
    let body: Value = wrong.json().await.unwrap();
    assert_eq!(crate::error(401, &body).1, "clerk_key_invalid");
}

#[tokio::test]
async fn all_kinds_of_people_are_there() {
    let demo = Demo::start().await;
    let all = everybody(&demo, "").await;
    let some = |what: &str, test: &dyn Fn(&Value) -> bool| {
        let found = all.iter().filter(|u| test(u)).count();
        assert!(found > 0 && found < 800, "{what}: {found}");
    };
    some("banned", &|u| u["banned"] == true);
    some("locked for a while", &|u| {
        u["lockout_expires_in_seconds"].is_i64()
    });
    some("locked for good", &|u| {
        u["locked"] == true && u["lockout_expires_in_seconds"].is_null()
    });
    some("unverified", &|u| {
        u["email_addresses"][0]["verification"].is_null()
    });
    some("phone only", &|u| {
        u["email_addresses"] == Value::Array(vec![])
    });
    some("no password", &|u| u["password_enabled"] == false);
    some("authenticator", &|u| u["totp_enabled"] == true);
    some("backup codes", &|u| u["backup_code_enabled"] == true);
    some("passkey", &|u| u["passkeys"][0].is_object());
    some("company account", &|u| {
        u["enterprise_accounts"][0].is_object()
    });
    some("wallet", &|u| u["web3_wallets"][0].is_object());
    some("never signed in", &|u| u["last_sign_in_at"].is_null());
    some("no name", &|u| {
        u["first_name"].is_null() && u["last_name"].is_null()
    });
    some("escape sequence", &|u| {
        u["first_name"]
            .as_str()
            .is_some_and(|n| n.contains('\u{1b}'))
    });
    some("override", &|u| {
        u["first_name"]
            .as_str()
            .is_some_and(|n| n.contains('\u{202e}'))
    });
    some("line break", &|u| {
        u["first_name"].as_str().is_some_and(|n| n.contains('\n'))
    });
    some("200 characters", &|u| {
        u["first_name"]
            .as_str()
            .is_some_and(|n| n.chars().count() == 200)
    });
    let mut addresses = HashSet::new();
    for user in &all {
        for one in user["email_addresses"].as_array().unwrap() {
            assert!(addresses.insert(one["email_address"].to_string()), "{one}");
        }
    }
    let sessions = demo.get("/sessions?limit=500").await;
    let sessions = sessions.as_array().unwrap();
    let active = sessions.iter().filter(|s| s["status"] == "active").count();
    assert!((250..500).contains(&active), "{active}");
    assert!(sessions.iter().any(|s| s["actor"]["sub"].is_string()));
    assert!(sessions.is_sorted_by_key(|s| std::cmp::Reverse(s["created_at"].as_i64())));
}

#[tokio::test]
async fn sessions_can_be_counted_and_paged() {
    let demo = Demo::start().await;
    let whole = demo.get("/sessions?paginated=true&limit=500").await;
    let total = whole["total_count"].as_u64().unwrap();
    let second = demo.get("/sessions?limit=10&offset=10").await;
    assert_eq!(ids(&second), ids(&whole)[10..20]);
    let mut counted = 0;
    for status in [
        "active",
        "revoked",
        "ended",
        "expired",
        "removed",
        "abandoned",
        "replaced",
        "pending",
    ] {
        let path = format!("/sessions?paginated=true&status={status}");
        counted += demo.get(&path).await["total_count"].as_u64().unwrap();
    }
    assert_eq!(counted, total);
    let row = &whole["data"][0];
    let client = row["client_id"].as_str().unwrap();
    let of_client = demo.get(&format!("/sessions?client_id={client}")).await;
    assert_eq!(of_client[0]["id"], row["id"]);
    assert_eq!(
        demo.get(&format!("/sessions/{}", row["id"].as_str().unwrap()))
            .await,
        *row
    );
}

#[tokio::test]
async fn organizations_can_be_searched_ordered_and_joined() {
    let demo = Demo::start().await;
    let all = demo
        .get("/organizations?limit=500&order_by=-members_count&include_members_count=true")
        .await;
    assert_eq!(all["total_count"], 40);
    let counts: Vec<u64> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| o["members_count"].as_u64().unwrap())
        .collect();
    assert!(counts.is_sorted_by(|a, b| a >= b));
    let acme = demo.get("/organizations?query=ACME").await;
    assert_eq!(acme["data"][0]["name"], "Acme Research");
    assert!(acme["data"][0].get("members_count").is_none());
    let hers = demo
        .get("/organizations?user_id=user_2abc123&limit=50")
        .await;
    let same = demo
        .get("/users/user_2abc123/organization_memberships")
        .await;
    assert_eq!(hers["total_count"], same["total_count"]);
}

#[tokio::test]
async fn the_same_seed_makes_the_same_people() {
    let (one, two) = (Demo::start().await, Demo::start().await);
    for path in [
        "/users?limit=500",
        "/sessions?limit=500",
        "/organizations?limit=500",
        "/instance",
    ] {
        assert_eq!(one.get(path).await, two.get(path).await, "{path}");
    }
    let other = Demo::with(Options {
        seed: 7,
        ..Options::default()
    })
    .await;
    let (a, b) = (one.get("/users").await, other.get("/users").await);
    assert_ne!(ids(&a), ids(&b));
    assert_eq!(
        other.get("/users/count?query=alice").await["total_count"],
        5
    );
}

#[tokio::test]
async fn small_instances_work() {
    for users in [0, 1, 4, 13] {
        let demo = Demo::with(Options {
            users,
            ..Options::default()
        })
        .await;
        let all = everybody(&demo, "").await;
        assert_eq!(all.len() as u64, u64::from(users));
        demo.get("/sessions?limit=50").await;
        demo.get("/organizations?include_members_count=true").await;
    }
}

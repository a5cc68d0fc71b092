//! What rows are read as.

use serde_json::json;

use super::super::decode;
use super::super::transport::Reply;
use super::*;
use crate::domain::search::Entry;
use crate::domain::{
    ErrorKind, IdentificationId, Json, Membership, Organization, OrganizationId, Row, Session,
    SessionId, SessionStatus, Status, Timestamp, User, UserFilter,
};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn read(fetch: &Fetch, body: &Value) -> Result<Answer, ApiError> {
    let reply = Reply {
        status: 200,
        body: body.to_string().into_bytes(),
        read_at: NOW,
    };
    decode::read(fetch, &reply)
}

fn whole(body: &Value) -> User {
    match read(&Fetch::User(user("user_1")), body).unwrap() {
        Answer::User(user) => *user,
        other => panic!("{other:?}"),
    }
}

fn row(body: &Value) -> crate::domain::UserRow {
    match read(&users(), &json!([body])).unwrap() {
        Answer::Users(page) => page.row(0).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_of_a_list_is_missing_only_if_nobody_has_it() {
    let body = json!([
        {"id": "user_1", "email_addresses": [
            {"id": "idn_1", "email_address": "first@example.com"},
            {"id": "idn_2", "email_address": "Second@Example.com"},
        ], "primary_email_address_id": "idn_1"},
        {"id": "user_2", "phone_numbers": [{"id": "idn_3", "phone_number": "+4917012345"}]},
        {"id": "user_3"},
    ]);
    let read_all = |texts: &[&str]| -> Vec<Entry> {
        texts.iter().filter_map(|text| Entry::read(text)).collect()
    };
    let texts = [
        "second@example.com",
        "x@example.com",
        "+4917012345",
        "user_9",
        "user_1",
    ];
    let fetch = Fetch::UsersListed {
        filter: UserFilter::default().into(),
        entries: read_all(&texts).into(),
    };
    let (page, missing) = read(&fetch, &body).unwrap().into_listed().unwrap();
    assert_eq!(missing, read_all(&["x@example.com", "user_9"]));
    let ids: Vec<&str> = (0..page.len()).map(|row| page.id(row)).collect();
    assert_eq!(
        ids,
        ["user_1", "user_2"],
        "the list does not name the third"
    );
}

#[test]
fn of_several_whole_users_one_that_is_odd_hides_no_other() {
    let body = json!([{"id": "user_1"}, {"id": 3}, alice()]);
    let ids = ["user_1", "user_2"].map(|id| UserId::new(id).unwrap());
    let fetch = Fetch::WholeUsers(ids.to_vec());
    let page = read(&fetch, &body).unwrap().into_whole_users().unwrap();
    let read: Vec<_> = page.rows.iter().map(Row::read).collect();
    assert_eq!(read[0].unwrap().id.as_str(), "user_1");
    assert!(read[1].is_none());
    assert_eq!(
        read[2].unwrap().emails.len(),
        2,
        "all of them, not the first"
    );
}

#[test]
fn a_row_says_the_same_as_the_whole_user() {
    let mut locked = alice();
    locked["locked"] = true.into();
    locked["lockout_expires_in_seconds"] = 60.into();
    let mut unverified = alice();
    unverified["email_addresses"][1]["verification"] = Value::Null;
    let mut banned = locked.clone();
    banned["banned"] = true.into();
    for (body, status) in [
        (alice(), Status::Ok),
        (json!({"id": "user_1"}), Status::Ok),
        (
            json!({"id": "user_1", "deprovisioned": true}),
            Status::Deprovisioned,
        ),
        (locked, Status::Locked(Some(NOW.plus_seconds(60)))),
        (unverified, Status::Unverified),
        (banned, Status::Banned),
    ] {
        assert_eq!(whole(&body).row(), row(&body));
        assert_eq!(row(&body).status, status);
    }
    assert_eq!(row(&alice()).email, Some("alice@example.com".into()));
    assert_eq!(row(&alice()).name, "Alice Chen".into());
}

#[test]
fn a_whole_user_keeps_its_json() {
    let user = whole(&alice());
    assert_eq!(user.raw, Json::new(alice()));
    assert_eq!(user.public_metadata, Json::new(json!({"plan": "pro"})));
    assert_eq!(user.private_metadata, Json::default());
    assert_eq!(user.unsafe_metadata, Json::default());
    assert_eq!(user.emails[1].linked_to, vec!["oauth_google".into()]);
    assert!(user.emails[1].primary && !user.emails[0].primary);
    assert_eq!(user.read_at, NOW);
}

#[test]
fn a_field_of_a_wrong_type_is_a_missing_field() {
    let odd = json!({
        "id": "user_1", "first_name": 7, "last_name": ["x"], "username": {"a": 1},
        "email_addresses": "none", "phone_numbers": [null, 3, {"phone_number": "+1555"}],
        "banned": "yes", "locked": null, "created_at": {}, "last_sign_in_at": true,
        "lockout_expires_in_seconds": -1, "passkeys": {}, "external_accounts": [[]],
        "saml_accounts": [{"provider": "saml_okta", "active": true}],
        "enterprise_accounts": [], "verification_attempts_remaining": "4",
        "from_the_future": {"deep": [1, {"er": null}]},
    });
    let user = whole(&odd);
    assert_eq!(user.name(), "".into());
    assert_eq!(
        (user.username.clone(), user.created, user.last_sign_in),
        (None, None, None)
    );
    assert_eq!(
        (user.banned, user.locked, user.locked_until),
        (false, false, None)
    );
    assert_eq!(user.phones.len(), 1);
    assert_eq!(user.enterprise[0].provider, "saml_okta".into());
    assert_eq!(user.attempts_left, Some(4));
    assert_eq!(row(&odd), user.row());
}

#[test]
fn saml_accounts_count_only_where_there_are_no_enterprise_accounts() {
    let both = json!({
        "id": "user_1",
        "saml_accounts": [{"provider": "old"}], "enterprise_accounts": [{"provider": "new"}],
    });
    let providers: Vec<_> = whole(&both)
        .enterprise
        .into_iter()
        .map(|a| a.provider)
        .collect();
    assert_eq!(providers, ["new".into()]);
}

#[test]
fn times_are_read_in_every_form() {
    let expected = Some(Timestamp::from_millis(1_700_000_000_000));
    for time in [
        json!(1_700_000_000_000_i64),
        json!(1_700_000_000),
        json!(1_700_000_000.0),
        json!("1700000000000"),
        json!("2023-11-14T22:13:20Z"),
    ] {
        assert_eq!(
            row(&json!({"id": "user_1", "created_at": time})).created,
            expected
        );
    }
    let before_the_calendar = json!({"id": "user_1", "created_at": -9_000_000_000_000_000_000_i64});
    assert!(row(&before_the_calendar).created.is_some());
}

#[test]
fn deep_metadata_hides_no_profile() {
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let body = format!(r#"{{"id":"user_1","first_name":"Al","unsafe_metadata":{deep}}}"#);
    let reply = Reply {
        status: 200,
        body: body.into_bytes(),
        read_at: NOW,
    };
    let Ok(Answer::User(user)) = decode::read(&Fetch::User(user("user_1")), &reply) else {
        panic!("unreadable");
    };
    assert_eq!(user.name(), "Al".into());
}

fn session(body: &Value) -> Row<Session> {
    let fetch = Fetch::Sessions {
        user: None,
        status: None,
        offset: 0,
        limit: 10,
    };
    match read(&fetch, &json!({"data": [body], "total_count": 1})).unwrap() {
        Answer::Sessions(mut page) => page.rows.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_session_needs_only_its_ids() {
    let bare = json!({"id": "sess_1", "user_id": "user_1", "latest_activity": null});
    let Row::Read(read) = session(&bare) else {
        panic!("unreadable");
    };
    assert_eq!((read.actor, read.expires), (None, None));
    assert!(matches!(read.status, SessionStatus::Other(_)));
    assert!(session(&json!({"id": "sess_1"})).read().is_none());
    let full = json!({
        "id": "sess_1", "user_id": "user_1", "status": "active", "actor": {"sub": "user_9"},
        "latest_activity": {"is_mobile": true, "city": "Kyiv", "ip_address": "192.0.2.1"},
    });
    let Row::Read(read) = session(&full) else {
        panic!("unreadable");
    };
    assert_eq!(
        (read.status, read.actor),
        (SessionStatus::Active, Some("user_9".into()))
    );
    assert_eq!(
        (read.activity.city, read.activity.mobile),
        (Some("Kyiv".into()), true)
    );
}

#[test]
fn an_odd_actor_is_still_an_impersonation() {
    for (actor, is) in [
        (json!(null), false),
        (json!(false), false),
        (json!({}), true),
        (json!({"iss": "x"}), true),
        (json!("user_9"), true),
    ] {
        let body = json!({"id": "sess_1", "user_id": "user_1", "actor": actor});
        let actor = session(&body).read().unwrap().actor.clone();
        assert_eq!(actor.is_some(), is, "{body}");
    }
}

#[test]
fn organizations_and_members_are_read() {
    let acme = json!({"id": "org_1", "name": "Acme", "members_count": 3});
    let list = Fetch::Organizations {
        query: String::new(),
        offset: 0,
        limit: 10,
    };
    let Ok(Answer::Organizations(page)) = read(&list, &json!([acme])) else {
        panic!("unreadable");
    };
    let expected = Organization {
        id: OrganizationId::new("org_1").unwrap(),
        name: "Acme".into(),
        slug: None,
        members: Some(3),
        created: None,
    };
    assert_eq!(page.rows, [Row::Read(expected.clone())]);
    let members = Fetch::Members {
        organization: expected.id.clone(),
        role: None,
        offset: 0,
        limit: 10,
    };
    let body = json!({"data": [
        {"id": "orgmem_1", "role": "org:admin", "organization": acme,
         "public_user_data": {"user_id": "user_1", "first_name": "Al", "identifier": "a@b.c"}},
        {"id": "orgmem_2"},
        {"role": "org:member"},
    ], "total_count": 3});
    let Ok(Answer::Memberships(page)) = read(&members, &body) else {
        panic!("unreadable");
    };
    let first: &Membership = page.rows[0].read().unwrap();
    assert_eq!(
        (&first.organization, &first.role),
        (&expected, &"org:admin".into())
    );
    assert_eq!(first.user.as_ref().unwrap().id, user("user_1"));
    assert_eq!(page.rows[1].read().unwrap().organization.id, expected.id);
    assert!(page.rows[2].read().is_none());
}

#[test]
fn one_thing_is_read_only_if_it_is_the_one_that_was_asked_for() {
    let idn = IdentificationId::new("idn_1").unwrap();
    let session = |id: &str| json!({"id": id, "user_id": "user_1", "status": "active"});
    let asked = Fetch::Session(SessionId::new("sess_1").unwrap());
    let found = read(&asked, &session("sess_1")).unwrap();
    assert_eq!(found.into_session().unwrap().user, user("user_1"));
    assert!(read(&asked, &session("sess_2")).is_err());

    let email = json!({"id": "idn_1", "object": "email_address", "email_address": "a@b.example"});
    let asked = Fetch::EmailAddress(idn.clone());
    let found = read(&asked, &email).unwrap();
    assert_eq!(found.into_address(), Some("a@b.example".into()));
    let phone = json!({"id": "idn_1", "object": "phone_number", "phone_number": "+1555"});
    let asked = Fetch::PhoneNumber(idn);
    let found = read(&asked, &phone).unwrap();
    assert_eq!(found.into_address(), Some("+1555".into()));
    for body in [
        json!({"id": "idn_2", "phone_number": "+1555"}),
        json!({"id": "idn_1"}),
    ] {
        let error = read(&asked, &body).unwrap_err();
        assert_eq!(error.kind, ErrorKind::WrongShape);
    }

    let acme = json!({"id": "org_1", "slug": "acme", "name": "Acme", "members_count": 3});
    for asked in ["org_1", "acme", "Acme"] {
        let found = read(&Fetch::Organization(asked.into()), &acme).unwrap();
        assert_eq!(found.into_organization().unwrap().members, Some(3));
    }
    for asked in ["org_2", "beta", ""] {
        assert!(read(&Fetch::Organization(asked.into()), &acme).is_err());
    }
}

#[test]
fn the_instance_is_read() {
    let body = json!({
        "object": "instance", "id": "ins_1", "environment_type": "development",
        "allowed_origins": null,
    });
    let Ok(Answer::Instance(instance)) = read(&Fetch::Instance, &body) else {
        panic!("unreadable");
    };
    assert_eq!(instance.environment, Some("development".into()));
    assert!(instance.origins.is_empty());
}

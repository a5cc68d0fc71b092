//! What each call asks for.

use proptest::prelude::*;
use serde_json::json;

use super::super::request::Request;
use super::*;
use crate::domain::search::{Entry, batches};
use crate::domain::{
    Exact, ExactField, FieldEdit, IdentificationId, Json, MetadataTest, OrganizationId,
    PartialField, ProfileEdit, ProfileField, SessionId, SessionStatus, Span, Start, Timestamp,
    UserFilter, UserOrderBy,
};

fn target(request: &Request) -> String {
    let base = BaseUrl::parse("https://api.clerk.com").unwrap();
    let url = request.url(&base);
    let target = url
        .as_str()
        .strip_prefix("https://api.clerk.com/v1")
        .unwrap();
    format!("{} {target}", request.method)
}

fn read(fetch: Fetch) -> String {
    target(&Request::from(&fetch))
}

#[test]
fn a_list_is_asked_for_kind_by_kind() {
    let entries: Vec<Entry> = ["a+b@example.com", "user_2a"]
        .into_iter()
        .filter_map(Entry::read)
        .collect();
    let listed = batches(&entries).into_iter().map(|(filter, entries)| {
        read(Fetch::UsersListed {
            filter: filter.into(),
            entries: entries.into(),
        })
    });
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [
            "GET /users?user_id=user_2a&limit=500",
            "GET /users?email_address=a%2Bb%40example.com&limit=500",
        ]
    );
}

#[test]
fn members_are_asked_for_by_their_role() {
    assert_eq!(
        read(Fetch::Members {
            organization: OrganizationId::new("org_1").unwrap(),
            role: Some("org:admin".into()),
            offset: 0,
            limit: 10
        }),
        "GET /organizations/org_1/memberships?role=org%3Aadmin&limit=10"
    );
}

#[test]
fn every_read_has_its_path_and_query() {
    let list = |query: &str, by, descending, start, limit| {
        read(Fetch::Users {
            filter: UserFilter::text(query).into(),
            order: UserOrder { by, descending },
            start,
            limit,
        })
    };
    assert_eq!(
        list("", UserOrderBy::Created, true, Start::First, 100),
        "GET /users?order_by=-created_at&limit=100"
    );
    assert_eq!(
        list(
            " a&b+c=ü ",
            UserOrderBy::Created,
            false,
            Start::After(user("user_9")),
            250
        ),
        "GET /users?query=a%26b%2Bc%3D%C3%BC&order_by=created_at&limit=250&starting_after=user_9"
    );
    // 501 would be answered with 10 rows.
    assert_eq!(
        list("", UserOrderBy::LastSignIn, true, Start::Offset(500), 501),
        "GET /users?order_by=-last_sign_in_at&limit=500&offset=500"
    );
    let count = |query: &str| {
        read(Fetch::UserCount {
            filter: UserFilter::text(query).into(),
        })
    };
    assert_eq!(count(""), "GET /users/count");
    assert_eq!(count("al ice"), "GET /users/count?query=al+ice");
    assert_eq!(read(Fetch::User(user("user_1"))), "GET /users/user_1");
    assert_eq!(
        read(Fetch::Sessions {
            user: None,
            status: Some(SessionStatus::Active),
            offset: 0,
            limit: 100
        }),
        "GET /sessions?paginated=true&status=active&limit=100"
    );
    assert_eq!(
        read(Fetch::Sessions {
            user: Some(user("user_1")),
            status: None,
            offset: 50,
            limit: 50
        }),
        "GET /sessions?paginated=true&user_id=user_1&limit=50&offset=50"
    );
    assert_eq!(
        read(Fetch::Organizations {
            query: "acme".into(),
            offset: 0,
            limit: 100
        }),
        "GET /organizations?query=acme&include_members_count=true&limit=100"
    );
    assert_eq!(
        read(Fetch::Members {
            organization: OrganizationId::new("org_1").unwrap(),
            role: None,
            offset: 0,
            limit: 10
        }),
        "GET /organizations/org_1/memberships?limit=10"
    );
    assert_eq!(
        read(Fetch::Memberships {
            user: user("user_1"),
            offset: 0,
            limit: 10
        }),
        "GET /users/user_1/organization_memberships?limit=10"
    );
    assert_eq!(read(Fetch::Instance), "GET /instance");
    let session = SessionId::new("sess_1").unwrap();
    assert_eq!(read(Fetch::Session(session)), "GET /sessions/sess_1");
    let idn = || IdentificationId::new("idn_1").unwrap();
    let email = read(Fetch::EmailAddress(idn()));
    assert_eq!(email, "GET /email_addresses/idn_1");
    let phone = read(Fetch::PhoneNumber(idn()));
    assert_eq!(phone, "GET /phone_numbers/idn_1");
    for (asked, segment) in [
        ("acme-research", "acme-research"),
        ("a/b?c#d%e f.g", "a%2Fb%3Fc%23d%25e%20f.g"),
        ("café", "caf%C3%A9"),
        ("..", "%252E%252E"),
        ("", "%20"),
    ] {
        assert_eq!(
            read(Fetch::Organization(asked.into())),
            format!("GET /organizations/{segment}?include_members_count=true")
        );
    }
}

#[test]
fn every_write_has_its_path_and_body() {
    let write = |action: Action| {
        let request = Request::from(&action);
        (target(&request), request.body)
    };
    let alice = user("user_1");
    assert_eq!(
        write(Action::Ban(alice.clone())),
        ("POST /users/user_1/ban".into(), None)
    );
    assert_eq!(
        write(Action::Unban(alice.clone())),
        ("POST /users/user_1/unban".into(), None)
    );
    assert_eq!(
        write(Action::Delete(alice.clone())),
        ("DELETE /users/user_1".into(), None)
    );
    let session = SessionId::new("sess_1").unwrap();
    assert_eq!(
        write(Action::Revoke {
            session,
            user: alice.clone()
        }),
        ("POST /sessions/sess_1/revoke".into(), None)
    );
    let edit = |field, after: Option<&str>| FieldEdit {
        field,
        before: Some("before".into()),
        after: after.map(Into::into),
    };
    let edits = ProfileEdit(vec![
        edit(ProfileField::FirstName, Some("Al\"ice")),
        edit(ProfileField::Username, None),
    ]);
    assert_eq!(
        write(Action::Edit(alice.clone(), edits)),
        (
            "PATCH /users/user_1".into(),
            Some(json!({"first_name": "Al\"ice", "username": null}))
        )
    );
    let patch = json!({"public_metadata": {"plan": null}});
    assert_eq!(
        write(Action::MergeMetadata {
            user: alice,
            patch: Json::new(patch.clone())
        }),
        ("PATCH /users/user_1/metadata".into(), Some(patch))
    );
}

proptest! {
    #[test]
    fn every_text_is_no_id_or_gives_exactly_its_path(
        text in prop_oneof![any::<String>(), "[a-zA-Z0-9_./%?#\\\\-]{0,40}", "[a-z_]{1,9}"]
    ) {
        if let Ok(id) = UserId::new(&text) {
            let path = target(&Request::from(&Action::Ban(id.clone())));
            prop_assert_eq!(path, format!("POST /users/{text}/ban"));
            prop_assert_eq!(read(Fetch::User(id)), format!("GET /users/{text}"));
        }
        if let Ok(session) = SessionId::new(&text) {
            let path = target(&Request::from(&Action::Revoke { session, user: user("user_1") }));
            prop_assert_eq!(path, format!("POST /sessions/{text}/revoke"));
        }
        if let Ok(organization) = OrganizationId::new(&text) {
            let path = read(Fetch::Members { organization, role: None, offset: 0, limit: 1 });
            prop_assert_eq!(path, format!("GET /organizations/{text}/memberships?limit=1"));
        }
    }

    #[test]
    fn any_text_is_one_segment_that_names_only_itself(text in prop_oneof![any::<String>(), "[./%a2eE\\\\?#]{0,6}"]) {
        let base = BaseUrl::parse("https://api.clerk.com").unwrap();
        let url = Request::from(&Fetch::Organization(text.clone())).url(&base);
        let segments: Vec<_> = url.path_segments().unwrap().collect();
        prop_assert_eq!(&segments[..2], ["v1", "organizations"]);
        prop_assert_eq!(segments.len(), 3);
        prop_assert!(!segments[2].is_empty());
        prop_assert_eq!(url.query(), Some("include_members_count=true"));
    }

    #[test]
    fn no_search_text_gets_out_of_its_parameter(query in any::<String>()) {
        let base = BaseUrl::parse("https://api.clerk.com").unwrap();
        let url = Request::from(&Fetch::UserCount { filter: UserFilter::text(&*query).into() }).url(&base);
        prop_assert_eq!(url.path(), "/v1/users/count");
        let sent: Vec<_> = url.query_pairs().into_owned().collect();
        let trimmed = query.trim();
        if trimmed.is_empty() {
            prop_assert!(sent.is_empty());
        } else {
            prop_assert_eq!(sent, vec![("query".to_owned(), trimmed.to_owned())]);
        }
    }
}

#[test]
fn every_filter_of_the_user_list_has_its_parameter() {
    let at = |ms| Some(Timestamp::from_millis(ms));
    let exact = |field, value: &str, negated| Exact {
        field,
        value: value.into(),
        negated,
    };
    let filter = UserFilter {
        query: "ali".into(),
        partial: vec![
            (PartialField::Email, "@acme".into()),
            (PartialField::Phone, "+49".into()),
            (PartialField::Username, "al".into()),
            (PartialField::Name, "Chen".into()),
        ],
        exact: vec![
            exact(ExactField::Email, "a+1@x.example", false),
            exact(ExactField::Email, "b@x.example", false),
            exact(ExactField::Phone, "+49170", false),
            exact(ExactField::Username, "alice", false),
            exact(ExactField::ExternalId, "crm-1", true),
            exact(ExactField::UserId, "user_1", false),
            exact(ExactField::Wallet, "0xab", false),
            exact(ExactField::Organization, "org_1", true),
        ],
        provider: Some(("google".into(), "123".into())),
        banned: Some(false),
        created: Span {
            after: at(1),
            before: at(2),
        },
        active: Span {
            after: at(3),
            before: None,
        },
        signed_in: Span {
            after: None,
            before: at(4),
        },
        metadata: vec![MetadataTest {
            path: vec!["plan".into()],
            value: None,
            negated: false,
        }],
    };
    assert_eq!(
        read(Fetch::UserCount {
            filter: filter.into()
        }),
        "GET /users/count?query=ali&email_address_query=%40acme&phone_number_query=%2B49\
         &username_query=al&name_query=Chen&email_address=a%2B1%40x.example\
         &email_address=b%40x.example&phone_number=%2B49170&username=alice&external_id=-crm-1\
         &user_id=user_1&web3_wallet=0xab&organization_id=-org_1&provider=google\
         &provider_user_id=123&banned=false&created_at_after=1&created_at_before=2\
         &last_active_at_after=3&last_sign_in_at_before=4"
    );
}

//! What the words ask of users.

use super::*;

fn users(text: &str) -> UserSearch {
    parse(text, Scope::Users).users(now(), &TimeZone::UTC)
}

/// A search that asks nothing of the facts and needs no organization.
fn only(filter: UserFilter) -> UserSearch {
    UserSearch {
        filter,
        ..UserSearch::default()
    }
}

#[test]
fn nothing_asks_nothing() {
    assert_eq!(users("  "), UserSearch::default());
    assert!(users("").is_all_clerks());
}

#[test]
fn free_text_becomes_the_query() {
    assert_eq!(
        users("alice is:banned chen"),
        only(UserFilter {
            banned: Some(true),
            ..UserFilter::text("alice chen")
        })
    );
}

#[test]
fn parts_are_searched_by_field() {
    let expected = vec![
        (PartialField::Email, "Alice@".to_owned()),
        (PartialField::Phone, "+49170".to_owned()),
        (PartialField::Username, "ali".to_owned()),
        (PartialField::Name, "Alice Chen".to_owned()),
    ];
    let text = "email:Alice@ phone:+49-170 username:ali name:\"Alice Chen\"";
    assert_eq!(
        users(text),
        only(UserFilter {
            partial: expected,
            ..UserFilter::default()
        })
    );
}

#[test]
fn exact_values_may_be_several_and_some_may_be_left_out() {
    use ExactField as F;
    for (text, field, value, negated) in [
        ("email:=A@b.C", F::Email, "a@b.c", false),
        ("phone:=\"+49 170 1\"", F::Phone, "+491701", false),
        ("username:=alice", F::Username, "alice", false),
        ("id:user_1", F::UserId, "user_1", false),
        ("-id:user_1", F::UserId, "user_1", true),
        ("ext:crm:1", F::ExternalId, "crm:1", false),
        ("-ext:\"crm 1\"", F::ExternalId, "crm 1", true),
        ("wallet:0xAb", F::Wallet, "0xAb", false),
        ("org:org_1", F::Organization, "org_1", false),
        ("-org:org_1", F::Organization, "org_1", true),
    ] {
        let exact = Exact {
            field,
            value: value.to_owned(),
            negated,
        };
        let search = users(text);
        assert_eq!(
            search,
            only(UserFilter {
                exact: vec![exact],
                ..UserFilter::default()
            }),
            "{text}"
        );
        assert!(!negated || field.can_negate());
    }
    let several = users("email:a email:=a@b.c email:=d@e.f").filter;
    assert_eq!((several.partial.len(), several.exact.len()), (1, 2));
}

#[test]
fn organizations_by_name_are_left_to_be_found() {
    let search = users("org:acme -org:\"Acme Research\" org:org_name!");
    let found: Vec<(&str, bool)> = search
        .organizations
        .iter()
        .map(|o| (o.text.as_str(), o.negated))
        .collect();
    assert_eq!(
        found,
        [
            ("acme", false),
            ("Acme Research", true),
            ("org_name!", false)
        ]
    );
    assert!(search.filter.is_open());
    let id = OrganizationId::new("org_9").unwrap();
    assert_eq!(
        search.organizations[1].found(&id),
        Exact {
            field: ExactField::Organization,
            value: "org_9".to_owned(),
            negated: true
        }
    );
}

#[test]
fn accounts_are_named_as_clerk_names_them() {
    let provider = |text| users(text).filter.provider.unwrap();
    let google = ("oauth_google".to_owned(), "1/23".to_owned());
    assert_eq!(provider("provider:google/1/23"), google);
    assert_eq!(provider("provider:oauth_google/1/23"), google);
    assert_eq!(provider("provider:\"x/a b\"").1, "a b");
}

#[test]
fn clerk_judges_bans_and_we_the_other_facts() {
    assert_eq!(users("is:banned").filter.banned, Some(true));
    assert_eq!(users("-is:banned").filter.banned, Some(false));
    for row in FLAGS.iter().filter(|row| row.scope == Scope::Users) {
        let Flag::Fact(fact) = row.flag else {
            panic!("{row:?} is of a user")
        };
        for negated in [false, true] {
            let minus = if negated { "-" } else { "" };
            let search = users(&format!("{minus}{}:{}", row.field.help().word, row.word));
            if fact == Fact::Banned {
                assert!(search.facts.is_empty() && search.is_all_clerks());
            } else {
                assert_eq!(search.facts, [FactTest { fact, negated }]);
                assert!(search.filter.is_open() && !search.is_all_clerks());
            }
        }
    }
    let search = users("signin:never -active:never");
    assert_eq!(
        search.facts,
        [
            FactTest {
                fact: Fact::NeverSignedIn,
                negated: false
            },
            FactTest {
                fact: Fact::NeverActive,
                negated: true
            },
        ]
    );
    assert!(search.filter.is_open());
}

#[test]
fn metadata_is_a_path_and_perhaps_a_value() {
    for (text, path, value, negated) in [
        ("meta:plan", &["plan"][..], None, false),
        ("-meta:plan=pro", &["plan"], Some("pro"), true),
        ("meta:a.b=\"c d\"", &["a", "b"], Some("c d"), false),
        ("meta:\"a.b\".c", &["a.b", "c"], None, false),
        ("meta:a.\"b=c\"=d=e", &["a", "b=c"], Some("d=e"), false),
        ("meta:a=\"\"", &["a"], Some(""), false),
        ("meta:a=1.5", &["a"], Some("1.5"), false),
    ] {
        let expected = MetadataTest {
            path: path.iter().map(|&key| key.to_owned()).collect(),
            value: value.map(str::to_owned),
            negated,
        };
        assert_eq!(users(text).filter.metadata, [expected], "{text}");
        assert!(!users(text).is_all_clerks());
    }
}

#[test]
fn times_go_to_their_fields_and_several_to_what_lies_in_all() {
    let filter =
        users("created:2026-01 signin:2026-02.. signin:..2026-03 active:2026-04-01").filter;
    let span = |after: &str, before: &str| Span {
        after: Some(Timestamp::from_millis(at(after).millis() - 1)),
        before: Some(at(before)),
    };
    assert_eq!(
        filter.created,
        span("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
    );
    assert_eq!(
        filter.signed_in,
        span("2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z")
    );
    assert_eq!(
        filter.active,
        span("2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z")
    );
}

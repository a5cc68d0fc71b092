//! Tests of the search language.

mod completion;
mod mistakes;
mod pasted;
mod properties;
mod ranges;
mod sessions;
mod users;

use jiff::tz::TimeZone;

use super::*;

/// A time, in any form that jiff reads.
fn at(text: &str) -> Timestamp {
    let instant: jiff::Timestamp = text.parse().unwrap();
    Timestamp::from_millis(instant.as_millisecond())
}

fn now() -> Timestamp {
    at("2026-04-15T12:00:00Z")
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn parse(text: &str, scope: Scope) -> Query {
    let query = Query::parse(text, scope).unwrap_or_else(|m| panic!("{text}: {m}"));
    let printed = query.to_string();
    assert_eq!(
        Query::parse(&printed, scope).as_ref(),
        Ok(&query),
        "{text} → {printed}"
    );
    query
}

#[test]
fn each_field_and_flag_has_one_row_and_its_examples_are_read() {
    for (i, row) in FIELDS.iter().enumerate() {
        assert_eq!(row.field.help().word, row.word);
        assert!(FIELDS[..i].iter().all(|other| other.word != row.word));
        assert!(!row.scopes.is_empty() && !row.about.is_empty());
        assert!(row.negates.iter().all(|scope| row.scopes.contains(scope)));
        let scope = row.scopes[0];
        for example in row.examples {
            let query = parse(example, scope);
            assert_eq!(&query.to_string(), example, "the canonical text");
            assert_eq!(query.terms().next().unwrap().field, row.field);
        }
    }
    for row in FLAGS {
        assert_eq!(row.flag.help().unwrap().word, row.word);
        for minus in ["", "-"] {
            let text = format!("{minus}{}:{}", row.field.help().word, row.word);
            assert_eq!(parse(&text, row.scope).to_string(), text);
        }
    }
}

#[test]
fn every_fact_can_be_asked_for() {
    for fact in Fact::ALL {
        let flag = Flag::Fact(fact).help().is_some();
        let never = matches!(fact, Fact::NeverActive | Fact::NeverSignedIn);
        assert!(flag != never, "{fact:?}");
    }
}

#[test]
fn free_words_stay_as_they_were_typed() {
    for (text, free) in [
        ("  alice \t chen ", "alice chen"),
        ("\"Alice  Chen\" x", "Alice  Chen x"),
        ("-alice", "-alice"),
        ("-\"alice chen\"", "-alice chen"),
        (
            "12:30 https://a.example/?b=c",
            "12:30 https://a.example/?b=c",
        ),
        ("\"foo:bar\" \"is:banned\"", "foo:bar is:banned"),
        ("e_mail:x é:x :x", "e_mail:x é:x :x"),
        ("5\" O\"Brien", "5\" O\"Brien"),
        ("\"not closed", "not closed"),
        ("\"a \\\"b\\\" \\\\ \\c\"", "a \"b\" \\ \\c"),
        ("\"\" \" \"", ""),
        ("李小龍 👩‍👩‍👧", "李小龍 👩‍👩‍👧"),
    ] {
        for scope in Scope::ALL {
            let query = parse(text, scope);
            assert_eq!(query.free_text(), free, "{text}");
            assert_eq!(query.terms().count(), 0, "{text}");
            assert_eq!(query.is_empty(), free.is_empty());
        }
    }
}

#[test]
fn canonical_texts_are_short_and_in_lower_case() {
    for (text, printed) in [
        ("IS:Banned  -Has:PHONE", "is:banned -has:phone"),
        ("email:\"alice\"", "email:alice"),
        (
            "email:\"=x\" username:=\"a b\"",
            "email:\"=x\" username:=\"a b\"",
        ),
        ("id:=user_1", "id:user_1"),
        ("ext:\"//x\"", "ext:\"//x\""),
        ("phone:\"+49 (170) 12-34\"", "phone:+491701234"),
        ("created:2026-01..2026-01", "created:2026-01"),
        ("Created:>30D", "created:>30d"),
        ("meta:\"a.b\".\"c d\"=\"\"", "meta:\"a.b\".\"c d\"=\"\""),
        ("meta:a=b=c", "meta:a=b=c"),
        ("\"alice\" \"foo:bar\"", "alice \"foo:bar\""),
    ] {
        assert_eq!(parse(text, Scope::Users).to_string(), printed);
    }
}

#[test]
fn organizations_are_asked_by_name_and_judged_by_id_and_time() {
    let search = |text| parse(text, Scope::Organizations).organizations(now(), &TimeZone::UTC);
    let organization = |id: &str, created: Option<&str>| Organization {
        id: OrganizationId::new(id).unwrap(),
        name: "Acme".into(),
        slug: None,
        members: None,
        created: created.map(at),
    };
    let old = organization("org_1", Some("2024-01-01T00:00:00Z"));
    let new = organization("org_2", Some("2026-04-01T00:00:00Z"));
    let odd = organization("org_3", None);
    let passing = |text| {
        let search = search(text);
        let all = [&old, &new, &odd].into_iter();
        let ids = all.filter(|o| search.passes(o)).map(|o| o.id.last_six());
        (search.query.clone(), ids.collect::<Vec<_>>().join(" "))
    };
    let all = "org_1 org_2 org_3";
    let found = |query: &str, ids: &str| (query.to_owned(), ids.to_owned());
    assert_eq!(passing(""), found("", all));
    assert_eq!(passing("acme corp"), found("acme corp", all));
    assert_eq!(passing("id:org_2"), found("org_2", "org_2"));
    assert_eq!(passing("acme id:org_2"), found("acme", "org_2"));
    assert_eq!(passing("id:org_2 id:org_3"), found("", "org_2 org_3"));
    assert_eq!(passing("-id:org_2"), found("", "org_1 org_3"));
    assert_eq!(passing("created:<30d"), found("", "org_2"));
    assert_eq!(passing("-created:<30d"), found("", "org_1 org_3"));
    assert_eq!(passing("created:2024 created:2024-02..").1, "");
    assert!(search("acme").is_all_clerks() && !search("-id:org_2").is_all_clerks());
}

//! What a text is as a whole.

use proptest::prelude::*;

use super::*;

fn email(text: &str) -> Entry {
    Entry::Email(text.to_owned())
}

fn phone(text: &str) -> Entry {
    Entry::Phone(text.to_owned())
}

fn user(text: &str) -> Entry {
    Entry::User(UserId::new(text).unwrap())
}

#[test]
fn one_id_address_or_number_is_a_place_to_go() {
    let jump = |text: &str| match Pasted::of(text) {
        Pasted::Jump(target) => target,
        other => panic!("{text}: {other:?}"),
    };
    let id = "user_2abc123";
    assert_eq!(
        jump(" user_2abc123\n"),
        Target::User(UserId::new(id).unwrap())
    );
    assert_eq!(
        jump("user_2abc123,"),
        Target::User(UserId::new(id).unwrap())
    );
    let session = SessionId::new("sess_1").unwrap();
    assert_eq!(jump("sess_1"), Target::Session(session));
    let organization = OrganizationId::new("org_1").unwrap();
    assert_eq!(jump("org_1"), Target::Organization(organization));
    assert_eq!(jump("idn_1"), Target::Identification("idn_1".to_owned()));
    for text in [
        "Alice.O'Neil+x@Example.com",
        "Alice <alice.o'neil+x@example.com>",
        "\"O'Neil, Alice\" <alice.o'neil+x@example.com>",
        "alice.o'neil+x@example.com\nALICE.o'neil+x@example.com;",
    ] {
        let expected = Target::Email("alice.o'neil+x@example.com".to_owned());
        assert_eq!(jump(text), expected);
    }
    for text in ["+49 170 1234567", "+49 (0)170/123-4567", "+491701234567"] {
        assert_eq!(jump(text), Target::Phone("+491701234567".to_owned()));
    }
}

#[test]
fn several_are_a_list_without_doubles() {
    let list = |text: &str| match Pasted::of(text) {
        Pasted::List {
            entries,
            left_out: 0,
        } => entries,
        other => panic!("{text}: {other:?}"),
    };
    let (a, b) = (email("a@b.example"), email("c@d.example"));
    for text in [
        "a@b.example,c@d.example",
        "a@b.example; c@d.example;",
        "\r\na@b.example\r\n\r\nc@d.example\r\n",
        "a@b.example\tC@D.example, A@B.example",
        "Chen, Alice <a@b.example>; Ng, Bob <c@d.example>",
        "\"Chen, A\" <a@b.example>, \"Ng, B\" <c@d.example>",
        "A <a@b.example>, <c@d.example>",
    ] {
        assert_eq!(list(text), [a.clone(), b.clone()], "{text}");
    }
    assert_eq!(
        list("user_1\n+49 170 1234567\na@b.example\nuser_1"),
        [user("user_1"), phone("+491701234567"), a]
    );
}

#[test]
fn everything_else_is_text() {
    for text in [
        "",
        " \n",
        "alice",
        "alice@",
        "@b.example",
        "alice@localhost",
        "a@b..example",
        "a@@b.c",
        "a b@c.example",
        "a@b.example c@d.example",
        "user_name",
        "user_",
        "user_1/2",
        "sess_",
        "a@b.example, bob",
        "user_1, sess_1",
        "4917012345678",
        "+49",
        "+49 170 12x4567",
        "email:a@b.example",
        "is:banned, a@b.example",
        "\"a@b.example",
        "<a@b.example",
        "+12345678901234567",
        "a@b.example>",
        "x <y> <a@b.example>",
    ] {
        assert_eq!(Pasted::of(text), Pasted::Text, "{text}");
    }
}

#[test]
fn a_list_has_an_end_and_says_what_is_behind_it() {
    let lines: Vec<String> = (0..MOST_ENTRIES + 7)
        .map(|n| format!("a{n}@b.example\na0@b.example"))
        .collect();
    let text = lines.join("\n");
    let Pasted::List { entries, left_out } = Pasted::of(&text) else {
        panic!("it is a list")
    };
    assert_eq!((entries.len(), left_out), (MOST_ENTRIES, 7));
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        (0..400).prop_map(|n| email(&format!("a{n}@b.example"))),
        (0..400).prop_map(|n| phone(&format!("+4917{n:07}"))),
        (0..400).prop_map(|n| user(&format!("user_{n}"))),
    ]
}

proptest! {
    #[test]
    fn batches_lose_nobody(entries in prop::collection::vec(entry(), 0..600)) {
        let batches = batches(&entries);
        let mut left = entries.clone();
        for (filter, some) in &batches {
            prop_assert!((1..=100).contains(&some.len()));
            prop_assert_eq!(filter.exact.len(), some.len());
            prop_assert_eq!(&UserFilter { exact: vec![], ..filter.clone() }, &UserFilter::default());
            for (exact, entry) in filter.exact.iter().zip(some) {
                prop_assert_eq!(exact.field, filter.exact[0].field);
                let (Entry::Email(own) | Entry::Phone(own)) = entry else {
                    let Entry::User(id) = entry else { unreachable!() };
                    prop_assert_eq!(id.as_str(), &exact.value);
                    continue;
                };
                prop_assert_eq!(own, &exact.value);
            }
            for entry in some {
                let at = left.iter().position(|other| other == entry).unwrap();
                left.remove(at);
            }
        }
        prop_assert!(left.is_empty());
        prop_assert!(batches.len() <= entries.len() / 100 + 3);
    }

    #[test]
    fn whatever_is_pasted_is_something(text in any::<String>(), list in "[a-z0-9@.,;<>\"+ \n_é]{0,60}") {
        Pasted::of(&text);
        Pasted::of(&list);
    }

    #[test]
    fn a_list_that_is_written_is_read(entries in prop::collection::vec(entry(), 2..50), by in "[,;\n\t]") {
        let texts: Vec<&str> = entries.iter().map(|entry| match entry {
            Entry::Email(text) | Entry::Phone(text) => text.as_str(),
            Entry::User(id) => id.as_str(),
        }).collect();
        let mut once: Vec<Entry> = vec![];
        for entry in &entries {
            if !once.contains(entry) {
                once.push(entry.clone());
            }
        }
        match Pasted::of(&texts.join(&by)) {
            Pasted::List { entries, left_out } => prop_assert_eq!((entries, left_out), (once, 0)),
            Pasted::Jump(_) => prop_assert_eq!(once.len(), 1),
            Pasted::Text => prop_assert!(false),
        }
    }
}

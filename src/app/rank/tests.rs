use proptest::prelude::*;

use super::*;
use crate::app::Book;
use crate::app::report::fixtures::nobody;
use crate::domain::{
    Fact, FactTest, Facts, Page, Row, Span, Timestamp, UserFilter, UserId, UserRow,
};

fn row(n: i64, name: &str, email: &str) -> UserRow {
    UserRow {
        id: UserId::new(&format!("user_{n:04}")).unwrap(),
        name: name.into(),
        email: Some(email.into()),
        facts: Facts::from_iter([(Fact::Mfa, n % 2 == 0)]),
        created: Some(Timestamp::from_millis(n * 1_000)),
        ..nobody().row()
    }
}

fn book(rows: &[UserRow]) -> Book {
    let mut book = Book::default();
    for rows in rows.chunks(3) {
        let page = Page {
            rows: rows.iter().cloned().map(Row::Read).collect(),
            total: None,
            read_at: Timestamp::from_millis(0),
        };
        book.learn_page(&Arc::new(UserPage::pack(page, |_| true)));
    }
    book
}

fn people() -> Book {
    book(&[
        row(1, "Alice Chen", "alice@example.com"),
        row(2, "Bob Bell", "bob@alice.example"),
        row(3, "ALICIA Gómez", "agomez@example.com"),
        row(4, "Zoe Çelik", "zoe@example.com"),
        row(5, "Åsa Öberg", "asa@example.com"),
    ])
}

fn quest(book: &Book, filter: UserFilter, facts: Vec<FactTest>) -> Quest {
    Quest {
        rows: book.rows().clone(),
        among: Among::Everybody,
        looked: Arc::new(Looked::new(Arc::new(filter), facts)),
        order: UserOrder::NEWEST,
    }
}

fn run(quest: &Quest, threads: usize) -> Found {
    let parts = quest.parts(threads).into_iter();
    let parts = parts.map(|part| quest.exact(part, &|| false).unwrap());
    let mut found = quest.join(&parts.collect::<Vec<_>>());
    if quest.wants_alike(&found) {
        let parts = quest.parts(threads).into_iter();
        let parts = parts.map(|part| quest.alike(part, &|| false).unwrap());
        let parts: Vec<_> = parts.collect();
        quest.add_alike(&mut found, &parts);
    }
    found
}

fn ids(book: &Book, people: &[Who]) -> Vec<String> {
    people
        .iter()
        .map(|who| book.row(*who).unwrap().id.to_string())
        .collect()
}

fn found(text: &str) -> Vec<String> {
    let book = people();
    let found = run(&quest(&book, UserFilter::text(text), vec![]), 1);
    ids(&book, &found.exact)
}

#[test]
fn words_are_found_in_any_field_in_any_case_newest_first() {
    assert_eq!(found("alic"), ["user_0003", "user_0002", "user_0001"]);
    assert_eq!(found("ÇELIK"), ["user_0004"]);
    assert_eq!(found("öberg"), ["user_0005"]);
    assert_eq!(found("user_0002"), ["user_0002"]);
    assert_eq!(
        found("example chen"),
        ["user_0001"],
        "all words, in any order"
    );
    assert_eq!(
        found("."),
        [
            "user_0005",
            "user_0004",
            "user_0003",
            "user_0002",
            "user_0001"
        ]
    );
    assert!(found("comuser").is_empty(), "not over the end of a field");
}

#[test]
fn where_little_is_found_what_is_like_it_follows() {
    let book = people();
    let found = run(&quest(&book, UserFilter::text("alcchn"), vec![]), 1);
    assert!(found.exact.is_empty());
    assert_eq!(ids(&book, &found.alike), ["user_0001"]);
}

#[test]
fn filters_are_judged_as_far_as_rows_can_tell() {
    let book = people();
    let only = |filter, facts| ids(&book, &run(&quest(&book, filter, facts), 1).exact);
    let mfa = FactTest {
        fact: Fact::Mfa,
        negated: false,
    };
    assert_eq!(
        only(UserFilter::default(), vec![mfa]),
        ["user_0004", "user_0002"]
    );
    let partial = UserFilter {
        partial: vec![(crate::domain::PartialField::Email, "ALICE".into())],
        ..UserFilter::default()
    };
    assert_eq!(only(partial, vec![]), ["user_0002", "user_0001"]);
    let created = UserFilter {
        created: Span {
            after: Some(Timestamp::from_millis(3_000)),
            before: None,
        },
        ..UserFilter::default()
    };
    assert_eq!(only(created, vec![]), ["user_0005", "user_0004"]);
}

#[test]
fn among_these_means_in_their_order() {
    let book = people();
    let mut these: Vec<Who> = ["user_0001", "user_0004", "user_0003"]
        .iter()
        .map(|id| book.who(id).unwrap())
        .collect();
    let mut quest = quest(&book, UserFilter::text("example.com"), vec![]);
    quest.among = Among::These(these.clone().into());
    assert_eq!(run(&quest, 1).exact, these);
    these.reverse();
    quest.among = Among::These(these.clone().into());
    assert_eq!(run(&quest, 1).exact, these);
}

#[test]
fn a_search_that_is_not_wanted_any_more_ends() {
    let book = people();
    let quest = quest(&book, UserFilter::text("a"), vec![]);
    assert_eq!(quest.exact(0..1, &|| true), None);
    assert_eq!(quest.alike(0..1, &|| true), None);
}

proptest! {
    #[test]
    fn the_same_is_found_as_by_looking_at_each_row(
        names in prop::collection::vec("[a-cA-C ]{0,6}", 1..60),
        text in "[a-c]{1,2}( [a-c]{1,2})?",
        threads in 1_usize..4,
        newer in prop::collection::vec((0_usize..60, "[a-c]{1,3}"), 0..5),
    ) {
        let mut rows: Vec<UserRow> =
            (0..).zip(&names).map(|(n, name)| row(n, name, "x@y.z")).collect();
        let mut book = book(&rows);
        for (n, name) in newer {
            if let Some(old) = rows.get_mut(n) {
                old.name = name.as_str().into();
                book.learn(old.clone(), Timestamp::from_millis(1));
            }
        }
        let words: Vec<&str> = text.split(' ').collect();
        let wanted = |row: &&UserRow| {
            let name = row.name.raw().to_lowercase();
            let line = format!("{}\n{name}\nx@y.z", row.id);
            words.iter().all(|word| line.contains(word))
        };
        let mut expected: Vec<String> =
            rows.iter().filter(wanted).map(|row| row.id.to_string()).collect();
        expected.reverse();
        let found = run(&quest(&book, UserFilter::text(text.clone()), vec![]), threads);
        prop_assert_eq!(ids(&book, &found.exact), expected);
        prop_assert!(found.alike.iter().all(|who| !found.exact.contains(who)));
    }
}

//! The first rows, the last rows, and what lies between.

use super::harness::{Console, users_page};
use super::world::{crowd, error, id, not_found};
use crate::app::{AnyList, Item, Side};
use crate::domain::{ErrorKind, Fetch, Start, Timestamp, UserOrder};

fn asked(console: &Console) -> Option<(UserOrder, Start)> {
    console.asked.iter().find_map(|asked| match &asked.fetch {
        Fetch::Users { order, start, .. } => Some((*order, start.clone())),
        _ => None,
    })
}

#[test]
fn g_shows_the_true_last_row_after_one_answer() {
    let mut console = Console::with(crowd(5_000));
    console.press("G");
    assert_eq!(
        asked(&console),
        Some((UserOrder::NEWEST.reversed(), Start::First))
    );
    console.answer(users_page);
    assert_eq!(console.under_cursor(), "Person N5000");
    assert_eq!(console.users().list.len(), 100 + 1 + 100);
    assert_eq!(console.names()[100], "…");
    assert_eq!(console.users().unread(), Some(4_800));
    console.press("g").settle().press("G");
    assert!(!console.asks(users_page), "the last rows are known");
    assert_eq!(console.under_cursor(), "Person N5000");
}

#[test]
fn going_up_from_the_end_reads_backwards_and_the_ends_meet() {
    let mut console = Console::with(crowd(1_000));
    console.press("G").settle();
    let expected: Vec<String> = (1..=1_000).map(|n| format!("Person N{n}")).collect();
    let mut rounds = 0;
    while !console.users().list.roll().is_complete() {
        let before = console.under_cursor();
        console.press("PgUp").settle();
        assert!(
            console.under_cursor() != before,
            "the cursor does not jump back"
        );
        rounds += 1;
        assert!(rounds < 100, "{}", console.names().len());
    }
    assert_eq!(console.names(), expected);
    assert!(console.users().list.roll().tail().is_empty());
}

#[test]
fn from_both_ends_everybody_is_read_once_whatever_the_way() {
    let mut console = Console::with(crowd(3_000));
    for round in 0..60 {
        match round % 3 {
            0 => console.press("g").walk_down(),
            1 => console.press("G PgUp PgUp PgUp PgUp PgUp PgUp"),
            _ => console.press("PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp"),
        };
        console.settle();
    }
    let names = console.names();
    let expected: Vec<String> = (1..=3_000).map(|n| format!("Person N{n}")).collect();
    assert!(console.users().list.roll().is_complete());
    assert_eq!(names, expected);
}

#[test]
fn the_gap_is_nobody() {
    let mut console = Console::with(crowd(5_000));
    console.press("G").settle().press("g");
    console
        .walk_down()
        .answer_with(users_page, Err(error(ErrorKind::NotConnected, "")));
    let gap = console.users().list.roll().head().len();
    while console.users().list.cursor() > gap {
        console.press("k");
    }
    assert_eq!(console.users().list.cursor(), gap);
    assert_eq!(console.users().list.item(gap), Some(Item::Gap));
    for key in ["Enter", "B", "D", "s"] {
        console.look().press(key);
        assert!(
            !console.has_dialog() && console.profile().is_none(),
            "{key}"
        );
    }
}

#[test]
fn a_cursor_behind_somebody_who_is_gone_goes_on_from_their_time() {
    let mut people = crowd(1_000);
    for (n, person) in (0..).zip(&mut people) {
        person.created = Some(Timestamp::from_millis(1_700_000_000_000 - n));
    }
    let mut console = Console::with(people);
    console.walk_down();
    assert_eq!(
        asked(&console),
        Some((UserOrder::NEWEST, Start::After(id(100))))
    );
    console.answer_with(users_page, Err(not_found()));
    let created = console.model.people.get(&id(100)).unwrap().created.unwrap();
    let next = console.asked.iter().find_map(|asked| match &asked.fetch {
        Fetch::Users { filter, start, .. } => Some((filter.created, start.clone())),
        _ => None,
    });
    let (span, start) = next.unwrap();
    assert_eq!(
        (span.before, span.after),
        (Some(created.plus_millis(1)), None)
    );
    assert_eq!(start, Start::First);
    console.settle();
    assert!(console.users().list.error().is_none());
}

#[test]
fn a_deleted_user_leaves_both_ends() {
    let mut console = Console::with(crowd(1_000));
    console.press("G").settle();
    let first = console.users().list.roll().tail().len();
    let who = console.model.people.book().who(id(1_000).as_str()).unwrap();
    assert!(console.users().list.roll().has(who));
    console.look().press("D").settle().look();
    console
        .type_text("001000")
        .later(200)
        .press("Enter")
        .done()
        .settle();
    assert_eq!(console.users().list.roll().tail().len(), first - 1);
    assert_eq!(console.under_cursor(), "Person N999");
    assert!(console.users().list.roll().may_read(Side::Tail));
}

//! Pasted lists.

use super::harness::Console;
use super::world::{crowd, error, five_alices, person};
use crate::app::report::fixtures;
use crate::app::search::below;
use crate::app::*;
use crate::domain::{ErrorKind, Fetch, UserOrder, UserOrderBy};

/// The lines below the box.
fn below(console: &Console) -> Vec<String> {
    let lines = below::lines(&console.model);
    lines
        .iter()
        .map(|line| line.text().trim().to_owned())
        .collect()
}

fn notice(console: &Console) -> String {
    words::notice(&console.model).map_or_else(String::new, |line| line.text())
}

fn lists(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::UsersListed { .. })
}

/// A list of 250 e-mail addresses, the last three of nobody, and an id of
/// somebody who is in it already.
fn long_list() -> String {
    let known = (1..=247).map(|n| format!("person.n{n}@example.com"));
    let unknown = ["a", "b", "c"].map(|name| format!("{name}@nowhere.example"));
    let all: Vec<String> = known.chain(unknown).collect();
    format!("{}\nuser_000001", all.join(", "))
}

#[test]
fn a_list_is_looked_up_and_those_missing_are_named() {
    let mut console = Console::with(crowd(300));
    console.paste(&long_list());
    assert_eq!(console.users().search.text(), "list of 251");
    assert_eq!(
        console.asked.len(),
        4,
        "three batches of addresses, one of ids"
    );
    assert_eq!(words::found(&console.model), "Looked up 0 of 251…");
    assert_eq!(notice(&console), "Looking up 251…");
    console.answer_next();
    assert_eq!(words::found(&console.model), "Looked up 1 of 251…");
    assert!(!console.model.is_answered());
    console.settle();
    assert_eq!(console.names().len(), 247, "named twice, shown once");
    assert_eq!(
        words::found(&console.model),
        "248 of 251 found: 247 people · newest first, sorted here"
    );
    assert_eq!(
        below(&console),
        ["3 not found: a@nowhere.example, b@nowhere.example, c@nowhere.example"]
    );
    assert!(console.model.is_answered());
    console.model.ctx.size = (67, 24);
    assert_eq!(
        below(&console),
        ["3 not found: a@nowhere.example and 2 more · :missing copies them"]
    );
    console.model.ctx.size = (80, 24);
    console.press(":").type_text("missing\r");
    assert_eq!(
        console.copied,
        ["a@nowhere.example\nb@nowhere.example\nc@nowhere.example"]
    );
    console.look().press("B");
    assert!(console.has_dialog(), "changes open on the rows");
}

#[test]
fn no_change_opens_before_a_list_is_complete() {
    let mut console = Console::with(crowd(300));
    console.paste(&long_list()).answer_next().look().press("B");
    assert_eq!(console.toast(), "Still searching. One moment.");
}

#[test]
fn only_what_failed_of_a_list_is_asked_for_again() {
    let mut console = Console::with(crowd(300));
    console.paste(&long_list());
    let lost = error(ErrorKind::TimedOut, "");
    console.answer_with(lists, Err(lost)).settle();
    assert_eq!(words::found(&console.model), "Looked up 201 of 251");
    assert_eq!(
        notice(&console),
        "No answer from Clerk in time. Trying again; r tries now."
    );
    assert_eq!(console.names().len(), 200);
    assert!(!console.model.is_answered() && below(&console).is_empty());
    console.press("r");
    assert_eq!(console.asked.iter().filter(|a| lists(&a.fetch)).count(), 1);
    console.settle();
    assert!(console.model.is_answered());
    // Once more it is all of them.
    console.press("r");
    assert_eq!(console.asked.iter().filter(|a| lists(&a.fetch)).count(), 4);
    assert!(console.model.is_answered(), "the rows stand meanwhile");
    console.settle();
    assert_eq!(console.names().len(), 247);
}

#[test]
fn esc_clears_a_list_and_calls_it_off() {
    let mut console = Console::with(five_alices());
    console.paste("alice.ng@example.com; bob.bell@example.com");
    console.press("Esc");
    assert!(!console.asks(lists));
    console.settle();
    assert_eq!(console.names().len(), 7);
    assert!(console.model.is_answered());
}

#[test]
fn typing_ends_a_list_and_another_list_takes_its_place() {
    let mut console = Console::with(five_alices());
    console
        .paste("alice.ng@example.com\nbob.bell@example.com")
        .settle();
    assert_eq!(console.names(), ["Bob Bell", "Alice Ng"]);
    console
        .press("/")
        .paste("user_000007\nuser_000002")
        .settle();
    assert_eq!(console.names(), ["Alice Chen", "Zoe Zhang"]);
    console.press("/").type_text("zoe").later(200).settle();
    assert_eq!(console.users().search.text(), "zoe");
    assert_eq!(console.names(), ["Zoe Zhang"]);
    assert!(console.users().listing().is_none());
}

#[test]
fn a_list_is_sorted_here_and_forgets_the_deleted() {
    let mut console = Console::with(five_alices());
    console
        .paste("zoe.zhang@example.com\nbob.bell@example.com\nuser_000003")
        .settle();
    let order = UserOrder {
        by: UserOrderBy::Email,
        descending: false,
    };
    let (users, ctx, people) = console.model.users_mut().unwrap();
    users.set_order(ctx, people, order);
    console.settle();
    assert_eq!(console.names(), ["Alice Ng", "Bob Bell", "Zoe Zhang"]);
    assert!(words::found(&console.model).ends_with("e-mail ↑, sorted here"));
    console
        .press("↓")
        .look()
        .press("D")
        .settle()
        .type_text("000001")
        .later(200);
    console.press("Enter").done();
    assert_eq!(console.names(), ["Alice Ng", "Zoe Zhang"]);
}

#[test]
fn a_list_pasted_on_another_view_is_shown_in_the_users_view() {
    let mut console = Console::with(five_alices());
    console.press("2").settle();
    console
        .paste("alice.ng@example.com\tuser_2nobody1")
        .settle();
    assert!(matches!(console.model.screen(), Screen::Users(_)));
    assert_eq!(console.names(), ["Alice Ng"]);
    assert_eq!(
        below(&console),
        ["1 not found: user_2nobody1 · :missing copies them"]
    );
    console.press("2").settle().press("1");
    assert!(console.asked.is_empty(), "it is not looked up anew");
}

#[test]
fn a_list_before_the_first_rows_is_no_list_of_everybody() {
    let mut console = Console::start(five_alices());
    console.paste("alice.ng@example.com\nuser_000002").settle();
    assert_eq!(console.names(), ["Alice Chen", "Alice Ng"]);
    console.press("Esc").settle();
    assert_eq!(console.names().len(), 7);
}

#[test]
fn more_than_a_list_holds_is_said_to_be_left_out() {
    let mut console = Console::with(crowd(3));
    let list: Vec<String> = (0..5_007).map(|n| format!("x{n}@example.com")).collect();
    console.paste(&list.join("\r\n"));
    assert_eq!(console.users().search.text(), "list of 5,000");
    assert_eq!(console.asked.len(), 4, "a few at once");
    assert_eq!(
        below(&console),
        ["7 more were left out: a list holds 5,000 at most."]
    );
    console.settle();
    assert_eq!(
        words::found(&console.model),
        "0 of 5,000 found · newest first, sorted here"
    );
    assert_eq!(
        notice(&console),
        "None of them was found. Esc clears the list."
    );
}

#[test]
fn a_stopped_list_goes_on_with_r() {
    let mut console = Console::with(crowd(300));
    console.paste(&long_list()).answer_next().press("^c");
    assert!(!console.asks(lists) && !console.quit);
    assert_eq!(notice(&console), "Not all were looked up. r goes on.");
    console.press("r").settle();
    assert_eq!(console.names().len(), 247);
    assert!(console.model.is_answered());
}

#[test]
fn a_secondary_address_counts_as_found() {
    let mut people = vec![person(1, "Ann Ax"), person(2, "Bea Bo")];
    people[0].emails.push(fixtures::address("ann@old.example"));
    let mut console = Console::with(people);
    console
        .paste("ann@old.example, user_000002, ann@older.example")
        .settle();
    assert_eq!(console.names(), ["Bea Bo", "Ann Ax"]);
    assert_eq!(
        below(&console),
        ["1 not found: ann@older.example · :missing copies them"]
    );
}

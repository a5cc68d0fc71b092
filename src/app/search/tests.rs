//! What is in the box, and what the rows answer.

use tui_input::InputRequest::{GoToStart, InsertChar};

use super::*;

#[test]
fn a_list_stands_in_the_box_until_something_is_typed() {
    let list = |text: &str| -> Arc<[Entry]> { Entry::read(text).into_iter().collect() };
    let mut search = users();
    search.put_list(list("a@example.com"));
    search.ask();
    search.answer();
    assert!(search.is_settled() && search.is_blank());
    assert_eq!(search.text(), "list of 1");
    search.put_list(list("b@example.com"));
    assert!(search.is_due(), "another list of one");
    search.edit(GoToStart);
    assert!(search.list().is_some());
    search.edit(InsertChar('x'));
    assert_eq!((search.text(), search.list()), ("x", None));
    search.put("list of 1");
    assert!(!search.is_settled(), "a text is no list");
}

fn users() -> Search {
    Search::new(Scope::Users)
}

#[test]
fn rows_answer_the_box_only_after_the_answer() {
    let mut search = users();
    assert!(search.is_settled());
    search.paste("\n  alice\x1b[31m  \nbob");
    assert_eq!(search.text(), "alice[31m");
    assert!(search.is_due() && !search.is_settled());
    assert_eq!(search.ask().free_text(), "alice[31m");
    assert!(!search.is_due() && !search.is_settled());
    search.answer();
    assert!(search.is_settled());
}

#[test]
fn rows_that_are_read_again_still_answer_the_box() {
    let mut search = users();
    search.paste("alice");
    search.ask();
    search.answer();
    search.ask();
    assert!(search.is_settled());
    search.paste("x");
    assert!(!search.is_settled());
}

#[test]
fn a_megabyte_is_no_search() {
    let mut search = users();
    search.paste(&"x".repeat(1 << 20));
    assert_eq!(search.text().len(), input_line::LONGEST);
}

#[test]
fn a_failed_search_is_still_unanswered() {
    let mut search = users();
    search.paste("alice");
    search.ask();
    search.fail();
    assert!(!search.is_settled() && search.is_due());
}

#[test]
fn a_text_with_a_mistake_is_never_asked_for() {
    let mut search = users();
    search.paste("alice");
    search.ask();
    search.answer();
    search.put("alice nmae:x");
    let mistake = search.mistake().unwrap();
    assert_eq!(&search.input().value()[mistake.at.clone()], "nmae");
    assert!(!search.is_due() && !search.is_settled());
    assert_eq!(search.ask().free_text(), "alice", "as before");
    search.answer();
    assert_eq!(search.answered(), "alice");
    search.put("alice");
    assert!(search.is_settled() && search.query().is_ok());
}

#[test]
fn the_place_of_a_mistake_is_one_in_the_box() {
    let mut search = users();
    for c in "  is:".chars() {
        search.edit(tui_input::InputRequest::InsertChar(c));
    }
    assert_eq!(search.mistake().unwrap().at, 2..5);
}

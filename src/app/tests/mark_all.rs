//! `*`: everybody whom the search matches is marked, and nobody else.

use super::harness::{Console, users_page};
use super::world::{aged, crowd, error, five_alices, id, person};
use crate::app::load::words::progress;
use crate::app::{Command, Part, act};
use crate::domain::{ErrorKind, Fetch};

fn search(console: &mut Console, text: &str) {
    console
        .press("/ ^u")
        .type_text(text)
        .press("Enter")
        .settle();
}

fn said(console: &Console) -> String {
    let line = progress(&console.model, 200);
    line.map_or_else(String::new, |line| line.text())
}

/// A console that has begun to mark all of so many and awaits pages.
fn marking(people: usize) -> Console {
    let mut console = Console::with(aged(people));
    console.press("*");
    console.answer(|fetch| matches!(fetch, Fetch::UserCount { .. }));
    console.answer(users_page);
    console
}

fn is_idle(console: &Console) -> bool {
    let asked = &console.asked;
    console.users().loading.is_none()
        && !asked
            .iter()
            .any(|asked| matches!(asked.slot.part, Part::Window(_)))
}

#[test]
fn whom_a_search_has_found_is_marked_at_once() {
    let mut console = Console::with(five_alices());
    search(&mut console, "alice");
    console.press("*");
    let marked: Vec<_> = console.model.marks.ids().cloned().collect();
    assert_eq!(marked, [2, 3, 4, 5, 6].map(id));
    assert_eq!(console.toast(), "All 5 who match are marked.");
    assert!(!console.model.marks.is_everybody() && is_idle(&console));
    search(&mut console, "zoe");
    console.press("*");
    assert_eq!(console.model.marks.len(), 6, "those marked before stay");
}

#[test]
fn who_comes_later_is_not_marked() {
    let mut console = Console::with(five_alices());
    search(&mut console, "alice");
    console.press("*");
    console.world.people.insert(0, person(9, "Alice Late"));
    console.press("r").settle();
    assert_eq!(console.names().len(), 6);
    assert_eq!(console.model.marks.len(), 5);
    assert!(!console.model.marks.contains(&id(9)));
}

#[test]
fn without_a_search_it_is_everybody_until_somebody_is_unmarked() {
    let mut console = Console::with(crowd(7));
    console.press("*");
    assert!(console.model.marks.is_everybody());
    let line = crate::app::words::marked(&console.model).unwrap();
    assert_eq!(line.text(), "7 marked: EVERYBODY · u unmarks");
    console.press("u u");
    assert!(console.model.marks.is_everybody(), "brought back as it was");
    console.press("Space Space");
    assert!(!console.model.marks.is_everybody());
}

#[test]
fn who_is_only_alike_is_not_marked() {
    let mut console = Console::with(five_alices());
    search(&mut console, "alcechn");
    assert_eq!(console.names(), ["Alice Chen"]);
    console.press("*");
    assert_eq!(console.toast(), "Nobody matches, so nobody was marked.");
    assert!(console.model.marks.is_empty());
}

#[test]
fn while_it_is_searched_nobody_is_marked() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").press("Enter *");
    assert_eq!(console.toast(), "Still searching. One moment.");
    console
        .settle()
        .press("/")
        .type_text(" is:nobody")
        .press("Esc");
    assert!(console.model.marks.is_empty());
}

#[test]
fn everybody_is_read_first_whatever_answers_come_first() {
    let mut console = marking(3_000);
    assert!(said(&console).starts_with("Marking all: 500 of 3,000 read · Esc stops"));
    assert!(console.model.marks.is_empty());
    console.press("*");
    assert_eq!(console.toast(), "Still reading who matches. One moment.");
    console.later(9_000).look().press("B");
    assert_eq!(console.toast(), "Still reading who matches. One moment.");
    assert!(!console.has_dialog());
    while let Some(asked) = console.asked.pop() {
        let answer = console.world.answer(&asked.fetch);
        console.reply(&asked, answer);
    }
    assert_eq!(console.model.marks.len(), 3_000);
    assert!(console.model.marks.is_everybody());
    assert_eq!(console.toast(), "All 3,000 who match are marked.");
    let first = console.model.marks.ids().next();
    assert_eq!(first, Some(&id(1)), "in the order of the list");
    console.look().press("B");
    assert_ne!(console.toast(), "Still reading who matches. One moment.");
}

#[test]
fn a_search_judged_here_is_marked_as_a_whole() {
    let mut people = aged(2_000);
    for person in people.iter_mut().step_by(4) {
        person.locked = true;
    }
    let mut console = Console::with(people);
    search(&mut console, "is:locked");
    assert!(console.names().len() < 500);
    console.press("*").settle();
    assert_eq!(console.model.marks.len(), 500);
    assert_eq!(console.toast(), "All 500 who match are marked.");
    assert!(!console.model.marks.is_everybody());
}

#[test]
fn an_order_that_only_clerk_knows_does_not_matter() {
    let mut console = Console::with(aged(2_000));
    // Changed last.
    console.press("o g j j j j j j Enter").settle();
    let order = console.users().order;
    assert_eq!(order.by, crate::domain::UserOrderBy::Updated);
    console.press("*").settle();
    assert_eq!(console.model.marks.len(), 2_000);
}

#[test]
fn esc_and_ctrl_c_stop_it_and_mark_nobody() {
    for key in ["Esc", "^c", "q"] {
        let mut console = marking(3_000);
        console.answer(users_page).press(key);
        assert_eq!(console.toast(), "Stopped. Nobody was marked.");
        assert!(console.model.marks.is_empty() && !console.quit);
        assert!(is_idle(&console), "what was begun for it ends with it");
        console.settle();
        assert!(console.model.marks.is_empty());
    }
}

#[test]
fn a_load_that_was_under_way_before_goes_on() {
    let mut console = Console::with(aged(3_000));
    console.press(":load *");
    assert!(said(&console).starts_with("Marking all: "));
    console.press("Esc");
    assert!(said(&console).starts_with("Loading "));
    console.press("*").settle();
    assert_eq!(console.model.marks.len(), 3_000);
}

#[test]
fn another_search_stops_it() {
    let mut console = marking(3_000);
    console.press("/").type_text("x");
    assert_eq!(console.toast(), "The search changed, so nobody was marked.");
    assert!(is_idle(&console));
    console.settle();
    assert!(console.model.marks.is_empty());
}

#[test]
fn it_goes_on_in_another_view_and_esc_there_leaves_it_alone() {
    let mut console = marking(3_000);
    console
        .press("3")
        .answer(|f| matches!(f, Fetch::Organizations { .. }));
    console.press("Esc").settle();
    assert_eq!(console.model.marks.len(), 3_000);
}

#[test]
fn a_failure_pauses_it_and_the_same_key_goes_on() {
    let mut console = marking(3_000);
    while let Some(asked) = console.asked.pop() {
        console.reply(&asked, Err(error(ErrorKind::KeyRefused, "")));
    }
    assert!(
        console
            .toast()
            .ends_with("Marking all is paused. * goes on.")
    );
    assert!(said(&console).ends_with(" read. * goes on."));
    console.press("*").settle();
    assert_eq!(console.model.marks.len(), 3_000);
}

fn answer_all_but_pages(console: &mut Console) {
    let others = |fetch: &Fetch| !users_page(fetch);
    while console.asks(others) {
        console.answer(others);
    }
}

#[test]
fn who_is_deleted_meanwhile_is_not_marked() {
    let mut console = marking(3_000);
    console.press("Enter");
    answer_all_but_pages(&mut console);
    console.look().press("D");
    answer_all_but_pages(&mut console);
    console.look();
    console.type_text("000001").later(200).press("Enter").done();
    console.settle();
    assert_eq!(console.model.marks.len(), 2_999);
    assert!(!console.model.marks.contains(&id(1)));
}

#[test]
fn it_is_offered_in_the_users_list_only() {
    let mut console = Console::with(crowd(3));
    let offered = |console: &Console| act::applicable(&console.model).contains(&Command::MarkAll);
    assert!(offered(&console));
    console.press("2").settle();
    assert!(!offered(&console));
}

//! Searching on the server while somebody types.

use super::harness::{Console, users_page};
use super::world::{error, five_alices};
use crate::app::AnyList;
use crate::domain::{ErrorKind, Fetch};

/// The texts that pages are being asked for by.
fn queries(console: &Console) -> Vec<&str> {
    let asked = console.asked.iter();
    asked
        .filter_map(|asked| match &asked.fetch {
            Fetch::Users { filter, .. } => Some(filter.query.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn one_search_goes_out_once_the_typing_has_rested() {
    let mut console = Console::with(five_alices());
    console.press("/");
    for c in ["a", "l", "i", "c", "e"] {
        console.type_text(c).later(100);
    }
    assert!(queries(&console).is_empty(), "the typing has not rested");
    console.later(49);
    assert!(queries(&console).is_empty());
    console.later(1);
    assert_eq!(queries(&console), ["alice"]);
    console.later(1_000).settle();
    assert_eq!(console.names().len(), 5);
}

#[test]
fn enter_searches_at_once_and_goes_to_the_list() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").press("Enter");
    assert_eq!(queries(&console), ["alice"]);
    assert!(!console.users().search.focused);
    console.later(200);
    assert_eq!(queries(&console).len(), 1, "not once more after the rest");
}

#[test]
fn a_paste_searches_at_once_and_opens_the_box() {
    let mut console = Console::with(five_alices());
    console.paste("  alice ng\n");
    assert_eq!(queries(&console), ["alice ng"]);
    assert!(console.users().search.focused);
    console.settle();
    assert_eq!(console.names(), ["Alice Ng"]);
}

#[test]
fn a_paste_of_nothing_changes_nothing() {
    let mut console = Console::with(five_alices());
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.paste("  \n\n ");
    assert_eq!(console.users().search.text(), "alice");
    assert!(queries(&console).is_empty());
}

#[test]
fn answers_to_older_texts_are_dropped() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("bob").later(150);
    let bob = console.ask(users_page);
    console.press("^u").type_text("alice").later(150);
    let alice = console.ask(users_page);
    let answer = console.world.answer(&alice.fetch);
    console.reply(&alice, answer);
    let answer = console.world.answer(&bob.fetch);
    console.reply(&bob, answer);
    assert_eq!(console.names().len(), 5);
    assert_eq!(console.users().search.answered(), "alice");
}

#[test]
fn esc_clears_the_box_and_then_leaves_it() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").later(150).settle();
    console.press("Esc");
    assert!(console.users().search.focused);
    assert_eq!(console.users().search.text(), "");
    assert_eq!(queries(&console), [""]);
    console.settle().press("Esc");
    assert!(!console.users().search.focused);
    assert_eq!(console.names().len(), 7);
    assert!(!console.quit);
}

#[test]
fn esc_before_the_answer_calls_the_search_off() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").later(150);
    let late = console.ask(users_page);
    console.press("Esc").settle();
    let answer = console.world.answer(&late.fetch);
    console.reply(&late, answer);
    assert_eq!(console.names().len(), 7);
}

#[test]
fn no_change_opens_while_the_rows_do_not_answer_the_box() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("zoe").press("Enter").look();
    for key in ["B", "D", "E"] {
        console.press(key);
        assert!(!console.has_dialog());
        assert_eq!(console.toast(), "Still searching. One moment.");
    }
    console.settle().later(300).press("B");
    assert_eq!(console.dialog().person.name().raw(), "Zoe Zhang");
}

#[test]
fn a_failed_search_keeps_the_rows_and_refuses_changes_until_r_succeeds() {
    let mut console = Console::with(five_alices());
    let lost = error(ErrorKind::TimedOut, "No answer.");
    console.press("/").type_text("zoe").press("Enter");
    console.answer_with(users_page, Err(lost)).look().press("B");
    assert!(!console.has_dialog());
    assert_eq!(console.names(), ["Zoe Zhang"], "the rows at hand know her");
    console.later(300).press("r");
    assert_eq!(queries(&console), ["zoe"]);
    console.settle().press("B");
    assert_eq!(console.dialog().person.name().raw(), "Zoe Zhang");
}

#[test]
fn arrows_move_in_the_rows_while_the_box_is_open() {
    let mut console = Console::with(five_alices());
    console.press("/ ↓ ↓");
    assert_eq!(console.under_cursor(), "Alice Ng");
    console.press("↑ PgDn");
    assert_eq!(console.users().list.cursor(), 6);
    assert!(console.users().search.focused);
}

#[test]
fn capitals_in_the_box_are_text() {
    let mut console = Console::with(five_alices());
    console.look().press("/").type_text("BDER");
    assert!(!console.has_dialog());
    assert_eq!(console.users().search.text(), "BDER");
}

#[test]
fn the_answer_to_the_same_text_is_not_asked_for_twice() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").later(150).settle();
    console.type_text("x").press("Backspace").later(200);
    assert!(queries(&console).is_empty());
    assert!(console.model.is_answered());
}

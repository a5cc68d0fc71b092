//! The typed dialog, and text that comes as keys.

use super::dialogs::{must_wait, on_bob, with_dialog};
use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::Layer;
use crate::domain::{Action, Untrusted};

#[test]
fn delete_wants_the_email_or_the_last_six() {
    for text in ["bob.bell@example.com", "BOB.Bell@Example.com", "000001"] {
        let mut console = with_dialog("D");
        console.type_text(text).later(100).press("Enter");
        assert_eq!(*console.only_change(), Action::Delete(id(1)), "{text}");
    }
    for text in [
        "",
        "bob",
        "alice.ng@example.com",
        "000002",
        "user_000001",
        "y",
        "yes",
    ] {
        let mut console = with_dialog("D");
        console.type_text(text).later(100).press("Enter");
        must_wait(
            &mut console,
            "That is neither the e-mail address nor the last six of the id.",
        );
    }
}

#[test]
fn an_empty_email_is_not_confirmed_by_an_empty_box() {
    let mut people = five_alices();
    people[0].emails[0].text = Untrusted::new("");
    let mut console = Console::with(people);
    console.look().press("D").settle().look().press("Enter");
    assert!(console.has_dialog() && console.sent.is_empty());
}

#[test]
fn enter_right_after_the_last_character_does_nothing() {
    let mut console = with_dialog("D");
    console.type_text("000001").later(99).press("Enter");
    must_wait(&mut console, "Look first, then Enter.");
    console.later(1).press("Enter");
    assert_eq!(*console.only_change(), Action::Delete(id(1)));
}

#[test]
fn pasting_into_the_box_is_fine_but_confirms_nothing() {
    let mut console = with_dialog("D");
    console.paste("bob.bell@example.com\r\n").press("Enter");
    must_wait(&mut console, "Look first, then Enter.");
    console.later(100).press("Enter");
    assert_eq!(*console.only_change(), Action::Delete(id(1)));
}

#[test]
fn delete_before_the_reading_is_over_does_nothing() {
    let mut console = on_bob();
    console
        .press("D")
        .drawn()
        .type_text("000001")
        .later(500)
        .press("Enter");
    must_wait(&mut console, "Still reading. One moment.");
    console
        .answer_next()
        .answer_next()
        .answer_next()
        .press("Enter");
    must_wait(&mut console, "Look first, then Enter.");
}

#[test]
fn letters_that_are_commands_elsewhere_are_text_in_the_box() {
    let mut console = with_dialog("D");
    console.type_text("qyYnBDER12?:/").press("Tab ↑ ↓");
    assert!(console.has_dialog() && !console.quit);
    console.press("Esc");
    assert!(!console.has_dialog());
    assert_eq!(console.toast(), "Cancelled. Nothing was sent.");
}

/// Every key that is bound to anything, in the list and in dialogs.
fn every_bound_key() -> String {
    let keys = crate::app::command::TABLE
        .iter()
        .flat_map(|entry| entry.keys);
    let single = keys.filter(|key| !matches!(**key, "^c" | "^z" | "q"));
    let mut keys: Vec<&str> = single.copied().collect();
    keys.extend(["y", "Y", "Enter", "→", "Space", "0", "1", "@"]);
    keys.join(" ")
}

#[test]
fn text_pasted_as_keys_never_changes_anything() {
    let bursts = [
        "y",
        "yyyy\r",
        "B\ry\ry",
        "By",
        "Byyyy\r\r",
        "D000001\r",
        "D000001\r\r",
        "En\rx\r\ry",
    ];
    for burst in bursts {
        for key in ["", "B", "D", "E n"] {
            let mut console = on_bob();
            console.press(key).type_text(burst);
            assert!(console.sent.is_empty(), "{key} {burst:?}");
            console.settle().type_text(burst);
            assert!(console.sent.is_empty(), "{key} {burst:?}");
        }
    }
}

#[test]
fn a_megabyte_of_every_bound_key_at_once_never_changes_anything() {
    let keys = every_bound_key();
    let times = (1 << 20) / keys.len();
    let mut console = with_dialog("");
    for n in 0..times.min(400) {
        console.press(&keys);
        if n % 7 == 0 {
            console.settle();
        }
    }
    assert!(console.sent.is_empty());
    for (key, length) in [("B", 1 << 12), ("D", 1 << 20), ("E n", 1 << 16)] {
        let mut console = on_bob();
        let text = "yY BDER1:/?x".repeat(length / 12);
        console.press(key).settle().type_text(&text);
        assert!(console.sent.is_empty(), "{key}");
    }
}

#[test]
fn what_was_typed_for_a_dialog_that_did_not_open_is_no_command() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice").press("↓ Enter D");
    assert_eq!(console.toast(), "Still searching. One moment.");
    console.type_text("alice.chen@example.com").press("Enter");
    assert_eq!(console.toast(), "Still searching. One moment.");
    assert_eq!(console.profile(), None);
    assert!(matches!(console.model.layer, Layer::None));
    console.settle().look();
    console.later(300).press("Enter").settle();
    assert!(console.profile().is_some(), "later keys are commands again");
}

#[test]
fn the_rest_of_a_burst_that_cancelled_a_dialog_is_no_command() {
    let mut console = Console::with(five_alices());
    console.look();
    console.press("B").settle().later(300).press("x l");
    assert_eq!(console.toast(), "Cancelled. Nothing was sent.");
    assert_eq!(console.profile(), None);
    console
        .press("B")
        .settle()
        .later(300)
        .press("Esc l")
        .settle();
    assert!(
        console.profile().is_some(),
        "who cancels on purpose goes on"
    );
}

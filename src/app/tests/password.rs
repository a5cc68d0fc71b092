//! A password: set, or taken away, and never shown.

use super::harness::Console;
use super::signin::{on_rich_bob, words};
use super::world::id;
use crate::app::dialog::Step;
use crate::domain::{Action, Secret};

#[test]
fn a_password_is_taken_away_once_the_person_is_named() {
    let mut console = on_rich_bob();
    console.press("P p").settle().press("j Enter");
    console.settle().look();
    assert!(words(&console).contains("Left: 2 linked ways"));
    console.press("y").look();
    assert!(console.sent.is_empty());
    console
        .press("^u")
        .type_text("000001")
        .look()
        .press("Enter");
    let removal = Action::RemovePassword {
        user: id(1),
        sign_out: false,
    };
    assert_eq!(*console.only_change(), removal);
    console.done().settle().look().press("P p").settle();
    let Step::Choose(choice) = &console.dialog().step else {
        panic!("{:?}", console.dialog());
    };
    assert_eq!(choice.rows().len(), 1, "there is none to remove");
}

/// A console on the form of a new password for Bob, typed so.
fn with_password(first: &str, again: &str) -> Console {
    let mut console = on_rich_bob();
    console.press("P p").settle().press("Enter");
    console.type_text(first).press("Tab").type_text(again);
    console
}

#[test]
fn a_password_is_typed_twice_and_never_shown() {
    let mut console = with_password("hunter22 x", "hunter22 x");
    assert!(!format!("{:?}", console.model).contains("hunter22"));
    let Step::Form(form) = &console.dialog().step else {
        panic!("{:?}", console.dialog());
    };
    assert_eq!(form.shown(&form.inputs[0]).value(), "••••••••••");
    console.press("Enter").settle().look();
    assert!(!format!("{:?}", console.model).contains("hunter22"));
    assert!(words(&console).contains("Signs out 3 sessions"));
    console.press("y");
    let set = Action::SetPassword {
        user: id(1),
        password: Secret::new("hunter22 x"),
        sign_out: true,
        skip_checks: false,
    };
    assert_eq!(*console.only_change(), set);
}

#[test]
fn the_boxes_of_a_password_are_ticked_with_the_space_bar() {
    let mut console = with_password("hunter22", "hunter22");
    console.press("Tab Space Tab Space Enter").settle().look();
    assert!(words(&console).contains("All sessions stay."));
    console.press("y");
    let Action::SetPassword {
        sign_out,
        skip_checks,
        ..
    } = console.only_change()
    else {
        panic!("{:?}", console.sent);
    };
    assert!(!sign_out && *skip_checks);
}

#[test]
fn passwords_that_differ_go_nowhere() {
    for (first, again, note) in [
        ("", "", "Type the new password first."),
        ("a", "b", "The two are not the same. Type it twice."),
    ] {
        let mut console = with_password(first, again);
        console.press("Enter");
        assert_eq!(console.note(), note);
        assert!(console.sent.is_empty());
    }
}

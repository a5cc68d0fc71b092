//! Why a change is made: typed, shown, sent along, and asked for by the settings.

use super::dialogs::with_dialog;
use super::harness::Console;
use super::signin::on_rich_bob;
use super::world::five_alices;
use crate::app::document::Line;
use crate::domain::{Action, Policy};

/// A console on Bob whose settings ask for a reason.
fn asked_for_one() -> Console {
    let policy = Policy {
        reason_required: true,
        ..Policy::default()
    };
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look();
    console
}

fn reason(console: &Console) -> Option<&str> {
    let reason = console.sent.last().unwrap().reason.as_ref();
    reason.map(crate::domain::Untrusted::raw)
}

fn prompt(console: &Console) -> String {
    Line::text(&console.dialog().prompt())
}

#[test]
fn without_one_none_is_sent() {
    let mut console = with_dialog("B");
    assert_eq!(prompt(&console), "[ Cancel ]   y ban   r add a reason");
    console.press("y");
    assert_eq!(reason(&console), None);
    let before = console.sent[0].before.as_ref().unwrap();
    assert_eq!(before.written().raw(), "{\"banned\":false}");
}

#[test]
fn r_adds_one_to_a_yes_or_no() {
    for back in ["Enter", "Tab"] {
        let mut console = with_dialog("B");
        console.press("r").type_text("yes, my reason");
        assert!(console.sent.is_empty(), "y is text here");
        console.press(back).press("y");
        assert_eq!(console.note(), "Look first, then y.");
        assert_eq!(
            console.dialog().reason.given().unwrap().raw(),
            "yes, my reason"
        );
        console.look().press("y");
        assert_eq!(reason(&console), Some("yes, my reason"));
    }
}

#[test]
fn escape_cancels_in_the_box_too() {
    let mut console = with_dialog("B");
    console.press("r").type_text("abc").press("Esc");
    assert!(!console.has_dialog() && console.sent.is_empty());
}

#[test]
fn a_typed_dialog_takes_one_beside_the_name() {
    let mut console = with_dialog("D");
    console.type_text("000001").press("Tab").type_text("GDPR 7");
    console.look().press("Enter");
    assert!(console.sent.is_empty(), "it goes back to the other box");
    console.press("Enter");
    assert_eq!(console.note(), "Look first, then Enter.");
    console.look().press("Enter");
    assert_eq!(reason(&console), Some("GDPR 7"));
}

#[test]
fn a_paste_goes_into_the_box_that_has_the_keys() {
    let mut console = with_dialog("B");
    console.press("r").paste("ticket #4812\r\n");
    console.press("Enter").look().press("y");
    assert_eq!(reason(&console), Some("ticket #4812"));
}

#[test]
fn every_step_has_it() {
    let mut console = on_rich_bob();
    console
        .press("R a")
        .settle()
        .press("r")
        .type_text("lost phone");
    console.press("Enter").look().press("y").done().done();
    let reasons = console.sent.iter().map(|change| change.reason.clone());
    let reasons: Vec<_> = reasons.map(|reason| reason.unwrap()).collect();
    assert_eq!(reasons.len(), 3);
    assert!(reasons.iter().all(|reason| reason.raw() == "lost phone"));
}

#[test]
fn settings_that_ask_for_one_get_one_first() {
    let mut console = asked_for_one();
    console.press("B").settle().look();
    assert_eq!(prompt(&console), "Your settings ask for a reason.");
    console.press("Enter");
    assert_eq!(console.note(), "Your settings ask for a reason.");
    console.type_text("y").press("Tab").look().press("y");
    assert_eq!(reason(&console), Some("y"));
    assert!(matches!(console.sent[0].action, Action::Ban(_)));
}

#[test]
fn blanks_are_no_reason() {
    let mut console = asked_for_one();
    console.press("D").settle().look();
    console.type_text("   ").press("Tab");
    assert_eq!(console.note(), "Your settings ask for a reason.");
    console.type_text("000001").look().press("Enter").look();
    console.press("Enter");
    assert!(console.sent.is_empty(), "what was typed is the reason");
    console.type_text("000001").look().press("Enter");
    assert_eq!(reason(&console), Some("000001"));
}

#[test]
fn a_review_asks_for_one_and_keeps_it_on_the_way_back() {
    let mut console = asked_for_one();
    console.press("E n").settle().type_text("by").press("Enter");
    console
        .settle()
        .look()
        .type_text("renamed")
        .press("Enter Esc");
    console.press("Enter").settle().look();
    assert_eq!(console.dialog().reason.given().unwrap().raw(), "renamed");
    console.press("y");
    assert_eq!(reason(&console), Some("renamed"));
}

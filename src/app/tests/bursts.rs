//! What stands between a burst of keys and a change: each rule by itself, with
//! all others kept. Every key comes after a frame with the one before it.

use super::dialogs::on_bob;
use super::harness::Console;
use crate::app::Layer;

/// Keys 10 ms apart, each after a frame.
fn slowly(console: &mut Console, keys: &str) {
    for key in keys.chars() {
        console.later(10).type_text(&key.to_string()).drawn();
    }
}

/// Everything is answered at once; no frame shows it yet.
fn answered(console: &mut Console) {
    while !console.asked.is_empty() {
        console.answer_next();
    }
}

/// A while without any key, and then the key that is meant.
fn counts_later(console: &mut Console, key: &str) {
    console.later(300).press(key);
    assert_eq!(console.sent.len(), 1, "{}", console.toast());
}

#[test]
fn keys_without_a_rest_between_them_are_no_consent() {
    let mut console = on_bob();
    console.press("B").settle();
    slowly(&mut console, &"y".repeat(200));
    assert!(console.sent.is_empty());
    assert_eq!(console.note(), "Look first, then y.");
    counts_later(&mut console, "y");
}

#[test]
fn nor_is_enter_on_the_button() {
    let mut console = on_bob();
    console.press("B").settle().press("→");
    slowly(&mut console, &"\r".repeat(200));
    assert!(console.sent.is_empty());
    counts_later(&mut console, "Enter");
}

#[test]
fn a_question_that_came_up_just_now_is_not_answered_though_no_key_came_for_long() {
    let mut console = on_bob();
    console.press("B");
    answered(&mut console);
    console.later(400).drawn().later(100).press("y");
    assert!(console.sent.is_empty());
    counts_later(&mut console, "y");
}

#[test]
fn what_no_frame_has_shown_is_not_answered() {
    let mut console = on_bob();
    console.press("B");
    answered(&mut console);
    console.later(400).press("y");
    assert!(console.sent.is_empty());
    console.drawn();
    counts_later(&mut console, "y");
}

#[test]
fn while_somebody_is_read_again_nothing_is_confirmed() {
    for (keys, confirms) in [("B", "y"), ("B →", "Enter"), ("D", "Enter")] {
        let mut console = on_bob();
        console.press(keys).drawn();
        if keys == "D" {
            console.type_text("000001").later(300);
        }
        console.later(400).press(confirms);
        assert!(console.sent.is_empty(), "{keys}");
        assert_eq!(console.note(), "Still reading. One moment.", "{keys}");
        answered(&mut console);
        console.drawn();
        counts_later(&mut console, confirms);
    }
}

#[test]
fn enter_right_behind_the_last_character_is_part_of_a_burst() {
    let mut console = on_bob();
    console.press("D").settle().later(400);
    slowly(&mut console, "000001\r\r\r");
    assert!(console.sent.is_empty());
    assert_eq!(console.note(), "Look first, then Enter.");
    counts_later(&mut console, "Enter");
}

#[test]
fn enter_before_the_question_was_seen_for_a_moment_deletes_nobody() {
    let mut console = on_bob();
    console.press("D");
    answered(&mut console);
    console.type_text("000001").later(400).drawn();
    console.later(50).press("Enter");
    assert!(console.sent.is_empty());
    counts_later(&mut console, "Enter");
}

#[test]
fn what_is_left_of_a_burst_opens_nothing() {
    let mut console = on_bob();
    console.press("B").settle();
    // Any other letter cancels.
    slowly(&mut console, "xD");
    assert!(matches!(console.model.layer, Layer::None));
    console.later(300).press("D");
    assert!(console.has_dialog());
}

#[test]
fn while_the_rows_do_not_answer_the_text_no_question_opens() {
    let mut console = on_bob();
    console.press("/").type_text("alice").drawn().press("↓");
    console.press("Enter").drawn().later(400).press("B");
    assert!(!console.has_dialog(), "still searching");
    assert_eq!(console.toast(), "Still searching. One moment.");
    answered(&mut console);
    console.look().press("B");
    assert!(console.has_dialog());
}

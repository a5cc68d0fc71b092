//! Leaving: layers and views first, and never without the answer to a change.

use super::harness::{Console, users_page};
use super::world::{error, five_alices, id};
use crate::app::Layer;
use crate::app::words::LONG_WAIT_MS;
use crate::domain::{ErrorKind, Outcome};

fn with_a_change_on_its_way() -> Console {
    let mut console = Console::with(five_alices());
    console.look().press("B").settle().look().press("y");
    console
}

#[test]
fn q_closes_what_is_open_before_it_quits() {
    let mut console = Console::with(five_alices());
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.press("Enter").settle().press("?");
    assert!(matches!(console.model.layer, Layer::Help(_)));
    console.press("q");
    assert!(matches!(console.model.layer, Layer::None) && console.profile().is_some());
    console.press("q");
    assert!(console.profile().is_none() && console.users().search.text() == "alice");
    console.press("q");
    assert!(console.users().search.text().is_empty() && !console.quit);
    console.press("q");
    assert!(console.quit);
}

#[test]
fn esc_never_quits() {
    let mut console = Console::with(five_alices());
    console.press("Enter").settle();
    console.press("Esc Esc Esc Esc");
    assert!(!console.quit && console.profile().is_none());
}

#[test]
fn q_waits_for_the_answer_to_a_change() {
    let mut console = with_a_change_on_its_way();
    console.press("q");
    assert!(!console.quit);
    assert_eq!(
        console.toast(),
        "Waiting for the answer to the ban of user_000001. q leaves at once."
    );
    console.done();
    assert!(console.quit);
}

#[test]
fn q_waits_for_the_reading_back_too() {
    let mut console = with_a_change_on_its_way();
    console.press("q");
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "")));
    assert!(!console.quit);
    console.answer_next();
    assert!(console.quit);
}

#[test]
fn a_second_q_leaves_at_once_and_so_does_ctrl_c() {
    for key in ["q", "^c"] {
        let mut console = with_a_change_on_its_way();
        console.press("q r").press(key);
        assert!(console.quit, "{key}");
        assert_eq!(console.model.unsettled(), ["the ban of user_000001"]);
    }
}

#[test]
fn ctrl_c_cancels_what_is_awaited_before_it_quits() {
    let mut console = Console::with(five_alices());
    console.press("B ^c");
    assert!(!console.has_dialog() && !console.quit);
    console.settle().press("r ^c");
    assert!(!console.quit);
    console.press("^c");
    assert!(console.quit);
}

#[test]
fn esc_calls_off_a_long_wait_as_it_says() {
    let mut console = Console::start(five_alices());
    console.drawn().later(LONG_WAIT_MS - 1);
    assert!(!console.model.frame_due());
    console.later(1);
    assert!(console.model.frame_due(), "the text changes now");
    let notice = crate::app::words::notice(&console.model).unwrap();
    assert_eq!(notice.text(), "Still waiting. Esc cancels.");
    let late = console.ask(users_page);
    console.press("Esc");
    assert_eq!(console.toast(), "Cancelled. r asks again.");
    let answer = console.world.answer(&late.fetch);
    console.reply(&late, answer);
    assert!(console.names().is_empty());
    console.press("r").settle();
    assert_eq!(console.names().len(), 7);
}

#[test]
fn there_is_a_way_out_of_any_trail() {
    let mut console = Console::with(five_alices());
    for _ in 0..60 {
        console.press("Enter").settle().press("s").settle();
    }
    for _ in 0..200 {
        console.press("q");
    }
    assert!(console.quit);
}

#[test]
fn ctrl_z_suspends_whatever_is_open() {
    let mut console = Console::with(five_alices());
    console.press("^z").look().press("B ^z").settle();
    assert_eq!(console.suspended, 2);
    assert_eq!(*console.dialog().user(), id(1));
}

//! Taking back what was done in this run.

use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::{Layer, WayBack};
use crate::domain::{Action, Policy};

fn console() -> Console {
    let mut console = Console::with(five_alices());
    console.look();
    console
}

/// Bans the person under the cursor.
fn ban(console: &mut Console) {
    console.press("B").settle().later(300).press("y");
    console.done();
    console.settle();
}

#[test]
fn a_ban_is_taken_back_wherever_the_cursor_is() {
    let mut console = console();
    ban(&mut console);
    console.press("↓").look();
    console.press("U").settle().later(300);
    assert_eq!(*console.dialog().user(), id(1));
    console.press("y");
    assert_eq!(console.sent.last().unwrap().action, Action::Unban(id(1)));
    console.done();
    console.settle();
    let ways: Vec<_> = console.model.ledger.newest_first().collect();
    assert_eq!(ways.len(), 2);
    assert_eq!(ways[1].way_back, WayBack::Taken);
    // Nothing older is there, and what took it back is not meant.
    console.press("U");
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn what_somebody_else_took_back_is_not_done_again() {
    let mut console = console();
    ban(&mut console);
    console.world.find_mut(&id(1)).banned = false;
    console.press("U").settle();
    assert!(!console.has_dialog());
    assert!(console.toast().contains("Nothing was sent"));
}

#[test]
fn each_line_of_the_list_can_be_taken_back() {
    let mut console = console();
    ban(&mut console);
    console.press("↓").look();
    ban(&mut console);
    console.press(":history").settle();
    assert!(matches!(console.model.layer, Layer::Ledger));
    console.press("↓ U").settle().later(300).press("y");
    assert_eq!(console.sent.last().unwrap().action, Action::Unban(id(1)));
}

#[test]
fn a_deletion_stays() {
    let mut console = console();
    console.press("D").settle().later(300);
    console.type_text(id(1).last_six());
    console.later(300).press("Enter");
    console.done();
    console.settle();
    assert_eq!(console.model.ledger.newest_first().len(), 1);
    console.press("U");
    assert!(matches!(console.model.layer, Layer::None));
    assert!(console.toast().contains("U does nothing"));
}

#[test]
fn a_run_that_may_not_change_anything_takes_nothing_back() {
    let mut console = Console::start_as(five_alices(), (80, 24), Policy::read_only());
    console.settle();
    console.press("U");
    assert!(matches!(console.model.layer, Layer::None));
}

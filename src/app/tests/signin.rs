//! Locking, and the ways to sign in: bound to a person and a verb.

use super::dialogs::{on_bob, with_dialog};
use super::harness::Console;
use super::world::{five_alices, id};
use crate::domain::Action;

#[test]
fn a_lock_is_sent_for_whom_was_seen() {
    let mut console = with_dialog("L");
    assert_eq!(console.dialog().title(), "Lock Bob Bell?");
    console.press("y y y");
    assert_eq!(*console.only_change(), Action::Lock(id(1)));
    console.done().look().press("L").settle().look().press("y");
    assert_eq!(console.sent[1].action, Action::Unlock(id(1)));
}

#[test]
fn a_colleague_who_locked_first_is_not_undone() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).locked = true;
    console.press("L").settle();
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "Bob Bell was locked by somebody else meanwhile. Nothing was sent."
    );
    console.look().press("y");
    assert!(console.sent.is_empty());
}

#[test]
fn a_colleague_who_unlocked_first_is_not_undone() {
    let mut people = five_alices();
    people[0].locked = true;
    let mut console = Console::with(people);
    console.look();
    console.world.find_mut(&id(1)).locked = false;
    console.press("L");
    assert_eq!(console.dialog().title(), "Unlock Bob Bell?");
    console.settle();
    assert!(!console.has_dialog() && console.sent.is_empty());
    assert_eq!(
        console.toast(),
        "Bob Bell is not locked any more. Nothing was sent."
    );
}

//! What was typed for a question that did not open, or was cancelled in the same
//! burst, is no command.

use super::dialogs::on_bob;
use super::guests::invitation;
use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::Layer;
use crate::domain::{InvitationStatus, Policy};

/// Holds that a burst opens, closes and sends nothing, and that a key after a rest does.
fn goes_nowhere(console: &mut Console, typed: &str) {
    let before = std::mem::discriminant(&console.model.layer);
    let (sent, pane) = (console.sent.len(), console.model.history.here());
    let copied = console.copied.len();
    // What one key does another may undo.
    for key in typed.chars() {
        console.type_text(&key.to_string());
        assert_eq!(std::mem::discriminant(&console.model.layer), before);
        assert_eq!(console.model.history.here(), pane);
        assert_eq!(console.sent.len(), sent);
        assert!(!console.quit && console.copied.len() == copied);
    }
}

/// Waits, and then a key counts again.
fn counts_later(console: &mut Console) {
    console.look().press("?");
    assert!(matches!(console.model.layer, Layer::Help(_)));
}

fn with_invitation() -> Console {
    let mut console = Console::start_as(five_alices(), (80, 24), Policy::default());
    console.world.invitations = vec![invitation(1, "new1@example.org")];
    console.settle().look().press("N l").settle().look();
    console
}

#[test]
fn behind_a_dialog_that_a_letter_cancelled() {
    let mut console = on_bob();
    console.press("B").settle().type_text("x");
    goes_nowhere(&mut console, "D2?q\r");
    counts_later(&mut console);
}

#[test]
fn behind_a_revocation_that_a_letter_cancelled_or_somebody_else_made() {
    let mut console = with_invitation();
    console.press("R").settle().type_text("x");
    goes_nowhere(&mut console, "R2?q\r");
    counts_later(&mut console);

    let mut console = with_invitation();
    console.world.invitations[0].status = InvitationStatus::Accepted;
    console.press("R").settle();
    assert!(console.toast().contains("accepted meanwhile"));
    goes_nowhere(&mut console, "y2?R2?q\r");
    counts_later(&mut console);
}

#[test]
fn behind_a_dialog_whose_ground_has_gone() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).banned = true;
    console.press("B").settle();
    assert!(!console.has_dialog());
    goes_nowhere(&mut console, "yD2?q\r");
    counts_later(&mut console);

    let mut console = on_bob();
    console.world.remove(&id(1));
    console.press("I").settle();
    assert!(!console.has_dialog());
    goes_nowhere(&mut console, "card test D2?q\r");
    counts_later(&mut console);
}

#[test]
fn behind_an_undo_of_nothing() {
    let mut console = on_bob();
    console.press("U");
    goes_nowhere(&mut console, "yD2?q\r");
    counts_later(&mut console);
    let mut console = on_bob();
    console.press(":undo");
    goes_nowhere(&mut console, "yD2?q\r");
}

#[test]
fn behind_what_cannot_be_taken_back_in_the_list_of_changes() {
    let mut console = on_bob();
    console.press("I").settle().look();
    console.type_text("#4812").later(100).press("Enter");
    console.done().settle().later(300).press("Esc");
    console.look().press(":history").look().press("U");
    assert!(
        matches!(console.model.layer, Layer::Ledger),
        "{}",
        console.toast()
    );
    goes_nowhere(&mut console, "yD2?q\r");
    console.look().press("q");
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn behind_a_token_that_is_revoked_already() {
    let mut console = on_bob();
    console.press("I").settle().look();
    console.type_text("#4812").later(100).press("Enter");
    console.done().settle().later(300).press("Esc");
    console
        .look()
        .press(":tokens")
        .look()
        .press("R")
        .settle()
        .look();
    console.press("y").done().settle();
    console.look().press(":tokens").look().press("R");
    assert_eq!(console.toast(), "It is revoked already.");
    goes_nowhere(&mut console, "hq2?D\r");
    console.look().press("q");
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn behind_a_menu_whose_dialog_did_not_open() {
    let mut console = on_bob();
    console.press("B").settle().later(300).press("y");
    console.look().press("x D");
    assert!(
        console.toast().contains("still on its way"),
        "{}",
        console.toast()
    );
    goes_nowhere(&mut console, "200001D2?q\r");
}

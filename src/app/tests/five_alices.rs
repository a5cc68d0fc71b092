//! Five people called Alice, and answers in the wrong order: whatever comes
//! between, what is opened or changed is what stood under the cursor of the
//! last frame drawn before the key.

use super::harness::{Console, users_page, whole_user};
use super::world::{five_alices, id, not_found, rows};
use crate::domain::{Action, Answer, User};

/// The third Alice stands under the cursor, and was seen there.
fn on_alice_stone() -> Console {
    let mut console = Console::with(five_alices());
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.press("j j").look();
    assert_eq!(console.under_cursor(), "Alice Stone");
    console
}

fn without(people: &[User], gone: usize) -> Vec<User> {
    let kept = people.iter().filter(|user| user.id != id(gone));
    kept.cloned().collect()
}

/// A refresh that was asked for before the last frame is answered after it,
/// with other people in other places.
fn rows_change_under(console: &mut Console, people: &[User]) {
    console.press("r").drawn();
    console.answer_with(users_page, Ok(Answer::users(rows(people))));
}

#[test]
fn enter_opens_who_was_seen_though_the_rows_have_moved() {
    let mut console = on_alice_stone();
    let mut turned = five_alices();
    turned.reverse();
    rows_change_under(&mut console, &turned);
    console.press("Enter");
    assert_eq!(console.profile(), Some(&id(4)));
}

#[test]
fn enter_opens_who_was_seen_though_the_row_has_vanished() {
    let mut console = on_alice_stone();
    rows_change_under(&mut console, &without(&five_alices(), 4));
    assert_ne!(console.under_cursor(), "Alice Stone");
    console.press("Enter");
    assert_eq!(console.profile(), Some(&id(4)));
}

#[test]
fn b_and_d_and_e_are_about_who_was_seen_though_the_row_has_vanished() {
    for key in ["B", "D", "E n"] {
        let mut console = on_alice_stone();
        rows_change_under(&mut console, &without(&five_alices(), 4));
        console.press(key);
        assert_eq!(*console.dialog().user(), id(4), "{key}");
        assert!(console.sent.is_empty());
    }
}

#[test]
fn the_ban_goes_to_who_was_seen_whatever_order_the_answers_come_in() {
    let mut console = on_alice_stone();
    console.press("r").drawn();
    let refresh = console.ask(users_page);
    console.press("Enter B");
    assert!(!console.has_dialog(), "the profile was not drawn yet");
    console.press("Esc").drawn().press("B");
    let reread = console.ask(|fetch| *fetch == crate::domain::Fetch::User(id(4)));
    let answer = Ok(Answer::users(rows(&without(&five_alices(), 4))));
    console.reply(&refresh, answer).drawn();
    let answer = console.world.answer(&reread.fetch);
    console.reply(&reread, answer).settle().look().press("y");
    assert_eq!(*console.only_change(), Action::Ban(id(4)));
}

#[test]
fn an_older_search_answered_last_changes_nobody() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("zoe").later(150);
    let zoe = console.ask(users_page);
    console
        .press("^u")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.press("j").look();
    let answer = console.world.answer(&zoe.fetch);
    console.reply(&zoe, answer).press("B");
    assert_eq!(console.dialog().person.name().raw(), "Alice Ng");
}

#[test]
fn b_after_a_move_that_was_not_drawn_is_about_who_was_seen() {
    let mut console = on_alice_stone();
    console.press("j B");
    assert_eq!(*console.dialog().user(), id(4));
}

#[test]
fn enter_after_a_move_opens_who_the_keys_moved_to() {
    let mut console = on_alice_stone();
    console.press("j Enter");
    assert_eq!(console.profile(), Some(&id(5)));
}

#[test]
fn enter_after_a_move_opens_who_the_keys_moved_to_though_the_row_has_vanished() {
    let mut console = on_alice_stone();
    console.press("r").drawn().press("j");
    let fewer = rows(&without(&five_alices(), 5));
    console.answer_with(users_page, Ok(Answer::users(fewer)));
    console.press("Enter");
    assert_eq!(console.profile(), Some(&id(5)));
}

#[test]
fn what_nobody_saw_is_neither_opened_nor_changed() {
    let mut console = Console::start(five_alices());
    console.drawn().answer(users_page);
    console.press("Enter B D");
    assert!(console.profile().is_none() && !console.has_dialog());
    console.drawn().later(300).press("Enter");
    assert_eq!(console.profile(), Some(&id(1)));
}

#[test]
fn enter_opens_the_organization_that_was_seen() {
    let mut console = Console::with(five_alices());
    console.world.organizations = vec![
        super::world::organization(1, "Acme"),
        super::world::organization(2, "Beta"),
    ];
    console.press("3").settle().press("j").look();
    console.world.organizations.remove(1);
    console.press("r").drawn().answer_next();
    console.press("Enter");
    let crate::app::Screen::Members(pane) = console.model.screen() else {
        panic!("{:?}", console.model.screen());
    };
    assert_eq!(pane.name.raw(), "Beta");
}

#[test]
fn a_view_that_was_not_drawn_yet_opens_no_dialog() {
    let mut console = Console::with(five_alices());
    console.press("Enter").settle().look().press("Esc B");
    assert!(!console.has_dialog());
    console.drawn().later(300).press("B");
    assert_eq!(*console.dialog().user(), id(1));
}

#[test]
fn somebody_deleted_between_frame_and_key_is_gone_politely() {
    let mut console = on_alice_stone();
    console.world.remove(&id(4));
    console.press("B").answer_with(whole_user, Err(not_found()));
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "Alice Stone was deleted by somebody else. The row is gone."
    );
    assert!(!console.names().contains(&"Alice Stone".to_owned()));
    assert!(console.sent.is_empty());
}

#[test]
fn a_window_too_small_to_show_anybody_changes_nobody() {
    let mut console = on_alice_stone();
    console.feed(crate::app::Msg::Resize(20, 5));
    console.look().press("B").settle().look().press("y Esc");
    assert!(console.sent.is_empty() && !console.has_dialog());
    console.feed(crate::app::Msg::Resize(80, 24));
    console.look().press("B").settle();
    console.feed(crate::app::Msg::Resize(20, 5));
    assert!(console.has_dialog());
}

#[test]
fn a_dialog_in_a_window_too_small_for_it_was_not_looked_at() {
    let mut console = on_alice_stone();
    console.press("B");
    console.feed(crate::app::Msg::Resize(20, 5));
    console.settle().look().press("y");
    assert!(console.sent.is_empty());
    assert_eq!(console.note(), "Look first, then y.");
}

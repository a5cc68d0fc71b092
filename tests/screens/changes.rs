//! Changes: what a dialog says while it reads, the row meanwhile, the toast at the end.

use clerk_tui::{
    app::Msg,
    demo::Fault,
    domain::{ApiError, ErrorKind, Fetch, OpId, Outcome},
};
use crossterm::event::KeyCode;

use crate::desk::{Desk, SMALL, open};

fn on_alice() -> Desk {
    let mut desk = open(SMALL);
    desk.search("alice");
    desk
}

#[test]
fn a_dialog_reads_first_and_says_so() {
    for (key, name) in [("B", "ban"), ("D", "delete"), ("En", "edit")] {
        let mut desk = on_alice();
        desk.hold().keys(key);
        desk.says("Reading this person again… Esc cancels");
        desk.looks(&format!("{name}_reading_80"));
        desk.keys("y").press(KeyCode::Enter);
        desk.let_go();
        assert_eq!(desk.server.switches().writes(), []);
    }
}

#[test]
fn a_dialog_whose_reading_failed_sends_nothing() {
    let mut desk = on_alice();
    let error = ApiError::new(ErrorKind::TimedOut, "");
    desk.fail(|fetch| matches!(fetch, Fetch::User(_)), error);
    desk.keys("B").rest();
    desk.says("No answer from Clerk in time. Esc closes.");
    desk.looks("ban_failed_80");
    desk.keys("y").rest().let_changes_go();
    assert_eq!(desk.server.switches().writes(), []);
}

#[test]
fn the_row_says_what_is_on_its_way_and_a_toast_how_it_ended() {
    let mut desk = on_alice();
    desk.keys("B").rest().keys("y");
    desk.shows("~ banning").looks("banning_80");
    desk.let_changes_go();
    desk.shows("x banned").shows("Alice Chen is banned.");
    desk.looks("banned_80");
    desk.wait(8_000).lacks("Alice Chen is banned.");
    desk.keys("B").rest().keys("y").shows("~ unbanning");
    desk.let_changes_go().lacks("~ unbanning");
    desk.shows("Alice Chen is unbanned.");
}

#[test]
fn clerks_own_words_tell_why_a_change_was_refused() {
    let mut desk = on_alice();
    desk.keys("B").rest().keys("y");
    desk.server.switches().plan(1, "POST", Fault::Status(403));
    desk.let_changes_go();
    desk.shows("The ban was not done: Oops, an unexpected error occurred");
    desk.looks("ban_refused_80");
}

#[test]
fn long_words_of_clerk_are_said_to_their_end() {
    let mut desk = on_alice();
    desk.keys("B").rest().keys("y");
    let words = "You have reached the limit of bans of your plan. Upgrade the plan of \
                 this instance, or lift a ban of somebody else first, then try again.";
    let op = OpId { run: 1, n: 1 };
    let outcome = Outcome::Refused(ApiError::new(ErrorKind::Forbidden, words));
    desk.send(Msg::Changed { op, outcome });
    desk.says(&format!("The ban was not done: {words}"));
    desk.looks("ban_refused_long_80");
}

#[test]
fn a_change_is_not_opened_while_the_rows_answer_another_search() {
    let mut desk = on_alice();
    desk.hold();
    desk.keys("/ ng").press(KeyCode::Enter).keys("B");
    desk.shows("Still searching. One moment.");
    desk.looks("still_searching_80");
}

#[test]
fn a_deleted_person_leaves_list_and_count() {
    let mut desk = on_alice();
    desk.keys("D").rest().keys("abc123").wait(200);
    desk.press(KeyCode::Enter).shows("~ deleting");
    desk.let_changes_go();
    desk.shows("Alice Chen was deleted.").shows("841 users");
    desk.shows("4 found").looks("deleted_80");
}

#[test]
fn unbound_keys_are_answered() {
    let mut desk = on_alice();
    desk.keys("d").shows("d does nothing. D deletes.");
    desk.keys("в")
        .shows("“в” is no command. Switch to Latin letters, or press F2.");
}

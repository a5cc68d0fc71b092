//! Marks: the signs in front of the rows, and the line that counts them.

use crossterm::event::KeyCode;

use crate::desk::{LARGE, SMALL, open, open_crowded};

#[test]
fn marked_rows_and_how_many_are_not_in_the_list() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160")] {
        let mut desk = open(size);
        desk.keys("  j ").rest().looks(&format!("marks_{name}"));
        desk.search("alice").keys(" ").rest();
        desk.shows("4 marked, 3 not in this list · u unmarks");
        desk.looks(&format!("marks_search_{name}"));
    }
}

#[test]
fn the_count_stays_in_sight_in_every_list_and_beside_what_is_said() {
    let mut desk = open(SMALL);
    desk.keys(" 2").rest().shows("1 marked · u unmarks");
    desk.keys("3").rest().looks("marks_organizations_80");
    desk.press(KeyCode::Enter).rest().keys("j ").rest();
    desk.looks("marks_members_80");
    desk.keys("t").shows("Times are in").shows("2 marked");
    desk.keys("1").press(KeyCode::Enter).rest().lacks("marked");
    desk.resize((40, 10)).press(KeyCode::Esc).rest();
    desk.looks("marks_40");
}

#[test]
fn a_range_down_and_up() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160")] {
        let mut desk = open(size);
        desk.keys(" jjvjjj").rest().looks(&format!("range_{name}"));
        desk.keys("vkkkkvkk").rest();
        desk.shows("5 marked · range of 3 · v marks it · Esc drops it");
        desk.looks(&format!("range_up_{name}"));
    }
    let mut desk = open((40, 10));
    desk.keys("vj").rest().looks("range_40");
}

#[test]
fn everybody_while_they_are_read_to_be_marked() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160")] {
        let mut desk = open_crowded(size, 12_000);
        desk.hold().keys("*");
        // The count, then the oldest.
        desk.let_some_go(2);
        for _ in 0..4 {
            desk.wait(400).let_some_go(1);
        }
        desk.looks(&format!("marking_all_{name}"));
        desk.keys("B")
            .shows("Still reading who matches. One moment.");
        desk.let_go();
        desk.shows("12,000 marked: EVERYBODY · u unmarks");
        desk.looks(&format!("marked_all_{name}"));
    }
}

//! Marks: the signs in front of the rows, and the line that counts them.

use crossterm::event::KeyCode;

use crate::desk::{LARGE, SMALL, open};

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

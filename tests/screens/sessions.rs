//! Sessions: of all, of one, and where they can be had only person by person.

use clerk_tui::demo::Quirk;

use crate::desk::{LARGE, SMALL, open};

#[test]
fn sessions_of_all() {
    open(SMALL).keys("2").rest().looks("sessions_80");
    open(LARGE).keys("2").rest().looks("sessions_160");
}

#[test]
fn sessions_of_one() {
    for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
        let mut desk = open(size);
        desk.search("alice chen").keys("s").rest();
        desk.looks(&format!("sessions_of_one_{columns}"));
        desk.keys("a");
        desk.looks(&format!("sessions_of_one_all_{columns}"));
    }
}

#[test]
fn a_walk() {
    for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
        let mut desk = open(size);
        desk.server.switches().set(Quirk::RefuseAllSessions, true);
        desk.keys("2").rest();
        desk.shows("Clerk lists sessions only per person here.");
        desk.looks(&format!("walk_{columns}"));
    }
}

//! Sessions: of all, of one, and where they can be had only person by person.

use clerk_tui::demo::Quirk;
use crossterm::event::KeyCode;

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
fn a_walk_under_way_says_how_far_it_is_and_how_to_stop() {
    let mut desk = open(SMALL);
    desk.server.switches().set(Quirk::RefuseAllSessions, true);
    desk.hold().keys("2").let_some_go(2);
    desk.let_some_go(120)
        .says("Read 120 of the 400 most recently active people.");
    desk.says("Esc stops.").looks("walking_80");
    desk.press(KeyCode::Esc).says("Stopped; r begins again.");
    desk.looks("walk_stopped_80");
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

#[test]
fn sessions_searched_by_address() {
    for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
        let mut desk = open(size);
        desk.keys("2").rest().search("ip:203.0.113.");
        desk.looks(&format!("sessions_by_ip_{columns}"));
    }
    let mut desk = open(SMALL);
    desk.keys("2").rest().search("city:nowhere");
    desk.looks("sessions_nothing_80");
}

#[test]
fn everybody_on_the_same_address() {
    for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
        let mut desk = open(size);
        desk.search("alice chen").press(KeyCode::Enter).rest();
        desk.keys("i").rest();
        desk.looks(&format!("same_ip_{columns}"));
    }
}

#[test]
fn a_walk_that_is_searched() {
    let mut desk = open(SMALL);
    desk.server.switches().set(Quirk::RefuseAllSessions, true);
    desk.keys("2").rest().search("country:DE");
    desk.looks("walk_searched_80");
}

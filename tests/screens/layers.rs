//! What lies over a view: help, palette, orders.

use crossterm::event::KeyCode;

use crate::desk::{LARGE, SMALL, open, open_production};

#[test]
fn help() {
    open(SMALL).keys("?").looks("help_80");
    open(LARGE).keys("?").looks("help_160");
    let mut desk = open(SMALL);
    desk.press(KeyCode::Enter)
        .rest()
        .keys("?")
        .looks("help_profile_80");
}

#[test]
fn the_help_has_the_search_words_of_the_view() {
    let mut desk = open(SMALL);
    desk.keys("?").keys("          ").looks("help_search_80");
    let mut desk = open(LARGE);
    desk.keys("2?")
        .keys("          ")
        .looks("help_search_sessions_160");
}

#[test]
fn palette() {
    open(SMALL).keys(":").looks("palette_80");
    let mut desk = open(LARGE);
    desk.keys(":").looks("palette_160");
    desk.keys("ban").looks("palette_typed_160");
    desk.keys("qqq").looks("palette_nothing_160");
}

#[test]
fn orders() {
    open(SMALL).keys("o").looks("orders_80");
    open(LARGE).keys("o").looks("orders_160");
}

#[test]
fn menu() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160"), ((40, 10), "40")] {
        let mut desk = open(size);
        desk.search("alice chen").keys("x");
        desk.looks(&format!("menu_{name}"));
    }
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("x").press(KeyCode::End);
    desk.looks("menu_end_80");
    desk.keys("E").looks("menu_chord_80");
    for (size, name) in [(SMALL, "80"), ((40, 10), "40")] {
        let mut desk = open(size);
        desk.keys("   x").looks(&format!("menu_marks_{name}"));
    }
    let mut desk = open_production(SMALL);
    desk.search("alice chen").keys("s").rest().keys("x");
    desk.looks("menu_session_production_80");
}

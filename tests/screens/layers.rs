//! What lies over a view: help, palette, orders.

use crossterm::event::KeyCode;

use crate::desk::{LARGE, SMALL, open};

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

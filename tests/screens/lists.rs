//! The lists: users, organizations, members.

use crossterm::event::KeyCode;

use crate::desk::{LARGE, SMALL, open, open_crowded, open_production};
use clerk_tui::app::Msg;
use clerk_tui::view::Theme;

#[test]
fn users() {
    open(SMALL).looks("users_80");
    open(LARGE).looks("users_160");
    open_production(SMALL).looks("users_production_80");
    open_production(LARGE).looks("users_production_160");
}

#[test]
fn users_at_other_sizes() {
    let mut desk = open((200, 60));
    desk.looks("users_200");
    desk.resize((100, 30)).looks("users_100");
    desk.resize((60, 20)).looks("users_60");
    desk.resize((40, 10)).looks("users_40");
    desk.resize((20, 5)).looks("users_20");
}

#[test]
fn a_search_finds_the_five_alices_and_marks_what_matched() {
    let mut desk = open(SMALL);
    desk.search("alice").looks("search_80");
    let marked = desk.styled(Theme::default().matched());
    assert_eq!(marked.to_lowercase().matches("alice").count(), 8);
    open(LARGE).search("alice").looks("search_160");
}

#[test]
fn a_box_that_is_typed_into() {
    let mut desk = open(SMALL);
    desk.keys("/").looks("search_box_80");
    desk.keys("alice ng").rest().looks("search_typed_80");
}

#[test]
fn users_without_the_preview() {
    open(LARGE)
        .press(KeyCode::Tab)
        .rest()
        .looks("users_no_preview_160");
}

#[test]
fn organizations() {
    open(SMALL).keys("3").rest().looks("organizations_80");
    open(LARGE).keys("3").rest().looks("organizations_160");
    open(SMALL)
        .keys("3")
        .rest()
        .search("labs")
        .looks("organizations_search_80");
}

#[test]
fn members() {
    for (size, name) in [(SMALL, "members_80"), (LARGE, "members_160")] {
        let mut desk = open(size);
        desk.keys("3").rest().press(KeyCode::Enter).rest();
        desk.looks(name);
    }
}

#[test]
fn a_pasted_list_with_three_not_found() {
    for (size, name) in [(SMALL, "pasted_list_80"), (LARGE, "pasted_list_160")] {
        let mut desk = open(size);
        let list = "alice@example.com, alice.ng@example.org\nuser_2abc123; \
            a@nowhere.example\n+4915700000001\nuser_2nothing1";
        desk.send(Msg::Paste(list.to_owned())).rest().looks(name);
    }
}

#[test]
fn everybody_while_they_are_loaded() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160")] {
        let mut desk = open_crowded(size, 12_000);
        desk.hold().keys(":load").press(KeyCode::Enter);
        // The count, then the oldest.
        desk.let_some_go(2);
        for _ in 0..4 {
            desk.wait(400).let_some_go(1);
        }
        desk.looks(&format!("loading_{name}"));
        desk.keys(":load").press(KeyCode::Enter);
        desk.looks(&format!("loading_paused_{name}"));
        desk.keys(":load").press(KeyCode::Enter).let_go();
        desk.shows("12,000 users loaded.");
    }
}

#[test]
fn an_order_that_was_made_here() {
    let mut desk = open(SMALL);
    desk.keys("ojjjjjjjjj").press(KeyCode::Enter).rest();
    desk.keys(":load").press(KeyCode::Enter).rest();
    desk.looks("loaded_sorted_here_80");
}

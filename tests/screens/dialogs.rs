//! Dialogs, in the dress of a demo and of an instance with real people.

use crossterm::event::KeyCode;

use crate::desk::{Desk, LARGE, SMALL, open, open_production};

fn everywhere(look: impl Fn(&mut Desk, &str)) {
    look(&mut open(SMALL), "demo_80");
    look(&mut open(LARGE), "demo_160");
    look(&mut open_production(SMALL), "production_80");
    look(&mut open_production(LARGE), "production_160");
}

#[test]
fn ban() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("B").rest();
        desk.looks(&format!("ban_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("B").rest();
    desk.press(KeyCode::Right).looks("ban_focused_80");
}

#[test]
fn unban() {
    everywhere(|desk, dress| {
        desk.search("alice ng").keys("B").rest();
        desk.looks(&format!("unban_{dress}"));
    });
}

#[test]
fn undo() {
    everywhere(|desk, dress| {
        desk.search("alice chen")
            .keys("B")
            .rest()
            .keys("y")
            .let_changes_go();
        desk.rest()
            .keys("jU")
            .rest()
            .looks(&format!("undo_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.keys(":history")
        .press(KeyCode::Enter)
        .looks("history_empty_80");
    desk.press(KeyCode::Esc);
    desk.search("alice chen")
        .keys("B")
        .rest()
        .keys("y")
        .let_changes_go();
    desk.keys("U").rest().keys("y").let_changes_go();
    desk.rest()
        .keys(":history")
        .press(KeyCode::Enter)
        .looks("history_80");
}

#[test]
fn lock() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("L").rest();
        desk.looks(&format!("lock_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice okafor").keys("L").rest();
    desk.looks("unlock_demo_80");
}

#[test]
fn delete() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("D").rest().keys("abc12");
        desk.looks(&format!("delete_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("D").rest().keys("abc12");
    desk.press(KeyCode::Enter).looks("delete_wrong_80");
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("D").rest().keys(" ").rest();
    desk.keys("abc123").looks("delete_ticked_80");
    desk.wait(100).press(KeyCode::Enter).let_changes_go();
    desk.shows("Alice Chen was deleted. The record is in");
    desk.looks("delete_saved_80");
}

#[test]
fn edit() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("En").rest();
        desk.looks(&format!("edit_{dress}"));
        desk.keys("xx").press(KeyCode::Tab).keys("yy");
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("review_{dress}"));
    });
}

#[test]
fn revoke() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("s").rest().keys("R").rest();
        desk.looks(&format!("revoke_{dress}"));
    });
}

/// At 80×24, in both dresses.
fn small(look: impl Fn(&mut Desk, &str)) {
    look(&mut open(SMALL), "demo_80");
    look(&mut open_production(SMALL), "production_80");
}

#[test]
fn metadata() {
    small(|desk, dress| {
        desk.search("alice chen").keys("Mp").rest();
        desk.keys("plan").press(KeyCode::Tab).keys("gold");
        desk.looks(&format!("metadata_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("metadata_review_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice chen")
        .keys("M")
        .looks("metadata_chord_80");
    desk.keys("r").rest().keys("a.b").press(KeyCode::Tab);
    desk.keys("{\"c\": [1, }").press(KeyCode::Enter);
    desk.looks("metadata_mistake_80");
}

#[test]
fn replace_email() {
    small(|desk, dress| {
        desk.search("alice chen").keys("Ee").rest();
        desk.looks(&format!("replace_email_{dress}"));
        desk.press(KeyCode::Right).keys("x");
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("replace_email_review_{dress}"));
    });
}

#[test]
fn addresses() {
    small(|desk, dress| {
        desk.search("alice chen").keys("Ea").rest();
        desk.looks(&format!("addresses_{dress}"));
        desk.keys("r").rest().keys("abc");
        desk.looks(&format!("remove_address_{dress}"));
        desk.press(KeyCode::Esc).keys("Eajv").rest();
        desk.looks(&format!("verify_address_{dress}"));
        desk.press(KeyCode::Esc).keys("Ea").rest().keys("jjjjjk");
        desk.press(KeyCode::Enter).keys("new@example.org");
        desk.looks(&format!("add_address_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("add_address_review_{dress}"));
    });
}

#[test]
fn make_primary() {
    small(|desk, dress| {
        desk.search("alice chen")
            .keys("Ea")
            .rest()
            .keys("jv")
            .rest();
        desk.keys("y").let_changes_go().rest();
        desk.keys("Ea").rest().keys("jp").rest();
        desk.looks(&format!("make_primary_{dress}"));
    });
}

#[test]
fn sign_out() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("Ra").rest();
        desk.looks(&format!("sign_out_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice chen")
        .keys("R")
        .looks("sign_out_menu_80");
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("s").rest().keys("Ro").rest();
    desk.looks("sign_out_but_demo_80");
}

#[test]
fn ways_in() {
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("P").looks("sign_in_menu_80");
    for (keys, name) in [("Pm", "mfa"), ("Pc", "compromised")] {
        everywhere(|desk, dress| {
            desk.search("alice chen").keys(keys).rest();
            desk.looks(&format!("{name}_{dress}"));
        });
    }
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("Pk").rest();
        desk.looks(&format!("ways_in_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("way_in_{dress}"));
    });
}

#[test]
fn password() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("Pp").rest();
        desk.looks(&format!("password_{dress}"));
        desk.keys("j").press(KeyCode::Enter).rest();
        desk.looks(&format!("remove_password_{dress}"));
    });
    small(|desk, dress| {
        desk.search("alice chen").keys("Pp").rest();
        desk.press(KeyCode::Enter).rest().keys("hunter22");
        desk.press(KeyCode::Tab)
            .keys("hunter22")
            .press(KeyCode::Tab);
        desk.looks(&format!("new_password_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("new_password_review_{dress}"));
    });
}

#[test]
fn sign_in_link() {
    everywhere(|desk, dress| {
        desk.search("alice chen").keys("Pl").rest();
        desk.looks(&format!("link_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.search("alice chen").keys("Pl").rest().keys("y");
    desk.let_changes_go().shows("Sign-in link of Alice Chen");
    desk.looks("link_shown_80");
    desk.press(KeyCode::Esc).lacks("Sign-in link of");
}

#[test]
fn impersonate() {
    small(|desk, dress| {
        desk.search("alice chen").keys("I").rest().keys("card test");
        desk.looks(&format!("impersonate_{dress}"));
        desk.wait(100).press(KeyCode::Enter).let_changes_go();
        desk.shows("Signs you in as Alice Chen");
        desk.looks(&format!("impersonate_link_{dress}"));
        desk.rest().keys("w");
        desk.looks(&format!("impersonate_no_browser_{dress}"));
        desk.press(KeyCode::Esc).keys(":tokens made");
        desk.press(KeyCode::Enter).looks(&format!("tokens_{dress}"));
        desk.keys("R").rest();
        desk.looks(&format!("revoke_token_{dress}"));
    });
}

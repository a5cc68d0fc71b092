//! New users and invitations: forms, reviews, the list.

use crossterm::event::KeyCode;

use crate::desk::{Desk, LARGE, SMALL, open, open_production};

/// At 80×24, in both dresses.
fn small(look: impl Fn(&mut Desk, &str)) {
    look(&mut open(SMALL), "demo_80");
    look(&mut open_production(SMALL), "production_80");
}

/// Types into rows, one after the other.
fn fill(desk: &mut Desk, rows: &[&str]) {
    for row in rows {
        desk.keys(row).press(KeyCode::Tab);
    }
}

#[test]
fn new_user() {
    small(|desk, dress| {
        desk.keys("Nu");
        fill(
            desk,
            &["ada@example.org", "", "Ada", "Byron", "", "hunter22"],
        );
        desk.looks(&format!("new_user_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.says("counts as verified")
            .says("8 characters, not shown");
        desk.lacks("hunter22")
            .looks(&format!("new_user_review_{dress}"));
    });
    open(SMALL).keys("N").looks("new_chord_80");
}

#[test]
fn new_user_with_everything() {
    let mut desk = open(SMALL);
    desk.keys("Nu");
    let rows = ["ada@example.org", "+44 20 7946 0000", "Ada", "Byron", "ada"];
    fill(&mut desk, &rows);
    fill(&mut desk, &["hunter22", "crm-1", " ", "", "ticket 7"]);
    desk.press(KeyCode::Enter).rest();
    desk.looks("new_user_whole_80");
}

#[test]
fn new_user_mistakes() {
    let mut desk = open(SMALL);
    desk.keys("Nu0170").press(KeyCode::Enter);
    desk.looks("new_user_mistake_80");
    let mut desk = open((40, 10));
    desk.keys("Nu0170").press(KeyCode::Enter);
    desk.looks("new_user_mistake_40");
    let mut desk = open(SMALL);
    desk.keys("Nualice@example.com")
        .press(KeyCode::Enter)
        .rest();
    desk.keys("y").looks("new_user_sent_80");
    desk.let_changes_go().shows("F3 looks for");
    desk.looks("new_user_taken_80");
    desk.press(KeyCode::F(3)).rest().shows("1 found");
}

#[test]
fn invite() {
    small(|desk, dress| {
        desk.keys("Ni").keys("new@example.org");
        desk.looks(&format!("invite_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("invite_review_{dress}"));
    });
    let mut desk = open(SMALL);
    desk.keys("Ni");
    fill(
        &mut desk,
        &["new@example.org", "", "https://example.org/hi", " ", " "],
    );
    desk.press(KeyCode::Enter).rest();
    desk.looks("invite_whole_80");
}

#[test]
fn invitations() {
    for (size, name) in [(SMALL, "80"), (LARGE, "160"), ((40, 10), "40")] {
        let mut desk = open(size);
        desk.keys("Nl").rest().looks(&format!("invitations_{name}"));
    }
    let mut desk = open(SMALL);
    desk.keys("Nl")
        .rest()
        .keys("a")
        .rest()
        .looks("invitations_all_80");
    desk.keys("a").rest().looks("invitations_revoked_80");
}

#[test]
fn revoke_an_invitation() {
    small(|desk, dress| {
        desk.keys("Nl").rest().keys("R").rest();
        desk.looks(&format!("revoke_invitation_{dress}"));
        desk.keys("y").shows("~ revoking");
        desk.let_changes_go().shows("is not invited any more.");
    });
}

#[test]
fn names_of_any_length_push_nothing_away() {
    let mut desk = open(SMALL);
    let long = format!("{}@example.org", "a".repeat(200));
    desk.keys("Nu")
        .keys(&long)
        .press(KeyCode::Tab)
        .press(KeyCode::Tab);
    desk.keys(&"\u{5d0}".repeat(60))
        .press(KeyCode::Enter)
        .rest();
    desk.says("D deletes them again.").says("y create");
    desk.looks("new_user_long_80");
    desk.press(KeyCode::Esc).press(KeyCode::Esc);
    desk.keys("Ni").keys(&long).press(KeyCode::Enter).rest();
    desk.says("takes it back").says("y invite");
}

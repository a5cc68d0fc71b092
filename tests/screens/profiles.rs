//! Profiles.

use crossterm::event::KeyCode;

use crate::desk::{Desk, LARGE, SMALL, open};

fn profile(size: (u16, u16), search: &str) -> Desk {
    let mut desk = open(size);
    desk.search(search).press(KeyCode::Enter).rest();
    desk
}

#[test]
fn a_profile() {
    let mut desk = profile(SMALL, "alice chen");
    desk.looks("profile_80");
    desk.keys("G").looks("profile_end_80");
    let mut desk = profile(LARGE, "alice chen");
    desk.looks("profile_160");
    desk.keys("v").looks("profile_raw_160");
    profile(SMALL, "alice chen")
        .keys("v")
        .looks("profile_raw_80");
}

#[test]
fn others() {
    profile(SMALL, "alice ng").looks("profile_banned_80");
    profile(LARGE, "alice ng").looks("profile_banned_160");
    profile(SMALL, "okafor").looks("profile_locked_80");
    profile(SMALL, "fontaine").looks("profile_phone_80");
    profile(SMALL, "mueller").looks("profile_unverified_80");
}

#[test]
fn metadata_unfolds() {
    let mut desk = profile(LARGE, "alice chen");
    desk.keys("G").press(KeyCode::Enter);
    desk.looks("profile_metadata_160");
}

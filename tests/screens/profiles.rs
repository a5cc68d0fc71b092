//! Profiles.

use clerk_tui::domain::{OpId, PastDeed, Timestamp};
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
fn what_this_machine_did_to_them() {
    let deed = |change: &str, day: &str| PastDeed {
        op: OpId { run: 2, n: 1 },
        batch: None,
        at: at(day),
        operator: "ann@desk".into(),
        change: change.into(),
        reason: None,
        done: Some(true),
        trace_id: None,
    };
    let past = [
        PastDeed {
            operator: "bob@night-desk".into(),
            done: None,
            ..deed("lock", "2026-11-22")
        },
        deed("unban", "2026-11-03"),
        PastDeed {
            reason: Some("card test #4812".into()),
            ..deed("ban", "2026-11-02")
        },
    ];
    for (size, name) in [(SMALL, "profile_past_80"), (LARGE, "profile_past_160")] {
        let mut desk = open(size);
        desk.past = past.to_vec();
        desk.search("alice chen").press(KeyCode::Enter).rest();
        desk.looks(name);
    }
}

fn at(day: &str) -> Timestamp {
    let at: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
    Timestamp::from_millis(at.as_millisecond())
}

#[test]
fn metadata_unfolds() {
    let mut desk = profile(LARGE, "alice chen");
    desk.keys("G").press(KeyCode::Enter);
    desk.looks("profile_metadata_160");
}

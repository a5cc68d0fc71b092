//! What this machine did to a person before, in their profile.

use super::harness::Console;
use super::world::{five_alices, session};
use crate::app::document::Line;
use crate::app::{Msg, Screen, Ticket};
use crate::domain::{OpId, PastDeed, Timestamp};

fn ban() -> PastDeed {
    PastDeed {
        op: OpId { run: 1, n: 1 },
        batch: None,
        at: Timestamp::from_millis(1_793_613_600_000),
        operator: "ann@desk".into(),
        change: "ban".into(),
        reason: None,
        done: Some(true),
        trace_id: None,
    }
}

/// Alice's profile, and by which ticket her past was asked for.
fn on_alice() -> (Console, Ticket) {
    let mut console = Console::with(five_alices());
    let user = console.selected().id;
    let started = session(1, &user, "2026-11-23T14:00:00Z");
    console.world.sessions.push(started);
    console.press("Enter").settle();
    let ticket = asked(&mut console);
    (console, ticket)
}

fn asked(console: &mut Console) -> Ticket {
    let profile = console.profile().unwrap().clone();
    let (ticket, user) = console.recalling.pop().unwrap();
    assert_eq!(user, profile);
    ticket
}

fn tell(console: &mut Console, ticket: Ticket, deeds: Option<Vec<PastDeed>>) {
    console.feed(Msg::Recalled { ticket, deeds });
}

/// What the profile says of it.
fn said(console: &Console) -> Vec<String> {
    let Screen::Profile(pane) = console.model.screen() else {
        panic!()
    };
    let sections = pane.sections(&console.model.ctx);
    let told = sections.iter().find(|s| s.title == "On this machine");
    let lines = told.into_iter().flat_map(|section| &section.lines);
    lines.map(Line::text).collect()
}

const BANNED: [&str; 1] = ["You banned them 2 Nov"];

#[test]
fn a_profile_asks_for_it_and_shows_it() {
    let (mut console, ticket) = on_alice();
    assert_eq!(said(&console), [""; 0]);
    tell(&mut console, ticket, Some(vec![ban()]));
    assert!(console.model.frame_due());
    assert_eq!(said(&console), BANNED);
}

#[test]
fn what_comes_late_is_ignored() {
    let (mut console, ticket) = on_alice();
    console.press("n").settle();
    let newer = asked(&mut console);
    console.drawn();
    tell(&mut console, ticket, Some(vec![ban()]));
    assert!(!console.model.frame_due());
    assert_eq!(said(&console), [""; 0]);
    tell(&mut console, newer, Some(Vec::new()));
    assert_eq!(said(&console), [""; 0]);
}

#[test]
fn a_trail_that_cannot_be_read_takes_nothing_away() {
    let (mut console, ticket) = on_alice();
    tell(&mut console, ticket, Some(vec![ban()]));
    console.press("r").settle();
    let again = asked(&mut console);
    tell(&mut console, again, None);
    assert_eq!(said(&console), BANNED);
    console.press("n").settle();
    assert_eq!(said(&console), [""; 0], "that was somebody else");
}

#[test]
fn a_change_of_this_run_is_told_once_it_has_ended() {
    let (mut console, _) = on_alice();
    console.press("B").settle().look().press("y");
    let op = console.changing[0].op;
    console.press("r").settle();
    let (under_way, deed) = (asked(&mut console), PastDeed { op, ..ban() });
    let unknown = PastDeed {
        done: None,
        ..deed.clone()
    };
    tell(&mut console, under_way, Some(vec![unknown]));
    assert_eq!(said(&console), [""; 0]);
    console.done();
    let ended = asked(&mut console);
    tell(&mut console, ended, Some(vec![deed]));
    assert_eq!(said(&console), BANNED);
}

#[test]
fn the_cursor_stays_on_its_line() {
    let (mut console, ticket) = on_alice();
    while console.model.subject().session.is_none() {
        console.press("↓");
    }
    let before = console.model.subject();
    tell(&mut console, ticket, Some(vec![ban()]));
    assert_eq!(console.model.subject(), before);
    console.press("r").settle();
    let again = asked(&mut console);
    tell(&mut console, again, Some(Vec::new()));
    assert_eq!(console.model.subject(), before);
}

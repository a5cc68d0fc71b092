//! Sessions of everybody, of one person, and person by person.

use super::harness::{Console, of_sessions};
use super::world::{crowd, five_alices, id, session};
use crate::app::words;
use crate::domain::{Fetch, SessionStatus, UserOrderBy};

fn shown(console: &Console) -> Vec<&str> {
    let rows = console.sessions().list.rows().iter();
    rows.map(|row| row.read().unwrap().id.as_str()).collect()
}

/// Sessions of the first `n` people, all at different times.
fn with_sessions(n: usize) -> Console {
    let mut console = Console::with(crowd(n));
    let at = |n: usize| format!("2026-11-{:02}T{:02}:00:00Z", 1 + n % 20, n / 20 % 24);
    console.world.sessions = (1..=n).map(|n| session(n, &id(n), &at(n))).collect();
    console
}

#[test]
fn active_sessions_of_everybody_are_one_question() {
    let mut console = with_sessions(7);
    console.press("2");
    let expected = Fetch::Sessions {
        user: None,
        status: Some(SessionStatus::Active),
        offset: 0,
        limit: 100,
    };
    assert!(console.asks(|fetch| *fetch == expected));
    console.settle();
    assert_eq!(shown(&console).len(), 7);
    console.press("Enter").settle();
    assert_eq!(console.profile(), Some(&id(1)));
}

#[test]
fn an_instance_that_wants_a_user_is_walked_person_by_person() {
    let mut console = with_sessions(50);
    console.world.sessions_per_person = true;
    console.press("2").answer(of_sessions);
    assert!(console.asks(|fetch| matches!(
        fetch,
        Fetch::Users { order, limit: 400, .. } if order.by == UserOrderBy::LastActive
    )));
    console.answer_next();
    assert!((1..=4).contains(&console.asked.len()), "a few at a time");
    for _ in 0..10 {
        console.answer_next();
    }
    assert_eq!(
        words::found(&console.model),
        "Clerk lists sessions only per person here. \
         Read 10 of the 50 most recently active people. Esc stops."
    );
    console.settle();
    let walk = console.sessions().walk.as_ref().unwrap();
    assert_eq!((walk.read, walk.of, walk.is_walking()), (50, 50, false));
    assert_eq!(shown(&console).len(), 50);
}

#[test]
fn a_walk_keeps_the_newest_first_whatever_order_it_reads_in() {
    let mut console = with_sessions(50);
    console.world.sessions_per_person = true;
    console.press("2").answer(of_sessions).answer_next();
    while let Some(asked) = console.asked.pop() {
        let answer = console.world.answer(&asked.fetch);
        console.reply(&asked, answer);
    }
    let rows = console.sessions().list.rows();
    let active: Vec<_> = rows
        .iter()
        .map(|row| row.read().unwrap().last_active)
        .collect();
    assert_eq!(active.len(), 50);
    assert!(active.is_sorted_by(|a, b| a >= b));
}

#[test]
fn esc_stops_a_walk_and_keeps_what_it_found() {
    let mut console = with_sessions(50);
    console.world.sessions_per_person = true;
    console.press("2").answer(of_sessions).answer_next();
    for _ in 0..8 {
        console.answer_next();
    }
    console.press("Esc");
    let late = console.asked.clone();
    for asked in late {
        let answer = console.world.answer(&asked.fetch);
        console.asked.clear();
        console.reply(&asked, answer);
    }
    assert_eq!(shown(&console).len(), 8);
    assert!(console.asked.is_empty(), "it asks for nobody more");
    assert!(words::found(&console.model).ends_with("Stopped; r begins again."));
    console.press("r").settle();
    assert_eq!(shown(&console).len(), 50);
}

#[test]
fn the_selected_session_stays_selected_while_a_walk_adds_rows() {
    let mut console = with_sessions(50);
    console.world.sessions_per_person = true;
    console.press("2").answer(of_sessions).answer_next();
    for _ in 0..8 {
        console.answer_next();
    }
    console.press("j j j");
    let chosen = console.model.subject().session.unwrap().id;
    console.settle();
    assert_eq!(console.model.subject().session.unwrap().id, chosen);
}

#[test]
fn s_shows_the_sessions_of_one_person_and_a_those_of_any_state() {
    let mut console = with_sessions(7);
    console.world.sessions[0].status = SessionStatus::Ended;
    console
        .world
        .sessions
        .push(session(99, &id(1), "2026-11-23T14:00:00Z"));
    console.press("s").settle();
    assert_eq!(shown(&console), ["sess_000099"]);
    console.press("a").settle();
    assert_eq!(shown(&console), ["sess_000001", "sess_000099"]);
    console.press("a").settle();
    assert_eq!(shown(&console), ["sess_000099"]);
    console.press("Esc");
    assert!(matches!(
        console.model.screen(),
        crate::app::Screen::Users(_)
    ));
}

#[test]
fn nobody_without_sessions_is_a_blank_page() {
    let mut console = Console::with(five_alices());
    console.press("s").settle();
    let notice = words::notice(&console.model).unwrap();
    assert_eq!(
        notice.text(),
        "Bob Bell has no active session. a shows earlier ones."
    );
}

#[test]
fn names_are_looked_up_together_and_once() {
    let mut console = Console::start(crowd(200));
    console.world.sessions = (150..160)
        .map(|n| session(n, &id(n), "2026-11-23T14:00:00Z"))
        .collect();
    console.settle();
    console.press("2").answer(of_sessions);
    let ids: Vec<_> = (150..160).map(id).collect();
    assert!(console.asks(|fetch| *fetch == Fetch::UsersById(ids.clone())));
    assert_eq!(console.asked.len(), 1);
    console.settle();
    assert_eq!(console.under_cursor(), "Person N150");
    console.press("j k").drawn();
    assert!(console.asked.is_empty());
}

#[test]
fn people_who_are_gone_are_not_looked_up_for_ever() {
    let mut console = Console::with(five_alices());
    console.world.sessions = (500..560)
        .map(|n| session(n, &id(n), "2026-11-23T14:00:00Z"))
        .collect();
    console.press("2").settle();
    for _ in 0..60 {
        console.press("j").settle();
    }
    for _ in 0..60 {
        console.press("k");
        assert!(console.asked.is_empty());
    }
}

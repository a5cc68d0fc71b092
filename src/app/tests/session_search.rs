//! Searching among sessions, and who is on the same address.

use super::harness::{Console, of_sessions, users_page};
use super::world::{crowd, five_alices, id, session};
use crate::app::{AnyList, Screen, words};
use crate::domain::{Fetch, Row, UserId};

/// Sessions of seven people on addresses that end in 0, 1 or 2.
fn console() -> Console {
    let mut console = Console::with(five_alices());
    console.world.sessions = (1..=7)
        .map(|n| {
            let at = format!("2026-11-23T{:02}:00:00Z", 20 - n);
            let mut session = session(n, &id(n), &at);
            session.activity.ip = Some(format!("203.0.113.{}", n % 3).as_str().into());
            session
        })
        .collect();
    console
}

fn shown(console: &Console) -> Vec<usize> {
    let list = &console.sessions().list;
    let lines = (0..list.len()).filter_map(|line| list.line(line).and_then(Row::read));
    lines
        .map(|session| session.id.as_str()[5..].parse().unwrap())
        .collect()
}

fn selected(console: &Console) -> String {
    let session = console.sessions().list.selected().unwrap();
    session.id.to_string()
}

fn asked_user(fetch: &Fetch) -> Option<&UserId> {
    match fetch {
        Fetch::Sessions { user, .. } => user.as_ref(),
        _ => None,
    }
}

#[test]
fn a_search_shows_those_that_pass_of_those_read() {
    let mut console = console();
    console
        .press("2")
        .settle()
        .press("/")
        .type_text("ip:203.0.113.1");
    assert_eq!(shown(&console).len(), 7, "the typing has not rested");
    console.later(150);
    assert_eq!(shown(&console), [1, 4, 7]);
    assert!(!console.asks(of_sessions));
    assert!(console.model.is_answered());
    assert_eq!(words::found(&console.model), "3 found among 7 read");
    console.press("Enter j").drawn();
    assert_eq!(console.under_cursor(), "Alice Stone");
    console.press("Esc");
    assert_eq!(shown(&console).len(), 7);
    assert_eq!(
        selected(&console),
        "sess_000004",
        "the cursor stays on its session"
    );
}

#[test]
fn the_cursor_stays_on_its_session_by_its_id() {
    let mut console = console();
    console
        .press("2")
        .settle()
        .press("j j j j j /")
        .type_text("ip:203.0.113.0");
    console.press("Enter");
    assert_eq!(
        (selected(&console).as_str(), shown(&console)),
        ("sess_000006", vec![3, 6])
    );
    console.world.sessions.remove(0);
    console.press("Esc r").settle();
    assert_eq!(selected(&console), "sess_000006");
    console
        .press("/")
        .type_text("ip:203.0.113.2")
        .press("Enter");
    assert_eq!(
        selected(&console),
        "sess_000005",
        "the last, where none is behind it"
    );
}

#[test]
fn a_search_that_finds_nothing_says_among_how_many() {
    let mut console = console();
    console
        .press("2")
        .settle()
        .press("/")
        .type_text("city:nowhere")
        .press("Enter");
    assert!(shown(&console).is_empty());
    assert!(console.model.subject().session.is_none());
    let notice = words::notice(&console.model).unwrap().text();
    assert_eq!(
        notice,
        "Nothing found for “city:nowhere” among 7 sessions read. Esc clears the search."
    );
    console.look().press("R j Enter");
    assert!(!console.has_dialog());
}

#[test]
fn people_are_found_by_name_also_those_not_on_the_screen() {
    let mut console = Console::start(crowd(200));
    console.world.sessions = (100..200)
        .map(|n| session(n, &id(n), "2026-11-23T14:00:00Z"))
        .collect();
    console.settle().press("2").settle();
    console.press("/").type_text("n199").press("Enter");
    assert!(shown(&console).is_empty(), "nobody has told their name");
    console.settle();
    assert_eq!(shown(&console), [199]);
}

#[test]
fn one_person_is_asked_for_at_clerk() {
    let mut console = console();
    console
        .press("2")
        .settle()
        .press("/")
        .type_text("user:user_000005 ip:203");
    console.press("Enter");
    assert!(console.asks(|fetch| asked_user(fetch) == Some(&id(5))));
    assert!(!console.model.is_answered());
    console.settle();
    assert_eq!(shown(&console), [5]);
    assert_eq!(words::found(&console.model), "1 found among 1 read");
    console.press("Esc");
    assert!(console.asks(|fetch| of_sessions(fetch) && asked_user(fetch).is_none()));
    console.settle();
    assert_eq!(shown(&console).len(), 7);
}

#[test]
fn a_walk_goes_on_while_its_rows_are_searched() {
    let mut console = console();
    console.world.sessions_per_person = true;
    console.press("2").answer(of_sessions).answer(users_page);
    console
        .answer_next()
        .press("/")
        .type_text("ip:203.0.113.1")
        .press("Enter");
    assert_eq!(shown(&console), [1]);
    console.settle();
    assert_eq!(shown(&console), [1, 4, 7]);
    let below = crate::app::search::below::lines(&console.model);
    let text: String = below.iter().map(crate::app::document::Line::text).collect();
    assert!(
        text.contains("Read 7 of the 7 most recently active people."),
        "{text}"
    );
    console.press("Esc");
    assert_eq!(shown(&console).len(), 7);
}

#[test]
fn a_walk_visits_the_person_that_is_searched_for() {
    let mut console = console();
    console.world.sessions_per_person = true;
    console.press("2").settle();
    console
        .world
        .sessions
        .push(session(900, &id(900), "2026-11-23T14:00:00Z"));
    console
        .press("/")
        .type_text("user:user_000900")
        .press("Enter");
    assert!(console.asks(|fetch| asked_user(fetch) == Some(&id(900))));
    console.settle();
    assert_eq!(shown(&console), [900]);
}

#[test]
fn the_sessions_of_one_person_are_searched_too() {
    let mut console = console();
    let mut other = session(70, &id(1), "2026-11-23T14:00:00Z");
    other.activity.ip = Some("198.51.100.9".into());
    console.world.sessions.push(other);
    console
        .press("s")
        .settle()
        .press("/")
        .type_text("ip:198.")
        .press("Enter");
    assert_eq!(shown(&console), [70]);
    console.press("Esc");
    assert_eq!(shown(&console), [1, 70]);
    console.press("Esc");
    assert!(matches!(console.model.screen(), Screen::Users(_)));
}

#[test]
fn i_shows_everybody_on_the_address_of_a_session() {
    let mut console = console();
    console.press("2").settle().press("j i");
    assert_eq!(console.sessions().search.text(), "ip:=203.0.113.2");
    assert!(!console.sessions().search.focused);
    assert_eq!(shown(&console), [2, 5]);
    assert_eq!(selected(&console), "sess_000002");
}

#[test]
fn i_on_a_person_takes_their_latest_session_that_was_read() {
    let mut console = console();
    let mut later = session(80, &id(1), "2026-11-23T21:00:00Z");
    later.activity.ip = Some("203.0.113.2".into());
    console.world.sessions.push(later);
    console.press("i");
    assert_eq!(
        console.toast(),
        "Bob Bell has no session with an address that was read. s reads them."
    );
    console.press("Enter").settle().press("i").settle();
    assert_eq!(console.sessions().search.text(), "ip:=203.0.113.2");
    assert_eq!(shown(&console), [2, 5, 80]);
    console.press("<").settle().press("i");
    assert_eq!(
        selected(&console),
        "sess_000080",
        "the list was read before"
    );
}

//! Without a connection the view is read again by itself, ever more rarely.

use super::harness::Console;
use super::world::{crowd, error, five_alices};
use crate::app::{Load, Msg, Screen, words};
use crate::domain::{ApiError, ErrorKind, Fetch, Policy};

const HOUR: u64 = 3_600_000;

fn lost() -> ApiError {
    error(ErrorKind::NotConnected, "Is this machine online?")
}

/// Everything asked for fails, and a frame is drawn.
fn fails(console: &mut Console, error: &ApiError) {
    while let Some(asked) = console.asked.pop() {
        console.reply(&asked, Err(error.clone()));
    }
    console.drawn();
}

/// A console whose rows were read, and then the connection was lost.
fn offline() -> Console {
    let mut console = Console::with(five_alices());
    console.later(60_000).press("r");
    fails(&mut console, &lost());
    console
}

/// At which times, in seconds from now, rows are asked for while nothing works.
fn tries(console: &mut Console, ms: u64, error: &ApiError) -> Vec<u64> {
    let start = console.now().0;
    let mut tries = Vec::new();
    while console.now().0 < start + ms {
        console.later(1_000);
        if !console.asked.is_empty() {
            tries.push((console.now().0 - start) / 1_000);
            fails(console, error);
        }
    }
    assert!(console.wakes.len() <= 1, "{:?}", console.wakes);
    tries
}

fn said(console: &Console) -> String {
    let notice = words::notice(&console.model);
    notice.map_or_else(String::new, |line| line.text())
}

const OFFLINE: &str = "No connection to Clerk. Is this machine online? \
                       What you see is from 14:03. Trying again; r tries now.";

#[test]
fn the_list_in_view_is_tried_again_ever_more_rarely() {
    use ErrorKind as K;
    for kind in [K::NotConnected, K::TimedOut, K::Broken] {
        let lost = error(kind, "");
        let mut console = Console::with(five_alices());
        console.press("r");
        fails(&mut console, &lost);
        let tries = tries(&mut console, HOUR, &lost);
        assert_eq!(tries[..7], [5, 15, 35, 75, 135, 195, 255], "{kind:?}");
        assert_eq!(tries.len(), 4 + 58, "{kind:?}");
        assert!(console.sent.is_empty());
    }
}

#[test]
fn it_says_so_before_each_try_and_during_it() {
    let mut console = offline();
    assert_eq!(said(&console), OFFLINE);
    console.later(5_000);
    assert!(console.asks(|fetch| matches!(fetch, Fetch::Users { .. })));
    assert_eq!(said(&console), OFFLINE);
    fails(&mut console, &lost());
    assert_eq!(said(&console), OFFLINE);
}

#[test]
fn when_the_connection_is_back_the_rows_are_there_and_it_says_so() {
    let mut console = offline();
    console.later(5_000).settle();
    assert_eq!(console.toast(), "Connected again.");
    assert_eq!(said(&console), "");
    assert_eq!(console.users().list.error(), None);
    console.later(HOUR).settle();
    assert!(console.wakes.is_empty() && console.toast().is_empty());
}

#[test]
fn bad_news_of_a_change_are_not_talked_over() {
    let mut console = offline();
    console.feed(Msg::StoreFailed("The trail is full.".to_owned()));
    console.later(5_000).settle();
    assert_eq!(console.toast(), "The trail is full.");
    assert_eq!(said(&console), "");
}

#[test]
fn r_tries_at_once_and_the_next_try_by_itself_is_due_as_before() {
    let mut console = offline();
    console.later(2_000).press("r");
    assert!(console.asks(|fetch| matches!(fetch, Fetch::Users { .. })));
    // What somebody asked for is not asked for a second time.
    console.later(4_000);
    assert!(console.superseded.is_empty());
    fails(&mut console, &lost());
    assert_eq!(tries(&mut console, 20_000, &lost()), [10]);
    console.press("r").settle();
    assert_eq!(console.toast(), "Connected again.");
}

#[test]
fn only_what_is_in_view_is_tried() {
    let mut console = offline();
    console.press("3").settle();
    assert!(tries(&mut console, HOUR, &lost()).is_empty());
    // Back there it begins anew, with the rows that were read.
    console.press("1").drawn();
    assert_eq!(said(&console), OFFLINE);
    assert_eq!(tries(&mut console, 20_000, &lost()), [5, 15]);
}

#[test]
fn every_view_is_tried_again() {
    for keys in ["", "Enter", "2", "3", "s", "N l"] {
        let mut console = Console::start_as(crowd(3), (80, 24), Policy::default());
        console.settle().look().press(keys).settle().press("r");
        fails(&mut console, &lost());
        assert!(said(&console).contains("Trying again"), "{keys}");
        assert_eq!(tries(&mut console, 20_000, &lost()), [5, 15], "{keys}");
        console.later(20_000).settle();
        assert_eq!(console.toast(), "Connected again.", "{keys}");
        assert!(!said(&console).contains("No connection"), "{keys}");
    }
}

#[test]
fn a_profile_is_tried_again_until_all_of_it_is_there() {
    let mut console = Console::with(five_alices());
    console.press("Enter").settle();
    console.press("r");
    let sessions = console.ask(|fetch| matches!(fetch, Fetch::Sessions { .. }));
    console.settle().reply(&sessions, Err(lost()));
    console.later(5_000).settle();
    assert_eq!(console.toast(), "Connected again.");
    let Screen::Profile(pane) = console.model.screen() else {
        panic!("no profile")
    };
    assert_eq!(*pane.dossier.sessions.load(), Load::Idle);
}

#[test]
fn what_was_called_off_or_refused_is_not_tried_by_itself() {
    let mut console = offline();
    console.later(5_000).press("^c").drawn();
    assert_eq!(console.toast(), "Cancelled. r asks again.");
    // How many there are in all was asked for beside the rows.
    fails(&mut console, &lost());
    assert!(tries(&mut console, HOUR, &lost()).is_empty());
    for kind in [
        ErrorKind::KeyRefused,
        ErrorKind::Server,
        ErrorKind::WrongShape,
    ] {
        let mut console = offline();
        let refused = error(kind, "");
        console.later(5_000);
        fails(&mut console, &refused);
        assert!(!said(&console).contains("Trying again"), "{kind:?}");
        assert!(tries(&mut console, HOUR, &refused).is_empty(), "{kind:?}");
        assert_eq!(console.toast(), "", "{kind:?}");
    }
}

#[test]
fn a_change_is_not_sent_again() {
    let mut console = offline();
    console.press("B").settle().look().press("y");
    assert_eq!(console.sent.len(), 1, "{}", console.toast());
    console.ends(crate::domain::Outcome::Unknown(lost()));
    fails(&mut console, &lost());
    let asks_nothing_else = tries(&mut console, HOUR, &lost());
    assert!(!asks_nothing_else.is_empty());
    assert_eq!(console.sent.len(), 1);
}

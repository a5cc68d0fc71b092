//! What moves by itself, and that nothing else does.

use super::harness::{Console, whole_user};
use super::world::{crowd, error, five_alices, id, session};
use crate::app::{Moment, Msg, Pace, gauge};
use crate::domain::{ErrorKind, Fetch, Policy};

fn wide(people: usize) -> Console {
    let mut console = Console::start_as(crowd(people), (160, 45), Policy::default());
    console.settle();
    console
}

/// Nothing is asked for, nothing will wake it, nothing is to be drawn.
fn assert_idle(console: &mut Console) {
    console.settle().later(60_000).settle().later(60_000);
    assert!(console.asked.is_empty());
    assert!(console.wakes.is_empty(), "{:?}", console.wakes);
    assert!(!console.model.frame_due());
}

/// A console that nothing will wake.
fn rested() -> Console {
    let mut console = Console::with(five_alices());
    assert_idle(&mut console);
    console
}

/// A pacer that waits until so long after `console` is at.
fn waits(console: &Console, ms: u64) -> Msg {
    Msg::Pace(waiting(console.now().0 + ms))
}

fn waiting(until: u64) -> Pace {
    Pace {
        used: 100,
        allowed: 100,
        background: 40,
        waiting: 3,
        next: Some(Moment(until)),
        asked_by_clerk: false,
        used_elsewhere: false,
    }
}

#[test]
fn an_idle_console_asks_for_nothing() {
    assert_idle(&mut Console::with(five_alices()));
    assert_idle(&mut wide(300));
    for keys in ["Enter", "s", "2", "3", "/", ":", "?", "B", "j j k", "y"] {
        let mut console = wide(300);
        console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z")];
        console.look().settle().press(keys);
        assert_idle(&mut console);
    }
}

/// How often, is in `offline`.
#[test]
fn an_idle_console_that_failed_does_not_try_for_ever() {
    let kinds = [
        (ErrorKind::Server, 0),
        (ErrorKind::WrongShape, 0),
        (ErrorKind::NotConnected, 1),
    ];
    for (kind, still_to_come) in kinds {
        let mut console = wide(3);
        let lost = error(kind, "");
        console.press("r");
        let mut asked = 0;
        for _ in 0..1_200 {
            while let Some(next) = console.asked.pop() {
                asked += 1;
                console.reply(&next, Err(lost.clone()));
            }
            console.drawn().later(500);
        }
        assert!(console.asked.is_empty(), "{kind:?}");
        assert_eq!(console.wakes.len(), still_to_come, "{kind:?}");
        // The rows and their number, and the three of a preview, which are tried once.
        let tries = [1, 4 + 9][still_to_come];
        assert!(asked <= 2 * tries + 3, "{kind:?}: {asked}");
    }
}

#[test]
fn the_preview_is_read_once_the_cursor_has_rested() {
    let mut console = wide(10);
    console.later(119);
    assert!(console.asked.is_empty());
    for _ in 0..5 {
        console.press("j").later(100);
    }
    assert!(console.asked.is_empty());
    console.later(20);
    assert!(console.asks(|fetch| *fetch == Fetch::User(id(6))));
    assert_eq!(
        console.asked.len(),
        3,
        "the user, the sessions, the memberships"
    );
    console
        .settle()
        .press("k")
        .later(200)
        .settle()
        .press("j")
        .later(200);
    assert!(
        console.asked.is_empty(),
        "who was read lately is not read again"
    );
}

#[test]
fn a_preview_that_was_overtaken_is_read_when_the_cursor_comes_back() {
    let mut console = wide(10);
    console.later(150);
    assert!(console.asks(|fetch| *fetch == Fetch::User(id(1))));
    console.press("j").later(150);
    assert!(
        !console.asks(|fetch| *fetch == Fetch::User(id(1))),
        "same slot, aborted"
    );
    console.settle().press("k").later(150);
    assert!(console.asks(|fetch| *fetch == Fetch::User(id(1))));
    console.settle();
    assert!(
        console
            .model
            .recent
            .get(&id(1))
            .unwrap()
            .user
            .value()
            .is_some()
    );
}

#[test]
fn a_preview_that_failed_is_tried_again_when_the_cursor_comes_back() {
    let mut console = wide(10);
    let lost = error(ErrorKind::TimedOut, "");
    console
        .later(150)
        .answer_with(whole_user, Err(lost))
        .settle()
        .later(1_000);
    assert!(console.asked.is_empty());
    console
        .press("j")
        .later(150)
        .settle()
        .press("k")
        .later(150)
        .settle();
    assert!(
        console
            .model
            .recent
            .get(&id(1))
            .unwrap()
            .user
            .value()
            .is_some()
    );
}

#[test]
fn the_preview_shows_what_a_ban_did_to_the_sessions() {
    let mut console = wide(10);
    console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z")];
    console.later(150).settle().look();
    console.press("B").settle().look().press("y").done();
    console.settle().later(150).settle();
    let dossier = console.model.recent.get(&id(1)).unwrap();
    assert!(dossier.user.value().unwrap().banned);
    assert!(dossier.sessions.value().unwrap().rows.is_empty());
}

#[test]
fn no_preview_is_read_while_the_limit_is_nearly_used_up() {
    let mut console = wide(10);
    let mut pace = waiting(5_000);
    console.feed(Msg::Pace(pace));
    console.drawn().later(200);
    assert!(console.asked.is_empty());
    assert!(
        !console.model.frame_due(),
        "and it does not try every moment"
    );
    pace = Pace {
        allowed: 100,
        ..Pace::default()
    };
    console.feed(Msg::Pace(pace));
    console.later(200);
    assert!(console.asks(whole_user));
}

#[test]
fn the_gauge_says_what_there_is_to_say() {
    let now = Moment(1_000);
    let quiet = Pace {
        used: 60,
        allowed: 100,
        ..Pace::default()
    };
    assert_eq!(gauge(quiet, now), None);
    let much = Pace { used: 61, ..quiet };
    assert_eq!(gauge(much, now).unwrap(), "61 of 100 requests in 10 s");
    assert_eq!(
        gauge(waiting(5_001), now).unwrap(),
        "Waiting 4 s: 100 of 100 requests used in 10 s, 3 wait. Your place is kept."
    );
    let asked = Pace {
        asked_by_clerk: true,
        ..waiting(8_000)
    };
    assert_eq!(
        gauge(asked, now).unwrap(),
        "Clerk asked us to wait 7 s. Your place is kept."
    );
    let elsewhere = Pace {
        used_elsewhere: true,
        ..asked
    };
    assert_eq!(
        gauge(elsewhere, now).unwrap(),
        "Clerk asked us to wait 7 s: the limit is used up elsewhere. r tries now."
    );
    let busy = Pace {
        used_elsewhere: true,
        ..quiet
    };
    assert_eq!(
        gauge(busy, now).unwrap(),
        "Clerk is busy with your own application: the limit is used up elsewhere."
    );
    for (left, told) in [
        (99_400, "wait 99 s."),
        (100_000, "wait 2 min."),
        (86_400_050, "wait 24 h."),
    ] {
        let long = Pace {
            next: Some(Moment(now.0 + left)),
            ..asked
        };
        let told = format!("Clerk asked us to {told} Your place is kept.");
        assert_eq!(gauge(long, now), Some(told));
    }
    let endless = Pace {
        used: u32::MAX,
        allowed: u32::MAX,
        ..Pace::default()
    };
    assert!(gauge(endless, now).is_some());
    assert_eq!(
        gauge(
            Pace {
                used: 500,
                ..Pace::default()
            },
            now
        ),
        None,
        "no limit, no gauge"
    );
}

#[test]
fn a_countdown_wakes_once_for_each_second_it_shows() {
    let mut console = rested();
    console.feed(waits(&console, 7_500));
    console.drawn();
    let mut said = Vec::new();
    for _ in 0..7_600 {
        assert!(console.wakes.len() <= 1, "{:?}", console.wakes);
        console.later(1);
        if console.model.frame_due() {
            said.push(gauge(console.model.ctx.pace, console.now()));
            console.drawn();
        }
    }
    let seconds: Vec<String> = (1..=7).rev().map(|s| format!("Waiting {s} s")).collect();
    for (said, second) in said.iter().zip(&seconds) {
        assert!(said.as_ref().unwrap().starts_with(second), "{said:?}");
    }
    assert_eq!(said.len(), 8, "and once more when it is over");
    assert!(console.wakes.is_empty());
}

#[test]
fn a_long_countdown_wakes_once_for_each_change_of_its_text() {
    let mut console = rested();
    // Two hours, and what the pacer adds.
    console.feed(waits(&console, 7_200_050));
    console.drawn();
    let (mut said, mut wakes) = (Vec::new(), 0);
    while let Some(text) = gauge(console.model.ctx.pace, console.now()) {
        if said.last() != Some(&text) {
            said.push(text);
        }
        let next = console.model.ctx.pace.next.unwrap();
        if next <= console.now() {
            break;
        }
        let (due, _) = console.wakes[0];
        console
            .later(due.saturating_sub(console.now().0).max(1))
            .drawn();
        wakes += 1;
    }
    // 2 h, 99 min to 2 min, 99 s to 1 s, and that it is over.
    assert!(said.len() >= 1 + 98 + 99, "{}", said.len());
    assert!(
        wakes <= said.len() + 2,
        "{wakes} wakes, {} texts",
        said.len()
    );
}

#[test]
fn a_countdown_follows_a_new_end() {
    let mut console = rested();
    console.feed(waits(&console, 7_000));
    console.later(100);
    console.feed(waits(&console, 5_300));
    console.drawn().later(800);
    assert!(!console.model.frame_due());
    console.later(1);
    assert!(console.model.frame_due(), "5 s became 4 s");
}

#[test]
fn what_is_not_shown_is_not_counted_down() {
    let mut console = rested();
    let pace = Pace {
        waiting: 0,
        ..waiting(console.now().0 + 7_000)
    };
    console.feed(Msg::Pace(pace));
    assert!(console.wakes.is_empty());
}

#[test]
fn a_wake_up_too_late_swallows_no_frame() {
    let mut console = rested();
    console.feed(waits(&console, 7_000));
    let stale = console.wakes[0].1;
    console.feed(Msg::Pace(Pace::default()));
    console.drawn();
    console.feed(Msg::Woke(stale));
    assert!(!console.model.frame_due());
    console.press("j");
    console.feed(Msg::Woke(stale));
    assert!(console.model.frame_due(), "the cursor has moved");
}

#[test]
fn a_mouse_that_just_moves_draws_nothing_and_swallows_nothing() {
    use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
    let moved = MouseEvent {
        kind: MouseEventKind::Moved,
        column: 5,
        row: 5,
        modifiers: KeyModifiers::NONE,
    };
    let mut console = Console::with(five_alices());
    console.feed(Msg::Mouse(moved));
    assert!(!console.model.frame_due());
    console.press("j");
    console.feed(Msg::Mouse(moved));
    assert!(console.model.frame_due());
}

#[test]
fn a_toast_goes_by_itself() {
    let mut console = Console::with(five_alices());
    console.press("t").drawn().later(7_999);
    assert_eq!(console.toast(), "Times are in UTC now.");
    assert!(!console.model.frame_due());
    console.later(1);
    assert!(console.toast().is_empty() && console.model.frame_due());
}

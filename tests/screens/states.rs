//! Loading, empty, nothing found, failed: every view has words for each, and
//! they name the key that helps.

use std::time::Duration;

use clerk_tui::{
    app::{Moment, Msg, Pace},
    demo::Fault,
    domain::{Answer, ApiError, Dress, ErrorKind, Fetch, OpId, Page, Timestamp, Unsettled},
};
use crossterm::event::KeyCode;

use crate::desk::{Desk, LARGE, SMALL, open};

/// How one gets to a view.
type Way = fn(&mut Desk);

/// The views, and how one gets to each.
const VIEWS: [(&str, Way); 6] = [
    ("users", |_| {}),
    ("sessions", |desk| {
        desk.keys("2").rest();
    }),
    ("organizations", |desk| {
        desk.keys("3").rest();
    }),
    ("members", |desk| {
        desk.keys("3").rest().press(KeyCode::Enter).rest();
    }),
    ("profile", |desk| {
        desk.press(KeyCode::Enter).rest();
    }),
    ("sessions_of_one", |desk| {
        desk.keys("jjjjs").rest();
    }),
];

/// Whether a text names a key to press.
fn names_a_key(text: &str) -> bool {
    ["r reads", "r looks", "r tries", "r asks", "a shows", "Esc "]
        .iter()
        .any(|key| text.contains(key))
}

/// The rows that a view leads to are there; the view itself is still to come.
fn before(view: &str) -> Desk {
    let mut desk = Desk::new(SMALL, Dress::Demo);
    if view == "users" {
        return desk;
    }
    desk.start();
    if view == "members" {
        desk.keys("3").rest();
    }
    desk
}

/// Goes to the view, with whatever was done to the desk before.
fn go(desk: &mut Desk, view: &str) {
    match view {
        "users" => desk.start(),
        "members" | "profile" => desk.press(KeyCode::Enter).rest(),
        "sessions" => desk.keys("2").rest(),
        "organizations" => desk.keys("3").rest(),
        _ => desk.keys("s").rest(),
    };
}

#[test]
fn while_asking_every_view_says_so_and_after_five_seconds_that_it_waits() {
    for (view, _) in VIEWS {
        let mut desk = before(view);
        desk.hold();
        go(&mut desk, view);
        desk.shows("Asking Clerk for").lacks("Still waiting");
        desk.looks(&format!("loading_{view}"));
        desk.wait(5_000).shows("Still waiting. Esc cancels.");
        desk.looks(&format!("waiting_{view}"));
        let frames = desk.frames;
        desk.wait(60_000);
        assert_eq!(desk.frames, frames, "{view} draws while nothing happens");
        desk.press(KeyCode::Esc).lacks("Still waiting");
        if view != "profile" {
            desk.shows("Not read yet. r reads.");
            desk.keys("r").let_go().lacks("Not read yet");
        }
    }
}

#[test]
fn nobody_is_woken_for_a_wait_that_is_over() {
    let mut desk = open(SMALL);
    desk.wait(6_000);
    assert_eq!(desk.wakes(), 0);
    let frames = desk.frames;
    desk.wait(600_000);
    assert_eq!(desk.frames, frames);
}

#[test]
fn every_view_says_what_went_wrong_and_which_key_helps() {
    let page = |status| Fault::Html(status);
    let faults = [
        ("401", Fault::Status(401)),
        ("403", Fault::Status(403)),
        ("500", Fault::Status(500)),
        ("html", page(200)),
        ("nonsense", Fault::Nonsense),
    ];
    for (view, _) in VIEWS {
        for (name, fault) in faults {
            let mut desk = before(view);
            desk.server.switches().next(1_000, fault);
            go(&mut desk, view);
            let text = desk.text();
            assert!(names_a_key(&desk.said()), "{view} {name}:\n{text}");
            desk.looks(&format!("failed_{view}_{name}"));
            desk.server.switches().calm();
            desk.keys("r").rest();
            desk.lacks("r tries");
        }
    }
}

#[test]
fn refused_connections_are_said_in_every_view() {
    for (view, _) in VIEWS {
        let mut desk = before(view);
        desk.cut_off();
        go(&mut desk, view);
        desk.says("No connection to Clerk.")
            .says("Trying again; r tries now.");
        desk.looks(&format!("failed_{view}_refused"));
    }
}

#[test]
fn every_kind_of_failure_has_words_and_a_key() {
    use ErrorKind as K;
    let kinds = [
        (K::KeyRefused, Some(401)),
        (K::PlanLacks, Some(402)),
        (K::Forbidden, Some(403)),
        (K::NotFound, None),
        (K::Conflict, Some(409)),
        (K::Invalid, Some(422)),
        (K::RateLimited, Some(429)),
        (K::Server, Some(503)),
        (K::UnexpectedStatus, Some(302)),
        (K::WrongShape, Some(200)),
        (K::TooLarge, Some(200)),
        (K::NotConnected, None),
        (K::NoCertificates, None),
        (K::TimedOut, None),
        (K::Broken, None),
        (K::Crashed, None),
    ];
    for (view, go) in VIEWS {
        let mut desk = open(SMALL);
        go(&mut desk);
        for (kind, status) in kinds {
            for message in ["", "Something of theirs"] {
                let mut error = ApiError::new(kind, message);
                error.status = status;
                desk.fail(|_| true, error).keys("r").rest();
                let said = desk.said();
                assert!(names_a_key(&said), "{kind:?} {view}: {said}");
                assert!(!said.contains(".."), "{said}");
            }
        }
    }
}

#[test]
fn a_failure_leaves_the_rows_in_sight() {
    for (view, go) in VIEWS {
        for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
            let mut desk = open(size);
            go(&mut desk);
            let rows = desk.lines();
            desk.cut_off().keys("r").rest();
            desk.says("What you see is from 14:03. Trying again; r tries now.");
            desk.looks(&format!("offline_{view}_{columns}"));
            let kept = desk.lines();
            assert_eq!(rows[3..12], kept[3..12], "{view}");
            desk.keys("G");
            assert!(desk.text().contains('▌'), "{view} hides its cursor");
        }
    }
}

#[test]
fn a_key_that_is_no_longer_accepted() {
    let mut desk = open(SMALL);
    desk.server.switches().next(1_000, Fault::Status(401));
    desk.keys("r").rest();
    desk.says("Clerk no longer accepts this key. What you see is from 14:03.");
    desk.looks("offline_users_401");
}

#[test]
fn empty_views_say_so() {
    for (view, _) in VIEWS {
        let mut desk = before(view);
        desk.meddle(|fetch, answer| {
            let read_at = clerk_tui::domain::Timestamp::from_millis(1_795_438_990_000);
            Ok(match fetch {
                Fetch::Users { .. } => Answer::users(empty(read_at)),
                Fetch::UserCount { .. } => Answer::Count(0),
                Fetch::Sessions { .. } => Answer::Sessions(empty(read_at)),
                Fetch::Organizations { .. } => Answer::Organizations(empty(read_at)),
                Fetch::Members { .. } | Fetch::Memberships { .. } => {
                    Answer::Memberships(empty(read_at))
                }
                _ => return answer,
            })
        });
        go(&mut desk, view);
        let text = desk.text();
        // A profile is never empty: its sections say what they lack.
        let told = view == "profile" || names_a_key(&desk.said());
        assert!(told, "{view}:\n{text}");
        desk.looks(&format!("empty_{view}"));
        if view == "sessions_of_one" {
            desk.keys("a").looks("empty_sessions_of_one_all");
        }
    }
}

const fn empty<T>(read_at: clerk_tui::domain::Timestamp) -> Page<T> {
    Page {
        rows: Vec::new(),
        total: Some(0),
        read_at,
    }
}

#[test]
fn nothing_found() {
    let mut desk = open(SMALL);
    desk.search("nobody-at-all");
    desk.shows("Nothing found for “nobody-at-all”. Esc clears the search.");
    desk.looks("nothing_found_users");
    let mut desk = open(SMALL);
    desk.keys("3").rest().search("nobody-at-all");
    desk.shows("Nothing found for “nobody-at-all”. Esc clears the search.");
    desk.looks("nothing_found_organizations");
}

#[test]
fn a_refusal_for_haste_counts_its_seconds_in_sight() {
    let mut desk = open(SMALL);
    desk.send(Msg::Pace(Pace {
        used: 80,
        allowed: 80,
        background: 40,
        waiting: 3,
        next: Some(Moment(desk.moment().0 + 7_000)),
        asked_by_clerk: true,
        used_elsewhere: false,
    }));
    for left in (1..=7).rev() {
        desk.shows(&format!(
            "Clerk asked us to wait {left} s. Your place is kept."
        ));
        if left == 7 {
            desk.looks("gauge_429");
        }
        desk.wait(1_000);
    }
    desk.lacks("Clerk asked us to wait");
    desk.send(Msg::Pace(Pace {
        used: 70,
        allowed: 80,
        background: 40,
        ..Pace::default()
    }));
    desk.shows("70 of 80 requests in 10 s");
}

#[test]
fn a_wait_that_was_in_vain_says_so() {
    let mut desk = open(SMALL);
    let mut error = ApiError::new(ErrorKind::RateLimited, "Too many requests.");
    error.retry_after = Some(Duration::from_secs(7));
    desk.fail(|_| true, error).keys("r").rest();
    desk.says(
        "Clerk asked us to wait 7 s. What you see is from 14:03. Your place is kept. r tries again.",
    );
}

#[test]
fn an_earlier_run_may_have_made_somebody() {
    let one = |n: u32, change: &str| Unsettled {
        op: OpId { run: 1, n },
        change: change.into(),
        users: Vec::new(),
        at: Timestamp::from_millis(1_795_352_520_000),
        operator: "ann@desk".into(),
    };
    let mut desk = open(SMALL);
    let all = ["create", "create", "invite", "ban"];
    let all = (1..).zip(all).map(|(n, change)| one(n, change));
    desk.send(Msg::Unsettled(all.collect()));
    desk.looks("earlier_made_80");
}

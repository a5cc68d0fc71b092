//! Dialogs: bound to a person and a verb, armed by reading, confirmed with care.

use super::harness::{Console, of_memberships, of_sessions, users_page, whole_user};
use super::world::{error, five_alices, id, not_found, rows, session};
use crate::app::{Armed, Command, act};
use crate::domain::{Action, Answer, ErrorKind, Policy, SessionStatus};

/// A console whose cursor is on Bob, who was looked at.
pub fn on_bob() -> Console {
    let mut console = Console::with(five_alices());
    console.look();
    console
}

/// A dialog that was read and looked at.
pub fn with_dialog(key: &str) -> Console {
    let mut console = on_bob();
    console.press(key).settle().look();
    console
}

pub fn must_wait(console: &mut Console, note: &str) {
    assert!(console.has_dialog());
    assert_eq!(console.note(), note);
    assert!(console.sent.is_empty());
}

#[test]
fn a_dialog_reads_the_person_again_before_it_is_armed() {
    let mut console = on_bob();
    console.press("B").look();
    assert!(console.asks(whole_user) && console.asks(of_sessions));
    assert_eq!(console.dialog().armed(), Armed::Reading);
    console.press("y");
    must_wait(&mut console, "Still reading. One moment.");
    console.answer(whole_user).look().press("y");
    must_wait(&mut console, "Still reading. One moment.");
    console.answer(of_sessions).look().press("y");
    must_wait(&mut console, "Still reading. One moment.");
    console.answer(of_memberships);
    assert_eq!(console.dialog().armed(), Armed::Yes);
    console.look().press("y");
    assert_eq!(*console.only_change(), Action::Ban(id(1)));
}

#[test]
fn a_failed_reading_arms_nothing_and_says_why() {
    let mut console = on_bob();
    let lost = error(ErrorKind::TimedOut, "");
    console
        .press("B")
        .answer_with(whole_user, Err(lost))
        .settle();
    let why = "No answer from Clerk in time.";
    assert_eq!(console.dialog().armed(), Armed::Failed(why.to_owned()));
    console.look().press("y");
    must_wait(&mut console, why);
}

#[test]
fn a_ban_dialog_says_what_follows() {
    let mut console = on_bob();
    let bob = id(1);
    console.world.sessions = vec![
        session(1, &bob, "2026-11-23T14:00:00Z"),
        session(2, &bob, "2026-11-22T14:00:00Z"),
    ];
    console.press("B").settle();
    let dialog = console.dialog();
    assert_eq!(dialog.title(), "Ban Bob Bell?");
    let clock = &console.model.ctx.clock;
    let lines = dialog.consequences(clock);
    assert!(lines[0].text().contains("Signs out 2 sessions"));
    assert!(dialog.who().text().contains("bob.bell@example.com"));
    assert!(dialog.who().text().contains("000001"));
}

#[test]
fn y_too_early_says_look_first() {
    let mut console = on_bob();
    console.press("B").settle().later(249).press("y");
    must_wait(&mut console, "Look first, then y.");
    console.later(249).press("y");
    must_wait(&mut console, "Look first, then y.");
    console.later(250).press("y");
    assert_eq!(*console.only_change(), Action::Ban(id(1)));
}

#[test]
fn y_before_the_armed_dialog_was_drawn_says_look_first() {
    let mut console = on_bob();
    console.press("B").drawn().later(1_000);
    console.answer_next().answer_next().answer_next().press("y");
    must_wait(&mut console, "Look first, then y.");
}

#[test]
fn y_in_a_burst_of_keys_says_look_first() {
    let mut console = with_dialog("B");
    console.press("→ ← y");
    must_wait(&mut console, "Look first, then y.");
    for _ in 0..50 {
        console.later(100).press("y");
        must_wait(&mut console, "Look first, then y.");
    }
}

#[test]
fn any_key_that_means_nothing_cancels() {
    let keys = "Y n q Esc Enter Space x B D E R j ↑ 1 / F1 F5 ^c ^y Backspace PgDn";
    for key in keys.split(' ') {
        let mut console = with_dialog("B");
        console.press(key);
        assert!(!console.has_dialog(), "{key}");
        assert!(console.sent.is_empty() && !console.quit, "{key}");
        console.later(1_000).press("y");
        assert!(console.sent.is_empty(), "{key}");
    }
}

#[test]
fn enter_does_it_only_after_an_arrow() {
    let mut console = with_dialog("B");
    console.press("→").later(250).press("Enter");
    assert_eq!(*console.only_change(), Action::Ban(id(1)));

    let mut console = with_dialog("B");
    console.press("→ ←").later(250).press("Enter");
    assert!(!console.has_dialog() && console.sent.is_empty());

    let mut console = with_dialog("B");
    console.press("→ Enter");
    must_wait(&mut console, "Look first, then Enter.");
}

#[test]
fn a_colleague_who_banned_first_is_not_undone() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).banned = true;
    console.press("B").settle();
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "Bob Bell was banned by somebody else meanwhile. Nothing was sent."
    );
    assert_eq!(
        console.selected().status,
        crate::domain::Status::Banned,
        "the row shows what is true"
    );
    console.look().press("y");
    assert!(console.sent.is_empty());
}

#[test]
fn a_colleague_who_unbanned_first_is_not_undone() {
    let mut people = five_alices();
    people[0].banned = true;
    let mut console = Console::with(people);
    console.look();
    console.world.find_mut(&id(1)).banned = false;
    console.press("B");
    assert_eq!(console.dialog().title(), "Unban Bob Bell?");
    console.settle();
    assert!(!console.has_dialog() && console.sent.is_empty());
    assert_eq!(
        console.toast(),
        "Bob Bell is not banned any more. Nothing was sent."
    );
}

#[test]
fn the_verb_stays_what_it_was_though_the_row_changes_under_it() {
    let mut console = on_bob();
    console.press("r B");
    let refresh = console.ask(users_page);
    console.settle();
    let mut banned = five_alices();
    banned[0].banned = true;
    console.reply(&refresh, Ok(Answer::users(rows(&banned))));
    assert_eq!(console.dialog().title(), "Ban Bob Bell?");
    console.look().press("y");
    assert_eq!(*console.only_change(), Action::Ban(id(1)));
}

#[test]
fn somebody_already_gone_is_gone_once() {
    let mut console = on_bob();
    console.press("Enter").settle().look();
    console.world.remove(&id(1));
    console.press("r B");
    while !console.asked.is_empty() {
        console.answer_next();
    }
    assert!(!console.has_dialog() && console.profile().is_none());
    assert_eq!(
        console.toast(),
        "Bob Bell was deleted by somebody else. The row is gone."
    );
    assert_eq!(console.users().total.value(), Some(&6), "counted down once");
    assert_eq!(console.names().len(), 6);
}

#[test]
fn a_refused_404_takes_the_row_politely() {
    let mut console = with_dialog("B");
    console.press("y");
    console.world.remove(&id(1));
    console.ends(crate::domain::Outcome::Refused(not_found()));
    assert_eq!(
        console.toast(),
        "Bob Bell was deleted by somebody else. The row is gone."
    );
    assert_eq!(console.names().len(), 6);
}

#[test]
fn a_second_press_while_one_is_on_its_way_does_nothing() {
    let mut console = with_dialog("B");
    console.press("y");
    assert_eq!(
        console.model.jobs.of(&id(1)).unwrap().progress(),
        "~ banning"
    );
    for key in ["B", "D", "E", "L", "P", "R"] {
        console.look().press(key);
        assert!(!console.has_dialog(), "{key}");
        assert_eq!(
            console.toast(),
            "A change of Bob Bell is still on its way. One moment."
        );
    }
    console.later(1_000).press("y y");
    assert_eq!(console.sent.len(), 1);
    console.done().look().press("B").settle().look().press("y");
    assert_eq!(console.sent[1].action, Action::Unban(id(1)));
}

#[test]
fn somebody_else_may_be_changed_meanwhile() {
    let mut console = with_dialog("B");
    console
        .press("y")
        .look()
        .press("j")
        .look()
        .press("B")
        .settle()
        .look()
        .press("y");
    assert_eq!(console.sent.len(), 2);
    assert_ne!(console.sent[0].op, console.sent[1].op);
    assert_eq!(console.sent[1].action, Action::Ban(id(2)));
}

#[test]
fn a_read_only_run_offers_no_change_and_sends_none() {
    let policy = Policy::read_only();
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look();
    let offered = act::applicable(&console.model);
    assert!(offered.iter().all(|command| !command.is_change()));
    for key in ["B", "D", "E", "L", "P", "R"] {
        console.press(key).settle().look();
        assert!(!console.has_dialog(), "{key}");
        assert!(
            console
                .toast()
                .starts_with(&format!("{key} does nothing here."))
        );
    }
    console.press("d");
    assert_eq!(console.toast(), "d does nothing. ? shows what does.");
    // Past the keys, too: the permit is what counts.
    act::perform(&mut console.model, Command::Ban);
    console.settle().look().press("y");
    assert!(console.sent.is_empty());
}

#[test]
fn r_revokes_only_a_live_session() {
    let bob = id(1);
    let mut console = on_bob();
    let mut old = session(2, &bob, "2026-11-20T14:00:00Z");
    old.status = SessionStatus::Ended;
    console.world.sessions = vec![session(1, &bob, "2026-11-23T14:00:00Z"), old];
    console.press("s").settle().press("a").settle().look();
    assert!(act::applicable(&console.model).contains(&Command::Revoke));
    console.press("R").settle().look().press("y");
    let Action::Revoke { session, user } = console.only_change() else {
        panic!("{:?}", console.sent);
    };
    assert_eq!((session.as_str(), user), ("sess_000001", &bob));
    console.done().settle().press("j").look();
    assert!(!act::applicable(&console.model).contains(&Command::RevokeOthers));
    console.press("R");
    assert!(!console.has_dialog(), "it asks which");
    assert_eq!(console.toast(), "Revoke of Bob Bell: a all sessions");
    console.press("Esc 1").settle().look().press("R");
    assert!(!console.has_dialog());
}

#[test]
fn r_is_about_the_session_that_was_seen() {
    let bob = id(1);
    let mut console = on_bob();
    console.world.sessions = vec![
        session(1, &bob, "2026-11-23T14:00:00Z"),
        session(2, &bob, "2026-11-22T14:00:00Z"),
    ];
    console.press("s").settle().look();
    console.press("r").drawn();
    console.world.sessions.remove(0);
    console.answer(of_sessions).press("R");
    let action = console.dialog().action().cloned();
    assert!(
        matches!(action, Some(Action::Revoke { session, .. }) if session.as_str() == "sess_000001")
    );
    console.settle();
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "That session has ended already. Nothing was sent."
    );
}

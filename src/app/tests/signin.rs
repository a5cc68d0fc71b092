//! Locking, and the ways to sign in: bound to a person and a verb.

use super::dialogs::{on_bob, with_dialog};
use super::harness::{Console, of_sessions, whole_user};
use super::world::{error, five_alices, id, session};
use crate::app::report::fixtures;
use crate::app::{Armed, Layer};
use crate::domain::{Action, Answer, Credential, ErrorKind, Factors, Outcome, Secret, SessionId};

/// A console on Bob, who has a password, a second factor and two ways in.
pub(super) fn on_rich_bob() -> Console {
    let mut people = five_alices();
    let bob = &mut people[0];
    (bob.password, bob.two_factor, bob.totp) = (true, true, true);
    bob.passkeys = vec![fixtures::passkey("MacBook")];
    bob.accounts = vec![fixtures::account("oauth_google")];
    let mut console = Console::with(people);
    console.world.sessions = (1..=3)
        .map(|n| session(n, &id(1), "2026-11-23T14:00:00Z"))
        .collect();
    console.look();
    console
}

/// The words of the dialog.
pub(super) fn words(console: &Console) -> String {
    let lines = console.dialog().consequences(&console.model.ctx.clock);
    let lines: Vec<String> = lines.iter().map(crate::app::document::Line::text).collect();
    lines.join("\n")
}

fn revoked(console: &Console) -> Vec<&str> {
    let session = |action: &'_ Action| match action {
        Action::Revoke { session, .. } => session.clone(),
        other => panic!("{other:?}"),
    };
    let ids: Vec<SessionId> = console.sent.iter().map(|c| session(&c.action)).collect();
    ids.iter()
        .map(|id| match id.last_six() {
            "000001" => "1",
            "000002" => "2",
            _ => "3",
        })
        .collect()
}

#[test]
fn a_lock_is_sent_for_whom_was_seen() {
    let mut console = with_dialog("L");
    assert_eq!(console.dialog().title(), "Lock Bob Bell?");
    console.press("y y y");
    assert_eq!(*console.only_change(), Action::Lock(id(1)));
    console.done().look().press("L").settle().look().press("y");
    assert_eq!(console.sent[1].action, Action::Unlock(id(1)));
}

#[test]
fn a_colleague_who_locked_first_is_not_undone() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).locked = true;
    console.press("L").settle();
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "Bob Bell was locked by somebody else meanwhile. Nothing was sent."
    );
    console.look().press("y");
    assert!(console.sent.is_empty());
}

#[test]
fn a_colleague_who_unlocked_first_is_not_undone() {
    let mut people = five_alices();
    people[0].locked = true;
    let mut console = Console::with(people);
    console.look();
    console.world.find_mut(&id(1)).locked = false;
    console.press("L");
    assert_eq!(console.dialog().title(), "Unlock Bob Bell?");
    console.settle();
    assert!(!console.has_dialog() && console.sent.is_empty());
    assert_eq!(
        console.toast(),
        "Bob Bell is not locked any more. Nothing was sent."
    );
}

#[test]
fn all_sessions_are_revoked_one_after_the_other() {
    let mut console = on_rich_bob();
    console.press("R");
    assert_eq!(console.toast(), "Revoke of Bob Bell: a all sessions");
    console.press("a");
    assert_eq!(console.dialog().title(), "Sign out everywhere: Bob Bell?");
    assert_eq!(console.dialog().armed(), Armed::Reading);
    console.settle().look();
    assert!(words(&console).contains("Signs out 3 sessions."));
    console.press("y y y");
    assert_eq!(revoked(&console), ["1"], "the others wait");
    console.done();
    assert_eq!(revoked(&console), ["1", "2"]);
    assert_eq!(console.model.jobs.open().len(), 1);
    console.done().done().settle();
    assert_eq!(revoked(&console), ["1", "2", "3"]);
    assert_eq!(
        console.toast(),
        "Bob Bell lost 3 sessions; their tokens live up to 60 s."
    );
    assert!(console.model.jobs.open().is_empty());
    let mut ops: Vec<u32> = console.sent.iter().map(|change| change.op.n).collect();
    ops.dedup();
    assert_eq!(ops.len(), 3, "each step has a number of its own");
}

#[test]
fn a_step_that_fails_stops_the_rest_and_says_which() {
    let mut console = on_rich_bob();
    console.press("R a").settle().look().press("y").done();
    let no = error(ErrorKind::Forbidden, "Not today.");
    console.ends(Outcome::Refused(no)).settle();
    assert_eq!(
        console.toast(),
        "1 of 3 revoked, not …000002, …000003. The revocation was not done: Not today."
    );
    assert_eq!(console.sent.len(), 2);
    assert!(console.model.jobs.open().is_empty());
}

#[test]
fn a_step_without_an_answer_is_read_back_and_the_rest_goes_on() {
    let mut console = on_rich_bob();
    console.press("R a").settle().look().press("y");
    let first = console.sent[0].action.clone();
    console.world.obey(&first);
    let lost = error(ErrorKind::TimedOut, "");
    console.ends(Outcome::Unknown(lost)).answer(of_sessions);
    assert_eq!(revoked(&console), ["1", "2"]);
    console.done().done();
    assert!(console.toast().starts_with("Bob Bell lost 3 sessions"));
}

#[test]
fn all_others_keep_the_chosen_row() {
    let mut console = on_rich_bob();
    console.press("s").settle().press("j").look().press("R");
    assert_eq!(console.dialog().title(), "Revoke a session of Bob Bell?");
    console.settle().look().press("o");
    assert_eq!(console.dialog().title(), "Sign out elsewhere: Bob Bell?");
    console.press("y");
    assert!(console.sent.is_empty(), "it is read and looked at anew");
    console.settle().look().press("y").done().done().settle();
    assert_eq!(revoked(&console), ["1", "3"]);
    assert_eq!(console.sessions().list.rows().len(), 1);
}

#[test]
fn sessions_that_could_not_be_read_are_not_revoked() {
    let mut console = on_rich_bob();
    console.press("R a").answer(whole_user);
    console.answer_with(of_sessions, Err(error(ErrorKind::TimedOut, "")));
    let why = "No answer from Clerk in time.".to_owned();
    assert_eq!(console.dialog().armed(), Armed::Failed(why));
    console.look().press("y");
    assert!(console.sent.is_empty());

    let mut console = on_rich_bob();
    console.world.sessions.clear();
    console.press("R a").settle();
    assert_eq!(
        console.toast(),
        "Bob Bell has no active session. Nothing was sent."
    );
}

#[test]
fn the_sign_in_menu_names_only_what_is_possible() {
    let mut console = on_rich_bob();
    console.press("P");
    assert_eq!(
        console.toast(),
        "Sign-in of Bob Bell: m MFA · c compromised · p password · k passkey · l link"
    );
    console.press("Esc j").look().press("P");
    assert_eq!(
        console.toast(),
        "Sign-in of Alice Chen: p password · l link"
    );
    console.press("m");
    assert!(!console.has_dialog());
    assert_eq!(console.toast(), "P m does nothing here. ? shows what does.");
}

#[test]
fn a_chord_is_about_whom_was_seen_at_its_first_key_or_about_nobody() {
    let mut console = on_rich_bob();
    console.press("P");
    console.world.people.rotate_left(1);
    let users = console.model.history.users_mut().unwrap();
    crate::app::AnyList::move_by(&mut users.list, 1);
    console.press("c");
    assert_eq!(console.dialog().person.id, id(1), "nothing else was seen");
    console.press("Esc k").look().press("P j").look();
    assert!(!console.has_dialog());
    let mut console = on_rich_bob();
    console.press("P");
    let users = console.model.history.users_mut().unwrap();
    crate::app::AnyList::move_by(&mut users.list, 1);
    console.drawn().press("l");
    assert!(!console.has_dialog());
    let text = "The cursor is on somebody else now. Look again.";
    assert_eq!(console.toast(), text);
}

#[test]
fn mfa_is_reset_once_the_person_is_named() {
    let mut console = on_rich_bob();
    console.press("P m").settle().look();
    assert!(words(&console).contains("This cannot be undone."));
    console.type_text("000002").look().press("Enter");
    assert!(console.sent.is_empty());
    console
        .press("^u")
        .type_text("000001")
        .look()
        .press("Enter Enter");
    let (user, factors) = (id(1), Factors::All);
    let reset = Action::RemoveFactors { user, factors };
    assert_eq!(*console.only_change(), reset);
    console.done().settle();
    assert_eq!(console.toast(), "Bob Bell lost the second factor.");
    console.look().press("P");
    assert!(!console.toast().contains("MFA"), "{}", console.toast());
}

#[test]
fn what_a_colleague_took_first_is_not_taken_again() {
    for (keys, said) in [
        (
            "P m",
            "Bob Bell has no second factor any more. Nothing was sent.",
        ),
        (
            "P c",
            "Bob Bell has no password any more. Nothing was sent.",
        ),
        (
            "P k",
            "Bob Bell has no passkey and no linked account any more. Nothing was sent.",
        ),
        (
            "P l",
            "Bob Bell is banned and cannot sign in. Nothing was sent.",
        ),
    ] {
        let mut console = on_rich_bob();
        let bob = console.world.find_mut(&id(1));
        (bob.password, bob.two_factor, bob.banned) = (false, false, true);
        bob.passkeys.clear();
        bob.accounts.clear();
        console.press(keys).settle().look();
        assert_eq!(console.toast(), said);
        assert!(!console.has_dialog() && console.sent.is_empty());
    }
}

#[test]
fn a_compromised_password_signs_out_everywhere() {
    let mut console = on_rich_bob();
    console.press("P c").settle().look();
    assert!(words(&console).contains("Signs out 3 sessions"));
    console.press("y");
    let distrust = Action::DistrustPassword {
        user: id(1),
        revoke_sessions: true,
    };
    assert_eq!(*console.only_change(), distrust);
    console.done();
    assert_eq!(console.toast(), "Bob Bell has to choose a new password.");
}

#[test]
fn one_of_several_ways_in_is_chosen_first() {
    let mut console = on_rich_bob();
    console.press("P k").settle().look().press("j Enter");
    assert!(!console.note().contains("Still"), "{}", console.note());
    console.settle().look();
    assert!(words(&console).contains("Google"), "{}", words(&console));
    console.type_text("000001").look().press("Enter");
    let Action::RemoveCredential { credential, .. } = console.only_change() else {
        panic!("{:?}", console.sent);
    };
    assert!(matches!(credential, Credential::Account(_)));
    console.done();
    assert!(console.world.find(&id(1)).unwrap().accounts.is_empty());
}

#[test]
fn a_sign_in_link_is_copied_and_shown_once() {
    let mut console = on_rich_bob();
    console.press("P l").settle().look().press("y").done();
    let link = "https://demo.example/in?t=let-me-in";
    assert_eq!(console.copied, [link]);
    let Layer::Link(shown) = &console.model.layer else {
        panic!("{:?}", console.model.layer);
    };
    assert_eq!(shown.text(), link);
    assert!(!format!("{:?}", console.model).contains("let-me-in"));
    console.press("j B y");
    assert_eq!(console.copied.len(), 2);
    console.press("Esc");
    assert!(matches!(console.model.layer, Layer::None));
    assert_eq!(console.sent.len(), 1);
}

#[test]
fn a_link_that_would_steer_a_terminal_is_copied_with_symbols_for_it() {
    let mut console = on_rich_bob();
    console.press("P l").settle().look().press("y");
    let action = console.changing[0].action.clone();
    let Answer::SignInToken(mut made) = console.world.obey(&action) else {
        panic!("no link");
    };
    made.url = Some(Secret::new("https://demo.example/\u{1b}[2J\u{202e}\r"));
    console.ends(Outcome::Done(Box::new(Answer::SignInToken(made))));
    let safe = "https://demo.example/\u{241b}[2J\u{fffd}\u{240d}";
    assert_eq!(console.copied, [safe]);
    let Layer::Link(shown) = &console.model.layer else {
        panic!("{:?}", console.model.layer);
    };
    assert_eq!(shown.text(), safe);
}

#[test]
fn a_link_waits_until_the_dialog_above_is_closed() {
    let mut console = on_rich_bob();
    console.press("P l").settle().look().press("y");
    console.press("j").look().press("B").settle().done();
    assert!(console.has_dialog());
    console.press("Esc");
    assert!(matches!(console.model.layer, Layer::Link(_)));
}

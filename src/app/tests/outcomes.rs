//! How changes end.

use super::harness::{Asked, Console, of_sessions, users_page, whole_user};
use super::world::{error, five_alices, id, not_found, session};
use crate::app::Tone;
use crate::domain::{Action, Answer, ErrorKind, Outcome, Status};

fn sent(key: &str) -> Console {
    let mut console = Console::with(five_alices());
    console.look().press(key).settle();
    if key == "D" {
        console.type_text("000001");
        console.look().press("Enter");
    } else {
        console.look().press("y");
    }
    assert_eq!(console.changing.len(), 1);
    console
}

fn lost() -> Outcome {
    Outcome::Unknown(error(ErrorKind::TimedOut, "No answer."))
}

fn status(console: &Console) -> Status {
    console.model.people.get(&id(1)).unwrap().status
}

#[test]
fn a_ban_done_shows_in_the_row_and_says_so() {
    let mut console = sent("B");
    assert_eq!(status(&console), Status::Ok, "pessimistic until the answer");
    console.done();
    assert_eq!(status(&console), Status::Banned);
    assert_eq!(console.toast(), "Bob Bell is banned.");
    assert!(console.model.jobs.open().is_empty());
}

#[test]
fn a_refusal_says_clerks_words_and_changes_no_row() {
    let mut console = sent("B");
    let mut refusal = error(ErrorKind::Forbidden, "The last owner cannot be banned.");
    refusal.status = Some(403);
    console.ends(Outcome::Refused(refusal));
    assert_eq!(
        console.toast(),
        "The ban was not done: The last owner cannot be banned."
    );
    assert_eq!(console.model.ctx.toast.as_ref().unwrap().tone, Tone::Bad);
    assert_eq!(status(&console), Status::Ok);
    assert!(console.model.jobs.open().is_empty());
    console.later(60_000);
    assert!(!console.toast().is_empty(), "bad news stays until a key");
    console.press("j");
    assert!(console.toast().is_empty());
}

#[test]
fn a_change_that_never_left_says_so() {
    let mut console = sent("B");
    let offline = error(ErrorKind::NotConnected, "The network is unreachable.");
    console.ends(Outcome::NotSent(offline));
    assert!(
        console
            .toast()
            .starts_with("The ban was not done: No connection to Clerk.")
    );
    assert_eq!(status(&console), Status::Ok);
}

#[test]
fn without_an_answer_the_person_is_read_again_and_the_truth_told() {
    let mut console = sent("B");
    console.world.obey(&Action::Ban(id(1)));
    console.ends(lost());
    assert_eq!(
        console.toast(),
        "No answer to the ban. Reading Bob Bell again…"
    );
    assert_eq!(console.model.jobs.open().len(), 1, "not over yet");
    console.answer(whole_user);
    assert_eq!(console.toast(), "Bob Bell is banned.");
    assert_eq!(status(&console), Status::Banned);
    assert_eq!(console.sent.len(), 1, "and nothing is sent again");
}

#[test]
fn a_ban_that_did_not_happen_is_said_not_to_have_happened() {
    let mut console = sent("B");
    console.ends(lost()).answer(whole_user);
    assert_eq!(
        console.toast(),
        "No answer to the ban, and it did not happen. Bob Bell is as before."
    );
    assert_eq!(status(&console), Status::Ok);
    assert!(console.model.jobs.open().is_empty() && console.sent.len() == 1);
}

#[test]
fn read_back_as_gone_after_a_ban_means_gone_and_after_a_delete_done() {
    let mut console = sent("B");
    console.world.remove(&id(1));
    console.ends(lost()).answer(whole_user);
    assert_eq!(
        console.toast(),
        "Bob Bell was deleted by somebody else. The row is gone."
    );

    let mut console = sent("D");
    console.world.remove(&id(1));
    console.ends(lost()).answer(whole_user);
    assert_eq!(console.toast(), "Bob Bell was deleted.");
    assert_eq!(console.names().len(), 6);
}

#[test]
fn a_reading_back_that_fails_claims_nothing() {
    let mut console = sent("B");
    let offline = error(ErrorKind::NotConnected, "");
    console.ends(lost()).answer_with(whole_user, Err(offline));
    assert!(
        console
            .toast()
            .starts_with("Nobody knows yet whether the ban happened")
    );
    assert_eq!(status(&console), Status::Ok);
}

#[test]
fn an_answer_without_a_user_is_followed_by_reading() {
    let mut console = sent("B");
    console.world.obey(&Action::Ban(id(1)));
    console.ends(Outcome::Done(Box::new(Answer::Count(1))));
    console.answer(whole_user);
    assert_eq!(console.toast(), "Bob Bell is banned.");
}

#[test]
fn a_deletion_removes_row_count_and_profile() {
    let mut console = Console::with(five_alices());
    console
        .look()
        .press("Enter")
        .settle()
        .look()
        .press("D")
        .settle();
    console.type_text("000001").look().press("Enter").done();
    assert!(console.profile().is_none());
    assert_eq!(console.names().len(), 6);
    assert_eq!(console.users().total.value(), Some(&6));
    assert_eq!(console.toast(), "Bob Bell was deleted.");
    console.press(">");
    assert!(console.profile().is_none(), "nor is the profile ahead");
}

#[test]
fn a_deletion_lessens_only_a_find_that_had_found_them() {
    let mut console = Console::with(five_alices());
    console.world.organizations = vec![super::world::organization(1, "Acme")];
    console.world.members = vec![(console.world.organizations[0].id.clone(), id(1))];
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.press("3").settle().press("Enter").settle().look();
    console
        .press("D")
        .settle()
        .type_text("000001")
        .look()
        .press("Enter")
        .done();
    assert_eq!(console.users().found(), Some(5));
    assert_eq!(console.users().total.value(), Some(&6));
}

#[test]
fn a_reading_older_than_a_change_does_not_undo_it_on_the_screen() {
    let mut console = sent("B");
    console.press("r").drawn();
    let older: Asked = console.ask(users_page);
    let answer = console.world.answer(&older.fetch);
    console.done().reply(&older, answer).settle();
    assert_eq!(status(&console), Status::Banned);

    let mut console = sent("D");
    console.press("r").drawn();
    let older: Asked = console.ask(users_page);
    let answer = console.world.answer(&older.fetch);
    console.done().reply(&older, answer).settle();
    assert_eq!(console.names().len(), 6);
}

#[test]
fn a_reading_that_nobody_awaits_teaches_nothing() {
    let mut console = sent("B");
    console.press("Enter").drawn();
    let older = console.ask(whole_user);
    let answer = console.world.answer(&older.fetch);
    console.done().reply(&older, answer).settle();
    assert_eq!(status(&console), Status::Banned);
}

#[test]
fn an_outcome_that_comes_twice_counts_once() {
    let mut console = sent("B");
    let op = console.changing[0].op;
    let answer = console.world.obey(&Action::Ban(id(1)));
    for _ in 0..2 {
        let outcome = Outcome::Done(Box::new(answer.clone()));
        console.feed(crate::app::Msg::Changed { op, outcome });
    }
    assert_eq!(console.toast(), "Bob Bell is banned.");
    console.feed(crate::app::Msg::Changed {
        op,
        outcome: lost(),
    });
    assert!(!console.asks(whole_user));
}

#[test]
fn a_session_that_is_not_there_any_more_is_not_a_user_who_is_gone() {
    let mut console = Console::with(five_alices());
    console.world.sessions = vec![
        session(1, &id(1), "2026-11-23T14:00:00Z"),
        session(2, &id(1), "2026-11-22T14:00:00Z"),
    ];
    console
        .look()
        .press("s")
        .settle()
        .look()
        .press("R")
        .settle()
        .look()
        .press("y");
    console.world.sessions.remove(0);
    console.ends(Outcome::Refused(not_found())).settle();
    assert_eq!(console.names().len(), 7);
    assert_eq!(console.sessions().list.rows().len(), 1);
    assert!(!console.toast().contains("deleted"), "{}", console.toast());
}

#[test]
fn a_revocation_without_an_answer_is_read_back_from_the_sessions() {
    for happened in [true, false] {
        let mut console = Console::with(five_alices());
        console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z")];
        console
            .look()
            .press("s")
            .settle()
            .look()
            .press("R")
            .settle()
            .look()
            .press("y");
        if happened {
            let action = console.only_change().clone();
            console.world.obey(&action);
        }
        console.ends(lost()).answer(of_sessions);
        let said = console.toast();
        assert_eq!(said.contains("did not happen"), !happened, "{said}");
        console.settle();
        assert_eq!(console.sessions().list.rows().len(), usize::from(!happened));
    }
}

#[test]
fn a_ban_takes_their_sessions_out_of_every_view() {
    for per_person in [true, false] {
        let mut console = Console::with(five_alices());
        console.world.sessions_per_person = per_person;
        console.world.sessions = vec![
            session(1, &id(1), "2026-11-23T14:00:00Z"),
            session(2, &id(2), "2026-11-22T14:00:00Z"),
        ];
        console
            .press("2")
            .settle()
            .look()
            .press("B")
            .settle()
            .look()
            .press("y");
        console.done().settle();
        let rows = console.sessions().list.rows();
        assert_eq!(rows.len(), 1, "per person: {per_person}");
    }
}

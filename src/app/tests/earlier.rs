//! Changes of earlier runs that nobody knows the end of.

use super::harness::{Console, whole_user};
use super::world::{error, five_alices, id, not_found};
use crate::app::Msg;
use crate::domain::{ErrorKind, Fetch, OpId, Outcome, Timestamp, Unsettled};

fn unsettled(n: u32, person: usize) -> Unsettled {
    Unsettled {
        op: OpId { run: 1, n },
        change: "ban".into(),
        users: vec![id(person)],
        at: Timestamp::from_millis(0),
        operator: "ann@desk".into(),
    }
}

#[test]
fn one_is_told_read_back_and_recorded() {
    let mut console = Console::with(five_alices());
    console.feed(Msg::Unsettled(vec![unsettled(1, 1)]));
    assert_eq!(
        console.toast(),
        "One change of an earlier run has no known outcome: ban of user_000001."
    );
    console.answer(whole_user);
    assert_eq!(
        console.toast(),
        "Read back after the ban of user_000001: not banned."
    );
    let op = OpId { run: 1, n: 1 };
    assert_eq!(console.settled, [(op, "not banned".to_owned())]);
}

#[test]
fn many_are_told_together() {
    let mut console = Console::with(five_alices());
    let many = (1..=30).map(|n| unsettled(n, 1)).collect();
    console.feed(Msg::Unsettled(many));
    assert!(
        console
            .toast()
            .starts_with("30 changes of earlier runs have no known outcome, the last:")
    );
    console.settle();
    assert_eq!(console.settled.len(), 20, "the rest at the next start");
    assert!(console.toast().contains("clerk-tui audit"));
}

#[test]
fn who_is_gone_was_deleted_and_who_cannot_be_read_stays_open() {
    let mut console = Console::with(five_alices());
    console.feed(Msg::Unsettled(vec![unsettled(1, 1)]));
    console.answer_with(whole_user, Err(not_found()));
    assert_eq!(console.settled[0].1, "deleted");
    console.feed(Msg::Unsettled(vec![unsettled(2, 2)]));
    let offline = error(ErrorKind::NotConnected, "refused");
    console.answer_with(whole_user, Err(offline));
    assert_eq!(console.settled.len(), 1);
    assert_eq!(
        console.toast(),
        "Nobody knows yet how this ended: ban of user_000002."
    );
}

#[test]
fn a_change_of_this_run_that_was_read_back_is_recorded_too() {
    let mut console = Console::with(five_alices());
    console.look().press("B").settle().look().press("y");
    let op = console.changing[0].op;
    console.world.obey(&console.sent[0].action.clone());
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "No answer.")));
    console.settle();
    assert_eq!(console.settled, [(op, "it was done".to_owned())]);
}

#[test]
fn what_a_profile_does_not_show_is_told_and_settled_all_the_same() {
    let mut console = Console::with(five_alices());
    let change = |change: &str, people: &[usize]| Unsettled {
        change: change.into(),
        users: people.iter().map(|n| id(*n)).collect(),
        ..unsettled(1, 1)
    };
    console.feed(Msg::Unsettled(vec![change("set-password", &[1])]));
    console.answer(whole_user);
    assert_eq!(console.settled[0].1, "the profile does not tell");
}

#[test]
fn a_bulk_change_is_read_back_for_each_of_its_people() {
    let mut console = Console::with(five_alices());
    console.world.find_mut(&id(2)).banned = true;
    let bulk = Unsettled {
        users: vec![id(1), id(2)],
        ..unsettled(1, 1)
    };
    console.feed(Msg::Unsettled(vec![bulk]));
    assert!(console.toast().ends_with(": ban of 2 people."));
    console.answer(|fetch| matches!(fetch, Fetch::UsersById(users) if *users == [id(1), id(2)]));
    let words = "1 of 2 are banned; not banned: user_000001";
    assert_eq!(
        console.toast(),
        format!("Read back after the ban of 2 people: {words}.")
    );
    let op = OpId { run: 1, n: 1 };
    assert_eq!(console.settled, [(op, words.to_owned())]);
}

#[test]
fn what_made_somebody_is_to_be_looked_for_by_hand() {
    let nobody = |n: u32, change: &str| Unsettled {
        change: change.into(),
        users: Vec::new(),
        ..unsettled(n, 1)
    };
    let create = "An earlier run asked Clerk to create a user (1970-01-01) and got no answer. \
                  Look at the newest users before doing it again.";
    let mut console = Console::with(five_alices());
    console.feed(Msg::Unsettled(vec![nobody(1, "create")]));
    assert_eq!(console.toast(), create);
    assert!(console.asked.is_empty());
    assert_eq!(console.settled.len(), 1, "once told is enough");
    console.later(60_000);
    assert_eq!(console.toast(), create, "it stays until a key");

    // What is read back of others does not push it away.
    let mut console = Console::with(five_alices());
    let invite = nobody(3, "invite");
    console.feed(Msg::Unsettled(vec![
        unsettled(1, 1),
        invite,
        unsettled(2, 2),
    ]));
    console.settle();
    assert_eq!(console.settled.len(), 3);
    assert_eq!(
        console.toast(),
        "An earlier run asked Clerk to invite somebody (1970-01-01) and got no answer. \
         Look at the invitations (N l) before doing it again. More: clerk-tui audit."
    );
}

#[test]
fn why_a_change_is_not_on_record_is_told() {
    let mut console = Console::with(five_alices());
    console.feed(Msg::NotRecorded("The disk is full.".to_owned()));
    assert_eq!(
        console.toast(),
        "The end of a change is not on record. The disk is full."
    );
}

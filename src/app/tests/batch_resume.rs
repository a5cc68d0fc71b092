//! What an earlier run left of a batch.

use super::harness::Console;
use super::many::{crowd, marked};
use super::world::{error, id};
use crate::app::batch::{Fate, State};
use crate::app::report::fixtures;
use crate::app::{Layer, Msg};
use crate::domain::{BatchId, ErrorKind, Interrupted, OpId, Plan, Policy, ToEach};

fn left(n: u32, what: ToEach, users: usize, left: std::ops::Range<usize>) -> Interrupted {
    Interrupted {
        plan: Plan {
            batch: BatchId(OpId { run: 3, n }),
            at: fixtures::at("2026-11-23T13:02:00Z"),
            what,
            users: (0..users).map(id).collect(),
            reason: Some("spam wave".into()),
        },
        operator: "ann@desk".into(),
        left: left.map(id).collect(),
    }
}

fn start_with(interrupted: Vec<Interrupted>, policy: Policy) -> Console {
    let mut console = Console::start_as(crowd(30), (80, 24), policy);
    console.settle();
    console.feed(Msg::Interrupted(interrupted));
    console.look();
    console
}

fn offered(console: &Console) -> bool {
    matches!(console.model.layer, Layer::Resume(_))
}

#[test]
fn the_next_start_offers_the_rest_and_y_finishes_it() {
    let console = &mut start_with(vec![left(1, ToEach::Delete, 30, 12..30)], Policy::default());
    let said = console.said();
    assert!(said.contains("Delete 30: 12 done, 18 left."), "{said}");
    assert!(said.contains("Begun today 13:02 by ann@desk."), "{said}");
    for n in 0..12 {
        console.world.remove(&id(n));
    }
    // One of those left was deleted before the end, and nobody heard of it.
    console.world.remove(&id(12));
    console.press("y");
    assert!(console.sent.is_empty(), "they are read again first");
    console.settle();
    assert_eq!(console.changing.len(), 8);
    let batch = BatchId(OpId { run: 3, n: 1 });
    assert!(
        console
            .sent
            .iter()
            .all(|change| change.batch == Some(batch))
    );
    assert!(console.sent[0].reason.is_some(), "for the same reason");
    assert!(console.plans.is_empty(), "its plan is kept already");
    console.all_done();
    assert!(console.world.people.is_empty());
    assert_eq!(console.sent.len(), 17);
    assert_eq!(console.batch().summary(), "30 deleted");
    assert_eq!(console.dropped, [batch]);
}

#[test]
fn who_is_so_already_counts_as_done_and_who_is_protected_is_left_out() {
    let policy = Policy {
        protect: vec!["user_000009".parse().unwrap()],
        ..Policy::default()
    };
    let console = &mut start_with(vec![left(1, ToEach::Ban, 10, 5..10)], policy);
    console.world.find_mut(&id(5)).banned = true;
    console.world.remove(&id(6));
    console.press("y").settle();
    assert_eq!(console.hit(), [id(7), id(8)]);
    console.all_done();
    assert_eq!(console.batch().summary(), "8 banned · 2 left out");
}

#[test]
fn where_all_is_done_already_it_is_over_at_once() {
    let console = &mut start_with(vec![left(1, ToEach::Delete, 40, 30..40)], Policy::default());
    console.press("y").settle();
    assert!(console.sent.is_empty());
    assert_eq!(console.batch().state, State::Over);
    assert_eq!(console.batch().summary(), "40 deleted");
    assert_eq!(console.dropped.len(), 1);
}

#[test]
fn it_wants_a_look_first() {
    let mut console = Console::with(crowd(3));
    console.look();
    console.feed(Msg::Interrupted(vec![left(1, ToEach::Delete, 3, 0..3)]));
    for key in ["y", "f"] {
        console.press(key).settle();
        assert!(offered(&console) && console.dropped.is_empty(), "{key}");
    }
    // A key that means nothing there does nothing, and is no look.
    console.later(300).press("j y");
    assert!(offered(&console));
    console.later(249).press("y");
    assert!(offered(&console));
    console.later(250).press("y");
    assert!(!offered(&console));
}

#[test]
fn n_puts_it_off_and_batch_offers_it_again_and_f_forgets_it() {
    let two = vec![
        left(1, ToEach::Delete, 30, 12..30),
        left(2, ToEach::Lock, 3, 0..3),
    ];
    let console = &mut start_with(two, Policy::default());
    console.press("n").look();
    assert!(console.said().contains("Lock 3"), "one after the other");
    console.press("f");
    assert_eq!(console.dropped, [BatchId(OpId { run: 3, n: 2 })]);
    assert!(!offered(console));
    console.press(":batch").look();
    assert!(console.said().contains("Delete 30"));
    console.press("Esc");
    assert_eq!(console.dropped.len(), 1, "the plan stays");
    assert!(console.sent.is_empty());
}

#[test]
fn it_covers_no_dialog_and_waits_for_a_batch() {
    let mut console = marked(12);
    console.press("B").settle();
    console.feed(Msg::Interrupted(vec![left(1, ToEach::Delete, 3, 0..3)]));
    assert_eq!(console.dry_run().title(), "Ban 12 of 12 marked");
    console.look().consents("12").keeps().press("Esc");
    assert!(!offered(&console), "a batch is under way");
    console.all_done();
    assert!(offered(&console));
}

#[test]
fn what_cannot_be_read_now_is_put_off() {
    let console = &mut start_with(vec![left(1, ToEach::Delete, 30, 12..30)], Policy::default());
    console.press("y");
    let offline = error(ErrorKind::NotConnected, "");
    console.answer_with(super::many::read_many, Err(offline));
    assert!(
        console.toast().contains(":batch offers it again."),
        "{}",
        console.toast()
    );
    assert!(console.dropped.is_empty() && console.sent.is_empty());
    // What follows in the same burst was meant for the question.
    console.press("?");
    assert!(matches!(console.model.layer, Layer::None));
    console.later(300).press(":batch").settle();
    assert!(offered(console));
    console.look().press("y Esc");
    assert!(console.sent.is_empty() && console.dropped.is_empty());
}

#[test]
fn who_fails_in_the_rest_can_be_repeated() {
    let console = &mut start_with(vec![left(1, ToEach::Lock, 3, 1..3)], Policy::default());
    console.press("y").settle().done();
    let refused = error(ErrorKind::Invalid, "Not this one.");
    console
        .ends(crate::domain::Outcome::Refused(refused))
        .settle();
    assert_eq!(
        console.batch().fate(&id(2)),
        Some(&Fate::Failed("Not this one.".into()))
    );
    console.press("r").settle();
    assert_eq!(console.dry_run().title(), "Lock 1 of 1 that failed");
}

#[test]
fn a_read_only_run_only_tells_of_it() {
    let one = vec![left(1, ToEach::Delete, 30, 12..30)];
    let console = &mut start_with(one, Policy::read_only());
    assert!(!offered(console));
    assert_eq!(
        console.toast(),
        "Delete 30: 12 done, 18 left. Finish it from a console that may change things."
    );
    console.press("y").settle();
    assert!(console.sent.is_empty() && console.dropped.is_empty());
}

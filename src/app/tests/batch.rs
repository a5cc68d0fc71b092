//! Many at once: a result for every single person.

use super::many::{crowd, marked, marked_as};
use super::world::{error, id, not_found, session};
use crate::app::batch::{Fate, State};
use crate::app::report::fixtures;
use crate::app::{Layer, Msg};
use crate::domain::{Action, ErrorKind, Outcome, Policy, User, UserId};

pub fn refused(status: u16, kind: ErrorKind) -> Outcome {
    let mut refusal = error(kind, "Not this one.");
    refusal.status = Some(status);
    Outcome::Refused(refusal)
}

pub fn lost() -> Outcome {
    Outcome::Unknown(error(ErrorKind::TimedOut, "No answer."))
}

#[test]
fn a_ban_goes_by_fifties_and_everybody_has_a_result() {
    let mut console = marked(120);
    console.begins("B", "120");
    let sizes: Vec<usize> = console
        .sent
        .iter()
        .map(|c| c.action.users().len())
        .collect();
    assert_eq!(sizes, [50, 50, 20]);
    let batch = Some(console.plans[0].batch);
    assert!(console.sent.iter().all(|change| change.batch == batch));
    console.all_done();
    assert!((0..120).all(|n| console.fate(n) == Fate::Done));
    assert!(console.world.people.iter().all(|user| user.banned));
    assert_eq!(console.dropped, [console.plans[0].batch]);
    assert!(console.model.marks.is_empty(), "those done leave the marks");
    assert_eq!(console.batch().summary(), "120 banned");
    console.press("Esc");
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn at_most_eight_changes_are_under_way() {
    let mut console = marked(30);
    console.begins("D", "30");
    while !console.changing.is_empty() {
        assert!(console.changing.len() <= 8);
        console.done();
    }
    assert_eq!(console.sent.len(), 30);
    assert!(console.settle().world.people.is_empty());
}

#[test]
fn a_refused_call_is_halved_until_the_culprits_stand_alone() {
    let mut console = marked(50);
    console.press("B").settle().look().consents("50");
    // Two are deleted between the dry run and the ban, and a third is an owner.
    for n in [7, 30] {
        console.world.remove(&id(n));
    }
    console.keeps();
    while let Some(change) = console.changing.first() {
        let users = change.action.users().to_vec();
        if users.iter().any(|user| console.world.find(user).is_none()) {
            console.ends(Outcome::Refused(not_found()));
        } else if users.contains(&id(12)) {
            console.ends(refused(403, ErrorKind::Forbidden));
        } else {
            console.done();
        }
    }
    for n in 0..50 {
        let expected = match n {
            7 | 30 => Fate::Gone,
            12 => Fate::Failed("Not this one.".to_owned()),
            _ => Fate::Done,
        };
        assert_eq!(console.fate(n), expected, "{n}");
    }
    assert_eq!(console.batch().summary(), "47 banned · 1 failed · 2 gone");
    assert!(
        console.model.marks.contains(&id(12)),
        "who failed stays marked"
    );
    assert_eq!(console.model.marks.len(), 1);
}

#[test]
fn those_that_failed_can_be_repeated_alone() {
    let mut console = marked(3);
    console.begins("L", "3");
    console.done();
    console
        .ends(refused(422, ErrorKind::Invalid))
        .done()
        .settle();
    let said = console.said();
    assert!(said.contains("2 locked · 1 failed"), "{said}");
    assert!(
        said.contains("bot.001@example.com      Not this one."),
        "{said}"
    );
    console.press("r").settle().look();
    assert_eq!(console.dry_run().title(), "Lock 1 of 1 that failed");
    console.consents("1").keeps().all_done();
    assert_eq!(
        console.hit().iter().filter(|user| **user == id(1)).count(),
        2
    );
    assert_eq!(console.batch().summary(), "1 locked");
}

#[test]
fn what_may_pass_is_tried_three_times_and_then_is_a_failure() {
    let mut console = marked(1);
    console.begins("D", "1");
    for tries in 1..=3 {
        assert_eq!(console.sent.len(), tries);
        console.ends(lost()).settle();
        assert!(console.changing.is_empty(), "it rests first");
        console.later(2_000);
    }
    assert_eq!(console.sent.len(), 3);
    assert!(matches!(console.fate(0), Fate::Failed(_)));
    assert_eq!(console.dropped.len(), 1);
}

#[test]
fn a_deletion_whose_end_was_not_known_was_ours() {
    let mut console = marked(1);
    console.begins("D", "1");
    let nothing = error(ErrorKind::TimedOut, "");
    console.ends(lost());
    console
        .answer_with(super::harness::whole_user, Err(nothing))
        .later(1_000);
    assert_eq!(console.sent.len(), 2);
    console.ends(Outcome::Refused(not_found()));
    assert_eq!(console.fate(0), Fate::Done);
    assert_eq!(
        console.settled.len(),
        1,
        "the trail hears of the first try, too"
    );
}

#[test]
fn of_a_bulk_call_without_an_answer_only_those_not_done_go_again() {
    let mut console = marked(4);
    console.begins("B", "4");
    for n in [1, 2] {
        console.world.find_mut(&id(n)).banned = true;
    }
    console.ends(lost()).settle().later(1_000);
    assert_eq!(console.sent[1].action.users(), [id(0), id(3)]);
    console.all_done();
    assert_eq!(console.batch().summary(), "4 banned");
}

#[test]
fn what_fails_for_everybody_pauses_the_batch() {
    let mut console = marked(20);
    console.begins("D", "20");
    console.done();
    for _ in 0..8 {
        console.ends(refused(401, ErrorKind::KeyRefused));
    }
    assert_eq!(
        console.batch().state,
        State::Paused(Some("Clerk does not accept this key.".to_owned()))
    );
    assert!(console.changing.is_empty());
    assert_eq!(console.batch().tally().failed, 0);
    assert!(
        console
            .said()
            .contains("Paused: Clerk does not accept this key.")
    );
    console.press("p").all_done();
    assert_eq!(console.batch().summary(), "20 deleted");
}

#[test]
fn a_feature_that_is_missing_pauses_and_a_refusal_of_one_does_not() {
    let mut console = marked(3);
    console.begins("L", "3");
    let mut missing = error(ErrorKind::Forbidden, "Not enabled.");
    missing.status = Some(403);
    missing.code = Some("feature_not_enabled".into());
    console.ends(Outcome::Refused(missing));
    assert!(matches!(console.batch().state, State::Paused(Some(_))));
}

#[test]
fn a_wait_that_clerk_asks_for_is_no_failure() {
    let mut console = marked(1);
    console.begins("D", "1");
    for _ in 0..9 {
        console
            .ends(refused(429, ErrorKind::RateLimited))
            .later(1_000);
    }
    console.all_done();
    assert_eq!(console.fate(0), Fate::Done);
}

#[test]
fn p_pauses_and_goes_on_and_c_calls_off_what_was_not_sent() {
    let mut console = marked(30);
    console.begins("D", "30");
    console.press("p");
    while !console.changing.is_empty() {
        console.done();
    }
    assert_eq!(console.sent.len(), 8);
    console.press("Space");
    assert_eq!(console.changing.len(), 8);
    console.press("c");
    assert_eq!(console.batch().state, State::CallingOff);
    while !console.changing.is_empty() {
        console.done();
    }
    assert_eq!(console.sent.len(), 16);
    assert_eq!(console.batch().summary(), "16 deleted · 14 not tried");
    assert_eq!(console.dropped.len(), 1);
    assert_eq!(console.fate(29), Fate::NotTried);
    assert_eq!(console.model.marks.len(), 14);
}

#[test]
fn esc_hides_it_and_it_goes_on_and_batch_shows_it() {
    let mut console = marked(30);
    console.begins("D", "30").press("Esc");
    assert!(matches!(console.model.layer, Layer::None));
    let progress = || "Deleting 0 of 30 · :batch";
    let line = console.batch().progress().unwrap().text();
    assert_eq!(line, progress());
    console.look().press("B");
    assert_eq!(console.toast(), "A batch is under way. :batch shows it.");
    console.later(300).press(":batch");
    assert!(matches!(console.model.layer, Layer::Batch(0)));
    console.press("Esc");
    while !console.changing.is_empty() {
        console.done();
    }
    assert_eq!(console.toast(), "30 deleted. :batch shows it.");
}

#[test]
fn how_long_it_takes_yet_goes_by_the_last_answers() {
    let mut console = marked(40);
    console.begins("D", "40");
    for _ in 0..20 {
        console.later(500).done();
    }
    let line = console.batch().progress().unwrap().text();
    assert_eq!(line, "Deleting 20 of 40 · about 10 s left · :batch");
}

#[test]
fn signing_out_ends_the_sessions_that_began_before() {
    let mut console = marked(3);
    let begun = |n, user: &UserId, created: &str| {
        let mut session = session(n, user, created);
        session.created = Some(fixtures::at(created));
        session
    };
    console.world.sessions = vec![
        begun(1, &id(0), "2026-11-22T10:00:00Z"),
        begun(2, &id(0), "2026-11-23T10:00:00Z"),
        begun(3, &id(0), "2026-11-24T10:00:00Z"),
        begun(4, &id(1), "2026-11-21T10:00:00Z"),
    ];
    console.press("R a").settle().look();
    assert_eq!(console.dry_run().title(), "Sign out 3 of 3 marked");
    console.consents("3").keeps().settle().all_done();
    let mut ended: Vec<String> = Vec::new();
    for change in &console.sent {
        match &change.action {
            Action::Revoke { session, .. } => ended.push(session.to_string()),
            other => panic!("{other:?}"),
        }
    }
    ended.sort();
    assert_eq!(ended, ["sess_000001", "sess_000002", "sess_000004"]);
    assert!((0..3).all(|n| console.fate(n) == Fate::Done));
}

#[test]
fn metadata_is_merged_into_each_and_who_has_it_is_left_out() {
    let mut people = crowd(3);
    let json = |value| crate::domain::Json::new(value);
    people[1].public_metadata = json(serde_json::json!({"plan": "gold"}));
    people[2].public_metadata = json(serde_json::json!({"plan": "tin", "a": 1}));
    let mut console = marked_as(people, Policy::default());
    console
        .press("M p")
        .type_text("plan")
        .press("Tab")
        .type_text("gold")
        .press("Enter");
    console.settle().look();
    assert_eq!(console.dry_run().title(), "Set metadata of 2 of 3 marked");
    console.consents("2").keeps();
    let before: Vec<_> = console
        .sent
        .iter()
        .map(|c| c.before.clone().unwrap())
        .collect();
    let held = |keys| json(serde_json::json!({"public_metadata": keys}));
    let [none, tin] = [serde_json::Value::Null, serde_json::json!({"plan": "tin"})];
    assert_eq!(before, [held(none), held(tin)]);
    console.all_done();
    let all = |user: &User| user.public_metadata.at(&["plan".to_owned()]);
    assert!(
        console
            .world
            .people
            .iter()
            .all(|user| all(user) == Some(json("gold".into())))
    );
}

#[test]
fn u_takes_a_batch_back_by_a_dry_run_of_its_own() {
    let mut console = marked(3);
    console.begins("B", "3").all_done().press("Esc").look();
    // A colleague was faster with one of them.
    console.world.find_mut(&id(1)).banned = false;
    console.press("U").settle().look();
    assert_eq!(console.dry_run().title(), "Unban 2 of 3 to take back");
    console.consents("2").keeps().all_done();
    assert_eq!(console.batch().summary(), "2 unbanned · 1 left out");
    assert!(console.world.people.iter().all(|user| !user.banned));
    console.press("Esc").look().press("U");
    assert!(
        matches!(console.model.layer, Layer::None),
        "it was taken back"
    );
    // What cannot be taken back is on the list, too.
    let mut console = marked(2);
    console
        .begins("D", "2")
        .all_done()
        .press("Esc")
        .look()
        .press("U");
    assert!(matches!(console.model.layer, Layer::None));
    assert_eq!(console.model.ledger.newest_first().len(), 1);
}

#[test]
fn a_change_of_one_of_them_by_hand_ends_first() {
    let mut console = marked(2);
    // Somebody is being banned from their profile.
    console
        .press("Enter")
        .settle()
        .look()
        .press("B")
        .settle()
        .look()
        .press("y");
    let by_hand = console.changing.remove(0);
    console.press("h").settle().look();
    console.press("L").settle().look().consents("2").keeps();
    let waits = by_hand.action.user().unwrap().clone();
    assert!(
        console.sent[1..]
            .iter()
            .all(|change| change.action.user() != Some(&waits))
    );
    let answer = console.world.obey(&by_hand.action);
    console.feed(Msg::Changed {
        op: by_hand.op,
        outcome: Outcome::Done(Box::new(answer)),
    });
    console.all_done();
    assert_eq!(console.batch().summary(), "2 locked");
}

#[test]
fn leaving_waits_for_what_was_sent_and_keeps_the_plan() {
    let mut console = marked(30);
    console.begins("D", "30").done().press("Esc q");
    assert!(!console.quit);
    assert_eq!(
        console.toast(),
        "Batch paused: 1 of 30 done. The next start offers the rest. Waiting for 8 answers; q leaves at once."
    );
    while !console.changing.is_empty() {
        console.done();
    }
    assert!(console.quit);
    assert_eq!(console.sent.len(), 9);
    assert!(console.dropped.is_empty(), "the next start offers the rest");
}

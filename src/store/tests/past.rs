//! What is told of one person.

use super::*;
use crate::domain::{PastDeed, Targets};

fn about(trail: &Trail) -> Vec<PastDeed> {
    trail.about(&user()).unwrap()
}

#[test]
fn intents_and_outcomes_are_joined_the_newest_first() {
    let trail = Trail::in_memory(author());
    let other = UserId::new("user_2abc1234").unwrap();
    let batch = BatchId(OpId { run: 1, n: 1 });
    let all = Change {
        batch: Some(batch),
        reason: Some("spam".into()),
        action: Action::BanAll(Targets::new([other.clone(), user()]).unwrap()),
        ..ban(1, 2)
    };
    let mut refusal = ApiError::new(ErrorKind::Invalid, "no");
    refusal.trace_id = Some("trace".into());
    let lost = ApiError::new(ErrorKind::TimedOut, "no answer");
    let ends = [
        Some(done()),
        Some(Outcome::Refused(refusal)),
        Some(Outcome::Unknown(lost)),
        None,
    ];
    let changes = [all, ban(1, 3), ban(1, 4), ban(1, 5)];
    for (n, (change, end)) in (0..).zip(changes.iter().zip(ends)) {
        trail.intend(at(n), change).unwrap();
        if let Some(end) = end {
            trail.conclude(at(n + 10), change.op, &end).unwrap();
        }
    }
    trail
        .settle(at(20), ban(1, 5).op, Some(true), "banned")
        .unwrap();
    // Of somebody else, whose id begins alike.
    let of_other = Change {
        action: Action::Ban(other),
        ..ban(1, 6)
    };
    trail.intend(at(9), &of_other).unwrap();

    let deeds = about(&trail);
    let told: Vec<(u32, Option<bool>)> = deeds.iter().map(|deed| (deed.op.n, deed.done)).collect();
    assert_eq!(
        told,
        [
            (5, Some(true)),
            (4, None),
            (3, Some(false)),
            (2, Some(true))
        ]
    );
    assert_eq!(deeds[2].trace_id, Some("trace".into()));
    let oldest = PastDeed {
        op: changes[0].op,
        batch: Some(batch),
        at: at(0),
        operator: "ann@desk".into(),
        change: "ban".into(),
        reason: Some("spam".into()),
        done: Some(true),
        trace_id: None,
    };
    assert_eq!(deeds[3], oldest);
}

#[test]
fn it_is_of_this_instance_and_has_an_end() {
    let directory = tempfile::tempdir().unwrap();
    let elsewhere = Author {
        instance: "other".to_owned(),
        ..author()
    };
    let elsewhere = Trail::open(directory.path(), elsewhere, 2).unwrap();
    elsewhere.intend(at(0), &ban(2, 1)).unwrap();
    let trail = open(directory.path(), 1);
    assert_eq!(about(&trail), []);
    for n in 1..=60 {
        trail.intend(at(0), &ban(1, n)).unwrap();
    }
    let deeds = about(&trail);
    assert_eq!((deeds.len(), deeds[0].op.n, deeds[49].op.n), (50, 60, 11));
    fs::remove_dir_all(directory.path()).unwrap();
    assert!(trail.about(&user()).is_err());
}

//! Plans of batches. A process is a trail with a run of its own: the locks of
//! two trails are as far apart as those of two processes, and dropping a trail
//! gives them back as a kill does.

use super::*;
use crate::domain::{Action, Interrupted, Plan, Targets, ToEach};

fn batch(run: u64) -> BatchId {
    BatchId(OpId { run, n: 1 })
}

fn users(count: usize) -> Vec<UserId> {
    let ids = (0..count).map(|n| UserId::new(&format!("user_{n}")).unwrap());
    ids.collect()
}

fn plan(run: u64, what: ToEach) -> Plan {
    Plan {
        batch: batch(run),
        at: at(i64::try_from(run).unwrap()),
        what,
        users: users(5),
        reason: Some("spam \u{1b}".into()),
    }
}

fn file(directory: &Path, run: u64) -> std::path::PathBuf {
    directory.join(format!("plans/{}.json", batch(run)))
}

/// A change of a batch that is done.
fn does(trail: &Trail, run: u64, n: u32, targets: &[UserId]) {
    let targets = Targets::new(targets.iter().cloned()).unwrap();
    let change = Change {
        batch: Some(batch(run)),
        ..Change::new(OpId { run, n }, Action::BanAll(targets))
    };
    trail.intend(at(0), &change).unwrap();
    trail.conclude(at(1), change.op, &done()).unwrap();
}

fn interrupted(trail: &Trail) -> Vec<Interrupted> {
    let leftover = trail.leftover().unwrap();
    assert_eq!(leftover.unreadable, None);
    leftover.interrupted
}

#[test]
fn a_batch_that_was_killed_is_found_with_those_who_are_left() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    let patch = json!({"public_metadata": {"vip": null}});
    let plan = plan(1, ToEach::MergeMetadata(Json::new(patch)));
    first.keep_plan(&plan).unwrap();
    does(&first, 1, 2, &users(2));
    // An end that nobody knows, and one of another batch, are no reason to be done.
    let [.., lost, _] = &users(5)[..] else {
        panic!()
    };
    let change = Change {
        batch: Some(batch(1)),
        ..Change::new(OpId { run: 1, n: 3 }, Action::Ban(lost.clone()))
    };
    first.intend(at(0), &change).unwrap();
    does(&first, 9, 1, &users(5));

    // While its console lives, nobody takes it.
    let second = open(directory.path(), 2);
    assert_eq!(interrupted(&second), []);
    drop(first);
    let found = interrupted(&second);
    let expected = Interrupted {
        plan,
        operator: "ann@desk".into(),
        left: users(5).split_off(2),
    };
    assert_eq!(found, [expected]);
    // The change without an end is settled by itself, and its person counted once.
    assert_eq!(second.unsettled().unwrap().len(), 1);
    second
        .settle(at(2), change.op, Some(true), "banned")
        .unwrap();

    // The second console holds it now; when that is killed too, a third goes on.
    let third = open(directory.path(), 3);
    assert_eq!(interrupted(&third), []);
    does(&second, 1, 4, &users(4).split_off(3));
    drop(second);
    let left = [&users(5)[2], &users(5)[4]].map(Clone::clone);
    assert_eq!(interrupted(&third)[0].left, left);
}

#[test]
fn a_plan_with_nobody_left_goes_silently() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    first.keep_plan(&plan(1, ToEach::Ban)).unwrap();
    does(&first, 1, 2, &users(5));
    drop(first);
    assert_eq!(interrupted(&open(directory.path(), 2)), []);
    assert!(!file(directory.path(), 1).exists());
}

#[test]
fn one_session_that_ended_is_not_the_whole_person() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    first.keep_plan(&plan(1, ToEach::SignOut)).unwrap();
    does(&first, 1, 2, &users(2));
    drop(first);
    let found = interrupted(&open(directory.path(), 2));
    assert_eq!(found[0].left, users(5));
}

#[test]
fn a_dropped_plan_is_gone_and_only_its_holder_drops_it() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    first.keep_plan(&plan(1, ToEach::Delete)).unwrap();
    let second = open(directory.path(), 2);
    second.drop_plan(batch(1)).unwrap();
    assert!(file(directory.path(), 1).exists());
    first.drop_plan(batch(1)).unwrap();
    assert_eq!(
        fs::read_dir(directory.path().join("plans"))
            .unwrap()
            .count(),
        0
    );
    drop(first);
    assert_eq!(interrupted(&second), []);
}

#[test]
fn plans_of_other_instances_are_left_alone_and_the_oldest_comes_first() {
    let directory = tempfile::tempdir().unwrap();
    for run in [5, 4] {
        let other = Author {
            operator: "bob@desk".to_owned(),
            ..author()
        };
        let trail = Trail::open(directory.path(), other, run).unwrap();
        trail.keep_plan(&plan(run, ToEach::Lock)).unwrap();
    }
    let elsewhere = Author {
        instance: "other".to_owned(),
        ..author()
    };
    let elsewhere = Trail::open(directory.path(), elsewhere, 6).unwrap();
    assert_eq!(interrupted(&elsewhere), []);
    let found = interrupted(&open(directory.path(), 7));
    let batches: Vec<BatchId> = found.iter().map(|found| found.plan.batch).collect();
    assert_eq!(batches, [batch(4), batch(5)]);
    assert_eq!(found[0].operator, "bob@desk".into());
}

#[test]
fn nobody_else_can_read_a_plan() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    trail.keep_plan(&plan(1, ToEach::Unban)).unwrap();
    assert_eq!(mode(&directory.path().join("plans")), DIRECTORY_MODE);
    assert_eq!(mode(&file(directory.path(), 1)), FILE_MODE);
}

#[test]
fn a_plan_that_cannot_be_kept_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let plans = directory.path().join("plans");
    let trail = open(directory.path(), 1);
    fs::write(&plans, "").unwrap();
    let error = trail.keep_plan(&plan(1, ToEach::Ban)).unwrap_err();
    let words = error.to_string();
    assert!(words.starts_with("The plan of a batch in "), "{words}");
    fs::remove_file(&plans).unwrap();

    // The name is taken by something that cannot be replaced.
    fs::create_dir_all(file(directory.path(), 1).join("x")).unwrap();
    assert!(trail.keep_plan(&plan(1, ToEach::Ban)).is_err());
    assert_eq!(fs::read_dir(&plans).unwrap().count(), 1);
    fs::remove_dir_all(&plans).unwrap();

    // No directory is made anew for it: the lock of the run would not be there.
    fs::remove_dir_all(directory.path()).unwrap();
    assert!(trail.keep_plan(&plan(1, ToEach::Ban)).is_err());
    assert!(!directory.path().exists());
}

#[test]
fn what_was_not_written_to_its_end_is_removed() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    trail.keep_plan(&plan(1, ToEach::Ban)).unwrap();
    let torn = directory.path().join("plans/0-1.new");
    fs::write(&torn, r#"{"v":1,"#).unwrap();
    assert_eq!(interrupted(&open(directory.path(), 2)), []);
    assert!(!torn.exists());
}

#[test]
fn a_damaged_plan_and_one_of_a_later_version_are_named_and_stay() {
    let directory = tempfile::tempdir().unwrap();
    for run in 1..=4 {
        open(directory.path(), run)
            .keep_plan(&plan(run, ToEach::Ban))
            .unwrap();
    }
    let [cut, later, renamed] = [1, 2, 3].map(|run| file(directory.path(), run));
    let whole = fs::read_to_string(&cut).unwrap();
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    fs::write(&later, r#"{"v":2,"steps":[]}"#).unwrap();
    let other = directory.path().join("plans/x\u{1b}.json");
    fs::rename(&renamed, &other).unwrap();

    let leftover = open(directory.path(), 5).leftover().unwrap();
    assert_eq!(leftover.interrupted.len(), 1);
    let words = leftover.unreadable.unwrap();
    let audit = format!("clerk-tui audit --batch {} shows", batch(1));
    let finish = format!("left batch {}: finish it there.", batch(2));
    for part in [audit.as_str(), finish.as_str(), "--batch x␛ shows"] {
        assert!(words.contains(part), "{words}");
    }
    assert!(cut.exists() && later.exists() && other.exists());
}

#[test]
fn in_memory_nothing_is_ever_interrupted() {
    let trail = Trail::in_memory(author());
    trail.keep_plan(&plan(1, ToEach::Ban)).unwrap();
    assert_eq!(interrupted(&trail), []);
    trail.drop_plan(batch(1)).unwrap();
}

#[test]
fn a_plan_of_very_many_is_kept_and_found() {
    const MANY: usize = 100_000;
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    let plan = Plan {
        users: users(MANY),
        ..plan(1, ToEach::Ban)
    };
    first.keep_plan(&plan).unwrap();
    for n in 0..100 {
        let targets = &plan.users[n * 50..][..50];
        does(&first, 1, u32::try_from(n).unwrap(), targets);
    }
    drop(first);
    let found = interrupted(&open(directory.path(), 2));
    assert_eq!(found[0].left, plan.users[5_000..]);
}

//! The trail as a whole.

mod batches;
mod past;
mod saved;
mod withheld;

use std::{
    fs::{self, OpenOptions, Permissions},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    thread,
};

use proptest::prelude::*;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::domain::{
    Action, Answer, ApiError, BatchId, Change, ErrorKind, FieldEdit, Json, OpId, Outcome,
    ProfileEdit, ProfileField, Timestamp, UserId,
};

fn author() -> Author {
    Author {
        operator: "ann@desk".to_owned(),
        host: "api.clerk.com".to_owned(),
        instance: "acme".to_owned(),
    }
}

fn open(directory: &Path, run: u64) -> Trail {
    Trail::open(directory, author(), run).unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(1_795_442_400_000 + second * 1000)
}

fn ban(run: u64, n: u32) -> Change {
    Change {
        op: OpId { run, n },
        batch: None,
        before: None,
        action: Action::Ban(user()),
        reason: None,
    }
}

fn user() -> UserId {
    UserId::new("user_2abc123").unwrap()
}

fn done() -> Outcome {
    Outcome::Done(Box::new(Answer::Deleted(user())))
}

fn text(directory: &TempDir) -> String {
    fs::read_to_string(directory.path().join(NAME)).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn an_intent_and_its_outcome_are_two_lines_that_say_everything() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 0xab);
    let edit = FieldEdit {
        field: ProfileField::FirstName,
        before: Some("Alice".into()),
        after: None,
    };
    let change = Change {
        op: OpId { run: 0xab, n: 1 },
        batch: None,
        before: None,
        action: Action::Edit(user(), ProfileEdit(vec![edit])),
        reason: Some("ticket #412".into()),
    };
    trail.intend(at(0), &change).unwrap();
    let mut error = ApiError::new(ErrorKind::Invalid, "no");
    error.status = Some(422);
    error.trace_id = Some("trace".into());
    let refused = Outcome::Refused(error);
    trail.conclude(at(1), change.op, &refused).unwrap();
    let head = r#""op":"00000000000000ab-1","operator":"ann@desk","host":"api.clerk.com","instance":"acme","change":"edit","targets":["user_2abc123"]"#;
    let expected = format!(
        r#"{{"v":1,"at":"2026-11-23T14:00:00Z",{head},"event":"intent","fields":[{{"field":"first_name","before":"Alice","after":null}}],"reason":"ticket #412"}}
{{"v":1,"at":"2026-11-23T14:00:01Z",{head},"event":"outcome","result":"refused","status":422,"trace_id":"trace","note":"no"}}
"#
    );
    assert_eq!(text(&directory), expected);
    let reading = trail.read().unwrap();
    assert_eq!((reading.lines.len(), reading.unreadable), (2, 0));
    let again: String = reading.lines.iter().map(Line::to_json).collect();
    assert_eq!(again, expected);
    assert_eq!(reading.lines[1].time(), Some(at(1)));
}

#[test]
fn a_change_of_a_batch_says_which_and_what_was_before() {
    let trail = Trail::in_memory(author());
    let batch = BatchId(OpId { run: 1, n: 7 });
    let change = Change {
        batch: Some(batch),
        before: Some(Json::new(json!({"banned": false}))),
        ..ban(1, 8)
    };
    trail.intend(at(0), &change).unwrap();
    trail.conclude(at(1), change.op, &done()).unwrap();
    let lines = trail.read().unwrap().lines;
    let batches = lines.iter().map(|line| line.batch.as_deref());
    let named = batches.map(|batch| BatchId::parse(batch.unwrap()));
    assert!(named.eq([Some(batch); 2]));
    let Event::Intent { fields, .. } = &lines[0].event else {
        panic!("{lines:?}")
    };
    let (before, after) = (&fields[0].before, &fields[0].after);
    assert_eq!([before, after], [&Value::Flag(false), &Value::Flag(true)]);
}

#[test]
fn memory_keeps_the_same_lines() {
    let directory = tempfile::tempdir().unwrap();
    let (file, memory) = (open(directory.path(), 1), Trail::in_memory(author()));
    for trail in [&file, &memory] {
        trail.intend(at(0), &ban(1, 1)).unwrap();
        trail.conclude(at(1), ban(1, 1).op, &done()).unwrap();
    }
    assert_eq!(file.read().unwrap(), memory.read().unwrap());
    assert_eq!(memory.unsettled().unwrap(), []);
}

#[test]
fn nobody_else_can_read_it() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("a/b");
    open(&directory, 1).intend(at(0), &ban(1, 1)).unwrap();
    assert_eq!(mode(&directory), DIRECTORY_MODE);
    for name in ["audit.jsonl", "audit.lock", "runs/0000000000000001"] {
        assert_eq!(mode(&directory.join(name)), FILE_MODE, "{name}");
    }
    let file = directory.join(NAME);
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    open(&directory, 2);
    assert_eq!(mode(&file), FILE_MODE);
}

#[test]
fn where_it_cannot_be_kept_it_says_what_to_do() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file\u{1b}");
    fs::write(&file, "").unwrap();
    let error = Trail::open(&file.join("a"), author(), 1).unwrap_err();
    let error = error.to_string();
    assert!(error.contains("--data-dir DIR"), "{error}");
    assert!(!error.contains('\u{1b}'), "{error}");
    let shared = root.path().join("shared");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, Permissions::from_mode(0o777)).unwrap();
    let error = Trail::open(&shared, author(), 1).unwrap_err().to_string();
    assert!(error.contains("others may write"), "{error}");
}

#[test]
fn a_lost_directory_fails_the_intent() {
    let root = tempfile::tempdir().unwrap();
    let directory = root.path().join("data");
    let trail = open(&directory, 1);
    fs::remove_dir_all(&directory).unwrap();
    assert!(trail.intend(at(0), &ban(1, 1)).is_err());
    trail.leave(at(1)).unwrap();
}

#[test]
fn a_line_that_was_cut_off_spoils_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    for n in 1..=2 {
        trail.intend(at(0), &ban(1, n)).unwrap();
    }
    let whole = text(&directory);
    let line = whole.len() / 2;
    for cut in 1..line {
        fs::write(directory.path().join(NAME), &whole[..line + cut]).unwrap();
        trail.intend(at(0), &ban(1, 3)).unwrap();
        let reading = trail.read().unwrap();
        // All but the line break may have been written.
        let lost = usize::from(cut + 1 < line);
        assert_eq!(
            (reading.lines.len(), reading.unreadable),
            (3 - lost, lost),
            "{cut}"
        );
        let newest = reading.lines.last().unwrap();
        assert_eq!(newest.op, ban(1, 3).op.to_string());
    }
}

#[test]
fn two_consoles_write_to_one_trail() {
    const EACH: u32 = 100;
    let directory = tempfile::tempdir().unwrap();
    let writers = [1, 2].map(|run| {
        let path = directory.path().to_owned();
        thread::spawn(move || {
            // Small, so that files are put away meanwhile.
            let trail = Trail::open_with(&path, author(), run, 4_000).unwrap();
            for n in 0..EACH {
                trail.intend(at(0), &ban(run, n)).unwrap();
                trail.conclude(at(1), ban(run, n).op, &done()).unwrap();
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    let reading = read(directory.path()).unwrap();
    assert_eq!(reading.unreadable, 0);
    for run in [1, 2] {
        let ops = reading
            .lines
            .iter()
            .filter_map(|line| OpId::parse(&line.op));
        let mine: Vec<u32> = ops.filter(|op| op.run == run).map(|op| op.n).collect();
        let expected: Vec<u32> = (0..EACH).flat_map(|n| [n, n]).collect();
        assert_eq!(mine, expected);
    }
    let files = fs::read_dir(directory.path()).unwrap().count();
    assert!(files > 10, "{files}");
    for entry in fs::read_dir(directory.path()).unwrap() {
        let size = entry.unwrap().metadata().unwrap().len();
        assert!(size < 5_000, "{size}");
    }
}

#[test]
fn what_a_run_left_open_is_settled_by_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    for n in 1..=3 {
        first.intend(at(0), &ban(1, n)).unwrap();
    }
    first.conclude(at(1), ban(1, 1).op, &done()).unwrap();
    let lost = Outcome::Unknown(ApiError::new(ErrorKind::TimedOut, "no answer"));
    first.conclude(at(1), ban(1, 3).op, &lost).unwrap();
    // It is under way: another run has nothing to settle.
    let second = open(directory.path(), 2);
    assert_eq!(second.unsettled().unwrap(), []);
    first.leave(at(2)).unwrap();
    first.leave(at(2)).unwrap();
    drop(first);
    let unsettled = second.unsettled().unwrap();
    let ops: Vec<OpId> = unsettled.iter().map(|unsettled| unsettled.op).collect();
    assert_eq!(ops, [ban(1, 2).op, ban(1, 3).op]);
    assert_eq!(unsettled[0].users, [user()]);
    assert_eq!(unsettled[0].change.raw(), "ban");
    for op in ops {
        second.settle(at(3), op, Some(true), "banned").unwrap();
    }
    let lines = second.read().unwrap().lines;
    let left: Vec<&Line> = lines
        .iter()
        .filter(|line| line.op.ends_with("-2"))
        .collect();
    assert_eq!(left.len(), 3, "{left:#?}");
    let Event::Outcome { result, note, .. } = &left[2].event else {
        panic!("{left:#?}")
    };
    assert_eq!(
        (*result, note.as_deref()),
        (Ending::ReadBack, Some("banned"))
    );
    drop(second);
    assert_eq!(open(directory.path(), 3).unsettled().unwrap(), []);
}

#[test]
fn other_instances_are_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1);
    first.intend(at(0), &ban(1, 1)).unwrap();
    drop(first);
    let other = Author {
        instance: "other".to_owned(),
        ..author()
    };
    let second = Trail::open(directory.path(), other, 2).unwrap();
    assert_eq!(second.unsettled().unwrap(), []);
}

#[test]
fn later_versions_and_unknown_fields_do_no_harm() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    trail.intend(at(0), &ban(1, 1)).unwrap();
    let line = text(&directory);
    let richer = line.replace(r#""v":1"#, r#""v":1,"mood":{"a":[1]}"#);
    let later = line.replace(r#""v":1"#, r#""v":2"#);
    let path = directory.path().join(NAME);
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    write!(file, "{richer}{later}").unwrap();
    let reading = trail.read().unwrap();
    assert_eq!((reading.lines.len(), reading.unreadable), (2, 1));
    assert_eq!(reading.lines[0], reading.lines[1]);
}

proptest! {
    #[test]
    fn a_line_keeps_any_text_and_steers_no_terminal(text in any::<String>()) {
        let trail = Trail::in_memory(author());
        let change = Change { reason: Some(text.as_str().into()), ..ban(1, 1) };
        trail.intend(at(0), &change).unwrap();
        let line = trail.read().unwrap().lines.remove(0);
        let Event::Intent { reason, .. } = &line.event else { panic!("{line:?}") };
        prop_assert_eq!(reason.as_deref(), Some(text.as_str()));
        let json = line.to_json();
        let json = json.strip_suffix('\n').unwrap();
        let steers = json.contains(|c: char| c.is_control() || c == '\u{202e}');
        prop_assert!(!steers);
    }
}

//! A trail whose lines withhold values.

use serde_json::json;

use super::*;
use crate::domain::NewUser;

fn edit() -> Action {
    let edit = FieldEdit {
        field: ProfileField::FirstName,
        before: Some("zebra".into()),
        after: Some("zebra".into()),
    };
    Action::Edit(user(), ProfileEdit(vec![edit]))
}

fn merge() -> Action {
    let patch = json!({"private_metadata": {"zebra": "zebra", "b": {"zebra": 1}}});
    Action::MergeMetadata {
        user: user(),
        patch: Json::new(patch),
    }
}

fn create() -> Action {
    Action::Create(Box::new(NewUser {
        first_name: Some("zebra".into()),
        ..NewUser::default()
    }))
}

#[test]
fn no_value_and_no_word_of_clerks_that_may_repeat_one_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1).without_values();
    let mut error = ApiError::new(ErrorKind::Invalid, "zebra is taken");
    (error.status, error.code) = (Some(422), Some("taken".into()));
    for (n, action) in (1..).zip([edit(), merge(), create(), Action::Ban(user())]) {
        let change = Change {
            before: Some(Json::new(json!({"first_name": "zebra", "banned": false}))),
            action,
            ..ban(1, n)
        };
        trail.intend(at(0), &change).unwrap();
        trail.again(at(1), change.op, &error).unwrap();
        let refused = Outcome::Refused(error.clone());
        trail.conclude(at(2), change.op, &refused).unwrap();
    }
    let text = text(&directory);
    assert!(!text.contains("zebra"), "{text}");
    for fields in [
        r#""fields":[{"field":"first_name"}]"#,
        r#""fields":[{"field":"private_metadata"}]"#,
        r#""fields":[{"field":"banned"}]"#,
        r#""status":422,"code":"taken"}"#,
    ] {
        assert!(text.contains(fields), "{text}");
    }
}

#[test]
fn what_was_left_open_is_settled_and_recalled_all_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let first = open(directory.path(), 1).without_values();
    first.intend(at(0), &ban(1, 1)).unwrap();
    drop(first);
    let second = open(directory.path(), 2).without_values();
    let unsettled = second.unsettled().unwrap();
    assert_eq!(unsettled[0].users, [user()]);
    second
        .settle(at(1), unsettled[0].op, Some(true), "zebra is banned")
        .unwrap();
    let past = second.about(&user()).unwrap();
    assert_eq!((past.len(), past[0].done), (1, Some(true)));
    assert!(second.unsettled().unwrap().is_empty());
    assert!(!text(&directory).contains("zebra"));
}

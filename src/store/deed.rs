//! What a change does, as the trail has it.

use std::{collections::hash_map::RandomState, fmt::Write, hash::BuildHasher};

use serde_json::Value as JsonValue;
use sha2::{Digest, Sha256};

use super::line::{FieldChange, Value};
use crate::domain::{Action, Untrusted};

/// The ids a change is about, and the fields it changes.
pub(super) fn deed(action: &Action) -> (Vec<String>, Vec<FieldChange>) {
    let user = action.user().to_string();
    match action {
        Action::Ban(_) => (vec![user], vec![becomes("banned", true)]),
        Action::Unban(_) => (vec![user], vec![becomes("banned", false)]),
        Action::Delete(_) => (vec![user], Vec::new()),
        Action::Edit(_, edit) => {
            let fields = edit.0.iter().map(|edit| FieldChange {
                field: edit.field.api_name().to_owned(),
                before: text(edit.before.as_ref()),
                after: text(edit.after.as_ref()),
            });
            (vec![user], fields.collect())
        }
        Action::MergeMetadata { patch, .. } => {
            let mut fields = Vec::new();
            hash_leaves(patch.raw(), &mut String::new(), &mut fields);
            (vec![user], fields)
        }
        Action::Revoke { session, .. } => (vec![user, session.to_string()], Vec::new()),
    }
}

fn becomes(field: &str, after: bool) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        before: Value::Unknown,
        after: Value::Flag(after),
    }
}

fn text(text: Option<&Untrusted>) -> Value {
    text.map_or(Value::Empty(()), |text| Value::Text(text.raw().to_owned()))
}

/// Each value of a patch by its path, hashed: metadata may hold secrets.
fn hash_leaves(value: &JsonValue, path: &mut String, fields: &mut Vec<FieldChange>) {
    let after = match value {
        JsonValue::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                let length = path.len();
                if length > 0 {
                    path.push('.');
                }
                path.push_str(key);
                hash_leaves(value, path, fields);
                path.truncate(length);
            }
            return;
        }
        JsonValue::Null => Value::Empty(()),
        value => hashed(value),
    };
    fields.push(FieldChange {
        field: path.clone(),
        before: Value::Unknown,
        after,
    });
}

/// A value that is not to be written down. The salt, another one each time,
/// keeps equal values apart and makes no table of hashes worth its while.
fn hashed(value: &JsonValue) -> Value {
    let salt = format!("{:016x}", RandomState::new().hash_one(value.to_string()));
    let sha256 = format!("{salt}:{}", sha256(&[&salt, &value.to_string()]));
    Value::Hashed { sha256 }
}

/// The SHA-256 of some texts after one another, in hexadecimal.
fn sha256(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    let mut hex = String::with_capacity(64);
    for byte in digest.finalize() {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A mark by which a key is known again, and from which nobody learns it: eight
/// digits of its SHA-256.
pub fn mark_of_key(key: &str) -> String {
    let mut mark = sha256(&[key]);
    mark.truncate(8);
    mark
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::{Json, UserId};

    #[test]
    fn metadata_is_named_by_its_path_and_hashed() {
        let patch = json!({"private_metadata": {"crm": {"token": "zebra"}, "old": null}});
        let action = Action::MergeMetadata {
            user: UserId::new("user_1").unwrap(),
            patch: Json::new(patch),
        };
        let (targets, fields) = deed(&action);
        assert_eq!(targets, ["user_1"]);
        let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(
            names,
            ["private_metadata.crm.token", "private_metadata.old"]
        );
        let Value::Hashed { sha256: hash } = &fields[0].after else {
            panic!("{fields:?}")
        };
        let (salt, hash) = hash.split_once(':').unwrap();
        assert_eq!(hash, sha256(&[salt, "\"zebra\""]));
        assert_eq!(fields[1].after, Value::Empty(()));
        assert!(!format!("{fields:?}").contains("zebra"));
    }

    #[test]
    fn a_mark_is_short_and_always_the_same() {
        // The first digits of SHA-256 of "abc", as FIPS 180 has them.
        assert_eq!(mark_of_key("abc"), "ba7816bf");
    }
}

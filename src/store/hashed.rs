//! What is not to be written down as it is: metadata and keys.

use std::{collections::hash_map::RandomState, fmt::Write, hash::BuildHasher};

use serde_json::{Map, Value as JsonValue};
use sha2::{Digest, Sha256};

use super::line::{FieldChange, Value};
use crate::domain::Json;

/// Each value of some metadata by its path, hashed, since there may be secrets
/// among them; with what was there before, hashed as well.
pub(super) fn leaves(path: &str, json: &Json, before: Option<&JsonValue>) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    let before = Before::of(before);
    hash_leaves(json.raw(), before, &mut path.to_owned(), &mut fields);
    fields
}

/// The same where whole kinds of metadata are replaced: what they held and will
/// not hold any more changes too.
pub(super) fn leaves_replaced(kinds: &Json, before: Option<&JsonValue>) -> Vec<FieldChange> {
    let mut whole = kinds.raw().clone();
    if let (Some(kinds), Some(before)) = (whole.as_object_mut(), before) {
        for (kind, after) in kinds {
            if let (Some(after), Some(before)) = (after.as_object_mut(), before.get(kind)) {
                empty_what_goes(after, before);
            }
        }
    }
    leaves("", &Json::new(whole), before)
}

/// Adds a null for each member that `before` has and `after` has not.
fn empty_what_goes(after: &mut Map<String, JsonValue>, before: &JsonValue) {
    for (key, held) in before.as_object().into_iter().flatten() {
        match after.get_mut(key) {
            Some(JsonValue::Object(after)) => empty_what_goes(after, held),
            Some(_) => {}
            None => {
                after.insert(key.clone(), JsonValue::Null);
            }
        }
    }
}

/// What was at a path before.
#[derive(Clone, Copy)]
enum Before<'a> {
    /// Nobody read it.
    Unknown,
    /// Nothing.
    Nothing,
    /// This.
    Held(&'a JsonValue),
}

impl<'a> Before<'a> {
    const fn of(before: Option<&'a JsonValue>) -> Self {
        match before {
            Some(held) => Self::Held(held),
            None => Self::Unknown,
        }
    }

    /// What was there under a key. At the top stand the kinds that were read; in
    /// a kind that was read, what is not there was not there.
    fn under(self, key: &str, at_the_top: bool) -> Self {
        match self {
            Self::Held(held) => match held.get(key) {
                Some(held) => Self::Held(held),
                None if at_the_top => Self::Unknown,
                None => Self::Nothing,
            },
            other => other,
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Unknown => Value::Unknown,
            Self::Nothing => Value::Empty(()),
            Self::Held(held) => leaf(held),
        }
    }
}

fn hash_leaves(
    value: &JsonValue,
    before: Before,
    path: &mut String,
    fields: &mut Vec<FieldChange>,
) {
    if let JsonValue::Object(members) = value
        && !members.is_empty()
    {
        let length = path.len();
        for (key, value) in members {
            if length > 0 {
                path.push('.');
            }
            path.push_str(key);
            hash_leaves(value, before.under(key, length == 0), path, fields);
            path.truncate(length);
        }
        return;
    }
    fields.push(FieldChange {
        field: path.clone(),
        before: before.value(),
        after: leaf(value),
    });
}

fn leaf(value: &JsonValue) -> Value {
    match value {
        JsonValue::Null => Value::Empty(()),
        value => hashed(value),
    }
}

/// A value that is not to be written down. The salt, another one each time,
/// keeps equal values apart and makes no table of hashes worth its while.
pub(super) fn hashed(value: &JsonValue) -> Value {
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

    /// Whether this is the hash of that.
    fn hides(hidden: &Value, value: &JsonValue) -> bool {
        let Value::Hashed { sha256: hash } = hidden else {
            return false;
        };
        let (salt, hash) = hash.split_once(':').unwrap();
        hash == sha256(&[salt, &value.to_string()])
    }

    fn names(fields: &[FieldChange]) -> Vec<&str> {
        fields.iter().map(|field| field.field.as_str()).collect()
    }

    #[test]
    fn metadata_is_named_by_its_path_and_hashed() {
        let patch = json!({"private_metadata": {"crm": {"token": "zebra"}, "old": null}});
        let fields = leaves("", &Json::new(patch), None);
        assert_eq!(
            names(&fields),
            ["private_metadata.crm.token", "private_metadata.old"]
        );
        assert!(hides(&fields[0].after, &json!("zebra")));
        assert_eq!(fields[1].after, Value::Empty(()));
        assert!(fields.iter().all(|field| field.before.is_unknown()));
        assert!(!format!("{fields:?}").contains("zebra"));
    }

    #[test]
    fn what_metadata_held_is_hashed_too() {
        let patch = json!({
            "private_metadata": {"a.b": 1, "crm": {"token": "new"}, "added": {"x": 1}},
            "public_metadata": {"y": 1},
        });
        let before = json!({"private_metadata": {"a.b": "zebra", "crm": {"token": "zebra"}}});
        let fields = leaves("", &Json::new(patch), Some(&before));
        let [dotted, token, added, unread] = &fields[..] else {
            panic!("{fields:?}")
        };
        assert!(hides(&dotted.before, &json!("zebra")) && hides(&token.before, &json!("zebra")));
        assert_eq!(added.before, Value::Empty(()));
        assert_eq!(unread.before, Value::Unknown);
        assert!(!format!("{fields:?}").contains("zebra"));
    }

    #[test]
    fn what_a_replacement_leaves_out_goes() {
        let kinds = json!({"public_metadata": {"plan": {"name": "pro"}}});
        let before = json!({"public_metadata": {"plan": {"name": "pro", "seats": 3}, "vip": true}});
        let fields = leaves_replaced(&Json::new(kinds), Some(&before));
        assert_eq!(
            names(&fields),
            [
                "public_metadata.plan.name",
                "public_metadata.plan.seats",
                "public_metadata.vip"
            ]
        );
        assert!(hides(&fields[2].before, &json!(true)));
        assert_eq!(fields[2].after, Value::Empty(()));
    }

    #[test]
    fn a_mark_is_short_and_always_the_same() {
        // The first digits of SHA-256 of "abc", as FIPS 180 has them.
        assert_eq!(mark_of_key("abc"), "ba7816bf");
    }
}

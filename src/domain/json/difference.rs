//! What changes between two values, and the merge that changes just that.

use serde_json::{Map, Value};

use super::Json;

/// What is at a path before and after. `None`: nothing is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The keys on the way.
    pub path: Vec<String>,
    /// What was there.
    pub before: Option<Json>,
    /// What will be there.
    pub after: Option<Json>,
}

impl Difference {
    /// Whether a value still has at the path what was there before.
    pub fn stands_in(&self, value: &Json) -> bool {
        value.blocked(&self.path).is_none() && value.at(&self.path) == self.before
    }
}

/// No merge can set what is at this path to `null`, since null removes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoMerge(pub Vec<String>);

impl Json {
    /// What is different in `new`, as deep as both have objects: first what is
    /// here, in its order, then what is new.
    pub fn differences(&self, new: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        collect(&mut Vec::new(), &self.0, &new.0, &mut found);
        found
    }

    /// What these differences make of it, whatever they were found between.
    #[must_use]
    pub fn with(&self, differences: &[Difference]) -> Self {
        let mut changed = self.clone();
        for difference in differences {
            let after = difference.after.as_ref().map(|after| after.0.clone());
            put(&mut changed.0, &difference.path, after);
        }
        changed
    }

    /// The smallest merge that makes these differences (RFC 7396).
    ///
    /// # Errors
    /// Where it would take a null that stays.
    pub fn merge_of(differences: &[Difference]) -> Result<Self, NoMerge> {
        let mut patch = Value::Object(Map::new());
        for Difference { path, after, .. } in differences {
            if let Some(null) = after.as_ref().and_then(|after| null_in(&after.0)) {
                return Err(NoMerge([path.clone(), null].concat()));
            }
            let after = after.as_ref().map_or(Value::Null, |after| after.0.clone());
            put(&mut patch, path, Some(after));
        }
        Ok(Self(patch))
    }
}

fn collect(path: &mut Vec<String>, old: &Value, new: &Value, found: &mut Vec<Difference>) {
    if let (Value::Object(old), Value::Object(new)) = (old, new) {
        let added = new.keys().filter(|key| !old.contains_key(*key));
        for key in old.keys().chain(added) {
            path.push(key.clone());
            match (old.get(key), new.get(key)) {
                (Some(old), Some(new)) => collect(path, old, new, found),
                (old, new) => found.push(difference(path, old, new)),
            }
            path.pop();
        }
    } else if old != new {
        found.push(difference(path, Some(old), Some(new)));
    }
}

fn difference(path: &[String], old: Option<&Value>, new: Option<&Value>) -> Difference {
    let json = |value: Option<&Value>| value.cloned().map(Json);
    Difference {
        path: path.to_vec(),
        before: json(old),
        after: json(new),
    }
}

/// Puts a value at a path, or takes away what is there; what is in the way goes.
fn put(target: &mut Value, path: &[String], value: Option<Value>) {
    let Some((key, rest)) = path.split_first() else {
        *target = value.unwrap_or_default();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else {
        return;
    };
    match value {
        // The order of the others stays.
        None if rest.is_empty() => drop(members.shift_remove(key)),
        None if !members.contains_key(key) => {}
        value => put(
            members.entry(key.as_str()).or_insert(Value::Null),
            rest,
            value,
        ),
    }
}

/// Where a merge would take a null for a removal: not in arrays, which it takes whole.
fn null_in(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Object(members) => members.iter().find_map(|(key, value)| {
            let rest = null_in(value)?;
            Some([vec![key.clone()], rest].concat())
        }),
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// Values of any kind, with few keys, so that two of them have some in common.
    pub fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            (0..3u8).prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let keys = prop_oneof![4 => "[abc]", 1 => any::<String>()];
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::vec((keys, inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    fn objects() -> impl Strategy<Value = Json> {
        values().prop_map(|value| match value {
            Value::Object(_) => Json(value),
            other => Json(json!({"a": other})),
        })
    }

    fn differences(old: Value, new: Value) -> Vec<(String, Option<Value>, Option<Value>)> {
        let found = Json(old).differences(&Json(new)).into_iter();
        let raw = |json: Option<Json>| json.map(|json| json.0);
        found
            .map(|d| (d.path.join("."), raw(d.before), raw(d.after)))
            .collect()
    }

    #[test]
    fn only_what_changes_is_different_however_it_is_ordered() {
        let old = json!({"plan": {"tier": "free", "seats": 3}, "tags": [1, 2], "x": 1});
        let new = json!({"tags": [1], "new": {}, "plan": {"seats": 3, "tier": "pro"}});
        assert_eq!(
            differences(old.clone(), new),
            [
                ("plan.tier".into(), Some(json!("free")), Some(json!("pro"))),
                ("tags".into(), Some(json!([1, 2])), Some(json!([1]))),
                ("x".into(), Some(json!(1)), None),
                ("new".into(), None, Some(json!({}))),
            ]
        );
        assert_eq!(differences(old.clone(), old), []);
    }

    #[test]
    fn a_merge_says_only_what_changes() {
        let old = Json(json!({"plan": {"tier": "free", "seats": 3}, "x": {"y": 1}, "n": null}));
        let new =
            Json(json!({"plan": {"tier": "pro", "seats": 3}, "x": 2, "z": [null], "n": null}));
        let merge = Json::merge_of(&old.differences(&new)).unwrap();
        assert_eq!(
            merge.0,
            json!({"plan": {"tier": "pro"}, "x": 2, "z": [null]})
        );
    }

    #[test]
    fn a_null_that_is_to_stay_takes_a_replacement() {
        let old = Json(json!({"a": {"b": 1}}));
        for (new, path) in [
            (json!({"a": {"b": null}}), vec!["a", "b"]),
            (
                json!({"a": {"b": {"c": {"d": null}}}}),
                vec!["a", "b", "c", "d"],
            ),
        ] {
            let merge = Json::merge_of(&old.differences(&Json(new)));
            assert_eq!(merge.unwrap_err().0, path);
        }
    }

    #[test]
    fn differences_keep_what_others_changed_beside_them() {
        let (old, mine) = (json!({"a": 1, "b": {"c": 1}}), json!({"a": 2, "b": {}}));
        let theirs = Json(json!({"x": 0, "a": 1, "b": {"c": 1, "d": 5}}));
        let both = theirs.with(&Json(old).differences(&Json(mine)));
        assert_eq!(both.0, json!({"x": 0, "a": 2, "b": {"d": 5}}));
    }

    proptest! {
        #[test]
        fn differences_and_merges_lead_from_one_to_the_other(old in objects(), new in objects()) {
            let differences = old.differences(&new);
            prop_assert_eq!(old.with(&differences), new.clone());
            if let Ok(merge) = Json::merge_of(&differences) {
                prop_assert_eq!(old.merged(&merge), new);
            }
        }
    }
}

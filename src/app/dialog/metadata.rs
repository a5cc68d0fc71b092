//! A key and a value of metadata, as somebody types them.

use serde_json::Value;

use crate::app::text::cut;
use crate::domain::{Json, Untrusted};

/// The keys of `a.b.c`. A key that has dots in it, and is there, is one key.
pub fn path(typed: &str, has: &Json) -> Result<Vec<String>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("Name the key first, such as plan or plan.tier.".to_owned());
    }
    let whole = [typed.to_owned()];
    if has.at(&whole).is_some() {
        return Ok(whole.to_vec());
    }
    let keys: Vec<String> = typed.split('.').map(|key| key.trim().to_owned()).collect();
    if keys.iter().any(String::is_empty) {
        return Err("Before and after each dot stands a key: plan.tier.".to_owned());
    }
    Ok(keys)
}

/// A value; what is not written as JSON is a string, and nothing at all is
/// `null`, which removes the key.
pub fn value(typed: &str) -> Result<Json, String> {
    if typed.trim().is_empty() {
        return Ok(Json::new(Value::Null));
    }
    match Json::parse(typed) {
        Ok(value) => Ok(value),
        Err(mistake) if typed.trim_start().starts_with(['{', '[', '"']) => Err(mistake.to_string()),
        Err(_) => Ok(Json::new(Value::from(typed.trim()))),
    }
}

/// A key with the keys on the way to it, as it is shown.
pub fn name(path: &[String]) -> String {
    let keys = path.iter().map(|key| {
        if key.contains('.') {
            format!("\"{key}\"")
        } else {
            key.clone()
        }
    });
    let name = Untrusted::new(keys.collect::<Vec<_>>().join("."));
    cut(&name.shown(), 30)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(typed: &str) -> Value {
        value(typed).unwrap().raw().clone()
    }

    #[test]
    fn what_is_no_json_is_a_string_and_nothing_is_null() {
        assert_eq!(read(" 12 "), json!(12));
        assert_eq!(read("true"), json!(true));
        assert_eq!(read("tru"), json!("tru"));
        assert_eq!(read(" two words "), json!("two words"));
        assert_eq!(read("\"12\""), json!("12"));
        assert_eq!(read("{\"a\":[1]}"), json!({"a": [1]}));
        assert_eq!((read(""), read("null")), (Value::Null, Value::Null));
    }

    #[test]
    fn what_begins_as_json_has_to_be_some() {
        assert_eq!(
            value("{\"ä\":1,}").unwrap_err(),
            "Line 1, column 8: trailing comma."
        );
        for text in ["[1,", "\"open", "{\"a\":1,\"a\":2}"] {
            assert!(value(text).is_err(), "{text}");
        }
    }

    #[test]
    fn dots_part_keys_unless_the_key_has_them() {
        let has = Json::new(json!({"a.b": 1}));
        assert_eq!(path(" a.b ", &has).unwrap(), ["a.b"]);
        assert_eq!(path("a.c", &has).unwrap(), ["a", "c"]);
        for bad in ["", " ", ".", "a.", ".a", "a..b"] {
            assert!(path(bad, &has).is_err(), "{bad}");
        }
        assert_eq!(name(&["a.b".to_owned(), "c".to_owned()]), "\"a.b\".c");
    }
}

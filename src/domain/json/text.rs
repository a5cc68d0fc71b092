//! JSON as people edit it: read strictly, with the place of a mistake, and
//! written so that nothing in it looks different from what it is.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Json;
use crate::domain::Untrusted;

/// What is wrong in a text, and where; counted from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
    /// What is wrong, in words, ready to be shown.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, what } = self;
        write!(f, "Line {line}, column {column}: {what}.")
    }
}

impl Json {
    /// Reads a text that somebody wrote. Of a key that stands there twice one
    /// value would be lost, so that is a mistake, too.
    ///
    /// # Errors
    /// The first mistake.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let read = serde_json::from_str::<Strict>(text);
        read.map(|Strict(value)| Self(value))
            .map_err(|error| mistake(text, &error))
    }

    /// The value over several lines, to be edited: all that a screen would not
    /// show as it is, is written as JSON escapes it.
    pub fn editable(&self) -> String {
        Self::escaped(&format!("{:#}", self.0))
    }

    /// A text with the escapes of JSON for every character that is not shown as it
    /// is; line breaks stay.
    pub fn escaped(text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if c == '\n' || Untrusted::is_harmless(c) {
                out.push(c);
            } else {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                out.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
        out
    }
}

fn mistake(text: &str, error: &serde_json::Error) -> Mistake {
    let (mut line, mut end) = (error.line().max(1), error.column().checked_sub(1));
    if end.is_none() && line > 1 {
        // It came with the line break: what is wrong ends there.
        line -= 1;
        end = Some(usize::MAX);
    }
    let text = text.split('\n').nth(line - 1).unwrap_or_default();
    let before = text.get(..end.unwrap_or(0)).unwrap_or(text);
    let words = error.to_string();
    let words = words
        .rsplit_once(" at line ")
        .map_or(&*words, |(what, _)| what);
    let what = match words.strip_prefix("EOF while parsing ") {
        Some(inside) => format!("the text ends inside {inside}"),
        // Of these a text that is edited can hold line breaks only.
        None if words.starts_with("control character") => "a string ends with its line".to_owned(),
        None => words.to_owned(),
    };
    Mistake {
        line,
        column: before.chars().count() + 1,
        what,
    }
}

/// A value in which no key stands twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).map(Value::Number);
        number.ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            if members.contains_key(&key) {
                let key = Untrusted::new(key);
                let text = format!("the key “{}” stands here twice", key.shown());
                return Err(A::Error::custom(text));
            }
            let Strict(value) = from.next_value()?;
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::super::difference::tests::values;
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn wrong(text: &str) -> String {
        Json::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_mistake_has_its_line_and_column() {
        for (text, said) in [
            (
                "{\"a\": 1\n \"b\": 2}",
                "Line 2, column 2: expected `,` or `}`.",
            ),
            ("{\"ä\": 1,}", "Line 1, column 9: trailing comma."),
            ("", "Line 1, column 1: the text ends inside a value."),
            (
                "{\n  \"a\": \"open",
                "Line 2, column 12: the text ends inside a string.",
            ),
            ("{\"a\": 1e999}", "Line 1, column 11: number out of range."),
            (
                "{\"a\": \"x\n}",
                "Line 1, column 9: a string ends with its line.",
            ),
            ("{\n", "Line 1, column 2: the text ends inside an object."),
            ("{} x", "Line 1, column 4: trailing characters."),
        ] {
            assert_eq!(wrong(text), said, "{text}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_a_mistake() {
        assert_eq!(
            wrong("{\"a\": {\"b\\u202e\": 1,\n\"b\\u202e\": 2}}"),
            "Line 2, column 9: the key “b\u{fffd}” stands here twice."
        );
        let said = wrong("{\"at line 7\": 1, \"at line 7\": 2}");
        assert!(
            said.ends_with("the key “at line 7” stands here twice."),
            "{said}"
        );
    }

    #[test]
    fn what_would_not_be_shown_as_it_is_is_escaped() {
        let hostile = Json::new(json!({"a\u{202e}": "b\u{9b}\u{7f}\u{e0001}\n", "ü": "李👩‍👧"}));
        assert_eq!(
            hostile.editable(),
            "{\n  \"a\\u202e\": \"b\\u009b\\u007f\\udb40\\udc01\\n\",\n  \"ü\": \"李👩‍👧\"\n}"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_edited_comes_back_as_it_was(value in values()) {
            let json = Json::new(value);
            let text = json.editable();
            prop_assert!(text.chars().all(|c| c == '\n' || Untrusted::is_harmless(c)));
            prop_assert_eq!(Json::parse(&text), Ok(json));
        }

        #[test]
        fn no_text_is_too_strange_to_be_judged(text in any::<String>()) {
            if let Err(mistake) = Json::parse(&text) {
                prop_assert!(mistake.line >= 1 && mistake.column >= 1);
            }
        }
    }
}

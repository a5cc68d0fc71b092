//! JSON from strangers, ready to be shown line by line.

mod difference;
mod text;

pub use difference::{Difference, NoMerge};
pub use text::Mistake;

use serde_json::Value;

use super::Untrusted;

/// A JSON value from the API: metadata, or a whole raw user.
///
/// The value inside stays private: a string in it is as untrusted as a name,
/// and [`Json::lines`] hands it out as [`Untrusted`] only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json(Value);

/// What a token is, for colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Leading spaces, two for each level.
    Indent,
    /// The key of an object's member, with its quotes.
    Key,
    /// A string value, with its quotes.
    Text,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// Braces, brackets, colons and commas.
    Punctuation,
}

/// A piece of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonToken {
    /// What it is.
    pub kind: TokenKind,
    /// Its text.
    pub text: Untrusted,
}

impl Json {
    /// Wraps a decoded value.
    pub const fn new(value: Value) -> Self {
        Self(value)
    }

    /// The value, to send it back; never to show it.
    pub const fn raw(&self) -> &Value {
        &self.0
    }

    /// How many members an object has (or elements an array); 0 for anything else.
    pub fn len(&self) -> usize {
        match &self.0 {
            Value::Object(map) => map.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is something at `path`, a key in each object on the way,
    /// and, with `value`, whether that is it: as JSON writes it, but a string
    /// without its quotes.
    pub fn holds<'a>(&self, mut path: impl Iterator<Item = &'a str>, value: Option<&str>) -> bool {
        let found = path.try_fold(&self.0, |at, key| at.get(key));
        match (found, value) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(Value::String(text)), Some(value)) => text == value,
            (Some(other), Some(value)) => {
                let written = other.to_string();
                written == value
            }
        }
    }

    /// What is at `path`, a key in each object on the way.
    pub fn at(&self, path: &[String]) -> Option<Self> {
        let found = path.iter().try_fold(&self.0, |at, key| at.get(key));
        found.cloned().map(Self)
    }

    /// How many keys of `path` lead to something that can hold no key, before
    /// the path ends; `None`: nothing is in the way.
    pub fn blocked(&self, path: &[String]) -> Option<usize> {
        let mut at = &self.0;
        for (n, key) in path.iter().enumerate() {
            if n > 0 && !at.is_object() {
                return Some(n);
            }
            at = at.get(key)?;
        }
        None
    }

    /// `value` below the keys of `path`, and nothing beside them.
    pub fn nested(path: &[String], value: Self) -> Self {
        path.iter().rev().fold(value, |inner, key| {
            let member = std::iter::once((key.clone(), inner.0));
            Self(Value::Object(member.collect()))
        })
    }

    /// What a deep merge makes of it: null removes a key (RFC 7396).
    #[must_use]
    pub fn merged(&self, patch: &Self) -> Self {
        let mut merged = self.clone();
        merge(&mut merged.0, &patch.0);
        merged
    }

    /// What stands where a merge of `patch` changes something; null where nothing does.
    #[must_use]
    pub fn touched_by(&self, patch: &Self) -> Self {
        Self(touched(Some(&self.0), &patch.0))
    }

    /// The value in one line.
    pub fn written(&self) -> Untrusted {
        Untrusted::new(self.0.to_string())
    }

    /// The value printed over several lines, as tokens.
    pub fn lines(&self) -> Vec<Vec<JsonToken>> {
        let mut printer = Printer::default();
        printer.value(&self.0, 0);
        printer.lines.push(printer.line);
        printer.lines
    }
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else {
        return;
    };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key.as_str()).or_insert(Value::Null), value);
        }
    }
}

fn touched(held: Option<&Value>, patch: &Value) -> Value {
    match (held, patch) {
        (Some(Value::Object(held)), Value::Object(patch)) => {
            let keys = patch.iter();
            let member = |(key, patch): (&String, &Value)| {
                let held = touched(held.get(key), patch);
                (key.clone(), held)
            };
            Value::Object(keys.map(member).collect())
        }
        (held, _) => held.cloned().unwrap_or(Value::Null),
    }
}

/// Collects tokens into lines. serde_json bounds the depth of what it decodes
/// (128), so recursion here is bounded too.
#[derive(Default)]
struct Printer {
    lines: Vec<Vec<JsonToken>>,
    line: Vec<JsonToken>,
}

impl Printer {
    fn push(&mut self, kind: TokenKind, text: impl AsRef<str>) {
        self.line.push(JsonToken {
            kind,
            text: Untrusted::new(text),
        });
    }

    fn new_line(&mut self, depth: usize) {
        self.lines.push(std::mem::take(&mut self.line));
        if depth > 0 {
            self.push(TokenKind::Indent, "  ".repeat(depth));
        }
    }

    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null | Value::Bool(_) => self.push(TokenKind::Word, value.to_string()),
            Value::Number(_) => self.push(TokenKind::Number, value.to_string()),
            Value::String(_) => self.push(TokenKind::Text, value.to_string()),
            Value::Array(items) => self.sequence(['[', ']'], items.iter(), depth, Self::value),
            Value::Object(map) => self.sequence(['{', '}'], map.iter(), depth, Self::member),
        }
    }

    fn member(&mut self, (key, value): (&String, &Value), depth: usize) {
        self.push(TokenKind::Key, Value::from(key.as_str()).to_string());
        self.push(TokenKind::Punctuation, ": ");
        self.value(value, depth);
    }

    fn sequence<T>(
        &mut self,
        [open, close]: [char; 2],
        items: impl ExactSizeIterator<Item = T>,
        depth: usize,
        mut print: impl FnMut(&mut Self, T, usize),
    ) {
        let last = items.len();
        if last == 0 {
            self.push(TokenKind::Punctuation, format!("{open}{close}"));
            return;
        }
        self.push(TokenKind::Punctuation, open.to_string());
        for (i, item) in items.enumerate() {
            self.new_line(depth + 1);
            print(self, item, depth + 1);
            if i + 1 < last {
                self.push(TokenKind::Punctuation, ",");
            }
        }
        self.new_line(depth);
        self.push(TokenKind::Punctuation, close.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_are_what_serde_prints() {
        let value = json!({"a": [1, {"b": null}], "c": {}, "d": "x\u{1b}\"", "e": true, "f": []});
        let printed: Vec<String> = Json::new(value.clone())
            .lines()
            .iter()
            .map(|line| line.iter().map(|t| t.text.raw()).collect())
            .collect();
        assert_eq!(
            printed.join("\n"),
            serde_json::to_string_pretty(&value).unwrap()
        );
    }

    #[test]
    fn a_merge_goes_deep_and_null_removes() {
        let has = Json::new(json!({"a": {"b": 1, "c": 2}, "d": "x"}));
        let patch = Json::new(json!({"a": {"b": null, "e": {"f": null}}, "d": {"g": 1}}));
        assert_eq!(
            *has.merged(&patch).raw(),
            json!({"a": {"c": 2, "e": {}}, "d": {"g": 1}})
        );
        let keys = |text: &str| text.split('.').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(has.at(&keys("a.c")), Some(Json::new(json!(2))));
        assert_eq!(has.blocked(&keys("d.e.f")), Some(1));
        assert_eq!(has.blocked(&keys("a.x.y")), None);
    }
}

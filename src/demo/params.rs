//! Reading what a request asks: query parameters and JSON bodies.

use super::reply;
use super::reply::{Reply, invalid, refused};
use serde_json::{Map, Value, json};

/// The most values one parameter may have.
const MOST: usize = 100;

#[derive(Clone, Debug, Default)]
pub(super) struct Params(pub Vec<(String, String)>);

impl Params {
    /// The first value; an empty one counts as none.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.every(name).next().filter(|value| !value.is_empty())
    }

    fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(key, _)| key.strip_suffix("[]").unwrap_or(key) == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a repeatable parameter; `None` if it was not given.
    pub fn many(&self, name: &str) -> Result<Option<Vec<&str>>, Reply> {
        let all: Vec<&str> = self.every(name).filter(|v| !v.is_empty()).collect();
        if all.len() > MOST {
            let long = format!("{name} accepts at most {MOST} values.");
            return Err(refused(
                name,
                "form_param_max_length_exceeded",
                "exceeds maximum length",
                &long,
            ));
        }
        Ok((!all.is_empty()).then_some(all))
    }

    pub fn whole(&self, name: &str) -> Result<Option<i64>, Reply> {
        self.one(name)
            .map(|text| {
                text.parse()
                    .map_err(|_| invalid(name, &format!("{name} must be an integer.")))
            })
            .transpose()
    }

    pub fn yes(&self, name: &str) -> Result<Option<bool>, Reply> {
        match self.one(name) {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(_) => Err(invalid(name, &format!("{name} must be true or false."))),
        }
    }

    /// `limit` (1 to 500, 10 if not given) and `offset`.
    pub fn page(&self, silent: bool) -> Result<Page, Reply> {
        let limit = match self.whole("limit")?.unwrap_or(10) {
            limit @ 1..=500 => limit as usize,
            501.. if silent => 10,
            _ => return Err(invalid("limit", "limit must be between 1 and 500.")),
        };
        let offset = usize::try_from(self.whole("offset")?.unwrap_or(0))
            .map_err(|_| invalid("offset", "offset must be greater than or equal to 0."))?;
        Ok(Page { limit, offset })
    }
}

#[derive(Clone, Copy)]
pub(super) struct Page {
    pub limit: usize,
    pub offset: usize,
}

/// A segment of a path as it was meant: `%20` is a space. What is not two
/// hexadecimal digits stands for itself.
pub(super) fn segment(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A body that has to be a JSON object; nothing at all is an empty one.
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, Reply> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(reply::error(
            400,
            "request_body_invalid",
            "Request body invalid",
            "The request body is invalid. Please consult the API documentation for more information.",
            &json!({}),
        )),
    }
}

/// Refuses a body that has any other field.
pub(super) fn only(body: &Map<String, Value>, known: &[&str]) -> Result<(), Reply> {
    match body.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(reply::unknown(name)),
        None => Ok(()),
    }
}

/// A field that may be a text, null or absent. The empty text means null.
#[allow(
    clippy::option_option,
    reason = "absent and null are two things to `PATCH`"
)]
pub(super) fn text(map: &Map<String, Value>, name: &str) -> Result<Option<Option<String>>, Reply> {
    match map.get(name) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(Value::String(text)) => Ok(Some((!text.is_empty()).then(|| text.clone()))),
        Some(_) => Err(invalid(name, &format!("{name} must be a string."))),
    }
}

/// A list of texts, empty if absent or null.
pub(super) fn texts(map: &Map<String, Value>, name: &str) -> Result<Vec<String>, Reply> {
    let wrong = || invalid(name, &format!("{name} must be an array of strings."));
    match map.get(name) {
        None | Some(Value::Null) => Ok(vec![]),
        Some(Value::Array(all)) => all
            .iter()
            .map(|one| one.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
        Some(_) => Err(wrong()),
    }
}

pub(super) fn flag(map: &Map<String, Value>, name: &str) -> Result<Option<bool>, Reply> {
    match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(yes)) => Ok(Some(*yes)),
        Some(_) => Err(invalid(name, &format!("{name} must be a boolean."))),
    }
}

//! The lines of the audit trail.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::domain::{Timestamp, Untrusted};

/// The version of the lines written here. A line of a later one is left alone.
pub const VERSION: u32 = 1;

/// One line: what was about to be done, or how it ended.
///
/// Fields that are not known are ignored on reading, so that later versions may
/// add some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The version of this line, [`VERSION`].
    pub v: u32,
    /// When it was written, RFC 3339, UTC.
    pub at: String,
    /// The number of the change; its intent and its outcome have the same.
    pub op: String,
    /// Who did it.
    pub operator: String,
    /// The host of the API.
    pub host: String,
    /// Which instance: the name of the profile, or a mark of the key.
    pub instance: String,
    /// The kind of change, by its name: `ban`.
    pub change: String,
    /// The batch it belongs to, where it is one of many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// The ids of the people it is about.
    #[serde(default)]
    pub targets: Vec<String>,
    /// The ids of what else it is about: sessions, addresses, tokens, invitations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a line tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// It is about to be sent.
    Intent {
        /// What changes.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fields: Vec<FieldChange>,
        /// Why, in the operator's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// It ended.
    Outcome {
        /// How.
        result: Result,
        /// The HTTP status, where Clerk refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// Clerk's code of the refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// Clerk's trace id, for its support.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trace_id: Option<String>,
        /// Whether it was done, as far as reading back told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<bool>,
        /// More, in words; the id of what was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Result {
    /// Clerk did it.
    Done,
    /// Clerk did not do it.
    Refused,
    /// It never left this machine.
    NotSent,
    /// Nobody knows.
    Unknown,
    /// Nobody knew, and a later run read what is true; the note says it.
    ReadBack,
    /// This attempt was in vain, and another one follows.
    Again,
}

impl Result {
    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::NotSent => "not sent",
            Self::Unknown => "unknown",
            Self::ReadBack => "read back",
            Self::Again => "again",
        }
    }
}

/// One field that changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name at the API; parts of metadata by their path.
    pub field: String,
    /// What it held, where that is known.
    #[serde(default, skip_serializing_if = "Value::is_unknown")]
    pub before: Value,
    /// What it shall hold.
    #[serde(default, skip_serializing_if = "Value::is_unknown")]
    pub after: Value,
}

/// What a field holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Not known, or never to be written.
    #[default]
    #[serde(skip)]
    Unknown,
    /// `null`: nothing.
    Empty(()),
    /// Yes or no.
    Flag(bool),
    /// A text as it is.
    Text(String),
    /// Something that is not to be written down: a salt, and the SHA-256 of the
    /// salt and the value as JSON. Whoever has the value can tell that it was it.
    Hashed {
        /// `salt:hash`, both in hexadecimal.
        sha256: String,
    },
    /// What a later version writes.
    Other(serde_json::Value),
}

impl Value {
    /// A text as it is.
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// Whether there is nothing to write.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl Line {
    /// The line as it stands in the file, with its line break.
    ///
    /// What could steer a terminal is written as `\u…`, so that `cat` is safe.
    pub fn to_json(&self) -> String {
        // Of these types nothing can fail to be written.
        let json = serde_json::to_string(self).unwrap_or_default();
        let mut safe = String::with_capacity(json.len() + 1);
        for c in json.chars() {
            if c.is_ascii_graphic() || c == ' ' || Untrusted::is_harmless(c) {
                safe.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string does not fail.
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            }
        }
        safe.push('\n');
        safe
    }

    /// Reads one line; `None` for one that is damaged, or of a later version.
    pub fn from_json(line: &[u8]) -> Option<Self> {
        let line: Self = serde_json::from_slice(line).ok()?;
        (line.v == VERSION).then_some(line)
    }

    /// When it was written.
    pub fn time(&self) -> Option<Timestamp> {
        timestamp(&self.at)
    }
}

/// A time that was written so.
pub(super) fn timestamp(at: &str) -> Option<Timestamp> {
    let at: jiff::Timestamp = at.parse().ok()?;
    Some(Timestamp::from_millis(at.as_millisecond()))
}

/// A time as lines have it.
pub(super) fn rfc3339(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.millis())
        .map_or_else(|_| at.millis().to_string(), |at| at.to_string())
}

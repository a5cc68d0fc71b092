//! What people type into the search box, and what it asks for.
//!
//! A search is words with blanks between them; quotes keep blanks together.
//! `field:value` asks for one thing, everything else is free text. The same
//! field several times means any of its values; different words must all hold,
//! and so must several ranges, states and keys of metadata.

mod check;
mod complete;
mod field;
mod lex;
mod organizations;
mod parse;
mod pasted;
mod pieces;
mod sessions;
#[cfg(test)]
mod tests;
mod users;
mod when;

use std::fmt;
use std::ops::Range;

use super::{
    Exact, ExactField, Fact, FactTest, MetadataTest, Organization, OrganizationId, PartialField,
    Session, SessionId, Span, Timestamp, Untrusted, UserFilter, UserId,
};

pub use complete::{Completion, complete};
pub use field::{FIELDS, FLAGS, Field, FieldHelp, Flag, FlagHelp};
pub use organizations::OrganizationSearch;
pub use pasted::{Entry, MOST_ENTRIES, Pasted, Target, batches};
pub use pieces::{Piece, closed, pieces, written_as};
pub use sessions::{SessionSearch, contains};
pub use users::{OrganizationRef, UserSearch};

use when::When;

/// The view whose rows are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Users.
    Users,
    /// Sessions.
    Sessions,
    /// Organizations.
    Organizations,
}

impl Scope {
    /// All, in the order of their keys.
    pub const ALL: [Self; 3] = [Self::Users, Self::Sessions, Self::Organizations];

    /// What the view is called, and the key that opens it.
    pub const fn view(self) -> (&'static str, char) {
        match self {
            Self::Users => ("Users", '1'),
            Self::Sessions => ("Sessions", '2'),
            Self::Organizations => ("Organizations", '3'),
        }
    }
}

/// A text that is no search.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{help}")]
pub struct Mistake {
    /// The bytes of the text that are meant, never empty and never within a character.
    pub at: Range<usize>,
    /// What is wrong and what to write instead, in whole sentences. Of what was
    /// typed it repeats letters only, so it can be shown as it is.
    pub help: String,
}

/// A search that was understood. Its `Display` is the canonical text, which is
/// read as the same search again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

/// One word of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// Free text, not blank.
    Text(String),
    /// A field and what is asked of it.
    Term(Term),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    field: Field,
    negated: bool,
    value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A part is enough.
    Part(String),
    /// The whole is compared. Which fields compare nothing else, need no `=`.
    Whole(String),
    Flag(Flag),
    When(When),
    Metadata {
        path: Vec<String>,
        value: Option<String>,
    },
    Account {
        provider: String,
        user: String,
    },
}

impl Query {
    /// Reads the text of a search box.
    ///
    /// # Errors
    /// The first [`Mistake`] in it.
    pub fn parse(text: &str, scope: Scope) -> Result<Self, Mistake> {
        let mut words = Vec::new();
        for lexeme in lex::words(text) {
            if let Some(word) = parse::word(&lexeme, scope)? {
                check::goes_with(&words, &word, scope).map_err(|help| Mistake {
                    at: lexeme.at,
                    help,
                })?;
                words.push(word);
            }
        }
        Ok(Self { words })
    }

    /// Asks nothing: everybody is meant.
    pub const fn everybody() -> Self {
        Self { words: Vec::new() }
    }

    /// Whether nothing is asked, and so everybody is meant.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words that belong to no field, with a blank between them.
    pub fn free_text(&self) -> String {
        self.texts().collect::<Vec<_>>().join(" ")
    }

    /// The texts that a row may hold in part: for marking them.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter_map(|word| match word {
            Word::Text(text)
            | Word::Term(Term {
                negated: false,
                value: Value::Part(text) | Value::Whole(text),
                ..
            }) => Some(text.as_str()),
            Word::Term(_) => None,
        })
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter_map(|word| match word {
            Word::Text(text) => Some(text.as_str()),
            Word::Term(_) => None,
        })
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.words.iter().filter_map(|word| match word {
            Word::Text(_) => None,
            Word::Term(term) => Some(term),
        })
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                f.write_str(" ")?;
            }
            word.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if lex::needs_quotes(text) || parse::looks_like_a_term(text) => {
                f.write_str(&lex::quoted(text))
            }
            Self::Text(text) => f.write_str(text),
            Self::Term(term) => term.fmt(f),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minus = if self.negated { "-" } else { "" };
        write!(f, "{minus}{}:", self.field.help().word)?;
        match &self.value {
            Value::Part(text) => f.write_str(&value_text(text)),
            Value::Whole(text) => {
                let equals = if self.field.has_parts() { "=" } else { "" };
                write!(f, "{equals}{}", value_text(text))
            }
            Value::Flag(flag) => f.write_str(flag.help().map_or("", |row| row.word)),
            Value::When(when) => when.fmt(f),
            Value::Metadata { path, value } => {
                let keys = path.iter().map(|key| {
                    if lex::needs_quotes(key) || key.contains(['.', '=', '/']) {
                        lex::quoted(key)
                    } else {
                        key.clone()
                    }
                });
                f.write_str(&keys.collect::<Vec<_>>().join("."))?;
                value
                    .as_deref()
                    .map_or(Ok(()), |value| write!(f, "={}", value_text(value)))
            }
            Value::Account { provider, user } => {
                f.write_str(&value_text(&format!("{provider}/{user}")))
            }
        }
    }
}

/// A value, in quotes where it would be read as something else without them.
fn value_text(text: &str) -> String {
    if lex::needs_quotes(text) || text.starts_with(['=', '/']) {
        lex::quoted(text)
    } else {
        text.to_owned()
    }
}

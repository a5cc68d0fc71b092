//! What Tab completes.

use std::ops::Range;

use super::field::{FIELDS, FLAGS, Field};
use super::{Scope, lex};

/// What may stand in the place of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text to replace; they end at the cursor.
    pub replace: Range<usize>,
    /// The candidates, in the order of the table; never empty.
    pub with: Vec<String>,
}

impl Completion {
    /// What all candidates begin with: all of it, if there is one only.
    pub fn common(&self) -> &str {
        let first = self.with.first().map_or("", String::as_str);
        let same = |other: &String| {
            let pairs = first.char_indices().zip(other.chars());
            let same = pairs.take_while(|((_, a), b)| a == b).last();
            same.map_or(0, |((at, c), _)| at + c.len_utf8())
        };
        &first[..self.with.iter().map(same).min().unwrap_or(0)]
    }
}

/// What fits at the cursor: fields, the values of `is:` and `has:`, and examples
/// of ranges. `None`: nothing does. A cursor within a character or behind the
/// text is moved back to where it can be.
pub fn complete(text: &str, cursor: usize, scope: Scope) -> Option<Completion> {
    let cursor = text.floor_char_boundary(cursor);
    let before = &text[..cursor];
    let word = lex::words(before)
        .pop()
        .filter(|word| word.at.end == cursor);
    let start = match word {
        Some(word) if word.open || word.chars.iter().any(|char| char.quoted) => return None,
        Some(word) => word.at.start,
        None => cursor,
    };
    let typed = before[start..].to_ascii_lowercase();
    let (minus, typed) = match typed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", typed.as_str()),
    };
    let with: Vec<String> = candidates(typed, scope, !minus.is_empty())
        .into_iter()
        .filter(|word| word.starts_with(typed))
        .map(|word| format!("{minus}{word}"))
        .collect();
    (!with.is_empty()).then_some(Completion {
        replace: start..cursor,
        with,
    })
}

/// Whole words that may fit what was typed.
fn candidates(typed: &str, scope: Scope, negated: bool) -> Vec<String> {
    let works = |field: &Field| {
        field.works_in(scope) && (!negated || field.negates_in(scope) || field.has_never())
    };
    let Some((name, _)) = typed.split_once(':') else {
        let fields = FIELDS.iter().filter(|row| works(&row.field));
        return fields.map(|row| format!("{}:", row.word)).collect();
    };
    let Some(field) = Field::named(name).filter(works) else {
        return Vec::new();
    };
    match field {
        Field::Is | Field::Has => FLAGS
            .iter()
            .filter(|row| row.field == field && row.scope == scope)
            .map(|row| format!("{name}:{}", row.word))
            .collect(),
        Field::Created | Field::Active | Field::SignedIn => {
            let examples = field.help().examples.iter();
            let fits = |example: &&&str| {
                !negated || field.negates_in(scope) || example.ends_with(":never")
            };
            examples.filter(fits).map(|&e| e.to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

impl Field {
    /// Whether it takes `never`, which can be left out even where ranges cannot.
    const fn has_never(self) -> bool {
        matches!(self, Self::Active | Self::SignedIn)
    }
}

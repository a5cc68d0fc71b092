//! Whether words go together, and whether two words are alike.

use super::{Scope, Term, Value, Word};

/// The most exact values of one field that the API takes.
pub const MOST_EXACT: usize = 100;

/// Whether a word may follow those that are there; else what its mistake says.
pub fn goes_with(words: &[Word], word: &Word, scope: Scope) -> Result<(), String> {
    let Word::Term(term) = word else {
        return Ok(());
    };
    let name = term.field.help().word;
    let mut same = words.iter().filter_map(|word| match word {
        Word::Term(other) if other.field == term.field => Some(other),
        _ => None,
    });
    let is_part = |other: &Term| matches!(other.value, Value::Part(_));
    let help = match (&term.value, scope) {
        (Value::Part(_), Scope::Users) if same.any(is_part) => {
            format!("{name}: is there twice, and Clerk searches for one part. Leave one out.")
        }
        (Value::Account { .. }, _) if same.next().is_some() => {
            format!("{name}: is there twice, and Clerk looks for one account. Leave one out.")
        }
        (Value::Flag(_), _)
            if same.any(|other| other.value == term.value && other.negated != term.negated) =>
        {
            "The search says both this and its opposite. Leave one out.".to_owned()
        }
        (Value::Whole(_), Scope::Users)
            if same.filter(|other| !is_part(other)).count() >= MOST_EXACT =>
        {
            format!(
                "{name}: is there more than {MOST_EXACT} times, which is more than Clerk takes."
            )
        }
        _ => return Ok(()),
    };
    Err(help)
}

/// Whether somebody who wrote `typed` may have meant `word`: one is the
/// beginning of the other, or few letters differ.
pub fn is_near(typed: &str, word: &str) -> bool {
    let begins = word.len() > 2 && typed.starts_with(word) || word.starts_with(typed);
    let allowed = if word.len() > 4 { 2 } else { 1 };
    begins || typed.len().abs_diff(word.len()) <= allowed && distance(typed, word) <= allowed
}

/// How many letters to put in, take out or change.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

//! The words of a text as they were written: for forms that write such texts.

use super::{Field, Flag, FlagHelp, Query, Scope, lex, parse};

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Free text.
    Text(String),
    /// What a field of the view shall be, and that alone.
    Field(Field, String),
    /// A state that shall hold (`true`), or not.
    Flag(&'static FlagHelp, bool),
    /// Anything else, also what is no search: as it stands.
    Other(String),
}

/// The words of a text, with its last quotation closed.
pub fn pieces(text: &str, scope: Scope) -> Vec<Piece> {
    let words = lex::words(text).into_iter().map(|word| {
        let close = if word.open { "\"" } else { "" };
        let written = format!("{}{close}", &text[word.at.clone()]);
        let Some(parts) = parse::parts(&word.chars) else {
            return Piece::Text(written);
        };
        let field = Field::named(&lex::text(parts.name)).filter(|field| field.works_in(scope));
        let value = lex::text(parts.value);
        match field {
            Some(field @ (Field::Is | Field::Has)) => Flag::of(field, scope)
                .find(|row| row.word.eq_ignore_ascii_case(&value))
                .map_or(Piece::Other(written), |row| {
                    Piece::Flag(row, !parts.negated)
                }),
            Some(field) if !parts.negated => {
                let raw = written.split_once(':').map_or("", |(_, value)| value);
                let same = Query::parse(&written, scope);
                let means_it = written_as(field, &value)
                    .is_some_and(|word| Query::parse(&word, scope) == same);
                Piece::Field(field, if means_it { value } else { raw.to_owned() })
            }
            _ => Piece::Other(written),
        }
    });
    words.collect()
}

/// The word that asks for a value of a field, in quotes where it needs them;
/// `None` for a blank value.
pub fn written_as(field: Field, value: &str) -> Option<String> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let name = field.help().word;
    let word = format!("{name}:{value}");
    if matches!(&lex::words(&word)[..], [only] if !only.open) {
        return Some(word);
    }
    let (before, value) = match value.split_once('=') {
        Some((key, value)) if key.is_empty() || field == Field::Metadata => {
            (format!("{key}="), value)
        }
        _ => (String::new(), value),
    };
    Some(format!("{name}:{before}{}", lex::quoted(value)))
}

/// A text whose last quotation is closed, so that other words can follow.
pub fn closed(text: &str) -> String {
    let open = lex::words(text).last().is_some_and(|word| word.open);
    let close = if open { "\"" } else { "" };
    format!("{}{close}", text.trim())
}

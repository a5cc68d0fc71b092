//! The words of the search language, as the help lists them.

use crate::app::text::wrapped;
use crate::domain::search::{FIELDS, FLAGS, Field, Scope};

/// A line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// The word; empty where the line before goes on.
    pub word: String,
    /// What it means, or how it is written.
    pub text: String,
    /// Whether the text is an example.
    pub example: bool,
}

/// The words that work in a view, with texts of at most so many columns.
pub fn lines(scope: Scope, columns: usize) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    let mut add = |word: &str, text: &str, example| {
        let texts = wrapped(text, columns, 3).into_iter().enumerate();
        lines.extend(texts.map(|(n, text)| HelpLine {
            word: if n == 0 { word } else { "" }.to_owned(),
            text,
            example,
        }));
    };
    for row in FIELDS.iter().filter(|row| row.field.works_in(scope)) {
        if matches!(row.field, Field::Is | Field::Has) {
            continue;
        }
        add(&format!("{}:", row.word), row.about, false);
        add("", &row.field.examples_in(scope).join(" · "), true);
    }
    for row in FLAGS.iter().filter(|row| row.scope == scope) {
        let word = format!("{}:{}", row.field.help().word, row.word);
        add(&word, row.about, false);
    }
    add(
        "-word",
        "leaves out whoever matches, where that is possible",
        false,
    );
    add("\"a b\"", "keeps blanks together", false);
    add(
        "Tab",
        "completes a word; ^p ^n bring back earlier searches",
        false,
    );
    lines
}

//! Cuts a text into words, and knows which of their characters stood in quotes.

use std::ops::Range;

/// A character of a word, and where in the text it stood.
#[derive(Clone, Copy, Debug)]
pub struct Char {
    /// The byte where it begins.
    pub at: usize,
    /// Itself.
    pub c: char,
    /// Whether quotes or a backslash take its meaning away.
    pub quoted: bool,
}

impl Char {
    /// Whether it is `c` with the meaning that `c` has in the language.
    pub const fn is(&self, c: char) -> bool {
        self.c == c && !self.quoted
    }
}

/// A word of the text.
#[derive(Clone, Debug)]
pub struct Lexeme {
    /// Its bytes in the text, with the quotes.
    pub at: Range<usize>,
    /// Its characters, without the quotes.
    pub chars: Vec<Char>,
    /// Whether it ends within quotes: somebody is still typing.
    pub open: bool,
    /// Whether a quote is its last byte.
    pub closed: bool,
}

impl Lexeme {
    fn new(at: usize) -> Self {
        Self {
            at: at..at,
            chars: Vec::new(),
            open: false,
            closed: false,
        }
    }

    /// Whether a quote in this place opens a quotation: at the beginning, and
    /// where a value or a key may begin. Elsewhere it is a character like others,
    /// as in `5"`.
    fn may_quote(&self, had_colon: bool) -> bool {
        let first = |chars: &[Char]| matches!(chars, [only] if only.is('-'));
        match self.chars.last() {
            None => true,
            Some(last) if had_colon => [':', '=', '.', '/'].iter().any(|c| last.is(*c)),
            Some(_) => first(&self.chars),
        }
    }
}

/// The text of characters.
pub fn text(chars: &[Char]) -> String {
    chars.iter().map(|char| char.c).collect()
}

/// The words of a text. A quotation that nobody closes ends with the text.
pub fn words(text: &str) -> Vec<Lexeme> {
    let mut words = Vec::new();
    let mut word: Option<Lexeme> = None;
    let mut had_colon = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let within = word.as_ref().is_some_and(|word| word.open);
        if c.is_whitespace() && !within {
            words.extend(word.take());
            had_colon = false;
            continue;
        }
        let word = word.get_or_insert_with(|| Lexeme::new(at));
        word.at.end = at + c.len_utf8();
        word.closed = false;
        if within && c == '"' {
            (word.open, word.closed) = (false, true);
        } else if within {
            let escaped = chars.next_if(|(_, next)| c == '\\' && ['"', '\\'].contains(next));
            let (at, c) = escaped.unwrap_or((at, c));
            word.at.end = at + c.len_utf8();
            word.chars.push(Char {
                at,
                c,
                quoted: true,
            });
        } else if c == '"' && word.may_quote(had_colon) {
            word.open = true;
        } else {
            had_colon |= c == ':';
            word.chars.push(Char {
                at,
                c,
                quoted: false,
            });
        }
    }
    words.extend(word);
    words
}

/// The text in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if ['"', '\\'].contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// Whether the text would fall apart or change without quotes, wherever it stands.
pub fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == '"')
}

//! JSON with colours.

use crate::domain::{Json, JsonToken, TokenKind, User};

use super::super::Tone;
use super::super::document::Line;
use super::words::short;

/// The columns of one token; longer than any value that a person reads.
const TOKEN: usize = 1_000;

/// The whole answer of Clerk about a user, as JSON.
pub fn raw(user: &User) -> Vec<Line> {
    highlighted(&user.raw, 0)
}

/// A JSON value over several lines, moved right by `indent` columns.
pub fn highlighted(json: &Json, indent: usize) -> Vec<Line> {
    json.lines()
        .iter()
        .map(|tokens| line(tokens, indent))
        .collect()
}

fn line(tokens: &[JsonToken], indent: usize) -> Line {
    let margin = if indent > 0 {
        Line::new(Tone::Plain, " ".repeat(indent))
    } else {
        Line::default()
    };
    tokens.iter().fold(margin, |line, token| {
        line.and(tone(token.kind), short(&token.text, TOKEN))
    })
}

const fn tone(kind: TokenKind) -> Tone {
    match kind {
        TokenKind::Indent => Tone::Plain,
        TokenKind::Key => Tone::Accent,
        TokenKind::Text => Tone::Good,
        TokenKind::Number | TokenKind::Word => Tone::Warn,
        TokenKind::Punctuation => Tone::Dim,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::alice;
    use super::*;

    #[test]
    fn raw_json_is_printed_line_by_line_with_tones() {
        let lines = raw(&alice());
        let text: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(
            text,
            [
                "{",
                r#"  "id": "user_2abc123","#,
                r#"  "banned": false"#,
                "}"
            ]
        );
        let tones: Vec<Tone> = lines[1].spans.iter().map(|span| span.tone).collect();
        assert_eq!(
            tones,
            [Tone::Plain, Tone::Accent, Tone::Dim, Tone::Good, Tone::Dim]
        );
        assert_eq!(lines[2].spans[3].tone, Tone::Warn);
    }
}

//! Text with a meaning: what a pane has to say, before anybody draws it.

use crate::domain::{OrganizationId, Session, Untrusted};

use super::Tone;
use super::text::width;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How it is meant.
    pub tone: Tone,
    /// What it says; it holds no control characters.
    pub text: String,
}

/// A line, which may lead somewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its pieces, side by side.
    pub spans: Vec<Span>,
    /// Where Enter leads from it.
    pub follow: Option<Follow>,
}

/// Where a line leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Follow {
    /// To the members of an organization.
    Organization(OrganizationId, Untrusted),
    /// The line is this session.
    Session(Box<Session>),
    /// It folds and unfolds a metadata object.
    Fold(Metadata),
}

/// The three metadata objects of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metadata {
    /// `public_metadata`: everybody may read it.
    Public,
    /// `private_metadata`: the backend only.
    Private,
    /// `unsafe_metadata`: the user may write it.
    Unsafe,
}

/// A line in as many as it takes: as it is where there is room, else broken
/// between words, and a word without room in itself. Nothing of it is lost.
pub fn broken(line: &Line, columns: usize) -> Vec<Line> {
    use unicode_segmentation::UnicodeSegmentation;
    let columns = columns.max(2);
    if width(&line.text()) <= columns {
        return vec![line.clone()];
    }
    let pieces = line.spans.iter().flat_map(|span| {
        let graphemes = span.text.graphemes(true);
        graphemes.map(|grapheme| (span.tone, grapheme))
    });
    let mut lines: Vec<Vec<(Tone, &str)>> = vec![Vec::new()];
    let mut used = 0;
    for (tone, grapheme) in pieces {
        let last = lines.len() - 1;
        if used + width(grapheme) > columns {
            let blank = |(_, piece): &(Tone, &str)| *piece == " ";
            let rest = match lines[last].iter().rposition(blank) {
                _ if grapheme == " " => Vec::new(),
                // The blanks that it begins with break nothing.
                Some(at) if !lines[last][..at].iter().all(blank) => {
                    let rest = lines[last].split_off(at + 1);
                    lines[last].truncate(at);
                    rest
                }
                _ => Vec::new(),
            };
            used = rest.iter().map(|(_, piece)| width(piece)).sum();
            lines.push(rest);
            if grapheme == " " {
                continue;
            }
        }
        used += width(grapheme);
        lines
            .last_mut()
            .into_iter()
            .for_each(|line| line.push((tone, grapheme)));
    }
    lines.iter().map(|pieces| joined(pieces)).collect()
}

/// Pieces side by side, those of one tone as one.
fn joined(pieces: &[(Tone, &str)]) -> Line {
    let spans = pieces.chunk_by(|(a, _), (b, _)| a == b).map(|run| Span {
        tone: run[0].0,
        text: run.iter().map(|(_, piece)| *piece).collect(),
    });
    Line {
        spans: spans.collect(),
        follow: None,
    }
}

/// A titled part of a profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading, such as `Sessions: 2 active`.
    pub title: String,
    /// Whether it stands in the right column where there are two.
    pub right: bool,
    /// Its lines; never empty.
    pub lines: Vec<Line>,
}

impl Line {
    /// A line of one piece.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self::default().and(tone, text)
    }

    /// The line with one more piece.
    pub fn and(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.spans.push(Span {
            tone,
            text: text.into(),
        });
        self
    }

    /// The line, leading somewhere.
    pub fn leading_to(mut self, follow: Follow) -> Self {
        self.follow = Some(follow);
        self
    }

    /// All its text.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_broken_between_words_and_keeps_its_tones() {
        let line = Line::new(Tone::Dim, "plan: ").and(Tone::Strong, "free of charge");
        let lines = broken(&line, 10);
        let texts: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["plan: free", "of charge"]);
        assert_eq!(lines[0].spans.len(), 2);
        assert_eq!(lines[1].spans[0].tone, Tone::Strong);
        let texts = |text: &str, columns| -> Vec<String> {
            let lines = broken(&Line::new(Tone::Plain, text), columns);
            lines.iter().map(Line::text).collect()
        };
        assert_eq!(texts("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
        assert_eq!(texts("  abcdefgh", 5), ["  abc", "defgh"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_blanks_and_no_line_is_too_wide(text in any::<String>(), columns in 2_usize..20) {
            let lines = broken(&Line::new(Tone::Plain, text.clone()), columns);
            let bare = |text: &str| text.replace(' ', "");
            let all: String = lines.iter().map(Line::text).collect();
            prop_assert_eq!(bare(&all), bare(&text));
            for line in &lines {
                use unicode_segmentation::UnicodeSegmentation;
                let text = line.text();
                let sum: usize = text.graphemes(true).map(width).sum();
                // A sign with marks of its own may be wider than the columns.
                let is_one = text.graphemes(true).count() == 1;
                prop_assert!(lines.len() == 1 || is_one || sum <= columns);
            }
        }
    }
}

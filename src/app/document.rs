//! Text with a meaning: what a pane has to say, before anybody draws it.

use crate::domain::{OrganizationId, Session, Untrusted};

use super::Tone;

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

/// A line in as many as it takes: as it is where there is room, else broken between words.
pub fn broken(line: &Line, columns: usize) -> Vec<Line> {
    let text = line.text();
    if super::text::width(&text) <= columns {
        return vec![line.clone()];
    }
    let tone = line.spans.first().map_or(Tone::Plain, |span| span.tone);
    let lines = super::text::wrapped(&text, columns, 3);
    lines
        .into_iter()
        .map(|text| Line::new(tone, text))
        .collect()
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

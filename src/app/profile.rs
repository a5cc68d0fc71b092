//! The profile of one person.

use crate::domain::{Answer, ApiError, Lane, UserId};

use super::document::{Follow, Line, Metadata, Section};
use super::{Clock, Context, Dossier, PaneId, Ticket, report};

/// A profile: everything the API says of a user, in sections.
#[derive(Debug)]
pub struct ProfilePane {
    id: PaneId,
    /// What was read.
    pub dossier: Dossier,
    /// Whether the raw JSON is shown.
    pub raw: bool,
    /// The metadata objects that are unfolded.
    pub unfolded: Vec<Metadata>,
    /// The line of the cursor, counted over all sections.
    pub cursor: usize,
}

impl ProfilePane {
    /// A profile that shows what was read before, and has asked for nothing yet.
    pub const fn new(id: PaneId, dossier: Dossier) -> Self {
        Self {
            id,
            dossier,
            raw: false,
            unfolded: Vec::new(),
            cursor: 0,
        }
    }

    /// Whose profile it is.
    pub const fn user(&self) -> &UserId {
        &self.dossier.id
    }

    /// Reads everything anew.
    pub fn read(&mut self, ctx: &mut Context) {
        self.dossier.read(ctx, self.id, Lane::Hands);
    }

    /// Calls off what is awaited.
    pub fn give_up(&mut self, ctx: &mut Context) {
        self.dossier.give_up(ctx, self.id);
    }

    /// Reads the sessions anew, after they may have changed.
    pub fn read_sessions(&mut self, ctx: &mut Context) {
        self.dossier.read_sessions(ctx, self.id, Lane::ReadBack);
    }

    /// Shows somebody else in this view.
    pub fn turn_to(&mut self, ctx: &mut Context, dossier: Dossier) {
        self.dossier = dossier;
        self.cursor = 0;
        self.read(ctx);
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.dossier.settle(ticket, result)
    }

    /// What the profile says, in sections.
    pub fn sections(&self, clock: &Clock) -> Vec<Section> {
        report::sections(&self.dossier, clock, &self.unfolded)
    }

    /// The raw JSON, line by line.
    pub fn raw_lines(&self) -> Vec<Line> {
        self.dossier
            .user
            .value()
            .map_or_else(Vec::new, |user| report::raw(user))
    }

    /// How many lines the cursor can stand on.
    fn len(&self, clock: &Clock) -> usize {
        if self.raw {
            self.raw_lines().len()
        } else {
            self.sections(clock).iter().map(|s| s.lines.len()).sum()
        }
    }

    /// Moves the cursor by so many lines, as far as there are lines.
    pub fn move_by(&mut self, clock: &Clock, by: isize) {
        let last = self.len(clock).saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Moves the cursor to the first line of the section that is `by` further, around.
    pub fn move_section(&mut self, clock: &Clock, by: isize) {
        let mut starts = Vec::new();
        let mut line = 0;
        for section in self.sections(clock) {
            starts.push(line);
            line += section.lines.len();
        }
        let here = starts.iter().rposition(|start| *start <= self.cursor);
        let count = isize::try_from(starts.len()).unwrap_or(isize::MAX);
        if let (Some(here), true) = (here.and_then(|h| isize::try_from(h).ok()), count > 0) {
            let next = (here + by).rem_euclid(count);
            self.cursor = usize::try_from(next).map_or(0, |next| starts[next]);
        }
    }

    /// Where the line under the cursor leads.
    pub fn selected(&self, clock: &Clock) -> Option<Follow> {
        if self.raw {
            return None;
        }
        self.sections(clock)
            .into_iter()
            .flat_map(|section| section.lines)
            .nth(self.cursor)?
            .follow
    }

    /// Folds or unfolds a metadata object.
    pub fn toggle(&mut self, metadata: Metadata) {
        let before = self.unfolded.len();
        self.unfolded.retain(|open| *open != metadata);
        if self.unfolded.len() == before {
            self.unfolded.push(metadata);
        }
    }

    /// Shows the raw JSON, or the sections again.
    pub const fn toggle_raw(&mut self) {
        self.raw = !self.raw;
        self.cursor = 0;
    }
}

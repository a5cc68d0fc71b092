//! The profile of one person.

use std::ops::Range;

use crate::app::document::{Follow, Line, Metadata, Section};
use crate::app::{Context, Dossier, Effect, PaneId, Ticket, report};
use crate::domain::{Answer, ApiError, Lane, PastDeed, UserId};

/// Which section says who they are; what was done to them follows.
const IDENTITY: usize = 0;

/// A profile: everything the API says of a user, in sections.
#[derive(Debug)]
pub struct ProfilePane {
    id: PaneId,
    /// What was read.
    pub dossier: Dossier,
    /// What this machine did to them, the newest first.
    past: Vec<PastDeed>,
    /// By which ticket that is known once it was looked up.
    recalling: Option<Ticket>,
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
            past: Vec::new(),
            recalling: None,
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
        self.recall(ctx);
    }

    /// Looks up again what this machine did to them.
    pub fn recall(&mut self, ctx: &mut Context) {
        let ticket = ctx.ticket();
        self.recalling = Some(ticket);
        let user = self.user().clone();
        ctx.ask(Effect::Recall { ticket, user });
    }

    /// What was done to them from this machine, the newest first, as far as it is known.
    pub fn past(&self) -> &[PastDeed] {
        &self.past
    }

    /// Takes what was looked up by `ticket`, if it is awaited here; says whether
    /// it was. The cursor stays on its line.
    pub fn recalled(&mut self, ctx: &Context, ticket: Ticket, deeds: &[PastDeed]) -> bool {
        if self.recalling != Some(ticket) {
            return false;
        }
        self.recalling = None;
        let before = self.past_lines(ctx);
        self.past = deeds.to_vec();
        let after = self.past_lines(ctx);
        if !self.raw && self.cursor >= before.end {
            self.cursor = self.cursor - before.end + after.end;
        }
        true
    }

    /// The lines that tell what this machine did to them.
    fn past_lines(&self, ctx: &Context) -> Range<usize> {
        let sections = self.sections(ctx);
        let count = |at: usize| sections.get(at).map_or(0, |section| section.lines.len());
        let start = count(IDENTITY);
        let told = report::past(&self.past, &ctx.operator, &ctx.clock).is_some();
        start..start + if told { count(IDENTITY + 1) } else { 0 }
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
        self.past.clear();
        self.cursor = 0;
        self.read(ctx);
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.dossier.settle(ticket, result)
    }

    /// What the profile says, in sections.
    pub fn sections(&self, ctx: &Context) -> Vec<Section> {
        let mut sections = report::sections(&self.dossier, &ctx.clock, &self.unfolded);
        let past = report::past(&self.past, &ctx.operator, &ctx.clock);
        if let Some(past) = past {
            sections.insert(IDENTITY + 1, past);
        }
        sections
    }

    /// The raw JSON, line by line.
    pub fn raw_lines(&self) -> Vec<Line> {
        self.dossier
            .user
            .value()
            .map_or_else(Vec::new, |user| report::raw(user))
    }

    /// How many lines the cursor can stand on.
    fn len(&self, ctx: &Context) -> usize {
        if self.raw {
            self.raw_lines().len()
        } else {
            self.sections(ctx).iter().map(|s| s.lines.len()).sum()
        }
    }

    /// Moves the cursor by so many lines, as far as there are lines.
    pub fn move_by(&mut self, ctx: &Context, by: isize) {
        let last = self.len(ctx).saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Moves the cursor to the first line of the section that is `by` further, around.
    pub fn move_section(&mut self, ctx: &Context, by: isize) {
        let mut starts = Vec::new();
        let mut line = 0;
        for section in self.sections(ctx) {
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
    pub fn selected(&self, ctx: &Context) -> Option<Follow> {
        if self.raw {
            return None;
        }
        self.sections(ctx)
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

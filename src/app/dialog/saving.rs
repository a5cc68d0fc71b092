//! A person's whole record, saved before they are deleted.

use crate::app::dialog::Dialog;
use crate::app::dialog::walk::Walk;
use crate::app::{Context, Effect, Ticket, record};
use crate::domain::{Action, Answer, ApiError, Fetch, Membership, Session, UserId};

/// Rows asked for at once.
const PAGE: u32 = 500;

/// What is to be saved, and how far that is.
#[derive(Debug, Default)]
pub(super) struct Saving {
    ticked: bool,
    sessions: Walk<Session>,
    memberships: Walk<Membership>,
    file: File,
}

/// The file of the record.
#[derive(Debug, Default)]
enum File {
    /// It was not asked for.
    #[default]
    None,
    /// It is being written.
    Written(Ticket),
    /// It is there; where, as it may be shown.
    There(String),
}

fn sessions_of(user: &UserId, offset: u32) -> Fetch {
    Fetch::Sessions {
        user: Some(user.clone()),
        status: None,
        offset,
        limit: PAGE,
    }
}

fn memberships_of(user: &UserId, offset: u32) -> Fetch {
    Fetch::Memberships {
        user: user.clone(),
        offset,
        limit: PAGE,
    }
}

impl Saving {
    /// Whether something has to be read before it can be written.
    pub(super) const fn is_waiting(&self) -> bool {
        self.sessions.is_waiting() || self.memberships.is_waiting()
    }

    /// Why not all could be read.
    pub(super) const fn error(&self) -> Option<&ApiError> {
        match self.sessions.error() {
            None => self.memberships.error(),
            error => error,
        }
    }

    /// Whether the file is being written.
    pub(super) const fn is_writing(&self) -> bool {
        matches!(self.file, File::Written(_))
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub(super) fn settle(
        &mut self,
        ctx: &mut Context,
        user: &UserId,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let sessions = |offset| sessions_of(user, offset);
        let memberships = |offset| memberships_of(user, offset);
        self.sessions
            .settle(ctx, ticket, result, Answer::into_sessions, sessions)
            || (self.memberships).settle(ctx, ticket, result, Answer::into_memberships, memberships)
    }

    /// Awaits nothing any more.
    pub(super) fn give_up(&mut self, ctx: &mut Context) {
        self.sessions.give_up(ctx);
        self.memberships.give_up(ctx);
    }
}

impl Dialog {
    /// Whether the record may be saved first, and whether it will be.
    pub const fn saves(&self) -> Option<bool> {
        match self.action() {
            Some(Action::Delete(_)) => Some(self.saving.ticked),
            _ => None,
        }
    }

    /// Ticks the box, or takes the tick away; the record is read at once.
    pub(super) fn tick_saving(&mut self, ctx: &mut Context) {
        if self.saves().is_none() {
            return;
        }
        self.saving.ticked ^= true;
        self.look.forget();
        if self.saving.ticked {
            let user = &self.person.id;
            self.saving.sessions.begin(ctx, sessions_of(user, 0));
            self.saving.memberships.begin(ctx, memberships_of(user, 0));
        } else {
            self.saving.give_up(ctx);
        }
    }

    /// Whether the record is to be saved before anything is sent; has it written
    /// then.
    pub(in crate::app) fn saves_first(&mut self, ctx: &mut Context) -> bool {
        let wanted = self.saves() == Some(true) && !matches!(self.saving.file, File::There(_));
        let Some(user) = self.dossier.user.value().filter(|_| wanted) else {
            return wanted;
        };
        let Saving {
            sessions,
            memberships,
            ..
        } = &self.saving;
        let text = record::text(ctx.now.wall, user, sessions.rows(), memberships.rows());
        let name = format!("{}-{}.json", user.id, ctx.clock.stamp(ctx.now.wall));
        let ticket = ctx.ticket();
        self.saving.file = File::Written(ticket);
        ctx.ask(Effect::Save { ticket, name, text });
        true
    }

    /// Takes what became of the file, if it is awaited here; says whether it was.
    pub(in crate::app) fn settle_saving(
        &mut self,
        ticket: Ticket,
        result: &Result<String, String>,
    ) -> bool {
        if !matches!(self.saving.file, File::Written(awaited) if awaited == ticket) {
            return false;
        }
        self.saving.file = match result {
            Ok(path) => File::There(path.clone()),
            Err(why) => {
                self.note = Some(format!("Not saved, and nothing was deleted. {why}"));
                File::None
            }
        };
        true
    }

    /// Where the record is, if it was saved.
    pub(in crate::app) fn saved(&self) -> Option<&str> {
        match &self.saving.file {
            File::There(path) => Some(path),
            File::None | File::Written(_) => None,
        }
    }
}

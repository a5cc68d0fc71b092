//! The harm that a change may do beside its point, said before the consent.

use crate::app::dialog::{COLUMNS, Dialog, Errand, Step};
use crate::app::document::Line;
use crate::app::text::{count, cut};
use crate::app::{Context, PaneId, Part, Remote, Ticket, Tone};
use crate::domain::{Action, Answer, ApiError, Fetch, Lane, Membership, Page, Row, UserId};

/// The most organizations that are looked at for another admin.
const MOST: usize = 5;

/// The members asked for; two admins would do, but an old server may not know the filter.
const MEMBERS: u32 = 100;

/// The organizations whose admin the person is, and who else is one there.
#[derive(Debug, Default)]
pub(super) struct Harm {
    asked: Vec<Asked>,
    /// How many more organizations there are.
    more: usize,
}

#[derive(Debug)]
struct Asked {
    pane: PaneId,
    of: Membership,
    admins: Remote<Page<Membership>>,
}

/// Whether a role is that of an admin.
fn is_admin(membership: &Membership) -> bool {
    matches!(membership.role.raw(), "org:admin" | "admin")
}

impl Harm {
    /// Asks who else is an admin where the person is one.
    pub(super) fn ask(&mut self, ctx: &mut Context, memberships: &Page<Membership>) {
        let read = memberships.rows.iter().filter_map(Row::read);
        let all: Vec<&Membership> = read.filter(|one| is_admin(one)).collect();
        self.more = all.len().saturating_sub(MOST);
        let asked = all.into_iter().take(MOST).map(|of| {
            let fetch = Fetch::Members {
                organization: of.organization.id.clone(),
                role: Some(of.role.clone()),
                offset: 0,
                limit: MEMBERS,
            };
            let pane = ctx.pane();
            let ticket = ctx.fetch(pane, Part::Memberships, Lane::Hands, fetch);
            let mut admins = Remote::default();
            admins.wait_for(ticket, ctx.now.moment);
            let of = of.clone();
            Asked { pane, of, admins }
        });
        self.asked = asked.collect();
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub(super) fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        let take = |one: &mut Asked| {
            let admins = &mut one.admins;
            admins.settle(ticket, result, Answer::into_memberships)
        };
        self.asked.iter_mut().any(take)
    }

    /// Whether an answer is awaited.
    pub(super) fn is_waiting(&self) -> bool {
        self.asked.iter().any(|one| one.admins.is_waiting())
    }

    /// Awaits nothing any more, and knows nothing.
    pub(super) fn give_up(&mut self, ctx: &mut Context) {
        for mut one in self.asked.drain(..) {
            if one.admins.give_up() {
                ctx.abort(one.pane, Part::Memberships);
            }
        }
    }

    fn lines(&self, user: &UserId) -> Vec<Line> {
        let mut lines: Vec<Line> = self.asked.iter().filter_map(|one| one.line(user)).collect();
        if self.more > 0 {
            let more = count(self.more, "more organization");
            let text = format!("They are an admin of {more}, not looked at.");
            lines.push(Line::new(Tone::Warn, text));
        }
        lines
    }
}

impl Asked {
    fn line(&self, user: &UserId) -> Option<Line> {
        let name = self.of.organization.name.shown();
        let Some(page) = self
            .admins
            .value()
            .filter(|_| self.admins.error().is_none())
        else {
            let text = "Could not read who else is an admin of ";
            let name = cut(&name, COLUMNS - text.len() - 1);
            let failed = self.admins.error().is_some();
            return failed.then(|| Line::new(Tone::Warn, format!("{text}{name}.")));
        };
        let is_other = |one: &&Membership| {
            let whose = one.user.as_ref();
            is_admin(one) && whose.is_some_and(|whose| whose.id != *user && !whose.banned)
        };
        let another = page.rows.iter().filter_map(Row::read).find(is_other);
        let text = "They are the ONLY ADMIN of ";
        let name = cut(&name, COLUMNS - text.len() - 1);
        let line = || Line::new(Tone::Bad, format!("{text}{name}."));
        another.is_none().then(line)
    }
}

impl Dialog {
    /// Whether the change takes the person out of their organizations.
    pub(super) const fn takes_an_admin(&self) -> bool {
        matches!(
            self.action(),
            Some(Action::Ban(_) | Action::Lock(_) | Action::Delete(_))
        )
    }

    /// What to look at twice before consent is given; in red.
    pub fn warnings(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.takes_an_admin() && self.dossier.memberships.error().is_some() {
            let text = "Could not read of which organizations they are an admin.";
            lines.push(Line::new(Tone::Warn, text));
        }
        lines.extend(self.harm.lines(self.user()));
        if self.ends_an_impersonation() {
            let text = "Somebody impersonates them right now; that ends too.";
            lines.push(Line::new(Tone::Bad, text));
        }
        lines
    }

    /// Whether a session that the change ends is somebody else's who impersonates them.
    fn ends_an_impersonation(&self) -> bool {
        let Step::Confirm(confirm) = &self.step else {
            return false;
        };
        let ended = |session: &crate::domain::Session| match &confirm.errand {
            Errand::SignOut { but } => but.as_ref() != Some(&session.id),
            Errand::One(Action::Revoke { session: one, .. }) => session.id == *one,
            Errand::One(Action::Delete(_)) => true,
            Errand::One(action) => action.signs_out_everywhere(),
        };
        let read = self.dossier.sessions.value();
        let mut sessions = read
            .into_iter()
            .flat_map(|page| &page.rows)
            .filter_map(Row::read);
        sessions.any(|one| one.actor.is_some() && one.status.is_live() && ended(one))
    }
}

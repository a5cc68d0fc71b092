//! What a dialog reads again before anything can be sent.

use crate::app::dialog::{Dialog, Errand, Step};
use crate::app::{Context, Ticket};
use crate::domain::{Action, Answer, ApiError, Lane};

impl Dialog {
    /// Reads again what the dialog depends on and what it says will follow.
    pub(super) fn read(&mut self, ctx: &mut Context) {
        let (pane, lane) = (self.pane, Lane::Hands);
        self.harm.give_up(ctx);
        self.dossier.read_user(ctx, pane, lane);
        // A rule may protect the members of an organization.
        if self.takes_an_admin() || ctx.policy.asks_for_organizations() {
            self.dossier.read_memberships(ctx, pane, lane);
        }
        let Step::Confirm(confirm) = &self.step else {
            return;
        };
        match confirm.errand {
            Errand::One(
                Action::Ban(_)
                | Action::Delete(_)
                | Action::Impersonate { .. }
                | Action::DistrustPassword { .. }
                | Action::SetPassword { sign_out: true, .. },
            ) => self.dossier.read_sessions(ctx, pane, lane),
            Errand::One(Action::Revoke { .. }) | Errand::SignOut { .. } => {
                self.dossier.read_all_sessions(ctx, pane, lane);
            }
            Errand::One(_) => {}
        }
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let waited = self.dossier.memberships.is_waiting();
        let settled = self.dossier.settle(ticket, result)
            || self.harm.settle(ticket, result)
            || (self.saving).settle(ctx, &self.person.id, ticket, result);
        let memberships = &self.dossier.memberships;
        if let Some(page) = memberships.value()
            && self.takes_an_admin()
            && waited
            && memberships.is_settled()
            && memberships.error().is_none()
        {
            self.harm.ask(ctx, page);
        }
        if let Some(user) = self.dossier.user.value() {
            match &mut self.step {
                Step::Form(form) => form.fill(user),
                Step::Choose(choice) => choice.fill(user, &self.policy),
                Step::Addresses(_) | Step::Editor(_) | Step::Confirm(_) => {}
            }
        }
        settled
    }

    /// Calls off what is awaited.
    pub fn give_up(&mut self, ctx: &mut Context) {
        self.dossier.give_up(ctx, self.pane);
        self.harm.give_up(ctx);
        self.saving.give_up(ctx);
    }
}

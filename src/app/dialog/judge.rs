//! Whether a dialog may be confirmed, by what was read.

use crate::app::dialog::{About, Armed, Confirm, Dialog, Errand, Step};
use crate::app::dossier::ALL_SESSIONS;
use crate::app::words::explain;
use crate::domain::{Action, Denied, FieldEdit, Known, SessionId, User};

impl Dialog {
    /// Whether a confirmation may be given now.
    pub fn armed(&self) -> Armed {
        let dossier = &self.dossier;
        if dossier.is_waiting() || self.harm.is_waiting() || self.saving.is_waiting() {
            return Armed::Reading;
        }
        if let Some(error) = dossier.user.error() {
            return Armed::Failed(explain(error));
        }
        if let Some(error) = self.saving.error() {
            let why = explain(error);
            return Armed::Failed(format!("Their whole record could not be read. {why}"));
        }
        if let Err(denied) = self.is_spared() {
            return Armed::Failed(denied.to_string());
        }
        match (&self.step, dossier.user.value()) {
            (_, None) => Armed::Reading,
            (Step::Choose(choice), Some(_)) if choice.rows().is_empty() => {
                self.overtaken(match choice.about {
                    About::Credentials => "has no passkey and no linked account any more",
                    About::Password => "has no password that could be removed",
                })
            }
            (Step::Form(_) | Step::Addresses(_) | Step::Choose(_) | Step::Editor(_), Some(_)) => {
                Armed::Yes
            }
            (Step::Confirm(confirm), Some(user)) => self.judge(confirm, user),
        }
    }

    /// Whether a rule of the settings protects the person.
    fn is_spared(&self) -> Result<(), Denied> {
        let user = self.dossier.user.value().map(|user| &**user);
        let known = Known::of(user, self.dossier.memberships.value());
        self.policy.spares(self.user(), &known)
    }

    fn overtaken(&self, what: &str) -> Armed {
        let name = self.person.short_name();
        Armed::Overtaken(format!("{name} {what}. Nothing was sent."))
    }

    fn judge(&self, confirm: &Confirm, user: &User) -> Armed {
        if let Some(what) = confirm.basis.overtaken(user) {
            return changed(&what);
        }
        match &confirm.errand {
            Errand::One(action) => self.judge_one(action, user),
            Errand::SignOut { but } => self.judge_sign_out(but.as_ref()),
        }
    }

    /// Without the sessions there is nothing to revoke.
    fn judge_sign_out(&self, but: Option<&SessionId>) -> Armed {
        match self.dossier.sessions.error() {
            Some(error) => Armed::Failed(explain(error)),
            None if but.is_some_and(|session| self.is_over(session)) => {
                Armed::Overtaken("The session to keep has ended already. Nothing was sent.".into())
            }
            None if !self.steps().is_empty() => Armed::Yes,
            None if but.is_some() => self.overtaken("has no other active session"),
            None => self.overtaken("has no active session"),
        }
    }

    /// Whether the action still makes sense for what was read.
    fn judge_one(&self, action: &Action, user: &User) -> Armed {
        match action {
            Action::Ban(_) if user.banned => {
                self.overtaken("was banned by somebody else meanwhile")
            }
            Action::Unban(_) if !user.banned => self.overtaken("is not banned any more"),
            Action::Lock(_) if user.locked => {
                self.overtaken("was locked by somebody else meanwhile")
            }
            Action::Unlock(_) if !user.locked => self.overtaken("is not locked any more"),
            Action::RemoveFactors { .. } if !user.two_factor => {
                self.overtaken("has no second factor any more")
            }
            Action::RemovePassword { .. } | Action::DistrustPassword { .. } if !user.password => {
                self.overtaken("has no password any more")
            }
            Action::RemoveCredential { .. } if action.is_true_of(user) == Some(true) => {
                self.overtaken("lost that way in already")
            }
            Action::MakeSignInToken { .. } | Action::Impersonate { .. } if user.banned => {
                self.overtaken("is banned and cannot sign in")
            }
            Action::Revoke { session, .. } if self.is_over(session) => {
                Armed::Overtaken("That session has ended already. Nothing was sent.".to_owned())
            }
            Action::Edit(_, edit) => {
                let gone = edit.0.iter().find(|edit| !edit.stands(user));
                gone.map_or(Armed::Yes, |edit| {
                    changed(&format!("the {}", edit.field.label()))
                })
            }
            _ => Armed::Yes,
        }
    }

    /// Whether the sessions were read and this one has surely ended.
    fn is_over(&self, session: &SessionId) -> bool {
        let sessions = &self.dossier.sessions;
        let page = sessions.value().filter(|_| sessions.error().is_none());
        page.and_then(|page| page.has_ended(session, ALL_SESSIONS)) == Some(true)
    }
}

fn changed(what: &str) -> Armed {
    Armed::Overtaken(format!(
        "Somebody else changed {what} meanwhile. Nothing was sent; look again."
    ))
}

impl FieldEdit {
    /// Whether the field still holds what it held when the form was filled.
    fn stands(&self, user: &User) -> bool {
        self.field.of(user) == self.before.as_ref()
    }
}

//! The dialogs before a change: whom, what, what follows, and the consent.

mod addresses;
mod basis;
mod form;
pub(in crate::app) mod keys;
mod metadata;
mod text;

pub use basis::Basis;
pub use form::{Form, Kind};
pub use text::COLUMNS;

use tui_input::Input;

use crate::app::dossier::ALL_SESSIONS;
use crate::app::{Context, Dossier, Moment, Now, PaneId, Person, Ticket};
use crate::domain::{
    Action, Answer, ApiError, FieldEdit, Lane, SessionId, Untrusted, User, UserId,
};

/// `y` counts after so long without any key, in milliseconds: a paste without
/// brackets, or a slow connection, is a burst of keys.
const LOOK_MS: u64 = 250;
/// Enter in a typed dialog counts so long after the last character, in milliseconds.
const TYPED_MS: u64 = 100;

/// A dialog about one person. It binds the id and the verb: rows move and
/// colleagues act while somebody reads.
#[derive(Debug)]
pub struct Dialog {
    pane: PaneId,
    /// Whom it is about, as the screen showed them.
    pub person: Person,
    /// What is read again before anything can be sent.
    pub dossier: Dossier,
    /// What it asks for.
    pub step: Step,
    /// A word about the last key.
    pub note: Option<String>,
    /// When it was first drawn with everything on it that counts.
    drawn: Option<Moment>,
}

/// What a dialog asks for.
#[derive(Debug)]
pub enum Step {
    /// The fields of an edit.
    Form(Form),
    /// What to do to which address; the chosen row.
    Addresses(usize),
    /// Consent to an action.
    Confirm(Box<Confirm>),
}

/// Consent to an action.
#[derive(Debug)]
pub struct Confirm {
    /// What will be done, and to whom.
    pub action: Action,
    /// How consent is given.
    pub consent: Consent,
    /// What it was asked on the ground of.
    pub basis: Basis,
    /// The form to go back to.
    form: Option<Form>,
}

/// How consent is given.
#[derive(Clone, Debug)]
pub enum Consent {
    /// `y`, or → and Enter.
    Yes {
        /// Whether the button that does it has the focus.
        focused: bool,
    },
    /// The e-mail address or the last six of the id, typed.
    Typed {
        /// The box.
        input: Input,
        /// When the last key but Enter came.
        last: Moment,
    },
}

impl Consent {
    /// How consent to an action is given: what takes something away for good is typed.
    fn of(action: &Action, now: Moment) -> Self {
        match action {
            Action::Delete(_) | Action::RemoveAddress { .. } => Self::Typed {
                input: Input::default(),
                last: now,
            },
            _ => Self::Yes { focused: false },
        }
    }
}

/// Whether a confirmation may be given now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Armed {
    /// Yes.
    Yes,
    /// Something is still being read.
    Reading,
    /// The reading failed; in words.
    Failed(String),
    /// The state has changed; in words.
    Overtaken(String),
}

impl Dialog {
    /// A dialog about an action, which reads again what it depends on.
    pub fn confirm(ctx: &mut Context, person: Person, action: Action) -> Self {
        let consent = Consent::of(&action, ctx.now.moment);
        let confirm = Confirm {
            action,
            consent,
            basis: Basis::None,
            form: None,
        };
        let step = Step::Confirm(Box::new(confirm));
        Self::open(ctx, person, step)
    }

    /// A form, filled as soon as the person was read.
    pub fn form(ctx: &mut Context, person: Person, kind: Kind) -> Self {
        Self::open(ctx, person, Step::Form(Form::new(kind)))
    }

    /// The list of the person's addresses.
    pub fn addresses(ctx: &mut Context, person: Person) -> Self {
        Self::open(ctx, person, Step::Addresses(0))
    }

    fn open(ctx: &mut Context, person: Person, step: Step) -> Self {
        let mut dialog = Self {
            pane: ctx.pane(),
            dossier: Dossier::new(person.id.clone()),
            person,
            step,
            note: None,
            drawn: None,
        };
        dialog.read(ctx);
        dialog
    }

    /// Reads again what the dialog depends on and what it says will follow.
    fn read(&mut self, ctx: &mut Context) {
        let (pane, lane) = (self.pane, Lane::Hands);
        self.dossier.read_user(ctx, pane, lane);
        let Step::Confirm(confirm) = &self.step else {
            return;
        };
        match confirm.action {
            Action::Ban(_) => self.dossier.read_sessions(ctx, pane, lane),
            Action::Revoke { .. } => self.dossier.read_all_sessions(ctx, pane, lane),
            Action::Delete(_) => {
                self.dossier.read_sessions(ctx, pane, lane);
                self.dossier.read_memberships(ctx, pane, lane);
            }
            _ => {}
        }
        // A rule may protect the members of an organization.
        if ctx.policy.asks_for_organizations() && !self.dossier.memberships.is_waiting() {
            self.dossier.read_memberships(ctx, pane, lane);
        }
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        let settled = self.dossier.settle(ticket, result);
        if let (Step::Form(form), Some(user)) = (&mut self.step, self.dossier.user.value()) {
            form.fill(user);
        }
        settled
    }

    /// A frame with this dialog on it was drawn.
    pub fn drawn(&mut self, at: Moment) {
        if self.armed() == Armed::Yes && self.drawn.is_none() {
            self.drawn = Some(at);
        }
    }

    /// Whether a confirmation may be given now.
    pub fn armed(&self) -> Armed {
        let dossier = &self.dossier;
        if dossier.is_waiting() {
            return Armed::Reading;
        }
        if let Some(error) = dossier.user.error() {
            return Armed::Failed(crate::app::words::explain(error));
        }
        match (&self.step, dossier.user.value()) {
            (_, None) => Armed::Reading,
            (Step::Form(_) | Step::Addresses(_), Some(_)) => Armed::Yes,
            (Step::Confirm(confirm), Some(user)) => self.judge(confirm, user),
        }
    }

    /// Whether the action still makes sense for what was read.
    fn judge(&self, confirm: &Confirm, user: &User) -> Armed {
        let name = self.person.short_name();
        if let Some(what) = confirm.basis.overtaken(user) {
            return Armed::Overtaken(format!(
                "Somebody else changed {what} meanwhile. Nothing was sent; look again."
            ));
        }
        let overtaken = match &confirm.action {
            Action::Ban(_) if user.banned => {
                format!("{name} was banned by somebody else meanwhile. Nothing was sent.")
            }
            Action::Unban(_) if !user.banned => {
                format!("{name} is not banned any more. Nothing was sent.")
            }
            Action::Lock(_) if user.locked => {
                format!("{name} was locked by somebody else meanwhile. Nothing was sent.")
            }
            Action::Unlock(_) if !user.locked => {
                format!("{name} is not locked any more. Nothing was sent.")
            }
            Action::Revoke { session, .. } if self.is_over(session) => {
                "That session has ended already. Nothing was sent.".to_owned()
            }
            Action::Edit(_, edit) => match edit.0.iter().find(|edit| !edit.stands(user)) {
                Some(edit) => format!(
                    "Somebody else changed the {} meanwhile. Nothing was sent; look again.",
                    edit.field.label()
                ),
                None => return Armed::Yes,
            },
            _ => return Armed::Yes,
        };
        Armed::Overtaken(overtaken)
    }

    /// Whether the sessions were read and this one has surely ended.
    fn is_over(&self, session: &SessionId) -> bool {
        let sessions = &self.dossier.sessions;
        let page = sessions.value().filter(|_| sessions.error().is_none());
        page.and_then(|page| page.has_ended(session, ALL_SESSIONS)) == Some(true)
    }

    /// Whether enough time has passed since the dialog was seen and the last key came.
    pub fn was_looked_at(&self, now: Now, last_key: Moment) -> bool {
        let looked = |since: Moment| now.moment.since(since) >= LOOK_MS;
        self.drawn.is_some_and(looked) && looked(last_key)
    }

    /// Whether a frame showed everything that counts.
    pub const fn was_drawn(&self) -> bool {
        self.drawn.is_some()
    }

    /// Goes from the form to the review of what it changes.
    ///
    /// # Errors
    /// Why it cannot, in words.
    pub fn review(&mut self, ctx: &mut Context) -> Result<(), String> {
        let Step::Form(form) = &self.step else {
            return Ok(());
        };
        let user = self.dossier.user.value().filter(|_| form.filled.is_some());
        let Some(user) = user else {
            return Err("Still reading. One moment.".to_owned());
        };
        let (action, basis) = form.review(user)?;
        self.step = Step::Confirm(Box::new(Confirm {
            action,
            consent: Consent::Yes { focused: false },
            basis,
            form: Some(form.clone()),
        }));
        self.note = None;
        self.drawn = None;
        self.read(ctx);
        Ok(())
    }

    /// Goes back from the review to the form, where there is one, with what was
    /// typed; what other people changed meanwhile counts as the old value now.
    pub fn back_to_form(&mut self, ctx: &mut Context) -> bool {
        let Step::Confirm(confirm) = &mut self.step else {
            return false;
        };
        let Some(mut form) = confirm.form.take() else {
            return false;
        };
        self.give_up(ctx);
        if let Some(user) = self.dossier.user.value() {
            form.refill(user);
        }
        self.step = Step::Form(form);
        self.drawn = None;
        true
    }

    /// Calls off what is awaited.
    pub fn give_up(&mut self, ctx: &mut Context) {
        self.dossier.give_up(ctx, self.pane);
    }

    /// The action, if this is a confirmation.
    pub const fn action(&self) -> Option<&Action> {
        match &self.step {
            Step::Confirm(confirm) => Some(&confirm.action),
            Step::Form(_) | Step::Addresses(_) => None,
        }
    }

    /// Whether what was typed names the person: the e-mail address, or the last six of the id.
    pub fn is_named_by(&self, typed: &str) -> bool {
        let typed = typed.trim();
        let user = self.dossier.user.value();
        let email = user.and_then(|user| user.email());
        let email = email.map(Untrusted::raw).filter(|email| !email.is_empty());
        typed == self.person.id.last_six()
            || email.is_some_and(|email| email.eq_ignore_ascii_case(typed))
    }

    /// Whether Enter comes late enough after the last character.
    pub const fn is_typed_out(now: Now, last: Moment) -> bool {
        now.moment.since(last) >= TYPED_MS
    }

    /// Whose dialog it is.
    pub const fn user(&self) -> &UserId {
        &self.person.id
    }
}

impl FieldEdit {
    /// Whether the field still holds what it held when the form was filled.
    fn stands(&self, user: &User) -> bool {
        self.field.of(user) == self.before.as_ref()
    }
}

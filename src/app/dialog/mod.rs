//! The dialogs before a change: whom, what, what follows, and the consent.

mod addresses;
mod basis;
mod choice;
mod content;
pub(in crate::app) mod editing;
mod editor;
mod follows;
mod form;
mod harm;
mod judge;
pub(in crate::app) mod keys;
pub(in crate::app) mod metadata;
mod reading;
mod reason;
mod review;
mod saving;
mod text;
mod text_box;
mod typed;
mod walk;

pub(in crate::app) use addresses::checked;
pub use basis::Basis;
pub use choice::{About, Choice, Way};
pub use editor::{Editor, How};
pub use form::{Form, Kind};
pub use reason::Reason;
pub use text::COLUMNS;
pub(in crate::app) use text::buttons;
pub use typed::Typed;

use editing::STILL_READING;
use harm::Harm;
use saving::Saving;
use tui_input::Input;

use crate::app::{Context, Deed, Dossier, Look, Moment, Now, PaneId, Person, WayBack, What};
use crate::domain::{Action, OpId, Policy, Row, SessionId, UserId};

/// Enter in a typed dialog counts so long after the last character, in milliseconds.
pub(in crate::app) const TYPED_MS: u64 = 100;

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
    /// Why it is done.
    pub reason: Reason,
    /// The harm it may do.
    harm: Harm,
    /// What is saved before it.
    saving: Saving,
    /// What the settings allow.
    policy: Policy,
    /// A word about the last key.
    pub note: Option<String>,
    look: Look,
}

/// What a dialog asks for.
#[derive(Debug)]
pub enum Step {
    /// The fields of an edit.
    Form(Form),
    /// What to do to which address; the chosen row.
    Addresses(usize),
    /// Which of several changes of how they sign in.
    Choose(Choice),
    /// All of one kind of metadata, as text.
    Editor(Box<Editor>),
    /// Consent to an action.
    Confirm(Box<Confirm>),
}

/// What will be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    /// One action, which names whom it is done to.
    One(Action),
    /// Revoking every live session that was read.
    SignOut {
        /// But this one.
        but: Option<SessionId>,
    },
}

/// Consent to what will be done.
#[derive(Debug)]
pub struct Confirm {
    /// What will be done, and to whom.
    pub errand: Errand,
    /// How consent is given.
    pub consent: Consent,
    /// What it was asked on the ground of.
    pub basis: Basis,
    /// The form or the editor to go back to.
    back: Option<Step>,
}

/// How consent is given.
#[derive(Clone, Debug)]
pub enum Consent {
    /// `y`, or → and Enter.
    Yes {
        /// Whether the button that does it has the focus.
        focused: bool,
    },
    /// Something typed, and Enter.
    Typed {
        /// What.
        what: Typed,
        /// The box.
        input: Input,
        /// When the last key but Enter came.
        last: Moment,
    },
}

impl Consent {
    /// How consent is given: where something is taken away for good the name is
    /// typed; where somebody acts as another person, the reason.
    fn to(errand: &Errand, now: Moment) -> Self {
        let what = match errand {
            Errand::One(
                Action::Delete(_)
                | Action::RemoveAddress { .. }
                | Action::RemoveFactors { .. }
                | Action::RemovePassword { .. }
                | Action::RemoveCredential { .. },
            ) => Typed::Name,
            Errand::One(Action::Impersonate { .. }) => Typed::Reason,
            _ => return Self::Yes { focused: false },
        };
        Self::Typed {
            what,
            input: Input::default(),
            last: now,
        }
    }
}

impl Confirm {
    fn new(errand: Errand, basis: Basis, now: Moment) -> Box<Self> {
        Box::new(Self {
            consent: Consent::to(&errand, now),
            errand,
            basis,
            back: None,
        })
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
        let confirm = Confirm::new(Errand::One(action), Basis::None, ctx.now.moment);
        Self::open(ctx, person, Step::Confirm(confirm))
    }

    /// A dialog about taking back a change of this run; `None` where nothing does.
    pub fn undo(ctx: &mut Context, deed: Deed) -> Option<Self> {
        let (WayBack::By(action), What::One { whom, .. }) = (&deed.way_back, &deed.what) else {
            return None;
        };
        let (action, person) = (action.clone(), whom.person()?.clone());
        let basis = Basis::Deed(Box::new(deed));
        let confirm = Confirm::new(Errand::One(action), basis, ctx.now.moment);
        Some(Self::open(ctx, person, Step::Confirm(confirm)))
    }

    /// A dialog about revoking all sessions, or all but one.
    pub fn sign_out(ctx: &mut Context, person: Person, but: Option<SessionId>) -> Self {
        let confirm = Confirm::new(Errand::SignOut { but }, Basis::None, ctx.now.moment);
        Self::open(ctx, person, Step::Confirm(confirm))
    }

    /// A choice among changes of how the person signs in.
    pub fn choice(ctx: &mut Context, person: Person, about: About) -> Self {
        Self::open(ctx, person, Step::Choose(Choice::new(about)))
    }

    /// A form, filled as soon as the person was read.
    pub fn form(ctx: &mut Context, person: Person, kind: Kind) -> Self {
        Self::open(ctx, person, Step::Form(Form::new(kind)))
    }

    /// The list of the person's addresses.
    pub fn addresses(ctx: &mut Context, person: Person) -> Self {
        Self::open(ctx, person, Step::Addresses(0))
    }

    /// Goes on to another errand about the same person, which has to be read and
    /// seen anew.
    fn turn_to(&mut self, ctx: &mut Context, errand: Errand, basis: Basis) {
        self.ask_for(ctx, Confirm::new(errand, basis, ctx.now.moment));
    }

    fn ask_for(&mut self, ctx: &mut Context, confirm: Box<Confirm>) {
        self.step = Step::Confirm(confirm);
        self.reason.focused = self.reason.is_missing() && !self.types_reason();
        self.note = None;
        self.look.forget();
        self.read(ctx);
    }

    /// Goes on to a form about the same person.
    fn fill_in(&mut self, kind: Kind) {
        let mut form = Form::new(kind);
        if let Some(user) = self.dossier.user.value() {
            form.fill(user);
        }
        self.step = Step::Form(form);
        self.look.forget();
    }

    fn open(ctx: &mut Context, person: Person, step: Step) -> Self {
        let mut dialog = Self {
            pane: ctx.pane(),
            dossier: Dossier::new(person.id.clone()),
            person,
            step,
            reason: Reason::new(&ctx.policy),
            harm: Harm::default(),
            saving: Saving::default(),
            policy: ctx.policy.clone(),
            note: None,
            look: Look::default(),
        };
        dialog.reason.focused = dialog.reason.is_missing() && !dialog.types_reason();
        dialog.read(ctx);
        dialog
    }

    /// A frame was drawn, with all of this dialog on it or not.
    pub fn drawn(&mut self, at: Moment, is_whole: bool) {
        if self.armed() == Armed::Yes {
            self.look.drawn(at, is_whole);
        }
    }

    /// Whether enough time has passed since the dialog was seen and the last key came.
    pub fn was_looked_at(&self, now: Now, last_key: Moment) -> bool {
        self.look.was_long(now, last_key)
    }

    /// Goes from the form or the editor to the review of what it changes.
    ///
    /// # Errors
    /// Why it cannot, in words.
    pub fn review(&mut self, ctx: &mut Context) -> Result<(), String> {
        let user = self.dossier.user.value().ok_or(STILL_READING)?;
        let (action, basis) = match &mut self.step {
            Step::Form(form) => form.review(user)?,
            Step::Editor(editor) => editor.review(&user.id)?,
            Step::Addresses(_) | Step::Choose(_) | Step::Confirm(_) => return Ok(()),
        };
        let mut confirm = Confirm::new(Errand::One(action), basis, ctx.now.moment);
        confirm.back = Some(std::mem::replace(&mut self.step, Step::Addresses(0)));
        self.ask_for(ctx, confirm);
        Ok(())
    }

    /// Goes back from the review to the form or the editor, where there is one, with
    /// what was typed; what other people changed meanwhile counts as the old value now.
    pub fn back_to_form(&mut self, ctx: &mut Context) -> bool {
        let Step::Confirm(confirm) = &mut self.step else {
            return false;
        };
        let Some(mut back) = confirm.back.take() else {
            return false;
        };
        self.give_up(ctx);
        match (&mut back, self.dossier.user.value()) {
            (Step::Form(form), Some(user)) => form.refill(user),
            (Step::Editor(editor), Some(user)) => self.note = editor.rebase(user),
            _ => {}
        }
        self.step = back;
        self.look.forget();
        true
    }

    /// The action, if this is a confirmation of one.
    pub const fn action(&self) -> Option<&Action> {
        match &self.step {
            Step::Confirm(confirm) => match &confirm.errand {
                Errand::One(action) => Some(action),
                Errand::SignOut { .. } => None,
            },
            Step::Form(_) | Step::Addresses(_) | Step::Choose(_) | Step::Editor(_) => None,
        }
    }

    /// The change of this run that it takes back.
    pub fn undoes(&self) -> Option<OpId> {
        match &self.step {
            Step::Confirm(confirm) => match &confirm.basis {
                Basis::Deed(deed) => Some(deed.op),
                _ => None,
            },
            _ => None,
        }
    }

    /// What will be sent, one after the other, by what was read.
    pub fn steps(&self) -> Vec<Action> {
        let Step::Confirm(confirm) = &self.step else {
            return Vec::new();
        };
        match &confirm.errand {
            Errand::One(action) => vec![action.clone()],
            Errand::SignOut { but } => self.revocations(but.as_ref()),
        }
    }

    /// The end of every live session that was read, but of one.
    fn revocations(&self, but: Option<&SessionId>) -> Vec<Action> {
        let read = self.dossier.sessions.value();
        let read = read.into_iter().flat_map(|page| &page.rows);
        let live = read.filter_map(Row::read).filter(|session| {
            session.user == self.person.id && session.status.is_live() && but != Some(&session.id)
        });
        live.map(|session| Action::Revoke {
            session: session.id.clone(),
            user: self.person.id.clone(),
        })
        .collect()
    }

    /// Whether Enter comes late enough after the last character, and after
    /// everything that counts was seen.
    pub fn is_typed_out(&self, now: Now, last: Moment) -> bool {
        now.moment.since(last) >= TYPED_MS && self.look.has_lasted(now.moment, TYPED_MS)
    }

    /// Whose dialog it is.
    pub const fn user(&self) -> &UserId {
        &self.person.id
    }
}

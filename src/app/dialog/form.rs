//! The forms: what is typed, and the change that it asks for.

use std::fmt;

use tui_input::{Input, InputRequest};

use super::basis::{Basis, MetadataEdit};
use super::{addresses, metadata};
use crate::app::input_line;
use crate::domain::{
    Action, AddressKind, AddressTraits, Claim, FieldEdit, Json, MetadataKind, ProfileEdit,
    ProfileField, Secret, Untrusted, User,
};

/// What is said where a form holds what is there already.
const NOTHING: &str = "Nothing is changed yet. Esc closes the form.";

/// What a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The fields of the profile.
    Names,
    /// One key of metadata.
    Metadata(MetadataKind),
    /// The e-mail address that takes the place of all others.
    Email,
    /// One more address.
    Add(AddressKind),
    /// A password, typed twice.
    Password,
}

/// A form.
#[derive(Clone)]
pub struct Form {
    /// What it asks for.
    pub kind: Kind,
    /// The boxes, in the order of [`Form::labels`].
    pub inputs: Vec<Input>,
    /// The boxes to tick below them, in the order of [`Form::tick_labels`].
    pub ticks: Vec<bool>,
    /// Which of all boxes has the keys.
    pub focus: usize,
    /// Whether the text of the box is there to be typed over, as where an address
    /// takes the place of another.
    pub selected: bool,
    /// What the fields held when the boxes were filled; `None` until then.
    pub filled: Option<Vec<Option<Untrusted>>>,
}

impl Form {
    /// A form with nothing in it.
    pub fn new(kind: Kind) -> Self {
        let mut form = Self {
            kind,
            inputs: Vec::new(),
            ticks: Vec::new(),
            focus: 0,
            selected: kind == Kind::Email,
            filled: None,
        };
        if kind == Kind::Password {
            form.ticks = vec![true, false];
        }
        form.inputs.resize(form.labels().len(), Input::default());
        form
    }

    /// What stands before the boxes.
    pub fn labels(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Names => ProfileField::ALL.map(ProfileField::label).to_vec(),
            Kind::Metadata(_) => vec!["key (a.b.c)", "value"],
            Kind::Email | Kind::Add(AddressKind::Email) => vec!["e-mail"],
            Kind::Add(AddressKind::Phone) => vec!["phone"],
            Kind::Password => vec!["new password", "once more"],
        }
    }

    /// What stands behind the boxes to tick.
    pub const fn tick_labels(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Password => &["sign out elsewhere", "skip Clerk's checks of the password"],
            _ => &[],
        }
    }

    /// A box as it may be shown: of a password nothing but its length.
    pub fn shown(&self, input: &Input) -> Input {
        match self.kind {
            Kind::Password => {
                let dots = "•".repeat(input.value().chars().count());
                Input::new(dots).with_cursor(input.cursor())
            }
            _ => input.clone(),
        }
    }

    /// The box that has the keys; none before the boxes are filled.
    fn box_with_keys(&mut self) -> Option<&mut Input> {
        self.filled.as_ref()?;
        self.inputs.get_mut(self.focus)
    }

    /// A key that edits. Text that is selected gives way to what is typed, and is
    /// edited once the cursor moved.
    pub(super) fn type_in(&mut self, request: InputRequest) {
        use InputRequest as R;
        let moves = matches!(
            request,
            R::SetCursor(_)
                | R::GoToPrevChar
                | R::GoToNextChar
                | R::GoToPrevWord
                | R::GoToNextWord
                | R::GoToStart
                | R::GoToEnd
        );
        let selected = self.selected;
        let Some(input) = self.box_with_keys() else {
            return;
        };
        if selected && !moves {
            input.reset();
        }
        input_line::edit(input, request);
        self.selected = false;
    }

    /// Puts pasted text into the box that has the keys.
    pub(in crate::app) fn paste(&mut self, text: &str) {
        let selected = self.selected;
        if let Some(input) = self.box_with_keys() {
            if selected {
                input.reset();
            }
            input_line::paste(input, text);
            self.selected = false;
        }
    }

    /// Ticks the box that has the keys, or takes the tick away; says whether it
    /// is one to tick.
    pub(super) fn tick(&mut self) -> bool {
        let at = self.focus.checked_sub(self.inputs.len());
        let tick = at.and_then(|at| self.ticks.get_mut(at));
        tick.map(|tick| *tick = !*tick).is_some()
    }

    /// What the person has where the boxes ask for it.
    fn values(&self, user: &User) -> Vec<Option<Untrusted>> {
        match self.kind {
            Kind::Names => ProfileField::ALL
                .map(|field| field.of(user).cloned())
                .to_vec(),
            Kind::Metadata(_) | Kind::Password => vec![None, None],
            Kind::Email => vec![user.email().cloned()],
            Kind::Add(_) => vec![None],
        }
    }

    /// Fills the boxes, once; what the person types is theirs from then on.
    pub(super) fn fill(&mut self, user: &User) {
        if self.filled.is_none() {
            let values = self.values(user);
            for (input, value) in self.inputs.iter_mut().zip(&values) {
                *input = Input::from(text(value.as_ref()));
            }
            self.filled = Some(values);
        }
    }

    /// Takes in what other people changed: boxes that nobody touched show it,
    /// so that saving the others does not undo it.
    pub(super) fn refill(&mut self, user: &User) {
        let values = self.values(user);
        let old = self.filled.take().unwrap_or_default();
        for ((input, old), new) in self.inputs.iter_mut().zip(&old).zip(&values) {
            if input.value() == text(old.as_ref()) && old != new {
                *input = Input::from(text(new.as_ref()));
            }
        }
        self.filled = Some(values);
    }

    /// What is asked for, and on what ground.
    ///
    /// # Errors
    /// What is missing or wrong, in words.
    pub(super) fn review(&self, user: &User) -> Result<(Action, Basis), String> {
        let id = user.id.clone();
        match self.kind {
            Kind::Names => {
                let edit = self.edit();
                if edit.0.is_empty() {
                    return Err(NOTHING.to_owned());
                }
                Ok((Action::Edit(id, edit), Basis::None))
            }
            Kind::Metadata(kind) => {
                let path = metadata::path(self.inputs[0].value(), kind.of(user))?;
                let value = metadata::value(self.inputs[1].value())?;
                let edit = MetadataEdit::of_key(kind, path, &value, user)?;
                let Some(change) = edit.changes.first() else {
                    return Err(NOTHING.to_owned());
                };
                let action = Action::MergeMetadata {
                    user: id,
                    patch: kind.body(Json::nested(&change.path, value)),
                };
                Ok((action, Basis::Metadata(edit)))
            }
            Kind::Email => {
                let kind = AddressKind::Email;
                let text = addresses::checked(kind, self.inputs[0].value())?;
                if user.email() == Some(&text) {
                    return Err(NOTHING.to_owned());
                }
                let action = Action::ReplaceAddresses {
                    user: id,
                    kind,
                    text,
                    claim: Claim::Verified,
                };
                Ok((action, Basis::addresses(kind, user)))
            }
            Kind::Add(kind) => {
                let text = addresses::checked(kind, self.inputs[0].value())?;
                if kind.of(user).iter().any(|has| has.text == text) {
                    return Err("They have this one already.".to_owned());
                }
                let action = Action::AddAddress {
                    user: id,
                    kind,
                    text,
                    traits: AddressTraits::default(),
                };
                Ok((action, Basis::addresses(kind, user)))
            }
            Kind::Password => {
                let [first, again] = [0, 1].map(|n| self.inputs[n].value());
                if first.is_empty() {
                    return Err("Type the new password first.".to_owned());
                }
                if first != again {
                    return Err("The two are not the same. Type it twice.".to_owned());
                }
                let action = Action::SetPassword {
                    user: id,
                    password: Secret::new(first),
                    sign_out: self.ticks[0],
                    skip_checks: self.ticks[1],
                };
                Ok((action, Basis::None))
            }
        }
    }

    /// What the boxes change.
    fn edit(&self) -> ProfileEdit {
        let filled = self.filled.as_deref().unwrap_or_default();
        let edits = ProfileField::ALL
            .into_iter()
            .zip(&self.inputs)
            .zip(filled)
            .filter_map(|((field, input), before)| {
                let typed = input.value();
                let after = (!typed.trim().is_empty()).then(|| Untrusted::new(typed.trim()));
                // Compared as it stands in the box: white space of old is no change of ours.
                let same = text(before.as_ref()) == typed;
                (!same && after != *before).then(|| FieldEdit {
                    field,
                    before: before.clone(),
                    after,
                })
            });
        ProfileEdit(edits.collect())
    }

    /// Moves the keys to another box, around.
    pub fn move_focus(&mut self, forward: bool) {
        let boxes = self.inputs.len() + self.ticks.len();
        self.focus = (self.focus + if forward { 1 } else { boxes - 1 }) % boxes;
    }
}

impl fmt::Debug for Form {
    /// Without what was typed: it may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut form = f.debug_struct("Form");
        form.field("kind", &self.kind).field("focus", &self.focus);
        form.finish_non_exhaustive()
    }
}

fn text(value: Option<&Untrusted>) -> &str {
    value.map_or("", Untrusted::raw)
}

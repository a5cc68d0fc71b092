//! Why a change is made: a box of one line, where the person wants one or has to.

use tui_input::Input;

use crate::domain::{Policy, Untrusted};

/// The reason for a change, as it is typed.
#[derive(Debug)]
pub struct Reason {
    /// The box.
    pub input: Input,
    /// Whether the box has the keys.
    pub focused: bool,
    required: bool,
}

impl Reason {
    /// No reason yet.
    pub(super) fn new(policy: &Policy) -> Self {
        Self {
            input: Input::default(),
            focused: false,
            required: policy.reason_required,
        }
    }

    /// What was typed, if it is more than blanks.
    pub fn given(&self) -> Option<Untrusted> {
        let text = self.input.value().trim();
        (!text.is_empty()).then(|| Untrusted::new(text))
    }

    /// Whether there is anything to show.
    pub fn is_shown(&self) -> bool {
        self.focused || self.given().is_some()
    }

    /// Whether it is asked for and not given.
    pub(super) fn is_missing(&self) -> bool {
        self.required && self.given().is_none()
    }
}

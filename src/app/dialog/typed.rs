//! What is typed as consent.

use tui_input::Input;

use super::{Consent, Dialog, Step};
use crate::app::Moment;
use crate::domain::Untrusted;

/// What is typed as consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The e-mail address, or the last six of the id.
    Name,
    /// Why it is done.
    Reason,
}

impl Typed {
    /// What it asks.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Name => "Type the e-mail, or the last six of the id:",
            Self::Reason => "Why? It goes on record beside your name:",
        }
    }
}

impl Dialog {
    /// Whether what was typed names the person: the e-mail address, or the last six of the id.
    pub fn is_named_by(&self, typed: &str) -> bool {
        let typed = typed.trim();
        let user = self.dossier.user.value();
        let email = user.and_then(|user| user.email());
        let email = email.map(Untrusted::raw).filter(|email| !email.is_empty());
        typed == self.person.id.last_six()
            || email.is_some_and(|email| email.eq_ignore_ascii_case(typed))
    }

    /// The box of the consent, where that is the reason.
    fn reason_as_consent(&self) -> Option<&Input> {
        let Step::Confirm(confirm) = &self.step else {
            return None;
        };
        match &confirm.consent {
            Consent::Typed {
                what: Typed::Reason,
                input,
                ..
            } => Some(input),
            _ => None,
        }
    }

    /// Whether what is typed as consent is the reason.
    pub(super) fn types_reason(&self) -> bool {
        self.reason_as_consent().is_some()
    }

    /// Why it is done, if that was typed.
    pub fn why(&self) -> Option<Untrusted> {
        match self.reason_as_consent() {
            Some(input) => Some(input.value().trim().into()),
            None => self.reason.given(),
        }
    }

    /// The box that has the keys where consent is asked for.
    pub(in crate::app) fn typed_box(&mut self) -> Option<&mut Input> {
        let Step::Confirm(confirm) = &mut self.step else {
            return None;
        };
        match &mut confirm.consent {
            _ if self.reason.focused => Some(&mut self.reason.input),
            Consent::Typed { input, .. } => Some(input),
            Consent::Yes { .. } => None,
        }
    }

    /// Something was typed or pasted.
    pub(in crate::app) fn typed_at(&mut self, now: Moment) {
        if let Step::Confirm(confirm) = &mut self.step
            && let Consent::Typed { last, .. } = &mut confirm.consent
        {
            *last = now;
        }
    }
}

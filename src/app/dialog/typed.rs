//! What is typed as consent.

use super::{Consent, Dialog, Step};
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

    /// The reason that was typed, if there is one.
    pub fn reason(&self) -> Option<Untrusted> {
        let Step::Confirm(confirm) = &self.step else {
            return None;
        };
        match &confirm.consent {
            Consent::Typed {
                what: Typed::Reason,
                input,
                ..
            } => Some(input.value().trim().into()),
            _ => None,
        }
    }
}

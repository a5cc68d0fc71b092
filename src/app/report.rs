//! What was read of a person, as text with a meaning.
//!
//! Pure functions from domain values to [`Line`](super::document::Line)s. Every
//! string of the API passes [`Untrusted::shown`](crate::domain::Untrusted::shown)
//! and a bound on its width here, so that no name pushes a fact off the screen.

mod case;
mod highlight;
mod past;
mod person;
mod preview;
mod related;
mod session;
mod sign_in;
mod words;

#[cfg(test)]
pub(super) mod fixtures;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;

pub use case::Case;
pub use highlight::raw;
pub use past::past;
pub use preview::preview;
pub use session::{browser, device, place, session_line};
pub use sign_in::can_sign_in;
pub use words::provider;

use super::document::{Metadata, Section};
use super::{Clock, Dossier};

/// A profile, section by section; none of them is ever empty.
///
/// What needs the user (security, dates, metadata) is left out until it was read.
pub fn sections(dossier: &Dossier, clock: &Clock, unfolded: &[Metadata]) -> Vec<Section> {
    let mut sections = vec![person::identity(dossier, clock)];
    if let Some(user) = dossier.user.value() {
        sections.push(person::security(user, clock));
        sections.push(person::dates(user, clock));
        sections.push(person::other(user));
    }
    sections.push(related::sessions(dossier, clock));
    sections.push(related::organizations(dossier, clock));
    if let Some(user) = dossier.user.value() {
        sections.push(related::metadata(user, unfolded));
    }
    sections
}

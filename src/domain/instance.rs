//! The Clerk instance at the other end.

use super::Untrusted;

/// How an instance is dressed: what a mistake there would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dress {
    /// The embedded demo server: nobody is hurt.
    Demo,
    /// A development instance (`sk_test_`).
    Development,
    /// A production instance (`sk_live_`): real people.
    Production,
}

impl Dress {
    /// The word in the header and in dialogs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Demo => "DEMO",
            Self::Development => "development",
            Self::Production => "PRODUCTION",
        }
    }
}

/// The answer of `GET /instance`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// `id`
    pub id: Untrusted,
    /// `environment_type`
    pub environment: Option<Untrusted>,
    /// `allowed_origins`; may be empty
    pub origins: Vec<Untrusted>,
}

//! Sessions.

use super::{Keyed, SessionId, Timestamp, Untrusted, UserId};

/// A session (`Session` in the OpenAPI file).
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// `id`
    pub id: SessionId,
    /// `user_id`
    pub user: UserId,
    /// `status`
    pub status: SessionStatus,
    /// The id of the person who impersonates the user (`actor.sub`), or a
    /// blank text where there is an actor without one. `None`: the user in person.
    pub actor: Option<Untrusted>,
    /// `latest_activity`
    pub activity: Activity,
    /// `created_at`
    pub created: Option<Timestamp>,
    /// `last_active_at`
    pub last_active: Option<Timestamp>,
    /// `expire_at`
    pub expires: Option<Timestamp>,
}

/// Where and with what a session was last used; all of it may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activity {
    /// `device_type`, such as `Macintosh`
    pub device: Option<Untrusted>,
    /// `browser_name`
    pub browser: Option<Untrusted>,
    /// `browser_version`
    pub browser_version: Option<Untrusted>,
    /// `ip_address`
    pub ip: Option<Untrusted>,
    /// `city`
    pub city: Option<Untrusted>,
    /// `country`
    pub country: Option<Untrusted>,
    /// `is_mobile`
    pub mobile: bool,
}

/// The state of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    /// In use.
    Active,
    /// Waits for a task of the user, such as choosing an organization.
    Pending,
    /// Ended by an administrator or by Clerk.
    Revoked,
    /// Signed out.
    Ended,
    /// Its time was up.
    Expired,
    /// Taken from its client.
    Removed,
    /// Not used for too long.
    Abandoned,
    /// Another session took its place.
    Replaced,
    /// A word this version does not know.
    Other(Untrusted),
}

impl SessionStatus {
    /// The state for Clerk's word; words differ in case at emulators.
    pub fn from_api(word: &Untrusted) -> Self {
        match word.raw().to_ascii_lowercase().as_str() {
            "active" => Self::Active,
            "pending" => Self::Pending,
            "revoked" => Self::Revoked,
            "ended" => Self::Ended,
            "expired" => Self::Expired,
            "removed" => Self::Removed,
            "abandoned" => Self::Abandoned,
            "replaced" => Self::Replaced,
            _ => Self::Other(word.clone()),
        }
    }

    /// Clerk's word for it, to filter by.
    pub fn api_name(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Revoked => "revoked",
            Self::Ended => "ended",
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::Abandoned => "abandoned",
            Self::Replaced => "replaced",
            Self::Other(word) => word.raw(),
        }
    }

    /// Whether it can still be used, and so be revoked.
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Active | Self::Pending)
    }
}

impl Keyed for Session {
    fn key(&self) -> &str {
        self.id.as_str()
    }
}

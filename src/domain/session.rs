//! Sessions.

use super::{Keyed, Page, Row, SessionId, Timestamp, Untrusted, UserId};

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

impl Page<Session> {
    /// Whether a session has ended, by a page of its user's sessions of any
    /// state, of which at most `limit` were asked for. Old sessions are purged,
    /// so a missing one has ended; `None`: it may be on another page.
    pub fn has_ended(&self, session: &SessionId, limit: u32) -> Option<bool> {
        let rows = self.rows.iter().filter_map(Row::read);
        match rows.into_iter().find(|row| row.id == *session) {
            Some(row) => Some(!row.status.is_live()),
            None => (self.rows.len() < limit as usize).then_some(true),
        }
    }
}

impl Keyed for Session {
    fn key(&self) -> &str {
        self.id.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sessions: &[(&str, SessionStatus)]) -> Page<Session> {
        let session = |(id, status): &(&str, SessionStatus)| Session {
            id: SessionId::new(id).unwrap(),
            user: UserId::new("user_1").unwrap(),
            status: status.clone(),
            actor: None,
            activity: Activity::default(),
            created: None,
            last_active: None,
            expires: None,
        };
        Page {
            rows: sessions
                .iter()
                .map(|each| Row::Read(session(each)))
                .collect(),
            total: None,
            read_at: Timestamp::from_millis(0),
        }
    }

    #[test]
    fn a_session_has_ended_only_where_the_page_can_tell() {
        let page = page(&[
            ("sess_a", SessionStatus::Active),
            ("sess_p", SessionStatus::Pending),
            ("sess_r", SessionStatus::Revoked),
        ]);
        let ended = |id, limit| page.has_ended(&SessionId::new(id).unwrap(), limit);
        assert_eq!(ended("sess_a", 500), Some(false));
        assert_eq!(ended("sess_p", 500), Some(false));
        assert_eq!(ended("sess_r", 500), Some(true));
        assert_eq!(ended("sess_gone", 500), Some(true), "purged");
        assert_eq!(ended("sess_gone", 3), None, "it may be on the next page");
    }
}

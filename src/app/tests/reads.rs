//! Kinds of reads, to answer one of them.

use crate::domain::Fetch;

/// Reads of a page of users.
pub fn users_page(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Users { .. })
}

/// Reads of a whole user.
pub fn whole_user(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::User(_))
}

/// Reads of sessions.
pub fn of_sessions(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Sessions { .. })
}

/// Reads of somebody's memberships.
pub fn of_memberships(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Memberships { .. })
}

//! Organizations and their members.

use super::{Keyed, OrganizationId, Timestamp, Untrusted, UserId};

/// An organization (`Organization` in the OpenAPI file).
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// `id`
    pub id: OrganizationId,
    /// `name`
    pub name: Untrusted,
    /// `slug`; missing where slugs are switched off
    pub slug: Option<Untrusted>,
    /// `members_count`, where it was asked for
    pub members: Option<u64>,
    /// `created_at`
    pub created: Option<Timestamp>,
}

impl Keyed for Organization {
    fn key(&self) -> &str {
        self.id.as_str()
    }
}

/// That a user belongs to an organization (`OrganizationMembership`).
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// `id`, unique in a list
    pub id: Untrusted,
    /// `role`, such as `org:admin`
    pub role: Untrusted,
    /// `organization`
    pub organization: Organization,
    /// `public_user_data`
    pub user: Option<PublicUser>,
    /// `created_at`
    pub created: Option<Timestamp>,
}

impl Keyed for Membership {
    fn key(&self) -> &str {
        self.id.raw()
    }
}

/// What a membership says of its user (`OrganizationMembershipPublicUserData`).
#[derive(Clone, Debug, PartialEq)]
pub struct PublicUser {
    /// `user_id`
    pub id: UserId,
    /// `first_name` and `last_name`, joined; blank if there is neither
    pub name: Untrusted,
    /// `identifier`: the e-mail address, phone number or username
    pub identifier: Option<Untrusted>,
    /// `banned`
    pub banned: bool,
}

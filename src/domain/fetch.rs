//! Reads.

use std::sync::Arc;

use super::search::Entry;
use super::{
    ActorToken, Identification, IdentificationId, Instance, Invitation, InvitationStatus,
    Membership, Organization, OrganizationId, Page, Session, SessionId, SessionStatus, SignInToken,
    Start, Untrusted, User, UserFilter, UserId, UserOrder, UserPage, UserRow,
};

/// Who waits for a request; lower ones go first when requests queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Reading back what a write did.
    ReadBack,
    /// What a person asks for by their own word (`r`): it goes once at once,
    /// whatever wait Clerk asked for.
    Now,
    /// What a person asked for and looks at.
    Hands,
    /// What a person will probably look at next.
    Prefetch,
    /// Long walks.
    Background,
}

/// A read. Each variant is one `GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// `GET /users` → [`Answer::Users`]
    Users {
        /// Whom
        filter: Arc<UserFilter>,
        /// `order_by`
        order: UserOrder,
        /// Where the page begins
        start: Start,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /users` with these `user_id`s, 1 to 100 → [`Answer::Users`], in no promised order
    UsersById(Vec<UserId>),
    /// The same → [`Answer::WholeUsers`]
    WholeUsers(Vec<UserId>),
    /// `GET /users` with the addresses or ids of a list, at most 100 of one kind
    /// → [`Answer::Listed`]
    UsersListed {
        /// Finds whom they name.
        filter: Arc<UserFilter>,
        /// They.
        entries: Arc<[Entry]>,
    },
    /// `GET /users/count` → [`Answer::Count`]
    UserCount {
        /// Whom; metadata cannot be counted
        filter: Arc<UserFilter>,
    },
    /// `GET /users/{id}` → [`Answer::User`]
    User(UserId),
    /// `GET /sessions` → [`Answer::Sessions`]
    Sessions {
        /// `user_id`; some instances refuse to list without it
        user: Option<UserId>,
        /// `status`; `None`: any
        status: Option<SessionStatus>,
        /// `offset`
        offset: u32,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /sessions/{id}` → [`Answer::Session`]
    Session(SessionId),
    /// `GET /email_addresses/{id}` → [`Answer::Address`]
    EmailAddress(IdentificationId),
    /// `GET /phone_numbers/{id}` → [`Answer::Address`]
    PhoneNumber(IdentificationId),
    /// `GET /organizations/{id or slug}`, with `include_members_count` → [`Answer::Organization`]
    Organization(String),
    /// `GET /organizations`, with `include_members_count` → [`Answer::Organizations`]
    Organizations {
        /// `query`, left out if empty
        query: String,
        /// `offset`
        offset: u32,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /organizations/{id}/memberships` → [`Answer::Memberships`]
    Members {
        /// The organization
        organization: OrganizationId,
        /// `role`, such as `org:admin`; `None`: whatever theirs is
        role: Option<Untrusted>,
        /// `offset`
        offset: u32,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /users/{id}/organization_memberships` → [`Answer::Memberships`]
    Memberships {
        /// The user
        user: UserId,
        /// `offset`
        offset: u32,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /invitations` → [`Answer::Invitations`], newest first
    Invitations {
        /// `status`; `None`: all but the revoked ones
        status: Option<InvitationStatus>,
        /// `query`: of an e-mail address or an id; left out if empty
        query: String,
        /// `offset`
        offset: u32,
        /// `limit`, 1 to 500
        limit: u32,
    },
    /// `GET /instance` → [`Answer::Instance`]
    Instance,
}

/// What a read or a write was answered with.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A page of users.
    Users(Arc<UserPage>),
    /// Those of a list, and which of its entries nobody has. A row holds one of
    /// several addresses only, so that has to be told by whole users.
    Listed {
        /// The rows.
        page: Arc<UserPage>,
        /// In the order of the list.
        missing: Vec<Entry>,
    },
    /// A number of users.
    Count(u64),
    /// A whole user.
    User(Box<User>),
    /// Some whole users.
    WholeUsers(Page<User>),
    /// A page of sessions.
    Sessions(Page<Session>),
    /// A session.
    Session(Box<Session>),
    /// The e-mail address or phone number that has the id asked for.
    Address(Untrusted),
    /// An organization.
    Organization(Box<Organization>),
    /// A page of organizations.
    Organizations(Page<Organization>),
    /// A page of memberships, of one organization or of one user.
    Memberships(Page<Membership>),
    /// The instance.
    Instance(Instance),
    /// The user is gone.
    Deleted(UserId),
    /// The session was revoked; the answer did not say more.
    Revoked(SessionId),
    /// An e-mail address or phone number after it was added or changed.
    Identification(Box<Identification>),
    /// What the change was to remove is gone; the user stays.
    Removed,
    /// The user was changed; the answer did not say more.
    Changed(UserId),
    /// A sign-in token; the one who asked for it sees its link now or never.
    SignInToken(Box<SignInToken>),
    /// An actor token; the one who asked for it sees its link now or never.
    ActorToken(Box<ActorToken>),
    /// An invitation.
    Invitation(Box<Invitation>),
    /// A page of invitations.
    Invitations(Page<Invitation>),
}

/// Each of these picks the one kind of answer that its caller asked for.
impl Answer {
    /// A page of users, all of it.
    pub fn users(page: Page<UserRow>) -> Self {
        Self::Users(Arc::new(UserPage::pack(page, |_| true)))
    }

    /// A page of users.
    pub fn into_users(self) -> Option<Arc<UserPage>> {
        match self {
            Self::Users(page) => Some(page),
            _ => None,
        }
    }

    /// Those of a list, and the entries that nobody has.
    pub fn into_listed(self) -> Option<(Arc<UserPage>, Vec<Entry>)> {
        match self {
            Self::Listed { page, missing } => Some((page, missing)),
            _ => None,
        }
    }

    /// A number of users.
    pub fn into_count(self) -> Option<u64> {
        match self {
            Self::Count(n) => Some(n),
            _ => None,
        }
    }

    /// A whole user.
    pub fn into_user(self) -> Option<Box<User>> {
        match self {
            Self::User(user) => Some(user),
            _ => None,
        }
    }

    /// Some whole users.
    pub fn into_whole_users(self) -> Option<Page<User>> {
        match self {
            Self::WholeUsers(page) => Some(page),
            _ => None,
        }
    }

    /// A page of sessions.
    pub fn into_sessions(self) -> Option<Page<Session>> {
        match self {
            Self::Sessions(page) => Some(page),
            _ => None,
        }
    }

    /// A session.
    pub fn into_session(self) -> Option<Box<Session>> {
        match self {
            Self::Session(session) => Some(session),
            _ => None,
        }
    }

    /// An e-mail address or phone number.
    pub fn into_address(self) -> Option<Untrusted> {
        match self {
            Self::Address(text) => Some(text),
            _ => None,
        }
    }

    /// An organization.
    pub fn into_organization(self) -> Option<Box<Organization>> {
        match self {
            Self::Organization(organization) => Some(organization),
            _ => None,
        }
    }

    /// A page of organizations.
    pub fn into_organizations(self) -> Option<Page<Organization>> {
        match self {
            Self::Organizations(page) => Some(page),
            _ => None,
        }
    }

    /// A page of memberships.
    pub fn into_memberships(self) -> Option<Page<Membership>> {
        match self {
            Self::Memberships(page) => Some(page),
            _ => None,
        }
    }

    /// A page of invitations.
    pub fn into_invitations(self) -> Option<Page<Invitation>> {
        match self {
            Self::Invitations(page) => Some(page),
            _ => None,
        }
    }

    /// The instance.
    pub fn into_instance(self) -> Option<Instance> {
        match self {
            Self::Instance(instance) => Some(instance),
            _ => None,
        }
    }
}

//! The views that there are.

use super::panes::invitations::InvitationsPane;
use super::panes::organizations::{MembersPane, OrganizationsPane};
use super::panes::profile::ProfilePane;
use super::panes::sessions::SessionsPane;
use super::panes::users::UsersPane;
use super::{AnyList, Search};

/// A view.
#[derive(Debug)]
pub enum Screen {
    /// All users.
    Users(Box<UsersPane>),
    /// Sessions, of all users or of one.
    Sessions(Box<SessionsPane>),
    /// All organizations.
    Organizations(Box<OrganizationsPane>),
    /// The members of one organization.
    Members(Box<MembersPane>),
    /// Those who were invited.
    Invitations(Box<InvitationsPane>),
    /// One person.
    Profile(Box<ProfilePane>),
}

impl Screen {
    /// The list, where the view is one.
    pub fn list(&self) -> Option<&dyn AnyList> {
        match self {
            Self::Users(pane) => Some(&pane.list),
            Self::Sessions(pane) => Some(&pane.list),
            Self::Organizations(pane) => Some(&pane.list),
            Self::Members(pane) => Some(&pane.list),
            Self::Invitations(pane) => Some(&pane.list),
            Self::Profile(_) => None,
        }
    }

    /// The list, to move in.
    pub(super) fn list_mut(&mut self) -> Option<&mut dyn AnyList> {
        match self {
            Self::Users(pane) => Some(&mut pane.list),
            Self::Sessions(pane) => Some(&mut pane.list),
            Self::Organizations(pane) => Some(&mut pane.list),
            Self::Members(pane) => Some(&mut pane.list),
            Self::Invitations(pane) => Some(&mut pane.list),
            Self::Profile(_) => None,
        }
    }

    /// The search box, where the view has one.
    pub const fn search(&self) -> Option<&Search> {
        match self {
            Self::Users(pane) => Some(&pane.search),
            Self::Sessions(pane) => Some(&pane.search),
            Self::Organizations(pane) => Some(&pane.search),
            Self::Members(_) | Self::Invitations(_) | Self::Profile(_) => None,
        }
    }

    /// The search box, to type into.
    pub(super) const fn search_mut(&mut self) -> Option<&mut Search> {
        match self {
            Self::Users(pane) => Some(&mut pane.search),
            Self::Sessions(pane) => Some(&mut pane.search),
            Self::Organizations(pane) => Some(&mut pane.search),
            Self::Members(_) | Self::Invitations(_) | Self::Profile(_) => None,
        }
    }

    /// Whether it is one of the three views that `1 2 3` show.
    pub const fn is_root(&self) -> bool {
        match self {
            Self::Users(_) | Self::Organizations(_) => true,
            Self::Sessions(pane) => pane.user.is_none(),
            Self::Members(_) | Self::Invitations(_) | Self::Profile(_) => false,
        }
    }
}

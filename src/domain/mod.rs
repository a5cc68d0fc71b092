//! What the console talks about: users, sessions, organizations, reads and writes.
//!
//! Plain values only. There is no I/O, no terminal and no async here, so every
//! other room may use these types and none of them can surprise it.

mod action;
mod batch;
mod change;
mod details;
mod error;
mod facts;
mod fetch;
mod filter;
mod id;
mod instance;
mod json;
mod letters;
mod names;
mod order;
mod organization;
mod page;
mod past;
mod policy;
pub mod search;
mod secret;
mod session;
mod text;
mod time;
mod token;
mod user;
mod user_page;
mod web_url;

pub use action::{Action, AddressKind, AddressTraits, BadTargets, Claim, Targets};
pub use batch::{BatchId, Interrupted, Plan, ToEach};
pub use change::{Change, Denied, OpId, Outcome, Permit};
pub use details::{
    Credential, Factors, FieldEdit, Invite, MetadataKind, NewAddress, NewUser, ProfileEdit,
    ProfileField,
};
pub use error::{ApiError, ErrorKind};
pub use facts::{Fact, FactTest, Facts};
pub use fetch::{Answer, Fetch, Lane};
pub use filter::{Exact, ExactField, MetadataTest, PartialField, Span, UserFilter};
pub use id::{
    AccountId, ActorTokenId, BadId, Id, IdentificationId, InvitationId, OrganizationId, SessionId,
    SignInTokenId, UserId, kind,
};
pub use instance::{Dress, Instance};
pub use json::{Difference, Json, JsonToken, Mistake, NoMerge, TokenKind};
pub use letters::Letters;
pub use order::{UserOrder, UserOrderBy};
pub use organization::{Membership, Organization, PublicUser};
pub use page::{Keyed, Page, Row, Start, Unreadable};
pub use past::PastDeed;
pub use policy::{BadProtection, Known, Policy, Protection, Unsettled};
pub use secret::Secret;
pub use session::{Activity, Session, SessionStatus};
pub use text::{Safe, Untrusted};
pub use time::Timestamp;
pub use token::{
    ActorToken, Identification, Invitation, InvitationStatus, SignInToken, TokenStatus,
};
pub use user::{Address, EnterpriseAccount, LinkedAccount, Passkey, Status, User, UserRow};
pub use user_page::{Field, Mark, UserPage};
pub use web_url::WebUrl;

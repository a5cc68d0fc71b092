//! What lets somebody in without a password, and invitations.

use super::{
    ActorTokenId, IdentificationId, InvitationId, Json, Keyed, Secret, SignInTokenId, Timestamp,
    Untrusted, UserId,
};

/// A token that signs its user in, once (`SignInToken`).
#[derive(Clone, Debug, PartialEq)]
pub struct SignInToken {
    /// `id`
    pub id: SignInTokenId,
    /// `user_id`
    pub user: UserId,
    /// `status`
    pub status: TokenStatus,
    /// `token`; only the answer that made it has it
    pub token: Option<Secret>,
    /// `url`, a link with the token in it; null where Clerk hosts no pages
    pub url: Option<Secret>,
    /// `created_at`
    pub created: Option<Timestamp>,
}

/// A token that signs somebody in as another user (`ActorToken`). No call lists them.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorToken {
    /// `id`
    pub id: ActorTokenId,
    /// `user_id`: who is impersonated
    pub user: UserId,
    /// `actor.sub`: who impersonates
    pub actor: Option<Untrusted>,
    /// `status`
    pub status: TokenStatus,
    /// `token`; only the answer that made it has it
    pub token: Option<Secret>,
    /// `url`, a link with the token in it
    pub url: Option<Secret>,
    /// `created_at`
    pub created: Option<Timestamp>,
}

/// The state of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// Not used yet.
    Pending,
    /// Used.
    Accepted,
    /// Taken back.
    Revoked,
    /// A word this version does not know.
    Other(Untrusted),
}

impl TokenStatus {
    /// The state for Clerk's word.
    pub fn from_api(word: &Untrusted) -> Self {
        match word.raw().to_ascii_lowercase().as_str() {
            "pending" => Self::Pending,
            "accepted" => Self::Accepted,
            "revoked" => Self::Revoked,
            _ => Self::Other(word.clone()),
        }
    }
}

/// An invitation to sign up (`Invitation`).
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// `id`
    pub id: InvitationId,
    /// `email_address`
    pub email: Untrusted,
    /// `status`
    pub status: InvitationStatus,
    /// `url`, the link of the e-mail
    pub url: Option<Secret>,
    /// `public_metadata`, which becomes the user's
    pub public_metadata: Json,
    /// `created_at`
    pub created: Option<Timestamp>,
    /// `expires_at`
    pub expires: Option<Timestamp>,
}

impl Keyed for Invitation {
    fn key(&self) -> &str {
        self.id.as_str()
    }
}

/// The state of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationStatus {
    /// Sent and not answered.
    Pending,
    /// Whoever was invited has signed up.
    Accepted,
    /// Taken back.
    Revoked,
    /// Its time was up.
    Expired,
    /// A word this version does not know.
    Other(Untrusted),
}

impl InvitationStatus {
    /// The state for Clerk's word.
    pub fn from_api(word: &Untrusted) -> Self {
        match word.raw().to_ascii_lowercase().as_str() {
            "pending" => Self::Pending,
            "accepted" => Self::Accepted,
            "revoked" => Self::Revoked,
            "expired" => Self::Expired,
            _ => Self::Other(word.clone()),
        }
    }

    /// Clerk's word for it, to filter by.
    pub fn api_name(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::Other(word) => word.raw(),
        }
    }
}

/// An e-mail address or phone number that stands alone (`EmailAddress`,
/// `PhoneNumber`): such an answer says neither whose it is nor whether it is
/// the primary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    /// `id`
    pub id: IdentificationId,
    /// `email_address` or `phone_number`
    pub text: Untrusted,
    /// `verification.status` is `verified`
    pub verified: bool,
    /// `reserved_for_second_factor` (phone numbers)
    pub second_factor: bool,
}

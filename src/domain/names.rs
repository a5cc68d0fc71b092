//! What each kind of change is called in settings and in the audit trail.

use super::Action;

impl Action {
    /// The names of all kinds of changes.
    pub const NAMES: &[&str] = &[
        "ban",
        "unban",
        "lock",
        "unlock",
        "delete",
        "edit",
        "metadata",
        "add-address",
        "change-address",
        "remove-address",
        "replace-addresses",
        "set-primary",
        "remove-factors",
        "remove-credential",
        "set-password",
        "remove-password",
        "distrust-password",
        "trust-password",
        "revoke",
        "sign-in-link",
        "revoke-sign-in-link",
        "impersonate",
        "revoke-impersonation",
        "create",
        "invite",
        "revoke-invitation",
    ];

    /// The name of its kind, one of [`Action::NAMES`]. A change of many is of the
    /// same kind as a change of one.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ban(_) | Self::BanAll(_) => "ban",
            Self::Unban(_) | Self::UnbanAll(_) => "unban",
            Self::Lock(_) => "lock",
            Self::Unlock(_) => "unlock",
            Self::Delete(_) => "delete",
            Self::Edit(..) => "edit",
            Self::MergeMetadata { .. } | Self::ReplaceMetadata { .. } => "metadata",
            Self::AddAddress { .. } => "add-address",
            Self::ChangeAddress { .. } => "change-address",
            Self::RemoveAddress { .. } => "remove-address",
            Self::ReplaceAddresses { .. } => "replace-addresses",
            Self::SetPrimary { .. } => "set-primary",
            Self::RemoveFactors { .. } => "remove-factors",
            Self::RemoveCredential { .. } => "remove-credential",
            Self::SetPassword { .. } => "set-password",
            Self::RemovePassword { .. } => "remove-password",
            Self::DistrustPassword { .. } => "distrust-password",
            Self::TrustPassword(_) => "trust-password",
            Self::Revoke { .. } => "revoke",
            Self::MakeSignInToken { .. } => "sign-in-link",
            Self::RevokeSignInToken { .. } => "revoke-sign-in-link",
            Self::Impersonate { .. } => "impersonate",
            Self::RevokeActorToken { .. } => "revoke-impersonation",
            Self::Create(_) => "create",
            Self::Invite(_) => "invite",
            Self::RevokeInvitation(_) => "revoke-invitation",
        }
    }
}

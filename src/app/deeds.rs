//! The words for each change.

use crate::domain::Action;

/// What is said of a change, from the question to the toast.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What the dialog asks; `{}` is the person
    pub question: &'static str,
    /// The verb on the button
    pub verb: &'static str,
    /// What follows, in the dialog, where nothing is counted for it
    pub follows: &'static [&'static str],
    /// What the row says meanwhile
    pub progress: &'static str,
    /// The deed as a noun, for sentences
    pub noun: &'static str,
    /// The deed done, after the name
    pub done: &'static str,
}

const fn words(
    question: &'static str,
    verb: &'static str,
    progress: &'static str,
    noun: &'static str,
    done: &'static str,
    follows: &'static [&'static str],
) -> Words {
    Words {
        question,
        verb,
        follows,
        progress,
        noun,
        done,
    }
}

const SAVED: &str = "is saved";

impl Action {
    /// What is said of it.
    pub(super) const fn words(&self) -> Words {
        match self {
            Self::Ban(_) => words("Ban {}?", "ban", "~ banning", "the ban", "is banned", &[]),
            Self::Unban(_) => words(
                "Unban {}?",
                "unban",
                "~ unbanning",
                "the unban",
                "is unbanned",
                &["Allows sign-ins again. B bans again."],
            ),
            Self::Lock(_) => words(
                "Lock {}?",
                "lock",
                "~ locking",
                "the lock",
                "is locked",
                &[
                    "Stops new sign-ins until it ends or somebody unlocks;",
                    "sessions stay. L unlocks.",
                ],
            ),
            Self::Unlock(_) => words(
                "Unlock {}?",
                "unlock",
                "~ unlocking",
                "the unlock",
                "is unlocked",
                &["Allows sign-ins again. L locks again."],
            ),
            Self::BanAll(_) => words(
                "Ban all of them?",
                "ban",
                "~ banning",
                "the ban",
                "and the others are banned",
                &["Signs all of them out and stops new sign-ins."],
            ),
            Self::UnbanAll(_) => words(
                "Unban all of them?",
                "unban",
                "~ unbanning",
                "the unban",
                "and the others are unbanned",
                &["Allows their sign-ins again."],
            ),
            Self::Delete(_) => words(
                "DELETE {}",
                "delete",
                "~ deleting",
                "the deletion",
                "was deleted",
                &[],
            ),
            Self::Edit(..) => words("Save {}?", "save", "~ saving", "the edit", SAVED, &[]),
            Self::MergeMetadata { .. } => words(
                "Save {}?",
                "save",
                "~ saving",
                "the metadata edit",
                SAVED,
                &["Merges the metadata."],
            ),
            Self::ReplaceMetadata { .. } => words(
                "Replace metadata of {}?",
                "replace",
                "~ saving",
                "the metadata edit",
                SAVED,
                &["Replaces the metadata as a whole."],
            ),
            Self::Revoke { .. } => words(
                "Revoke a session of {}?",
                "revoke",
                "~ revoking",
                "the revocation",
                "lost that session; its tokens live up to 60 s",
                &[],
            ),
            Self::Create(_) | Self::Invite(_) | Self::RevokeInvitation(_) => self.words_of_door(),
            _ => self.words_of_ways_in(),
        }
    }

    /// Addresses, factors, passwords, tokens.
    #[expect(clippy::too_many_lines, reason = "words only")]
    const fn words_of_ways_in(&self) -> Words {
        match self {
            Self::AddAddress { .. } => words(
                "Add an address to {}?",
                "add",
                "~ adding",
                "the new address",
                "has the address",
                &["Adds it; the others stay."],
            ),
            Self::RemoveAddress { .. } => words(
                "Remove an address of {}?",
                "remove",
                "~ removing",
                "the removal",
                "lost that address",
                &["Nobody signs in with it any more."],
            ),
            Self::ReplaceAddresses { .. } => words(
                "Replace the address of {}?",
                "replace",
                "~ replacing",
                "the replacement",
                "has only that address now",
                &["Removes all others of its kind."],
            ),
            Self::RemoveFactors { .. } => words(
                "Reset the second factors of {}?",
                "reset",
                "~ resetting",
                "the reset",
                "lost the second factor",
                &[
                    "Authenticator, codes by phone and backup codes go.",
                    "They sign in without, or set up new ones.",
                ],
            ),
            Self::RemoveCredential { .. } => words(
                "Remove a way in of {}?",
                "remove",
                "~ removing",
                "the removal",
                "lost that way in",
                &["Nobody signs in with it any more; sessions stay."],
            ),
            Self::SetPassword { .. } => words(
                "Set the password of {}?",
                "set",
                "~ setting",
                "the new password",
                "has the new password",
                &["The old one does not work any more."],
            ),
            Self::RemovePassword { .. } => words(
                "Remove the password of {}?",
                "remove",
                "~ removing",
                "the removal",
                "has no password now",
                &["They sign in another way; their sessions stay."],
            ),
            Self::DistrustPassword { .. } => words(
                "Mark compromised: {}?",
                "mark",
                "~ saving",
                "the distrust of the password",
                "has to choose a new password",
                &["They choose a new one at the next sign-in."],
            ),
            Self::TrustPassword(_) => words(
                "Trust the password of {} again?",
                "trust",
                "~ saving",
                "the trust in the password",
                "may keep the password",
                &["No new one is asked for."],
            ),
            Self::MakeSignInToken { .. } => words(
                "Make a sign-in link for {}?",
                "make",
                "~ making a link",
                "the sign-in link",
                "has a sign-in link",
                &[
                    "Whoever has the link is signed in as them, once,",
                    "within 10 minutes. It is copied, and shown once;",
                    "unused, it ends by itself.",
                ],
            ),
            Self::Impersonate { .. } => words(
                "Sign in as {}?",
                "impersonate",
                "~ impersonating",
                "the impersonation",
                "can be impersonated",
                &["Whoever has the link is signed in as them, once."],
            ),
            Self::RevokeSignInToken { .. } | Self::RevokeActorToken { .. } => words(
                "Take back a link for {}?",
                "revoke",
                "~ revoking",
                "the revocation",
                "lost that link",
                &[
                    "The link does not work any more.",
                    "A session begun with it stays; R revokes that.",
                    "This cannot be undone, but another can be made.",
                ],
            ),
            Self::SetPrimary { .. } => words(
                "New primary address for {}?",
                "make primary",
                "~ saving",
                "the change of the address",
                "has a new primary address",
                &[],
            ),
            _ => words(
                "Verify an address of {}?",
                "mark",
                "~ saving",
                "the change of the address",
                SAVED,
                &["Changes how the address stands."],
            ),
        }
    }

    /// Whoever comes in.
    const fn words_of_door(&self) -> Words {
        match self {
            Self::Create(_) => words(
                "Create this user?",
                "create",
                "~ creating",
                "the creation",
                "was created",
                &["They can sign in at once."],
            ),
            Self::Invite(_) => words(
                "Invite this address?",
                "invite",
                "~ inviting",
                "the invitation",
                "is invited",
                &["Clerk sends the invitation."],
            ),
            _ => words(
                "Take back this invitation?",
                "revoke",
                "~ revoking",
                "the revocation",
                "is not invited any more",
                &["Its link does not work any more."],
            ),
        }
    }
}

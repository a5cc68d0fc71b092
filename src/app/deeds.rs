//! The words for each change, and how it shows that one was done.

use crate::domain::{
    Action, AddressKind, Credential, Fact, Factors, FieldEdit, Json, MetadataKind, User, UserPage,
};

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
                "Save {}?",
                "save",
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
                "Take second factors from {}?",
                "remove",
                "~ removing",
                "the removal",
                "lost the second factor",
                &["They sign in without it, or set up a new one."],
            ),
            Self::RemoveCredential { .. } => words(
                "Take a way in from {}?",
                "remove",
                "~ removing",
                "the removal",
                "lost that way in",
                &["Nobody signs in with it any more."],
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
                &["They sign in another way, if they have one."],
            ),
            Self::DistrustPassword { .. } => words(
                "Call the password of {} known?",
                "distrust",
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
                &["Whoever has the link is signed in as them, once."],
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
                &["The link does not work any more."],
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
                "Mark an address of {} as verified?",
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

    /// Whether a 404 can only mean that the person is gone: nothing else is named.
    pub(super) const fn is_about_a_person_alone(&self) -> bool {
        matches!(
            self,
            Self::Ban(_)
                | Self::Unban(_)
                | Self::Lock(_)
                | Self::Unlock(_)
                | Self::Delete(_)
                | Self::Edit(..)
                | Self::MergeMetadata { .. }
                | Self::ReplaceMetadata { .. }
                | Self::RemoveFactors { .. }
                | Self::SetPassword { .. }
                | Self::RemovePassword { .. }
                | Self::DistrustPassword { .. }
                | Self::TrustPassword(_)
        )
    }

    /// Whether a user read now shows that this was done; `None`: a user does not show it.
    pub(super) fn is_true_of(&self, user: &User) -> Option<bool> {
        let of = |kind: AddressKind| kind.of(user);
        let done = match self {
            Self::Ban(_) => user.banned,
            Self::Unban(_) => !user.banned,
            Self::Lock(_) => user.locked,
            Self::Unlock(_) => !user.locked,
            // Whoever is read has not been deleted.
            Self::Delete(_) => false,
            Self::Edit(_, edit) => edit
                .0
                .iter()
                .all(|FieldEdit { field, after, .. }| field.of(user) == after.as_ref()),
            Self::MergeMetadata { patch, .. } => {
                let has = |kind: MetadataKind| {
                    let patch = patch.at(&[kind.api_name().to_owned()]);
                    let has = kind.of(user);
                    patch.is_none_or(|patch| has.merged(&patch) == *has)
                };
                MetadataKind::ALL.into_iter().all(has)
            }
            Self::ReplaceMetadata { kinds, .. } => replaced(kinds, user),
            Self::AddAddress { kind, text, .. } => of(*kind).iter().any(|one| one.text == *text),
            Self::ChangeAddress {
                kind,
                address,
                traits,
                ..
            } => of(*kind).iter().any(|one| {
                one.id.as_ref() == Some(address)
                    && traits.verified.is_none_or(|yes| yes == one.verified)
                    && (one.primary || !traits.primary)
                    && traits
                        .second_factor
                        .is_none_or(|yes| yes == one.second_factor)
            }),
            Self::RemoveAddress { kind, address, .. } => {
                of(*kind).iter().all(|one| one.id.as_ref() != Some(address))
            }
            Self::ReplaceAddresses { kind, text, .. } => {
                matches!(of(*kind).as_slice(), [one] if one.text == *text)
            }
            Self::SetPrimary { kind, address, .. } => of(*kind)
                .iter()
                .any(|one| one.primary && one.id.as_ref() == Some(address)),
            Self::RemoveFactors { factors, .. } => match factors {
                Factors::All => !user.two_factor,
                Factors::Totp => !user.totp,
                Factors::BackupCodes => !user.backup_codes,
            },
            Self::RemoveCredential { credential, .. } => match credential {
                Credential::Passkey(id) => user.passkeys.iter().all(|p| p.id.as_ref() != Some(id)),
                Credential::Account(id) => user.accounts.iter().all(|a| a.id.as_ref() != Some(id)),
                Credential::Wallet(id) => user.wallets.iter().all(|w| w.id.as_ref() != Some(id)),
            },
            Self::RemovePassword { .. } => !user.password,
            // Not without its old value; and the others are not seen on a user.
            _ => return None,
        };
        Some(done)
    }

    /// Whether users read now show that this was done to all of them.
    pub(super) fn is_true_of_all(&self, page: &UserPage) -> bool {
        let banned = match self {
            Self::BanAll(_) => true,
            Self::UnbanAll(_) => false,
            _ => return false,
        };
        let rows = page.unpack().rows;
        let read: Vec<_> = rows.iter().filter_map(crate::domain::Row::read).collect();
        self.users().iter().all(|id| {
            read.iter()
                .any(|row| row.id == *id && row.facts.has(Fact::Banned) == banned)
        })
    }
}

/// Whether all kinds of metadata that were given are what the user has.
fn replaced(kinds: &Json, user: &User) -> bool {
    MetadataKind::ALL.into_iter().all(|kind| {
        let given = kinds.at(&[kind.api_name().to_owned()]);
        given.is_none_or(|given| given == *kind.of(user))
    })
}

//! What a change does beside its point, and how it shows that one was done.

use crate::domain::{
    Action, AddressKind, Credential, Fact, Factors, FieldEdit, Json, MetadataKind, ProfileField,
    Untrusted, User, UserPage,
};

impl Action {
    /// Whether it ends every session of whom it is done to.
    pub(super) const fn signs_out_everywhere(&self) -> bool {
        matches!(
            self,
            Self::Ban(_)
                | Self::BanAll(_)
                | Self::DistrustPassword {
                    revoke_sessions: true,
                    ..
                }
                | Self::SetPassword { sign_out: true, .. }
                | Self::RemovePassword { sign_out: true, .. }
        )
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
                    let patch = kind.in_body(patch);
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
        let given = kind.in_body(kinds);
        given.is_none_or(|given| given == *kind.of(user))
    })
}

impl ProfileField {
    /// What a user has in this field; `None` where it is empty.
    pub(super) fn of(self, user: &User) -> Option<&Untrusted> {
        let value = match self {
            Self::FirstName => &user.first_name,
            Self::LastName => &user.last_name,
            Self::Username => &user.username,
            Self::ExternalId => &user.external_id,
        };
        value.as_ref().filter(|value| !value.raw().is_empty())
    }
}

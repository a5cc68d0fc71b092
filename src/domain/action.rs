//! What can be done at Clerk to users, their sessions and invitations.

use super::{
    ActorTokenId, Address, Credential, Factors, IdentificationId, InvitationId, Invite, Json,
    NewUser, ProfileEdit, Secret, SessionId, SignInTokenId, Untrusted, User, UserId,
};

/// What can be done. Each variant is one request, and names its target by id.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `POST /users/{id}/ban`; revokes all sessions
    Ban(UserId),
    /// `POST /users/{id}/unban`
    Unban(UserId),
    /// `POST /users/{id}/lock`: no sign-ins for as long as the instance says
    Lock(UserId),
    /// `POST /users/{id}/unlock`
    Unlock(UserId),
    /// `POST /users/ban`; revokes all their sessions
    BanAll(Targets),
    /// `POST /users/unban`
    UnbanAll(Targets),
    /// `DELETE /users/{id}`; cannot be undone
    Delete(UserId),
    /// `PATCH /users/{id}` with only what changed
    Edit(UserId, ProfileEdit),
    /// `PATCH /users/{id}/metadata`: deep merge, null removes a key
    MergeMetadata {
        /// The user
        user: UserId,
        /// An object with some of `public_metadata`, `private_metadata`, `unsafe_metadata`
        patch: Json,
    },
    /// `PUT /users/{id}/metadata`: the kinds that are given are replaced as a whole
    ReplaceMetadata {
        /// The user
        user: UserId,
        /// An object with some of `public_metadata`, `private_metadata`, `unsafe_metadata`
        kinds: Json,
    },
    /// `POST /email_addresses`, `POST /phone_numbers`
    AddAddress {
        /// The user
        user: UserId,
        /// Of which kind it is
        kind: AddressKind,
        /// The address
        text: Untrusted,
        /// How it shall stand from the start
        traits: AddressTraits,
    },
    /// `PATCH /email_addresses/{id}`, `PATCH /phone_numbers/{id}`
    ChangeAddress {
        /// The user it belongs to; the request does not name them
        user: UserId,
        /// Of which kind it is
        kind: AddressKind,
        /// The address
        address: IdentificationId,
        /// How it shall stand
        traits: AddressTraits,
    },
    /// `DELETE /email_addresses/{id}`, `DELETE /phone_numbers/{id}`
    RemoveAddress {
        /// The user it belongs to; the request does not name them
        user: UserId,
        /// Of which kind it is
        kind: AddressKind,
        /// The address
        address: IdentificationId,
    },
    /// `PUT /users/{id}/email_address`, `PUT /users/{id}/phone_number`: it is
    /// the only one of its kind then
    ReplaceAddresses {
        /// The user
        user: UserId,
        /// Of which kind it is
        kind: AddressKind,
        /// The address
        text: Untrusted,
        /// How it stands
        claim: Claim,
    },
    /// `PATCH /users/{id}` with `primary_email_address_id` or `primary_phone_number_id`
    SetPrimary {
        /// The user
        user: UserId,
        /// Of which kind it is
        kind: AddressKind,
        /// The address, verified
        address: IdentificationId,
    },
    /// `DELETE /users/{id}/mfa`, `…/totp`, `…/backup_code`
    RemoveFactors {
        /// The user
        user: UserId,
        /// Which
        factors: Factors,
    },
    /// `DELETE /users/{id}/passkeys/{id}`, `…/external_accounts/{id}`, `…/web3_wallets/{id}`
    RemoveCredential {
        /// The user
        user: UserId,
        /// Which
        credential: Credential,
    },
    /// `PATCH /users/{id}` with `password`
    SetPassword {
        /// The user
        user: UserId,
        /// `password`
        password: Secret,
        /// `sign_out_of_other_sessions`
        sign_out: bool,
        /// `skip_password_checks`
        skip_checks: bool,
    },
    /// `POST /users/{id}/remove_password`
    RemovePassword {
        /// The user
        user: UserId,
        /// `sign_out_of_other_sessions`
        sign_out: bool,
    },
    /// `POST /users/{id}/password/set_compromised`: a new one is asked for at the next sign-in
    DistrustPassword {
        /// The user
        user: UserId,
        /// `revoke_all_sessions`
        revoke_sessions: bool,
    },
    /// `POST /users/{id}/password/unset_compromised`
    TrustPassword(UserId),
    /// `POST /sessions/{id}/revoke`
    Revoke {
        /// The session
        session: SessionId,
        /// Whose it is
        user: UserId,
    },
    /// `POST /sign_in_tokens`
    MakeSignInToken {
        /// The user it signs in
        user: UserId,
        /// `expires_in_seconds`, at least 1; `None`: 30 days
        expires_in: Option<u32>,
    },
    /// `POST /sign_in_tokens/{id}/revoke`
    RevokeSignInToken {
        /// The token
        token: SignInTokenId,
        /// Whom it signs in; the request does not name them
        user: UserId,
    },
    /// `POST /actor_tokens`
    Impersonate {
        /// Who is impersonated
        user: UserId,
        /// `actor.sub`: who impersonates, as the application knows them
        actor: Untrusted,
        /// `expires_in_seconds`; `None`: 1 h
        expires_in: Option<u32>,
        /// `session_max_duration_in_seconds`; `None`: 30 min
        session_max: Option<u32>,
    },
    /// `POST /actor_tokens/{id}/revoke`
    RevokeActorToken {
        /// The token
        token: ActorTokenId,
        /// Who is impersonated; the request does not name them
        user: UserId,
    },
    /// `POST /users`
    Create(Box<NewUser>),
    /// `POST /invitations`; sends an e-mail
    Invite(Box<Invite>),
    /// `POST /invitations/{id}/revoke`
    RevokeInvitation(InvitationId),
}

impl Action {
    /// Everybody it is done to; nobody where the person does not exist yet.
    pub const fn users(&self) -> &[UserId] {
        match self {
            Self::Ban(user)
            | Self::Unban(user)
            | Self::Lock(user)
            | Self::Unlock(user)
            | Self::Delete(user)
            | Self::Edit(user, _)
            | Self::MergeMetadata { user, .. }
            | Self::ReplaceMetadata { user, .. }
            | Self::AddAddress { user, .. }
            | Self::ChangeAddress { user, .. }
            | Self::RemoveAddress { user, .. }
            | Self::ReplaceAddresses { user, .. }
            | Self::SetPrimary { user, .. }
            | Self::RemoveFactors { user, .. }
            | Self::RemoveCredential { user, .. }
            | Self::SetPassword { user, .. }
            | Self::RemovePassword { user, .. }
            | Self::DistrustPassword { user, .. }
            | Self::TrustPassword(user)
            | Self::Revoke { user, .. }
            | Self::MakeSignInToken { user, .. }
            | Self::RevokeSignInToken { user, .. }
            | Self::Impersonate { user, .. }
            | Self::RevokeActorToken { user, .. } => std::slice::from_ref(user),
            Self::BanAll(targets) | Self::UnbanAll(targets) => targets.0.as_slice(),
            Self::Create(_) | Self::Invite(_) | Self::RevokeInvitation(_) => &[],
        }
    }

    /// The one person it is done to; `None` where there are several or none.
    pub const fn user(&self) -> Option<&UserId> {
        match self.users() {
            [user] => Some(user),
            _ => None,
        }
    }

    /// Whether it makes something new each time it is sent. Such a request is
    /// sent once, whatever comes of it.
    pub const fn makes_something_new(&self) -> bool {
        matches!(
            self,
            Self::MakeSignInToken { .. }
                | Self::Impersonate { .. }
                | Self::Create(_)
                | Self::Invite(_)
        )
    }
}

/// 1 to 50 people, each of them once; more go into no bulk request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets(Vec<UserId>);

/// These are no targets of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one request changes 1 to 50 people")]
pub struct BadTargets;

impl Targets {
    /// The most people that one request may name.
    pub const MOST: usize = 50;

    /// Takes the ids in their order, each of them once.
    ///
    /// # Errors
    /// [`BadTargets`] where there are none, or more than [`Self::MOST`].
    pub fn new(ids: impl IntoIterator<Item = UserId>) -> Result<Self, BadTargets> {
        let mut all: Vec<UserId> = Vec::new();
        for id in ids {
            if !all.contains(&id) {
                if all.len() == Self::MOST {
                    return Err(BadTargets);
                }
                all.push(id);
            }
        }
        if all.is_empty() {
            Err(BadTargets)
        } else {
            Ok(Self(all))
        }
    }

    /// The ids.
    pub fn ids(&self) -> &[UserId] {
        &self.0
    }
}

/// What an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// An e-mail address
    Email,
    /// A phone number
    Phone,
}

impl AddressKind {
    /// Those of this kind that a user has.
    pub const fn of(self, user: &User) -> &Vec<Address> {
        match self {
            Self::Email => &user.emails,
            Self::Phone => &user.phones,
        }
    }

    /// One of this kind, in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "e-mail address",
            Self::Phone => "phone number",
        }
    }

    /// The same with its article.
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Email => "an e-mail address",
            Self::Phone => "a phone number",
        }
    }
}

/// How an address stands: what is `None` or false is left as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressTraits {
    /// `verified`
    pub verified: Option<bool>,
    /// `primary`; only another address can end it
    pub primary: bool,
    /// `reserved_for_second_factor`: of verified phone numbers
    pub second_factor: Option<bool>,
}

/// How a new address stands (`identification_status`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// As if its owner had proved that it is theirs
    #[default]
    Verified,
    /// Not proved, but good for signing in, and nobody else can have it
    Reserved,
    /// Neither; may lock its owner out
    Unverified,
}

impl Claim {
    /// Clerk's word for it.
    pub const fn api_name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Reserved => "reserved",
            Self::Unverified => "unverified",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(n: usize) -> impl Iterator<Item = UserId> {
        (0..n).map(|n| UserId::new(&format!("user_{n}")).unwrap())
    }

    #[test]
    fn targets_are_one_to_fifty_people_each_once() {
        assert_eq!(Targets::new(ids(0)), Err(BadTargets));
        assert_eq!(Targets::new(ids(51)), Err(BadTargets));
        let fifty = Targets::new(ids(50).chain(ids(50))).unwrap();
        assert!(fifty.ids().iter().eq(ids(50).collect::<Vec<_>>().iter()));
    }

    #[test]
    fn an_action_names_everybody_it_is_done_to() {
        let two = Targets::new(ids(2)).unwrap();
        let ban = Action::BanAll(two.clone());
        assert_eq!((ban.users(), ban.user()), (two.ids(), None));
        let one = ids(1).next().unwrap();
        let lock = Action::Lock(one.clone());
        assert_eq!((lock.users().len(), lock.user()), (1, Some(&one)));
        assert!(Action::Create(Box::default()).users().is_empty());
    }

    #[test]
    fn a_password_is_not_in_debug() {
        let mut new = NewUser::default();
        new.password = Some(Secret::new("hunter22"));
        let set = Action::SetPassword {
            user: ids(1).next().unwrap(),
            password: Secret::new("hunter22"),
            sign_out: true,
            skip_checks: false,
        };
        let shown = format!("{set:?} {:?}", Action::Create(Box::new(new)));
        assert!(!shown.contains("hunter22"), "{shown}");
    }
}

//! What an action needs to know besides its target.

use super::{AccountId, Claim, IdentificationId, Json, Secret, Untrusted, User};

/// The profile fields that `E` edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileField {
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `username`
    Username,
    /// `external_id`
    ExternalId,
}

impl ProfileField {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::FirstName,
        Self::LastName,
        Self::Username,
        Self::ExternalId,
    ];

    /// The name the API knows it by.
    pub const fn api_name(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Username => "username",
            Self::ExternalId => "external_id",
        }
    }

    /// The name people know it by.
    pub const fn label(self) -> &'static str {
        match self {
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Username => "username",
            Self::ExternalId => "external id",
        }
    }
}

/// Who may read and write metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataKind {
    /// `public_metadata`: browsers read it
    Public,
    /// `private_metadata`: for servers alone
    Private,
    /// `unsafe_metadata`: browsers write it
    Unsafe,
}

impl MetadataKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Public, Self::Private, Self::Unsafe];

    /// The name the API knows it by.
    pub const fn api_name(self) -> &'static str {
        match self {
            Self::Public => "public_metadata",
            Self::Private => "private_metadata",
            Self::Unsafe => "unsafe_metadata",
        }
    }

    /// The name people know it by.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Public => "public metadata",
            Self::Private => "private metadata",
            Self::Unsafe => "unsafe metadata",
        }
    }

    /// What a user has of it.
    pub const fn of(self, user: &User) -> &Json {
        match self {
            Self::Public => &user.public_metadata,
            Self::Private => &user.private_metadata,
            Self::Unsafe => &user.unsafe_metadata,
        }
    }

    /// The body of a request that sends this of it.
    pub fn body(self, of_it: Json) -> Json {
        Json::nested(&[self.api_name().to_owned()], of_it)
    }

    /// What the body of a request gives of it, if anything.
    pub fn in_body(self, body: &Json) -> Option<Json> {
        body.at(&[self.api_name().to_owned()])
    }

    /// What a user has of it, as an object, whatever came.
    pub fn of_object(self, user: &User) -> Json {
        let has = self.of(user);
        if has.raw().is_object() {
            return has.clone();
        }
        Json::new(serde_json::Map::new().into())
    }
}

/// One field, before and after. `None` stands for an empty field, `null` in the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEdit {
    /// Which field.
    pub field: ProfileField,
    /// What it held when the form was filled.
    pub before: Option<Untrusted>,
    /// What it shall hold.
    pub after: Option<Untrusted>,
}

/// The fields that change; never empty when sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileEdit(pub Vec<FieldEdit>);

/// Second factors that go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factors {
    /// `mfa`: all of them
    All,
    /// `totp`: the authenticator app
    Totp,
    /// `backup_code`: all backup codes
    BackupCodes,
}

/// Something a person signs in with, other than an address or a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// `passkeys`
    Passkey(IdentificationId),
    /// `external_accounts`
    Account(AccountId),
    /// `web3_wallets`
    Wallet(IdentificationId),
}

/// Somebody who does not exist yet (`POST /users`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewUser {
    /// `first_name`
    pub first_name: Option<Untrusted>,
    /// `last_name`
    pub last_name: Option<Untrusted>,
    /// `username`
    pub username: Option<Untrusted>,
    /// `external_id`
    pub external_id: Option<Untrusted>,
    /// `email_address`; the first one is the primary one
    pub emails: Vec<NewAddress>,
    /// `phone_number`; the first one is the primary one
    pub phones: Vec<NewAddress>,
    /// `password`
    pub password: Option<Secret>,
    /// `skip_password_checks`
    pub skip_password_checks: bool,
    /// `skip_password_requirement`: no password on an instance that uses them
    pub skip_password_requirement: bool,
    /// `public_metadata`
    pub public_metadata: Option<Json>,
    /// `private_metadata`
    pub private_metadata: Option<Json>,
    /// `unsafe_metadata`
    pub unsafe_metadata: Option<Json>,
}

/// An address of somebody who does not exist yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAddress {
    /// The address
    pub text: Untrusted,
    /// How it stands; [`Claim::Unverified`] is refused here
    pub claim: Claim,
}

/// Somebody to be invited (`POST /invitations`).
#[derive(Clone, Debug, PartialEq)]
pub struct Invite {
    /// `email_address`
    pub email: Untrusted,
    /// `expires_in_days`, 1 to 365; `None`: 30
    pub expires_in_days: Option<u16>,
    /// `notify`: Clerk sends the e-mail
    pub notify: bool,
    /// `ignore_existing`: even where they were invited before, or have an account
    pub ignore_existing: bool,
    /// `redirect_url`
    pub redirect_url: Option<Untrusted>,
    /// `public_metadata`
    pub public_metadata: Option<Json>,
}

impl Invite {
    /// An invitation of this address, as Clerk's defaults have it.
    pub const fn new(email: Untrusted) -> Self {
        Self {
            email,
            expires_in_days: None,
            notify: true,
            ignore_existing: false,
            redirect_url: None,
            public_metadata: None,
        }
    }
}

//! Users: the row of a list, and the whole profile.

use super::{AccountId, Fact, Facts, IdentificationId, Json, Timestamp, Untrusted, UserId};

/// What a list shows of a user.
#[derive(Clone, Debug, PartialEq)]
pub struct UserRow {
    /// `id`
    pub id: UserId,
    /// `first_name` and `last_name`, joined; blank if there is neither
    pub name: Untrusted,
    /// The primary e-mail address, else the first one
    pub email: Option<Untrusted>,
    /// The primary phone number, else the first one
    pub phone: Option<Untrusted>,
    /// `username`
    pub username: Option<Untrusted>,
    /// The worst that is to be said
    pub status: Status,
    /// What holds, all of it
    pub facts: Facts,
    /// `created_at`
    pub created: Option<Timestamp>,
    /// `last_sign_in_at`; `None`: never
    pub last_sign_in: Option<Timestamp>,
    /// `last_active_at`: the day only; `None`: never
    pub last_active: Option<Timestamp>,
}

impl UserRow {
    /// What people know an account by: e-mail address, phone number, username, or none of them.
    pub fn identifier(&self) -> Option<&Untrusted> {
        self.email
            .as_ref()
            .or(self.phone.as_ref())
            .or(self.username.as_ref())
    }
}

/// The one word a list has for a user, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `banned`
    Banned,
    /// `locked`, until then if Clerk says so
    Locked(Option<Timestamp>),
    /// `deprovisioned`
    Deprovisioned,
    /// There are addresses, but none of them is verified
    Unverified,
    /// Nothing to say
    Ok,
}

impl Status {
    /// The worst of what holds; `locked_until` is the end of a lock, where that is known.
    pub const fn of(facts: Facts, locked_until: Option<Timestamp>) -> Self {
        if facts.has(Fact::Banned) {
            Self::Banned
        } else if facts.has(Fact::Locked) {
            Self::Locked(locked_until)
        } else if facts.has(Fact::Deprovisioned) {
            Self::Deprovisioned
        } else if facts.has(Fact::Unverified) {
            Self::Unverified
        } else {
            Self::Ok
        }
    }
}

/// A whole user (`User` in the OpenAPI file), as one answer gave it.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "Clerk's own flags, one for one"
)]
pub struct User {
    /// `id`
    pub id: UserId,
    /// `external_id`
    pub external_id: Option<Untrusted>,
    /// `username`
    pub username: Option<Untrusted>,
    /// `first_name`
    pub first_name: Option<Untrusted>,
    /// `last_name`
    pub last_name: Option<Untrusted>,
    /// `email_addresses`, the primary one marked
    pub emails: Vec<Address>,
    /// `phone_numbers`, the primary one marked
    pub phones: Vec<Address>,
    /// `web3_wallets`, the primary one marked
    pub wallets: Vec<Address>,
    /// `passkeys`
    pub passkeys: Vec<Passkey>,
    /// `external_accounts`
    pub accounts: Vec<LinkedAccount>,
    /// `enterprise_accounts`, and `saml_accounts` where an older API has those only
    pub enterprise: Vec<EnterpriseAccount>,
    /// `password_enabled`
    pub password: bool,
    /// `password_last_updated_at`
    pub password_updated: Option<Timestamp>,
    /// `two_factor_enabled`
    pub two_factor: bool,
    /// `totp_enabled`
    pub totp: bool,
    /// `backup_code_enabled`
    pub backup_codes: bool,
    /// `banned`
    pub banned: bool,
    /// `locked`
    pub locked: bool,
    /// The reading's time and `lockout_expires_in_seconds`, added; `None` where
    /// there is none or it is negative
    pub locked_until: Option<Timestamp>,
    /// `verification_attempts_remaining`
    pub attempts_left: Option<i64>,
    /// `deprovisioned`
    pub deprovisioned: bool,
    /// `created_at`
    pub created: Option<Timestamp>,
    /// `updated_at`
    pub updated: Option<Timestamp>,
    /// `last_sign_in_at`
    pub last_sign_in: Option<Timestamp>,
    /// `last_active_at`: the day only
    pub last_active: Option<Timestamp>,
    /// `mfa_enabled_at`
    pub mfa_enabled: Option<Timestamp>,
    /// `mfa_disabled_at`
    pub mfa_disabled: Option<Timestamp>,
    /// `legal_accepted_at`
    pub legal_accepted: Option<Timestamp>,
    /// `locale`
    pub locale: Option<Untrusted>,
    /// `delete_self_enabled`
    pub may_delete_self: bool,
    /// `create_organization_enabled`
    pub may_create_organizations: bool,
    /// `create_organizations_limit`; `None`: no limit of their own
    pub organizations_limit: Option<i64>,
    /// `public_metadata`
    pub public_metadata: Json,
    /// `private_metadata`
    pub private_metadata: Json,
    /// `unsafe_metadata`
    pub unsafe_metadata: Json,
    /// The answer as it came
    pub raw: Json,
    /// When the answer arrived
    pub read_at: Timestamp,
}

/// An e-mail address, phone number or wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `id`, which the OpenAPI file does not promise
    pub id: Option<IdentificationId>,
    /// `email_address`, `phone_number` or `web3_wallet`
    pub text: Untrusted,
    /// `verification.status` is `verified`
    pub verified: bool,
    /// It is the one that `primary_…_id` names
    pub primary: bool,
    /// The types of `linked_to`, such as `oauth_google`
    pub linked_to: Vec<Untrusted>,
    /// `reserved_for_second_factor` (phone numbers)
    pub second_factor: bool,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// `id`, which the OpenAPI file does not promise
    pub id: Option<IdentificationId>,
    /// `name`
    pub name: Untrusted,
    /// `last_used_at`
    pub last_used: Option<Timestamp>,
}

/// An account at an OAuth provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedAccount {
    /// `id`; missing where an emulator leaves it out
    pub id: Option<AccountId>,
    /// `provider`, such as `oauth_google`
    pub provider: Untrusted,
    /// `email_address`
    pub email: Option<Untrusted>,
    /// `username`
    pub username: Option<Untrusted>,
    /// `verification.status` is `verified`
    pub verified: bool,
}

/// An account at a company's identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseAccount {
    /// `provider`
    pub provider: Untrusted,
    /// `email_address`
    pub email: Option<Untrusted>,
    /// `active`
    pub active: bool,
}

impl User {
    /// First and last name joined; blank if there is neither.
    pub fn name(&self) -> Untrusted {
        Self::join_name(self.first_name.as_ref(), self.last_name.as_ref())
    }

    /// Joins a first and a last name, either of which may be missing or blank.
    pub fn join_name(first: Option<&Untrusted>, last: Option<&Untrusted>) -> Untrusted {
        let parts: Vec<&str> = [first, last]
            .into_iter()
            .flatten()
            .map(|part| part.raw().trim())
            .filter(|part| !part.is_empty())
            .collect();
        Untrusted::new(parts.join(" "))
    }

    /// The worst that is to be said of this user.
    pub fn status(&self) -> Status {
        Status::of(self.facts(), self.locked_until)
    }

    /// What holds for this user.
    pub fn facts(&self) -> Facts {
        let mut verified = self.emails.iter().chain(&self.phones).peekable();
        let unverified = verified.peek().is_some() && !verified.any(|a| a.verified);
        Facts::from_iter([
            (Fact::Banned, self.banned),
            (Fact::Locked, self.locked),
            (Fact::Deprovisioned, self.deprovisioned),
            (Fact::Unverified, unverified),
            (Fact::Mfa, self.two_factor),
            (Fact::Password, self.password),
            (Fact::Email, !self.emails.is_empty()),
            (Fact::Phone, !self.phones.is_empty()),
            (Fact::Username, self.username.is_some()),
            (Fact::Name, !self.name().is_blank()),
            (Fact::Passkey, !self.passkeys.is_empty()),
            (Fact::Linked, !self.accounts.is_empty()),
            (Fact::Enterprise, !self.enterprise.is_empty()),
            (Fact::Wallet, !self.wallets.is_empty()),
            (Fact::NeverSignedIn, self.last_sign_in.is_none()),
            (Fact::NeverActive, self.last_active.is_none()),
        ])
    }

    /// The primary e-mail address, else the first one.
    pub fn email(&self) -> Option<&Untrusted> {
        Address::main(&self.emails)
    }

    /// What a list shows of this user.
    pub fn row(&self) -> UserRow {
        UserRow {
            id: self.id.clone(),
            name: self.name(),
            email: self.email().cloned(),
            phone: Address::main(&self.phones).cloned(),
            username: self.username.clone(),
            status: self.status(),
            facts: self.facts(),
            created: self.created,
            last_sign_in: self.last_sign_in,
            last_active: self.last_active,
        }
    }
}

impl Address {
    /// The primary one, else the first one.
    pub fn main(addresses: &[Self]) -> Option<&Untrusted> {
        addresses
            .iter()
            .find(|a| a.primary)
            .or(addresses.first())
            .map(|a| &a.text)
    }
}

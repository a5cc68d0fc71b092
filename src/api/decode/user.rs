//! Users: rows of a list, and whole ones. Both are read by the same code.

use serde::Deserialize;
use serde_json::Value;

use super::soft::Filled;
use super::{Object, Soft, object};
use crate::domain::search::Entry;
use crate::domain::{
    Address, EnterpriseAccount, Fact, Facts, Id, Json, LinkedAccount, MetadataTest, Passkey,
    Status, Timestamp, Untrusted, User, UserId, UserRow,
};

type Text = Soft<Option<Untrusted>>;
type Time = Soft<Option<Timestamp>>;
type Int = Soft<Option<i64>>;
type Flag = Soft<bool>;
type Any = Soft<Filled>;
type List<T> = Soft<Vec<Option<T>>>;

/// What a list shows of a user, and a whole user has, too.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Core {
    id: Text,
    first_name: Text,
    last_name: Text,
    username: Text,
    primary_email_address_id: Text,
    primary_phone_number_id: Text,
    email_addresses: List<WireAddress>,
    phone_numbers: List<WireAddress>,
    banned: Flag,
    locked: Flag,
    lockout_expires_in_seconds: Int,
    deprovisioned: Flag,
    password_enabled: Flag,
    two_factor_enabled: Flag,
    passkeys: Any,
    external_accounts: Any,
    enterprise_accounts: Any,
    saml_accounts: Any,
    web3_wallets: Any,
    created_at: Time,
    last_sign_in_at: Time,
    last_active_at: Time,
}

/// What only a whole user has.
#[derive(Default, Deserialize)]
#[serde(default)]
struct More {
    external_id: Text,
    primary_web3_wallet_id: Text,
    web3_wallets: List<WireAddress>,
    passkeys: List<WirePasskey>,
    external_accounts: List<WireAccount>,
    enterprise_accounts: List<WireAccount>,
    saml_accounts: List<WireAccount>,
    password_last_updated_at: Time,
    totp_enabled: Flag,
    backup_code_enabled: Flag,
    verification_attempts_remaining: Int,
    updated_at: Time,
    mfa_enabled_at: Time,
    mfa_disabled_at: Time,
    legal_accepted_at: Time,
    locale: Text,
    delete_self_enabled: Flag,
    create_organization_enabled: Flag,
    create_organizations_limit: Int,
}

/// `EmailAddress`, `PhoneNumber` or `Web3Wallet`; each has one of the three texts.
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireAddress {
    id: Text,
    email_address: Text,
    phone_number: Text,
    web3_wallet: Text,
    verification: Soft<Option<Verification>>,
    linked_to: List<Link>,
    reserved_for_second_factor: Flag,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Verification {
    status: Text,
}

/// `IdentificationLink`
#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    r#type: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WirePasskey {
    id: Text,
    name: Text,
    last_used_at: Time,
}

/// `ExternalAccountWithVerification`, `EnterpriseAccount` or `SAMLAccount`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireAccount {
    id: Text,
    provider: Text,
    email_address: Text,
    username: Text,
    active: Flag,
    verification: Soft<Option<Verification>>,
}

impl Object for Core {}
impl Object for More {}
impl Object for WireAddress {}
impl Object for Verification {}
impl Object for Link {}
impl Object for WirePasskey {}
impl Object for WireAccount {}

/// Reads what a list shows of a user.
pub fn row(text: &str, read_at: Timestamp) -> Result<UserRow, String> {
    row_of(object(text)?, read_at)
}

/// What a list shows of a user.
pub fn row_of(core: Core, read_at: Timestamp) -> Result<UserRow, String> {
    let id = super::id(core.id.0.as_ref(), "id")?;
    let locked_until = core.locked_until(read_at);
    let emails = addresses(
        core.email_addresses,
        core.primary_email_address_id.0.as_ref(),
    );
    let phones = addresses(core.phone_numbers, core.primary_phone_number_id.0.as_ref());
    let name = User::join_name(core.first_name.0.as_ref(), core.last_name.0.as_ref());
    let mut verified = emails.iter().chain(&phones).peekable();
    let unverified = verified.peek().is_some() && !verified.any(|address| address.verified);
    let facts = Facts::from_iter([
        (Fact::Banned, core.banned.0),
        (Fact::Locked, core.locked.0),
        (Fact::Deprovisioned, core.deprovisioned.0),
        (Fact::Unverified, unverified),
        (Fact::Mfa, core.two_factor_enabled.0),
        (Fact::Password, core.password_enabled.0),
        (Fact::Email, !emails.is_empty()),
        (Fact::Phone, !phones.is_empty()),
        (Fact::Username, core.username.0.is_some()),
        (Fact::Name, !name.is_blank()),
        (Fact::Passkey, core.passkeys.0.0),
        (Fact::Linked, core.external_accounts.0.0),
        (
            Fact::Enterprise,
            core.enterprise_accounts.0.0 || core.saml_accounts.0.0,
        ),
        (Fact::Wallet, core.web3_wallets.0.0),
        (Fact::NeverSignedIn, core.last_sign_in_at.0.is_none()),
        (Fact::NeverActive, core.last_active_at.0.is_none()),
    ]);
    Ok(UserRow {
        id,
        name,
        email: Address::main(&emails).cloned(),
        phone: Address::main(&phones).cloned(),
        username: core.username.0,
        status: Status::of(facts, locked_until),
        facts,
        created: core.created_at.0,
        last_sign_in: core.last_sign_in_at.0,
        last_active: core.last_active_at.0,
    })
}

/// The id and every address of a user, as a list would name them.
pub fn names(text: &str) -> Vec<Entry> {
    let core = object::<Core>(text).unwrap_or_default();
    let addresses = core
        .email_addresses
        .0
        .into_iter()
        .chain(core.phone_numbers.0);
    let addresses = addresses
        .flatten()
        .flat_map(|wire| [wire.email_address.0, wire.phone_number.0]);
    let texts = addresses.chain([core.id.0]).flatten();
    texts.filter_map(|text| Entry::read(text.raw())).collect()
}

/// Reads a whole user.
pub fn whole(text: &str, read_at: Timestamp) -> Result<User, String> {
    let core: Core = object(text)?;
    let more: More = object(text)?;
    let id: UserId = super::id(core.id.0.as_ref(), "id")?;
    let locked_until = core.locked_until(read_at);
    let raw = raw(text);
    let metadata = |name| raw.get(name).cloned().unwrap_or_default();
    let enterprise = if more.enterprise_accounts.0.is_empty() {
        more.saml_accounts
    } else {
        more.enterprise_accounts
    };
    Ok(User {
        id,
        external_id: more.external_id.0,
        username: core.username.0,
        first_name: core.first_name.0,
        last_name: core.last_name.0,
        emails: addresses(
            core.email_addresses,
            core.primary_email_address_id.0.as_ref(),
        ),
        phones: addresses(core.phone_numbers, core.primary_phone_number_id.0.as_ref()),
        wallets: addresses(more.web3_wallets, more.primary_web3_wallet_id.0.as_ref()),
        passkeys: each(more.passkeys, |passkey| Passkey {
            id: maybe(passkey.id),
            name: passkey.name.0.unwrap_or_default(),
            last_used: passkey.last_used_at.0,
        }),
        accounts: each(more.external_accounts, |account| LinkedAccount {
            id: maybe(account.id),
            provider: account.provider.0.unwrap_or_default(),
            email: account.email_address.0,
            username: account.username.0,
            verified: is_verified(account.verification.0.as_ref()),
        }),
        enterprise: each(enterprise, |account| EnterpriseAccount {
            provider: account.provider.0.unwrap_or_default(),
            email: account.email_address.0,
            active: account.active.0,
        }),
        password: core.password_enabled.0,
        password_updated: more.password_last_updated_at.0,
        two_factor: core.two_factor_enabled.0,
        totp: more.totp_enabled.0,
        backup_codes: more.backup_code_enabled.0,
        banned: core.banned.0,
        locked: core.locked.0,
        locked_until,
        attempts_left: more.verification_attempts_remaining.0,
        deprovisioned: core.deprovisioned.0,
        created: core.created_at.0,
        updated: more.updated_at.0,
        last_sign_in: core.last_sign_in_at.0,
        last_active: core.last_active_at.0,
        mfa_enabled: more.mfa_enabled_at.0,
        mfa_disabled: more.mfa_disabled_at.0,
        legal_accepted: more.legal_accepted_at.0,
        locale: more.locale.0,
        may_delete_self: more.delete_self_enabled.0,
        may_create_organizations: more.create_organization_enabled.0,
        organizations_limit: more.create_organizations_limit.0,
        public_metadata: Json::new(metadata("public_metadata")),
        private_metadata: Json::new(metadata("private_metadata")),
        unsafe_metadata: Json::new(metadata("unsafe_metadata")),
        raw: Json::new(raw),
        read_at,
    })
}

/// Whether a user's metadata passes all of `tests`.
pub fn metadata_passes(text: &str, tests: &[MetadataTest]) -> bool {
    let raw = raw(text);
    let metadata = |name| Json::new(raw.get(name).cloned().unwrap_or_default());
    let all = ["public_metadata", "private_metadata", "unsafe_metadata"].map(metadata);
    tests
        .iter()
        .all(|test| test.passes([&all[0], &all[1], &all[2]]))
}

impl Core {
    /// Emulators answer negative seconds where nobody is locked.
    fn locked_until(&self, read_at: Timestamp) -> Option<Timestamp> {
        self.lockout_expires_in_seconds
            .0
            .filter(|seconds| *seconds >= 0)
            .map(|seconds| read_at.plus_seconds(seconds))
    }
}

/// The whole JSON. Users write their own `unsafe_metadata`; one who nests it
/// deeper than serde_json goes must not make a profile unreadable.
fn raw(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| {
        Value::from("not shown: it is nested too deeply, or holds half a character")
    })
}

fn each<W, T>(list: List<W>, one: impl FnMut(W) -> T) -> Vec<T> {
    list.0.into_iter().flatten().map(one).collect()
}

fn addresses(list: List<WireAddress>, primary: Option<&Untrusted>) -> Vec<Address> {
    each(list, |wire| {
        let is_primary = primary.is_some() && wire.id.0.as_ref() == primary;
        Address {
            primary: is_primary,
            ..wire.read()
        }
    })
}

/// Reads an address that stands alone; nothing says whether it is the primary one.
pub fn lone_address(text: &str) -> Result<Address, String> {
    object::<WireAddress>(text).map(WireAddress::read)
}

impl WireAddress {
    fn read(self) -> Address {
        let texts = [
            self.email_address.0,
            self.phone_number.0,
            self.web3_wallet.0,
        ];
        let links = self.linked_to.0.into_iter().flatten();
        Address {
            id: maybe(self.id),
            text: texts.into_iter().flatten().next().unwrap_or_default(),
            verified: is_verified(self.verification.0.as_ref()),
            primary: false,
            linked_to: links.filter_map(|link| link.r#type.0).collect(),
            second_factor: self.reserved_for_second_factor.0,
        }
    }
}

/// An id, where there is one; a user is shown with or without it.
fn maybe<K>(text: Text) -> Option<Id<K>> {
    Id::new(text.0?.raw()).ok()
}

fn is_verified(verification: Option<&Verification>) -> bool {
    verification
        .and_then(|verification| verification.status.0.as_ref())
        .is_some_and(|status| status.raw() == "verified")
}

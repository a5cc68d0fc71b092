//! `POST /users`.

use super::arena::Field;
use super::contacts;
use super::params::{flag, object, only, text, texts};
use super::person::{Person, Proof};
use super::reply::{Answer, Reply, error, invalid, ok};
use super::route::Call;
use super::sketch::{Kind, Lock, Sketch};
use super::users::whole;
use super::world::World;
use super::writes::{METADATA, check_username, given, rights, secrets};
use serde_json::{Map, Value, json};

const KNOWN: &[&str] = &[
    "external_id",
    "first_name",
    "last_name",
    "locale",
    "email_address",
    "email_address_identification_status",
    "phone_number",
    "phone_number_identification_status",
    "web3_wallet",
    "username",
    "password",
    "password_digest",
    "password_hasher",
    "skip_password_checks",
    "skip_password_requirement",
    "totp_secret",
    "backup_codes",
    "public_metadata",
    "private_metadata",
    "unsafe_metadata",
    "delete_self_enabled",
    "legal_accepted_at",
    "skip_legal_checks",
    "skip_user_requirement",
    "create_organization_enabled",
    "create_organizations_limit",
    "created_at",
    "bypass_client_trust",
    "banned",
    "locked",
];

pub(super) fn create(world: &mut World, call: &Call<'_>) -> Answer {
    let body = object(call.body)?;
    only(&body, KNOWN)?;
    let banned = flag(&body, "banned")? == Some(true);
    let locked = flag(&body, "locked")? == Some(true);
    super::writes::offered(call, banned, locked)?;
    let index = world.next_index();
    let sketch = Sketch {
        index,
        kind: Kind::Password,
        created_at: call.now,
        updated_at: call.now,
        last_sign_in_at: None,
        last_active_at: None,
        banned,
        lock: if locked { Lock::Forever } else { Lock::Open },
    };
    let mut person = Person::bare(world.maker.seed, sketch);
    identifiers(world, &body, &mut person)?;
    person.first_name = text(&body, "first_name")?.flatten();
    person.last_name = text(&body, "last_name")?.flatten();
    person.locale = text(&body, "locale")?.flatten();
    secrets(&body, &mut person, call.now)?;
    rights(&body, &mut person)?;
    let mut kinds: super::person::Metadata = std::array::from_fn(|_| Map::new());
    for (name, kind) in METADATA.iter().zip(&mut kinds) {
        *kind = given(&body, name)?.unwrap_or_default();
    }
    person.metadata = Some(Box::new(kinds));
    world.put(person);
    ok(whole(world, index, call.now))
}

/// Reads what a person can be found by; one thing at least has to be there.
fn identifiers(
    world: &mut World,
    body: &Map<String, Value>,
    person: &mut Person,
) -> Result<(), Reply> {
    let seed = world.maker.seed;
    let index = person.sketch.index;
    for (value, proof) in listed(body, "email_address")? {
        let value = contacts::Kind::Email.checked(&value)?;
        world.free("email_address", &value, index)?;
        person.add_email(seed, value, proof);
    }
    for (value, proof) in listed(body, "phone_number")? {
        let value = contacts::Kind::Phone.checked(&value)?;
        world.free("phone_number", &value, index)?;
        person.add_phone(seed, value, proof);
    }
    for value in texts(body, "web3_wallet")? {
        world.free("web3_wallet", &value, index)?;
        person.add_wallet(seed, value, Proof::Admin);
    }
    for one in person.emails.iter_mut().chain(&mut person.phones) {
        one.reserved = one.proof == Proof::Unverified;
    }
    person.username = text(body, "username")?.flatten();
    check_username(world, person.username.as_deref(), index)?;
    person.external_id = text(body, "external_id")?.flatten();
    if let Some(id) = &person.external_id {
        world.free("external_id", id, index)?;
    }
    let nothing = person.emails.is_empty()
        && person.phones.is_empty()
        && person.wallets.is_empty()
        && person.username.is_none();
    if nothing && flag(body, "skip_user_requirement")? != Some(true) {
        return Err(error(
            422,
            "form_data_missing",
            "missing data",
            "The request body must have an email address, a phone number, a username or a web3 wallet.",
            &json!({ "param_names": ["email_address", "phone_number", "username", "web3_wallet"] }),
        ));
    }
    Ok(())
}

/// Addresses or numbers, each with the state its parallel list asks for.
fn listed(body: &Map<String, Value>, name: &str) -> Result<Vec<(String, Proof)>, Reply> {
    let values = texts(body, name)?;
    let parallel = format!("{name}_identification_status");
    let states = texts(body, &parallel)?;
    if !states.is_empty() && states.len() != values.len() {
        let long = format!("{parallel} must have exactly one item per {name}.");
        return Err(invalid(&parallel, &long));
    }
    let state = |n: usize| match states.get(n).map(String::as_str) {
        None | Some("verified") => Ok(Proof::Admin),
        Some("reserved") => Ok(Proof::Unverified),
        Some(_) => Err(invalid(&parallel, "must be verified or reserved.")),
    };
    let numbered = values.into_iter().enumerate();
    numbered.map(|(n, value)| Ok((value, state(n)?))).collect()
}

impl World {
    /// Who has this address, number, wallet, username or external id.
    pub fn owner(&self, param: &str, value: &str) -> Option<u32> {
        let field = match param {
            "email_address" => Field::Emails,
            "phone_number" => Field::Phones,
            "web3_wallet" => Field::Wallets,
            "username" => Field::Username,
            _ => Field::External,
        };
        let value = match field {
            Field::External => value.to_owned(),
            _ => value.to_lowercase(),
        };
        let all = 0..self.next_index();
        all.filter(|index| self.exists(*index)).find(|index| {
            let row = self.row(*index);
            row.0.contains(&value) && row.values(field).any(|one| one == value)
        })
    }
}

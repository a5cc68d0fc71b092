//! A person in the shape of the API: every field the `OpenAPI` file requires.

use super::dice::mix;
use super::person::{Enterprise, Identifier, Passkey, Person, Proof, Social};
use super::sketch::{Lock, MINUTE};
use serde_json::{Value, json};

fn image(id: &str) -> String {
    format!("https://img.clerk.com/{:016x}", mix(super::dice::topic(id)))
}

/// The accounts that have this address, too.
pub(super) fn linked(person: &Person, one: &Identifier) -> Value {
    let social = person.socials.iter().filter(|s| s.email == one.value);
    let company = person.enterprise.iter().filter(|e| e.email == one.value);
    social
        .map(|s| json!({ "type": s.provider, "id": s.identification_id }))
        .chain(company.map(|e| json!({ "type": "saml", "id": e.id })))
        .collect()
}

/// The whole user, as `GET /users/{id}` answers it.
pub(super) fn user(person: &Person, seed: u64, now: i64) -> Value {
    let image = image(&person.id);
    let mut body = json!({
        "id": person.id,
        "object": "user",
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "locale": person.locale,
        "image_url": image,
        "profile_image_url": image,
        "has_image": person.has_image,
        "primary_email_address_id": person.primary_email,
        "primary_phone_number_id": person.primary_phone,
        "primary_web3_wallet_id": person.primary_wallet,
        "password_enabled": person.password,
        "two_factor_enabled": person.two_factor(),
        "totp_enabled": person.totp,
        "backup_code_enabled": person.backup_codes,
        "email_addresses": person.emails.iter().map(|e| email(e, &linked(person, e))).collect::<Value>(),
        "phone_numbers": person.phones.iter().map(phone).collect::<Value>(),
        "web3_wallets": person.wallets.iter().map(wallet).collect::<Value>(),
        "passkeys": person.passkeys.iter().map(passkey).collect::<Value>(),
        "external_accounts": person.socials.iter().map(|s| social(s, person)).collect::<Value>(),
        "saml_accounts": person.enterprise.iter().map(|e| saml(e, person)).collect::<Value>(),
        "enterprise_accounts": person.enterprise.iter().map(|e| enterprise(e, person)).collect::<Value>(),
    });
    append(&mut body, states(person, seed, now));
    body
}

/// The second half of a user: metadata, states and dates.
fn states(person: &Person, seed: u64, now: i64) -> Value {
    let sketch = &person.sketch;
    let locked = sketch.lock.holds(now);
    let lockout = match sketch.lock {
        Lock::Until(at) if locked => Some((at - now) / 1000),
        _ => None,
    };
    let [public, private, unsafe_] = person.metadata(seed);
    json!({
        "public_metadata": public,
        "private_metadata": private,
        "unsafe_metadata": unsafe_,
        "external_id": person.external_id,
        "last_sign_in_at": sketch.last_sign_in_at,
        "banned": sketch.banned,
        "locked": locked,
        "deprovisioned": false,
        "lockout_expires_in_seconds": lockout,
        "verification_attempts_remaining": person.attempts_left(now),
        "created_at": sketch.created_at,
        "updated_at": sketch.updated_at,
        "delete_self_enabled": person.delete_self,
        "create_organization_enabled": person.create_organization,
        "create_organizations_limit": person.organizations_limit,
        "last_active_at": sketch.last_active_at,
        "mfa_enabled_at": person.mfa_enabled_at,
        "mfa_disabled_at": person.mfa_disabled_at,
        "legal_accepted_at": person.legal_accepted_at,
        "password_last_updated_at": person.password_updated_at,
        "bypass_client_trust": person.bypass_client_trust,
    })
}

fn append(body: &mut Value, more: Value) {
    if let (Value::Object(body), Value::Object(more)) = (body, more) {
        body.extend(more);
    }
}

/// How an identifier was verified; null where it was not.
fn verification(one: &Identifier, by_code: &str) -> Value {
    match one.proof {
        Proof::Unverified => Value::Null,
        Proof::Code => json!({
            "object": "verification_otp",
            "status": "verified",
            "strategy": by_code,
            "attempts": 1,
            "expire_at": one.created_at + 10 * MINUTE,
        }),
        Proof::Admin => json!({
            "object": "verification_admin",
            "status": "verified",
            "strategy": "admin",
            "attempts": null,
            "expire_at": null,
        }),
        Proof::OAuth(provider) => json!({
            "object": "verification_from_oauth",
            "status": "verified",
            "strategy": format!("from_{provider}"),
            "attempts": null,
            "expire_at": null,
        }),
        Proof::Saml => json!({
            "object": "verification_saml",
            "status": "verified",
            "strategy": "saml",
            "external_verification_redirect_url": null,
            "attempts": null,
            "expire_at": null,
        }),
    }
}

/// An e-mail address, as it also stands alone.
pub(super) fn email(one: &Identifier, linked_to: &Value) -> Value {
    json!({
        "id": one.id,
        "object": "email_address",
        "email_address": one.value,
        "reserved": one.reserved,
        "verification": verification(one, "email_code"),
        "linked_to": linked_to,
        "matches_sso_connection": one.proof == Proof::Saml,
        "created_at": one.created_at,
        "updated_at": one.created_at,
    })
}

/// A phone number, as it also stands alone.
pub(super) fn phone(one: &Identifier) -> Value {
    json!({
        "id": one.id,
        "object": "phone_number",
        "phone_number": one.value,
        "reserved_for_second_factor": one.second_factor,
        "default_second_factor": one.second_factor,
        "reserved": one.reserved,
        "verification": verification(one, "phone_code"),
        "linked_to": [],
        "backup_codes": null,
        "created_at": one.created_at,
        "updated_at": one.created_at,
    })
}

fn wallet(one: &Identifier) -> Value {
    let mut proof = verification(one, "web3_metamask_signature");
    if one.proof == Proof::Code {
        proof["object"] = "verification_web3".into();
    }
    json!({
        "id": one.id,
        "object": "web3_wallet",
        "web3_wallet": one.value,
        "verification": proof,
        "created_at": one.created_at,
        "updated_at": one.created_at,
    })
}

fn passkey(one: &Passkey) -> Value {
    json!({
        "id": one.id,
        "object": "passkey",
        "name": one.name,
        "last_used_at": one.last_used_at,
        "verification": {
            "object": "verification_passkey",
            "status": "verified",
            "strategy": "passkey",
            "nonce": "nonce",
            "message": null,
            "attempts": null,
            "expire_at": null,
        },
    })
}

fn social(one: &Social, person: &Person) -> Value {
    json!({
        "object": "external_account",
        "id": one.id,
        "provider": one.provider,
        "identification_id": one.identification_id,
        "provider_user_id": one.provider_user_id,
        "approved_scopes": "email openid profile",
        "email_address": one.email,
        "email_address_verified": true,
        "first_name": person.first_name.as_deref().unwrap_or_default(),
        "last_name": person.last_name.as_deref().unwrap_or_default(),
        "avatar_url": "",
        "image_url": image(&one.id),
        "username": null,
        "phone_number": null,
        "public_metadata": {},
        "label": null,
        "created_at": one.created_at,
        "updated_at": one.created_at,
        "verification": {
            "object": "verification_oauth",
            "status": "verified",
            "strategy": one.provider,
            "attempts": null,
            "expire_at": one.created_at + 10 * MINUTE,
        },
    })
}

fn by_saml() -> Value {
    json!({
        "object": "verification_saml",
        "status": "verified",
        "strategy": "saml",
        "external_verification_redirect_url": null,
        "error": null,
        "expire_at": null,
        "attempts": null,
    })
}

fn saml(one: &Enterprise, person: &Person) -> Value {
    json!({
        "id": one.id.replacen("eac_", "samlacc_", 1),
        "object": "saml_account",
        "provider": "saml_okta",
        "active": true,
        "email_address": one.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "provider_user_id": null,
        "last_authenticated_at": person.sketch.last_sign_in_at,
        "public_metadata": {},
        "verification": by_saml(),
        "saml_connection": null,
    })
}

fn enterprise(one: &Enterprise, person: &Person) -> Value {
    json!({
        "id": one.id,
        "object": "enterprise_account",
        "protocol": "saml",
        "provider": "saml_okta",
        "active": true,
        "email_address": one.email,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "provider_user_id": null,
        "enterprise_connection_id": null,
        "public_metadata": {},
        "verification": by_saml(),
        "enterprise_connection": null,
        "last_authenticated_at": person.sketch.last_sign_in_at,
    })
}

/// What others may see of a person, inside a membership.
pub(super) fn public_data(person: &Person) -> Value {
    let first = |all: &[Identifier]| all.first().map(|one| one.value.clone());
    let identifier = first(&person.emails)
        .or_else(|| first(&person.phones))
        .or_else(|| person.username.clone());
    let image = image(&person.id);
    json!({
        "user_id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "image_url": image,
        "profile_image_url": image,
        "has_image": person.has_image,
        "identifier": identifier,
        "username": person.username,
        "banned": person.sketch.banned,
        "deprovisioned": false,
    })
}

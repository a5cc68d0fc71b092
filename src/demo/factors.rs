//! What people sign in with: removing it.

use super::reply::{Answer, error, ok};
use super::route::Call;
use super::users::whole;
use super::world::World;
use serde_json::json;

/// Removes the password or says that it is known to others.
pub(super) fn password(world: &mut World, call: &Call<'_>, id: &str, remove: bool) -> Answer {
    let index = world.find(id)?;
    let mut person = world.person(index).into_owned();
    if !person.password {
        let text = "The user does not have a password set.";
        return Err(error(400, "no_password_set", text, text, &json!({})));
    }
    if remove {
        person.password = false;
        person.password_updated_at = None;
    }
    person.sketch.updated_at = call.now;
    world.put(person);
    ok(whole(world, index, call.now))
}

/// Turns second factors off; the answer carries no user.
pub(super) fn second(world: &mut World, call: &Call<'_>, id: &str, what: &str) -> Answer {
    let index = world.find(id)?;
    let mut person = world.person(index).into_owned();
    let had = person.two_factor();
    if what != "backup_code" {
        person.totp = false;
    }
    if what != "totp" {
        person.backup_codes = false;
    }
    if what == "mfa" {
        for phone in &mut person.phones {
            phone.second_factor = false;
        }
    }
    if had && !person.two_factor() {
        person.mfa_disabled_at = Some(call.now);
    }
    person.sketch.updated_at = call.now;
    world.put(person);
    ok(json!({ "user_id": id }))
}

/// Removes one passkey, linked account or wallet.
pub(super) fn one(world: &mut World, call: &Call<'_>, id: &str, list: &str, one: &str) -> Answer {
    let index = world.find(id)?;
    let mut person = world.person(index).into_owned();
    let kind = match list {
        "passkeys" => {
            let all = person.passkeys.len();
            person.passkeys.retain(|key| key.id != one);
            (all != person.passkeys.len()).then_some("passkey")
        }
        "external_accounts" => {
            let all = person.socials.len();
            person.socials.retain(|social| social.id != one);
            (all != person.socials.len()).then_some("external_account")
        }
        _ => {
            let all = person.wallets.len();
            person.wallets.retain(|wallet| wallet.id != one);
            if person.primary_wallet.as_deref() == Some(one) {
                person.primary_wallet = person.wallets.first().map(|w| w.id.clone());
            }
            (all != person.wallets.len()).then_some("web3_wallet")
        }
    };
    let Some(kind) = kind else {
        return Err(super::reply::not_found("identification", one));
    };
    person.sketch.updated_at = call.now;
    world.put(person);
    ok(json!({ "object": kind, "id": one, "deleted": true }))
}

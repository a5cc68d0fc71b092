//! What people sign in with: removing it.

use super::params::{flag, object, only};
use super::reply::{Answer, Reply, error, ok};
use super::route::Call;
use super::users::whole;
use super::world::World;
use serde_json::json;

/// Ends what sessions there are, where a body asks for it.
fn sign_out(world: &mut World, call: &Call<'_>, index: u32, yes: Option<bool>) {
    if yes == Some(true) {
        for session in world.sessions_mut(index) {
            session.revoke(call.now);
        }
    }
}

/// Whoever has no password stays as they are.
pub(super) fn remove_password(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    let body = object(call.body)?;
    let name = "sign_out_of_other_sessions";
    only(&body, &[name])?;
    let out = flag(&body, name)?;
    let mut person = world.person(index).into_owned();
    if person.password {
        person.password = false;
        person.password_updated_at = None;
        person.sketch.updated_at = call.now;
        world.put(person);
        sign_out(world, call, index, out);
    }
    ok(whole(world, index, call.now))
}

/// Says that a password is known to others; the answer does not show it.
pub(super) fn distrust(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = with_password(world, id)?;
    let body = object(call.body)?;
    let name = "revoke_all_sessions";
    only(&body, &[name])?;
    let out = flag(&body, name)?;
    touch(world, call, index);
    sign_out(world, call, index, out);
    ok(whole(world, index, call.now))
}

/// Takes that back.
pub(super) fn trust(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = with_password(world, id)?;
    touch(world, call, index);
    ok(whole(world, index, call.now))
}

fn with_password(world: &World, id: &str) -> Result<u32, Reply> {
    let index = world.find(id)?;
    if world.person(index).password {
        return Ok(index);
    }
    let text = "The user does not have a password set.";
    Err(error(400, "no_password_set", text, text, &json!({})))
}

fn touch(world: &mut World, call: &Call<'_>, index: u32) {
    let mut person = world.person(index).into_owned();
    person.sketch.updated_at = call.now;
    world.put(person);
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

//! Changing people: verbs, names, metadata, deletion.

use super::params::{flag, object, text};
use super::person::Person;
use super::reply::{Answer, Reply, error, invalid, missing, ok, refused, taken, too_many, unknown};
use super::route::Call;
use super::sketch::{HOUR, Lock};
use super::switches::Quirk;
use super::users::whole;
use super::world::World;
use serde_json::{Map, Value, json};

/// `PATCH` and `PUT` on one user: so many in ten seconds.
const UPDATES: u32 = 10;
/// The version since which `PATCH /users/{id}` refuses metadata.
const WITHOUT_METADATA: &str = "2026-05-12";
pub(super) const METADATA: [&str; 3] = ["public_metadata", "private_metadata", "unsafe_metadata"];
const BULK: usize = 50;

fn apply(world: &mut World, index: u32, verb: &str, now: i64) {
    let mut person = world.person(index).into_owned();
    match verb {
        "ban" => person.sketch.banned = true,
        "unban" => person.sketch.banned = false,
        "lock" => person.sketch.lock = Lock::Until(now + HOUR),
        _ => person.sketch.lock = Lock::Open,
    }
    person.sketch.updated_at = now;
    world.put(person);
    if verb == "ban" {
        for session in world.sessions_mut(index) {
            session.revoke(now);
        }
    }
}

pub(super) fn verb(world: &mut World, call: &Call<'_>, id: &str, verb: &str) -> Answer {
    offered(call, verb.ends_with("ban"), verb.ends_with("lock"))?;
    let index = world.find(id)?;
    apply(world, index, verb, call.now);
    ok(whole(world, index, call.now))
}

/// Refuses what the plan or the instance does not have.
pub(super) fn offered(call: &Call<'_>, bans: bool, locks: bool) -> Result<(), Reply> {
    if bans && call.has(Quirk::NoBans) {
        let long = "Some features are not supported in your current plan. Upgrade your subscription to unlock them.";
        let meta = json!({ "unsupported_features": ["ban_user"] });
        let code = "unsupported_subscription_plan_features";
        return Err(error(402, code, "Unsupported plan features", long, &meta));
    }
    if locks && call.has(Quirk::NoLockout) {
        let long = "This feature is not enabled on this instance";
        return Err(error(
            403,
            "feature_not_enabled",
            "not enabled",
            long,
            &json!({}),
        ));
    }
    Ok(())
}

/// Bans or unbans all, or nobody where one is not there.
pub(super) fn many(world: &mut World, call: &Call<'_>, verb: &str) -> Answer {
    offered(call, true, false)?;
    let body = object(call.body)?;
    if !body.contains_key("user_ids") {
        return Err(missing("user_ids"));
    }
    let ids = super::params::texts(&body, "user_ids")?;
    if ids.is_empty() || ids.len() > BULK {
        let long = format!("user_ids must have between 1 and {BULK} values.");
        return Err(invalid("user_ids", &long));
    }
    let all: Vec<u32> = ids
        .iter()
        .map(|id| world.find(id))
        .collect::<Result<_, _>>()?;
    for index in &all {
        apply(world, *index, verb, call.now);
    }
    let users = all.into_iter().map(|index| whole(world, index, call.now));
    ok(users.collect())
}

pub(super) fn delete(world: &mut World, id: &str) -> Answer {
    let index = world.find(id)?;
    world.remove(index);
    ok(json!({ "object": "user", "id": id, "deleted": true }))
}

/// Updates of one user have a limit of their own.
fn within_limit(world: &mut World, call: &Call<'_>, index: u32) -> Result<(), Reply> {
    if !call.has(Quirk::LimitUpdates) {
        return Ok(());
    }
    let window = world.updates.entry(index).or_default();
    window
        .admit(call.elapsed, UPDATES)
        .map_err(|wait| too_many(Some(wait)))
}

pub(super) fn update(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    within_limit(world, call, index)?;
    let body = object(call.body)?;
    let refuses = call.since(WITHOUT_METADATA);
    for name in body.keys() {
        let known = UPDATABLE.contains(&name.as_str());
        let metadata = METADATA.contains(&name.as_str());
        if !(known || metadata && !refuses) {
            return Err(unknown(name));
        }
    }
    let mut person = world.person(index).into_owned();
    if let Some(username) = text(&body, "username")? {
        check_username(world, username.as_deref(), index)?;
        person.username = username;
    }
    if let Some(external) = text(&body, "external_id")? {
        if let Some(id) = &external {
            world.free("external_id", id, index)?;
        }
        person.external_id = external;
    }
    for (name, field) in [
        ("first_name", &mut person.first_name),
        ("last_name", &mut person.last_name),
        ("locale", &mut person.locale),
    ] {
        if let Some(value) = text(&body, name)? {
            *field = value;
        }
    }
    primaries(&body, &mut person)?;
    secrets(&body, &mut person, call.now)?;
    rights(&body, &mut person)?;
    let mut kinds = person.metadata(world.maker.seed);
    for (name, kind) in METADATA.iter().zip(&mut kinds) {
        if let Some(new) = given(&body, name)? {
            *kind = new;
        }
    }
    person.metadata = Some(Box::new(kinds));
    person.sketch.updated_at = call.now;
    world.put(person);
    if flag(&body, "sign_out_of_other_sessions")? == Some(true) {
        for session in world.sessions_mut(index) {
            session.revoke(call.now);
        }
    }
    ok(whole(world, index, call.now))
}

const UPDATABLE: &[&str] = &[
    "external_id",
    "first_name",
    "last_name",
    "locale",
    "primary_email_address_id",
    "notify_primary_email_address_changed",
    "primary_phone_number_id",
    "primary_web3_wallet_id",
    "username",
    "profile_image_id",
    "password",
    "password_digest",
    "password_hasher",
    "skip_password_checks",
    "sign_out_of_other_sessions",
    "totp_secret",
    "backup_codes",
    "delete_self_enabled",
    "create_organization_enabled",
    "legal_accepted_at",
    "skip_legal_checks",
    "create_organizations_limit",
    "created_at",
    "bypass_client_trust",
];

/// Letters, digits, `-`, `_` and `.`, and nobody else has it.
pub(super) fn check_username(
    world: &World,
    username: Option<&str>,
    index: u32,
) -> Result<(), Reply> {
    let Some(username) = username else {
        return Ok(());
    };
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !username.chars().all(fine) {
        let long = "Username can only contain letters, numbers, '-', '_' and '.'.";
        return Err(refused(
            "username",
            "form_username_invalid_character",
            "is invalid",
            long,
        ));
    }
    world.free("username", username, index)
}

fn primaries(body: &Map<String, Value>, person: &mut Person) -> Result<(), Reply> {
    for (name, all, primary) in [
        (
            "primary_email_address_id",
            &person.emails,
            &mut person.primary_email,
        ),
        (
            "primary_phone_number_id",
            &person.phones,
            &mut person.primary_phone,
        ),
        (
            "primary_web3_wallet_id",
            &person.wallets,
            &mut person.primary_wallet,
        ),
    ] {
        let Some(Some(id)) = text(body, name)? else {
            continue;
        };
        let one = all.iter().find(|one| one.id == id).ok_or_else(|| {
            let long = format!("No identification was found with id {id}");
            error(404, "resource_not_found", "not found", &long, &json!({}))
        })?;
        if one.proof == super::person::Proof::Unverified {
            let long = format!("{name} must be the id of a verified identification.");
            return Err(invalid(name, &long));
        }
        *primary = Some(id);
    }
    Ok(())
}

/// Password, authenticator, backup codes.
pub(super) fn secrets(
    body: &Map<String, Value>,
    person: &mut Person,
    now: i64,
) -> Result<(), Reply> {
    if let Some(Some(password)) = text(body, "password")? {
        if password.chars().count() < 8 && flag(body, "skip_password_checks")? != Some(true) {
            return Err(refused(
                "password",
                "form_password_length_too_short",
                "Passwords must be 8 characters or more.",
                "Passwords must be 8 characters or more.",
            ));
        }
        person.password = true;
        person.password_updated_at = Some(now);
    }
    if let Some(Some(_)) = text(body, "password_digest")? {
        if text(body, "password_hasher")?.flatten().is_none() {
            return Err(missing("password_hasher"));
        }
        person.password = true;
        person.password_updated_at = Some(now);
    }
    if let Some(Some(_)) = text(body, "totp_secret")? {
        person.totp = true;
        person.mfa_enabled_at = Some(now);
    }
    if !super::params::texts(body, "backup_codes")?.is_empty() {
        person.backup_codes = true;
    }
    Ok(())
}

/// What a person may do, and since when; also read when one is created.
pub(super) fn rights(body: &Map<String, Value>, person: &mut Person) -> Result<(), Reply> {
    for (name, field) in [
        ("delete_self_enabled", &mut person.delete_self),
        (
            "create_organization_enabled",
            &mut person.create_organization,
        ),
        ("bypass_client_trust", &mut person.bypass_client_trust),
    ] {
        if let Some(yes) = flag(body, name)? {
            *field = yes;
        }
    }
    match body.get("create_organizations_limit") {
        None => {}
        Some(Value::Null) => person.organizations_limit = None,
        Some(value) => {
            let name = "create_organizations_limit";
            let limit = value.as_i64().filter(|limit| *limit >= 0);
            let long = "create_organizations_limit must be a whole number.";
            person.organizations_limit = Some(limit.ok_or_else(|| invalid(name, long))?);
        }
    }
    for name in ["created_at", "legal_accepted_at"] {
        let Some(Some(text)) = text(body, name)? else {
            continue;
        };
        let at: jiff::Timestamp = text.parse().map_err(|_| {
            invalid(
                name,
                &format!("{name} must be a date and time in RFC 3339."),
            )
        })?;
        if name == "created_at" {
            person.sketch.created_at = at.as_millisecond();
        } else {
            person.legal_accepted_at = Some(at.as_millisecond());
        }
    }
    Ok(())
}

/// One kind of metadata, if the body has it.
pub(super) fn given(
    body: &Map<String, Value>,
    name: &str,
) -> Result<Option<Map<String, Value>>, Reply> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Map::new())),
        Some(Value::Object(map)) => Ok(Some(map.clone())),
        Some(_) => Err(invalid(name, &format!("{name} must be an object."))),
    }
}

/// `PATCH` merges, `PUT` replaces; kinds that are not named stay.
pub(super) fn metadata(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    within_limit(world, call, index)?;
    let body = object(call.body)?;
    if let Some(name) = body.keys().find(|name| !METADATA.contains(&name.as_str())) {
        return Err(unknown(name));
    }
    let mut person = world.person(index).into_owned();
    let mut kinds = person.metadata(world.maker.seed);
    for (name, kind) in METADATA.iter().zip(&mut kinds) {
        if let Some(new) = given(&body, name)? {
            if call.method == "PUT" {
                *kind = new;
            } else {
                merge(kind, new);
            }
        }
    }
    person.metadata = Some(Box::new(kinds));
    person.sketch.updated_at = call.now;
    world.put(person);
    ok(whole(world, index, call.now))
}

/// A deep merge; null removes a key.
fn merge(into: &mut Map<String, Value>, new: Map<String, Value>) {
    for (key, value) in new {
        match (into.get_mut(&key), value) {
            (_, Value::Null) => {
                into.shift_remove(&key);
            }
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, Value::Object(new)) => {
                let mut fresh = Map::new();
                merge(&mut fresh, new);
                into.insert(key, Value::Object(fresh));
            }
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

impl World {
    /// Refuses a value that another person has.
    pub fn free(&self, param: &str, value: &str, index: u32) -> Result<(), Reply> {
        match self.owner(param, value) {
            Some(other) if other != index => Err(taken(param)),
            _ => Ok(()),
        }
    }
}

//! Which call a method and a path mean.

use super::contacts::{self, Kind};
use super::params::{Params, segment};
use super::reply::{Answer, no_such_route, ok};
use super::switches::{Quirk, Switches};
use super::world::World;
use super::{
    addresses, create, factors, invitations, organizations, sessions, tokens, users, writes,
};
use serde_json::json;

/// A request that was let in.
pub(super) struct Call<'a> {
    pub method: &'a str,
    /// Without `/v1`.
    pub path: &'a str,
    pub params: Params,
    pub body: &'a [u8],
    pub version: Option<String>,
    /// Unix milliseconds by the server's clock.
    pub now: i64,
    /// Milliseconds since the start, in which limits are counted.
    pub elapsed: i64,
    pub switches: &'a Switches,
}

impl Call<'_> {
    pub fn has(&self, quirk: Quirk) -> bool {
        self.switches.has(quirk)
    }

    /// Whether the version of the API that was asked for is this one or newer.
    pub fn since(&self, version: &str) -> bool {
        self.version
            .as_deref()
            .is_some_and(|asked| asked >= version)
    }
}

/// What the path says, segment by segment.
fn parts(call: &Call<'_>) -> Vec<String> {
    let parts = call.path.split('/').filter(|part| !part.is_empty());
    parts.map(segment).collect()
}

/// Answers whatever changes nothing.
pub(super) fn read(world: &World, call: &Call<'_>) -> Answer {
    let parts = parts(call);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["users"] => users::list(world, call),
        ["users", "count"] => users::count(world, call),
        ["users", id] => users::get(world, call, id),
        ["users", id, "organization_memberships"] => organizations::of_user(world, call, id),
        ["email_addresses", id] => addresses::email(world, id),
        ["phone_numbers", id] => addresses::phone(world, id),
        ["sessions"] => sessions::list(world, call),
        ["sessions", id] => sessions::get(world, id),
        ["organizations"] => organizations::list(world, call),
        ["organizations", id] => organizations::get(world, call, id),
        ["organizations", id, "memberships"] => organizations::members(world, call, id),
        ["invitations"] => invitations::list(world, call),
        ["instance"] => ok(json!({
            "object": "instance",
            "id": super::dice::id(world.maker.seed, "ins", 0),
            "environment_type": "development",
            "allowed_origins": ["https://demo.example"],
            "workspace_id": null,
        })),
        _ => Err(no_such_route(call.method, call.path)),
    }
}

/// Does what a request asks for that is not a `GET`.
pub(super) fn write(world: &mut World, call: &Call<'_>) -> Answer {
    let parts = parts(call);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (call.method, parts.as_slice()) {
        ("POST", ["users"]) => create::create(world, call),
        ("POST", ["users", verb @ ("ban" | "unban")]) => writes::many(world, call, verb),
        ("POST", ["users", id, verb @ ("ban" | "unban" | "lock" | "unlock")]) => {
            writes::verb(world, call, id, verb)
        }
        ("PATCH", ["users", id]) => writes::update(world, call, id),
        ("PATCH" | "PUT", ["users", id, "metadata"]) => writes::metadata(world, call, id),
        ("POST", ["users", id, "remove_password"]) => factors::remove_password(world, call, id),
        ("POST", ["users", id, "password", "set_compromised"]) => {
            factors::distrust(world, call, id)
        }
        ("POST", ["users", id, "password", "unset_compromised"]) => factors::trust(world, call, id),
        ("DELETE", ["users", id, what @ ("mfa" | "totp" | "backup_code")]) => {
            factors::second(world, call, id, what)
        }
        (
            "DELETE",
            [
                "users",
                id,
                list @ ("passkeys" | "external_accounts" | "web3_wallets"),
                one,
            ],
        ) => factors::one(world, call, id, list, one),
        ("DELETE", ["users", id]) => writes::delete(world, id),
        ("PUT", ["users", id, "email_address"]) => contacts::replace(world, call, Kind::Email, id),
        ("PUT", ["users", id, "phone_number"]) => contacts::replace(world, call, Kind::Phone, id),
        ("POST", ["email_addresses"]) => contacts::create(world, call, Kind::Email),
        ("POST", ["phone_numbers"]) => contacts::create(world, call, Kind::Phone),
        ("PATCH", ["email_addresses", id]) => contacts::update(world, call, Kind::Email, id),
        ("PATCH", ["phone_numbers", id]) => contacts::update(world, call, Kind::Phone, id),
        ("DELETE", ["email_addresses", id]) => contacts::delete(world, call, Kind::Email, id),
        ("DELETE", ["phone_numbers", id]) => contacts::delete(world, call, Kind::Phone, id),
        ("POST", ["sign_in_tokens"]) => tokens::sign_in(world, call),
        ("POST", ["actor_tokens"]) => tokens::actor(world, call),
        ("POST", ["sign_in_tokens", id, "revoke"]) => tokens::revoke(world, call, id, false),
        ("POST", ["actor_tokens", id, "revoke"]) => tokens::revoke(world, call, id, true),
        ("POST", ["invitations"]) => invitations::create(world, call),
        ("POST", ["invitations", id, "revoke"]) => invitations::revoke(world, call, id),
        ("POST", ["sessions", id, "revoke"]) => sessions::revoke(world, call, id),
        (method, _) => Err(no_such_route(method, call.path)),
    }
}

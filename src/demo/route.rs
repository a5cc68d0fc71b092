//! Which call a method and a path mean.

use super::params::{Params, segment};
use super::reply::{Answer, no_such_route, ok};
use super::switches::{Quirk, Switches};
use super::world::World;
use super::{addresses, create, factors, organizations, sessions, users, writes};
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
    /// Whether limits are counted.
    pub limited: bool,
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

pub(super) fn route(world: &mut World, call: &Call<'_>) -> Answer {
    let parts: Vec<String> = call
        .path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(segment)
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match (call.method, parts.as_slice()) {
        ("GET", ["users"]) => users::list(world, call),
        ("GET", ["users", "count"]) => users::count(world, call),
        ("GET", ["users", id]) => users::get(world, call, id),
        ("GET", ["users", id, "organization_memberships"]) => {
            organizations::of_user(world, call, id)
        }
        ("POST", ["users"]) => create::create(world, call),
        ("POST", ["users", verb @ ("ban" | "unban")]) => writes::many(world, call, verb),
        ("POST", ["users", id, verb @ ("ban" | "unban" | "lock" | "unlock")]) => {
            writes::verb(world, call, id, verb)
        }
        ("PATCH", ["users", id]) => writes::update(world, call, id),
        ("PATCH" | "PUT", ["users", id, "metadata"]) => writes::metadata(world, call, id),
        ("POST", ["users", id, "remove_password"]) => factors::password(world, call, id, true),
        (
            "POST",
            [
                "users",
                id,
                "password",
                "set_compromised" | "unset_compromised",
            ],
        ) => factors::password(world, call, id, false),
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
        ("GET", ["email_addresses", id]) => addresses::email(world, id),
        ("GET", ["phone_numbers", id]) => addresses::phone(world, id),
        ("GET", ["sessions"]) => sessions::list(world, call),
        ("GET", ["sessions", id]) => sessions::get(world, id),
        ("POST", ["sessions", id, "revoke"]) => sessions::revoke(world, call, id),
        ("GET", ["organizations"]) => organizations::list(world, call),
        ("GET", ["organizations", id]) => organizations::get(world, call, id),
        ("GET", ["organizations", id, "memberships"]) => organizations::members(world, call, id),
        ("GET", ["instance"]) => ok(json!({
            "object": "instance",
            "id": super::dice::id(world.maker.seed, "ins", 0),
            "environment_type": "development",
            "allowed_origins": ["https://demo.example"],
            "workspace_id": null,
        })),
        (method, _) => Err(no_such_route(method, call.path)),
    }
}

//! Tokens that let somebody in: as themselves, or as somebody else.

use super::dice::{Dice, id};
use super::params::{object, only, text};
use super::reply::{Answer, Reply, error, invalid, missing, not_found, ok, refused};
use super::route::Call;
use super::switches::Quirk;
use super::world::World;
use serde_json::{Map, Value, json};

/// What a token is for, and what sets it apart.
#[derive(Clone, Debug)]
enum Purpose {
    SignIn,
    /// Who impersonates.
    Actor(Value),
}

/// A token that was made; nobody uses it here.
#[derive(Clone, Debug)]
pub(super) struct Token {
    id: String,
    user: String,
    purpose: Purpose,
    revoked: bool,
    created_at: i64,
    updated_at: i64,
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The secret text of the token or the invitation with this id.
pub(super) fn ticket(seed: u64, id: &str) -> String {
    Dice::new(seed ^ super::dice::topic(id), "ticket", 0).text(LETTERS, 120)
}

/// The link that hands a ticket in.
pub(super) fn link(ticket: &str) -> String {
    format!("https://accounts.demo.example/v1/tickets/accept?ticket={ticket}")
}

impl Token {
    /// The secret is in the answer that made the token, and in no other.
    fn json(&self, seed: u64, new: bool) -> Value {
        let mut body = json!({
            "id": self.id,
            "user_id": self.user,
            "status": if self.revoked { "revoked" } else { "pending" },
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        });
        match &self.purpose {
            Purpose::SignIn => body["object"] = "sign_in_token".into(),
            Purpose::Actor(actor) => {
                body["object"] = "actor_token".into();
                body["actor"] = actor.clone();
            }
        }
        if new {
            let ticket = ticket(seed, &self.id);
            body["url"] = link(&ticket).into();
            body["token"] = ticket.into();
        }
        body
    }
}

/// Seconds, at least 1 of them where they are given.
fn seconds(body: &Map<String, Value>, name: &str) -> Result<(), Reply> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(()),
        Some(value) if value.as_i64().is_some_and(|n| n >= 1) => Ok(()),
        Some(_) => {
            let long = format!("{name} must be greater than or equal to 1.");
            Err(invalid(name, &long))
        }
    }
}

fn make(
    world: &mut World,
    call: &Call<'_>,
    prefix: &str,
    user: String,
    purpose: Purpose,
) -> Answer {
    let seed = world.maker.seed;
    let token = Token {
        id: id(seed, prefix, world.tokens.len() as u64),
        user,
        purpose,
        revoked: false,
        created_at: call.now,
        updated_at: call.now,
    };
    let body = token.json(seed, true);
    world.tokens.push(token);
    ok(body)
}

pub(super) fn sign_in(world: &mut World, call: &Call<'_>) -> Answer {
    let body = object(call.body)?;
    only(&body, &["user_id", "expires_in_seconds", "org_id"])?;
    let user = text(&body, "user_id")?.flatten();
    let user = user.ok_or_else(|| missing("user_id"))?;
    seconds(&body, "expires_in_seconds")?;
    world.find(&user)?;
    make(world, call, "sit", user, Purpose::SignIn)
}

pub(super) fn actor(world: &mut World, call: &Call<'_>) -> Answer {
    let body = object(call.body)?;
    let (expires, longest) = ("expires_in_seconds", "session_max_duration_in_seconds");
    only(&body, &["user_id", "actor", expires, longest])?;
    let user = text(&body, "user_id")?.flatten();
    let user = user.ok_or_else(|| missing("user_id"))?;
    let actor = match body.get("actor") {
        None | Some(Value::Null) => return Err(missing("actor")),
        Some(actor) => actor.clone(),
    };
    if actor["sub"].as_str().is_none_or(str::is_empty) {
        let long = "actor must be an object with a sub.";
        return Err(invalid("actor", long));
    }
    seconds(&body, expires)?;
    seconds(&body, longest)?;
    if world.index(&user).is_none() {
        let long = format!("No user was found with id {user}");
        return Err(refused(
            "user_id",
            "form_resource_not_found",
            "not found",
            &long,
        ));
    }
    if call.has(Quirk::ImpersonationSpent) {
        let long = "Your application has reached the impersonation limit for your plan (5/5). The limit will reset at the beginning of the next billing period.";
        let meta = json!({ "limit": 5, "used": 5 });
        let short = "Impersonation limit exceeded";
        return Err(error(
            402,
            "impersonation_limit_exceeded",
            short,
            long,
            &meta,
        ));
    }
    make(world, call, "act", user, Purpose::Actor(actor))
}

/// Only what is pending can be revoked.
pub(super) fn revoke(world: &mut World, call: &Call<'_>, id: &str, actor: bool) -> Answer {
    let seed = world.maker.seed;
    let (words, code) = if actor {
        ("Actor token", "actor_token_cannot_be_revoked_code")
    } else {
        ("Sign in token", "sign_in_token_cannot_be_revoked_code")
    };
    let token = world
        .tokens
        .iter_mut()
        .find(|token| token.id == id && matches!(token.purpose, Purpose::Actor(_)) == actor);
    let token = token.ok_or_else(|| not_found(&words.to_lowercase(), id))?;
    if token.revoked {
        let long = format!(
            "{words} cannot be revoked because its status is revoked. Only pending tokens can be revoked."
        );
        return Err(error(400, code, "cannot revoke", &long, &json!({})));
    }
    token.revoked = true;
    token.updated_at = call.now;
    ok(token.json(seed, false))
}

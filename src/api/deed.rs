//! What goes over the wire for each write.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::request::{Limit, Request};
use crate::domain::{
    Action, AddressKind, AddressTraits, Claim, Credential, Factors, Id, Invite, Json, NewAddress,
    NewUser, ProfileEdit, Secret, Targets, Untrusted, UserId,
};

impl From<&Action> for Request {
    #[expect(clippy::too_many_lines, reason = "an arm for each of Clerk's calls")]
    fn from(action: &Action) -> Self {
        let request = match action {
            Action::Ban(user) => post(format!("/users/{user}/ban")),
            Action::Unban(user) => post(format!("/users/{user}/unban")),
            Action::Lock(user) => post(format!("/users/{user}/lock")),
            Action::Unlock(user) => post(format!("/users/{user}/unlock")),
            Action::BanAll(targets) => post("/users/ban").json(ids(targets)),
            Action::UnbanAll(targets) => post("/users/unban").json(ids(targets)),
            Action::Delete(user) => delete(format!("/users/{user}")),
            Action::Edit(user, edit) => update(user, changed_fields(edit)),
            Action::MergeMetadata { user, patch } => metadata(Method::PATCH, user, patch),
            Action::ReplaceMetadata { user, kinds } => metadata(Method::PUT, user, kinds),
            Action::AddAddress {
                user,
                kind,
                text,
                traits,
            } => post(list(*kind)).json(new_address(user, *kind, text, *traits)),
            Action::ChangeAddress {
                kind,
                address,
                traits,
                ..
            } => {
                let path = format!("{}/{address}", list(*kind));
                Request::new(Method::PATCH, path).json(Body::default().traits(*traits).value())
            }
            Action::RemoveAddress { kind, address, .. } => {
                delete(format!("{}/{address}", list(*kind)))
            }
            Action::ReplaceAddresses {
                user,
                kind,
                text,
                claim,
            } => Request::new(Method::PUT, format!("/users/{user}/{}", field(*kind))).json(json!({
                field(*kind): text.raw(),
                "identification_status": claim.api_name(),
            })),
            Action::SetPrimary {
                user,
                kind,
                address,
            } => update(user, json!({ primary(*kind): address.as_str() })),
            Action::RemoveFactors { user, factors } => {
                let name = match factors {
                    Factors::All => "mfa",
                    Factors::Totp => "totp",
                    Factors::BackupCodes => "backup_code",
                };
                delete(format!("/users/{user}/{name}"))
            }
            Action::RemoveCredential { user, credential } => match credential {
                Credential::Passkey(id) => delete(format!("/users/{user}/passkeys/{id}")),
                Credential::Account(id) => delete(format!("/users/{user}/external_accounts/{id}")),
                Credential::Wallet(id) => delete(format!("/users/{user}/web3_wallets/{id}")),
            },
            Action::SetPassword {
                user,
                password,
                sign_out,
                skip_checks,
            } => {
                let body = Body::default()
                    .put("password", password.expose())
                    .put("sign_out_of_other_sessions", *sign_out)
                    .flag("skip_password_checks", *skip_checks);
                update(user, body.value())
            }
            Action::RemovePassword { user, sign_out } => {
                post(format!("/users/{user}/remove_password"))
                    .json(json!({ "sign_out_of_other_sessions": sign_out }))
            }
            Action::DistrustPassword {
                user,
                revoke_sessions,
            } => post(format!("/users/{user}/password/set_compromised"))
                .json(json!({ "revoke_all_sessions": revoke_sessions })),
            Action::TrustPassword(user) => {
                post(format!("/users/{user}/password/unset_compromised"))
            }
            Action::Revoke { session, .. } => post(format!("/sessions/{session}/revoke")),
            Action::MakeSignInToken { user, expires_in } => {
                let body = Body::default()
                    .put("user_id", user.as_str())
                    .some("expires_in_seconds", *expires_in);
                post("/sign_in_tokens").json(body.value())
            }
            Action::Impersonate {
                user,
                actor,
                expires_in,
                session_max,
            } => {
                let body = Body::default()
                    .put("user_id", user.as_str())
                    .put("actor", json!({ "sub": actor.raw() }))
                    .some("expires_in_seconds", *expires_in)
                    .some("session_max_duration_in_seconds", *session_max);
                post("/actor_tokens").json(body.value())
            }
            Action::RevokeSignInToken { token, .. } => {
                post(format!("/sign_in_tokens/{token}/revoke"))
            }
            Action::RevokeActorToken { token, .. } => post(format!("/actor_tokens/{token}/revoke")),
            Action::Create(new) => post("/users").json(new_user(new)),
            Action::Invite(invite) => post("/invitations")
                .json(invitation(invite))
                .limited(Limit::OfInvitations),
            Action::RevokeInvitation(id) => post(format!("/invitations/{id}/revoke")),
        };
        if action.makes_something_new() {
            request.once()
        } else {
            request
        }
    }
}

fn post(path: impl Into<String>) -> Request {
    Request::new(Method::POST, path)
}

fn delete(path: impl Into<String>) -> Request {
    Request::new(Method::DELETE, path)
}

/// `PATCH /users/{id}`, which has a limit for each user.
fn update(user: &UserId, body: Value) -> Request {
    Request::new(Method::PATCH, format!("/users/{user}"))
        .json(body)
        .limited(Limit::OfUser(user.clone()))
}

/// The metadata of a user, which have the same limit.
fn metadata(method: Method, user: &UserId, kinds: &Json) -> Request {
    Request::new(method, format!("/users/{user}/metadata"))
        .json(kinds.raw().clone())
        .limited(Limit::OfUser(user.clone()))
}

fn ids(targets: &Targets) -> Value {
    let ids = targets.ids().iter().map(Id::as_str);
    json!({ "user_ids": ids.collect::<Vec<_>>() })
}

/// Only what changed; an emptied field is `null`.
fn changed_fields(edit: &ProfileEdit) -> Value {
    let fields = edit.0.iter().map(|edit| {
        let after = edit
            .after
            .as_ref()
            .map_or(Value::Null, |text| text.raw().into());
        (edit.field.api_name().to_owned(), after)
    });
    Value::Object(fields.collect::<Map<_, _>>())
}

const fn field(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Email => "email_address",
        AddressKind::Phone => "phone_number",
    }
}

const fn list(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Email => "/email_addresses",
        AddressKind::Phone => "/phone_numbers",
    }
}

const fn primary(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Email => "primary_email_address_id",
        AddressKind::Phone => "primary_phone_number_id",
    }
}

fn new_address(user: &UserId, kind: AddressKind, text: &Untrusted, traits: AddressTraits) -> Value {
    Body::default()
        .put("user_id", user.as_str())
        .put(field(kind), text.raw())
        .traits(traits)
        .value()
}

fn new_user(new: &NewUser) -> Value {
    Body::default()
        .text("first_name", new.first_name.as_ref())
        .text("last_name", new.last_name.as_ref())
        .text("username", new.username.as_ref())
        .text("external_id", new.external_id.as_ref())
        .addresses(AddressKind::Email, &new.emails)
        .addresses(AddressKind::Phone, &new.phones)
        .some("password", new.password.as_ref().map(Secret::expose))
        .flag("skip_password_checks", new.skip_password_checks)
        .flag("skip_password_requirement", new.skip_password_requirement)
        .json("public_metadata", new.public_metadata.as_ref())
        .json("private_metadata", new.private_metadata.as_ref())
        .json("unsafe_metadata", new.unsafe_metadata.as_ref())
        .value()
}

fn invitation(invite: &Invite) -> Value {
    Body::default()
        .put("email_address", invite.email.raw())
        .some("expires_in_days", invite.expires_in_days)
        .put("notify", invite.notify)
        .flag("ignore_existing", invite.ignore_existing)
        .text("redirect_url", invite.redirect_url.as_ref())
        .json("public_metadata", invite.public_metadata.as_ref())
        .value()
}

/// The object of a body: what is not asked for stays out of it.
#[derive(Default)]
struct Body(Map<String, Value>);

impl Body {
    fn put(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    fn some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.put(name, value),
            None => self,
        }
    }

    fn flag(self, name: &str, yes: bool) -> Self {
        self.some(name, yes.then_some(true))
    }

    fn text(self, name: &str, text: Option<&Untrusted>) -> Self {
        self.some(name, text.map(Untrusted::raw))
    }

    fn json(self, name: &str, json: Option<&Json>) -> Self {
        self.some(name, json.map(|json| json.raw().clone()))
    }

    fn traits(self, traits: AddressTraits) -> Self {
        self.some("verified", traits.verified)
            .flag("primary", traits.primary)
            .some("reserved_for_second_factor", traits.second_factor)
    }

    /// A list, and the parallel list of how each stands where that is not the default.
    fn addresses(self, kind: AddressKind, all: &[NewAddress]) -> Self {
        if all.is_empty() {
            return self;
        }
        let name = field(kind);
        let texts: Vec<&str> = all.iter().map(|one| one.text.raw()).collect();
        let claims: Vec<&str> = all.iter().map(|one| one.claim.api_name()).collect();
        let plain = all.iter().all(|one| one.claim == Claim::default());
        self.put(name, texts).some(
            &format!("{name}_identification_status"),
            (!plain).then_some(claims),
        )
    }

    fn value(self) -> Value {
        Value::Object(self.0)
    }
}

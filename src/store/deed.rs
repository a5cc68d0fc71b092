//! What a change does, as the trail has it.

use serde_json::Value as JsonValue;

use super::{
    hashed::{hashed, leaves, leaves_replaced},
    line::{FieldChange, Value},
};
use crate::domain::{
    Action, AddressKind, AddressTraits, Answer, Change, Credential, Factors, Invite, Json, NewUser,
    ProfileEdit, Untrusted,
};

/// The ids of what a change is about besides people: their sessions, addresses
/// and tokens; invitations.
pub(super) fn parts(action: &Action) -> Vec<String> {
    match action {
        Action::Revoke { session, .. } => vec![session.to_string()],
        Action::ChangeAddress { address, .. }
        | Action::RemoveAddress { address, .. }
        | Action::SetPrimary { address, .. } => vec![address.to_string()],
        Action::RemoveCredential { credential, .. } => vec![match credential {
            Credential::Passkey(id) | Credential::Wallet(id) => id.to_string(),
            Credential::Account(id) => id.to_string(),
        }],
        Action::RevokeSignInToken { token, .. } => vec![token.to_string()],
        Action::RevokeActorToken { token, .. } => vec![token.to_string()],
        Action::RevokeInvitation(id) => vec![id.to_string()],
        _ => Vec::new(),
    }
}

/// The fields it changes, with what they held before where that is known. No
/// password goes in, not even as a hash: those can be guessed.
pub(super) fn fields(change: &Change) -> Vec<FieldChange> {
    let before = change.before.as_ref().map(Json::raw);
    let mut fields = afterwards(&change.action, before);
    for field in &mut fields {
        if field.before.is_unknown()
            && field.field != "password"
            && let Some(held) = before.and_then(|before| before.get(&field.field))
        {
            field.before = plain(held);
        }
    }
    fields
}

/// Which fields change, and nothing of what is in them. Metadata counts by its
/// kind: its own names may be of people.
pub(super) fn names(fields: Vec<FieldChange>) -> Vec<FieldChange> {
    let mut names: Vec<String> = Vec::new();
    for FieldChange { mut field, .. } in fields {
        field.truncate(field.find('.').unwrap_or(field.len()));
        if !names.contains(&field) {
            names.push(field);
        }
    }
    let name_only = |name: String| becomes(&name, Value::Unknown);
    names.into_iter().map(name_only).collect()
}

/// What a field outside of metadata held. Such a field is not nested; if one ever
/// is, nobody has judged yet what of it may be written down.
fn plain(held: &JsonValue) -> Value {
    match held {
        JsonValue::Null => Value::Empty(()),
        JsonValue::Bool(flag) => Value::Flag(*flag),
        JsonValue::Number(number) => Value::text(&number.to_string()),
        JsonValue::String(text) => Value::text(text),
        JsonValue::Array(_) | JsonValue::Object(_) => hashed(held),
    }
}

/// The fields it changes. A new kind of change has to say here what of it may be
/// written down.
fn afterwards(action: &Action, before: Option<&JsonValue>) -> Vec<FieldChange> {
    match action {
        Action::Ban(_) | Action::BanAll(_) => vec![flag("banned", true)],
        Action::Unban(_) | Action::UnbanAll(_) => vec![flag("banned", false)],
        Action::Lock(_) => vec![flag("locked", true)],
        Action::Unlock(_) => vec![flag("locked", false)],
        Action::Edit(_, edit) => edits(edit),
        Action::MergeMetadata { patch, .. } => leaves("", patch, before),
        Action::ReplaceMetadata { kinds, .. } => leaves_replaced(kinds, before),
        Action::AddAddress {
            kind, text, traits, ..
        } => [vec![put(kind_name(*kind), text)], of_traits(*traits)].concat(),
        Action::ChangeAddress { traits, .. } => of_traits(*traits),
        Action::ReplaceAddresses {
            kind, text, claim, ..
        } => vec![
            put(kind_name(*kind), text),
            becomes("identification_status", Value::text(claim.api_name())),
        ],
        Action::SetPrimary { kind, address, .. } => {
            let field = format!("primary_{}_id", kind_name(*kind));
            vec![becomes(&field, Value::text(address.as_str()))]
        }
        Action::RemoveFactors { factors, .. } => {
            let field = match factors {
                Factors::All => "mfa",
                Factors::Totp => "totp",
                Factors::BackupCodes => "backup_code",
            };
            vec![becomes(field, Value::Empty(()))]
        }
        Action::SetPassword {
            sign_out,
            skip_checks,
            ..
        } => vec![
            becomes("password", Value::Unknown),
            flag("sign_out_of_other_sessions", *sign_out),
            flag("skip_password_checks", *skip_checks),
        ],
        Action::RemovePassword { sign_out, .. } => vec![
            becomes("password", Value::Empty(())),
            flag("sign_out_of_other_sessions", *sign_out),
        ],
        Action::DistrustPassword {
            revoke_sessions, ..
        } => vec![
            flag("password_compromised", true),
            flag("revoke_all_sessions", *revoke_sessions),
        ],
        Action::TrustPassword(_) => vec![flag("password_compromised", false)],
        Action::MakeSignInToken { expires_in, .. } => number("expires_in_seconds", *expires_in)
            .into_iter()
            .collect(),
        Action::Impersonate {
            actor,
            expires_in,
            session_max,
            ..
        } => {
            let mut fields = vec![put("actor", actor)];
            fields.extend(number("expires_in_seconds", *expires_in));
            fields.extend(number("session_max_duration_in_seconds", *session_max));
            fields
        }
        Action::Create(new) => of_new_user(new),
        Action::Invite(invite) => of_invite(invite),
        Action::Delete(_)
        | Action::RemoveAddress { .. }
        | Action::RemoveCredential { .. }
        | Action::Revoke { .. }
        | Action::RevokeSignInToken { .. }
        | Action::RevokeActorToken { .. }
        | Action::RevokeInvitation(_) => Vec::new(),
    }
}

/// The id of what a change made; never the secret that came with it.
pub(super) fn made(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Identification(made) => Some(made.id.to_string()),
        Answer::SignInToken(made) => Some(made.id.to_string()),
        Answer::ActorToken(made) => Some(made.id.to_string()),
        Answer::Invitation(made) => Some(made.id.to_string()),
        Answer::User(made) => Some(made.id.to_string()),
        _ => None,
    }
}

fn becomes(field: &str, after: Value) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        before: Value::Unknown,
        after,
    }
}

fn flag(field: &str, after: bool) -> FieldChange {
    becomes(field, Value::Flag(after))
}

fn put(field: &str, after: &Untrusted) -> FieldChange {
    becomes(field, Value::text(after.raw()))
}

fn number(field: &str, after: Option<u32>) -> Option<FieldChange> {
    after.map(|after| becomes(field, Value::text(&after.to_string())))
}

const fn kind_name(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Email => "email_address",
        AddressKind::Phone => "phone_number",
    }
}

fn edits(edit: &ProfileEdit) -> Vec<FieldChange> {
    let value = |text: &Option<Untrusted>| {
        let text = text.as_ref().map(|text| Value::text(text.raw()));
        text.unwrap_or(Value::Empty(()))
    };
    let fields = edit.0.iter().map(|edit| FieldChange {
        field: edit.field.api_name().to_owned(),
        before: value(&edit.before),
        after: value(&edit.after),
    });
    fields.collect()
}

fn of_traits(traits: AddressTraits) -> Vec<FieldChange> {
    let parts = [
        traits.verified.map(|verified| flag("verified", verified)),
        traits.primary.then(|| flag("primary", true)),
        traits
            .second_factor
            .map(|second| flag("reserved_for_second_factor", second)),
    ];
    parts.into_iter().flatten().collect()
}

fn of_new_user(new: &NewUser) -> Vec<FieldChange> {
    let texts = [
        ("first_name", &new.first_name),
        ("last_name", &new.last_name),
        ("username", &new.username),
        ("external_id", &new.external_id),
    ];
    let given = |(field, text): (&str, &Option<Untrusted>)| Some(put(field, text.as_ref()?));
    let mut fields: Vec<FieldChange> = texts.into_iter().filter_map(given).collect();
    fields.extend(new.emails.iter().map(|new| put("email_address", &new.text)));
    fields.extend(new.phones.iter().map(|new| put("phone_number", &new.text)));
    if new.password.is_some() {
        fields.push(becomes("password", Value::Unknown));
    }
    let flags = [
        ("skip_password_checks", new.skip_password_checks),
        ("skip_password_requirement", new.skip_password_requirement),
    ];
    let set = flags.into_iter().filter(|(_, set)| *set);
    fields.extend(set.map(|(field, _)| flag(field, true)));
    let metadata = [
        ("public_metadata", &new.public_metadata),
        ("private_metadata", &new.private_metadata),
        ("unsafe_metadata", &new.unsafe_metadata),
    ];
    for (field, json) in metadata {
        fields.extend(json.iter().flat_map(|json| leaves(field, json, None)));
    }
    fields
}

fn of_invite(invite: &Invite) -> Vec<FieldChange> {
    let mut fields = vec![
        put("email_address", &invite.email),
        flag("notify", invite.notify),
        flag("ignore_existing", invite.ignore_existing),
    ];
    fields.extend(number(
        "expires_in_days",
        invite.expires_in_days.map(u32::from),
    ));
    fields.extend(
        invite
            .redirect_url
            .iter()
            .map(|url| put("redirect_url", url)),
    );
    let metadata = invite.public_metadata.iter();
    fields.extend(metadata.flat_map(|json| leaves("public_metadata", json, None)));
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        domain::{OpId, Secret, UserId},
        store::mark_of_key,
    };

    fn user() -> UserId {
        UserId::new("user_1").unwrap()
    }

    fn fields_of(action: Action, before: Option<serde_json::Value>) -> Vec<FieldChange> {
        fields(&Change {
            before: before.map(Json::new),
            ..Change::new(OpId { run: 1, n: 1 }, action)
        })
    }

    #[test]
    fn what_was_read_before_stands_beside_what_comes() {
        let fields = fields_of(Action::Ban(user()), Some(json!({"banned": false, "x": 1})));
        let expected = r#"[{"field":"banned","before":false,"after":true}]"#;
        assert_eq!(serde_json::to_string(&fields).unwrap(), expected);
        let traits = AddressTraits {
            primary: true,
            ..AddressTraits::default()
        };
        let add = Action::AddAddress {
            user: user(),
            kind: AddressKind::Email,
            text: "a@example.com".into(),
            traits,
        };
        let fields = fields_of(add, Some(json!({"email_address": null})));
        let befores: Vec<&Value> = fields.iter().map(|field| &field.before).collect();
        assert_eq!(befores, [&Value::Empty(()), &Value::Unknown]);
    }

    #[test]
    fn that_a_password_is_set_is_known_and_nothing_of_it() {
        let set = Action::SetPassword {
            user: user(),
            password: Secret::new("zebra"),
            sign_out: true,
            skip_checks: false,
        };
        let new = NewUser {
            password: Some(Secret::new("zebra")),
            private_metadata: Some(Json::new(json!({"pin": "zebra"}))),
            ..NewUser::default()
        };
        let mark = mark_of_key("zebra");
        for action in [set, Action::Create(Box::new(new))] {
            let fields = fields_of(action, Some(json!({"password": "zebra"})));
            let password = fields.iter().find(|field| field.field == "password");
            let password = password.unwrap();
            assert!(password.before.is_unknown() && password.after.is_unknown());
            let written = serde_json::to_string(&fields).unwrap();
            assert!(!written.contains("zebra") && !written.contains(&mark));
        }
    }
}

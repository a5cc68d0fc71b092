//! What the fields that a change touches held before it, for the trail and for the way back.

use serde_json::{Map, Value, json};

use crate::domain::{
    Action, Address, AddressKind, Factors, FieldEdit, IdentificationId, Json, MetadataKind,
    Untrusted, User,
};

impl Action {
    /// What the fields it changes hold now, by their names at the API; `None`
    /// where a user does not show them.
    pub(super) fn before(&self, user: &User) -> Option<Json> {
        let before = match self {
            Self::Ban(_) | Self::Unban(_) => json!({ "banned": user.banned }),
            Self::Lock(_) | Self::Unlock(_) => json!({ "locked": user.locked }),
            Self::Edit(_, edit) => {
                let field = |edit: &FieldEdit| {
                    let held = text(edit.field.of(user));
                    (edit.field.api_name().to_owned(), held)
                };
                Value::Object(edit.0.iter().map(field).collect())
            }
            Self::MergeMetadata { patch, .. } => {
                metadata(patch, |kind, given| Some(kind.of(user).touched_by(given)))?
            }
            Self::ReplaceMetadata { kinds, .. } => {
                metadata(kinds, |kind, _| Some(kind.of(user).clone()))?
            }
            Self::SetPrimary { kind, .. } => {
                let primary = kind.of(user).iter().find(|one| one.primary);
                let id = primary.and_then(|one| one.id.as_ref());
                let field = match kind {
                    AddressKind::Email => "primary_email_address_id",
                    AddressKind::Phone => "primary_phone_number_id",
                };
                json!({ field: id.map(IdentificationId::as_str) })
            }
            Self::ReplaceAddresses { kind, .. } => {
                let field = match kind {
                    AddressKind::Email => "email_address",
                    AddressKind::Phone => "phone_number",
                };
                json!({ field: text(Address::main(kind.of(user))) })
            }
            Self::ChangeAddress { kind, address, .. } => {
                let mut all = kind.of(user).iter();
                let one = all.find(|one| one.id.as_ref() == Some(address))?;
                json!({
                    "verified": one.verified,
                    "primary": one.primary,
                    "reserved_for_second_factor": one.second_factor,
                })
            }
            Self::RemoveFactors { factors, .. } => match factors {
                Factors::All => json!({ "mfa": user.two_factor }),
                Factors::Totp => json!({ "totp": user.totp }),
                Factors::BackupCodes => json!({ "backup_code": user.backup_codes }),
            },
            _ => return None,
        };
        Some(Json::new(before))
    }
}

/// Of each kind of metadata that is given, what `held` says of it; `None` where
/// it says nothing of one.
pub(super) fn metadata(
    given: &Json,
    held: impl Fn(MetadataKind, &Json) -> Option<Json>,
) -> Option<Value> {
    let mut kinds = Map::new();
    for kind in MetadataKind::ALL {
        if let Some(given) = kind.in_body(given) {
            let held = held(kind, &given)?.raw().clone();
            kinds.insert(kind.api_name().to_owned(), held);
        }
    }
    Some(Value::Object(kinds))
}

fn text(text: Option<&Untrusted>) -> Value {
    text.map_or(Value::Null, |text| Value::from(text.raw()))
}

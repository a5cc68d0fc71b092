//! The way back: the change that takes a change back.

use super::before::metadata;
use crate::domain::{
    Action, AddressKind, AddressTraits, FieldEdit, IdentificationId, Json, ProfileEdit, User,
    UserId,
};

/// The change that makes somebody what they were before `action`; `before` is
/// how they were read. `None`: there is no way back.
pub(super) fn reverse(action: &Action, before: &User) -> Option<Action> {
    Some(match action {
        Action::Ban(user) => Action::Unban(user.clone()),
        Action::Unban(user) => Action::Ban(user.clone()),
        Action::Lock(user) => Action::Unlock(user.clone()),
        Action::Unlock(user) => Action::Lock(user.clone()),
        Action::Edit(user, edit) => Action::Edit(user.clone(), reverse_edit(edit)),
        Action::MergeMetadata { user, patch } => Action::MergeMetadata {
            user: user.clone(),
            patch: reverse_kinds(patch, before, |had, patch| {
                Json::merge_of(&had.merged(patch).differences(had)).ok()
            })?,
        },
        Action::ReplaceMetadata { user, kinds } => Action::ReplaceMetadata {
            user: user.clone(),
            kinds: reverse_kinds(kinds, before, |had, _| Some(had.clone()))?,
        },
        Action::SetPrimary { user, kind, .. } => set_primary(user, *kind, before)?,
        Action::ChangeAddress {
            user,
            kind,
            address,
            traits,
        } => reverse_traits(user, *kind, address, *traits, before)?,
        _ => return None,
    })
}

fn reverse_edit(edit: &ProfileEdit) -> ProfileEdit {
    let back = |edit: &FieldEdit| FieldEdit {
        field: edit.field,
        before: edit.after.clone(),
        after: edit.before.clone(),
    };
    ProfileEdit(edit.0.iter().map(back).collect())
}

fn set_primary(user: &UserId, kind: AddressKind, before: &User) -> Option<Action> {
    let had = kind.of(before).iter().find(|one| one.primary)?;
    Some(Action::SetPrimary {
        user: user.clone(),
        kind,
        address: had.id.clone()?,
    })
}

fn reverse_traits(
    user: &UserId,
    kind: AddressKind,
    address: &IdentificationId,
    traits: AddressTraits,
    before: &User,
) -> Option<Action> {
    let mut addresses = kind.of(before).iter();
    let had = addresses.find(|one| one.id.as_ref() == Some(address))?;
    // Only making another address primary ends that this one is.
    if traits.primary && !had.primary {
        return None;
    }
    Some(Action::ChangeAddress {
        user: user.clone(),
        kind,
        address: address.clone(),
        traits: AddressTraits {
            verified: traits.verified.map(|_| had.verified),
            primary: false,
            second_factor: traits.second_factor.map(|_| had.second_factor),
        },
    })
}

/// The same kinds of metadata as in `given`, each turned back to what was there.
fn reverse_kinds(
    given: &Json,
    before: &User,
    back: impl Fn(&Json, &Json) -> Option<Json>,
) -> Option<Json> {
    metadata(given, |kind, given| back(&kind.of_object(before), given)).map(Json::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::app::report::fixtures::{address, alice, nobody};
    use crate::domain::ProfileField;

    fn person(public: Value) -> User {
        User {
            public_metadata: Json::new(public),
            ..nobody()
        }
    }

    fn merge(patch: impl Into<Value>) -> Action {
        let patch = patch.into();
        Action::MergeMetadata {
            user: nobody().id,
            patch: Json::new(json!({ "public_metadata": patch })),
        }
    }

    #[test]
    fn a_ban_is_taken_back_by_an_unban_and_a_deletion_by_nothing() {
        let user = alice();
        let id = user.id.clone();
        assert_eq!(
            reverse(&Action::Ban(id.clone()), &user),
            Some(Action::Unban(id.clone()))
        );
        assert_eq!(
            reverse(&Action::Unlock(id.clone()), &user),
            Some(Action::Lock(id.clone()))
        );
        assert_eq!(reverse(&Action::Delete(id), &user), None);
    }

    #[test]
    fn an_edit_is_turned_around() {
        let user = alice();
        let edit = |before: Option<&str>, after: Option<&str>| {
            let field = ProfileField::FirstName;
            let (before, after) = (before.map(Into::into), after.map(Into::into));
            let edit = FieldEdit {
                field,
                before,
                after,
            };
            Action::Edit(user.id.clone(), ProfileEdit(vec![edit]))
        };
        let back = reverse(&edit(Some("Alice"), None), &user);
        assert_eq!(back, Some(edit(None, Some("Alice"))));
    }

    #[test]
    fn the_primary_address_of_before_is_primary_again() {
        let mut user = nobody();
        user.emails = vec![address("a@example.com"), address("b@example.com")];
        user.emails[1].primary = true;
        let had = user.emails[1].id.clone().unwrap();
        let set = |address: IdentificationId| Action::SetPrimary {
            user: user.id.clone(),
            kind: AddressKind::Email,
            address,
        };
        let new = user.emails[0].id.clone().unwrap();
        assert_eq!(reverse(&set(new), &user), Some(set(had)));
        assert_eq!(
            reverse(&set(user.emails[0].id.clone().unwrap()), &nobody()),
            None
        );
    }

    #[test]
    fn a_null_of_before_cannot_be_merged_back() {
        let user = person(json!({"plan": null, "tags": [null]}));
        assert_eq!(reverse(&merge(json!({"plan": "pro"})), &user), None);
        assert_eq!(
            reverse(&merge(json!({"tags": []})), &user),
            Some(merge(json!({"tags": [null]})))
        );
    }

    fn metadata() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![Just(json!(null)), any::<bool>().prop_map(|b| json!(b))];
        let value = leaf.prop_recursive(3, 12, 3, |inner| {
            prop::collection::btree_map("[ab]", inner, 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect()))
        });
        prop::collection::btree_map("[abc]", value, 0..4)
            .prop_map(|members| Value::Object(members.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn a_merge_and_its_reverse_leave_everything_as_it_was(
            had in metadata(),
            patch in metadata(),
        ) {
            let user = person(had.clone());
            let merged = user.public_metadata.merged(&Json::new(patch.clone()));
            if let Some(Action::MergeMetadata { patch: back, .. }) = reverse(&merge(patch), &user) {
                let back = back.at(&["public_metadata".to_owned()]).unwrap();
                let again = merged.merged(&back);
                // The order of keys says nothing.
                prop_assert_eq!(again.raw(), &had);
            }
        }
    }
}

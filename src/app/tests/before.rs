//! What a change says the fields held before it.

use serde_json::json;

use super::world::person;
use crate::domain::{Action, FieldEdit, Json, ProfileEdit, ProfileField, UserId};

#[test]
fn only_what_changes_is_told() {
    let mut user = person(1, "Bob Bell");
    user.public_metadata = Json::new(json!({"plan": "free", "seats": {"a": 1, "b": 2}}));
    let id = UserId::new("user_1").unwrap();
    let before = |action: Action| action.before(&user).map(|json| json.raw().clone());
    let ban = before(Action::Ban(id.clone()));
    assert_eq!(ban, Some(json!({"banned": false})));
    let field = |field, after: &str| FieldEdit {
        field,
        before: None,
        after: Some(after.into()),
    };
    let edit = vec![
        field(ProfileField::FirstName, "Rob"),
        field(ProfileField::ExternalId, "crm-1"),
    ];
    let edit = before(Action::Edit(id.clone(), ProfileEdit(edit)));
    let held = json!({"first_name": "Bob", "external_id": null});
    assert_eq!(edit, Some(held));
    let patch = json!({"public_metadata": {"seats": {"a": 9, "c": {"d": 1}}, "new": 1}});
    let merge = before(Action::MergeMetadata {
        user: id.clone(),
        patch: Json::new(patch),
    });
    let held = json!({"public_metadata": {"seats": {"a": 1, "c": null}, "new": null}});
    assert_eq!(merge, Some(held));
    assert_eq!(before(Action::Delete(id)), None);
}

//! The edit form: only the difference is sent, and nobody's edit is undone.

use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::dialog::{Form, Step};
use crate::domain::{Action, FieldEdit, ProfileEdit, ProfileField, Untrusted};

fn with_form() -> Console {
    let mut console = Console::with(five_alices());
    console.look().press("E n").settle();
    console
}

fn form(console: &Console) -> &Form {
    match &console.dialog().step {
        Step::Form(form) => form,
        _ => panic!("not the form"),
    }
}

fn texts(console: &Console) -> [&str; 4] {
    let inputs = &form(console).inputs;
    [0, 1, 2, 3].map(|n| inputs[n].value())
}

fn edit(field: ProfileField, before: Option<&str>, after: Option<&str>) -> FieldEdit {
    FieldEdit {
        field,
        before: before.map(Untrusted::from),
        after: after.map(Untrusted::from),
    }
}

#[test]
fn the_form_is_filled_with_what_was_read_now() {
    let mut console = Console::with(five_alices());
    console.world.find_mut(&id(1)).username = Some("bobby".into());
    console.look().press("E n").type_text("too early");
    assert!(form(&console).filled.is_none());
    console.settle();
    assert_eq!(texts(&console), ["Bob", "Bell", "bobby", ""]);
}

#[test]
fn only_the_difference_is_sent_after_a_review() {
    let mut console = with_form();
    console
        .press("^u")
        .type_text("Robert")
        .press("Tab Tab Tab")
        .type_text("crm-1");
    console.press("Enter");
    let expected = ProfileEdit(vec![
        edit(ProfileField::FirstName, Some("Bob"), Some("Robert")),
        edit(ProfileField::ExternalId, None, Some("crm-1")),
    ]);
    assert_eq!(
        console.dialog().action(),
        Some(&Action::Edit(id(1), expected.clone()))
    );
    let lines = console.dialog().consequences(&console.model.ctx.clock);
    assert_eq!(lines[0].text(), "first name: Bob → Robert");
    assert_eq!(lines[1].text(), "external id: (empty) → crm-1");
    assert!(console.sent.is_empty(), "the review comes first");
    console.settle().look().press("y");
    assert_eq!(*console.only_change(), Action::Edit(id(1), expected));
    console.done();
    assert_eq!(console.toast(), "Bob Bell is saved.");
    assert_eq!(console.names()[0], "Robert Bell");
}

#[test]
fn an_emptied_box_empties_the_field() {
    let mut console = with_form();
    console.press("Tab ^u Enter").settle().look().press("y");
    let expected = ProfileEdit(vec![edit(ProfileField::LastName, Some("Bell"), None)]);
    assert_eq!(*console.only_change(), Action::Edit(id(1), expected));
}

#[test]
fn no_difference_is_refused() {
    let mut console = with_form();
    console.press("Enter");
    assert_eq!(
        console.note(),
        "Nothing is changed yet. Esc closes the form."
    );
    console.type_text("x").press("Backspace Enter");
    assert_eq!(
        console.note(),
        "Nothing is changed yet. Esc closes the form."
    );
    console.type_text("  ").press("Enter");
    assert_eq!(
        console.note(),
        "Nothing is changed yet. Esc closes the form."
    );
    assert!(console.sent.is_empty());
}

#[test]
fn a_colleagues_edit_of_the_same_field_leads_back_to_the_form() {
    let mut console = with_form();
    console.press("^u").type_text("Robert");
    console.world.find_mut(&id(1)).first_name = Some("Bobby".into());
    console.press("Enter").settle();
    assert_eq!(
        console.note(),
        "Somebody else changed the first name meanwhile. Nothing was sent; look again."
    );
    assert_eq!(texts(&console)[0], "Robert", "what was typed is kept");
    assert!(console.sent.is_empty());
    console.press("Enter").settle().look().press("y");
    let expected = ProfileEdit(vec![edit(
        ProfileField::FirstName,
        Some("Bobby"),
        Some("Robert"),
    )]);
    assert_eq!(*console.only_change(), Action::Edit(id(1), expected));
}

#[test]
fn a_colleagues_edit_of_another_field_is_not_undone() {
    let mut console = with_form();
    console.press("^u").type_text("Robert");
    let bob = console.world.find_mut(&id(1));
    bob.first_name = Some("Bobby".into());
    bob.last_name = Some("Bellini".into());
    console.press("Enter").settle();
    assert_eq!(texts(&console)[..2], ["Robert", "Bellini"]);
    console.press("Enter").settle().look().press("y");
    let expected = ProfileEdit(vec![edit(
        ProfileField::FirstName,
        Some("Bobby"),
        Some("Robert"),
    )]);
    assert_eq!(*console.only_change(), Action::Edit(id(1), expected));
}

#[test]
fn a_review_goes_back_to_its_form_with_what_was_typed() {
    let mut console = with_form();
    console
        .type_text("x")
        .press("Enter")
        .settle()
        .look()
        .press("n");
    assert_eq!(texts(&console)[0], "Bobx");
    console.press("Esc");
    assert!(!console.has_dialog() && console.sent.is_empty());
}

#[test]
fn letters_in_the_form_are_text() {
    let mut console = with_form();
    console.type_text("yYqnBD").press("Tab ↓ ↑ S-Tab");
    assert_eq!(texts(&console)[0], "BobyYqnBD");
    assert_eq!(form(&console).focus, 0);
    assert!(!console.quit && console.sent.is_empty());
}

#[test]
fn no_field_grows_without_end() {
    let mut console = with_form();
    let long = "x".repeat(200);
    console.paste(&long).paste(&long).type_text(&long);
    assert!(texts(&console)[0].len() <= 256);
}

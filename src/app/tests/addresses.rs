//! Addresses: replaced, made primary, verified, removed, added; nothing on old ground.

use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::dialog::Step;
use crate::app::report::fixtures;
use crate::domain::{Action, Address, AddressKind, AddressTraits, Claim, IdentificationId, User};

fn address(n: usize) -> IdentificationId {
    IdentificationId::new(&format!("idn_{n}")).unwrap()
}

/// Bob has three e-mail addresses: the primary, a verified one, one that is not.
fn bob(user: &mut User) {
    user.emails.push(fixtures::address("second@example.com"));
    user.emails.push(fixtures::unverified("third@example.com"));
    for (n, email) in user.emails.iter_mut().enumerate() {
        email.id = Some(address(n));
    }
}

fn with(keys: &str) -> Console {
    let mut people = five_alices();
    bob(&mut people[0]);
    let mut console = Console::with(people);
    console.look().press(keys).settle();
    console
}

fn lines(console: &Console) -> Vec<String> {
    let lines = console.dialog().consequences(&console.model.ctx.clock);
    lines.iter().map(crate::app::document::Line::text).collect()
}

const KIND: AddressKind = AddressKind::Email;

#[test]
fn replacing_the_address_shows_old_and_new_and_names_those_it_removes() {
    let mut console = with("E e");
    console
        .press("^u")
        .type_text("bob@new.example")
        .press("Enter")
        .settle();
    let said = lines(&console);
    assert_eq!(said[0], "bob.bell@example.com → bob@new.example");
    assert_eq!(said[1], "Removes 2 other addresses:");
    assert_eq!(said[2..4], ["  second@example.com", "  third@example.com"]);
    assert!(console.sent.is_empty());
    console.look().press("y");
    let expected = Action::ReplaceAddresses {
        user: id(1),
        kind: KIND,
        text: "bob@new.example".into(),
        claim: Claim::Verified,
    };
    assert_eq!(*console.only_change(), expected);
}

#[test]
fn the_old_address_gives_way_to_the_first_character_but_can_be_edited() {
    let typed = |console: &Console| match &console.dialog().step {
        Step::Form(form) => form.inputs[0].value().to_owned(),
        step => panic!("no form: {step:?}"),
    };
    let mut console = with("E e");
    assert_eq!(typed(&console), "bob.bell@example.com");
    console.type_text("new");
    assert_eq!(typed(&console), "new");

    let mut console = with("E e");
    console
        .press("End")
        .type_text("x")
        .press("Backspace Backspace");
    assert_eq!(typed(&console), "bob.bell@example.co");

    let mut console = with("E e");
    console.press("Backspace");
    assert_eq!(typed(&console), "");

    let mut console = with("E e");
    console.paste("pasted@new.example").type_text("s");
    assert_eq!(typed(&console), "pasted@new.examples");
}

#[test]
fn what_is_no_address_or_no_difference_is_not_reviewed() {
    for (typed, note) in [
        ("", "Nothing is changed yet. Esc closes the form."),
        ("x y", "An e-mail address looks like name@host.org."),
    ] {
        let mut console = with("E e");
        console.type_text(typed).press("Enter");
        assert_eq!(console.note(), note);
        assert!(console.asked.is_empty());
    }
}

#[test]
fn a_new_address_of_a_colleague_is_not_removed_unseen() {
    let mut console = with("E e");
    console.type_text("bob@new.example");
    let theirs = fixtures::address("theirs@example.com");
    console.world.find_mut(&id(1)).emails.push(theirs);
    console.press("Enter").settle();
    assert_eq!(
        console.note(),
        "Somebody else changed an e-mail address of theirs meanwhile. \
         Nothing was sent; look again."
    );
    console.press("Enter").settle();
    assert_eq!(lines(&console)[1], "Removes 3 other addresses:");
}

#[test]
fn each_address_offers_what_can_be_done_to_it() {
    for (keys, expected) in [
        (
            "j p",
            Action::SetPrimary {
                user: id(1),
                kind: KIND,
                address: address(1),
            },
        ),
        (
            "j j v",
            Action::ChangeAddress {
                user: id(1),
                kind: KIND,
                address: address(2),
                traits: AddressTraits {
                    verified: Some(true),
                    ..AddressTraits::default()
                },
            },
        ),
    ] {
        let mut console = with("E a");
        console.press(keys).settle().look().press("y");
        assert_eq!(*console.only_change(), expected);
    }
    for keys in ["p", "v", "j v", "j j p", "j j j p"] {
        let mut console = with("E a");
        console.press(keys);
        assert!(console.dialog().action().is_none(), "{keys}");
        assert!(console.note().contains("does nothing here"));
    }
}

#[test]
fn an_address_is_removed_only_when_the_person_was_named() {
    let mut console = with("E a");
    console
        .press("j r")
        .settle()
        .look()
        .press("y")
        .later(200)
        .press("Enter");
    assert!(console.sent.is_empty());
    console
        .press("Backspace")
        .type_text("000001")
        .later(200)
        .press("Enter");
    let expected = Action::RemoveAddress {
        user: id(1),
        kind: KIND,
        address: address(1),
    };
    assert_eq!(*console.only_change(), expected);
}

#[test]
fn a_colleagues_change_of_the_addresses_closes_the_dialog() {
    let mut console = with("E a");
    console.press("j p");
    let second: &mut Address = &mut console.world.find_mut(&id(1)).emails[1];
    second.verified = false;
    console.settle().look().press("y");
    assert!(!console.has_dialog() && console.sent.is_empty());
}

#[test]
fn an_address_is_added_unverified() {
    let mut console = with("E a");
    console.press("j j j Enter").type_text("new@example.org");
    console.press("Enter").settle().look().press("y");
    let expected = Action::AddAddress {
        user: id(1),
        kind: KIND,
        text: "new@example.org".into(),
        traits: AddressTraits::default(),
    };
    assert_eq!(*console.only_change(), expected);
}

//! What the settings forbid, past every key and dialog.

use super::harness::{Console, of_memberships};
use super::world::five_alices;
use crate::app::command::TABLE;
use crate::app::{Command, Msg, Tone, act};
use crate::domain::{Action, Policy};

/// Bob is to be banned.
fn banning(policy: Policy) -> Console {
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console
        .settle()
        .look()
        .press("B")
        .settle()
        .look()
        .press("y");
    console
}

fn protecting(pattern: &str) -> Policy {
    Policy {
        protect: vec![pattern.parse().unwrap()],
        ..Policy::default()
    }
}

#[test]
fn a_change_that_is_not_listed_is_refused_in_words() {
    let policy = Policy {
        allow: Some(vec!["revoke".to_owned()]),
        ..Policy::default()
    };
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look().press("B");
    assert!(!console.has_dialog());
    assert_eq!(
        console.toast(),
        "Nothing was sent: “allow” in your settings does not list “ban”."
    );
}

#[test]
fn who_is_protected_is_not_changed() {
    let console = banning(protecting("user_000001"));
    assert!(console.sent.is_empty());
    let prompt = console.dialog().prompt().text();
    assert!(prompt.contains("covers them (“user_000001”)"), "{prompt}");
    assert!(console.note().contains("covers them"), "y said so again");
    assert_eq!(banning(protecting("*@nobody.example")).sent.len(), 1);
}

#[test]
fn a_rule_about_organizations_has_them_read_first() {
    let policy = protecting("org:acme");
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look().press("B");
    assert!(console.asks(of_memberships));
    console.settle().look().press("y");
    assert_eq!(console.sent.len(), 1, "{}", console.toast());
    for (policy, asks) in [(protecting("org:acme"), true), (Policy::default(), false)] {
        let mut console = Console::start_as(five_alices(), (80, 24), policy);
        console.settle().look().press("E n");
        assert_eq!(console.asks(of_memberships), asks);
    }
}

#[test]
fn where_they_cannot_be_read_nothing_is_sent() {
    let policy = protecting("org:acme");
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look().press("B");
    let failure = super::world::error(crate::domain::ErrorKind::TimedOut, "");
    console.answer_with(of_memberships, Err(failure));
    console.settle().look().press("y");
    assert!(console.sent.is_empty());
    assert!(console.note().contains("could not be read"));
}

#[test]
fn a_notice_is_told_first_and_stays_until_a_key() {
    let mut console = Console::with(five_alices());
    let setup = crate::app::Setup {
        run: 1,
        dress: crate::domain::Dress::Demo,
        host: String::new(),
        policy: Policy::read_only(),
        operator: "ann@desk".to_owned(),
        notice: Some((Tone::Bad, "This console is read-only.".to_owned())),
        size: (80, 24),
        now: super::harness::at(0),
    };
    console.model = crate::app::Model::new(setup);
    console.feed(Msg::Started);
    console.settle().later(60_000);
    assert_eq!(console.toast(), "This console is read-only.");
    assert_eq!(console.model.ctx.toast.as_ref().unwrap().tone, Tone::Bad);
}

/// A console on Bob, of whose changes only these may be made.
fn allowing(kinds: &[&str]) -> Console {
    let policy = Policy {
        allow: Some(kinds.iter().map(|kind| (*kind).to_owned()).collect()),
        ..Policy::default()
    };
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look();
    console
}

#[test]
fn what_is_not_listed_is_offered_nowhere() {
    let mut console = allowing(&["sign-in-link", "add-address", "unban"]);
    let offered = act::applicable(&console.model);
    let changes: Vec<_> = offered.into_iter().filter(|c| c.is_change()).collect();
    assert_eq!(changes, [Command::Addresses, Command::SignInLink]);
    let hints = act::hints(&console.model);
    let keys: Vec<_> = hints.iter().map(|hint| hint.key).collect();
    assert!(!keys.contains(&"B") && keys.contains(&"P"), "{keys:?}");
    console.press("P");
    assert_eq!(console.toast(), "Sign-in of Bob Bell: l link");
    console.press("m");
    assert!(!console.has_dialog());
    console.later(300).press("d");
    assert_eq!(console.toast(), "d does nothing. ? shows what does.");
    console.press("E a").settle();
    let prompt = console.dialog().prompt().text();
    assert_eq!(prompt, "Esc cancels", "no address may be removed");
    console.press("r");
    assert!(console.dialog().action().is_none());
}

#[test]
fn of_a_password_only_what_is_listed_can_be_chosen() {
    let mut console = allowing(&["set-password"]);
    console.press("P p").settle();
    let crate::app::dialog::Step::Choose(choice) = &console.dialog().step else {
        panic!("{:?}", console.dialog());
    };
    assert_eq!(choice.rows().len(), 1);
}

#[test]
fn every_command_that_changes_something_has_its_kinds() {
    for entry in TABLE.iter().filter(|entry| entry.command.is_change()) {
        let kinds = act::change::kinds(entry.command, None);
        assert!(!kinds.is_empty(), "{:?}", entry.command);
        assert!(kinds.iter().all(|kind| Action::NAMES.contains(kind)));
    }
}

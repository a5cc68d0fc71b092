//! New users: what is typed, what is sent, and what comes of it.

use super::harness::{Console, users_page};
use super::world::{error, five_alices, person};
use crate::app::newcomer::{Field, Form, Newcomer, Step};
use crate::app::{AnyList, Layer, Tone};
use crate::domain::{
    Action, ApiError, Claim, ErrorKind, Fetch, NewAddress, NewUser, Outcome, Policy, Secret,
};

fn newcomer(console: &Console) -> &Newcomer {
    match &console.model.layer {
        Layer::Newcomer(newcomer) => newcomer,
        other => panic!("no form, but {other:?}; toast: {}", console.toast()),
    }
}

fn form(console: &Console) -> &Form {
    match &newcomer(console).step {
        Step::Form(form) => form,
        other => panic!("no form, but {other:?}"),
    }
}

fn is_open(console: &Console) -> bool {
    matches!(console.model.layer, Layer::Newcomer(_))
}

/// What is wrong, and where.
fn mistake(console: &Console) -> (Option<Field>, String) {
    let form = form(console);
    let mistake = form.mistake.as_ref().expect("something is wrong");
    (mistake.field, form.wrong(mistake.field).unwrap())
}

/// The form of a new user with an address in it.
fn typed(email: &str) -> Console {
    let mut console = Console::with(five_alices());
    console.look().press("N u").type_text(email);
    console
}

/// The same, consented to.
fn sent(email: &str) -> Console {
    let mut console = typed(email);
    console.press("Enter").look().press("y");
    assert_eq!(console.changing.len(), 1, "{}", console.toast());
    console
}

fn refusal(status: u16, code: &str, param: &str, words: &str) -> Outcome {
    let kind = match status {
        409 => ErrorKind::Conflict,
        _ => ErrorKind::Invalid,
    };
    Outcome::Refused(ApiError {
        status: Some(status),
        code: Some(code.into()),
        param: (!param.is_empty()).then(|| param.into()),
        ..ApiError::new(kind, words)
    })
}

#[test]
fn all_that_was_typed_is_sent_after_a_review() {
    let mut console = typed("ada@example.org");
    console.press("Tab").type_text("+44 20 7946 0000");
    console
        .press("Tab")
        .type_text("Ada")
        .press("Tab")
        .type_text("Byron");
    console
        .press("Tab")
        .type_text("ada")
        .press("Tab")
        .paste("correct horse ");
    console
        .press("Tab")
        .type_text("crm-1")
        .press("Tab Space Enter");
    assert!(console.sent.is_empty(), "the review comes first");
    console.look().press("y");
    let address = |text: &str| NewAddress {
        text: text.into(),
        claim: Claim::Verified,
    };
    let expected = NewUser {
        first_name: Some("Ada".into()),
        last_name: Some("Byron".into()),
        username: Some("ada".into()),
        external_id: Some("crm-1".into()),
        emails: vec![address("ada@example.org")],
        phones: vec![address("+442079460000")],
        password: Some(Secret::new("correct horse ")),
        skip_password_checks: true,
        ..NewUser::default()
    };
    assert_eq!(*console.only_change(), Action::Create(Box::new(expected)));
}

#[test]
fn who_was_made_is_shown_and_listed() {
    let mut console = sent("ada@example.org");
    console.done();
    assert_eq!(console.toast(), "ada@example.org was created.");
    assert!(console.profile().is_some() && !is_open(&console));
    console.settle().press("Esc");
    assert_eq!(console.users().list.len(), 8);
}

#[test]
fn nobody_has_to_be_under_the_cursor() {
    let mut console = Console::with(Vec::new());
    console.look().press("N u").type_text("ada@example.org");
    console.press("Enter").look().press("y");
    assert_eq!(console.sent.len(), 1);
}

#[test]
fn rows_that_move_between_the_keys_do_not_matter() {
    let mut console = Console::with(five_alices());
    console.look().press("N");
    console.world.people.insert(0, person(99, "New One"));
    console.feed(crate::app::Msg::Drawn);
    console.press("u");
    assert!(is_open(&console));
}

#[test]
fn what_cannot_be_is_said_in_its_row() {
    let mut console = typed("ada@example");
    console.press("Enter");
    let (field, words) = mistake(&console);
    assert_eq!(field, Some(Field::Email));
    assert_eq!(words, "An e-mail address looks like name@host.org.");
    console.press("^u").type_text("ada@example.org");
    assert!(form(&console).mistake.is_none(), "typing takes it away");
    console.press("Tab").type_text("0170").press("Tab Enter");
    assert_eq!(mistake(&console).0, Some(Field::Phone));
    assert_eq!(form(&console).focused(), Field::Phone, "the keys go there");
    console
        .press("^u ↓ ↓ ↓ ↓")
        .type_text("pass")
        .press("↓ ↓ ↓ Space Enter");
    assert_eq!(mistake(&console).0, Some(Field::NoPassword));
    console.press("Space ↑ Space ↑ ↑ ^u Enter");
    assert_eq!(mistake(&console).0, Some(Field::SkipChecks));
    console.press("Space ↑ ↑ ↑ ↑ ↑ ↑ ↑ ^u Enter");
    let (field, words) = mistake(&console);
    assert_eq!(
        field,
        Some(Field::Email),
        "somebody has to be found by something"
    );
    assert!(words.ends_with("is needed."));
    assert!(console.sent.is_empty());
}

#[test]
fn y_counts_only_after_a_look() {
    let mut console = typed("ada@example.org");
    console.press("Enter").drawn().later(100).press("y");
    assert_eq!(
        newcomer(&console).note.as_deref(),
        Some("Look first, then y.")
    );
    console.paste("y").later(300).press("Y");
    assert!(
        matches!(newcomer(&console).step, Step::Form(_)),
        "Y cancels"
    );
    console
        .press("Enter")
        .look()
        .press("→")
        .later(300)
        .press("Enter");
    assert_eq!(console.sent.len(), 1);
}

#[test]
fn the_review_goes_back_to_what_was_typed() {
    let mut console = typed("ada@example.org");
    console.press("Enter").look().press("Esc");
    assert_eq!(form(&console).focused(), Field::Email);
    console.type_text("x").press("Enter").look().press("r");
    assert_eq!(form(&console).focused(), Field::Reason);
    console
        .type_text("ticket 7")
        .press("Enter")
        .look()
        .press("y");
    assert_eq!(console.sent[0].reason, Some("ticket 7".into()));
    let Action::Create(new) = console.only_change() else {
        panic!("{:?}", console.sent);
    };
    assert_eq!(new.emails[0].text, "ada@example.orgx".into());
}

#[test]
fn a_refusal_stands_in_its_row_with_what_was_typed() {
    let mut console = sent("ada@example.org");
    let words = "Passwords must be 8 characters or more.";
    console.ends(refusal(422, "form_password_length", "password", words));
    assert_eq!(mistake(&console), (Some(Field::Password), words.to_owned()));
    assert_eq!(console.toast(), "");
    console
        .type_text("long enough")
        .press("Enter")
        .look()
        .press("y");
    assert_eq!(console.sent.len(), 2);
    console.done();
    assert!(console.profile().is_some());
}

#[test]
fn a_refusal_of_nothing_in_the_form_stands_below_it() {
    let mut console = sent("ada@example.org");
    console.ends(refusal(422, "quota", "", "You have too many users."));
    assert_eq!(mistake(&console).0, None);
    assert!(mistake(&console).1.contains("too many users"));
}

#[test]
fn who_has_the_address_is_looked_for() {
    for (status, code) in [(422, "form_identifier_exists"), (409, "conflict")] {
        let mut console = sent("alice.chen@example.com");
        let param = if status == 409 { "" } else { "email_address" };
        console.ends(refusal(status, code, param, "That is taken."));
        let (field, words) = mistake(&console);
        assert_eq!(field, Some(Field::Email));
        assert_eq!(words, "That is taken. F3 looks for who has it.");
        console.press("F3").settle();
        assert!(!is_open(&console));
        let text = console.users().search.text();
        assert_eq!(text, "email:=alice.chen@example.com");
    }
}

#[test]
fn without_an_answer_it_is_looked_for_and_never_sent_again() {
    let mut console = sent("ada@example.org");
    let action = console.sent[0].action.clone();
    console.world.obey(&action);
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "")));
    assert!(
        console
            .toast()
            .starts_with("No answer to the creation. Looking for")
    );
    let by_address = |fetch: &Fetch| {
        matches!(fetch, Fetch::Users { filter, .. } if filter.exact[..].iter()
            .any(|exact| exact.value == "ada@example.org"))
    };
    console.answer(by_address);
    assert_eq!(console.toast(), "ada@example.org was created.");
    assert!(console.profile().is_some());
    assert_eq!(console.settled[0].1, "it was done");
    assert_eq!(console.sent.len(), 1);
}

#[test]
fn what_did_not_happen_comes_back_as_it_was_typed() {
    let mut console = sent("ada@example.org");
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "")));
    console.answer(users_page);
    let (field, words) = mistake(&console);
    assert_eq!(field, None);
    assert_eq!(words, "No answer to the creation, and it did not happen.");
    assert_eq!(console.settled[0].1, "it was not done");
}

#[test]
fn somebody_older_with_the_address_is_not_taken_for_the_new_one() {
    let mut console = sent("alice.chen@example.com");
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "")));
    console.answer(users_page);
    assert!(!is_open(&console) && console.profile().is_none());
    assert!(console.toast().contains("look before you ask again"));
    assert_eq!(console.model.ctx.toast.as_ref().unwrap().tone, Tone::Bad);
    assert!(console.settled.is_empty(), "nobody knows");
}

#[test]
fn where_it_cannot_be_looked_for_nobody_knows() {
    let mut console = sent("ada@example.org");
    console.ends(Outcome::Unknown(error(ErrorKind::TimedOut, "")));
    console.answer_with(users_page, Err(error(ErrorKind::NotConnected, "")));
    assert!(
        console
            .toast()
            .starts_with("Nobody knows yet whether the creation")
    );
    assert!(!is_open(&console) && console.model.jobs.open().is_empty());
}

#[test]
fn who_does_not_wait_is_told_below() {
    let mut console = sent("ada@example.org");
    console.press("Esc");
    assert!(!is_open(&console));
    console.done();
    assert!(console.profile().is_none(), "nothing opens unasked");
    assert_eq!(console.toast(), "ada@example.org was created.");
}

#[test]
fn the_same_is_not_sent_twice() {
    let mut console = sent("ada@example.org");
    console.press("Esc N u").type_text("ada@example.org");
    console.press("Enter").look().press("y");
    assert_eq!(console.sent.len(), 1);
    assert_eq!(console.toast(), "This is on its way already. One moment.");
    console.press("B");
    assert!(!console.has_dialog(), "what was typed for it is no command");
}

#[test]
fn a_password_is_in_no_debug_of_the_console() {
    let mut console = typed("ada@example.org");
    console.press("↓ ↓ ↓ ↓ ↓").type_text("hunter22");
    assert!(!format!("{:?}", console.model).contains("hunter22"));
    console.press("Enter").look();
    assert!(!format!("{:?}", console.model).contains("hunter22"));
    console.press("y");
    assert!(!format!("{:?}", console.model).contains("hunter22"));
    console.done();
    assert!(!format!("{:?}", console.model).contains("hunter22"));
}

#[test]
fn a_reason_is_asked_for_where_the_settings_want_one() {
    let policy = Policy {
        reason_required: true,
        ..Policy::default()
    };
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console
        .settle()
        .look()
        .press("N u")
        .type_text("ada@example.org");
    console.press("Enter");
    assert_eq!(mistake(&console).0, Some(Field::Reason));
    console
        .type_text("ticket 7")
        .press("Enter")
        .look()
        .press("y");
    assert_eq!(console.sent.len(), 1, "{}", console.toast());
}

#[test]
fn what_is_not_allowed_is_not_sent_and_a_read_only_run_offers_nothing() {
    let policy = Policy {
        allow: Some(vec!["invite".to_owned()]),
        ..Policy::default()
    };
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    console.settle().look().press("N");
    assert_eq!(console.toast(), "Newcomers: i invite · l invitations");
    console.press("u");
    assert!(!is_open(&console));
    assert!(console.toast().contains("does not list “create”"));
    let mut console = Console::start_as(five_alices(), (80, 24), Policy::read_only());
    console.settle().look().press("N u");
    assert!(!is_open(&console));
    console.later(300).press("N i");
    assert!(!is_open(&console));
    console.later(300).press("N l");
    assert!(matches!(
        console.model.screen(),
        crate::app::Screen::Invitations(_)
    ));
}

#[test]
fn the_chord_names_what_is_possible_now() {
    let mut console = Console::with(five_alices());
    console.look().press("N");
    assert_eq!(
        console.toast(),
        "Newcomers: u new user · i invite · l invitations"
    );
    console.press("Esc n");
    assert_eq!(
        console.toast(),
        "n does nothing. N makes users and invites."
    );
    let mut console = Console::start_as(five_alices(), (80, 24), Policy::read_only());
    console.settle().look().press("N");
    assert_eq!(console.toast(), "Newcomers: l invitations");
}

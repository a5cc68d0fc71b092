//! Pasted ids and addresses.

use super::harness::{Console, users_page, whole_user};
use super::world::{crowd, error, five_alices, id, not_found, organization, session};
use crate::app::report::fixtures;
use crate::app::*;
use crate::domain::{ErrorKind, Fetch, IdentificationId, UserFilter};

/// The filters that pages are being asked for by.
fn filters(console: &Console) -> Vec<&UserFilter> {
    let filters = console.asked.iter().filter_map(|asked| match &asked.fetch {
        Fetch::Users { filter, .. } => Some(&**filter),
        _ => None,
    });
    filters.collect()
}

#[test]
fn an_email_opens_the_profile_and_the_list_behind_shows_its_person() {
    let mut console = Console::with(five_alices());
    console.paste(" Alice Ng <Alice.Ng@example.com>\n");
    assert_eq!(console.users().search.text(), "alice.ng@example.com");
    assert_eq!(filters(&console)[0].exact[0].value, "alice.ng@example.com");
    console.settle();
    assert_eq!(console.profile(), Some(&id(3)));
    console.press("Esc");
    assert_eq!(console.names(), ["Alice Ng"]);
    assert!(console.model.is_answered() && !console.users().search.focused);
    console.press("Esc").settle();
    assert_eq!(console.names().len(), 7);
}

#[test]
fn a_secondary_address_and_a_phone_number_lead_to_their_person() {
    let mut people = five_alices();
    people[2].emails.push(fixtures::address("ng@old.example"));
    people[3].phones.push(fixtures::address("+4917012345"));
    let mut console = Console::with(people);
    console.press("/").type_text("ng@old.example\r").settle();
    assert_eq!(console.profile(), Some(&id(3)));
    console.press("Esc").paste("+49 (0)170 12345").settle();
    assert_eq!(console.profile(), Some(&id(4)));
}

#[test]
fn whoever_went_on_working_is_not_moved() {
    for key in ["↓", "x", "Esc", "F1"] {
        let mut console = Console::with(five_alices());
        console.paste("alice.ng@example.com").press(key).settle();
        assert_eq!(console.profile(), None, "{key}");
    }
    let mut console = Console::with(five_alices());
    console.paste(id(3).as_str()).press("↓").settle();
    assert_eq!(console.names(), ["Alice Ng"], "the search itself goes on");
    // Enter after a paste is a habit, and asks for the same.
    console.press("Enter").settle();
    assert_eq!(console.profile(), Some(&id(3)));
    let mut console = Console::with(five_alices());
    console.paste(id(3).as_str()).press("Enter");
    assert_eq!(filters(&console).len(), 1);
    console.settle();
    assert_eq!(console.profile(), Some(&id(3)));
}

#[test]
fn a_key_calls_a_jump_elsewhere_off() {
    let mut console = Console::with(five_alices());
    console.world.organizations.push(organization(1, "Acme"));
    console.paste("org_000001");
    assert_eq!(console.toast(), "Looking up org_000001…");
    console.press("j");
    assert_eq!((console.toast(), console.asked.len()), ("", 0));
    console.settle();
    assert!(matches!(console.model.screen(), Screen::Users(_)));
}

#[test]
fn nobody_has_that_id() {
    let mut console = Console::with(five_alices());
    console.paste("user_2nobody1").settle();
    assert_eq!(console.toast(), "Nobody has the id user_2nobody1.");
    assert_eq!(console.users().search.text(), "user_2nobody1");
    assert!(
        words::notice(&console.model)
            .unwrap()
            .text()
            .starts_with("Nothing found for “user_2nobody1”.")
    );
    // From another view the profile is asked for itself, and nobody is moved.
    console.press("Esc Esc 3").settle().paste("user_2nobody1");
    console.answer_with(whole_user, Err(not_found())).settle();
    assert_eq!(console.toast(), "Nobody has the id user_2nobody1.");
    assert!(matches!(console.model.screen(), Screen::Organizations(_)));
    console.paste(id(2).as_str()).settle();
    assert_eq!(console.profile(), Some(&id(2)));
    console.press("Esc");
    assert!(matches!(console.model.screen(), Screen::Organizations(_)));
}

#[test]
fn an_email_that_nobody_has_is_searched_for_as_a_text() {
    let mut console = Console::with(five_alices());
    console.paste("n.ng@example.co");
    assert_eq!(filters(&console)[0].exact.len(), 1);
    console.answer(users_page);
    assert_eq!(*filters(&console)[0], UserFilter::text("n.ng@example.co"));
    console.settle();
    assert_eq!(console.profile(), None);
    console
        .press("Esc Esc")
        .settle()
        .paste("e.ng@example.co")
        .settle();
    assert_eq!(console.names(), ["Alice Ng"], "alice.ng@example.com");
    assert_eq!(console.profile(), None, "it is not exactly theirs");
    assert!(console.model.is_answered());
}

#[test]
fn a_phone_that_several_have_opens_nobody() {
    let mut people = five_alices();
    for person in &mut people[..2] {
        person.phones.push(fixtures::address("+4917012345"));
    }
    let mut console = Console::with(people);
    console.paste("+4917012345").settle();
    assert_eq!(console.profile(), None);
    assert_eq!(console.names(), ["Bob Bell", "Alice Chen"]);
}

#[test]
fn a_session_id_leads_to_it_among_those_of_its_user() {
    let mut console = Console::with(crowd(150));
    let owner = id(140);
    console.world.sessions = vec![
        session(1, &owner, "2026-11-23T14:00:00Z"),
        session(2, &owner, "2026-11-23T13:00:00Z"),
    ];
    console.paste("sess_000002").settle();
    assert_eq!(console.toast(), "Session of Person N140");
    let chosen = console.sessions().list.selected().unwrap();
    assert_eq!(chosen.id.as_str(), "sess_000002");
    console.press("Esc").paste("sess_000009").settle();
    assert_eq!(console.toast(), "No session has the id sess_000009.");
}

#[test]
fn an_ended_session_is_among_those_of_any_state() {
    let mut console = Console::with(five_alices());
    let mut ended = session(1, &id(2), "2026-11-20T14:00:00Z");
    ended.status = crate::domain::SessionStatus::Ended;
    console.world.sessions = vec![ended];
    console.press("2").settle().paste("sess_000001").settle();
    assert_eq!(console.toast(), "Session of Alice Chen");
    assert!(console.sessions().all_states);
    assert_eq!(console.sessions().list.len(), 1);
}

#[test]
fn an_organization_id_typed_in_its_box_leaves_nothing_there() {
    let mut console = Console::with(five_alices());
    console.world.organizations.push(organization(1, "Acme"));
    console
        .press("3")
        .settle()
        .press("/")
        .type_text("org_000001\r")
        .settle();
    assert!(matches!(console.model.screen(), Screen::Members(_)));
    console.press("Esc").settle();
    assert_eq!(console.model.screen().search().unwrap().text(), "");
    console.press("/").type_text("org_000009\r").settle();
    assert_eq!(console.toast(), "No organization has the id org_000009.");
    let search = console.model.screen().search().unwrap();
    assert_eq!((search.text(), search.is_settled()), ("org_000009", true));
}

#[test]
fn an_address_id_leads_to_whose_it_is() {
    let mut people = five_alices();
    people[3].phones.push(fixtures::address("+4917012345"));
    let mut console = Console::with(people);
    let idn = |text: &str| IdentificationId::new(text).unwrap();
    console.world.addresses = vec![
        ("alice.ng@example.com".to_owned(), true, idn("idn_1")),
        ("+4917012345".to_owned(), false, idn("idn_2")),
    ];
    console.paste("idn_1").settle();
    assert_eq!(console.profile(), Some(&id(3)));
    console.press("Esc 3").settle().paste("idn_2").settle();
    assert_eq!(console.profile(), Some(&id(4)));
    console.press("Esc");
    assert_eq!(console.users().search.text(), "+4917012345");
    console.paste("idn_3").settle();
    assert_eq!(console.toast(), "No address has the id idn_3.");
}

#[test]
fn a_paste_within_other_text_is_text() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("x ");
    console.paste("alice.ng@example.com");
    assert_eq!(console.users().search.text(), "x alice.ng@example.com");
    console.settle();
    assert_eq!(console.profile(), None);
}

#[test]
fn a_failed_jump_says_why() {
    let mut console = Console::with(five_alices());
    console.paste("sess_000001");
    let lost = error(ErrorKind::TimedOut, "");
    console.answer_with(|f| matches!(f, Fetch::Session(_)), Err(lost));
    assert_eq!(
        console.toast(),
        "sess_000001 was not looked up: No answer from Clerk in time."
    );
}

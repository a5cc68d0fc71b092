//! From the text in the box to the rows that answer it: what is shown meanwhile,
//! and what may be believed.

use super::harness::{Console, users_page};
use super::world::{crowd, error, five_alices, id, organization};
use crate::app::report::fixtures;
use crate::app::{AnyList, words};
use crate::domain::{ErrorKind, ExactField, Fetch, User};

/// The Alices and the others; some are locked, some have a second factor.
fn people() -> Vec<User> {
    let mut people = five_alices();
    for (user, day) in people.iter_mut().zip((10..20).rev()) {
        user.created = Some(fixtures::at(&format!("2026-11-{day}T08:00:00Z")));
    }
    for n in [1, 3, 6] {
        people[n].locked = true;
    }
    for n in [0, 3] {
        people[n].two_factor = true;
    }
    people
}

const LOCKED: [&str; 3] = ["Alice Chen", "Alice Stone", "Zoe Zhang"];

/// Asks for a text with Enter.
fn asked(console: &mut Console, text: &str) {
    console.press("/ ^u").type_text(text).press("Enter");
}

fn asked_and_answered(text: &str) -> Console {
    let mut console = Console::with(people());
    asked(&mut console, text);
    console.settle();
    console
}

fn header(console: &Console) -> String {
    words::found(&console.model)
}

fn below(console: &Console) -> String {
    words::below(&console.model).map_or_else(String::new, |line| line.text())
}

fn pages(console: &Console) -> usize {
    let asked = console.asked.iter();
    asked.filter(|asked| users_page(&asked.fetch)).count()
}

/// No change opens: the rows are not known to answer the box.
fn refuses(console: &mut Console) {
    console.look().press("B");
    assert!(!console.has_dialog());
    assert_eq!(console.toast(), "Still searching. One moment.");
}

/// A change opens, on this person.
fn opens_on(console: &mut Console, name: &str) {
    console.look().press("B");
    assert_eq!(console.dialog().person.name().raw(), name);
}

#[test]
fn who_was_chosen_at_a_glance_stays_chosen_in_the_answer() {
    let mut console = Console::with(people());
    console.press("/").type_text("alice").press("↓ ↓");
    assert_eq!(console.under_cursor(), "Alice Stone");
    assert_eq!(header(&console), "5 at hand · newest first");
    let line = console.users().list.cursor();
    console.later(150).settle();
    assert_eq!(header(&console), "5 found · newest first");
    assert_eq!(console.under_cursor(), "Alice Stone");
    assert_eq!(console.users().list.cursor(), line);
    opens_on(console.press("Enter"), "Alice Stone");
}

#[test]
fn a_mistake_brings_the_last_good_rows_back() {
    let mut console = asked_and_answered("is:locked");
    assert_eq!(console.names(), LOCKED);
    console.press("/ ^u").type_text("bob");
    assert_eq!(console.names(), ["Bob Bell"]);
    console.type_text(" is:");
    assert_eq!(console.names(), LOCKED);
    assert_eq!(header(&console), "3 found · newest first");
    assert_eq!(pages(&console), 0);
}

#[test]
fn the_text_of_before_has_its_rows_again_and_they_may_be_changed() {
    let mut console = asked_and_answered("is:locked");
    console.press("/").type_text(" zoe");
    assert_eq!(console.names(), ["Zoe Zhang"]);
    console.press("Backspace Backspace Backspace Backspace");
    assert_eq!(console.names(), LOCKED);
    console.later(500);
    assert_eq!(pages(&console), 0);
    opens_on(console.press("Enter"), "Alice Chen");
}

#[test]
fn what_rows_tell_asks_the_server_nothing() {
    let mut console = Console::with(people());
    for (text, names) in [
        ("is:locked", &LOCKED[..]),
        ("is:mfa", &["Bob Bell", "Alice Stone"]),
        ("is:mfa is:locked", &["Alice Stone"]),
        ("-is:locked is:mfa", &["Bob Bell"]),
        ("is:deprovisioned", &[]),
    ] {
        asked(&mut console, text);
        assert_eq!(console.names(), names, "{text}");
        assert_eq!(pages(&console), 0, "{text}");
        assert!(console.model.is_answered(), "{text}");
        assert_eq!(
            header(&console),
            format!("{} found · newest first", names.len())
        );
        assert_eq!(below(&console), "Filtered among all 7.");
    }
}

#[test]
fn it_says_among_how_many_of_how_many() {
    let mut people = crowd(400);
    people[3].locked = true;
    people[370].locked = true;
    let mut console = Console::with(people);
    console.withhold();
    asked(&mut console, "is:locked");
    console.rank_newest();
    assert_eq!(console.names(), ["Person N4"]);
    assert_eq!(
        below(&console),
        "Filtered among 100 of 400 read. :load reads the rest."
    );
    console.withheld = None;
    console.settle();
    assert_eq!(console.names(), ["Person N4", "Person N371"]);
    assert_eq!(below(&console), "Filtered among all 400.");
}

#[test]
fn no_change_opens_before_the_rows_at_hand_were_judged() {
    let mut console = Console::with(people());
    console.withhold();
    asked(&mut console, "is:locked");
    assert_eq!(header(&console), "searching · newest first");
    refuses(&mut console);
    console.rank_newest();
    opens_on(&mut console, "Alice Chen");
}

#[test]
fn what_was_found_for_an_older_text_is_dropped() {
    let mut console = Console::with(people());
    console.withhold();
    console.press("/").type_text("bob");
    let (ticket, quest) = console.withheld.as_mut().unwrap().pop().unwrap();
    console.press("^u").type_text("zoe").rank_newest();
    assert_eq!(console.names(), ["Zoe Zhang"]);
    console.ranked(ticket, &quest);
    assert_eq!(console.names(), ["Zoe Zhang"]);
    console.press("Esc");
    assert_eq!(console.names().len(), 7, "nor does it fill an empty box");
}

#[test]
fn rows_that_were_judged_for_nobody_answer_no_text() {
    let mut console = asked_and_answered("alice");
    console.withhold();
    asked(&mut console, "is:locked");
    // Everybody is shown, and not judged yet; the text of before is typed again.
    console.press("/ ^u").type_text("alice");
    assert!(!console.model.is_answered());
    console.rank_newest().rank_newest();
    console.withheld = None;
    console.later(500).settle();
    assert_eq!(console.names().len(), 5);
    assert_eq!(header(&console), "5 found · newest first");
}

#[test]
fn a_page_read_on_does_not_answer_what_was_typed_meanwhile() {
    let mut people = crowd(400);
    people[3].locked = true;
    let mut console = Console::with(people);
    asked(&mut console, "is:locked");
    let page = console.ask(users_page);
    console.press("/").type_text(" n371");
    let answer = console.world.answer(&page.fetch);
    console.reply(&page, answer);
    assert!(!console.model.is_answered());
    console.later(150);
    assert_eq!(pages(&console), 1, "it is asked for");
    console.settle();
    assert!(console.names().is_empty());
}

#[test]
fn rows_of_an_older_text_do_not_answer_for_an_organization() {
    let mut console = Console::with(people());
    console.world.organizations = vec![organization(1, "Acme")];
    asked(&mut console, "alice");
    let late = console.ask(users_page);
    asked(&mut console, "alice org:acme");
    let answer = console.world.answer(&late.fetch);
    console.reply(&late, answer);
    refuses(&mut console);
    console.settle();
    assert!(console.model.is_answered());
}

/// The organizations that the next page is asked for by.
fn organizations(console: &mut Console) -> Vec<(String, bool)> {
    let Fetch::Users { filter, .. } = console.ask(users_page).fetch else {
        panic!("a page of users");
    };
    let exact = filter.exact.iter();
    let exact = exact.filter(|exact| exact.field == ExactField::Organization);
    exact
        .map(|exact| (exact.value.clone(), exact.negated))
        .collect()
}

fn with_organizations(text: &str) -> Console {
    let mut console = Console::with(people());
    let mut slug = organization(1, "Acme Research");
    slug.slug = Some("acme".into());
    console.world.organizations = vec![slug, organization(2, "Acme"), organization(3, "Beta Acme")];
    asked(&mut console, text);
    while pages(&console) == 0 && !console.asked.is_empty() {
        console.answer_next();
    }
    console
}

#[test]
fn organizations_are_found_by_slug_name_and_id() {
    for (text, expected) in [
        ("org:acme", &[("org_000001", false)][..]),
        ("-org:acme", &[("org_000001", true)]),
        ("org:\"beta acme\"", &[("org_000003", false)]),
        ("org:research", &[("org_000001", false)]),
        ("org:org_000009", &[("org_000009", false)]),
        (
            "org:acme -org:beta",
            &[("org_000001", false), ("org_000003", true)],
        ),
    ] {
        let mut console = with_organizations(text);
        let found = organizations(&mut console);
        let found: Vec<(&str, bool)> = found.iter().map(|(id, not)| (id.as_str(), *not)).collect();
        assert_eq!(found.len(), expected.len(), "{text}");
        assert!(
            expected.iter().all(|one| found.contains(one)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn an_organization_that_is_not_the_only_one_or_none_is_said_and_nobody_is_asked_for() {
    for (text, says) in [
        ("org:nowhere", "There is no organization “nowhere”."),
        (
            "org:ac",
            "3 organizations are called so: acme, Acme, Beta Acme. Which one?",
        ),
    ] {
        let mut console = with_organizations(text);
        assert_eq!(console.users().search.trouble.as_deref(), Some(says));
        assert_eq!(pages(&console), 0);
        refuses(&mut console);
        console.later(300).press("/").type_text("x");
        assert_eq!(console.users().search.trouble, None);
    }
}

#[test]
fn an_organization_that_is_not_meant_any_more_says_nothing() {
    let mut console = Console::with(people());
    asked(&mut console, "org:acm");
    let late = console.ask(|fetch| matches!(fetch, Fetch::Organizations { .. }));
    asked(&mut console, "zoe");
    let answer = console.world.answer(&late.fetch);
    console.reply(&late, answer);
    assert_eq!(console.users().search.trouble, None);
    console.settle();
    assert_eq!(console.names(), ["Zoe Zhang"]);
}

#[test]
fn clearing_the_box_comes_back_to_the_rows_of_before() {
    let mut console = Console::with(crowd(900));
    console.walk_down().settle().walk_down().settle();
    let rows = console.names();
    assert!(rows.len() > 500, "{}", rows.len());
    console.press("Home");
    asked(&mut console, "n77");
    console.settle();
    assert!(console.names().len() < 20);
    console.press("/ Esc");
    assert_eq!(console.names(), rows, "before anything is answered");
    assert!(console.model.is_answered());
    console.settle();
    assert_eq!(console.names(), rows);
}

#[test]
fn where_nobody_is_found_those_who_are_alike_are_counted_as_that() {
    let mut console = Console::with(people());
    asked(&mut console, "alcechn");
    assert_eq!(header(&console), "1 alike at hand");
    console.settle();
    assert_eq!(console.names(), ["Alice Chen"]);
    assert_eq!(header(&console), "none found · 1 alike");
}

#[test]
fn a_filter_stays_when_the_rows_are_read_again() {
    let mut console = asked_and_answered("is:locked");
    console.world.find_mut(&id(1)).locked = true;
    console.press("r").settle();
    assert_eq!(
        console.names(),
        ["Bob Bell", "Alice Chen", "Alice Stone", "Zoe Zhang"]
    );
    assert_eq!(header(&console), "4 found · newest first");
    let lost = error(ErrorKind::TimedOut, "No answer.");
    console.press("r").answer_with(users_page, Err(lost));
    assert_eq!(console.names().len(), 4);
    assert!(console.model.is_answered());
}

#[test]
fn who_is_banned_or_deleted_in_a_filtered_list_is_so_there() {
    let mut console = asked_and_answered("is:locked");
    console.look().press("B").settle().look().press("y").done();
    assert_eq!(console.names(), LOCKED);
    assert_eq!(console.selected().status, crate::domain::Status::Banned);
    console.look().press("D").settle().look();
    console.type_text("000002").later(100).press("Enter").done();
    assert_eq!(console.names(), LOCKED[1..]);
    assert_eq!(header(&console), "2 found · newest first");
    assert_eq!(below(&console), "Filtered among all 6.");
    assert_eq!(console.under_cursor(), "Alice Stone");
}

#[test]
fn another_order_sorts_those_who_passed() {
    let mut console = asked_and_answered("is:locked");
    assert_eq!(console.names(), LOCKED);
    console.press("o ↓ Enter").settle();
    assert_eq!(header(&console), "3 found · oldest first");
    let mut rising = LOCKED;
    rising.reverse();
    assert_eq!(console.names(), rising);
    assert!(console.model.is_answered());
}

#[test]
fn a_list_whose_people_come_one_by_one_does_not_answer_the_text_of_before() {
    let mut console = asked_and_answered("zoe");
    let addresses = ["bob.bell@example.com", "alice.ng@example.com"];
    console.paste(&addresses.join("\n"));
    // While it is looked up, the text of before is typed again.
    console.press("/").type_text("zoe");
    assert!(!console.model.is_answered());
    console.press("Enter").settle();
    assert_eq!(console.names(), ["Zoe Zhang"]);
}

#[test]
fn rows_that_come_while_somebody_types_are_looked_at_for_the_text() {
    let mut console = Console::start(people());
    console.press("/").type_text("ali");
    assert!(console.names().is_empty(), "nobody is known yet");
    console.answer(users_page);
    assert_eq!(console.names().len(), 5);
    assert_eq!(header(&console), "5 at hand · newest first");
}

#[test]
fn a_change_waits_for_the_search_where_nobody_is_at_hand_too() {
    let mut console = Console::with(people());
    asked(&mut console, "@@@@");
    assert!(console.names().is_empty());
    refuses(&mut console);
}

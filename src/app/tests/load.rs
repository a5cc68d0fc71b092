//! `:load`: what is said, and what pauses, goes on, stops and fails.

use std::time::Duration;

use super::harness::{Asked, Console, users_page};
use super::world::{aged, error, id, person};
use crate::app::load::words::progress;
use crate::app::{Msg, Pace, Part, act, words};
use crate::domain::{ErrorKind, Fetch, User};

/// A console that has begun to load and awaits pages of windows.
fn walking(people: usize) -> Console {
    walking_under(people, 40)
}

/// The same, with so many requests in 10 s for the background.
fn walking_under(people: usize, background: u32) -> Console {
    let mut console = Console::with(aged(people));
    let pace = Pace {
        background,
        ..Pace::default()
    };
    console.feed(Msg::Pace(pace));
    console.press(":load");
    console.answer(|fetch| matches!(fetch, Fetch::UserCount { .. }));
    console.answer(users_page);
    console
}

fn said(console: &Console) -> String {
    let line = progress(&console.model, 200);
    line.map_or_else(String::new, |line| line.text())
}

/// The reads of the load that are under way.
fn under_way(console: &Console) -> Vec<Asked> {
    let of_load = |asked: &&Asked| matches!(asked.slot.part, Part::Window(_));
    console.asked.iter().filter(of_load).cloned().collect()
}

fn fail_all(console: &mut Console, kind: ErrorKind, wait: Option<Duration>) {
    for asked in under_way(console) {
        console.asked.retain(|other| other.ticket != asked.ticket);
        let mut error = error(kind, "Out of order.");
        error.retry_after = wait;
        console.reply(&asked, Err(error));
    }
}

#[test]
fn everybody_is_loaded_and_the_list_is_complete() {
    let mut console = Console::with(aged(3_000));
    assert_eq!(said(&console), "");
    console.press("j j :load");
    assert_eq!(
        said(&console),
        "Loading 0 of 3,000 · :load pauses · ^c stops"
    );
    console.settle();
    assert_eq!(console.toast(), "3,000 users loaded.");
    let expected: Vec<String> = (1..=3_000).map(|n| format!("Person N{n}")).collect();
    assert_eq!(console.names(), expected);
    assert_eq!(console.under_cursor(), "Person N3");
    assert!(console.users().list.roll().is_complete());
    assert!(console.users().loading.is_none() && console.asked.is_empty());
    console.press("G").press(":load");
    assert_eq!(console.under_cursor(), "Person N3000");
    assert_eq!(console.toast(), "All are here already: 3,000 users.");
}

#[test]
fn a_larger_limit_has_more_walkers() {
    for (background, walkers) in [(4, 4), (40, 8), (400, 10), (1_000, 24), (0, 24)] {
        let console = walking_under(84_210, background);
        assert_eq!(under_way(&console).len(), walkers, "{background}");
    }
}

#[test]
fn several_pages_are_under_way_at_once_and_the_rate_is_told() {
    let mut console = walking(84_210);
    assert_eq!(under_way(&console).len(), 8);
    for _ in 0..10 {
        console.later(250).answer(users_page);
    }
    let text = said(&console);
    let parts: Vec<&str> = text.split(" · ").collect();
    assert_eq!(parts[0], "Loading 5,500 of 84,210");
    assert_eq!(parts[1], "2,000 a second");
    assert_eq!(parts[2], "about 40 s");
    assert_eq!(parts[3..], [":load pauses", "^c stops"]);
    let narrow = progress(&console.model, 40).unwrap().text();
    assert_eq!(narrow, "Loading 5,500 of 84,210 · 2,000 a second");
}

#[test]
fn it_pauses_and_goes_on_from_there() {
    let mut console = walking(6_000);
    console.answer(users_page).answer(users_page);
    console.press(":load");
    assert!(under_way(&console).is_empty(), "nothing is under way");
    assert_eq!(
        said(&console),
        "Loading paused at 1,188 of 6,000. :load goes on."
    );
    console.settle().later(60_000).settle();
    assert!(console.asked.is_empty() && console.users().loading.is_some());
    console.press(":load");
    assert!(said(&console).starts_with("Loading 1,188 of 6,000"));
    console.settle();
    assert_eq!(console.toast(), "6,000 users loaded.");
    assert_eq!(console.names().len(), 6_000);
}

#[test]
fn esc_leaves_it_alone_and_ctrl_c_stops_it() {
    let mut console = walking(6_000);
    console.answer(users_page).press("Esc q");
    console = walking(6_000);
    console.answer(users_page).press("Esc");
    assert!(console.users().loading.is_some());
    console.press("^c");
    assert!(console.users().loading.is_none() && !console.quit);
    assert!(under_way(&console).is_empty());
    assert_eq!(
        console.toast(),
        "Loading stopped. 1,000 users read so far stay known here."
    );
    assert!(console.model.people.book().len() >= 1_000);
    console.press("^c");
    assert!(console.quit);
}

#[test]
fn the_palette_offers_what_can_be_done() {
    let sentences = |console: &Console| -> Vec<&str> {
        let offered = act::applicable(&console.model);
        let of_load = offered.iter().map(|command| command.entry().sentence);
        of_load
            .filter(|text| text.to_lowercase().contains("load"))
            .collect()
    };
    let mut console = Console::with(aged(6_000));
    assert_eq!(
        sentences(&console),
        ["Load everything that the search finds"]
    );
    console.press(":load");
    let stop = "Stop loading, and keep what was read";
    assert_eq!(sentences(&console), ["Pause loading", stop]);
    console.press(":load");
    assert_eq!(sentences(&console), ["Go on loading", stop]);
    console.press("2");
    assert!(sentences(&console).is_empty());
}

#[test]
fn a_wait_that_clerk_asks_for_is_no_failure() {
    let mut console = walking(6_000);
    for _ in 0..20 {
        fail_all(
            &mut console,
            ErrorKind::RateLimited,
            Some(Duration::from_secs(7)),
        );
        assert!(under_way(&console).is_empty());
        console.later(6_999);
        assert!(under_way(&console).is_empty());
        console.later(1);
        assert_eq!(under_way(&console).len(), 8);
    }
    console.settle();
    assert_eq!(console.toast(), "6,000 users loaded.");
}

#[test]
fn a_page_that_keeps_failing_pauses_the_load() {
    let mut console = walking(6_000);
    for rest in [500, 1_000, 2_000, 4_000, 8_000] {
        fail_all(&mut console, ErrorKind::Server, None);
        console.later(rest - 1);
        assert!(under_way(&console).is_empty());
        console.later(1);
        assert_eq!(under_way(&console).len(), 8);
    }
    fail_all(&mut console, ErrorKind::Server, None);
    console.later(60_000);
    assert!(under_way(&console).is_empty() && console.wakes.is_empty());
    assert_eq!(
        console.toast(),
        "Clerk has trouble. Out of order. Loading is paused. :load goes on."
    );
    console.press(":load").settle();
    assert_eq!(console.names().len(), 6_000);
}

#[test]
fn a_key_that_is_refused_pauses_it_at_once() {
    let mut console = walking(6_000);
    fail_all(&mut console, ErrorKind::KeyRefused, None);
    assert!(under_way(&console).is_empty() && console.users().loading.is_some());
    assert_eq!(
        console.toast(),
        "Clerk does not accept this key. Out of order. Loading is paused. :load goes on."
    );
}

#[test]
fn other_orders_are_made_here_and_it_says_so() {
    let mut people = aged(1_200);
    people[700] = User {
        created: people[700].created,
        ..person(701, "Aaron Zero")
    };
    let mut console = Console::with(people);
    console.press("o g j j j j j j j j j Enter").settle();
    assert_eq!(words::found(&console.model), "e-mail ↑");
    console.press(":load").settle();
    let names = console.names();
    assert_eq!(names[..2], ["Aaron Zero", "Person N1000"]);
    assert_eq!(names.len(), 1_200);
    assert_eq!(words::found(&console.model), "e-mail ↑ · sorted here");
}

#[test]
fn an_order_that_rows_do_not_hold_stays_clerks() {
    let mut console = Console::with(aged(1_200));
    console.press("o g j j j j j j Enter").settle();
    assert_eq!(words::found(&console.model), "changed last ↓");
    console.press(":load").settle();
    assert!(
        console
            .toast()
            .starts_with("1,200 users loaded. Only Clerk knows")
    );
    assert_eq!(console.names().len(), 100);
    assert_eq!(console.model.people.book().len(), 1_200);
}

#[test]
fn another_search_meanwhile_is_left_alone() {
    let mut console = walking(1_200);
    console.press("/").type_text("N77\r");
    let of_search = |fetch: &Fetch| matches!(fetch, Fetch::Users { filter, .. } if !filter.is_open() && filter.created.is_open());
    console.answer(of_search);
    console.settle().later(1_000).settle();
    assert_eq!(
        console.toast(),
        "1,200 users loaded. The list shows another search now."
    );
    assert!(console.names().iter().all(|name| name.contains("N77")));
}

#[test]
fn who_was_deleted_here_does_not_come_back_by_an_older_page() {
    let mut console = walking(1_200);
    let page = console.ask(users_page);
    let older = console.world.answer(&page.fetch);
    let victim = console.model.people.get(&id(1)).unwrap().id;
    console.look().press("g D");
    let of_dialog = |asked: &&Asked| !matches!(asked.slot.part, Part::Window(_));
    for asked in console.asked.clone().iter().filter(of_dialog) {
        console.asked.retain(|other| other.ticket != asked.ticket);
        let answer = console.world.answer(&asked.fetch);
        console.reply(asked, answer);
    }
    console.look();
    console.type_text("000001").later(200).press("Enter").done();
    console.reply(&page, older).settle();
    assert!(console.model.people.get(&victim).is_none());
    assert_eq!(console.names().len(), 1_199);
    assert!(!console.names().contains(&"Person N1".to_owned()));
}

#[test]
fn who_signs_up_in_the_newest_millisecond_does_not_end_it_early() {
    let mut console = walking(1_001);
    let newest = console.world.people[0].created;
    for n in 2_000..2_300 {
        let mut new = person(n, "New Comer");
        new.created = newest;
        console.world.people.insert(0, new);
    }
    // The newest window comes first, with more than were counted.
    console.answer(users_page).settle();
    for n in 1..=1_001 {
        assert!(console.model.people.get(&id(n)).is_some(), "{n} is missing");
    }
    assert_eq!(console.names().len(), 1_301);
}

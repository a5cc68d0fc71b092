//! The search box: mistakes in it, what Tab completes, what was searched before.

use super::harness::{Console, users_page};
use super::world::{five_alices, organization};
use crate::app::report::fixtures::at;
use crate::app::search::below;
use crate::app::{AnyList, words};
use crate::domain::{Fetch, Organization};

fn below_box(console: &Console) -> Vec<String> {
    let lines = below::lines(&console.model);
    lines.iter().map(crate::app::document::Line::text).collect()
}

#[test]
fn a_mistake_is_shown_at_its_place_and_nothing_is_asked() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice nmae:x").later(1_000);
    assert!(!console.asks(users_page));
    assert_eq!(console.names().len(), 7, "the rows stay");
    let below = below_box(&console);
    assert!(
        below[0].starts_with("         ^ There is no word nmae: here."),
        "{below:?}"
    );
    console.press("Enter").later(1_000);
    assert!(!console.asks(users_page));
    console.press("/ ^u").type_text("alice").later(150);
    assert!(console.asks(users_page));
    assert!(below_box(&console).is_empty());
}

#[test]
fn a_mistake_keeps_changes_closed_and_says_what_it_is() {
    let mut console = Console::with(five_alices());
    console
        .look()
        .press("/")
        .type_text("is:baned")
        .press("Enter")
        .look();
    console.press("B");
    assert!(!console.has_dialog());
    assert!(
        console.toast().starts_with("is: takes banned,"),
        "{}",
        console.toast()
    );
}

#[test]
fn the_help_of_a_mistake_fits_into_every_window() {
    for size in [(40, 10), (60, 15), (80, 24), (160, 45)] {
        let mut console = Console::start_as(five_alices(), size, crate::domain::Policy::default());
        console.settle().press("/").type_text("created:soon");
        let long = "is here to push it out of the window, as far as it goes: ";
        for text in [long, long] {
            let below = below_box(&console);
            assert!((1..=4).contains(&below.len()), "{below:?}");
            let width = usize::from(size.0);
            assert!(
                below
                    .iter()
                    .all(|line| crate::app::text::width(line) <= width)
            );
            assert!(
                below[0].contains('^') || below[1].contains('^'),
                "{below:?}"
            );
            let areas = crate::app::layout::areas(&console.model).unwrap();
            assert_eq!(usize::from(areas.below_bar.height), below.len());
            assert!(areas.rows.height > 0);
            console.press("Home").type_text(text).press("Home");
        }
    }
}

#[test]
fn rows_move_down_by_the_lines_below_the_box() {
    let mut console = Console::with(five_alices());
    let rows = crate::app::layout::page_rows(&console.model);
    console.press("/").type_text("is:x");
    assert_eq!(crate::app::layout::page_rows(&console.model), rows - 1);
    assert_eq!(console.users().list.len(), 7);
}

fn text(console: &Console) -> &str {
    console.users().search.input().value()
}

#[test]
fn tab_completes_the_only_word() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("alice usern").press("Tab");
    assert_eq!(text(&console), "alice username:");
    console.press("^u").type_text("-is:b").press("Tab");
    assert_eq!(text(&console), "-is:banned");
    assert!(below_box(&console).is_empty());
    console.later(150);
    assert!(console.asks(users_page), "completed text is text");
}

#[test]
fn tab_goes_through_several_words_and_back() {
    let mut console = Console::with(five_alices());
    console.press("/").type_text("i").press("Tab");
    assert_eq!(text(&console), "i");
    assert_eq!(below_box(&console), ["   id:  is:  "]);
    console.press("Tab");
    assert_eq!(text(&console), "id:");
    console.press("Tab");
    assert_eq!(text(&console), "is:");
    console.press("Tab S-Tab");
    assert_eq!(text(&console), "is:");
    assert_eq!(below_box(&console), ["   id:  is:  "], "not the mistake");
    console.type_text("m");
    assert!(below_box(&console)[0].contains('^'));
    console.press("Tab");
    assert_eq!(text(&console), "is:mfa");
}

#[test]
fn tab_offers_all_words_in_any_window() {
    let mut console = Console::start_as(five_alices(), (40, 10), crate::domain::Policy::default());
    console.settle().press("/ Tab");
    for _ in 0..30 {
        console.press("Tab");
        let below = below_box(&console);
        assert_eq!(below.len(), 1);
        assert!(below[0].contains(text(&console)), "{below:?}");
        assert!(crate::app::text::width(below[0].trim_end()) <= 40);
    }
    console.press("Esc");
    assert_eq!(text(&console), "");
    assert!(below_box(&console).is_empty());
}

#[test]
fn earlier_searches_come_back_and_then_the_unfinished_text() {
    let mut console = Console::with(five_alices());
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    console.press("/ ^u").type_text("zoe").later(150).settle();
    console.press("^u").type_text("unfin").press("^p");
    assert_eq!(text(&console), "zoe");
    console.press("^p ^p");
    assert_eq!(text(&console), "alice");
    console.later(150).settle();
    assert_eq!(console.names().len(), 5, "what comes back is searched for");
    console.press("^n ^n");
    assert_eq!(text(&console), "unfin");
    console.press("^p Backspace ^p");
    assert_eq!(text(&console), "alice", "zo was typed; alice came last");
}

#[test]
fn organizations_are_judged_here_by_what_clerk_does_not_know() {
    let mut console = Console::with(five_alices());
    let days = ["2026-11-23", "2026-11-01", "2026-01-01"];
    console.world.organizations = days
        .iter()
        .enumerate()
        .map(|(n, day)| Organization {
            created: Some(at(&format!("{day}T10:00:00Z"))),
            ..organization(n, ["Acme", "Acme Labs", "Beta"][n])
        })
        .collect();
    let shown = |console: &Console| console.model.screen().list().unwrap().len();
    console
        .press("3")
        .settle()
        .press("/")
        .type_text("acme created:>7d")
        .press("Enter");
    let asked =
        |fetch: &Fetch| matches!(fetch, Fetch::Organizations { query, .. } if query == "acme");
    assert!(console.asks(asked));
    assert_eq!(shown(&console), 3);
    console.settle();
    assert_eq!(shown(&console), 1);
    assert_eq!(words::found(&console.model), "1 found among 2 read");
    console
        .press("/ ^u")
        .type_text("id:org_000002")
        .press("Enter")
        .settle();
    assert_eq!(shown(&console), 0, "the other end finds no ids");
    console
        .press("/ ^u")
        .type_text("-id:org_000002 created:>1y")
        .press("Enter")
        .settle();
    let notice = words::notice(&console.model).unwrap().text();
    assert!(
        notice.ends_with("among 3 organizations read. Esc clears the search."),
        "{notice}"
    );
}

#[test]
fn the_help_names_every_word_of_the_view() {
    use crate::domain::search::{FIELDS, FLAGS, Scope};
    for scope in Scope::ALL {
        let lines = crate::app::search::help::lines(scope, 40);
        let has = |word: String| lines.iter().any(|line| line.word.starts_with(&word));
        for row in FIELDS.iter().filter(|row| row.field.works_in(scope)) {
            assert!(has(format!("{}:", row.word)), "{}", row.word);
        }
        for row in FLAGS.iter().filter(|row| row.scope == scope) {
            assert!(has(format!("{}:{}", row.field.help().word, row.word)));
        }
        assert!(
            lines
                .iter()
                .all(|line| crate::app::text::width(&line.text) <= 40)
        );
    }
}

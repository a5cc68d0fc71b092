//! The search box: mistakes in it, what Tab completes, what was searched before.

use super::harness::{Console, users_page};
use super::world::five_alices;
use crate::app::AnyList;
use crate::app::search::below;

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

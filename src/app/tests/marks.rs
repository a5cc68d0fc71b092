//! Marks: who is marked, and that they stay so whatever the rows do.

use super::harness::{Console, users_page};
use super::world::{World, aged, crowd, id, organization, person};
use crate::app::marks::{Mark, Place, at};
use crate::app::{Screen, act, words};
use crate::domain::{Policy, UserId};

fn marked(console: &Console) -> Vec<UserId> {
    console.model.marks.ids().cloned().collect()
}

fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<UserId> {
    numbers.into_iter().map(id).collect()
}

/// What the line of the marks says.
fn said(console: &Console) -> String {
    words::marked(&console.model).map_or_else(String::new, |line| line.text())
}

fn search(console: &mut Console, text: &str) {
    console
        .press("/ ^u")
        .type_text(text)
        .press("Enter")
        .settle();
}

#[test]
fn space_marks_and_steps_and_unmarks() {
    let mut console = Console::with(crowd(4));
    let before = console.model.marks.version();
    console.press("Space Space ↓ Space");
    assert_eq!(marked(&console), ids([1, 2, 4]));
    assert_eq!(said(&console), "3 marked · u unmarks");
    assert_ne!(console.model.marks.version(), before);
    let marks = [0, 1, 2, 3].map(|line| at(&console.model, line));
    assert_eq!(
        marks,
        [Mark::Marked, Mark::Marked, Mark::None, Mark::Marked]
    );
    console.press("g Space");
    assert_eq!(marked(&console), ids([2, 4]), "in the order of marking");
    console.press("g Space");
    assert_eq!(marked(&console), ids([2, 4, 1]));
}

#[test]
fn marks_hold_through_searching_sorting_reading_again_and_other_views() {
    let mut console = Console::with(crowd(20));
    console.press("Space Space");
    search(&mut console, "N1");
    assert_eq!(said(&console), "2 marked, 1 not in this list · u unmarks");
    search(&mut console, "N7");
    assert_eq!(said(&console), "2 marked, 2 not in this list · u unmarks");
    console.press("Esc").settle().press("r").settle();
    assert_eq!(said(&console), "2 marked · u unmarks");
    console.press("o ↓ Enter").settle();
    assert_eq!(console.names()[0], "Person N20");
    assert_eq!(at(&console.model, 19), Mark::Marked);
    for view in ["2", "3"] {
        console.press(view).settle();
        assert_eq!(said(&console), "2 marked · u unmarks");
        console.press("Esc");
    }
    console.press("1 Enter").settle();
    assert_eq!(said(&console), "", "a profile is always that person");
    console.press("Esc q Esc");
    assert_eq!(marked(&console), ids([1, 2]), "Esc never drops marks");
}

#[test]
fn who_is_deleted_leaves_the_marks() {
    let mut console = Console::with(crowd(4));
    console.press("Space Space Space g").look();
    console.press("x").look().press("D").settle().look();
    console.type_text("000001").later(200).press("Enter").done();
    assert_eq!(marked(&console), ids([2, 3]));
    console.press("u u");
    assert_eq!(marked(&console), ids([2, 3]));
}

#[test]
fn u_unmarks_all_and_u_again_brings_them_back() {
    let mut console = Console::with(crowd(4));
    console.press("u");
    assert_eq!(console.toast(), "u does nothing here. ? shows what does.");
    console.press("Space Space u");
    assert_eq!(console.toast(), "2 unmarked. u again brings them back.");
    assert!(console.model.marks.is_empty() && said(&console).is_empty());
    console.press("2").settle().press("u");
    assert_eq!(console.toast(), "2 marked again.");
    assert_eq!(marked(&console), ids([1, 2]));
}

#[test]
fn space_marks_whom_the_person_saw_where_rows_arrived_since() {
    let mut console = Console::with(crowd(3));
    console.press("r");
    console.world.people.insert(0, person(9, "New Nora"));
    let mut newest = console.world.people.clone();
    newest.retain(|user| user.id != id(1));
    console.world = World::of(newest);
    console.answer(users_page);
    assert_ne!(console.under_cursor(), "Person N1");
    console.press("Space");
    assert_eq!(marked(&console), ids([1]), "not who took the place");
}

#[test]
fn members_are_marked_too_and_counted_when_their_rows_become_known() {
    let mut console = Console::start(crowd(300));
    let acme = organization(1, "Acme");
    console.world.members = [1, 2, 290].map(|n| (acme.id.clone(), id(n))).into();
    console.world.organizations = vec![acme];
    console.settle().press("3").settle().press("Enter").settle();
    assert!(matches!(console.model.screen(), Screen::Members(_)));
    console.press("Space Space Space");
    assert_eq!(marked(&console), ids([1, 2, 290]));
    assert_eq!(said(&console), "3 marked · u unmarks");
    console.press("1").drawn();
    assert_eq!(said(&console), "3 marked, 1 not in this list · u unmarks");
    console.press("G").settle();
    assert_eq!(console.under_cursor(), "Person N300");
    assert_eq!(said(&console), "3 marked · u unmarks");
}

#[test]
fn who_only_looks_marks_nobody() {
    let policy = Policy {
        read_only: true,
        ..Policy::default()
    };
    let mut console = Console::start_as(crowd(3), (80, 24), policy);
    console.settle().press("Space u");
    assert!(console.model.marks.is_empty());
    let offered = act::applicable(&console.model);
    assert!(!offered.contains(&crate::app::Command::Mark));
}

#[test]
fn the_frame_notes_which_marks_stood() {
    let mut console = Console::with(crowd(3));
    console.press("Space");
    let seen = |console: &Console| console.model.seen.as_ref().map(|seen| seen.marks);
    assert_ne!(seen(&console), Some(console.model.marks.version()));
    console.drawn();
    assert_eq!(seen(&console), Some(console.model.marks.version()));
}

#[test]
fn marks_that_come_and_go_keep_their_order() {
    let mut console = Console::with(crowd(100));
    for _ in 0..100 {
        console.press("Space");
    }
    console.press("g");
    for _ in 0..50 {
        console.press("Space ↓");
    }
    assert_eq!(marked(&console), ids((2..=100).step_by(2)));
    assert_eq!(console.model.marks.len(), 50);
    assert!(console.model.marks.contains(&id(100)));
}

/// What stands in front of the first rows.
fn signs(console: &Console, rows: usize) -> String {
    let sign = |line| match at(&console.model, line) {
        Mark::None => '.',
        Mark::Marked => '+',
        Mark::InRange(Place::Only) => '[',
        Mark::InRange(Place::First) => '┌',
        Mark::InRange(Place::Within) => '│',
        Mark::InRange(Place::Last) => '└',
    };
    (0..rows).map(sign).collect()
}

#[test]
fn a_range_goes_down_and_up_and_is_marked_or_dropped() {
    let mut console = Console::with(crowd(6));
    console.press("↓ v").drawn();
    assert_eq!(signs(&console, 6), ".[....");
    assert_eq!(said(&console), "Range of 1 · v marks it · Esc drops it");
    console.press("↓ ↓").drawn();
    assert_eq!(signs(&console, 6), ".┌│└..");
    console.press("v");
    assert_eq!(signs(&console, 6), ".+++..");
    console.press("G v k").drawn().press("Space");
    assert_eq!(signs(&console, 6), ".+++++");
    assert_eq!(console.under_cursor(), "Person N5", "it does not step");
    console.press("g v").drawn();
    assert_eq!(
        said(&console),
        "5 marked · range of 1 · v marks it · Esc drops it"
    );
    console.press("Esc");
    for key in ["Esc", "q", "^c"] {
        console.press("g v").drawn().press(key);
        assert_eq!(signs(&console, 6), ".+++++", "{key} never drops the marks");
        assert!(!console.quit, "{key}");
    }
    console.press("v 2").settle().press("1").settle();
    assert!(console.model.range.is_none(), "it ends with the view");
}

#[test]
fn nobody_is_marked_who_came_into_the_range_unseen() {
    let mut console = Console::with(crowd(6));
    console.press("v ↓ ↓").drawn();
    console.world.people.insert(1, person(9, "New Nora"));
    console.press("r").settle().press("r").drawn();
    assert_eq!(signs(&console, 7), "┌││└...", "it grows with the rows");
    console.world.people.remove(1);
    console.answer(users_page);
    assert_eq!(console.names().len(), 6);
    console.press("v");
    assert_eq!(
        console.toast(),
        "Rows have just arrived. Look again, then v."
    );
    assert!(console.model.marks.is_empty());
    console.drawn().press("v");
    assert_eq!(marked(&console), ids([1, 2, 3]));
}

#[test]
fn a_range_whose_first_row_is_gone_ends() {
    let mut console = Console::with(crowd(6));
    console.press("v ↓ ↓").drawn();
    search(&mut console, "N5");
    assert!(console.model.range.is_none() && console.model.marks.is_empty());
    assert_eq!(
        console.toast(),
        "The row where the range began is not here any more."
    );
}

#[test]
fn a_range_over_rows_that_were_not_read_marks_nobody() {
    let mut console = Console::with(aged(900));
    console.press("v G").settle().press("v");
    assert_eq!(
        console.toast(),
        "Rows in the middle were not read yet. :load reads them."
    );
    assert!(console.model.marks.is_empty() && console.model.range.is_some());
    console.press(":load").settle().press("v");
    assert_eq!(console.model.marks.len(), 900);
    assert!(!console.model.marks.is_everybody());
}

#[test]
fn a_range_of_members() {
    let mut console = Console::start(crowd(5));
    let acme = organization(1, "Acme");
    console.world.members = [1, 2, 3, 5].map(|n| (acme.id.clone(), id(n))).into();
    console.world.organizations = vec![acme];
    console.settle().press("3").settle().press("Enter").settle();
    console.press("↓ v G").drawn();
    assert_eq!(signs(&console, 4), ".┌│└");
    console.press("v");
    assert_eq!(marked(&console), ids([2, 3, 5]));
    console.press("*");
    assert_eq!(console.toast(), "* does nothing here. ? shows what does.");
}

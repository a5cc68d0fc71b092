//! The users list: paging, counting, refreshing, failing.

use super::harness::{Console, users_page};
use super::world::{crowd, error, five_alices, id, rows};
use crate::app::AnyList;
use crate::domain::{Answer, ErrorKind, Fetch, Row, Start, Unreadable, UserOrder, UserOrderBy};

fn page_start(console: &Console) -> (Start, u32) {
    let asked = console.asked.iter().find_map(|asked| match &asked.fetch {
        Fetch::Users { start, limit, .. } => Some((start.clone(), *limit)),
        _ => None,
    });
    asked.expect("a page of users is asked for")
}

fn offline() -> crate::domain::ApiError {
    error(ErrorKind::NotConnected, "The network is unreachable.")
}

#[test]
fn the_first_page_the_count_and_the_instance_are_asked_for_at_the_start() {
    let console = Console::start(crowd(3));
    assert_eq!(page_start(&console), (Start::First, 100));
    assert!(console.asks(|fetch| *fetch == Fetch::Instance));
    assert!(console.asks(|fetch| matches!(fetch, Fetch::UserCount { filter } if filter.is_open())));
    assert_eq!(console.asked.len(), 3);
    assert!(console.model.frame_due());
}

#[test]
fn the_next_page_is_asked_for_before_the_end_is_reached() {
    let mut console = Console::with(crowd(1_000));
    assert_eq!(console.names().len(), 100);
    assert!(
        !console.asks(users_page),
        "the top of the list needs no more"
    );
    while !console.asks(users_page) {
        console.press("j");
    }
    let cursor = console.users().list.cursor();
    assert!(cursor + 20 < 100, "asked for only at row {cursor}");
    assert_eq!(page_start(&console), (Start::After(id(100)), 250));
    console.press("j j j");
    assert_eq!(console.asked.len(), 1, "one page at a time");
    console.settle();
    assert_eq!(console.names().len(), 350);
    assert_eq!(console.users().list.cursor(), cursor + 3);
}

#[test]
fn only_the_order_of_creation_is_read_by_cursor() {
    let mut console = Console::with(crowd(1_000));
    console.press("o j j Enter").settle();
    let by_sign_in = UserOrder {
        by: UserOrderBy::LastSignIn,
        descending: true,
    };
    assert_eq!(console.users().order, by_sign_in);
    console.walk_down();
    assert_eq!(page_start(&console), (Start::Offset(100), 250));
}

#[test]
fn a_walk_to_the_end_reads_everybody_once() {
    let mut console = Console::with(crowd(1_000));
    for _ in 0..10 {
        console.walk_down().settle();
    }
    let names = console.names();
    assert_eq!(names.len(), 1_000);
    assert_eq!(names.last().unwrap(), "Person N1000");
    assert!(console.users().list.roll().is_complete() && console.asked.is_empty());
}

#[test]
fn a_server_that_ignores_the_cursor_ends_its_walk() {
    let mut console = Console::with(crowd(1_000));
    console.walk_down();
    let again = Answer::users(rows(&crowd(250)[..100]));
    console.answer_with(users_page, Ok(again)).press("G k j");
    assert_eq!(console.names().len(), 100);
    assert!(console.users().list.roll().is_complete());
    assert!(
        !console.asks(users_page),
        "it would be the same page for ever"
    );
}

#[test]
fn a_short_page_is_the_last_one() {
    let mut console = Console::with(crowd(42));
    console.press("G");
    assert!(console.users().list.roll().is_complete() && console.asked.is_empty());
}

#[test]
fn whoever_comes_twice_is_shown_once() {
    let mut console = Console::with(crowd(1_000));
    console.walk_down();
    let overlap = Answer::users(rows(&crowd(300)[90..]));
    console.answer_with(users_page, Ok(overlap));
    assert_eq!(console.names().len(), 300);
}

#[test]
fn an_unreadable_row_keeps_its_place_and_opens_nothing() {
    let mut console = Console::start(crowd(3));
    let mut page = rows(&crowd(3));
    page.rows[1] = Row::Unreadable(Unreadable {
        id: None,
        why: "id is missing".into(),
    });
    console
        .answer_with(users_page, Ok(Answer::users(page)))
        .settle();
    console.press("j").look().press("Enter B D E");
    assert_eq!(console.names(), ["Person N1", "#", "Person N3"]);
    assert!(!console.has_dialog() && console.profile().is_none());
}

#[test]
fn the_selected_person_stays_selected_when_the_rows_move() {
    let mut console = Console::with(five_alices());
    console.press("j j j").drawn();
    assert_eq!(console.under_cursor(), "Alice Stone");
    console.world.people.rotate_right(2);
    console.world.remove(&id(1));
    console.press("r").settle();
    assert_eq!(console.under_cursor(), "Alice Stone");
    assert_eq!(console.users().list.cursor(), 4);
}

#[test]
fn a_refresh_asks_for_as_many_rows_as_there_are() {
    let mut console = Console::with(crowd(1_000));
    console.walk_down().settle().press("r");
    assert_eq!(page_start(&console), (Start::First, 350));
}

#[test]
fn a_refresh_of_more_rows_than_a_page_holds_keeps_the_rest_as_it_was() {
    let mut console = Console::with(crowd(1_000));
    for _ in 0..5 {
        console.walk_down().settle();
    }
    assert_eq!(console.users().list.cursor(), 999);
    console.world.remove(&id(2));
    console.press("r").answer(users_page);
    assert_eq!(console.under_cursor(), "Person N1000");
    assert_eq!(console.names().len(), 999, "of the first 500 one is gone");
}

#[test]
fn totals_and_finds_are_counted_beside_the_rows() {
    let mut console = Console::start(five_alices());
    console.answer(users_page);
    assert_eq!(console.names().len(), 7, "rows do not wait for the count");
    assert_eq!(console.users().total.value(), None);
    console.settle();
    assert_eq!(console.users().total.value(), Some(&7));
    console
        .press("/")
        .type_text("alice")
        .press("Enter")
        .settle();
    assert_eq!(console.users().found(), Some(5));
    assert_eq!(console.users().total.value(), Some(&7));
}

#[test]
fn a_failed_page_keeps_the_rows_and_r_asks_for_that_page_again() {
    let mut console = Console::with(crowd(1_000));
    console.walk_down().answer_with(users_page, Err(offline()));
    assert_eq!(console.names().len(), 100);
    assert_eq!(console.users().list.error(), Some(&offline()));
    console.press("k j");
    assert!(!console.asks(users_page), "it does not hammer");
    console.press("r");
    assert_eq!(page_start(&console), (Start::After(id(100)), 250));
    console.settle();
    assert_eq!(console.names().len(), 350);
    assert_eq!(console.users().list.error(), None);
}

#[test]
fn a_failed_first_page_is_asked_for_again_with_r() {
    let mut console = Console::start(crowd(3));
    console.answer_with(users_page, Err(offline())).settle();
    assert!(console.names().is_empty());
    console.press("r").settle();
    assert_eq!(console.names().len(), 3);
}

#[test]
fn a_failed_refresh_is_a_refresh_again_with_r() {
    let mut console = Console::with(crowd(1_000));
    console.press("r").answer_with(users_page, Err(offline()));
    assert_eq!(console.names().len(), 100);
    console.press("r");
    assert_eq!(page_start(&console), (Start::First, 100));
}

#[test]
fn a_failed_order_never_mixes_two_orders() {
    let mut console = Console::with(crowd(1_000));
    console
        .press("o j j Enter")
        .answer_with(users_page, Err(offline()));
    console.press("r");
    assert_eq!(page_start(&console), (Start::First, 100));
}

#[test]
fn an_order_called_off_never_mixes_two_orders() {
    let mut console = Console::with(crowd(1_000));
    console.press("o j j Enter ^c").walk_down();
    assert!(console.asks(users_page) && !console.quit);
    assert_eq!(page_start(&console), (Start::After(id(100)), 250));
    assert_eq!(console.users().order, UserOrder::NEWEST);
}

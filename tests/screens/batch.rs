//! Many at once, in both dresses.

use clerk_tui::{
    app::Msg,
    domain::{
        Answer, ApiError, BatchId, ErrorKind, Fetch, Interrupted, OpId, Plan, Timestamp, ToEach,
        UserId,
    },
};
use crossterm::event::KeyCode;

use crate::desk::{Desk, SMALL, open, open_production};

/// At 80×24, in both dresses.
fn small(look: impl Fn(&mut Desk, &str)) {
    look(&mut open(SMALL), "demo_80");
    look(&mut open_production(SMALL), "production_80");
}

/// Marks the first rows.
fn mark(desk: &mut Desk, people: usize) -> &mut Desk {
    desk.keys(&" ".repeat(people)).rest()
}

#[test]
fn the_dry_run_of_a_ban() {
    small(|desk, dress| {
        mark(desk, 14).keys("B").rest().keys("1");
        desk.looks(&format!("batch_ban_{dress}"));
        desk.press(KeyCode::Tab);
        desk.looks(&format!("batch_left_out_{dress}"));
    });
}

#[test]
fn the_dry_run_of_everybody() {
    small(|desk, dress| {
        desk.keys("*").rest().keys("D").rest();
        desk.looks(&format!("batch_everybody_{dress}"));
    });
}

#[test]
fn marks_that_are_not_in_the_list() {
    let mut desk = open(SMALL);
    mark(&mut desk, 5).search("alice");
    desk.keys("  ").rest().keys("D").rest();
    desk.looks("batch_delete_elsewhere_80");
}

#[test]
fn the_dry_run_while_it_reads() {
    let mut desk = open(SMALL);
    mark(&mut desk, 5).hold().keys("B").rest();
    desk.looks("batch_reading_80");
}

#[test]
fn the_dry_run_of_a_deletion() {
    small(|desk, dress| {
        mark(desk, 14)
            .keys("D")
            .rest()
            .keys("9")
            .press(KeyCode::Enter);
        desk.looks(&format!("batch_delete_{dress}"));
    });
}

#[test]
fn a_key_of_metadata_for_many() {
    let mut desk = open(SMALL);
    mark(&mut desk, 3).keys("Mpplan").press(KeyCode::Tab);
    desk.keys("gold").looks("batch_key_80");
    desk.press(KeyCode::Enter).rest().looks("batch_metadata_80");
}

#[test]
fn a_batch_on_its_way_and_over() {
    small(|desk, dress| {
        mark(desk, 14).keys("D").rest().keys("14").rest();
        desk.press(KeyCode::Enter).wait(2_000).let_changes_go();
        desk.looks(&format!("batch_running_{dress}"));
        desk.press(KeyCode::Esc);
        desk.looks(&format!("batch_hidden_{dress}"));
        desk.keys(":batch").press(KeyCode::Enter);
        desk.let_changes_go().rest();
        desk.looks(&format!("batch_over_{dress}"));
    });
}

#[test]
fn failures_are_listed_with_their_reasons() {
    let mut desk = open(SMALL);
    mark(&mut desk, 14);
    desk.server
        .switches()
        .plan(12, "DELETE", clerk_tui::demo::Fault::Status(422));
    desk.keys("D").rest().keys("14").rest();
    desk.press(KeyCode::Enter)
        .let_changes_go()
        .let_changes_go()
        .rest();
    desk.looks("batch_failures_80");
}

#[test]
fn a_batch_that_paused_by_itself() {
    let mut desk = open(SMALL);
    mark(&mut desk, 14);
    desk.server
        .switches()
        .plan(1, "DELETE", clerk_tui::demo::Fault::Status(401));
    desk.keys("D").rest().keys("14").rest();
    desk.press(KeyCode::Enter).let_changes_go().rest();
    desk.looks("batch_paused_80");
}

#[test]
fn nobody_is_left() {
    let mut desk = open(SMALL);
    mark(&mut desk, 5);
    let trouble = ApiError::new(ErrorKind::Server, "Sorry.");
    desk.fail(|fetch| matches!(fetch, Fetch::WholeUsers(_)), trouble);
    desk.keys("B").rest().looks("batch_nobody_80");
}

/// A deletion of ten that an earlier run left when four were gone.
pub fn interrupted(desk: &Desk, reason: &str) -> Interrupted {
    let Answer::Users(page) = desk.ask(&Fetch::Users {
        filter: std::sync::Arc::default(),
        order: clerk_tui::domain::UserOrder::NEWEST,
        start: clerk_tui::domain::Start::First,
        limit: 10,
    }) else {
        panic!("no users");
    };
    let users: Vec<UserId> = (0..10).map(|n| UserId::new(page.id(n)).unwrap()).collect();
    Interrupted {
        plan: Plan {
            batch: BatchId(OpId { run: 3, n: 1 }),
            at: Timestamp::from_millis(1_795_352_520_000),
            what: ToEach::Delete,
            users: users.clone(),
            reason: Some(reason.into()),
        },
        operator: "ann@desk".into(),
        left: users[4..].to_vec(),
    }
}

#[test]
fn the_offer_to_finish() {
    small(|desk, dress| {
        let interrupted = interrupted(desk, "spam wave");
        desk.send(Msg::Interrupted(vec![interrupted]));
        desk.looks(&format!("batch_resume_{dress}"));
    });
}

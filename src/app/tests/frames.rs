//! When a frame is due: a change is always drawn, and nothing else is.

use super::harness::Console;
use super::world::crowd;
use crate::app::*;

fn pace(used: u32) -> Msg {
    Msg::Pace(Pace {
        used,
        allowed: 100,
        ..Pace::default()
    })
}

#[test]
fn a_change_is_drawn_though_something_invisible_follows_it() {
    for invisible in [Msg::Woke(Ticket(u64::MAX)), pace(3)] {
        let mut console = Console::with(crowd(30));
        assert!(!console.model.frame_due());
        console.press("j").feed(invisible);
        assert!(console.model.frame_due());
    }
}

#[test]
fn what_cannot_be_seen_is_not_drawn() {
    let mut console = Console::with(crowd(30));
    console.feed(Msg::Woke(Ticket(u64::MAX)));
    console.feed(pace(3));
    console.feed(pace(2));
    assert!(!console.model.frame_due());
    console.feed(pace(90));
    assert!(console.model.frame_due(), "the gauge appears");
}

//! What a dialog warns of before the consent.

use super::harness::{Console, of_memberships, of_sessions};
use super::signin::on_rich_bob;
use super::world::{error, five_alices, id, organization};
use crate::app::{Armed, Tone};
use crate::domain::{ErrorKind, Fetch};

/// A console on Bob, the first of five, who is an admin of so many
/// organizations; in the others of them with somebody else.
fn admin_of(alone: usize, with_another: usize) -> Console {
    let mut console = Console::with(five_alices());
    for n in 0..alone + with_another {
        let one = organization(n, &format!("Org {n}"));
        console.world.members.push((one.id.clone(), id(1)));
        console.world.members.push((one.id.clone(), id(3)));
        if n >= alone {
            console.world.members.push((one.id.clone(), id(2)));
        }
        console.world.organizations.push(one);
    }
    console.world.admins = vec![id(1), id(2)];
    console.look();
    console
}

fn warnings(console: &Console) -> Vec<String> {
    let lines = console.dialog().warnings();
    lines.iter().map(crate::app::document::Line::text).collect()
}

fn members(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Members { .. })
}

#[test]
fn the_only_admin_is_named_before_a_ban_a_lock_and_a_deletion() {
    for key in ["B", "L", "D"] {
        let mut console = admin_of(1, 1);
        console.press(key).settle();
        let only = ["They are the ONLY ADMIN of Org 0."];
        assert_eq!(warnings(&console), only, "{key}");
        assert_eq!(console.dialog().armed(), Armed::Yes);
    }
    let mut console = admin_of(1, 1);
    console.press("P l").settle();
    assert_eq!(warnings(&console), [""; 0]);
}

#[test]
fn a_banned_admin_is_no_other_one() {
    let mut console = admin_of(0, 1);
    console.world.find_mut(&id(2)).banned = true;
    console.press("B").settle();
    assert_eq!(warnings(&console), ["They are the ONLY ADMIN of Org 0."]);
}

#[test]
fn nothing_is_sent_before_the_admins_are_known() {
    let mut console = admin_of(1, 0);
    console.press("B").answer(of_memberships);
    console.answer(super::harness::whole_user);
    console.answer(of_sessions);
    assert_eq!(console.dialog().armed(), Armed::Reading);
    console.look().press("y");
    assert!(console.sent.is_empty());
    console.answer(members).look().press("y");
    assert_eq!(console.sent.len(), 1);
}

#[test]
fn what_could_not_be_read_is_said() {
    let mut console = admin_of(1, 0);
    console.press("B").answer(of_memberships);
    let lost = || Err(error(ErrorKind::TimedOut, ""));
    console.answer_with(members, lost()).settle();
    let who = ["Could not read who else is an admin of Org 0."];
    assert_eq!(warnings(&console), who);
    let mut console = admin_of(1, 0);
    console
        .press("B")
        .answer_with(of_memberships, lost())
        .settle();
    let which = ["Could not read of which organizations they are an admin."];
    assert_eq!(warnings(&console), which);
}

#[test]
fn no_more_than_five_organizations_are_looked_at() {
    let mut console = admin_of(7, 0);
    console.press("D").answer(of_memberships);
    assert_eq!(
        console.asked.iter().filter(|a| members(&a.fetch)).count(),
        5
    );
    console.settle();
    let warnings = warnings(&console);
    assert_eq!(warnings.len(), 6);
    let more = "They are an admin of 2 more organizations, not looked at.";
    assert_eq!(warnings[5], more);
}

#[test]
fn an_impersonation_that_ends_is_said_in_red() {
    let ends = ["Somebody impersonates them right now; that ends too."];
    for keys in ["B", "D", "R a", "P c"] {
        let mut console = on_rich_bob();
        console.world.sessions[1].actor = Some("user_9".into());
        console.press(keys).settle();
        assert_eq!(warnings(&console), ends, "{keys}");
        assert_eq!(console.dialog().warnings()[0], {
            crate::app::document::Line::new(Tone::Bad, ends[0])
        });
    }
    for keys in ["L", "P m", "P l"] {
        let mut console = on_rich_bob();
        console.world.sessions[1].actor = Some("user_9".into());
        console.press(keys).settle();
        assert_eq!(warnings(&console), [""; 0], "{keys}");
    }
}

#[test]
fn an_impersonation_that_is_kept_is_not_said_to_end() {
    let mut console = on_rich_bob();
    console.world.sessions[1].actor = Some("user_9".into());
    console
        .press("s")
        .settle()
        .press("j")
        .look()
        .press("R")
        .settle();
    assert_eq!(warnings(&console).len(), 1, "it is the one to revoke");
    console.look().press("o").settle();
    assert_eq!(warnings(&console), [""; 0]);
}

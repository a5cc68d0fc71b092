//! Inviting, and the list of who is invited.

use super::guests::invitation;
use super::harness::Console;
use super::world::{error, five_alices};
use crate::app::newcomer::{Field, Step};
use crate::app::panes::invitations::{InvitationsPane, Shown};
use crate::app::{AnyList, Layer, Screen};
use crate::domain::{Action, Answer, ErrorKind, Fetch, InvitationStatus, Invite, Outcome, Policy};

fn listed(n: usize) -> Console {
    listed_as(n, Policy::default())
}

fn listed_as(n: usize, policy: Policy) -> Console {
    let mut console = Console::start_as(five_alices(), (80, 24), policy);
    let all = (1..=n).map(|n| invitation(n, &format!("new{n}@example.org")));
    console.world.invitations = all.collect();
    console.settle().look().press("N l").settle();
    console.look();
    console
}

fn pane(console: &Console) -> &InvitationsPane {
    match console.model.screen() {
        Screen::Invitations(pane) => pane,
        other => panic!("not the invitations, but {other:?}"),
    }
}

fn is_open(console: &Console) -> bool {
    matches!(console.model.layer, Layer::Newcomer(_))
}

fn of_invitations(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::Invitations { .. })
}

#[test]
fn an_invitation_is_sent_after_a_review() {
    let mut console = Console::with(five_alices());
    console.look().press("N i").type_text("ada@example.org");
    console.press("Tab ^u").type_text("7");
    console.press("Tab").type_text("https://example.org/hi");
    console.press("Tab Space Tab Space Enter").look().press("y");
    let expected = Invite {
        expires_in_days: Some(7),
        notify: false,
        ignore_existing: true,
        redirect_url: Some("https://example.org/hi".into()),
        ..Invite::new("ada@example.org".into())
    };
    assert_eq!(*console.only_change(), Action::Invite(Box::new(expected)));
    console.done();
    assert_eq!(
        console.toast(),
        "ada@example.org is invited. N l lists it; y l there copies its link."
    );
    assert!(!is_open(&console));
}

#[test]
fn clerks_defaults_stand_in_the_form() {
    let mut console = Console::with(five_alices());
    console.look().press("N i").type_text("ada@example.org");
    console.press("Enter").look().press("y");
    let expected = Invite {
        expires_in_days: Some(30),
        ..Invite::new("ada@example.org".into())
    };
    assert_eq!(*console.only_change(), Action::Invite(Box::new(expected)));
}

#[test]
fn what_cannot_be_is_said_in_its_row() {
    let mut console = Console::with(five_alices());
    console.look().press("N i Enter");
    let wrong = |console: &Console| match &console.model.layer {
        Layer::Newcomer(newcomer) => match &newcomer.step {
            Step::Form(form) => form.mistake.as_ref().and_then(|mistake| mistake.field),
            _ => None,
        },
        _ => None,
    };
    assert_eq!(wrong(&console), Some(Field::Email));
    console.type_text("ada@example.org");
    for days in ["0", "366", "x"] {
        console.press("↓ ^u").type_text(days).press("Enter ↑");
        assert_eq!(wrong(&console), Some(Field::Days), "{days}");
    }
    console
        .press("↓ ^u ↓")
        .type_text("example.org")
        .press("Enter");
    assert_eq!(wrong(&console), Some(Field::Redirect));
}

#[test]
fn a_second_invitation_is_refused_and_the_first_one_listed() {
    let mut console = Console::with(five_alices());
    console.look().press("N i").type_text("ada@example.org");
    console.press("Enter").look().press("y");
    let mut refusal = error(ErrorKind::Invalid, "There are pending invitations.");
    refusal.status = Some(400);
    refusal.code = Some("duplicate_record".into());
    console.ends(Outcome::Refused(refusal));
    console.press("F3").settle();
    assert_eq!(pane(&console).shown, Shown::Pending);
}

#[test]
fn the_list_shows_other_states_in_turn_and_reads_on() {
    let mut console = listed(300);
    assert_eq!(pane(&console).list.len(), 100);
    console.press("G").settle();
    assert_eq!(pane(&console).list.len(), 300);
    console.world.invitations[0].status = InvitationStatus::Revoked;
    console.press("a").settle();
    assert_eq!(pane(&console).shown, Shown::NotRevoked);
    console.press("a").settle();
    assert_eq!(pane(&console).shown, Shown::Revoked);
    assert_eq!(pane(&console).list.len(), 1);
    console.press("a").settle();
    assert_eq!(pane(&console).shown, Shown::Pending);
}

#[test]
fn address_id_and_link_are_copied() {
    let mut console = listed(2);
    console.press("y e").press("y i").press("y l");
    let expected = [
        "new1@example.org",
        "inv_000001",
        "https://example.com/ticket_1",
    ];
    assert_eq!(console.copied, expected);
    assert!(!console.toast().contains("ticket"), "the link is no news");
    console.world.invitations[0].url = None;
    console.press("r").settle().press("y l");
    assert_eq!(console.copied.len(), 3);
}

#[test]
fn an_invitation_is_read_again_and_revoked_by_its_id() {
    let mut console = listed(2);
    console.press("j").look().press("R");
    console.press("y");
    assert!(console.sent.is_empty(), "it is still read");
    console.settle().look().press("y");
    let expected = invitation(2, "").id;
    assert_eq!(
        *console.only_change(),
        Action::RevokeInvitation(expected.clone())
    );
    assert!(console.model.jobs.of_invitation(&expected).is_some());
    console.press("R");
    assert_eq!(
        console.toast(),
        "Its revocation is still on its way. One moment."
    );
    console.done().settle();
    assert_eq!(console.toast(), "new2@example.org is not invited any more.");
    assert_eq!(pane(&console).list.len(), 1);
}

#[test]
fn what_became_of_it_meanwhile_is_said_and_nothing_sent() {
    for (status, words) in [
        (InvitationStatus::Revoked, "It was revoked by somebody else"),
        (InvitationStatus::Accepted, "It was accepted meanwhile."),
        (InvitationStatus::Expired, "It has expired meanwhile."),
    ] {
        let mut console = listed(2);
        console.world.invitations[0].status = status;
        console.press("R").settle();
        assert!(console.toast().starts_with(words), "{}", console.toast());
        assert!(!is_open(&console) && console.sent.is_empty());
    }
}

#[test]
fn where_it_cannot_be_read_again_nothing_is_sent() {
    let mut console = listed(1);
    console.press("R");
    console.answer_with(of_invitations, Err(error(ErrorKind::TimedOut, "")));
    console.look().press("y").look();
    assert!(console.sent.is_empty());
    console.press("Esc");
    assert_eq!(console.toast(), "Cancelled. Nothing was sent.");
}

#[test]
fn without_an_answer_the_invitations_are_read() {
    let lost = || Outcome::Unknown(error(ErrorKind::TimedOut, ""));
    let mut console = listed(2);
    console.press("R").settle().look().press("y");
    console.ends(lost()).settle();
    assert!(
        console
            .toast()
            .ends_with("did not happen. It is still pending.")
    );
    console.press("R").settle().look().press("y");
    let action = console.sent[1].action.clone();
    console.world.obey(&action);
    console.ends(lost()).settle();
    assert_eq!(console.toast(), "new1@example.org is not invited any more.");
    console.press("N i").type_text("ada@example.org");
    console.press("Enter").look().press("y");
    let action = console.sent[2].action.clone();
    console.world.obey(&action);
    console.ends(lost()).settle();
    assert_eq!(console.toast(), "ada@example.org is invited.");
    assert_eq!(console.sent.len(), 3);
}

#[test]
fn a_reason_is_asked_for_where_the_settings_want_one() {
    let policy = Policy {
        reason_required: true,
        ..Policy::default()
    };
    let mut console = listed_as(1, policy);
    console.press("R").type_text("wrong address").press("Enter");
    console.settle().look().press("y");
    assert_eq!(console.sent[0].reason, Some("wrong address".into()));
}

#[test]
fn a_read_only_run_looks_and_revokes_nothing() {
    let mut console = listed_as(2, Policy::read_only());
    assert_eq!(pane(&console).list.len(), 2);
    console.press("R").settle().look().press("y");
    assert!(console.sent.is_empty() && !is_open(&console));
}

#[test]
fn an_answer_that_is_no_list_is_a_failure() {
    let mut console = Console::with(five_alices());
    console.look().press("N l");
    console.answer_with(of_invitations, Ok(Answer::Count(1)));
    assert!(pane(&console).list.error().is_some());
}

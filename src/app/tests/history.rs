//! Going about: views, the trail through them, and the next person.

use super::harness::Console;
use super::world::{crowd, five_alices, id, organization};
use crate::app::Screen;
use crate::domain::{Row, Unreadable};

/// Bob and the first Alice are members of Acme.
fn with_acme() -> Console {
    let mut console = Console::with(five_alices());
    let acme = organization(1, "Acme");
    console.world.members = vec![(acme.id.clone(), id(1)), (acme.id.clone(), id(2))];
    console.world.organizations = vec![acme];
    console
}

fn place(console: &Console) -> String {
    match console.model.screen() {
        Screen::Users(_) => "users".to_owned(),
        Screen::Sessions(pane) => match &pane.user {
            Some(user) => format!("sessions of {user}"),
            None => "sessions".to_owned(),
        },
        Screen::Organizations(_) => "organizations".to_owned(),
        Screen::Members(pane) => format!("members of {}", pane.name.raw()),
        Screen::Invitations(_) => "invitations".to_owned(),
        Screen::Profile(pane) => format!("profile of {}", pane.user()),
    }
}

/// Moves the cursor of a profile onto its first membership.
fn to_organization(console: &mut Console) {
    for _ in 0..200 {
        let follow = console.model.subject().follow;
        if matches!(follow, Some(crate::app::document::Follow::Organization(..))) {
            return;
        }
        console.press("j");
    }
    panic!("no organization in the profile");
}

#[test]
fn from_a_profile_to_its_organization_and_on_to_a_member_and_back() {
    let mut console = with_acme();
    console.press("Enter").settle();
    to_organization(&mut console);
    console.press("Enter").settle();
    assert_eq!(place(&console), "members of Acme");
    console.press("j Enter").settle();
    assert_eq!(place(&console), "profile of user_000002");
    console.press("<");
    assert_eq!(place(&console), "members of Acme");
    assert_eq!(
        console.under_cursor(),
        "Alice Chen",
        "the cursor is where it was"
    );
    console.press("Esc");
    assert_eq!(place(&console), "profile of user_000001");
    console.press("> >");
    assert_eq!(place(&console), "profile of user_000002");
    console.press("Esc h ←");
    assert_eq!(place(&console), "users");
    assert!(console.asked.is_empty(), "going back reads nothing again");
}

#[test]
fn one_two_three_are_views_with_a_place_of_their_own() {
    let mut console = with_acme();
    console.press("j j 2").settle();
    assert_eq!(place(&console), "sessions");
    console.press("3").settle();
    assert_eq!(place(&console), "organizations");
    console.press("1");
    assert_eq!(
        (place(&console).as_str(), console.under_cursor().as_str()),
        ("users", "Alice Ng")
    );
    assert!(console.asked.is_empty());
    console.press("1 1 <");
    assert_eq!(place(&console), "organizations");
}

#[test]
fn a_new_way_forgets_the_old_way_forward() {
    let mut console = with_acme();
    console
        .press("Enter")
        .settle()
        .press("Esc j Enter")
        .settle();
    console.press(">");
    assert_eq!(place(&console), "profile of user_000002");
}

#[test]
fn n_and_p_turn_the_pages_of_the_list() {
    let mut console = Console::with(five_alices());
    console.press("j Enter").settle();
    console.press("n").settle();
    assert_eq!(place(&console), "profile of user_000003");
    console.press("p p").settle();
    assert_eq!(place(&console), "profile of user_000001");
    console.press("p");
    assert_eq!(place(&console), "profile of user_000001");
    console.press("n Esc");
    assert_eq!(console.under_cursor(), "Alice Chen", "the list came along");
}

#[test]
fn n_reads_on_where_the_list_ends() {
    let mut console = Console::with(crowd(300));
    console.walk_down().settle();
    console.press("Enter").settle();
    for _ in 0..400 {
        console.press("n").settle();
    }
    assert_eq!(place(&console), "profile of user_000300");
}

#[test]
fn n_and_p_step_over_what_cannot_be_read() {
    let mut console = Console::start(five_alices());
    let mut page = super::world::rows(&five_alices());
    page.rows[1] = Row::Unreadable(Unreadable {
        id: None,
        why: "id is missing".into(),
    });
    let answer = Ok(crate::domain::Answer::users(page));
    console
        .answer_with(super::harness::users_page, answer)
        .settle();
    console.press("Enter").settle().press("n").settle();
    assert_eq!(place(&console), "profile of user_000003");
    console.press("p").settle();
    assert_eq!(place(&console), "profile of user_000001");
}

#[test]
fn somebody_deleted_is_nowhere_on_the_trail() {
    let mut console = with_acme();
    console
        .press("Enter")
        .settle()
        .press("s")
        .settle()
        .press("Esc");
    to_organization(&mut console);
    console.press("Enter").settle().look();
    assert_eq!(console.under_cursor(), "Bob Bell");
    console
        .press("D")
        .settle()
        .type_text("000001")
        .look()
        .press("Enter")
        .done();
    assert_eq!(place(&console), "members of Acme");
    assert_eq!(console.under_cursor(), "Alice Chen");
    console.press("Esc");
    assert_eq!(place(&console), "users");
    console.press("> >");
    assert_eq!(place(&console), "members of Acme");
}

#[test]
fn a_profile_that_turns_out_to_be_gone_says_so_and_closes() {
    let mut console = Console::with(five_alices());
    console.world.remove(&id(1));
    console.press("Enter").settle();
    assert_eq!(place(&console), "users");
    assert_eq!(
        console.toast(),
        "Bob Bell was deleted by somebody else. The row is gone."
    );
    assert_eq!(console.names().len(), 6);
}

#[test]
fn b_in_a_list_of_members_knows_whether_they_are_banned() {
    let mut people = crowd(200);
    people[149].banned = true;
    let mut console = Console::with(people);
    let acme = organization(1, "Acme");
    console.world.members = vec![(acme.id.clone(), id(150))];
    console.world.organizations = vec![acme];
    console
        .press("3")
        .settle()
        .press("Enter")
        .settle()
        .look()
        .press("B");
    assert_eq!(console.dialog().title(), "Unban Person N150?");
}

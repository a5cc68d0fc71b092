//! The main job: Alice is found, looked at, banned and unbanned, and somebody else deleted.

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;
use reqwest::Method;

use crate::common::{Journey, chosen};

const ALICE: &str = "user_2abc123";

/// A console with the five Alices on it, the list having the keys.
async fn five_alices() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.search("alice").await;
    journey.until_screen_contains("5 found").await;
    journey.press(KeyCode::Enter);
    journey
}

async fn is_banned(journey: &Journey) -> bool {
    let path = format!("/users/{ALICE}");
    let (_, user) = journey.elsewhere(Method::GET, &path, None).await;
    user["banned"].as_bool().unwrap()
}

#[tokio::test]
async fn alice_is_banned_and_unbanned_in_profile_list_and_at_the_server() {
    let journey = five_alices().await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("CAN SIGN IN  with").await;

    journey.keys("B").until_screen_contains("y ban").await;
    journey.consent().await;
    journey.until_screen_contains("Alice Chen is banned.").await;
    journey
        .until_screen_contains("CANNOT SIGN IN  banned")
        .await;
    assert!(is_banned(&journey).await);
    journey.press(KeyCode::Esc);
    journey.until_screen_contains("5 found").await;
    let screen = journey.screen();
    assert!(chosen(&screen).contains("Alice Chen"), "{screen}");
    assert!(chosen(&screen).contains("x banned"), "{screen}");

    // From the list this time.
    journey.keys("B").until_screen_contains("y unban").await;
    journey.consent().await;
    journey
        .until_screen_contains("Alice Chen is unbanned")
        .await;
    assert!(!is_banned(&journey).await);
    let screen = journey.screen();
    assert!(!chosen(&screen).contains("banned"), "{screen}");
    let expected = ["ban", "unban"].map(|verb| format!("POST /users/{ALICE}/{verb}"));
    assert_eq!(journey.writes(), expected);
}

#[tokio::test]
async fn an_early_y_sends_nothing_and_another_key_cancels() {
    let journey = five_alices().await;
    journey.keys("By");
    journey.until_screen_contains("Ban Alice Chen?").await;
    journey.settled().await.keys("y");
    journey.until_screen_contains("Look first, then y.").await;
    journey.keys("Y");
    journey.until_screen_contains("Nothing was sent").await;
    assert_eq!(journey.settled().await.writes(), [""; 0]);
}

#[tokio::test]
async fn one_of_her_sessions_is_revoked_and_the_ban_ends_the_others() {
    let journey = five_alices().await;
    journey.keys("s");
    journey.until_screen_contains("2 active sessions").await;
    journey.until_screen_contains("Berlin DE").await;
    journey.keys("R").until_screen_contains("y revoke").await;
    journey.consent().await;
    journey.until_screen_contains("1 active session ").await;
    journey.until_screen_lacks("Berlin DE").await;
    assert!(chosen(&journey.screen()).contains("Porto PT"));
    let path = format!("/sessions?user_id={ALICE}&status=active");
    let (_, left) = journey.elsewhere(Method::GET, &path, None).await;
    assert_eq!(left.as_array().unwrap().len(), 1);

    journey.keys("B").until_screen_contains("y ban").await;
    assert!(journey.screen().contains("Signs out 1 session "));
    journey.consent().await;
    let none = "has no active session. a shows earlier ones.";
    journey.until_screen_contains(none).await;
    journey.keys("a").until_screen_contains("Porto PT").await;
    let writes = journey.writes();
    assert_eq!(writes.len(), 2, "{writes:?}");
    assert!(writes[0].starts_with("POST /sessions/sess_") && writes[0].ends_with("/revoke"));
    assert_eq!(writes[1], format!("POST /users/{ALICE}/ban"));
}

#[tokio::test]
async fn her_organizations_members_are_listed_and_lead_on() {
    let journey = five_alices().await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("Users › Alice Chen").await;
    journey.settled().await;
    for section in ["password", "signed in", "may delete", "Berlin", "member "] {
        journey.press(KeyCode::Tab);
        let there = |screen: &str| chosen(screen).contains(section);
        journey.until(section, there).await;
    }
    let screen = journey.screen();
    let organization = chosen(&screen).split_whitespace().nth(1).unwrap();
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("Profile › members of").await;
    journey.settled().await;
    let screen = journey.screen();
    assert!(screen.contains(organization), "{screen}");

    // On to a member who is somebody else, and all the way back.
    while chosen(&journey.screen()).contains("Alice Chen") {
        journey.press(KeyCode::Down).settled().await;
    }
    let screen = journey.screen();
    let first_name = chosen(&screen).split_whitespace().nth(1).unwrap();
    journey.press(KeyCode::Enter);
    let place = format!("Members › {first_name}");
    journey.until_screen_contains(&place).await;
    journey.settled().await;
    journey
        .keys("<")
        .until_screen_contains("› members of")
        .await;
    journey.press(KeyCode::Esc);
    journey.until_screen_contains("Users › Alice Chen").await;
    journey
        .keys(">")
        .until_screen_contains("› members of")
        .await;
    journey.keys("<<").until_screen_contains("5 found").await;
    assert!(chosen(&journey.screen()).contains("Alice Chen"));
}

#[tokio::test]
async fn a_member_that_no_list_has_shown_can_be_banned() {
    let journey = five_alices().await;
    journey
        .keys("3")
        .until_screen_contains("40 organizations")
        .await;
    journey.settled().await.press(KeyCode::Enter);
    journey.until_screen_contains("members of").await;
    journey.settled().await.press(KeyCode::End).settled().await;
    journey.keys("B").until_screen_contains("┌").await;
}

#[tokio::test]
async fn a_deleted_user_is_gone_from_list_and_count() {
    let journey = five_alices().await;
    let (_, found) = journey
        .elsewhere(Method::GET, "/users?query=alice", None)
        .await;
    let found = found.as_array().unwrap();
    let mueller = found.iter().find(|user| user["last_name"] == "Müller");
    let id = mueller.unwrap()["id"].as_str().unwrap();
    let path = format!("/users/{id}");

    let there = |screen: &str| chosen(screen).contains("Alice Müller");
    journey.keys("jjj").until("cursor on her", there).await;
    journey.keys("D");
    journey.until_screen_contains("DELETE Alice Müller").await;
    journey.until_screen_contains("Enter deletes").await;
    let last_six = &id[id.len() - 6..];
    journey
        .keys(last_six)
        .until_screen_contains(&format!("> {last_six}"))
        .await;
    journey.later(std::time::Duration::from_millis(150)).await;
    journey.press(KeyCode::Enter);
    journey
        .until_screen_contains("Alice Müller was deleted")
        .await;
    journey.until_screen_contains("841 users").await;
    journey.until_screen_contains("4 found").await;
    journey.until_screen_lacks("nordlicht").await;
    assert_eq!(journey.elsewhere(Method::GET, &path, None).await.0, 404);
    journey.keys("r").settled().await;
    journey.until_screen_contains("841 users").await;
    assert_eq!(journey.writes(), [format!("DELETE {path}")]);
}

#[tokio::test]
async fn the_wrong_six_delete_nobody() {
    let journey = five_alices().await;
    journey
        .keys("D")
        .until_screen_contains("Enter deletes")
        .await;
    journey.keys("alice.ng@example.org");
    journey
        .until_screen_contains("> alice.ng@example.org")
        .await;
    journey.later(std::time::Duration::from_millis(150)).await;
    journey.press(KeyCode::Enter);
    journey.until_screen_contains("That is neither").await;
    assert_eq!(journey.settled().await.writes(), [""; 0]);
}

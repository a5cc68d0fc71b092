//! What support is asked of sessions, and of what it was sent to paste.

use serde_json::Value;

use crate::asking::{Desk, emails, json, name, text};

/// Opens the sessions of all, asks the box, and holds that exactly those active
/// sessions are shown of which it is true, by whose they are; gives how many.
async fn sessions_answer(desk: &Desk, question: &str, is: impl Fn(&Value) -> bool) -> usize {
    let all = json(&desk.journey, "/sessions?status=active&limit=500").await;
    let all = all.as_array().unwrap();
    assert!(all.len() < 500, "all of them fit into one page");
    let found: Vec<&str> = all
        .iter()
        .filter(|s| is(s))
        .map(|s| text(s, "user_id"))
        .collect();
    desk.journey
        .keys("2")
        .until_screen_contains("[2 Sessions]")
        .await;
    desk.journey.settled().await;
    desk.ask(question).await;
    desk.walk().await;
    let header = format!("{} found among {} read", found.len(), all.len());
    desk.journey.until_screen_contains(&header).await;
    let shown = desk.ids_shown(found.len()).await;
    assert!(
        shown == found,
        "{question}: shown are {shown:#?}, expected {found:#?}"
    );
    found.len()
}

#[tokio::test]
async fn which_accounts_share_this_address() {
    let desk = Desk::open_unread(120).await;
    let is_there = |session: &Value| session["latest_activity"]["ip_address"] == "198.51.100.66";
    let found = sessions_answer(&desk, "ip:198.51.100.66", is_there).await;
    assert!(found > 1);
    // And the same by one key on any of them.
    desk.journey
        .keys("i")
        .until_screen_contains("/ ip:=198.51.100.66 ")
        .await;
    let shown = desk.ids_shown(found).await;
    assert_eq!(shown.len(), found);
}

#[tokio::test]
async fn who_is_being_impersonated_right_now() {
    let desk = Desk::open_unread(120).await;
    let found = sessions_answer(&desk, "is:impersonated", |s| !s["actor"].is_null()).await;
    assert!(found > 0);
    let screen = desk.journey.screen();
    let marked = |line: &&str| line.trim_start_matches([' ', '▌']).starts_with("I ");
    assert_eq!(screen.lines().filter(marked).count(), found, "{screen}");
}

#[tokio::test]
async fn who_is_signed_in_from_this_city() {
    let desk = Desk::open_unread(120).await;
    let is_there = |session: &Value| session["latest_activity"]["city"] == "Berlin";
    assert!(sessions_answer(&desk, "city:berlin", is_there).await > 0);
}

#[tokio::test]
async fn who_uses_firefox_in_germany() {
    let desk = Desk::open_unread(120).await;
    let found = sessions_answer(&desk, "device:firefox country:DE", |session| {
        let activity = &session["latest_activity"];
        activity["browser_name"] == "Firefox" && activity["country"] == "DE"
    })
    .await;
    assert!(found > 0);
}

#[tokio::test]
async fn which_of_these_twenty_addresses_are_customers() {
    let desk = Desk::open_unread(842).await;
    let with_email = desk
        .people
        .iter()
        .filter(|user| emails(user).next().is_some());
    let customers: Vec<&Value> = with_email.step_by(60).take(12).collect();
    assert_eq!(customers.len(), 12);
    let theirs = customers.iter().filter_map(|user| emails(user).next());
    let strangers: Vec<String> = (1..=8).map(|n| format!("stranger{n}@x.example")).collect();
    let all: Vec<&str> = theirs.chain(strangers.iter().map(String::as_str)).collect();
    desk.journey.paste(&all.join("\n"));
    desk.journey.until_screen_contains("12 of 20 found").await;
    desk.journey
        .until_screen_contains("8 not found: stranger1@x.example")
        .await;
    let expected: Vec<&str> = customers.iter().map(|user| text(user, "id")).collect();
    assert_eq!(desk.ids_shown(12).await, expected);
}

#[tokio::test]
async fn whose_session_is_this() {
    let desk = Desk::open_unread(120).await;
    let sessions = json(&desk.journey, "/sessions?status=active&limit=500").await;
    let session = &sessions.as_array().unwrap()[30];
    let owner = desk.person(|user| text(user, "id") == text(session, "user_id"));
    desk.journey.paste(text(session, "id"));
    desk.journey
        .until_screen_contains(&format!("› sessions of {}", name(owner)))
        .await;
    desk.journey.settled().await;
    desk.journey.keys("yi").settled().await;
    assert_eq!(desk.journey.copied(), [text(owner, "id")]);
}

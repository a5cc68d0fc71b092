//! Pasted ids, addresses and lists.

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::Value;

use crate::common::{Journey, chosen};

const ALICE: &str = "user_2abc123";

async fn start() -> Journey {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.until_screen_contains("842 users").await;
    journey.settled().await;
    journey
}

/// What somebody else reads.
async fn read(journey: &Journey, path: &str) -> Value {
    let (status, body) = journey.elsewhere(Method::GET, path, None).await;
    assert_eq!(status, 200, "{body}");
    body
}

/// The first of the rows in either shape of a list.
fn rows(body: &Value) -> &Vec<Value> {
    body.as_array().or_else(|| body["data"].as_array()).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

#[tokio::test]
async fn an_id_an_email_and_a_phone_number_open_the_profile() {
    let journey = start().await;
    let alice = read(&journey, &format!("/users/{ALICE}")).await;
    let email = text(&alice["email_addresses"][0], "email_address");
    journey.paste(ALICE);
    journey.until_screen_contains("Users › Alice Chen").await;
    journey.settled().await.press(KeyCode::Esc);
    journey.until_screen_contains("/ user_2abc123").await;
    assert!(chosen(&journey.screen()).contains("Alice Chen"));
    journey.press(KeyCode::Esc).settled().await;

    journey.paste(&format!("  {}\n", email.to_uppercase()));
    journey.until_screen_contains("Users › Alice Chen").await;
    journey.settled().await.press(KeyCode::Esc);
    journey.until_screen_contains(&format!("/ {email}")).await;
    journey.until_screen_contains("1 found").await;
    journey.press(KeyCode::Esc).settled().await;

    let users = read(&journey, "/users?limit=500").await;
    let phone = |user: &&Value| user["phone_numbers"][0]["phone_number"].is_string();
    let user = rows(&users).iter().find(phone).unwrap();
    let number = text(&user["phone_numbers"][0], "phone_number");
    journey.keys("/").paste(number);
    journey.until_screen_contains("Users › ").await;
    let expected = format!("GET /users/{}", text(user, "id"));
    journey
        .until_server("her profile", |server| {
            let seen = server.switches().requests();
            seen.iter()
                .any(|seen| format!("{} {}", seen.method, seen.target()) == expected)
        })
        .await;
}

#[tokio::test]
async fn an_address_id_leads_to_whose_it_is() {
    let journey = start().await;
    let users = read(&journey, "/users?limit=500").await;
    for (kind, field) in [
        ("email_addresses", "email_address"),
        ("phone_numbers", "phone_number"),
    ] {
        let has = |user: &&Value| user[kind][0]["id"].is_string();
        let user = rows(&users).iter().find(has).unwrap();
        journey.paste(text(&user[kind][0], "id"));
        journey.until_screen_contains("Users › ").await;
        journey.settled().await.press(KeyCode::Esc);
        let found = format!("/ {}", text(&user[kind][0], field));
        journey.until_screen_contains(&found).await;
        journey.press(KeyCode::Esc).settled().await;
    }
}

#[tokio::test]
async fn a_session_id_and_an_organization_id_lead_to_their_views() {
    let journey = start().await;
    let path = format!("/sessions?user_id={ALICE}&status=active");
    let sessions = read(&journey, &path).await;
    let last = rows(&sessions).last().unwrap();
    journey.paste(text(last, "id"));
    journey.until_screen_contains("Session of Alice Chen").await;
    journey.until_screen_contains("2 active sessions").await;
    let city = text(&last["latest_activity"], "city");
    journey
        .until("cursor on it", |screen| chosen(screen).contains(city))
        .await;

    let organizations = read(&journey, "/organizations").await;
    let organization = &rows(&organizations)[0];
    journey
        .keys("3")
        .until_screen_contains("40 organizations")
        .await;
    journey.settled().await;
    journey.keys("/").keys(text(organization, "id"));
    journey.press(KeyCode::Enter);
    let place = format!("members of {}", text(organization, "name"));
    journey.until_screen_contains(&place).await;
    journey.settled().await;
    assert!(journey.screen().contains("Organizations › "));
}

#[tokio::test]
async fn ids_of_nothing_are_said_to_be_so() {
    let journey = start().await;
    for (id, what) in [
        ("sess_2nothing1", "No session has the id sess_2nothing1."),
        ("org_2nothing1", "No organization has the id org_2nothing1."),
        ("idn_2nothing1", "No address has the id idn_2nothing1."),
        ("user_2nothing1", "Nobody has the id user_2nothing1."),
    ] {
        journey.paste(id).until_screen_contains(what).await;
        journey.settled().await;
    }
    journey.until_screen_contains("/ user_2nothing1").await;
}

#[tokio::test]
async fn a_list_of_250_is_looked_up_and_three_are_missing() {
    let journey = start().await;
    let users = read(&journey, "/users?limit=500").await;
    let mut emails = Vec::new();
    let mut phones = Vec::new();
    let mut ids = Vec::new();
    for user in rows(&users) {
        let emails_of = user["email_addresses"].as_array().unwrap();
        let phones_of = user["phone_numbers"].as_array().unwrap();
        match (emails_of.last(), phones_of.first()) {
            (_, Some(phone)) if phones.len() < 20 => phones.push(text(phone, "phone_number")),
            // The last one, which may not be the one that a row shows.
            (Some(email), _) if emails.len() < 207 => emails.push(text(email, "email_address")),
            _ if ids.len() < 20 => ids.push(text(user, "id")),
            _ => {}
        }
    }
    let unknown = ["a@nowhere.example", "+4915700000001", "user_2nothing1"];
    assert_eq!(emails.len() + phones.len() + ids.len() + unknown.len(), 250);
    let list = [
        emails.join("\n"),
        unknown.join(", "),
        phones.join("; "),
        ids.join(","),
    ];
    let before = journey.server.switches().requests().len();
    journey.paste(&list.join("\r\n"));
    journey.until_screen_contains("/ list of 250").await;
    journey.until_screen_contains("247 of 250 found").await;
    journey.settled().await;
    journey
        .until_screen_contains("3 not found: a@nowhere.example, +4915700000001")
        .await;
    let requests = journey.server.switches().requests();
    let lists = requests[before..].iter();
    let lists = lists
        .filter(|seen| seen.target().starts_with("/users?"))
        .count();
    assert_eq!(lists, 5, "three of e-mails, one of ids, one of phones");

    journey
        .press(KeyCode::F(2))
        .keys("missing")
        .press(KeyCode::Enter);
    journey.until_screen_contains("Copied 3 not found").await;
    assert_eq!(journey.copied(), [unknown.join("\n")]);

    // Changes open on the rows.
    journey.keys("B").until_screen_contains("y ban").await;
    journey.press(KeyCode::Esc).settled().await;
    journey.press(KeyCode::Esc);
    journey.until_screen_lacks("list of").await;
    journey.settled().await;
    assert_eq!(journey.writes(), [""; 0]);
}

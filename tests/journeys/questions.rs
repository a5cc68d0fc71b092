//! What support is asked, answered with the box alone.

use crossterm::event::KeyCode;
use reqwest::Method;
use serde_json::Value;

use crate::asking::{
    DAY, Desk, HOUR, active, created, date, emails, everybody, is, is_unverified, list, metadata,
    name, phones, signed_in, text, within,
};

fn is_alice_chen(user: &Value) -> bool {
    text(user, "id") == "user_2abc123"
}

fn is_on_plan_pro(user: &Value) -> bool {
    metadata(user, "/plan", |plan| plan == "pro")
}

/// Some were found, so that the question was worth asking.
fn some(ids: &[String]) {
    assert!(!ids.is_empty(), "nobody is found");
}

#[tokio::test]
async fn who_signed_up_yesterday_and_never_came_back() {
    // This demo lives a day behind: who signs up there now did so yesterday.
    let mut desk = Desk::open_behind(842, DAY).await;
    for n in 1..3 {
        let body = serde_json::json!({
            "first_name": "Bot", "last_name": format!("N{n}"), "skip_password_requirement": true,
            "email_address": [format!("bot{n}@x.example")],
        });
        let (status, _) = desk
            .journey
            .elsewhere(Method::POST, "/users", Some(body))
            .await;
        assert_eq!(status, 200);
    }
    desk.people = everybody(&desk.journey).await;
    let found = desk
        .answers("created:yesterday signin:never", |user| {
            desk.is_on(created(user), 1) && signed_in(user).is_none()
        })
        .await;
    assert!(found.len() >= 2);
    desk.journey.until_screen_contains("bot1@x.example").await;
}

#[tokio::test]
async fn who_is_banned_at_acme() {
    let mut desk = Desk::open_unread(842).await;
    let acme = desk.members("acme-research").await;
    for id in acme.iter().take(2) {
        let path = format!("/users/{id}/ban");
        let (status, _) = desk.journey.elsewhere(Method::POST, &path, None).await;
        assert_eq!(status, 200);
    }
    desk.people = everybody(&desk.journey).await;
    let found = desk
        .answers("org:acme is:banned", |user| {
            acme.contains(text(user, "id")) && is(user, "banned")
        })
        .await;
    some(&found);
    let screen = desk.journey.screen();
    assert_eq!(screen.matches("x banned").count(), found.len(), "{screen}");
}

#[tokio::test]
async fn who_has_no_second_factor_at_acme() {
    let desk = Desk::open_unread(842).await;
    let acme = desk.members("acme-research").await;
    desk.ask("org:acme -is:mfa").await;
    let among = format!("Filtered among all {}.", acme.len());
    desk.journey.until_screen_contains(&among).await;
    let found = desk
        .answers("org:acme -is:mfa", |user| {
            acme.contains(text(user, "id")) && !is(user, "two_factor_enabled")
        })
        .await;
    assert!(found.len() < acme.len());
}

#[tokio::test]
async fn who_is_locked_out_right_now() {
    let desk = Desk::open_unread(842).await;
    // Not all are read yet, and it says so.
    desk.ask("is:locked").await;
    desk.journey
        .until("how many were looked at", |screen| {
            screen.contains("Filtered among ") && screen.contains(" of 842 read.")
        })
        .await;
    desk.walk().await;
    desk.journey
        .until_screen_contains("Filtered among all 842.")
        .await;
    let found = desk.answers("is:locked", |user| is(user, "locked")).await;
    some(&found);
    let screen = desk.journey.screen();
    let shown = screen.matches("! locked").count() + screen.matches("x banned").count();
    assert_eq!(shown, found.len(), "{screen}");
}

#[tokio::test]
async fn who_came_in_the_last_two_hours() {
    let desk = Desk::open_unread(842).await;
    let since = desk.now - 2 * HOUR;
    let came = |user: &Value| signed_in(user).is_some_and(|at| at >= since);
    some(&desk.answers("signin:<2h", came).await);
}

#[tokio::test]
async fn which_unverified_accounts_are_older_than_thirty_days() {
    let desk = Desk::open_unread(842).await;
    let old = desk.now - 30 * DAY;
    let found = desk
        .answers("is:unverified created:>30d", |user| {
            is_unverified(user) && created(user).unwrap() < old
        })
        .await;
    some(&found);
    desk.journey.until_screen_contains("? unverified").await;
}

#[tokio::test]
async fn whose_phone_number_ends_in_these_digits() {
    let desk = Desk::open_unread(842).await;
    let found = desk
        .answers("phone:1234410", |user| {
            phones(user).any(|phone| phone.ends_with("1234410"))
        })
        .await;
    assert_eq!(found, ["user_2abc123"]);
    desk.journey.until_screen_contains("Alice Chen").await;
}

#[tokio::test]
async fn who_pays_for_the_plan_pro() {
    let desk = Desk::open_unread(842).await;
    some(&desk.answers("meta:plan=pro", is_on_plan_pro).await);
}

#[tokio::test]
async fn which_banned_people_still_pay_for_pro() {
    let desk = Desk::open_unread(842).await;
    let both = |user: &Value| is_on_plan_pro(user) && is(user, "banned");
    some(&desk.answers("meta:plan=pro is:banned", both).await);
}

#[tokio::test]
async fn who_belongs_neither_to_acme_nor_to_beta() {
    let desk = Desk::open_unread(842).await;
    let acme = desk.members("acme-research").await;
    let beta = desk.members("beta-1").await;
    let found = desk
        .answers("-org:acme -org:beta", |user| {
            let id = text(user, "id");
            !acme.contains(id) && !beta.contains(id)
        })
        .await;
    assert_eq!(found.len(), 842 - acme.union(&beta).count());
}

#[tokio::test]
async fn which_accounts_have_no_password() {
    let desk = Desk::open(842).await;
    let found = desk
        .answers("-has:password", |user| !is(user, "password_enabled"))
        .await;
    some(&found);
}

#[tokio::test]
async fn who_has_nothing_but_a_wallet_and_an_address() {
    let desk = Desk::open(842).await;
    let found = desk
        .answers("has:wallet -has:password -has:phone", |user| {
            !list(user, "web3_wallets").is_empty()
                && !is(user, "password_enabled")
                && phones(user).count() == 0
        })
        .await;
    some(&found);
}

#[tokio::test]
async fn whose_old_address_is_this() {
    let desk = Desk::open_unread(842).await;
    let found = desk
        .answers("email:=alice.old@example.com", |user| {
            emails(user).any(|email| email == "alice.old@example.com")
        })
        .await;
    assert_eq!(found, ["user_2abc123"]);
    // It is not the address that the row shows.
    desk.journey
        .until_screen_contains("alice@example.com")
        .await;
}

#[tokio::test]
async fn are_there_several_of_this_name() {
    let desk = Desk::open_unread(842).await;
    let found = desk
        .answers("name:alice", |user| within(&name(user), "alice"))
        .await;
    assert_eq!(found.len(), 5);
    for last in ["Chen", "Ng", "Okafor", "Müller", "Fontaine"] {
        desk.journey
            .until_screen_contains(&format!("Alice {last}"))
            .await;
    }
}

#[tokio::test]
async fn who_is_the_newest_account() {
    let desk = Desk::open_unread(842).await;
    let newest = desk.people.iter().max_by_key(|user| created(user)).unwrap();
    desk.journey.press(KeyCode::Home).keys("yi").settled().await;
    assert_eq!(desk.journey.copied(), [text(newest, "id")]);
}

#[tokio::test]
async fn who_is_the_oldest_account() {
    let desk = Desk::open_unread(842).await;
    let oldest = desk.people.iter().min_by_key(|user| created(user)).unwrap();
    desk.journey.keys("G").settled().await;
    desk.journey.keys("yi").settled().await;
    assert_eq!(desk.journey.copied(), [text(oldest, "id")]);
}

#[tokio::test]
async fn who_signed_up_on_that_day() {
    let desk = Desk::open_unread(842).await;
    let day = date(created(desk.person(is_alice_chen)).unwrap());
    let found = desk
        .answers(&format!("created:{day}"), |user| {
            date(created(user).unwrap()) == day
        })
        .await;
    assert!(found.contains(&"user_2abc123".to_owned()));
}

#[tokio::test]
async fn who_has_not_signed_in_for_half_a_year() {
    let desk = Desk::open_unread(842).await;
    let now = jiff::Timestamp::from_millisecond(desk.now).unwrap();
    let now = now.to_zoned_datetime(jiff::tz::TimeZone::system());
    let ago = now.checked_sub(jiff::Span::new().months(6)).unwrap();
    let ago = ago.timestamp().as_millisecond();
    let found = desk
        .answers("signin:>6mo", |user| {
            signed_in(user).is_some_and(|at| at < ago)
        })
        .await;
    some(&found);
}

#[tokio::test]
async fn who_is_this_customer_of_the_crm() {
    let desk = Desk::open_unread(842).await;
    let found = desk
        .answers("ext:crm-4411", |user| {
            text(user, "external_id") == "crm-4411"
        })
        .await;
    assert_eq!(found, ["user_2abc123"]);
}

#[tokio::test]
async fn whose_google_account_is_this() {
    let desk = Desk::open_unread(842).await;
    let chen = desk.person(is_alice_chen);
    let account = text(&list(chen, "external_accounts")[0], "provider_user_id");
    let found = desk
        .answers(&format!("provider:google/{account}"), |user| {
            let accounts = list(user, "external_accounts").iter();
            accounts
                .map(|one| text(one, "provider_user_id"))
                .any(|id| id == account)
        })
        .await;
    assert_eq!(found, ["user_2abc123"]);
}

#[tokio::test]
async fn who_was_active_today_with_a_password_alone() {
    let desk = Desk::open_unread(842).await;
    let found = desk
        .answers("active:today has:password -is:mfa", |user| {
            desk.is_on(active(user), 0)
                && is(user, "password_enabled")
                && !is(user, "two_factor_enabled")
        })
        .await;
    some(&found);
}

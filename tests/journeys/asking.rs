//! A console whose box is asked, and what the server's own JSON says to that.

use std::{
    collections::HashSet,
    time::{SystemTime, UNIX_EPOCH},
};

use clerk_tui::demo::Options;
use crossterm::event::{KeyCode, KeyModifiers};
use reqwest::Method;
use serde_json::Value;

use crate::common::Journey;

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// How far the demo's clock is behind the console's: somebody always came
/// exactly two hours before the demo's present, and that is no edge then.
const BEHIND: i64 = 5 * MINUTE;

/// A console that has read everybody, and everybody as JSON, the newest first.
pub struct Desk {
    pub journey: Journey,
    pub people: Vec<Value>,
    /// The console's present, in Unix milliseconds.
    pub now: i64,
}

impl Desk {
    /// A demo of so many, all of whom were read.
    pub async fn open(users: u32) -> Self {
        let desk = Self::open_unread(users).await;
        desk.walk().await;
        desk.journey.press(KeyCode::Home).settled().await;
        desk
    }

    /// A demo of so many, of whom the first rows were read.
    pub async fn open_unread(users: u32) -> Self {
        Self::open_behind(users, BEHIND).await
    }

    /// The same with a demo whose clock is so far behind the console's.
    pub async fn open_behind(users: u32, behind: i64) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let now = i64::try_from(now.as_millis()).unwrap();
        let options = Options {
            users,
            rate_limit: 0,
            now: Some(now - behind),
            ..Options::default()
        };
        let journey = Journey::start(options, (160, 45)).await;
        journey
            .until_screen_contains(&format!("{users} users"))
            .await;
        // What is under the cursor does not matter here.
        journey.press(KeyCode::Tab).settled().await;
        let people = everybody(&journey).await;
        Self {
            journey,
            people,
            now,
        }
    }

    /// Goes down until nothing more is read.
    pub async fn walk(&self) {
        for _ in 0..self.people.len() / 250 + 2 {
            self.journey.walk_down().settled().await;
        }
    }

    /// Types a question into the box, asks it, and waits for an answer.
    pub async fn ask(&self, question: &str) -> &Self {
        let journey = &self.journey;
        journey.keys("/");
        journey.press_with(KeyCode::Char('u'), KeyModifiers::CONTROL);
        journey.keys(question).press(KeyCode::Enter);
        let answered = |screen: &str| {
            let mut lines = screen.lines();
            let box_line = lines.find_map(|line| line.strip_prefix(&format!(" / {question} ")));
            box_line.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
                && screen.contains(" found ")
        };
        journey.until(question, answered).await;
        self
    }

    /// Waits until so many are found.
    pub async fn finds(&self, question: &str, count: usize) {
        let wanted = format!("{count} found");
        let found = |screen: &str| {
            let mut lines = screen.lines();
            let box_line = lines.find_map(|line| line.strip_prefix(&format!(" / {question} ")));
            box_line.is_some_and(|rest| rest.trim_start().starts_with(&wanted))
        };
        let what = format!("{wanted} for {question}");
        self.journey.until(&what, found).await;
    }

    /// The ids in the list, from the first row to the last, of which there are so many.
    pub async fn ids_shown(&self, count: usize) -> Vec<String> {
        if count == 0 {
            self.journey.until_screen_contains("Nothing found").await;
            return Vec::new();
        }
        let before = self.journey.copied().len();
        self.journey.press(KeyCode::Home);
        // One more: on the last row the cursor stays.
        for _ in 0..=count {
            self.journey.keys("yij");
        }
        self.journey.settled().await;
        let mut ids = self.journey.copied().split_off(before);
        assert_eq!(ids.len(), count + 1);
        let last = ids.pop();
        assert_eq!(last.as_ref(), ids.last(), "there are more than {count}");
        ids
    }

    /// The people of whom something is true, by id, the newest first.
    pub fn who(&self, is: impl Fn(&Value) -> bool) -> Vec<String> {
        let people = self.people.iter().filter(|user| is(user));
        people.map(|user| text(user, "id").to_owned()).collect()
    }

    /// Asks the box, and holds that exactly those are shown of whom it is true,
    /// the newest first; gives their ids.
    pub async fn answers(&self, question: &str, is: impl Fn(&Value) -> bool) -> Vec<String> {
        let expected = self.who(is);
        self.ask(question).await;
        if expected.len() > 40 {
            self.walk().await;
        }
        self.finds(question, expected.len()).await;
        let shown = self.ids_shown(expected.len()).await;
        assert!(
            shown == expected,
            "{question}: shown are {shown:#?}, expected {expected:#?}"
        );
        expected
    }

    /// One person.
    pub fn person(&self, is: impl Fn(&Value) -> bool) -> &Value {
        let found = self.people.iter().find(|user| is(user));
        found.expect("there is such a person")
    }

    /// Who belongs to an organization, by its slug.
    pub async fn members(&self, slug: &str) -> HashSet<String> {
        let path = format!("/organizations/{slug}");
        let organization = json(&self.journey, &path).await;
        let id = text(&organization, "id");
        let path = format!("/organizations/{id}/memberships?limit=500");
        let members = json(&self.journey, &path).await;
        let members = members["data"].as_array().unwrap().iter();
        let id = |member: &Value| text(&member["public_user_data"], "user_id").to_owned();
        members.map(id).collect()
    }

    /// Midnight in the console's zone, so many days ago.
    pub fn midnight(&self, days_ago: i64) -> i64 {
        let zone = jiff::tz::TimeZone::system();
        let now = jiff::Timestamp::from_millisecond(self.now).unwrap();
        let today = now.to_zoned_datetime(zone.clone()).date();
        let day = today.checked_sub(jiff::Span::new().days(days_ago)).unwrap();
        let start = day.to_zoned_datetime(zone).unwrap();
        start.timestamp().as_millisecond()
    }

    /// Whether a time lies on the day that was so many days ago.
    pub fn is_on(&self, at: Option<i64>, days_ago: i64) -> bool {
        at.is_some_and(|at| (self.midnight(days_ago)..self.midnight(days_ago - 1)).contains(&at))
    }
}

/// The day of a time in the console's zone: `2026-01-31`.
pub fn date(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap();
    at.to_zoned_datetime(jiff::tz::TimeZone::system())
        .date()
        .to_string()
}

/// Everybody as JSON, the newest first.
pub async fn everybody(journey: &Journey) -> Vec<Value> {
    let mut people = Vec::new();
    loop {
        let path = format!("/users?limit=500&offset={}", people.len());
        let page = json(journey, &path).await;
        let page = page.as_array().unwrap();
        people.extend(page.iter().cloned());
        if page.len() < 500 {
            return people;
        }
    }
}

/// What the server answers.
pub async fn json(journey: &Journey, path: &str) -> Value {
    let (status, answer) = journey.elsewhere(Method::GET, path, None).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

/// A text, empty where there is none.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

/// The entries of a list.
pub fn list<'a>(user: &'a Value, key: &str) -> &'a [Value] {
    user[key].as_array().map_or(&[], Vec::as_slice)
}

/// A time in Unix milliseconds.
pub fn time(user: &Value, key: &str) -> Option<i64> {
    user[key].as_i64()
}

pub fn created(user: &Value) -> Option<i64> {
    time(user, "created_at")
}

pub fn signed_in(user: &Value) -> Option<i64> {
    time(user, "last_sign_in_at")
}

pub fn active(user: &Value) -> Option<i64> {
    time(user, "last_active_at")
}

pub fn emails(user: &Value) -> impl Iterator<Item = &str> {
    list(user, "email_addresses")
        .iter()
        .map(|one| text(one, "email_address"))
}

pub fn phones(user: &Value) -> impl Iterator<Item = &str> {
    list(user, "phone_numbers")
        .iter()
        .map(|one| text(one, "phone_number"))
}

pub fn name(user: &Value) -> String {
    let parts = ["first_name", "last_name"].map(|part| text(user, part));
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Whether a text stands in another, in large or small letters.
pub fn within(all: &str, part: &str) -> bool {
    all.to_lowercase().contains(&part.to_lowercase())
}

/// Whether a state is on.
pub fn is(user: &Value, state: &str) -> bool {
    user[state].as_bool().unwrap()
}

/// Whether there are addresses or numbers, but none of them is verified.
pub fn is_unverified(user: &Value) -> bool {
    let mut all = list(user, "email_addresses")
        .iter()
        .chain(list(user, "phone_numbers"))
        .peekable();
    let verified = |one: &Value| one["verification"]["status"] == "verified";
    all.peek().is_some() && !all.any(verified)
}

/// Whether any of the three kinds of metadata has this at a place: `/plan`.
pub fn metadata(user: &Value, place: &str, is: impl Fn(&Value) -> bool) -> bool {
    let kinds = ["public_metadata", "private_metadata", "unsafe_metadata"];
    kinds
        .iter()
        .any(|kind| user[*kind].pointer(place).is_some_and(&is))
}

use serde_json::json;

use super::fixtures::{
    account, address, alice, at, clock, enterprise, membership, nobody, page, passkey,
    second_phone, session,
};
use super::*;
use crate::app::document::{Follow, Line};
use crate::app::{Moment, Ticket};
use crate::domain::{ApiError, ErrorKind, Json, Row, Unreadable, Untrusted, User};

/// A person with one session and one membership.
pub fn dossier(user: User) -> Dossier {
    let mut dossier = Dossier::new(user.id.clone());
    dossier.user.put(Box::new(user));
    dossier.sessions.put(page(vec![session()]));
    dossier.memberships.put(page(vec![membership("org:admin")]));
    dossier
}

fn told(lines: &[Line]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.text().trim_end().to_owned())
        .collect();
    lines.join("\n")
}

/// The profile as one text, for reading.
fn profile(dossier: &Dossier, unfolded: &[Metadata]) -> String {
    let sections: Vec<String> = sections(dossier, &clock(), unfolded)
        .iter()
        .map(|section| format!("─ {}\n{}", section.title, told(&section.lines)))
        .collect();
    sections.join("\n")
}

#[test]
fn a_profile_says_everything_in_sections() {
    insta::assert_snapshot!(profile(&dossier(alice()), &[Metadata::Public]), @r#"
    ─ Identity
    user_2abc123 · username alicec · external id crm-4411
    alice@example.com      verified · primary · used by Google
    alice.old@example.com  not verified
    ─ Security
    password    changed 2026-02-11 · 285 d ago
    two-factor  on since 2026-02-12 · authenticator
    lock        not locked · 7 attempts left
    linked      Google · alice@example.com
    ─ Dates
    signed in   2026-11-23 13:02:07 +00:00   1 h ago
    active      2026-11-23                   today
    created     2024-01-01 12:00:00 +00:00   2 years ago
    updated     2026-11-20 12:00:00 +00:00   3 d ago
    ─ Other
    may delete their own account · may create organizations, at most 3
    locale de-DE · no legal terms accepted
    ─ Sessions: 1 active
    today 14:02  Firefox 131, macOS   Berlin DE     203.0.113.7     ends 30 Nov
    ─ Organizations: 1
    Acme Research               admin         since 2024-02-03
    ─ Metadata: 3 keys
    ▾ public   3 keys
      {
        "plan": "pro",
        "seats": 5,
        "beta": true
      }
      private  empty
      unsafe   empty
    "#);
}

#[test]
fn a_profile_of_somebody_without_anything_is_told_too() {
    let mut dossier = dossier(nobody());
    dossier.sessions.put(page(Vec::new()));
    dossier.memberships.put(page(Vec::new()));
    insta::assert_snapshot!(profile(&dossier, &[Metadata::Public]), @"
    ─ Identity
    user_2abc123
    no e-mail address, phone number or wallet
    ─ Security
    password    none
    two-factor  off
    lock        not locked · attempts not limited
    ─ Dates
    signed in   never
    active      never
    created     not told
    updated     not told
    ─ Other
    may not delete their own account · may not create organizations
    no legal terms accepted
    ─ Sessions: 0 active
    No active session. s, then a shows earlier ones.
    ─ Organizations: 0
    In no organization.
    ─ Metadata: 0 keys
      public   empty
      private  empty
      unsafe   empty
    ");
}

#[test]
fn a_preview_is_short() {
    let lines = preview(&dossier(alice()), &clock());
    assert!(lines.len() <= 12);
    insta::assert_snapshot!(told(&lines), @"
    Alice Chen · user_2abc123
    CAN SIGN IN  with password or Google, then an authenticator code
    username alicec · external id crm-4411
    alice@example.com      verified · primary · used by Google
    alice.old@example.com  not verified
    1 session: Berlin DE today 14:02
    Acme Research (admin)
    signed in today 13:02 · active today · created 2024-01-01
    metadata 3 keys
    ");
}

#[test]
fn identity_security_and_dates_stand_left() {
    let sides: Vec<(String, bool)> = sections(&dossier(alice()), &clock(), &[])
        .into_iter()
        .map(|section| (section.title, section.right))
        .collect();
    let (left, right) = sides.split_at(4);
    assert!(left.iter().all(|(_, right)| !right), "{sides:?}");
    assert!(right.iter().all(|(_, right)| *right), "{sides:?}");
}

#[test]
fn nothing_read_yet_is_no_empty_page() {
    let mut fresh = Dossier::new(alice().id);
    insta::assert_snapshot!(profile(&fresh, &[]), @"
    ─ Identity
    user_2abc123
    Clerk was not asked for this person yet. r asks.
    ─ Sessions
    Clerk was not asked for sessions yet. r asks.
    ─ Organizations
    Clerk was not asked for organizations yet. r asks.
    ");
    fresh.user.wait_for(Ticket(1), Moment(0));
    fresh.sessions.wait_for(Ticket(2), Moment(0));
    fresh.memberships.wait_for(Ticket(3), Moment(0));
    insta::assert_snapshot!(profile(&fresh, &[]), @"
    ─ Identity
    user_2abc123
    Asking Clerk for this person…
    ─ Sessions
    Asking Clerk for sessions…
    ─ Organizations
    Asking Clerk for organizations…
    ");
    insta::assert_snapshot!(told(&preview(&fresh, &clock())), @"
    user_2abc123
    Asking Clerk for this person…
    ");
}

#[test]
fn a_preview_names_one_trouble_once() {
    let mut offline = dossier(alice());
    let lost = || Err(ApiError::new(ErrorKind::NotConnected, ""));
    offline.user.wait_for(Ticket(1), Moment(0));
    offline.sessions.wait_for(Ticket(2), Moment(0));
    offline.memberships.wait_for(Ticket(3), Moment(0));
    offline.user.settle(Ticket(1), &lost(), |_| None);
    offline.sessions.settle(Ticket(2), &lost(), |_| None);
    offline.memberships.settle(Ticket(3), &lost(), |_| None);
    let text = told(&preview(&offline, &clock()));
    assert_eq!(text.matches("No connection to Clerk.").count(), 1, "{text}");
}

#[test]
fn security_tells_states_factors_and_accounts() {
    let mut user = nobody();
    (user.banned, user.locked, user.two_factor) = (true, true, true);
    user.attempts_left = Some(1);
    user.backup_codes = true;
    user.mfa_disabled = Some(at("2025-01-01T00:00:00Z"));
    user.phones = vec![second_phone("+49 170 1234410")];
    user.phones[0].verified = false;
    user.passkeys = vec![passkey("iPhone"), passkey(" ")];
    user.passkeys[0].last_used = Some(at("2026-11-20T00:00:00Z"));
    user.accounts = vec![account("oauth_github")];
    user.accounts[0].verified = false;
    user.enterprise = vec![enterprise("saml_okta")];
    user.enterprise[0].active = false;
    let section = person::security(&user, &clock());
    insta::assert_snapshot!(told(&section.lines), @"
    state       banned
    password    none
    two-factor  on · SMS to +49 170 1234410, not verified · backup codes
    lock        locked, with no end given · 1 attempt left
    passkey     iPhone · used 2026-11-20
    passkey     (no name) · never used
    linked      GitHub · not verified
    enterprise  Okta · not active
    ");
    user.two_factor = false;
    let section = person::security(&user, &clock());
    assert!(section.lines[2].text().contains("off since 2025-01-01"));
}

#[test]
fn what_uses_an_address_is_bounded() {
    let mut user = nobody();
    user.emails = vec![address("a@example.com")];
    let names = [
        "oauth_google",
        "oauth_google",
        "oauth_apple",
        "oauth_x",
        "saml",
    ];
    user.emails[0].linked_to = names.map(Untrusted::from).to_vec();
    let identity = person::identity(&dossier(user), &clock());
    assert_eq!(
        identity.lines[1].text(),
        "a@example.com  verified · used by Google, Apple +2"
    );
}

#[test]
fn a_failure_says_what_to_do_and_keeps_what_was_read() {
    let mut kept = dossier(alice());
    kept.sessions.wait_for(Ticket(1), Moment(0));
    let lost = ApiError::new(ErrorKind::NotConnected, "tcp connect");
    kept.sessions.settle(Ticket(1), &Err(lost), |_| None);
    let sessions = &sections(&kept, &clock(), &[])[4];
    insta::assert_snapshot!(told(&sessions.lines), @"
    No connection to Clerk. tcp connect.
    What you see is from 14:03. r tries again.
    today 14:02  Firefox 131, macOS   Berlin DE     203.0.113.7     ends 30 Nov
    ");
}

#[test]
fn rows_lead_somewhere() {
    let sections = sections(&dossier(alice()), &clock(), &[]);
    let follows: Vec<&Follow> = sections
        .iter()
        .flat_map(|section| section.lines.iter().filter_map(|line| line.follow.as_ref()))
        .collect();
    assert!(matches!(
        follows[..],
        [
            Follow::Session(_),
            Follow::Organization(..),
            Follow::Fold(Metadata::Public)
        ]
    ));
}

#[test]
fn the_last_activity_never_has_an_hour() {
    for (time, words) in [
        ("2026-11-23T00:00:00Z", "today"),
        ("2026-11-22T00:00:00Z", "yesterday"),
        ("2026-11-14T00:00:00Z", "9 d ago"),
        ("2026-11-24T00:00:00Z", "2026-11-24"),
    ] {
        let mut user = alice();
        user.last_active = Some(at(time));
        let dates = person::dates(&user, &clock());
        let text = dates.lines[1].text();
        assert!(text.ends_with(words) && !text.contains(" h"), "{text}");
    }
}

#[test]
fn rows_that_are_missing_or_unreadable_are_told() {
    let mut strange = dossier(alice());
    let mut rows = page(vec![membership("admin")]);
    rows.total = Some(120);
    rows.rows.push(Row::Unreadable(Unreadable {
        id: None,
        why: "no \u{1b}role".into(),
    }));
    strange.memberships.put(rows);
    let section = &sections(&strange, &clock(), &[])[5];
    assert_eq!(section.title, "Organizations: 120");
    assert_eq!(section.lines[1].text(), "# unreadable  no ␛role");
    assert_eq!(section.lines[2].text(), "… and 118 more, not read");
}

#[test]
fn metadata_that_is_no_object_is_shown_as_it_is() {
    let mut user = alice();
    user.unsafe_metadata = Json::new(json!("x"));
    user.private_metadata = Json::new(json!([]));
    let lines = related::metadata(&user, &[Metadata::Unsafe]).lines;
    assert_eq!(
        told(&lines),
        "▸ public   3 keys\n  private  empty\n▾ unsafe   1 value\n  \"x\""
    );
}

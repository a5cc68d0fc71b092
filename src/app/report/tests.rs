use proptest::prelude::*;
use serde_json::json;

use super::fixtures::{
    account, address, alice, at, clock, enterprise, membership, nobody, page, passkey,
    second_phone, session,
};
use super::*;
use crate::app::document::{Follow, Line};
use crate::app::text::width;
use crate::app::{Moment, Ticket, Tone};
use crate::domain::{ApiError, ErrorKind, Json, Row, SessionStatus, Unreadable, Untrusted, User};

fn dossier(user: User) -> Dossier {
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
    sections(dossier, &clock(), unfolded)
        .iter()
        .map(|section| format!("─ {}\n{}\n", section.title, told(&section.lines)))
        .collect()
}

#[test]
fn a_profile_says_everything_in_sections() {
    insta::assert_snapshot!(profile(&dossier(alice()), &[Metadata::Public]), @"");
}

#[test]
fn a_profile_of_somebody_without_anything_is_told_too() {
    let mut dossier = dossier(nobody());
    dossier.sessions.put(page(Vec::new()));
    dossier.memberships.put(page(Vec::new()));
    insta::assert_snapshot!(profile(&dossier, &[Metadata::Public]), @"");
}

#[test]
fn a_preview_is_short() {
    let lines = preview(&dossier(alice()), &clock());
    assert!(lines.len() <= 12);
    insta::assert_snapshot!(told(&lines), @"");
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
    insta::assert_snapshot!(profile(&fresh, &[]), @"");
    fresh.user.wait_for(Ticket(1), Moment(0));
    fresh.sessions.wait_for(Ticket(2), Moment(0));
    fresh.memberships.wait_for(Ticket(3), Moment(0));
    insta::assert_snapshot!(profile(&fresh, &[]), @"");
    insta::assert_snapshot!(told(&preview(&fresh, &clock())), @"");
}

#[test]
fn a_failure_says_what_to_do_and_keeps_what_was_read() {
    let mut kept = dossier(alice());
    kept.sessions.wait_for(Ticket(1), Moment(0));
    let lost = ApiError::new(ErrorKind::NotConnected, "tcp connect");
    kept.sessions.settle(Ticket(1), Err(lost), |_| None);
    let sessions = &sections(&kept, &clock(), &[])[4];
    insta::assert_snapshot!(told(&sessions.lines), @"");
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

/// Somebody whose every text is `text`.
fn hostile(text: &str) -> Dossier {
    let some = || Some(Untrusted::new(text));
    let mut main = address(text);
    main.primary = true;
    main.linked_to = vec![text.into(), "oauth_x".into(), text.into()];
    let mut linked = account(text);
    linked.email = some();
    let mut named = account(text);
    named.username = some();
    named.verified = false;
    let mut sso = enterprise(text);
    sso.email = some();
    let value = json!({text: [text, {text: text}]});
    let user = User {
        external_id: some(),
        username: some(),
        first_name: some(),
        last_name: some(),
        locale: some(),
        emails: vec![main.clone()],
        phones: vec![second_phone(text), address(text)],
        wallets: vec![main],
        passkeys: vec![passkey(text)],
        accounts: vec![linked, named],
        enterprise: vec![sso],
        public_metadata: Json::new(value.clone()),
        private_metadata: Json::new(json!(text)),
        raw: Json::new(value),
        ..alice()
    };
    let mut dossier = dossier(user);
    dossier.sessions.put(page(vec![hostile_session(text)]));
    let mut member = membership(text);
    member.organization.name = text.into();
    let mut rows = page(vec![member]);
    rows.rows.push(Row::Unreadable(Unreadable {
        id: some(),
        why: text.into(),
    }));
    dossier.memberships.put(rows);
    let error = ApiError::new(ErrorKind::Server, text);
    dossier.sessions.wait_for(Ticket(1), Moment(0));
    dossier.sessions.settle(Ticket(1), Err(error), |_| None);
    dossier
}

fn hostile_session(text: &str) -> crate::domain::Session {
    let some = || Some(Untrusted::new(text));
    let mut session = session();
    session.status = SessionStatus::Other(text.into());
    session.actor = some();
    session.activity.device = some();
    session.activity.browser = some();
    session.activity.browser_version = some();
    session.activity.ip = some();
    session.activity.city = some();
    session.activity.country = some();
    session
}

/// Every line that is made of a person.
fn everything(dossier: &Dossier) -> Vec<Line> {
    let clock = clock();
    let all = [Metadata::Public, Metadata::Private, Metadata::Unsafe];
    let mut lines: Vec<Line> = sections(dossier, &clock, &all)
        .into_iter()
        .flat_map(|section| {
            assert!(!section.lines.is_empty());
            std::iter::once(Line::new(Tone::Plain, section.title)).chain(section.lines)
        })
        .collect();
    lines.extend(preview(dossier, &clock));
    lines.extend(dossier.user.value().map(|user| can_sign_in(user, &clock)));
    let sessions = dossier.sessions.value().unwrap();
    let session = sessions.rows[0].read().unwrap();
    lines.push(Line::new(Tone::Plain, session_line(session, &clock)));
    lines
}

/// Longer than any line needs to be: three names, cut.
const LONGEST: usize = 240;

proptest! {
    #[test]
    fn nothing_that_steers_a_terminal_is_ever_said(
        text in prop_oneof![any::<String>(), "[\\x00-\\x1f\u{7f}-\u{9f}\u{202a}-\u{202e}a_ .]{0,40}"],
    ) {
        let dossier = hostile(&text);
        let raw = raw(dossier.user.value().unwrap());
        for line in everything(&dossier).iter().chain(&raw) {
            for span in &line.spans {
                let seen = Untrusted::new(&span.text);
                prop_assert_eq!(seen.shown(), span.text.as_str());
            }
        }
    }

    #[test]
    fn no_name_pushes_anything_away(text in "[a-z🦀李\u{301} ]{200,400}") {
        for line in everything(&hostile(&text)) {
            let json = line.spans.iter().any(|span| span.text.starts_with('"'));
            prop_assert!(json || width(&line.text()) <= LONGEST, "{}", line.text());
        }
    }
}

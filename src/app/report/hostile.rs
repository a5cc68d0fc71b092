//! Whatever people call themselves, no line breaks out.

use proptest::prelude::*;
use serde_json::json;

use super::fixtures::{
    account, address, alice, clock, enterprise, membership, page, passkey, second_phone, session,
};
use super::tests::dossier;
use super::*;
use crate::app::document::Line;
use crate::app::text::width;
use crate::app::{Moment, Ticket, Tone};
use crate::domain::{ApiError, ErrorKind, Json, Row, SessionStatus, Unreadable, Untrusted, User};

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
    dossier.sessions.settle(Ticket(1), &Err(error), |_| None);
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

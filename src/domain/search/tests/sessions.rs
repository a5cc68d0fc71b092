//! What the words ask of sessions.

use super::*;
use crate::domain::{Activity, SessionStatus};

fn session() -> Session {
    Session {
        id: SessionId::new("sess_1").unwrap(),
        user: UserId::new("user_1").unwrap(),
        status: SessionStatus::Active,
        actor: None,
        activity: Activity {
            device: Some("Macintosh".into()),
            browser: Some("Firefox".into()),
            browser_version: Some("131.0".into()),
            ip: Some("203.0.113.7".into()),
            city: Some("Köln".into()),
            country: Some("DE".into()),
            mobile: false,
        },
        created: Some(at("2026-04-01T00:00:00Z")),
        last_active: Some(at("2026-04-15T11:00:00Z")),
        expires: None,
    }
}

fn search(text: &str) -> SessionSearch {
    parse(text, Scope::Sessions).sessions(now(), &TimeZone::UTC)
}

fn passes(text: &str, session: &Session) -> bool {
    let texts = ["Alice Chen", "alice@example.com"];
    let person = |text: &str| texts.iter().any(|own| contains(own, text));
    search(text).passes(session, person)
}

#[test]
fn words_pass_what_they_name_and_their_negations_the_rest() {
    let session = session();
    for (yes, no) in [
        ("id:sess_1", "id:SESS_1"),
        ("user:user_1", "user:user_12"),
        ("ip:203.0.113.7", "ip:203.0.113.70"),
        ("ip:203.0.113.", "ip:203.0.114."),
        ("ip:203.", "ip:=203."),
        ("ip:203.0.113", "ip:0.113.7"),
        ("ip:=203.0.113.7", "ip:=203.0.113"),
        ("country:de", "country:e"),
        ("country:=DE", "country:=d"),
        ("city:KÖL", "city:bonn"),
        ("city:=köln", "city:=köl"),
        ("device:fire", "device:chrome"),
        ("device:macintosh", "device:iphone"),
        ("device:=firefox", "device:=fire"),
        ("created:2026-04-01", "created:2026-04-02"),
        ("created:>14d", "created:>15d"),
        ("active:<2h", "active:<30m"),
    ] {
        assert!(passes(yes, &session) && !passes(no, &session), "{yes} {no}");
        let not = |text: &str| format!("-{text}");
        assert!(!passes(&not(yes), &session), "-{yes}");
        assert!(passes(&not(no), &session), "-{no}");
    }
}

#[test]
fn free_words_are_looked_for_in_all_that_is_seen_and_in_the_person() {
    let session = session();
    for text in [
        "",
        "FIREFOX",
        "131",
        "203.0",
        "köln",
        "de",
        "sess_1",
        "user_1",
        "active",
        "alice chen",
        "\"Alice Chen\"",
        "@example",
        "chen köln mac",
    ] {
        assert!(passes(text, &session), "{text}");
    }
    for text in ["bob", "alice bob", "\"chen köln\""] {
        assert!(!passes(text, &session), "{text}");
    }
}

#[test]
fn the_same_field_means_any_and_different_ones_all() {
    let session = session();
    assert!(passes("device:chrome device:firefox", &session));
    assert!(!passes("device:firefox city:bonn", &session));
    assert!(!passes("device:firefox -device:mac", &session));
    assert!(!passes("-device:chrome -device:firefox", &session));
    assert!(!passes("created:2026-04 created:2026-03", &session));
}

#[test]
fn what_is_missing_matches_nothing_but_never() {
    let bare = Session {
        activity: Activity::default(),
        created: None,
        last_active: None,
        ..session()
    };
    for text in [
        "ip:2",
        "country:d",
        "city:k",
        "device:f",
        "created:>1m",
        "active:>1m",
    ] {
        assert!(!passes(text, &bare) && passes(&format!("-{text}"), &bare));
    }
    assert!(passes("active:never", &bare) && !passes("active:never", &session()));
    assert!(!passes("-active:never", &bare) && passes("-active:never", &session()));
}

#[test]
fn impersonation_is_seen_even_without_a_name() {
    let acted = Session {
        actor: Some("".into()),
        ..session()
    };
    assert!(passes("is:impersonated", &acted) && !passes("is:impersonated", &session()));
    assert!(!passes("-is:impersonated", &acted));
}

#[test]
fn an_ipv6_address_is_compared_in_any_case() {
    let mut six = session();
    six.activity.ip = Some("2001:db8::7334".into());
    assert!(passes("ip:2001:DB8:", &six) && passes("ip:=2001:db8::7334", &six));
    assert!(!passes("ip:2001:db9:", &six));
}

#[test]
fn one_person_alone_can_be_asked_of_clerk() {
    let user = |text| search(text).user.map(|id| id.to_string());
    assert_eq!(user("user:user_1 firefox"), Some("user_1".to_owned()));
    assert_eq!(user("user:user_1 user:user_2"), None);
    assert_eq!(user("-user:user_1"), None);
    assert!(search("").is_open() && !search("x").is_open());
}

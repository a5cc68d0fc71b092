//! Ranges of time, in zones whose days have 23, 24 and 25 hours.

use super::*;
use crate::domain::search::when::{BadWhen, When};

/// The first moment inside and the first one behind.
fn span(text: &str, now: &str, zone: &TimeZone) -> (Option<Timestamp>, Option<Timestamp>) {
    ends(When::parse(text).unwrap().span(at(now), zone))
}

fn days(text: &str, now: &str, zone: &TimeZone) -> (Option<Timestamp>, Option<Timestamp>) {
    ends(When::parse(text).unwrap().span_of_days(at(now), zone))
}

fn ends(span: Span) -> (Option<Timestamp>, Option<Timestamp>) {
    let first = span
        .after
        .map(|after| Timestamp::from_millis(after.millis() + 1));
    if let Some(first) = first {
        assert!(span.before.is_some_and(|b| b <= first) || span.holds(first));
        assert!(!span.holds(span.after.unwrap()));
    }
    assert!(span.before.is_none_or(|before| !span.holds(before)));
    (first, span.before)
}

fn some(first: &str, behind: &str) -> (Option<Timestamp>, Option<Timestamp>) {
    let time = |text: &str| (!text.is_empty()).then(|| at(text));
    (time(first), time(behind))
}

const NOON: &str = "2026-03-29T12:00:00Z";

#[test]
fn days_months_and_years_are_those_of_the_zone() {
    let (utc, berlin) = (TimeZone::UTC, berlin());
    for (text, in_utc, in_berlin) in [
        (
            "2026-03-29",
            some("2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"),
            // The clocks go forward: 23 hours.
            some("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ),
        (
            "today",
            some("2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"),
            some("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ),
        (
            "yesterday",
            some("2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z"),
            some("2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z"),
        ),
        (
            "2026-03",
            some("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
            some("2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"),
        ),
        (
            "2026",
            some("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            some("2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"),
        ),
        (
            "2026-01-01..2026-02-01",
            some("2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z"),
            some("2025-12-31T23:00:00Z", "2026-02-01T23:00:00Z"),
        ),
        (
            "2026-03-30..",
            some("2026-03-30T00:00:00Z", ""),
            some("2026-03-29T22:00:00Z", ""),
        ),
        (
            "..2026-03",
            some("", "2026-04-01T00:00:00Z"),
            some("", "2026-03-31T22:00:00Z"),
        ),
        (
            "2026-03-01..today",
            some("2026-03-01T00:00:00Z", "2026-03-30T00:00:00Z"),
            some("2026-02-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ),
    ] {
        assert_eq!(span(text, NOON, &utc), in_utc, "{text}");
        assert_eq!(span(text, NOON, &berlin), in_berlin, "{text}");
        // Named days are whole already.
        assert_eq!(days(text, NOON, &berlin), in_berlin, "{text}");
    }
}

#[test]
fn ago_counts_in_the_calendar_of_the_zone() {
    let (utc, berlin) = (TimeZone::UTC, berlin());
    // Monday noon in Berlin; the clocks went forward on Sunday.
    let now = "2026-03-30T10:00:00Z";
    for (ago, in_utc, in_berlin) in [
        ("5m", "2026-03-30T09:55:00Z", "2026-03-30T09:55:00Z"),
        ("48h", "2026-03-28T10:00:00Z", "2026-03-28T10:00:00Z"),
        ("2d", "2026-03-28T10:00:00Z", "2026-03-28T11:00:00Z"),
        ("1w", "2026-03-23T10:00:00Z", "2026-03-23T11:00:00Z"),
        // February has no 30th.
        ("1mo", "2026-02-28T10:00:00Z", "2026-02-28T11:00:00Z"),
        ("1y", "2025-03-30T10:00:00Z", "2025-03-30T10:00:00Z"),
    ] {
        for (zone, cut) in [(&utc, in_utc), (&berlin, in_berlin)] {
            assert_eq!(span(&format!(">{ago}"), now, zone), some("", cut), "{ago}");
            assert_eq!(span(&format!("<{ago}"), now, zone), some(cut, ""), "{ago}");
        }
    }
}

#[test]
fn a_day_of_activity_is_never_cut() {
    let (utc, berlin) = (TimeZone::UTC, berlin());
    assert_eq!(days("<2h", NOON, &utc), some("2026-03-29T00:00:00Z", ""));
    assert_eq!(days(">1d", NOON, &utc), some("", "2026-03-29T00:00:00Z"));
    // In Berlin the day began an hour before it did in UTC.
    assert_eq!(days("<2h", NOON, &berlin), some("2026-03-28T23:00:00Z", ""));
    assert_eq!(days(">1d", NOON, &berlin), some("", "2026-03-29T00:00:00Z"));
    // Just after midnight there, Clerk may still count the day before.
    assert_eq!(
        days("<1h", "2026-03-29T23:30:00Z", &berlin),
        some("2026-03-29T00:00:00Z", "")
    );
    // A cut at midnight leaves nothing of the day that begins there.
    assert_eq!(days(">12h", NOON, &utc), some("", "2026-03-29T00:00:00Z"));
}

#[test]
fn a_day_begins_where_its_midnight_does_not_exist() {
    let zone = TimeZone::get("America/Sao_Paulo").unwrap();
    assert_eq!(
        span("2018-11-04", NOON, &zone),
        some("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")
    );
}

#[test]
fn what_leads_out_of_the_calendar_never_means_everybody() {
    let utc = TimeZone::UTC;
    let (first, behind) = span("9999-12-31", NOON, &utc);
    assert!(first.unwrap() > at("9999-12-01T00:00:00Z") && behind.is_none());
    let (first, _) = span("<9999y", NOON, &utc);
    assert!(first.unwrap() < at("0001-01-01T00:00:00Z"));
    for now in [i64::MIN, i64::MAX].map(Timestamp::from_millis) {
        for text in ["today", "yesterday..", "<1d", ">1d", "2026"] {
            let when = When::parse(text).unwrap();
            assert!(!when.span(now, &utc).is_open(), "{text}");
            assert!(!when.span_of_days(now, &utc).is_open(), "{text}");
        }
    }
}

#[test]
fn what_is_no_range_says_why() {
    use BadWhen::{Amount, Backwards, Calendar, Unit, Unknown};
    for (text, why) in [
        ("", Unknown),
        ("..", Unknown),
        ("30d", Unknown),
        (">", Unknown),
        (">d", Unknown),
        ("tomorrow", Unknown),
        ("2026-1-1", Unknown),
        ("20260101", Unknown),
        ("2026-01-01-01", Unknown),
        ("2026-01...2026-02", Unknown),
        ("+026", Unknown),
        (">30", Unit),
        (">30min", Unit),
        (">0d", Amount),
        (">10000d", Amount),
        (">99999999999999999999d", Amount),
        ("2026-13", Calendar),
        ("2026-02-29", Calendar),
        ("2026-00-01", Calendar),
        ("2026-02..2026-01-31", Backwards),
        ("today..yesterday", Backwards),
    ] {
        assert_eq!(When::parse(text), Err(why), "{text}");
    }
}

#[test]
fn opposites_share_no_moment_and_leave_none_out() {
    for text in [
        ">30d",
        "<2h",
        "2026-01..",
        "..2026-03-29",
        "today..",
        "..yesterday",
    ] {
        let when = When::parse(text).unwrap();
        let opposite = when.opposite().unwrap();
        let (a, b) = (
            ends(when.span(at(NOON), &berlin())),
            ends(opposite.span(at(NOON), &berlin())),
        );
        assert!((a.0, a.1) == (b.1, b.0), "{text} {opposite}");
    }
    for text in ["never", "2026-01", "2026-01..2026-02"] {
        assert_eq!(When::parse(text).unwrap().opposite(), None);
    }
}

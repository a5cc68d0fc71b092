//! Sessions in words.

use crate::domain::{Session, SessionStatus, Untrusted};

use super::super::document::{Follow, Line};
use super::super::text::{cut, cut_middle, width};
use super::super::{Clock, Tone};
use super::words::{moment, pad, said, short_address};

/// The columns of an IPv4 address, and of an IP address in a row.
const IP: usize = 15;

/// A session in full, for the line below a list: `Firefox 131, macOS · ends
/// 30 Nov 14:02 · sess_2abc…9f`. Any part may be missing.
pub fn session_line(session: &Session, clock: &Clock) -> String {
    let mut parts = Vec::new();
    if let Some(who) = &session.actor {
        parts.push(impersonator(who));
    }
    if session.status != SessionStatus::Active {
        parts.push(status(&session.status));
    }
    parts.push(device(session));
    // A longer address is cut in a row.
    let ip = said(session.activity.ip.as_ref(), 45);
    parts.extend(ip.filter(|ip| width(ip) > IP));
    parts.extend(end(session, clock));
    parts.push(cut_middle(session.id.as_str(), 13));
    parts.join(" · ")
}

/// Browser and system: `Firefox 131, macOS`; `unknown device` where neither is known.
pub fn device(session: &Session) -> String {
    let activity = &session.activity;
    let browser = said(activity.browser.as_ref(), 20).map(|browser| {
        match said(activity.browser_version.as_ref(), 20) {
            Some(version) => format!("{browser} {}", major(&version)),
            None => browser,
        }
    });
    let system = said(activity.device.as_ref(), 20)
        .map(|system| match system.as_str() {
            "Macintosh" => "macOS".to_owned(),
            _ => system,
        })
        .or_else(|| activity.mobile.then(|| "mobile".to_owned()));
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => "unknown device".to_owned(),
    }
}

/// The browser alone, for a narrow column; what else is known where there is none.
pub fn browser(session: &Session) -> String {
    said(session.activity.browser.as_ref(), 20).unwrap_or_else(|| device(session))
}

/// City and country: `Berlin DE`; blank where neither is known.
pub fn place(session: &Session) -> String {
    let activity = &session.activity;
    let parts: Vec<String> = [
        said(activity.city.as_ref(), 24),
        said(activity.country.as_ref(), 20),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(" ")
}

/// The rows of a session in a profile: one, and a second one that says who
/// impersonates.
pub fn rows(session: &Session, clock: &Clock) -> Vec<Line> {
    let cell = |text: &str, columns: usize| pad(cut(text, columns - 1), columns);
    let active = session
        .last_active
        .map_or_else(|| "never".to_owned(), |time| clock.short(time));
    let ip = session.activity.ip.as_ref();
    let ip = ip.map_or_else(String::new, |ip| short_address(ip, IP));
    let (mark, tone) = match session.actor {
        Some(_) => ("I ", Tone::Bad),
        None => ("", Tone::Plain),
    };
    let mut row = Line::default();
    if !mark.is_empty() {
        row = row.and(tone, mark);
    }
    row = row
        .and(Tone::Plain, cell(&active, 13))
        .and(Tone::Strong, cell(&device(session), 21))
        .and(Tone::Plain, cell(&place(session), 14))
        .and(Tone::Plain, pad(ip, IP + 1));
    if session.status != SessionStatus::Active {
        row = row.and(Tone::Warn, format!("{} ", status(&session.status)));
    }
    row = row.and(Tone::Dim, end_of_row(session, clock));
    let follow = || Follow::Session(Box::new(session.clone()));
    let mut rows = vec![row.leading_to(follow())];
    if let Some(who) = &session.actor {
        let who = Line::new(Tone::Bad, format!("  {}", impersonator(who)));
        rows.push(who.leading_to(follow()));
    }
    rows
}

/// `impersonated by user_2abc`
fn impersonator(who: &Untrusted) -> String {
    said(Some(who), 40).map_or_else(
        || "impersonated".to_owned(),
        |who| format!("impersonated by {who}"),
    )
}

/// When a session that can still be used ends, or ended without anybody saying so.
fn end(session: &Session, clock: &Clock) -> Option<String> {
    let expires = session.expires?;
    if !session.status.is_live() {
        return None;
    }
    let verb = verb(session, clock);
    Some(format!("{verb} {}", moment(clock, expires)))
}

/// The end with its day only.
fn end_of_row(session: &Session, clock: &Clock) -> String {
    session.expires.map_or_else(String::new, |expires| {
        format!("{} {}", verb(session, clock), clock.short(expires))
    })
}

fn verb(session: &Session, clock: &Clock) -> &'static str {
    if session.expires.is_some_and(|end| end <= clock.now()) {
        "ended"
    } else {
        "ends"
    }
}

/// The state in one word.
fn status(status: &SessionStatus) -> String {
    let word = match status {
        SessionStatus::Active => "active",
        SessionStatus::Pending => "pending",
        SessionStatus::Revoked => "revoked",
        SessionStatus::Ended => "ended",
        SessionStatus::Expired => "expired",
        SessionStatus::Removed => "removed",
        SessionStatus::Abandoned => "abandoned",
        SessionStatus::Replaced => "replaced",
        SessionStatus::Other(word) => {
            return said(Some(word), 20).unwrap_or_else(|| "no status".to_owned());
        }
    };
    word.to_owned()
}

/// `131` of `131.0.2`.
fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{at, clock, session};
    use super::*;
    use crate::domain::Activity;

    fn line(change: impl FnOnce(&mut Session)) -> String {
        let mut session = session();
        change(&mut session);
        session_line(&session, &clock())
    }

    #[test]
    fn the_chosen_session_is_told_in_full() {
        assert_eq!(
            line(|_| ()),
            "Firefox 131, macOS · ends 30 Nov 14:02 · sess_2…hijk9f"
        );
        assert!(
            line(|s| s.status = SessionStatus::Revoked)
                .starts_with("revoked · Firefox 131, macOS · sess_")
        );
        assert!(
            line(|s| s.status = SessionStatus::Other("on\u{1b}hold".into()))
                .starts_with("on␛hold · Firefox")
        );
        assert!(line(|s| s.actor = Some("user_9".into())).starts_with("impersonated by user_9 · "));
        assert!(line(|s| s.actor = Some("".into())).starts_with("impersonated · "));
        assert!(
            line(|s| s.expires = Some(at("2026-11-23T14:00:00Z"))).contains("ended today 14:00")
        );
        let v6 = "2001:db8:85a3:8d3:1319:8a2e:370:7334";
        assert!(line(|s| s.activity.ip = Some(v6.into())).contains(v6));
    }

    #[test]
    fn any_part_may_be_missing() {
        let bare = line(|s| {
            s.activity = Activity::default();
            s.expires = None;
        });
        assert!(bare.starts_with("unknown device · sess_"), "{bare}");
    }

    #[test]
    fn devices_and_places_are_named_by_what_is_known() {
        let mut s = session();
        assert_eq!(
            (device(&s), place(&s)),
            ("Firefox 131, macOS".into(), "Berlin DE".into())
        );
        s.activity.browser_version = None;
        s.activity.device = None;
        s.activity.city = Some(" ".into());
        assert_eq!((device(&s), place(&s)), ("Firefox".into(), "DE".into()));
        s.activity.browser = None;
        s.activity.mobile = true;
        s.activity.country = None;
        assert_eq!((device(&s), place(&s)), ("mobile".into(), String::new()));
    }

    #[test]
    fn a_row_keeps_its_columns_and_flags_impersonation() {
        let mut s = session();
        s.activity.ip = Some("2001:db8:85a3:8d3:1319:8a2e:370:7334".into());
        let rows_of =
            |s: &Session| -> Vec<String> { rows(s, &clock()).iter().map(Line::text).collect() };
        assert_eq!(
            rows_of(&s),
            ["today 14:02  Firefox 131, macOS   Berlin DE     2001:db…70:7334 ends 30 Nov"]
        );
        s.actor = Some("user_9".into());
        s.activity.city = Some("x".repeat(200).into());
        let rows = rows_of(&s);
        assert!(rows[0].starts_with("I today 14:02"));
        assert!(rows[0].ends_with("ends 30 Nov"));
        assert_eq!(rows[1], "  impersonated by user_9");
    }
}

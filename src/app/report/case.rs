//! The text for a ticket: who, how they stand, what was done, and when that was so.

use crate::domain::{PastDeed, Status, Timestamp, Untrusted, User};

use super::super::{Clock, Person};
use super::sign_in::can_sign_in;
use super::words::short;

/// The columns that a name or an address may take in a ticket.
const LONGEST: usize = 200;

/// At most so many of the deeds are told.
const DEEDS: usize = 5;

/// A deed, or an attempt of which nobody knows how it ended: when, what, by
/// whom, why, and the trace by which Clerk finds it.
fn told(deed: &PastDeed, clock: &Clock) -> (&'static str, String) {
    let said = |before: &str, text: Option<&Untrusted>, after: &str| {
        let text = text.filter(|text| !text.is_blank());
        text.map_or_else(String::new, |text| {
            format!("{before}{}{after}", short(text, LONGEST))
        })
    };
    let text = format!(
        "{} {} by {}{}{}",
        clock.iso(deed.at),
        short(&deed.change, LONGEST),
        short(&deed.operator, LONGEST),
        said(": “", deed.reason.as_ref(), "”"),
        said(" (trace ", deed.trace_id.as_ref(), ")"),
    );
    match deed.done {
        Some(_) => ("Done", text),
        None => ("Tried, end unknown", text),
    }
}

/// What a text for a ticket tells.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// Whom it is about, as the screen shows them.
    pub person: &'a Person,
    /// The same as a whole, where they were read.
    pub user: Option<&'a User>,
    /// The name of the instance.
    pub instance: &'a str,
    /// What was done to them from this machine, the newest first.
    pub deeds: &'a [PastDeed],
    /// When the screen was read, where they were not.
    pub read_at: Option<Timestamp>,
}

impl Case<'_> {
    /// The text: a fact a line, each with its label, and nothing that is no text.
    pub fn text(&self, clock: &Clock) -> String {
        let row = self.user.map(User::row).or_else(|| self.person.row.clone());
        let row = row.as_ref();
        let said = |text: Option<&Untrusted>| {
            let text = text.filter(|text| !text.is_blank());
            text.map_or_else(|| "none".to_owned(), |text| short(text, LONGEST))
        };
        let read_at = self.user.map(|user| user.read_at).or(self.read_at);
        let mut lines = vec![
            ("Name", said(row.map(|row| &row.name))),
            ("Id", self.person.id.to_string()),
            ("E-mail", said(row.and_then(|row| row.email.as_ref()))),
            ("Instance", self.instance.to_owned()),
            ("State", self.state(clock)),
        ];
        lines.extend(read_at.map(|at| ("Read", clock.iso(at))));
        let deeds = self.deeds.iter().filter(|deed| deed.done != Some(false));
        lines.extend(deeds.take(DEEDS).map(|deed| told(deed, clock)));
        lines.push(("Written", clock.iso(clock.now())));
        let line = |(label, text): &(&str, String)| format!("{label}: {text}\n");
        lines.iter().map(line).collect()
    }

    /// The first line of the profile; of somebody who was not read as a whole,
    /// what the list says.
    fn state(&self, clock: &Clock) -> String {
        let Some(user) = self.user else {
            let status = self.person.row.as_ref().map(|row| row.status);
            return match status {
                None => "not read".to_owned(),
                Some(Status::Ok) => "ok".to_owned(),
                Some(Status::Banned) => "banned".to_owned(),
                Some(Status::Locked(None)) => "locked".to_owned(),
                Some(Status::Locked(Some(until))) => format!("locked until {}", clock.iso(until)),
                Some(Status::Deprovisioned) => "deprovisioned".to_owned(),
                Some(Status::Unverified) => "no verified address".to_owned(),
            };
        };
        let line = can_sign_in(user, clock).text();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{alice, at, clock, nobody};
    use super::*;
    use crate::domain::OpId;

    fn person(user: &User) -> Person {
        Person {
            id: user.id.clone(),
            row: Some(user.row()),
        }
    }

    fn text(person: &Person, user: Option<&User>, read_at: Option<Timestamp>) -> String {
        text_with(person, user, read_at, &[])
    }

    fn text_with(
        person: &Person,
        user: Option<&User>,
        read_at: Option<Timestamp>,
        deeds: &[PastDeed],
    ) -> String {
        let case = Case {
            person,
            user,
            instance: "PRODUCTION · acme.com",
            deeds,
            read_at,
        };
        let mut clock = clock();
        clock.set_zone(jiff::tz::TimeZone::fixed(jiff::tz::offset(1)));
        case.text(&clock)
    }

    #[test]
    fn of_somebody_who_was_read() {
        let alice = alice();
        assert_eq!(
            text(&person(&alice), Some(&alice), None),
            "Name: Alice Chen\n\
             Id: user_2abc123\n\
             E-mail: alice@example.com\n\
             Instance: PRODUCTION · acme.com\n\
             State: CAN SIGN IN with password or Google, then an authenticator code\n\
             Read: 2026-11-23T16:00:00+01:00\n\
             Written: 2026-11-23T16:00:00+01:00\n"
        );
    }

    #[test]
    fn what_was_done_is_told_the_newest_first() {
        let alice = alice();
        let deed = |n: u32, change: &str, done: Option<bool>| PastDeed {
            op: OpId { run: 1, n },
            batch: None,
            at: at("2026-11-23T13:00:00Z"),
            operator: "ann@desk".into(),
            change: change.into(),
            reason: None,
            done,
            trace_id: None,
        };
        let mut deeds = vec![
            deed(4, "unban", Some(true)),
            deed(3, "lock", None),
            deed(2, "delete", Some(false)),
            deed(1, "ban", Some(true)),
        ];
        deeds[3].reason = Some("card test\n#4812".into());
        deeds[3].trace_id = Some("8b1f".into());
        assert_eq!(
            text_with(&person(&alice), Some(&alice), None, &deeds),
            "Name: Alice Chen\n\
             Id: user_2abc123\n\
             E-mail: alice@example.com\n\
             Instance: PRODUCTION · acme.com\n\
             State: CAN SIGN IN with password or Google, then an authenticator code\n\
             Read: 2026-11-23T16:00:00+01:00\n\
             Done: 2026-11-23T14:00:00+01:00 unban by ann@desk\n\
             Tried, end unknown: 2026-11-23T14:00:00+01:00 lock by ann@desk\n\
             Done: 2026-11-23T14:00:00+01:00 ban by ann@desk: “card test␊#4812” (trace 8b1f)\n\
             Written: 2026-11-23T16:00:00+01:00\n"
        );
        let many = vec![deed(1, "ban", Some(true)); 9];
        let text = text_with(&person(&alice), None, None, &many);
        assert_eq!(text.matches("\nDone: ").count(), 5);
    }

    #[test]
    fn of_somebody_whom_only_a_list_knows() {
        let mut locked = nobody();
        locked.locked = true;
        locked.locked_until = Some(at("2026-11-23T16:30:00Z"));
        assert_eq!(
            text(&person(&locked), None, Some(at("2026-11-23T14:03:10Z"))),
            "Name: none\n\
             Id: user_2abc123\n\
             E-mail: none\n\
             Instance: PRODUCTION · acme.com\n\
             State: locked until 2026-11-23T17:30:00+01:00\n\
             Read: 2026-11-23T15:03:10+01:00\n\
             Written: 2026-11-23T16:00:00+01:00\n"
        );
        let unknown = Person {
            id: locked.id,
            row: None,
        };
        assert!(text(&unknown, None, None).contains("State: not read\nWritten:"));
    }

    #[test]
    fn nothing_of_theirs_can_begin_a_line_or_speak_to_a_terminal() {
        let mut user = nobody();
        user.first_name = Some("Bob\nState: ok\u{1b}[31m\u{202e}".into());
        let text = text(&person(&user), Some(&user), None);
        assert_eq!(text.lines().count(), 7, "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\r']));
    }
}

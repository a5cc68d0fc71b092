//! What this machine did to a person before, in words.

use std::cmp::Reverse;

use crate::domain::PastDeed;

use super::super::document::{Line, Section};
use super::super::text::width;
use super::super::{Clock, Tone};
use super::words::{LINE, said, short};

/// At most so many lines are shown.
const MOST: usize = 3;

/// The columns of an operator's name.
const OPERATOR: usize = 24;

/// What was done, the newest first; `me` sits at these keys. Nothing where
/// nothing was done.
pub fn past(deeds: &[PastDeed], me: &str, clock: &Clock) -> Option<Section> {
    let stories = stories(deeds);
    let title = match stories.len() {
        0 => return None,
        1..=MOST => "On this machine".to_owned(),
        all => format!("On this machine: the last {MOST} of {all}"),
    };
    let newest = stories.iter().take(MOST);
    Some(Section {
        title,
        right: false,
        lines: newest.map(|story| story.line(me, clock)).collect(),
    })
}

/// A deed, and what became of it.
struct Story<'a> {
    deed: &'a PastDeed,
    /// What took it back.
    undone: Option<&'a PastDeed>,
    /// How often it was done in a row.
    times: usize,
}

/// Deeds put together, the newest first like the deeds. What was refused is no deed.
fn stories(deeds: &[PastDeed]) -> Vec<Story<'_>> {
    let mut stories: Vec<Story> = Vec::new();
    for deed in deeds.iter().rev().filter(|deed| deed.done != Some(false)) {
        if let Some(undone) = stories.iter_mut().rev().find(|story| story.ends_in(deed)) {
            undone.undone = Some(deed);
        } else if let Some(last) = stories.last_mut().filter(|last| last.goes_on_in(deed)) {
            last.deed = deed;
            last.times += 1;
        } else {
            stories.push(Story {
                deed,
                undone: None,
                times: 1,
            });
        }
    }
    stories.reverse();
    stories.sort_by_key(|story| Reverse(story.last().at));
    stories
}

impl Story<'_> {
    /// Its end so far.
    fn last(&self) -> &PastDeed {
        self.undone.unwrap_or(self.deed)
    }

    /// Whether `deed` takes it back.
    fn ends_in(&self, deed: &PastDeed) -> bool {
        let both_done = self.deed.done == Some(true) && deed.done == Some(true);
        let inverse = matches!(
            (self.deed.change.raw(), deed.change.raw()),
            ("ban", "unban") | ("lock", "unlock")
        );
        self.undone.is_none() && both_done && inverse
    }

    /// Whether `deed` is the same once more.
    fn goes_on_in(&self, deed: &PastDeed) -> bool {
        let what = |deed: &PastDeed| (deed.change.clone(), deed.operator.clone(), deed.done);
        self.undone.is_none() && what(self.deed) == what(deed) && self.deed.reason == deed.reason
    }

    fn line(&self, me: &str, clock: &Clock) -> Line {
        let deed = self.deed;
        let who = |deed: &PastDeed, you: &str| {
            if deed.operator.raw() == me {
                you.to_owned()
            } else {
                short(&deed.operator, OPERATOR)
            }
        };
        let undone = match self.undone {
            None => String::new(),
            Some(undone) => {
                let who = (undone.operator != deed.operator).then(|| who(undone, "you") + " ");
                let when = clock.short(undone.at);
                format!(", {}undid it {when}", who.unwrap_or_default())
            }
        };
        let did = self.did(&clock.short(deed.at));
        let text = format!("{} {did}{undone}", who(deed, "You"));
        let undoing = self.undone.and_then(|undone| undone.reason.as_ref());
        let room = LINE.saturating_sub(width(&text) + width(": “”"));
        let reason = said(deed.reason.as_ref().or(undoing), room);
        let reason = reason.map_or_else(String::new, |reason| format!(": “{reason}”"));
        let tone = match deed.done {
            Some(_) => Tone::Plain,
            None => Tone::Warn,
        };
        Line::new(tone, text + &reason)
    }

    /// `banned them 2 Nov`.
    fn did(&self, when: &str) -> String {
        let when = match self.times {
            1 => when.to_owned(),
            times => format!("{times} times, last {when}"),
        };
        let change = &self.deed.change;
        let words = NAMED.iter().find(|(name, ..)| *name == change.raw());
        let is_done = self.deed.done.is_some();
        match words {
            Some((_, did, _)) if is_done => format!("{did} {when}"),
            Some((_, _, doing)) => format!("tried to {doing} {when}, end unknown"),
            // A later version may do what this one does not know.
            None if is_done => format!("did “{}” {when}", short(change, OPERATOR)),
            None => format!("tried “{}” {when}, end unknown", short(change, OPERATOR)),
        }
    }
}

/// Each change of a person: its name, that it was done, and that it was to be.
const NAMED: [(&str, &str, &str); 23] = [
    ("ban", "banned them", "ban them"),
    ("unban", "unbanned them", "unban them"),
    ("lock", "locked them", "lock them"),
    ("unlock", "unlocked them", "unlock them"),
    ("delete", "deleted them", "delete them"),
    ("edit", "edited their profile", "edit their profile"),
    (
        "metadata",
        "changed their metadata",
        "change their metadata",
    ),
    ("add-address", "added an address", "add an address"),
    ("change-address", "changed an address", "change an address"),
    ("remove-address", "removed an address", "remove an address"),
    (
        "replace-addresses",
        "replaced their address",
        "replace their address",
    ),
    (
        "set-primary",
        "made an address primary",
        "make an address primary",
    ),
    (
        "remove-factors",
        "removed second factors",
        "remove second factors",
    ),
    (
        "remove-credential",
        "removed a way to sign in",
        "remove a way to sign in",
    ),
    ("set-password", "set their password", "set their password"),
    (
        "remove-password",
        "removed their password",
        "remove their password",
    ),
    (
        "distrust-password",
        "marked their password as compromised",
        "mark their password as compromised",
    ),
    (
        "trust-password",
        "marked their password as safe",
        "mark their password as safe",
    ),
    ("revoke", "revoked a session", "revoke a session"),
    ("sign-in-link", "made a sign-in link", "make a sign-in link"),
    (
        "revoke-sign-in-link",
        "revoked a sign-in link",
        "revoke a sign-in link",
    ),
    ("impersonate", "impersonated them", "impersonate them"),
    (
        "revoke-impersonation",
        "ended an impersonation",
        "end an impersonation",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::report::fixtures;
    use crate::domain::{Action, OpId};

    fn deed(change: &str, at: &str) -> PastDeed {
        PastDeed {
            op: OpId { run: 1, n: 1 },
            batch: None,
            at: fixtures::at(at),
            operator: "ann@desk".into(),
            change: change.into(),
            reason: None,
            done: Some(true),
            trace_id: None,
        }
    }

    fn by(operator: &str, deed: PastDeed) -> PastDeed {
        PastDeed {
            operator: operator.into(),
            ..deed
        }
    }

    fn because(reason: &str, deed: PastDeed) -> PastDeed {
        PastDeed {
            reason: Some(reason.into()),
            ..deed
        }
    }

    fn ends(done: Option<bool>, deed: PastDeed) -> PastDeed {
        PastDeed { done, ..deed }
    }

    /// The title, and the lines; the oldest deed is given first.
    fn told(mut deeds: Vec<PastDeed>) -> Vec<String> {
        deeds.reverse();
        let clock = Clock::utc(fixtures::at("2026-11-23T15:00:00Z"));
        let section = past(&deeds, "ann@desk", &clock);
        section.map_or_else(Vec::new, |section| {
            let lines = section.lines.iter().map(Line::text);
            std::iter::once(section.title.clone())
                .chain(lines)
                .collect()
        })
    }

    fn told_in_one(deeds: Vec<PastDeed>) -> String {
        let [title, line] = &told(deeds)[..] else {
            panic!()
        };
        assert_eq!(title, "On this machine");
        line.clone()
    }

    #[test]
    fn a_ban_and_what_took_it_back_are_one_story() {
        let ban = because("card test #4812", deed("ban", "2026-11-02T10:00:00Z"));
        let unban = deed("unban", "2026-11-03T10:00:00Z");
        assert_eq!(
            told_in_one(vec![ban.clone()]),
            "You banned them 2 Nov: “card test #4812”"
        );
        assert_eq!(
            told_in_one(vec![ban.clone(), unban.clone()]),
            "You banned them 2 Nov, undid it 3 Nov: “card test #4812”"
        );
        assert_eq!(
            told_in_one(vec![by("bob", ban.clone()), unban.clone()]),
            "bob banned them 2 Nov, you undid it 3 Nov: “card test #4812”"
        );
        assert_eq!(
            told_in_one(vec![ban, by("bob", unban.clone())]),
            "You banned them 2 Nov, bob undid it 3 Nov: “card test #4812”"
        );
        assert_eq!(told_in_one(vec![unban]), "You unbanned them 3 Nov");
    }

    #[test]
    fn only_what_was_done_is_undone() {
        let ban = deed("ban", "2026-11-02T10:00:00Z");
        let unban = deed("unban", "2026-11-22T10:00:00Z");
        assert_eq!(
            told(vec![ends(None, ban.clone()), unban.clone()])[1..],
            [
                "You unbanned them yest. 10:00",
                "You tried to ban them 2 Nov, end unknown"
            ]
        );
        assert_eq!(
            told_in_one(vec![ban, ends(Some(false), unban)]),
            "You banned them 2 Nov"
        );
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let refused = ends(Some(false), deed("ban", "2026-11-02T10:00:00Z"));
        assert_eq!(told(vec![refused]), [""; 0]);
    }

    #[test]
    fn the_last_three_stories_are_told_the_newest_first() {
        let deeds = vec![
            deed("lock", "2026-11-01T10:00:00Z"),
            deed("edit", "2026-11-02T10:00:00Z"),
            deed("set-password", "2026-11-03T10:00:00Z"),
            deed("revoke", "2026-11-04T10:00:00Z"),
            deed("revoke", "2026-11-04T10:00:01Z"),
            deed("unlock", "2026-11-23T10:00:00Z"),
        ];
        assert_eq!(
            told(deeds),
            [
                "On this machine: the last 3 of 4",
                "You locked them 1 Nov, undid it today 10:00",
                "You revoked a session 2 times, last 4 Nov",
                "You set their password 3 Nov",
            ]
        );
    }

    #[test]
    fn a_stranger_s_reason_pushes_nothing_away_and_steers_nothing() {
        let reason = format!("\u{1b}{}", "x".repeat(500));
        let line = told_in_one(vec![because(&reason, deed("ban", "2026-11-02T10:00:00Z"))]);
        assert!(line.starts_with("You banned them 2 Nov: “␛xx"), "{line}");
        assert!(line.ends_with("…”") && width(&line) <= LINE, "{line}");
        let unknown = told_in_one(vec![deed("melt\u{1b}", "2026-11-02T10:00:00Z")]);
        assert_eq!(unknown, "You did “melt␛” 2 Nov");
    }

    #[test]
    fn every_change_of_a_person_has_its_words() {
        let of_nobody = ["create", "invite", "revoke-invitation"];
        let names = Action::NAMES
            .iter()
            .filter(|name| !of_nobody.contains(name));
        assert!(names.eq(NAMED.iter().map(|(name, ..)| name)));
    }
}

//! Words, widths and lists that all reports share.

use crate::domain::{Timestamp, Untrusted};

use super::super::document::Line;
use super::super::text::{capitalized, count, cut, cut_middle, width};
use super::super::words::failure;
use super::super::{Clock, Load, Remote, Tone};

/// The columns that a text of somebody's own choice may take.
pub const NAME: usize = 60;

/// The columns of a label before a fact.
const LABEL: usize = 12;

/// The columns of a line that is made of facts; half of a screen of 160.
pub const LINE: usize = 76;

/// The facts of a line, each with its tone.
pub type Facts = Vec<(Tone, String)>;

/// A text as it may be shown, at most `columns` wide.
pub fn short(text: &Untrusted, columns: usize) -> String {
    let shown = text.shown();
    // Combining marks take no columns, so a width alone would not bound them.
    match shown.char_indices().nth(columns * 8) {
        Some((end, _)) => cut(&format!("{}…", &shown[..end]), columns),
        None => cut(&shown, columns),
    }
}

/// An address as it may be shown, cut in the middle.
pub fn short_address(text: &Untrusted, columns: usize) -> String {
    let shown = text.shown();
    if shown.chars().nth(columns * 8).is_some() {
        return short(text, columns);
    }
    cut_middle(&shown, columns)
}

/// A text, if there is anything to be seen in it.
pub fn said(text: Option<&Untrusted>, columns: usize) -> Option<String> {
    text.filter(|text| !text.is_blank())
        .map(|text| short(text, columns))
}

/// A text filled up with spaces.
pub fn pad(mut text: String, columns: usize) -> String {
    let missing = columns.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// A line that begins with what it is about.
pub fn labelled(label: &str) -> Line {
    Line::new(Tone::Dim, format!("{label:<LABEL$}"))
}

/// The line with facts behind it, a dot between them.
pub fn with_facts(mut line: Line, facts: Facts) -> Line {
    for (i, (tone, text)) in facts.into_iter().enumerate() {
        if i > 0 {
            line = line.and(Tone::Dim, " · ");
        }
        line = line.and(tone, text);
    }
    line
}

/// Facts over as many lines as they need.
pub fn flow(facts: Facts) -> Vec<Line> {
    let mut lines: Vec<Facts> = Vec::new();
    let mut used = LINE;
    for (tone, text) in facts {
        let needed = width(&text) + width(" · ");
        if used + needed > LINE {
            lines.push(Vec::new());
            used = 0;
        }
        used += needed;
        if let Some(line) = lines.last_mut() {
            line.push((tone, text));
        }
    }
    lines
        .into_iter()
        .map(|facts| with_facts(Line::default(), facts))
        .collect()
}

/// `a`, `a or b`, `a, b or c`, `a, b, c, d or 7 more`.
pub fn alternatives(mut names: Vec<String>) -> String {
    const MOST: usize = 4;
    if names.len() > MOST + 1 {
        let more = names.len() - MOST;
        names.truncate(MOST);
        names.push(format!("{more} more"));
    }
    let last = names.pop().unwrap_or_default();
    if names.is_empty() {
        last
    } else {
        format!("{} or {last}", names.join(", "))
    }
}

/// `1 session`, `2 sessions`, for a number that Clerk counted.
pub fn count_u64(n: u64, what: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), what)
}

/// Day and time of day: `today 14:02`, `30 Nov 14:02`.
pub fn moment(clock: &Clock, time: Timestamp) -> String {
    let (day, minute) = (clock.short(time), clock.minute(time));
    if day.ends_with(&minute) {
        day
    } else {
        format!("{day} {minute}")
    }
}

/// The end of something: `14:20` where that is today, else with the day.
pub fn until(clock: &Clock, time: Timestamp) -> String {
    let moment = moment(clock, time);
    match moment.strip_prefix("today ") {
        Some(minute) => minute.to_owned(),
        None => moment,
    }
}

/// Names that title case would spell wrongly.
const SPELLED: [(&str, &str); 10] = [
    ("github", "GitHub"),
    ("gitlab", "GitLab"),
    ("google_one_tap", "Google"),
    ("hubspot", "HubSpot"),
    ("linkedin", "LinkedIn"),
    ("linkedin_oidc", "LinkedIn"),
    ("metamask_signature", "MetaMask"),
    ("okx_wallet_signature", "OKX wallet"),
    ("saml", "SAML"),
    ("tiktok", "TikTok"),
];

/// The name of a provider: `oauth_google` is Google. An unknown one is
/// written in title case.
pub fn provider(provider: &Untrusted) -> String {
    const PREFIXES: [&str; 4] = ["oauth_custom_", "oauth_", "saml_", "web3_"];
    let shown = short(provider, 30);
    let name = PREFIXES
        .iter()
        .find_map(|prefix| shown.strip_prefix(prefix))
        .unwrap_or(&shown);
    if let Some((_, spelled)) = SPELLED.iter().find(|(api, _)| *api == name) {
        return (*spelled).to_owned();
    }
    let words: Vec<String> = name
        .split(['_', ' '])
        .filter(|word| !word.is_empty())
        .map(capitalized)
        .collect();
    if words.is_empty() {
        "unnamed provider".to_owned()
    } else {
        words.join(" ")
    }
}

/// How a reading stands, where that has to be said: it is awaited for the
/// first time, or failed. `read_at` is the age of what there is.
pub fn standing<T>(
    remote: &Remote<T>,
    what: &str,
    read_at: impl FnOnce(&T) -> Timestamp,
    clock: &Clock,
) -> Vec<Line> {
    match (remote.load(), remote.value()) {
        (Load::Failed(error), value) => {
            let seen = value.map(|old| until(clock, read_at(old)));
            let [what, next] = failure(error, seen.as_deref());
            vec![
                Line::new(Tone::Bad, cut(&what, LINE)),
                Line::new(Tone::Dim, next),
            ]
        }
        (_, Some(_)) => Vec::new(),
        (Load::Waiting { .. }, None) => {
            vec![Line::new(Tone::Dim, format!("Asking Clerk for {what}…"))]
        }
        (Load::Idle, None) => vec![Line::new(
            Tone::Dim,
            format!("Clerk was not asked for {what} yet. r asks."),
        )],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_have_names() {
        for (api, name) in [
            ("oauth_google", "Google"),
            ("google", "Google"),
            ("oauth_github", "GitHub"),
            ("oauth_linkedin_oidc", "LinkedIn"),
            ("oauth_custom_acme_login", "Acme Login"),
            ("saml_okta", "Okta"),
            ("saml", "SAML"),
            ("web3_metamask_signature", "MetaMask"),
            ("oauth_x\u{1b}[2J", "X␛[2J"),
            ("oauth_", "unnamed provider"),
            ("", "unnamed provider"),
        ] {
            assert_eq!(provider(&Untrusted::new(api)), name, "{api:?}");
        }
    }

    #[test]
    fn a_list_of_alternatives_is_bounded() {
        let names = |n: u8| (0..n).map(|i| char::from(b'a' + i).to_string()).collect();
        assert_eq!(alternatives(names(0)), "");
        assert_eq!(alternatives(names(1)), "a");
        assert_eq!(alternatives(names(2)), "a or b");
        assert_eq!(alternatives(names(5)), "a, b, c, d or e");
        assert_eq!(alternatives(names(6)), "a, b, c, d or 2 more");
    }

    #[test]
    fn marks_without_a_width_are_bounded_too() {
        let zalgo = Untrusted::new(format!("a{}", "\u{301}".repeat(10_000)));
        assert!(short(&zalgo, 20).chars().count() <= 162);
        assert!(short_address(&zalgo, 20).chars().count() <= 162);
    }

    #[test]
    fn facts_flow_over_lines() {
        let fact = |c: &str| (Tone::Plain, c.repeat(30));
        let lines = flow(vec![fact("a"), fact("b"), fact("c")]);
        assert_eq!(
            lines[0].text(),
            format!("{} · {}", "a".repeat(30), "b".repeat(30))
        );
        assert_eq!(lines[1].text(), "c".repeat(30));
        assert_eq!(flow(vec![(Tone::Plain, "x".repeat(90))]).len(), 1);
    }
}

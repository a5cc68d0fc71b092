//! Identity, security and dates of a person.

use crate::domain::{Address, Timestamp, User};

use super::super::document::{Line, Section};
use super::super::text::{cut_middle, grouped, width};
use super::super::{Clock, Dossier, Tone, relative};
use super::sign_in::lock;
use super::words::{
    Facts, NAME, flow, labelled, pad, provider, said, short_address, standing, with_facts,
};

/// The columns of an address, so that what is said of it stays in sight.
const ADDRESS: usize = 40;

/// Ids, names and addresses, or how their reading stands.
pub fn identity(dossier: &Dossier, clock: &Clock) -> Section {
    // That a reading failed stands below the profile.
    let mut lines = match dossier.user.error() {
        Some(_) => Vec::new(),
        None => standing(&dossier.user, "this person", |user| user.read_at, clock),
    };
    match dossier.user.value() {
        Some(user) => {
            lines.extend(ids(user));
            lines.extend(addresses(user));
        }
        None => lines.insert(0, Line::new(Tone::Plain, dossier.id.as_str())),
    }
    left("Identity", lines)
}

/// Everything that is asked for at a sign-in.
pub fn security(user: &User, clock: &Clock) -> Section {
    let mut lines = Vec::new();
    if let Some(state) = state(user) {
        lines.push(labelled("state").and(Tone::Bad, state));
    }
    lines.push(with_facts(labelled("password"), password(user, clock)));
    lines.push(with_facts(labelled("two-factor"), two_factor(user, clock)));
    lines.push(with_facts(labelled("lock"), lock_facts(user, clock)));
    lines.extend(passkeys(user, clock));
    lines.extend(accounts(user));
    left("Security", lines)
}

/// The dates, absolute, and relative to the reading.
pub fn dates(user: &User, clock: &Clock) -> Section {
    let mut lines = vec![
        date("signed in", user.last_sign_in, "never", user, clock),
        active(user, clock),
        date("created", user.created, "not told", user, clock),
        date("updated", user.updated, "not told", user, clock),
    ];
    if user.legal_accepted.is_some() {
        lines.push(date("terms", user.legal_accepted, "", user, clock));
    }
    left("Dates", lines)
}

/// What else the API tells.
pub fn other(user: &User) -> Section {
    let may = |allowed: bool| if allowed { "may" } else { "may not" };
    let delete = format!("{} delete their own account", may(user.may_delete_self));
    let create = format!(
        "{} create organizations",
        may(user.may_create_organizations)
    );
    // 0 is Clerk's word for no limit.
    let limit = match user.organizations_limit {
        Some(most) if most != 0 && user.may_create_organizations => {
            format!("{create}, at most {most}")
        }
        _ => create,
    };
    let mut facts = vec![(Tone::Plain, delete), (Tone::Plain, limit)];
    if let Some(locale) = said(user.locale.as_ref(), 20) {
        facts.push((Tone::Plain, format!("locale {locale}")));
    }
    if user.legal_accepted.is_none() {
        facts.push((Tone::Dim, "no legal terms accepted".to_owned()));
    }
    left("Other", flow(facts))
}

fn left(title: &str, lines: Vec<Line>) -> Section {
    Section {
        title: title.to_owned(),
        right: false,
        lines,
    }
}

fn ids(user: &User) -> Vec<Line> {
    let mut facts = vec![(Tone::Plain, cut_middle(user.id.as_str(), NAME))];
    if let Some(name) = said(user.username.as_ref(), NAME) {
        facts.push((Tone::Plain, format!("username {name}")));
    }
    if let Some(id) = said(user.external_id.as_ref(), NAME) {
        facts.push((Tone::Plain, format!("external id {id}")));
    }
    flow(facts)
}

fn addresses(user: &User) -> Vec<Line> {
    let all = user.emails.iter().chain(&user.phones).chain(&user.wallets);
    let all: Vec<&Address> = all.collect();
    if all.is_empty() {
        let none = "no e-mail address, phone number or wallet";
        return vec![Line::new(Tone::Warn, none)];
    }
    address_lines(&all, ADDRESS)
}

/// Addresses, each cut to `most` columns, and in a second column what is to be
/// said of them.
pub fn address_lines(addresses: &[&Address], most: usize) -> Vec<Line> {
    let text = |address: &Address| short_address(&address.text, most);
    let widest = addresses.iter().map(|address| width(&text(address))).max();
    addresses
        .iter()
        .map(|address| address_line(address, pad(text(address), widest.unwrap_or(0))))
        .collect()
}

fn address_line(address: &Address, text: String) -> Line {
    let tone = if address.primary {
        Tone::Strong
    } else {
        Tone::Plain
    };
    let start = Line::new(tone, text).and(Tone::Plain, "  ");
    with_facts(start, address_facts(address))
}

fn address_facts(address: &Address) -> Facts {
    let mut facts = vec![if address.verified {
        (Tone::Good, "verified".to_owned())
    } else {
        (Tone::Warn, "not verified".to_owned())
    }];
    if address.primary {
        facts.push((Tone::Plain, "primary".to_owned()));
    }
    if address.second_factor {
        facts.push((Tone::Plain, "second factor".to_owned()));
    }
    if !address.linked_to.is_empty() {
        facts.push((Tone::Plain, format!("used by {}", users(address))));
    }
    facts
}

/// The first two that use an address.
fn users(address: &Address) -> String {
    let mut names: Vec<String> = address.linked_to.iter().map(provider).collect();
    names.dedup();
    let more = names.len().saturating_sub(2);
    names.truncate(2);
    let first = names.join(", ");
    if more == 0 {
        first
    } else {
        format!("{first} +{more}")
    }
}

const fn state(user: &User) -> Option<&'static str> {
    match (user.banned, user.deprovisioned) {
        (true, true) => Some("banned · deprovisioned"),
        (true, false) => Some("banned"),
        (false, true) => Some("deprovisioned"),
        (false, false) => None,
    }
}

fn password(user: &User, clock: &Clock) -> Facts {
    if !user.password {
        return vec![(Tone::Dim, "none".to_owned())];
    }
    match user.password_updated {
        Some(time) => vec![
            (Tone::Plain, format!("changed {}", clock.date(time))),
            (Tone::Dim, relative(time, user.read_at)),
        ],
        None => vec![(Tone::Plain, "set".to_owned())],
    }
}

fn two_factor(user: &User, clock: &Clock) -> Facts {
    let mut facts = vec![switched(user, clock)];
    if user.totp {
        facts.push((Tone::Plain, "authenticator".to_owned()));
    }
    for phone in user.phones.iter().filter(|phone| phone.second_factor) {
        let number = short_address(&phone.text, 20);
        facts.push(if phone.verified {
            (Tone::Plain, format!("SMS to {number}"))
        } else {
            (Tone::Warn, format!("SMS to {number}, not verified"))
        });
    }
    if user.backup_codes {
        facts.push((Tone::Plain, "backup codes".to_owned()));
    }
    facts
}

/// Whether the second factor is asked for, and since when. Clerk keeps both
/// dates, so each counts only where the state is its own.
fn switched(user: &User, clock: &Clock) -> (Tone, String) {
    let since = |time: Timestamp| clock.date(time);
    match (user.two_factor, user.mfa_enabled, user.mfa_disabled) {
        (true, Some(time), _) => (Tone::Plain, format!("on since {}", since(time))),
        (true, None, _) => (Tone::Plain, "on".to_owned()),
        (false, _, Some(time)) => (Tone::Dim, format!("off since {}", since(time))),
        (false, _, None) => (Tone::Dim, "off".to_owned()),
    }
}

fn lock_facts(user: &User, clock: &Clock) -> Facts {
    let state = if user.locked {
        (Tone::Warn, lock(user, clock))
    } else {
        (Tone::Plain, "not locked".to_owned())
    };
    vec![state, attempts(user)]
}

/// The attempts left; none are told where lockout is switched off.
fn attempts(user: &User) -> (Tone, String) {
    match user.attempts_left {
        Some(1) => (Tone::Warn, "1 attempt left".to_owned()),
        Some(left) => u64::try_from(left)
            .ok()
            .filter(|left| *left > 0)
            .map_or_else(
                || (Tone::Warn, "no attempts left".to_owned()),
                |left| (Tone::Plain, format!("{} attempts left", grouped(left))),
            ),
        None => (Tone::Dim, "attempts not limited".to_owned()),
    }
}

fn passkeys(user: &User, clock: &Clock) -> Vec<Line> {
    let line = |passkey: &crate::domain::Passkey| {
        let name = said(Some(&passkey.name), ADDRESS).unwrap_or_else(|| "(no name)".to_owned());
        let last = passkey.last_used.map_or_else(
            || "never used".to_owned(),
            |time| format!("used {}", clock.date(time)),
        );
        with_facts(
            labelled("passkey"),
            vec![(Tone::Plain, name), (Tone::Dim, last)],
        )
    };
    user.passkeys.iter().map(line).collect()
}

fn accounts(user: &User) -> Vec<Line> {
    let linked = user.accounts.iter().map(|account| {
        let mut facts = vec![(Tone::Plain, provider(&account.provider))];
        if !account.verified {
            facts.push((Tone::Warn, "not verified".to_owned()));
        }
        let named = account.email.as_ref().or(account.username.as_ref());
        facts.extend(named.map(|name| (Tone::Plain, short_address(name, ADDRESS))));
        with_facts(labelled("linked"), facts)
    });
    let enterprise = user.enterprise.iter().map(|account| {
        let mut facts = vec![(Tone::Plain, provider(&account.provider))];
        if !account.active {
            facts.push((Tone::Warn, "not active".to_owned()));
        }
        let email = account.email.as_ref();
        facts.extend(email.map(|email| (Tone::Plain, short_address(email, ADDRESS))));
        with_facts(labelled("enterprise"), facts)
    });
    linked.chain(enterprise).collect()
}

/// The columns of a date in full, and a gap.
const FULL: usize = 29;

fn date(label: &str, time: Option<Timestamp>, never: &str, user: &User, clock: &Clock) -> Line {
    match time {
        Some(time) => labelled(label)
            .and(Tone::Plain, pad(clock.full(time), FULL))
            .and(Tone::Dim, relative(time, user.read_at)),
        None => labelled(label).and(Tone::Dim, never),
    }
}

/// Clerk tells the day of the last activity only, so an hour would be made up.
fn active(user: &User, clock: &Clock) -> Line {
    const DAY_MS: i64 = 86_400_000;
    let Some(time) = user.last_active else {
        return labelled("active").and(Tone::Dim, "never");
    };
    let (date, day) = (clock.date(time), clock.day(time));
    let line = labelled("active");
    let apart = user.read_at.millis().saturating_sub(time.millis());
    if day != date {
        line.and(Tone::Plain, pad(date, FULL)).and(Tone::Dim, day)
    } else if apart.saturating_abs() >= DAY_MS {
        line.and(Tone::Plain, pad(date, FULL))
            .and(Tone::Dim, relative(time, user.read_at))
    } else {
        line.and(Tone::Plain, date)
    }
}

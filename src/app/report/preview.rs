//! The short form of a profile, beside a list.

use crate::domain::{Membership, Page, Row, Session, User};

use super::super::document::Line;
use super::super::text::{count, cut_middle};
use super::super::{Clock, Dossier, Tone};
use super::person::address_lines;
use super::related::{objects, organization, role, total};
use super::session::{device, place};
use super::sign_in::can_sign_in;
use super::words::{Facts, count_u64, flow, said, standing, with_facts};

/// The addresses shown.
const ADDRESSES: usize = 3;

/// A person in about a dozen lines. Times in it are absolute: it stands
/// beside a list, where nothing draws for hours.
pub fn preview(dossier: &Dossier, clock: &Clock) -> Vec<Line> {
    let mut lines = vec![title(dossier)];
    let people = standing(&dossier.user, "this person", |user| user.read_at, clock);
    lines.extend(people);
    // What belongs to a person says nothing without the person.
    let Some(user) = dossier.user.value() else {
        return lines;
    };
    lines.push(can_sign_in(user, clock));
    lines.extend(names(user));
    lines.extend(addresses(user));
    let page = &dossier.sessions;
    let stand = standing(page, "sessions", |page| page.read_at, clock);
    add_new(&mut lines, stand);
    lines.extend(page.value().map(|page| sessions(page, clock)));
    let page = &dossier.memberships;
    let stand = standing(page, "organizations", |page| page.read_at, clock);
    add_new(&mut lines, stand);
    lines.extend(page.value().map(organizations));
    lines.extend(times(user, clock));
    lines
}

/// Adds what was not said yet: offline, three readings fail for one reason.
fn add_new(lines: &mut Vec<Line>, more: Vec<Line>) {
    for line in more {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
}

fn title(dossier: &Dossier) -> Line {
    let name = dossier.user.value().map(|user| user.name());
    let name = said(name.as_ref(), 32);
    let mut facts: Facts = name.into_iter().map(|name| (Tone::Strong, name)).collect();
    facts.push((Tone::Plain, cut_middle(dossier.id.as_str(), 34)));
    with_facts(Line::default(), facts)
}

fn names(user: &User) -> Vec<Line> {
    let named = [
        ("username", &user.username),
        ("external id", &user.external_id),
    ];
    let facts = named
        .into_iter()
        .filter_map(|(what, text)| {
            Some((Tone::Plain, format!("{what} {}", said(text.as_ref(), 40)?)))
        })
        .collect();
    flow(facts)
}

fn addresses(user: &User) -> Vec<Line> {
    let all = || user.emails.iter().chain(&user.phones).chain(&user.wallets);
    // The primary ones first.
    let mut shown: Vec<_> = all().filter(|address| address.primary).collect();
    shown.extend(all().filter(|address| !address.primary));
    let more = shown.len().saturating_sub(ADDRESSES);
    shown.truncate(ADDRESSES);
    let mut lines = address_lines(&shown, 30);
    if more > 0 {
        lines.push(Line::new(Tone::Dim, format!("+ {}", more_of(more))));
    }
    lines
}

fn more_of(more: usize) -> String {
    if more == 1 {
        "1 more address".to_owned()
    } else {
        format!("{more} more addresses")
    }
}

/// `2 sessions: Berlin DE today 14:02 · Porto PT yest. 23:10`
fn sessions(page: &Page<Session>, clock: &Clock) -> Line {
    let read: Vec<&Session> = page.rows.iter().filter_map(Row::read).collect();
    if page.rows.is_empty() {
        return Line::new(Tone::Dim, "no active session");
    }
    let head = Line::new(Tone::Strong, count_u64(total(page), "session"));
    let mut facts = Facts::new();
    let borrowed = read.iter().filter(|session| session.actor.is_some());
    match borrowed.count() {
        0 => {}
        n => facts.push((Tone::Bad, format!("I {n} impersonated"))),
    }
    facts.extend(
        read.iter()
            .take(2)
            .map(|session| (Tone::Plain, whereabouts(session, clock))),
    );
    if facts.is_empty() {
        return head;
    }
    with_facts(head.and(Tone::Dim, ": "), facts)
}

fn whereabouts(session: &Session, clock: &Clock) -> String {
    let place = place(session);
    let place = if place.is_empty() {
        device(session)
    } else {
        place
    };
    match session.last_active {
        Some(time) => format!("{place} {}", clock.short(time)),
        None => place,
    }
}

/// `Acme Research (admin) · Beta (member)`
fn organizations(page: &Page<Membership>) -> Line {
    const SHOWN: usize = 2;
    if page.rows.is_empty() {
        return Line::new(Tone::Dim, "in no organization");
    }
    let mut read: Vec<&Membership> = page.rows.iter().filter_map(Row::read).collect();
    // Who may more than a plain member can harm more.
    read.sort_by_key(|row| role(row) == "member");
    let mut facts: Facts = read
        .into_iter()
        .take(SHOWN)
        .map(|row| {
            let text = format!("{} ({})", organization(row, 30), role(row));
            (Tone::Plain, text)
        })
        .collect();
    let more = total(page) - facts.len() as u64;
    if more > 0 && facts.is_empty() {
        facts.push((Tone::Plain, count_u64(more, "organization")));
    } else if more > 0 {
        facts.push((Tone::Dim, format!("{more} more")));
    }
    with_facts(Line::default(), facts)
}

fn times(user: &User, clock: &Clock) -> Vec<Line> {
    let signed_in = match user.last_sign_in {
        Some(time) => format!("signed in {}", clock.short(time)),
        None => "never signed in".to_owned(),
    };
    let mut facts = vec![(Tone::Plain, signed_in)];
    if let Some(time) = user.last_active {
        facts.push((Tone::Plain, format!("active {}", clock.day(time))));
    }
    if let Some(time) = user.created {
        facts.push((Tone::Plain, format!("created {}", clock.date(time))));
    }
    let keys = objects(user).iter().map(|(_, json)| json.len()).sum();
    if keys > 0 {
        facts.push((Tone::Dim, format!("metadata {}", count(keys, "key"))));
    }
    flow(facts)
}

//! What belongs to a person: sessions, organizations, metadata.

use crate::domain::{ApiError, Json, Membership, Page, Row, Unreadable, User};

use super::super::document::{Follow, Line, Metadata, Section};
use super::super::text::{count, grouped};
use super::super::words::explain;
use super::super::{Clock, Dossier, Remote, Tone};
use super::highlight::highlighted;
use super::session;
use super::words::{count_u64, pad, said, short, standing};

/// The columns of an organization's name.
const ORGANIZATION: usize = 40;

/// The active sessions.
pub fn sessions(dossier: &Dossier, clock: &Clock) -> Section {
    let remote = &dossier.sessions;
    let mut lines = standing_beside(dossier, remote, "sessions", clock);
    let mut title = "Sessions".to_owned();
    if let Some(page) = remote.value() {
        title = format!("Sessions: {} active", grouped(total(page)));
        lines.extend(rows(page, |row| session::rows(row, clock)));
        if page.rows.is_empty() {
            lines.push(Line::new(
                Tone::Dim,
                "No active session. s, then a shows earlier ones.",
            ));
        }
    }
    right(title, lines)
}

/// The organizations, with the role in each.
pub fn organizations(dossier: &Dossier, clock: &Clock) -> Section {
    let remote = &dossier.memberships;
    let mut lines = standing_beside(dossier, remote, "organizations", clock);
    let mut title = "Organizations".to_owned();
    if let Some(page) = remote.value() {
        title = format!("Organizations: {}", grouped(total(page)));
        lines.extend(rows(page, |row| vec![membership(row, clock)]));
        if page.rows.is_empty() {
            lines.push(Line::new(Tone::Dim, "In no organization."));
        }
    }
    right(title, lines)
}

/// How a reading stands, unless the person's own failed for the same reason:
/// that is said below the profile, once.
fn standing_beside<T>(
    dossier: &Dossier,
    remote: &Remote<Page<T>>,
    what: &str,
    clock: &Clock,
) -> Vec<Line> {
    let words = |error: Option<&ApiError>| error.map(explain);
    let said = remote.error().is_some() && words(remote.error()) == words(dossier.user.error());
    match remote.value() {
        Some(_) if said => Vec::new(),
        None if said => vec![Line::new(
            Tone::Dim,
            format!("The {what} could not be read."),
        )],
        _ => standing(remote, what, |page| page.read_at, clock),
    }
}

/// The three metadata objects, folded unless named in `unfolded`.
pub fn metadata(user: &User, unfolded: &[Metadata]) -> Section {
    let lines = objects(user)
        .into_iter()
        .flat_map(|(which, json)| object(which, json, unfolded.contains(&which)))
        .collect();
    let keys = objects(user).iter().map(|(_, json)| json.len()).sum();
    right(format!("Metadata: {}", count(keys, "key")), lines)
}

/// The metadata objects with their names.
pub const fn objects(user: &User) -> [(Metadata, &Json); 3] {
    [
        (Metadata::Public, &user.public_metadata),
        (Metadata::Private, &user.private_metadata),
        (Metadata::Unsafe, &user.unsafe_metadata),
    ]
}

/// How many there are: what Clerk counted, or what came.
pub fn total<T>(page: &Page<T>) -> u64 {
    let read = page.rows.len() as u64;
    page.total.unwrap_or(read).max(read)
}

/// The role without Clerk's prefix: `admin` for `org:admin`.
pub fn role(membership: &Membership) -> String {
    let role = said(Some(&membership.role), 24).unwrap_or_else(|| "no role".to_owned());
    role.strip_prefix("org:")
        .map_or(role.clone(), str::to_owned)
}

/// The name of an organization.
pub fn organization(membership: &Membership, columns: usize) -> String {
    said(Some(&membership.organization.name), columns).unwrap_or_else(|| "(no name)".to_owned())
}

fn right(title: String, lines: Vec<Line>) -> Section {
    Section {
        title,
        right: true,
        lines,
    }
}

/// The lines of every row, and what is to be said of those that are missing.
fn rows<T>(page: &Page<T>, show: impl Fn(&T) -> Vec<Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = page
        .rows
        .iter()
        .flat_map(|row| match row {
            Row::Read(row) => show(row),
            Row::Unreadable(row) => vec![unreadable(row)],
        })
        .collect();
    let missing = total(page) - page.rows.len() as u64;
    if missing > 0 {
        let text = format!("… and {} more, not read", grouped(missing));
        lines.push(Line::new(Tone::Dim, text));
    }
    lines
}

fn unreadable(row: &Unreadable) -> Line {
    Line::new(Tone::Bad, "# unreadable  ").and(Tone::Dim, short(&row.why, 60))
}

fn membership(membership: &Membership, clock: &Clock) -> Line {
    let follow = Follow::Organization(
        membership.organization.id.clone(),
        membership.organization.name.clone(),
    );
    let name = organization(membership, ORGANIZATION);
    let mut line = Line::new(Tone::Strong, pad(name, 26))
        .and(Tone::Plain, "  ")
        .and(Tone::Plain, pad(role(membership), 12));
    if let Some(created) = membership.created {
        line = line.and(Tone::Dim, format!("  since {}", clock.date(created)));
    }
    line.leading_to(follow)
}

fn object(which: Metadata, json: &Json, unfolded: bool) -> Vec<Line> {
    let name = pad(name(which).to_owned(), 9);
    let size = match (json.len(), json.raw()) {
        (0, value) if value.is_object() || value.is_array() || value.is_null() => {
            return vec![Line::new(Tone::Dim, format!("  {name}empty"))];
        }
        (0, _) => "1 value".to_owned(),
        (keys, _) => count_u64(keys as u64, "key"),
    };
    let sign = if unfolded { "▾ " } else { "▸ " };
    let head = Line::new(Tone::Accent, sign)
        .and(Tone::Strong, name)
        .and(Tone::Plain, size)
        .leading_to(Follow::Fold(which));
    let mut lines = vec![head];
    if unfolded {
        lines.extend(highlighted(json, 2));
    }
    lines
}

const fn name(which: Metadata) -> &'static str {
    match which {
        Metadata::Public => "public",
        Metadata::Private => "private",
        Metadata::Unsafe => "unsafe",
    }
}

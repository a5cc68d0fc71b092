//! What an edit of metadata changes, old and new, and what that means.

use crate::app::Tone;
use crate::app::dialog::basis::MetadataEdit;
use crate::app::dialog::{COLUMNS, metadata};
use crate::app::document::Line;
use crate::app::text::{count, cut, width};
use crate::domain::{Action, Difference, Json, MetadataKind, User};

/// Where a key is not there.
pub(super) const NOT_THERE: &str = "(not there)";

/// The most lines of a value.
const VALUE_LINES: usize = 3;

/// The most changes that are listed one by one.
const MOST: usize = 8;

/// The changes, what they leave alone, who sees them, and the way back.
pub(super) fn lines(edit: &MetadataEdit) -> Vec<Line> {
    let label = edit.kind.label();
    let key = Line::new(Tone::Dim, format!("{label}: "));
    let mut lines = Vec::new();
    match (&edit.changes[..], &edit.replaces) {
        ([change], None) => {
            lines.push(key.and(Tone::Strong, metadata::name(&change.path)));
            lines.extend(at_length(change));
            lines.push(plain("Only this key is sent; all others stay."));
        }
        (changes, None) => {
            lines.push(key.and(Tone::Strong, tally(changes)));
            lines.extend(listed(changes));
            lines.push(plain("Only these keys are sent; all others stay."));
        }
        (changes, Some(old)) => {
            let replaces = format!("Replaces everything under {label}:");
            lines.push(Line::new(Tone::Warn, replaces));
            lines.push(Line::new(Tone::Strong, format!("{}.", tally(changes))));
            lines.extend(listed(changes));
            let sent = count(old.with(changes).len(), "key");
            lines.push(plain(&format!("Sent as a whole, {sent} in all.")));
        }
    }
    lines.push(plain(seen_by(edit.kind)));
    lines.push(plain("U takes it back."));
    lines
}

/// The same for an action, by what somebody has now.
pub(super) fn of(action: &Action, user: &User) -> Vec<Line> {
    let (Action::MergeMetadata { patch: given, .. } | Action::ReplaceMetadata { kinds: given, .. }) =
        action
    else {
        return Vec::new();
    };
    let is_merge = matches!(action, Action::MergeMetadata { .. });
    let edits = MetadataKind::ALL.into_iter().filter_map(|kind| {
        let given = kind.in_body(given)?;
        let had = kind.of(user);
        let new = if is_merge { had.merged(&given) } else { given };
        Some(MetadataEdit {
            kind,
            changes: had.differences(&new),
            replaces: (!is_merge).then(|| had.clone()),
        })
    });
    edits.flat_map(|edit| lines(&edit)).collect()
}

const fn seen_by(kind: MetadataKind) -> &'static str {
    match kind {
        MetadataKind::Public => "Their browser reads it.",
        MetadataKind::Private => "Only servers read it.",
        MetadataKind::Unsafe => "Their browser reads and writes it.",
    }
}

/// `3 keys go, 1 changes, 2 are new`
fn tally(changes: &[Difference]) -> String {
    let of = |kind: fn(&Difference) -> bool| changes.iter().filter(|change| kind(change)).count();
    let parts = [
        (of(|c| c.after.is_none()), ["goes", "go"]),
        (
            of(|c| c.before.is_some() && c.after.is_some()),
            ["changes", "change"],
        ),
        (of(|c| c.before.is_none()), ["is new", "are new"]),
    ];
    let mut words = Vec::new();
    for (n, [one, many]) in parts.into_iter().filter(|(n, _)| *n > 0) {
        let verb = if n == 1 { one } else { many };
        let keys = if words.is_empty() {
            count(n, "key")
        } else {
            n.to_string()
        };
        words.push(format!("{keys} {verb}"));
    }
    words.join(", ")
}

/// A line for each change, as far as they are not too many.
fn listed(changes: &[Difference]) -> Vec<Line> {
    let shown = if changes.len() > MOST { MOST - 1 } else { MOST };
    let mut lines: Vec<Line> = changes.iter().take(shown).map(in_a_line).collect();
    if changes.len() > shown {
        let more = format!("and {} more", changes.len() - shown);
        lines.push(Line::new(Tone::Dim, more));
    }
    lines
}

/// `plan.tier: "free" → "pro"`, from where the two differ.
fn in_a_line(change: &Difference) -> Line {
    let name = metadata::name(&change.path);
    let (old, new) = written(change);
    let room = COLUMNS.saturating_sub(width(&name) + 5);
    let (old, new) = if width(&old) + width(&new) <= room {
        (old, new)
    } else {
        let (old, new) = from_the_difference(&old, &new, 6);
        (cut(&old, room / 2), cut(&new, room / 2))
    };
    Line::new(Tone::Dim, format!("{name}: "))
        .and(Tone::Plain, old)
        .and(Tone::Dim, " → ")
        .and(Tone::Strong, new)
}

/// Old and new in as many lines as they need, up to a bound.
fn at_length(change: &Difference) -> Vec<Line> {
    let (old, new) = written(change);
    if width(&old) + width(&new) + 3 <= COLUMNS {
        let line = Line::new(Tone::Plain, old).and(Tone::Dim, " → ");
        return vec![line.and(Tone::Strong, new)];
    }
    let (old, new) = from_the_difference(&old, &new, COLUMNS / 2);
    let mut lines: Vec<Line> = broken(&old)
        .map(|line| Line::new(Tone::Plain, line))
        .collect();
    lines.push(Line::new(Tone::Dim, "→"));
    lines.extend(broken(&new).map(|line| Line::new(Tone::Strong, line)));
    lines
}

fn written(change: &Difference) -> (String, String) {
    let text = |value: &Option<Json>, none: &str| {
        let value = value.as_ref().map(Json::written);
        value.map_or_else(|| none.to_owned(), |value| value.shown().into_owned())
    };
    (
        text(&change.before, NOT_THERE),
        text(&change.after, "(removed)"),
    )
}

fn plain(text: &str) -> Line {
    Line::new(Tone::Plain, text)
}

/// Two long texts, without most of what they begin with alike.
fn from_the_difference(old: &str, new: &str, keep: usize) -> (String, String) {
    let alike = old.chars().zip(new.chars()).take_while(|(a, b)| a == b);
    let skip = alike.count().saturating_sub(keep);
    let tail = |text: &str| {
        let begins = if skip > 0 { "…" } else { "" };
        format!("{begins}{}", text.chars().skip(skip).collect::<String>())
    };
    (tail(old), tail(new))
}

/// A text in lines of full width, as it is to the last blank; the last line may be cut.
fn broken(text: &str) -> impl Iterator<Item = String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let last = lines.len() - 1;
        let c = c.encode_utf8(&mut [0; 4]).to_owned();
        if last + 1 < VALUE_LINES && width(&lines[last]) + width(&c) > COLUMNS {
            lines.push(c);
        } else {
            lines[last].push_str(&c);
        }
    }
    lines.into_iter().map(|line| cut(&line, COLUMNS))
}

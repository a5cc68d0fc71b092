//! A range of rows, from where it was begun to the cursor.

use std::ops::RangeInclusive;

use super::marks::person_at;
use super::{AnyList, Item, Model, PaneId, Screen, Tone};
use crate::domain::{Row, UserId};

/// A range that follows the cursor until it is marked or dropped.
#[derive(Clone, Debug)]
pub struct Range {
    pane: PaneId,
    anchor: UserId,
    /// The line of the anchor, as long as the rows are of this version.
    line: usize,
    rows: u64,
}

/// Begins a range at somebody's row.
pub(super) fn begin(model: &mut Model, anchor: UserId) {
    let pane = model.history.here();
    let rows = model.screen().list().map(AnyList::version);
    if let (Some(line), Some(rows)) = (line_of(model, &anchor), rows) {
        model.range = Some(Range {
            pane,
            anchor,
            line,
            rows,
        });
    }
}

/// The lines of the range, if there is one in the view that is shown.
pub fn lines(model: &Model) -> Option<RangeInclusive<usize>> {
    let range = model.range.as_ref()?;
    let list = model.screen().list()?;
    let cursor = list.cursor();
    (range.pane == model.history.here()).then(|| range.line.min(cursor)..=range.line.max(cursor))
}

/// The range keeps to the row it was begun at; without it, or in another view,
/// there is none.
pub(super) fn keep_up(model: &mut Model) {
    let (Some(range), list) = (&model.range, model.screen().list()) else {
        return;
    };
    let Some(rows) = list.map(AnyList::version) else {
        model.range = None;
        return;
    };
    if range.pane != model.history.here() {
        model.range = None;
    } else if range.rows != rows {
        let line = line_of(model, &range.anchor);
        model.range = model.range.take().zip(line).map(|(range, line)| Range {
            line,
            rows,
            ..range
        });
        if model.range.is_none() {
            let text = "The row where the range began is not here any more.";
            model.ctx.say(Tone::Warn, text);
        }
    }
}

/// Ends the range, and says who is in it. `Err`: why that cannot be said; then
/// it goes on.
pub(super) fn take(model: &mut Model) -> Result<(Vec<UserId>, usize), &'static str> {
    let here = model.history.here();
    let seen = model.seen.as_ref().filter(|seen| seen.pane == here);
    let rows = model.screen().list().map(AnyList::version);
    // Whoever arrived in between was not seen in it.
    if seen.map(|seen| seen.rows) != rows {
        return Err("Rows have just arrived. Look again, then v.");
    }
    let Some(lines) = lines(model) else {
        return Ok((Vec::new(), 0));
    };
    if let Screen::Users(pane) = model.screen() {
        let mut items = lines.clone().map(|line| pane.list.item(line));
        if items.any(|item| item == Some(Item::Gap)) {
            return Err("Rows in the middle were not read yet. :load reads them.");
        }
    }
    let all = lines.clone().count();
    let people: Vec<UserId> = lines.filter_map(|line| person_at(model, line)).collect();
    model.range = None;
    let unread = all - people.len();
    Ok((people, unread))
}

/// The line of somebody in the list shown; the cursor's is tried first.
fn line_of(model: &Model, id: &UserId) -> Option<usize> {
    match model.screen() {
        Screen::Users(pane) => pane.list.line_of(model.people.book().who(id.as_str())?),
        Screen::Members(pane) => {
            let is_theirs = |row: &Row<crate::domain::Membership>| {
                let user = row.read().and_then(|member| member.user.as_ref());
                user.is_some_and(|user| user.id == *id)
            };
            pane.list.rows().iter().position(is_theirs)
        }
        Screen::Sessions(_)
        | Screen::Organizations(_)
        | Screen::Invitations(_)
        | Screen::Profile(_) => None,
    }
}

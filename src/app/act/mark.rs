//! Marking people, for a change of many at once.

use super::{meant, move_by};
use crate::app::marks::unread;
use crate::app::text::grouped;
use crate::app::{AnyList, Command, Model, Screen, Subject, Tone, range};

/// Whether marks can be changed so in this view. They serve changes only.
pub fn applies(model: &Model, subject: &Subject, command: Command) -> bool {
    let screen = model.screen();
    let lists_people = matches!(screen, Screen::Users(_) | Screen::Members(_));
    !model.ctx.policy.read_only
        && match command {
            Command::Mark => lists_people && subject.person.is_some(),
            Command::Range => lists_people && (subject.person.is_some() || model.range.is_some()),
            Command::MarkAll => matches!(screen, Screen::Users(pane) if !pane.list.is_empty()),
            _ => screen.list().is_some() && model.marks.can_clear_or_restore(),
        }
}

/// Marks the person, or unmarks them, and steps on; where there is a range,
/// marks that.
pub fn mark(model: &mut Model) {
    if model.range.is_some() {
        return mark_range(model);
    }
    let Some(person) = meant(model).person else {
        return;
    };
    if model.people.is_gone(&person.id) {
        return;
    }
    let is_here = model.subject().person.map(|here| here.id) == Some(person.id.clone());
    let who = model.people.book().who(person.id.as_str());
    if model.marks.contains(&person.id) {
        model.marks.remove(&person.id, who);
    } else {
        model.marks.insert(person.id, who);
    }
    // Where rows arrived since they were seen, the next one is no step away.
    if is_here {
        move_by(model, 1);
    }
}

/// Begins a range at the person, or marks everybody in it.
pub fn range(model: &mut Model) {
    if model.range.is_some() {
        mark_range(model);
    } else if let Some(person) = meant(model).person {
        range::begin(model, person.id);
    }
}

fn mark_range(model: &mut Model) {
    match range::take(model) {
        Err(why) => model.ctx.say(Tone::Warn, why),
        Ok((people, unreadable)) => {
            for id in people {
                let who = model.people.book().who(id.as_str());
                model.marks.insert(id, who);
            }
            if let Some(text) = unread(unreadable) {
                model.ctx.say(Tone::Warn, text);
            }
        }
    }
}

/// Marks everybody whom the search matches.
pub fn mark_all(model: &mut Model) {
    model.range = None;
    if let Some((users, ctx, people)) = model.users_mut() {
        users.gather(ctx, people);
    }
}

/// Unmarks all; where nobody is marked, marks those again who were.
pub fn unmark(model: &mut Model) {
    let text = if model.marks.is_empty() {
        model.marks.restore();
        format!("{} marked again.", grouped(model.marks.len() as u64))
    } else {
        let marked = grouped(model.marks.len() as u64);
        model.marks.clear();
        format!("{marked} unmarked. u again brings them back.")
    };
    model.ctx.say(Tone::Plain, text);
}

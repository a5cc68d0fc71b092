//! Marking people, for a change of many at once.

use super::{meant, move_by};
use crate::app::text::grouped;
use crate::app::{Command, Model, Screen, Subject, Tone};

/// Whether marks can be changed so in this view. They serve changes only.
pub fn applies(model: &Model, subject: &Subject, command: Command) -> bool {
    let screen = model.screen();
    let lists_people = matches!(screen, Screen::Users(_) | Screen::Members(_));
    !model.ctx.policy.read_only
        && match command {
            Command::Mark => lists_people && subject.person.is_some(),
            _ => screen.list().is_some() && model.marks.can_clear_or_restore(),
        }
}

/// Marks the person, or unmarks them, and steps on.
pub fn mark(model: &mut Model) {
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

//! The clipboard.

use super::act::meant;
use super::document::Follow;
use super::text::cut;
use super::{Command, Effect, Model, Screen, Tone};

/// Copies the e-mail address or the id of what is meant, and says so.
pub fn copy(model: &mut Model, command: Command) {
    let subject = meant(model);
    let text = match (command, model.screen(), subject.person.as_ref()) {
        (Command::CopyId, Screen::Organizations(_), _) => match subject.follow {
            Some(Follow::Organization(id, _)) => Some(id.to_string()),
            _ => None,
        },
        (Command::CopyId, _, Some(person)) => Some(person.id.to_string()),
        (_, _, Some(person)) => person
            .row
            .as_ref()
            .and_then(|row| row.email.as_ref())
            .map(|email| email.shown().into_owned()),
        _ => None,
    };
    match text {
        Some(text) => {
            model
                .ctx
                .say(Tone::Plain, format!("Copied {}", cut(&text, 60)));
            model.ctx.ask(Effect::Copy(text));
        }
        None => model
            .ctx
            .say(Tone::Plain, "There is no e-mail address to copy."),
    }
}

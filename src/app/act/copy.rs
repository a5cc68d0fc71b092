//! The clipboard.

use crate::app::act::meant;
use crate::app::document::Follow;
use crate::app::dossier::all_sessions;
use crate::app::report::Case;
use crate::app::text::cut;
use crate::app::{AnyList, Command, Effect, Model, Person, Screen, Tone, words};
use crate::domain::{Fetch, Invitation, Safe, Secret, Untrusted, User, UserRow};

/// Copies the e-mail address or the id of what is meant, and says so.
pub fn copy(model: &mut Model, command: Command) {
    let subject = meant(model);
    if let Some(invitation) = &subject.invitation {
        return copy_of_invitation(model, command, invitation);
    }
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
            model.ctx.ask(Effect::Copy(Safe::new(text)));
        }
        None => model
            .ctx
            .say(Tone::Plain, "There is no e-mail address to copy."),
    }
}

/// Copies a text for a ticket about whom is meant, and says so.
pub fn ticket(model: &mut Model) {
    let Some(person) = meant(model).person else {
        return;
    };
    let instance = format!(
        "{} · {}",
        model.ctx.dress.word(),
        words::instance_name(model)
    );
    let operator = &model.ctx.operator;
    let of_this_run;
    let case = Case {
        person: &person,
        user: whole(model, &person),
        instance: &instance,
        deeds: match model.screen() {
            Screen::Profile(pane) if *pane.user() == person.id => pane.past(),
            _ => {
                of_this_run = model.ledger.of(&person.id, operator);
                &of_this_run
            }
        },
        read_at: model.screen().list().and_then(AnyList::read_at),
    };
    let text = case.text(&model.ctx.clock);
    let name = person.short_name();
    model.ctx.say(
        Tone::Plain,
        format!("Copied a text about {name} for a ticket."),
    );
    model.ctx.ask(Effect::Copy(Safe::new(text)));
}

/// The person as a whole, if that was read and is not older than their row.
fn whole<'a>(model: &'a Model, person: &Person) -> Option<&'a User> {
    let dossier = match model.screen() {
        Screen::Profile(pane) if *pane.user() == person.id => Some(&pane.dossier),
        _ => model.recent.get(&person.id),
    };
    let user = dossier?.user.value()?;
    let agrees = |row: &UserRow| row.status == user.status() && row.facts == user.facts();
    person.row.as_ref().is_none_or(agrees).then_some(&**user)
}

/// Copies what reads what is meant, as a command for a shell, and says so.
pub fn request(model: &mut Model) {
    let subject = meant(model);
    let (fetch, what) = match (model.screen(), subject.person, subject.follow) {
        (Screen::Organizations(_), _, Some(Follow::Organization(id, _))) => {
            (Fetch::Organization(id.to_string()), "an organization")
        }
        (Screen::Sessions(_), Some(person), _) => (all_sessions(&person.id), "their sessions"),
        (_, Some(person), _) => (Fetch::User(person.id), "this person"),
        _ => return,
    };
    let text = format!("Copied a curl command that reads {what}; it takes $CLERK_SECRET_KEY.");
    model.ctx.say(Tone::Plain, text);
    model.ctx.ask(Effect::CopyRequest(fetch));
}

/// Copies what was asked for of an invitation, and says so; of its link it says
/// only whose it is.
fn copy_of_invitation(model: &mut Model, command: Command, invitation: &Invitation) {
    let email = invitation.email.shown().into_owned();
    let (said, effect) = match (command, &invitation.url) {
        (Command::CopyId, _) => {
            let id = invitation.id.to_string();
            (id.clone(), Effect::Copy(Safe::new(id)))
        }
        (Command::CopyLink, Some(url)) => {
            let link = Untrusted::new(url.expose()).shown().into_owned();
            let said = format!("the link of {}", cut(&email, 48));
            (said, Effect::CopySecret(Secret::new(link)))
        }
        (Command::CopyLink, None) => return,
        _ => (email.clone(), Effect::Copy(Safe::new(email))),
    };
    let text = format!("Copied {}", cut(&said, 60));
    model.ctx.say(Tone::Plain, text);
    model.ctx.ask(effect);
}

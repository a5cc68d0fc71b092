//! Opening the dialog of a change, and sending it.

use crate::app::dialog::Kind;
use crate::app::{Armed, Command, Dialog, Effect, Layer, Model, Person, Search, Seen, Tone};
use crate::domain::{Action, Change, Known, Permit, UserId};

/// What stood under the cursor in the last frame drawn before the key.
///
/// # Errors
/// Why it cannot be told now, in words.
pub fn sight(model: &Model) -> Result<Seen, String> {
    if let Some(mistake) = model.screen().search().and_then(Search::mistake) {
        return Err(mistake.help.clone());
    }
    let why = if !model.is_answered() {
        "Still searching. One moment."
    } else if crate::app::layout::areas(model).is_none() {
        "Look first: the window is too small."
    } else {
        let here = model.history.here();
        let seen = model.seen.clone().filter(|seen| seen.pane == here);
        return seen.ok_or_else(|| "Look first: this view is only just opening.".to_owned());
    };
    Err(why.to_owned())
}

/// Opens the dialog of a change, on what stood under the cursor in the last
/// frame drawn before the key.
pub fn open(model: &mut Model, command: Command) {
    let seen = match sight(model) {
        Ok(seen) => seen,
        Err(why) => return model.ctx.say(Tone::Warn, why),
    };
    let Some(person) = seen.subject.person else {
        return model
            .ctx
            .say(Tone::Warn, "There is nobody under the cursor.");
    };
    if model.jobs.of(&person.id).is_some() {
        let name = person.short_name();
        return model.ctx.say(
            Tone::Warn,
            format!("A change of {name} is still on its way. One moment."),
        );
    }
    let id = person.id.clone();
    let ctx = &mut model.ctx;
    let dialog = match (command, seen.subject.session) {
        (Command::Ban | Command::Lock, _) if person.row.is_none() => {
            return ctx.say(Tone::Warn, "Still reading who this is. One moment.");
        }
        (Command::Ban, _) if person.is_banned() => Dialog::confirm(ctx, person, Action::Unban(id)),
        (Command::Ban, _) => Dialog::confirm(ctx, person, Action::Ban(id)),
        (Command::Lock, _) if person.is_locked() => {
            Dialog::confirm(ctx, person, Action::Unlock(id))
        }
        (Command::Lock, _) => Dialog::confirm(ctx, person, Action::Lock(id)),
        (Command::Delete, _) => Dialog::confirm(ctx, person, Action::Delete(id)),
        (Command::Edit, _) => Dialog::form(ctx, person, Kind::Names),
        (Command::ReplaceEmail, _) => Dialog::form(ctx, person, Kind::Email),
        (Command::Addresses, _) => Dialog::addresses(ctx, person),
        (Command::Metadata(kind), _) => Dialog::form(ctx, person, Kind::Metadata(kind)),
        (_, Some(session)) => {
            let action = Action::Revoke {
                session: session.id,
                user: id,
            };
            Dialog::confirm(ctx, person, action)
        }
        (_, None) => return ctx.say(Tone::Warn, "R revokes a session: move to one first."),
    };
    model.layer = Layer::Dialog(Box::new(dialog));
}

/// The person consented: sends the change, unless it is not allowed.
pub fn send(model: &mut Model) {
    let Layer::Dialog(dialog) = std::mem::take(&mut model.layer) else {
        return;
    };
    let Some(action) = dialog
        .action()
        .filter(|_| dialog.armed() == Armed::Yes)
        .cloned()
    else {
        return;
    };
    let change = Change::new(model.jobs.next_op(), action.clone());
    let dossier = &dialog.dossier;
    let user = dossier.user.value().map(|user| &**user);
    let known = Known::of(user, dossier.memberships.value());
    let known = |user: &UserId| {
        let read = (dialog.user() == user).then(|| known.clone());
        read.unwrap_or_default()
    };
    match Permit::check(change, &model.ctx.policy, known) {
        Ok(permit) => {
            let row = dialog.dossier.user.value().map(|user| user.row());
            let person = Person {
                id: dialog.user().clone(),
                row: row.or(dialog.person.row),
            };
            model.jobs.begin(permit.change().op, person, action);
            model.ctx.ask(Effect::Change(permit));
        }
        Err(denied) => model.ctx.say(Tone::Bad, denied.to_string()),
    }
}

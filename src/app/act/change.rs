//! Opening the dialog of a change, and sending it.

use crate::app::dialog::{About, Kind};
use crate::app::panes::users::STILL_READING;
use crate::app::{
    Armed, Command, Dialog, Effect, Layer, Model, Person, Search, Seen, Ticket, Tone, act, batch,
    undo,
};
use crate::domain::{
    Action, Change, Fact, Factors, Known, Permit, Policy, Session, SessionId, User, UserId,
};

/// How long a sign-in link lives.
const LINK_SECONDS: u32 = 600;
/// How long a link lives that signs somebody in as another user: nobody lists
/// those, so none may lie about for long.
const ACTOR_SECONDS: u32 = 300;
/// The longest that such a session lasts.
const ACTOR_SESSION_SECONDS: u32 = 1_800;

/// Whether a change makes sense for what the screen knows of somebody.
pub fn is_possible(person: &Person, session: Option<&Session>, change: Command) -> bool {
    match change {
        Command::Revoke | Command::RevokeOthers => {
            session.is_some_and(|session| session.status.is_live())
        }
        Command::ResetMfa => person.has(Fact::Mfa),
        Command::DistrustPassword => person.has(Fact::Password),
        Command::RemoveCredential => [Fact::Passkey, Fact::Linked, Fact::Wallet]
            .into_iter()
            .any(|fact| person.has(fact)),
        Command::SignInLink | Command::Impersonate => !person.has(Fact::Banned),
        _ => true,
    }
}

/// The kinds of change that a command makes, by their names; of somebody who is
/// banned or locked those that end it.
pub fn kinds(command: Command, person: Option<&Person>) -> &'static [&'static str] {
    let is = |what: fn(&Person) -> bool| person.is_some_and(what);
    match command {
        Command::Ban if is(Person::is_banned) => &["unban"],
        Command::Ban => &["ban"],
        Command::Lock if is(Person::is_locked) => &["unlock"],
        Command::Lock => &["lock"],
        Command::Delete => &["delete"],
        Command::Edit => &["edit"],
        Command::ReplaceEmail => &["replace-addresses"],
        Command::Addresses => &[
            "add-address",
            "change-address",
            "remove-address",
            "set-primary",
        ],
        Command::Metadata(_) => &["metadata"],
        Command::ResetMfa => &["remove-factors"],
        Command::DistrustPassword => &["distrust-password"],
        Command::Password => &["set-password", "remove-password"],
        Command::RemoveCredential => &["remove-credential"],
        Command::SignInLink => &["sign-in-link"],
        Command::Impersonate => &["impersonate"],
        Command::Revoke | Command::RevokeAll | Command::RevokeOthers => &["revoke"],
        Command::Undo => &[
            "ban",
            "unban",
            "lock",
            "unlock",
            "edit",
            "metadata",
            "set-primary",
            "change-address",
        ],
        Command::NewUser => &["create"],
        Command::Invite => &["invite"],
        Command::RevokeInvitation => &["revoke-invitation"],
        _ => &[],
    }
}

/// Whether the settings let a command change anything.
pub fn is_allowed(policy: &Policy, command: Command, person: Option<&Person>) -> bool {
    let mut kinds = kinds(command, person).iter();
    kinds.any(|kind| policy.may(kind))
}

/// What stood under the cursor in the frame that was seen.
///
/// # Errors
/// Why it cannot be told now, in words.
pub fn sight<'a>(model: &Model, seen: Option<&'a Seen>) -> Result<&'a Seen, String> {
    if let Some(mistake) = model.screen().search().and_then(Search::mistake) {
        return Err(mistake.help.clone());
    }
    let why = if model.is_gathering() && model.screen().list().is_some() {
        STILL_READING
    } else if !model.is_answered() {
        "Still searching. One moment."
    } else if crate::app::layout::areas(model).is_none() {
        "Look first: the window is too small."
    } else {
        let seen = seen.filter(|seen| seen.pane == model.history.here());
        return seen.ok_or_else(|| "Look first: this view is only just opening.".to_owned());
    };
    Err(why.to_owned())
}

/// Whom a change is about: who stood under the cursor in the frame that was
/// seen before its first key. Where there can be no change now, it says why.
pub fn aim<'a>(model: &mut Model, seen: Option<&'a Seen>) -> Option<(&'a Seen, Person)> {
    let aimed = sight(model, seen).and_then(|seen| match &seen.subject.person {
        None => Err("There is nobody under the cursor.".to_owned()),
        Some(person) if model.jobs.of(&person.id).is_some() => Err(still_on_its_way(person)),
        Some(person) => Ok((seen, person.clone())),
    });
    aimed.map_err(|why| model.ctx.say(Tone::Warn, why)).ok()
}

/// Why nothing more can be done to somebody now.
pub fn still_on_its_way(person: &Person) -> String {
    let name = person.short_name();
    format!("A change of {name} is still on its way. One moment.")
}

/// Opens the dialog of a change: in lists about those who are marked, else about
/// what was seen before its first key.
pub fn open(model: &mut Model, command: Command, seen: Option<&Seen>) {
    if !batch::is_meant(model, command) {
        return open_for_one(model, command, seen);
    }
    match sight(model, seen) {
        Ok(seen) => batch::open(model, command, seen.marks),
        Err(why) => model.ctx.say(Tone::Warn, why),
    }
}

/// Opens the dialog of a change of one person, whoever is marked.
pub fn open_for_one(model: &mut Model, command: Command, seen: Option<&Seen>) {
    use Command as C;
    if command == C::Undo {
        return act::undo::last(model);
    }
    let Some((seen, person)) = aim(model, seen) else {
        return;
    };
    let session = seen.subject.session.as_ref();
    let session = session.filter(|session| session.status.is_live());
    let session = session.map(|session| session.id.clone());
    let ctx = &mut model.ctx;
    if matches!(command, C::Ban | C::Lock) && person.row.is_none() {
        return ctx.say(Tone::Warn, "Still reading who this is. One moment.");
    }
    let dialog = match (command, session) {
        (C::Edit, _) => Dialog::form(ctx, person, Kind::Names),
        (C::ReplaceEmail, _) => Dialog::form(ctx, person, Kind::Email),
        (C::Metadata(kind), _) => Dialog::form(ctx, person, Kind::Metadata(kind)),
        (C::Addresses, _) => Dialog::addresses(ctx, person),
        (C::Password, _) => Dialog::choice(ctx, person, About::Password),
        (C::RemoveCredential, _) => Dialog::choice(ctx, person, About::Credentials),
        (C::RevokeAll, _) => Dialog::sign_out(ctx, person, None),
        (C::RevokeOthers, Some(kept)) => Dialog::sign_out(ctx, person, Some(kept)),
        (command, session) => match action(command, &person, session, &ctx.operator) {
            Some(action) => Dialog::confirm(ctx, person, action),
            None => return ctx.say(Tone::Warn, "R revokes a session: move to one first."),
        },
    };
    model.layer = Layer::Dialog(Box::new(dialog));
}

/// What a command does that is one action from the start.
fn action(
    command: Command,
    person: &Person,
    session: Option<SessionId>,
    operator: &str,
) -> Option<Action> {
    let user = person.id.clone();
    let action = match command {
        Command::Ban if person.is_banned() => Action::Unban(user),
        Command::Ban => Action::Ban(user),
        Command::Lock if person.is_locked() => Action::Unlock(user),
        Command::Lock => Action::Lock(user),
        Command::Delete => Action::Delete(user),
        Command::ResetMfa => Action::RemoveFactors {
            user,
            factors: Factors::All,
        },
        Command::DistrustPassword => Action::DistrustPassword {
            user,
            revoke_sessions: true,
        },
        Command::SignInLink => Action::MakeSignInToken {
            user,
            expires_in: Some(LINK_SECONDS),
        },
        Command::Impersonate => Action::Impersonate {
            user,
            actor: operator.into(),
            expires_in: Some(ACTOR_SECONDS),
            session_max: Some(ACTOR_SESSION_SECONDS),
        },
        Command::Revoke => Action::Revoke {
            session: session?,
            user,
        },
        _ => return None,
    };
    Some(action)
}

/// A file was written, or not: goes on with the deletion that waits for it.
pub fn saved(model: &mut Model, ticket: Ticket, result: &Result<String, String>) {
    let awaited = match &mut model.layer {
        Layer::Dialog(dialog) => dialog.settle_saving(ticket, result),
        _ => false,
    };
    match result {
        Ok(_) if awaited => send(model),
        Ok(path) => {
            let text = format!("Nothing was deleted. The record is in {path}.");
            model.ctx.say(Tone::Plain, text);
        }
        Err(_) => {}
    }
}

/// The person consented: sends the change, unless it is not allowed. What is to be
/// saved first is saved first.
pub fn send(model: &mut Model) {
    // A step of a batch may have been sent while the dialog was read.
    if let Layer::Dialog(dialog) = &mut model.layer
        && model.jobs.of(dialog.user()).is_some()
    {
        dialog.note = Some(still_on_its_way(&dialog.person));
        return;
    }
    if let Layer::Dialog(dialog) = &mut model.layer
        && dialog.armed() == Armed::Yes
        && dialog.saves_first(&mut model.ctx)
    {
        return;
    }
    let Layer::Dialog(dialog) = std::mem::take(&mut model.layer) else {
        return;
    };
    if dialog.armed() != Armed::Yes {
        return;
    }
    let mut steps = dialog.steps().into_iter();
    let Some(action) = steps.next() else { return };
    let user = dialog.dossier.user.value().map(|user| &**user);
    let change = Change {
        before: user.and_then(|user| action.before(user)),
        reason: dialog.why(),
        ..Change::new(model.jobs.next_op(), action)
    };
    let of_person = Known::of(user, dialog.dossier.memberships.value());
    let known = |user: &UserId| {
        let read = (dialog.user() == user).then(|| of_person.clone());
        read.unwrap_or_default()
    };
    let saved = dialog.saved();
    let saved = saved.map(|path| format!("The record is in {path}."));
    match Permit::check(change, &model.ctx.policy, known) {
        Ok(permit) => {
            let undoes = dialog.undoes();
            let person = Person {
                id: dialog.user().clone(),
                row: user.map(User::row).or(dialog.person.row),
            };
            let rest = steps.collect();
            let job = (model.jobs).begin(permit.change(), person, rest, of_person);
            job.way_back = user.and_then(|user| undo::reverse(&job.action, user));
            job.undoes = undoes;
            job.beside = saved;
            model.ctx.ask(Effect::Change(permit));
        }
        Err(denied) => model.ctx.say(Tone::Bad, denied.to_string()),
    }
}

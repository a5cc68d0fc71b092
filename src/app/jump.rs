//! A pasted id, e-mail address or phone number goes straight to what it names;
//! a pasted list is looked up.

use super::panes::users::{Landing, UsersPane};
use super::remote::wrong_answer;
use super::{Context, Model, PaneId, Part, Screen, Ticket, Tone, act, words};
use crate::domain::search::{Entry, Pasted, Target};
use crate::domain::{
    Answer, ApiError, Fetch, IdentificationId, Lane, OrganizationId, Session, SessionId, Untrusted,
    UserId,
};

/// A way that is being found out.
#[derive(Debug)]
pub struct Jump {
    ticket: Ticket,
    /// What was pasted.
    text: String,
    step: Step,
}

/// What is being read.
#[derive(Debug)]
enum Step {
    User(UserId),
    Session(SessionId),
    /// The name of a session's user.
    Owner(Box<Session>),
    Organization(OrganizationId),
    /// An id does not say of which of the two it is.
    Email(IdentificationId),
    Phone(IdentificationId),
}

impl Step {
    fn fetch(&self) -> Fetch {
        match self {
            Self::User(id) => Fetch::User(id.clone()),
            Self::Session(id) => Fetch::Session(id.clone()),
            Self::Owner(session) => Fetch::User(session.user.clone()),
            Self::Organization(id) => Fetch::Organization(id.as_str().to_owned()),
            Self::Email(id) => Fetch::EmailAddress(id.clone()),
            Self::Phone(id) => Fetch::PhoneNumber(id.clone()),
        }
    }
}

impl Jump {
    fn begin(ctx: &mut Context, text: String, step: Step) -> Self {
        let ticket = ctx.fetch(PaneId(0), Part::Jump, Lane::Hands, step.fetch());
        Self { ticket, text, step }
    }

    /// What was said at its beginning is not true any more.
    fn hush(&self, ctx: &mut Context) {
        let said = looking_up(&self.text);
        ctx.toast.take_if(|toast| toast.text == said);
    }
}

fn looking_up(text: &str) -> String {
    format!("Looking up {text}…")
}

/// Text was pasted on a view: goes where it leads, looks up whom it lists, or
/// searches for it.
pub fn paste(model: &mut Model, text: &str) {
    if model.screen().list().is_none() {
        return;
    }
    let search = model.screen().search();
    if search.is_none_or(|search| !search.focused || search.is_blank()) {
        match Pasted::of(text) {
            Pasted::Jump(target) => {
                go(model, &target);
                return open_box(model, target.text());
            }
            Pasted::List { entries, left_out } => return look_up(model, entries, left_out),
            Pasted::Text => {}
        }
    }
    let Some(search) = model.history.screen_mut().search_mut() else {
        return;
    };
    if !search.focused {
        search.clear();
        search.focused = true;
    }
    search.paste(text);
    act::search_now(model);
}

/// A paste opens the box in which it stands.
fn open_box(model: &mut Model, text: &str) {
    let search = model.history.screen_mut().search_mut();
    if let Some(search) = search.filter(|search| search.text() == text) {
        search.focused = true;
    }
}

/// Enter in the box: goes where its whole text leads, else to the rows.
pub fn enter(model: &mut Model) {
    let Some(search) = model.history.screen_mut().search_mut() else {
        return;
    };
    search.finish();
    match Pasted::of(search.text()) {
        Pasted::Jump(target) => go(model, &target),
        Pasted::List { entries, left_out } => look_up(model, entries, left_out),
        Pasted::Text => act::search_now(model),
    }
}

/// Goes to what a text names. Users are looked up by the users view, in whose
/// box the text then stands.
fn go(model: &mut Model, target: &Target) {
    let text = target.text().to_owned();
    let step = match target {
        Target::User(id) if !matches!(model.screen(), Screen::Users(_)) => Step::User(id.clone()),
        Target::User(_) | Target::Email(_) | Target::Phone(_) => {
            return find(model, target, &text);
        }
        Target::Session(id) => Step::Session(id.clone()),
        Target::Organization(id) => Step::Organization(id.clone()),
        Target::Identification(id) => match IdentificationId::new(id) {
            Ok(id) => Step::Email(id),
            Err(_) => return,
        },
    };
    act::search_now(model);
    model.ctx.say(Tone::Plain, looking_up(&text));
    model.jump = Some(Jump::begin(&mut model.ctx, text, step));
}

/// Has the users view find somebody, to open their profile. What was typed to
/// name them elsewhere does not stay there.
fn find(model: &mut Model, target: &Target, typed: &str) {
    if !matches!(model.screen(), Screen::Users(_)) {
        leave_box(model, typed);
        act::go(model, 0);
    }
    if let Some((users, ctx, people)) = model.users_mut() {
        users.find(ctx, people, target);
    }
}

/// Looks up whom a list names, in the users view.
fn look_up(model: &mut Model, entries: Vec<Entry>, left_out: usize) {
    act::go(model, 0);
    if let Some((users, ctx, people)) = model.users_mut() {
        users.look_up_list(ctx, people, entries, left_out);
    }
}

/// Somebody went on working: they are not moved any more.
pub fn stay(model: &mut Model) {
    if let Some(jump) = model.jump.take() {
        model.ctx.abort(PaneId(0), Part::Jump);
        jump.hush(&mut model.ctx);
    }
    if let Some(users) = model.history.users_mut() {
        users.stay();
    }
}

/// The users view found whom it was to find, and nobody went on working:
/// opens the profile.
pub fn land(model: &mut Model) {
    let users = model.history.users_mut();
    match users.and_then(UsersPane::landing) {
        Some(Landing::One(who)) => {
            let Some(row) = model.people.row(who) else {
                return;
            };
            if let Some(users) = model.history.users_mut() {
                users.search.focused = false;
            }
            act::open::open_profile(model, &row.id);
        }
        Some(Landing::Nobody(id)) => nobody(model, &id),
        None => {}
    }
}

fn nobody(model: &mut Model, id: &str) {
    model
        .ctx
        .say(Tone::Warn, format!("Nobody has the id {id}."));
}

/// Takes the answer of a jump; says whether it was one.
pub fn settle(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let Some(jump) = model.jump.take_if(|jump| jump.ticket == ticket) else {
        return false;
    };
    jump.hush(&mut model.ctx);
    super::update::learn(model, result);
    let Jump { text, step, .. } = jump;
    match (step, result) {
        (Step::Email(id), Err(error)) if error.status == Some(404) => {
            model.jump = Some(Jump::begin(&mut model.ctx, text, Step::Phone(id)));
        }
        (Step::Session(_), Ok(Answer::Session(session)))
            if model.people.get(&session.user).is_none() =>
        {
            let step = Step::Owner(session.clone());
            model.jump = Some(Jump::begin(&mut model.ctx, text, step));
        }
        (Step::Session(_), Ok(Answer::Session(session))) => at_session(model, &text, session),
        // Whose it is stands there, even if their name could not be read.
        (Step::Owner(session), _) => at_session(model, &text, &session),
        (Step::User(id), Ok(_)) => {
            leave_box(model, &text);
            act::open::open_profile(model, &id);
        }
        (Step::Organization(_), Ok(Answer::Organization(organization))) => {
            leave_box(model, &text);
            act::open::open_members(model, organization.id.clone(), organization.name.clone());
        }
        (Step::Email(_) | Step::Phone(_), Ok(Answer::Address(address))) => {
            at_address(model, &text, address);
        }
        (step, Err(error)) if error.status == Some(404) => not_found(model, &step, &text),
        (_, Err(error)) => failed(model, &text, error),
        (_, Ok(_)) => failed(model, &text, &wrong_answer()),
    }
    true
}

fn at_session(model: &mut Model, text: &str, session: &Session) {
    leave_box(model, text);
    let name = model.people.person(&session.user).short_name();
    act::open::open_session(model, session);
    model.ctx.say(Tone::Plain, format!("Session of {name}"));
}

/// The address that has an id, as if it had been pasted itself.
fn at_address(model: &mut Model, text: &str, address: &Untrusted) {
    match Pasted::of(address.raw()) {
        Pasted::Jump(target @ (Target::Email(_) | Target::Phone(_))) => {
            find(model, &target, text);
        }
        _ => failed(model, text, &wrong_answer()),
    }
}

fn not_found(model: &mut Model, step: &Step, text: &str) {
    let what = match step {
        Step::User(_) => return nobody(model, text),
        Step::Session(_) | Step::Owner(_) => "session",
        Step::Organization(_) => "organization",
        Step::Email(_) | Step::Phone(_) => "address",
    };
    model
        .ctx
        .say(Tone::Warn, format!("No {what} has the id {text}."));
}

fn failed(model: &mut Model, text: &str, error: &ApiError) {
    let why = words::explain(error);
    model
        .ctx
        .say(Tone::Bad, format!("{text} was not looked up: {why}"));
}

/// What was typed to get elsewhere does not stay behind as a search.
fn leave_box(model: &mut Model, text: &str) {
    let search = model.history.screen_mut().search_mut();
    if let Some(search) = search.filter(|search| search.text() == text) {
        search.clear();
        search.focused = false;
        act::search_now(model);
    }
}

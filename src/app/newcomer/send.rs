//! Sending what was consented to, and what follows from how it ended.

use super::form::Mistake;
use super::words::name;
use super::{Field, Form, Kind, Newcomer, Step};
use crate::app::jobs::{Effected, End, Job};
use crate::app::{AnyList, Effect, Layer, Model, Screen, Tone, Whom, act, aftermath};
use crate::domain::{Action, Answer, Change, Known, Permit, Untrusted, UserId};

/// The most rows of a list that is read again for somebody new.
const READ_AGAIN: usize = 500;

/// The person consented: sends it, unless it is not allowed or on its way already.
pub fn send(model: &mut Model) {
    let Layer::Newcomer(newcomer) = std::mem::take(&mut model.layer) else {
        return;
    };
    let Newcomer { step, .. } = *newcomer;
    let Step::Review(review) = step else { return };
    let (action, form) = (review.action, review.form);
    if model.jobs.open().iter().any(|job| job.action == action) {
        return model
            .ctx
            .say(Tone::Warn, "This is on its way already. One moment.");
    }
    let mut change = Change::new(model.jobs.next_op(), action.clone());
    change.reason = form.text(Field::Reason);
    match Permit::check(change, &model.ctx.policy, |_| Known::default()) {
        Ok(permit) => {
            let op = permit.change().op;
            let whom = Whom::Newcomer {
                name: whom(&action, &form),
                asked: model.ctx.now.wall,
            };
            let (rest, known) = (Vec::new(), Known::default());
            (model.jobs).begin(permit.change(), whom, rest, known);
            model.ctx.ask(Effect::Change(permit));
            if !matches!(form.kind, Kind::Revocation(_)) {
                open(model, Step::Sent(op, form));
            }
        }
        Err(denied) => model.ctx.say(Tone::Bad, denied.to_string()),
    }
}

fn open(model: &mut Model, step: Step) {
    let newcomer = Newcomer::at(&mut model.ctx, step);
    model.layer = Layer::Newcomer(Box::new(newcomer));
}

/// By what they are known until they are there.
fn whom(action: &Action, form: &Form) -> Untrusted {
    match (action, &form.kind) {
        (Action::Create(new), _) => name(new),
        (Action::Invite(invite), _) => invite.email.clone(),
        (_, Kind::Revocation(invitation)) => invitation.email.clone(),
        _ => Untrusted::default(),
    }
}

/// Something that made or invited somebody, or took that back, has ended.
pub fn finish(model: &mut Model, job: &Job, end: End) {
    let form = waiting(model, job);
    match end {
        End::Done(effected) => done(model, job, effected, form.is_some()),
        End::Failed(why) => {
            if let Some(mut form) = form {
                form.point_at(match &job.refusal {
                    Some(error) => Mistake::of(&form.kind, error),
                    None => Mistake::about_nothing(why),
                });
                // That it is looked for is no news any more.
                model.ctx.toast = None;
                return open(model, Step::Form(form));
            }
            model.ctx.say(Tone::Bad, why);
            read_invitations_again(model);
        }
        End::Unclear(why) => model.ctx.say(Tone::Bad, why),
        End::Gone => {}
    }
}

/// Takes the form out that waits for this answer.
fn waiting(model: &mut Model, job: &Job) -> Option<Form> {
    let waits = |newcomer: &Newcomer| matches!(newcomer.step, Step::Sent(op, _) if op == job.op);
    if !matches!(&model.layer, Layer::Newcomer(newcomer) if waits(newcomer)) {
        return None;
    }
    let Layer::Newcomer(newcomer) = std::mem::take(&mut model.layer) else {
        return None;
    };
    match newcomer.step {
        Step::Sent(_, form) => Some(form),
        Step::Form(_) | Step::Review(_) => None,
    }
}

fn done(model: &mut Model, job: &Job, effected: Effected, looked_at: bool) {
    model.ledger.add(aftermath::deed(model, job));
    match effected {
        Effected::User(user) => {
            aftermath::put_user(model, &user);
            came(model, &user.id, looked_at);
        }
        Effected::Users(page) => {
            if let Some(row) = page.row(0) {
                let user = row.id.clone();
                aftermath::refresh_row(model, row);
                came(model, &user, looked_at);
            }
        }
        Effected::Answered(answer) => invited(model, &answer),
        Effected::Deleted | Effected::Revoked(_) => {}
    }
    let (name, done) = (job.whom.short_name(), job.action.words().done);
    let help = match &job.action {
        Action::Invite(invite) if !invite.notify => " N l lists it; y l there copies its link.",
        _ => "",
    };
    model.ctx.say(Tone::Good, format!("{name} {done}.{help}"));
}

/// Somebody is there now: the list shows them, and who waited for them sees them.
fn came(model: &mut Model, user: &UserId, looked_at: bool) {
    if let Some((users, ctx, people)) = model.users_mut() {
        users.ask_again(ctx);
        // What was read far is not thrown away for one row.
        if users.list.len() <= READ_AGAIN {
            users.read(ctx, people, true);
        }
    }
    if looked_at {
        act::open::open_profile(model, user);
    }
}

fn invited(model: &mut Model, answer: &Answer) {
    if let Answer::Invitation(invitation) = answer {
        for screen in model.history.screens_mut() {
            if let Screen::Invitations(pane) = screen {
                pane.list.replace((**invitation).clone());
            }
        }
    }
    read_invitations_again(model);
}

/// An invitation is not as the lists show it.
pub fn read_invitations_again(model: &mut Model) {
    let Model { ctx, history, .. } = model;
    for screen in history.screens_mut() {
        if let Screen::Invitations(pane) = screen {
            pane.read(ctx, true);
        }
    }
}

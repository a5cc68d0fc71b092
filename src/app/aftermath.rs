//! What is true after a change, shown wherever it stands.

use crate::domain::{Action, Row, Session, User, UserId, UserPage, UserRow};

use super::jobs::{Effected, End, Job};
use super::{
    AnyList, Context, Deed, History, Model, Remote, Screen, Tone, WayBack, What, act, newcomer,
};

/// A change has ended: shows what is true now, and says so.
pub fn finish(model: &mut Model, job: &Job, end: End) {
    let Some(person) = job.whom.person() else {
        return newcomer::finish(model, job, end);
    };
    let name = person.short_name();
    match end {
        End::Done(effected) => {
            super::link::take(model, job, &effected);
            super::tokens::note(model, &job.action);
            model.ledger.add(deed(model, job));
            apply(model, job, effected);
            let text = match job.done.len() {
                0 | 1 => format!("{name} {}.", job.action.words().done),
                n => format!("{name} lost {n} sessions; their tokens live up to 60 s."),
            };
            model.ctx.say(Tone::Good, with(text, job.beside.as_deref()));
        }
        End::Failed(why) | End::Unclear(why) => {
            if !job.done.is_empty() {
                apply(model, job, Effected::Revoked(None));
            }
            model.ctx.say(Tone::Bad, with(why, job.beside.as_deref()));
        }
        End::Gone => vanish(model, &person.id, &name),
    }
    recall_again(model, job.action.users());
}

fn with(text: String, beside: Option<&str>) -> String {
    match beside {
        Some(beside) => format!("{text} {beside}"),
        None => text,
    }
}

/// A change of these people ended: whoever shows one of them looks up again what
/// was done to them.
pub fn recall_again(model: &mut Model, users: &[UserId]) {
    let Model { ctx, history, .. } = model;
    for screen in history.screens_mut() {
        if let Screen::Profile(pane) = screen
            && users.contains(pane.user())
        {
            pane.recall(ctx);
        }
    }
}

/// A change that was done, for the list of them.
pub(super) fn deed(model: &Model, job: &Job) -> Deed {
    Deed {
        op: job.op,
        at: model.ctx.now.wall,
        what: What::One {
            whom: Box::new(job.whom.clone()),
            action: job.action.clone(),
        },
        way_back: job.way_back.clone().map_or(WayBack::None, WayBack::By),
        undoes: job.undoes,
        reason: job.reason.clone(),
        trace_id: job.trace_id.clone(),
    }
}

fn apply(model: &mut Model, job: &Job, effected: Effected) {
    if let Some(users) = model.history.users_mut() {
        users.ask_again(&mut model.ctx);
    }
    if !matches!(job.action, Action::Edit(..)) {
        for user in job.action.users() {
            if let Some(dossier) = model.recent.iter_mut().find(|d| d.id == *user) {
                dossier.sessions = Remote::default();
            }
        }
    }
    match effected {
        Effected::Deleted => {
            for user in job.action.users() {
                remove_user(model, user);
            }
            return;
        }
        Effected::Revoked(session) => apply_session(model, job, session.as_deref()),
        Effected::User(user) => put_user(model, &user),
        Effected::Users(page) => {
            learn_rows(model, &page);
            read_profiles_again(model, job.action.users());
        }
        Effected::Answered(_) => {
            let users = job.action.users();
            if !users.is_empty() && !read_profiles_again(model, users) {
                model.people.read_again(&mut model.ctx, job.op, users);
            }
        }
    }
    for user in job.action.users() {
        if job.action.signs_out_everywhere() {
            forget_walked_sessions(&mut model.history, user);
        }
        read_sessions_again(&mut model.ctx, &mut model.history, user);
    }
}

/// A step of a batch was done: what is true now is shown. Nothing is said, and
/// nothing read: that waits for the end of the batch.
pub fn take_step(model: &mut Model, job: &Job, effected: Effected) {
    match effected {
        Effected::Deleted => {
            for user in job.action.users() {
                remove_user(model, user);
            }
        }
        Effected::Revoked(session) => apply_session(model, job, session.as_deref()),
        Effected::User(user) => put_user(model, &user),
        Effected::Users(page) => learn_rows(model, &page),
        Effected::Answered(_) => {}
    }
}

/// A batch is over: those to whom it was done leave the marks, and whoever
/// shows one of them reads them again.
pub fn after_batch(model: &mut Model, done: &[UserId]) {
    for user in done {
        let who = model.people.book().who(user.as_str());
        model.marks.remove(user, who);
    }
    if let Some(users) = model.history.users_mut() {
        users.ask_again(&mut model.ctx);
    }
    read_profiles_again(model, done);
    for dossier in model.recent.iter_mut().filter(|d| done.contains(&d.id)) {
        dossier.sessions = Remote::default();
    }
    recall_again(model, done);
    let Model { ctx, history, .. } = model;
    for screen in history.screens_mut() {
        match screen {
            Screen::Profile(pane) if done.contains(pane.user()) => pane.read_sessions(ctx),
            Screen::Sessions(pane) if pane.walk.is_none() => match &pane.user {
                Some(user) if !done.contains(user) => {}
                // What was never looked at is read when somebody comes to it.
                _ if pane.list.read_at().is_none() => {}
                _ => pane.read(ctx, true),
            },
            _ => {}
        }
    }
}

/// Newer versions of rows, wherever they stand.
pub fn learn_rows(model: &mut Model, page: &UserPage) {
    let rows = page.unpack().rows;
    for row in rows.into_iter().filter_map(Row::into_read) {
        refresh_row(model, row);
    }
}

/// A user as they are now, wherever they are shown.
pub(super) fn put_user(model: &mut Model, user: &User) {
    refresh_row(model, user.row());
    if let Some(dossier) = model.recent.iter_mut().find(|d| d.id == user.id) {
        dossier.user.put(Box::new(user.clone()));
    }
    for screen in model.history.screens_mut() {
        if let Screen::Profile(pane) = screen
            && *pane.user() == user.id
        {
            pane.dossier.user.put(Box::new(user.clone()));
        }
    }
}

/// The answer did not say how they are now: whoever shows them reads them again.
/// Says whether anybody does.
fn read_profiles_again(model: &mut Model, users: &[UserId]) -> bool {
    for dossier in model.recent.iter_mut().filter(|d| users.contains(&d.id)) {
        dossier.user = Remote::default();
    }
    let mut read = false;
    for screen in model.history.screens_mut() {
        if let Screen::Profile(pane) = screen
            && users.contains(pane.user())
        {
            pane.read(&mut model.ctx);
            read = true;
        }
    }
    read
}

/// A ban ends all sessions; a walk that would find that out takes too long.
fn forget_walked_sessions(history: &mut History, user: &UserId) {
    for screen in history.screens_mut() {
        if let Screen::Sessions(pane) = screen
            && pane.walk.is_some()
        {
            pane.forget(user);
        }
    }
}

fn apply_session(model: &mut Model, job: &Job, session: Option<&Session>) {
    for screen in model.history.screens_mut() {
        if let Screen::Sessions(pane) = screen {
            for action in &job.done {
                match (session, action) {
                    (Some(session), Action::Revoke { session: id, .. }) if *id == session.id => {
                        pane.apply(session);
                    }
                    (_, Action::Revoke { session: id, .. }) => {
                        pane.list.remove(id.as_str());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// A ban or a revocation ends sessions: whoever shows them reads them again.
fn read_sessions_again(ctx: &mut Context, history: &mut History, user: &UserId) {
    for screen in history.screens_mut() {
        match screen {
            Screen::Profile(pane) if pane.user() == user => pane.read_sessions(ctx),
            Screen::Sessions(pane) if pane.user.as_ref() == Some(user) => pane.read(ctx, true),
            Screen::Sessions(pane) if pane.user.is_none() => {
                let theirs =
                    |row: &Row<Session>| row.read().is_some_and(|session| session.user == *user);
                if pane.walk.is_none() && pane.list.rows().iter().any(theirs) {
                    pane.read(ctx, true);
                }
            }
            _ => {}
        }
    }
}

/// A person is gone: so are their row, their profile, their sessions, and one of the count.
pub fn remove_user(model: &mut Model, user: &UserId) {
    // Who was not known is gone for the second time, and counted down already.
    let who = model.people.forget(user, model.ctx.now.moment);
    model.marks.forget(user, who);
    model.recent.forget(user);
    model.history.drop_where(|screen| match screen {
        Screen::Profile(pane) => pane.user() == user,
        Screen::Sessions(pane) => pane.user.as_ref() == Some(user),
        _ => false,
    });
    for screen in model.history.screens_mut() {
        match screen {
            Screen::Users(pane) => pane.forget(who, who.is_some()),
            Screen::Sessions(pane) => pane.forget(user),
            Screen::Members(pane) => pane.forget(user),
            Screen::Profile(_) | Screen::Organizations(_) | Screen::Invitations(_) => {}
        }
    }
    act::arrive(model);
}

/// Somebody was deleted, not by us.
pub fn vanish(model: &mut Model, user: &UserId, name: &str) {
    remove_user(model, user);
    model.ctx.say(
        Tone::Warn,
        format!("{name} was deleted by somebody else. The row is gone."),
    );
}

/// A newer version of a row, wherever it stands.
pub fn refresh_row(model: &mut Model, row: UserRow) {
    model.people.learn(row, model.ctx.now.wall);
}

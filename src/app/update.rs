//! What each message does to the model.

use crate::domain::{Answer, ApiError, Fetch, Lane, Row, UserId};

use super::jobs::{Effected, End, Job};
use super::{
    Armed, Context, Effect, Layer, Model, Msg, Now, Pace, PaneId, Part, Screen, Ticket, Tone, act,
    keys, layout,
};

/// Lets `msg` happen at `now`, and says what is to be done outside.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    model.ctx.now = now;
    model.ctx.clock.set_now(now.wall);
    if matches!(msg, Msg::Drawn) {
        drawn(model);
        return model.ctx.take_effects();
    }
    model.frame_due = true;
    match msg {
        Msg::Started => start(model),
        Msg::Zone(zone) => model.ctx.clock.set_zone(zone),
        Msg::Key(key) => keys::press(model, key),
        Msg::Mouse(mouse) => keys::mouse(model, mouse),
        Msg::Paste(text) => keys::paste(model, &text),
        Msg::Resize(width, height) => model.ctx.size = (width, height),
        Msg::Woke(ticket) => woke(model, ticket),
        Msg::Fetched { ticket, result, .. } => fetched(model, ticket, &result),
        Msg::Changed { op, outcome } => {
            if let Some((job, end)) = model.jobs.changed(&mut model.ctx, op, outcome) {
                finish(model, &job, end);
            }
        }
        Msg::Pace(pace) => model.ctx.pace = pace,
        Msg::Drawn => {}
    }
    settle_down(model);
    model.ctx.take_effects()
}

fn start(model: &mut Model) {
    if let Some(users) = model.history.users_mut() {
        users.read(&mut model.ctx, false);
    }
    let ticket = model
        .ctx
        .fetch(PaneId(0), Part::Instance, Lane::Prefetch, Fetch::Instance);
    model.instance.wait_for(ticket, model.ctx.now.moment);
}

/// A frame was drawn: notes what the person saw, since a change may only
/// concern what was drawn before the key.
fn drawn(model: &mut Model) {
    model.frame_due = false;
    model.aim = None;
    model.seen = None;
    // In a window that is too small there was nothing to be seen.
    if layout::areas(model).is_none() {
        return;
    }
    model.seen = Some(model.look());
    if let Layer::Dialog(dialog) = &mut model.layer {
        dialog.drawn(model.ctx.now.moment);
    }
}

/// What follows from any message: scrolling, reading on, looking up names,
/// closing an overtaken dialog, counting down, leaving.
fn settle_down(model: &mut Model) {
    let rows = layout::page_rows(model);
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    match history.screen_mut() {
        Screen::Users(pane) => {
            pane.list.scroll_to_cursor(rows);
            pane.read_on(ctx, rows);
        }
        Screen::Sessions(pane) => {
            pane.list.scroll_to_cursor(rows);
            pane.read_on(ctx, rows);
            let from = pane.list.top().min(pane.list.rows().len());
            let seen = pane.list.rows()[from..].iter().take(rows);
            people.look_up(ctx, seen.filter_map(Row::read).map(|s| &s.user));
        }
        Screen::Organizations(pane) => {
            pane.list.scroll_to_cursor(rows);
            pane.read_on(ctx, rows);
        }
        Screen::Members(pane) => {
            pane.list.scroll_to_cursor(rows);
            pane.read_on(ctx, rows);
        }
        Screen::Profile(_) => {}
    }
    if layout::has_preview(model)
        && let Some(pane) = model.history.users_mut()
    {
        pane.rest(&mut model.ctx, &model.recent);
    }
    close_overtaken(model);
    count_down(model);
    if model.leaving && model.jobs.open().is_empty() {
        model.ctx.ask(Effect::Quit);
    }
}

/// A dialog whose ground has gone says so and closes (or goes back to its form).
fn close_overtaken(model: &mut Model) {
    let Layer::Dialog(dialog) = &mut model.layer else {
        return;
    };
    let gone = dialog
        .dossier
        .user
        .error()
        .is_some_and(|e| e.status == Some(404));
    if gone {
        let (user, name) = (dialog.user().clone(), dialog.person.short_name());
        model.layer = Layer::None;
        return vanish(model, &user, &name);
    }
    if let Armed::Overtaken(why) = dialog.armed() {
        let row = dialog.dossier.user.value().map(|user| user.row());
        if dialog.back_to_form() {
            dialog.note = Some(why);
            return;
        }
        model.layer = Layer::None;
        if let Some(row) = row {
            refresh_row(model, row);
        }
        model.ctx.say(Tone::Warn, why);
    }
}

/// Somebody was deleted, not by us.
fn vanish(model: &mut Model, user: &UserId, name: &str) {
    remove_user(model, user);
    model.ctx.say(
        Tone::Warn,
        format!("{name} was deleted by somebody else. The row is gone."),
    );
}

/// While a countdown is on the screen, one wake-up at its next change.
fn count_down(model: &mut Model) {
    let Some(next) = model.ctx.pace.next else {
        model.countdown = None;
        return;
    };
    let left = next.since(model.ctx.now.moment);
    if left > 0 && model.countdown.is_none() {
        let until_change = (left - 1) % 1_000 + 1;
        model.countdown = Some(model.ctx.wake(until_change));
    }
}

fn woke(model: &mut Model, ticket: Ticket) {
    if model.countdown == Some(ticket) {
        model.countdown = None;
        return;
    }
    if model
        .ctx
        .toast
        .as_ref()
        .is_some_and(|toast| toast.expires == ticket)
    {
        model.ctx.toast = None;
        return;
    }
    let Model {
        ctx,
        history,
        recent,
        ..
    } = model;
    let woken = history.screens_mut().any(|screen| match screen {
        Screen::Users(pane) => pane.wake(ctx, recent, ticket),
        Screen::Organizations(pane) => pane.wake(ctx, ticket),
        _ => false,
    });
    // A wake-up that nobody waits for any more changes nothing on the screen.
    model.frame_due = woken;
}

fn fetched(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) {
    if let Some((job, end)) = model.jobs.settle(ticket, result) {
        return finish(model, &job, end);
    }
    learn(model, result);
    let Model {
        ctx,
        history,
        layer,
        people,
        recent,
        instance,
        ..
    } = model;
    if people.settle(ticket, result)
        || instance.settle(ticket, result.clone(), Answer::into_instance)
    {
        return;
    }
    if let Layer::Dialog(dialog) = layer
        && dialog.settle(ticket, result)
    {
        return;
    }
    if recent
        .iter_mut()
        .any(|dossier| dossier.settle(ticket, result))
    {
        return;
    }
    let mut gone = None;
    for screen in history.screens_mut() {
        let settled = match screen {
            Screen::Users(pane) => pane.settle(ticket, result),
            Screen::Sessions(pane) => pane.settle(ctx, people, ticket, result),
            Screen::Organizations(pane) => pane.settle(ticket, result),
            Screen::Members(pane) => pane.settle(ticket, result),
            Screen::Profile(pane) => {
                let settled = pane.settle(ticket, result);
                let error = pane.dossier.user.error();
                if settled && error.is_some_and(|error| error.status == Some(404)) {
                    gone = Some(pane.user().clone());
                }
                settled
            }
        };
        if settled {
            break;
        }
    }
    if let Some(user) = gone {
        let name = model.people.person(&user).short_name();
        vanish(model, &user, &name);
    }
}

/// Whoever is read, for whatever reason, is known from then on.
fn learn(model: &mut Model, result: &Result<Answer, ApiError>) {
    match result {
        Ok(Answer::Users(page)) => model.people.learn_page(page),
        Ok(Answer::User(user)) => refresh_row(model, user.row()),
        _ => {}
    }
}

/// A newer version of a row, wherever it stands.
fn refresh_row(model: &mut Model, row: crate::domain::UserRow) {
    if let Some(users) = model.history.users_mut() {
        users.list.replace(row.clone());
    }
    model.people.learn(row);
}

/// A change has ended: shows what is true now, and says so.
fn finish(model: &mut Model, job: &Job, end: End) {
    let name = job.person.short_name();
    match end {
        End::Done(effected) => {
            apply(model, job, effected);
            model
                .ctx
                .say(Tone::Good, format!("{name} {}.", job.action.done()));
        }
        End::Failed(why) => model.ctx.say(Tone::Bad, why),
        End::Gone => vanish(model, job.action.user(), &name),
    }
}

fn apply(model: &mut Model, job: &Job, effected: Effected) {
    let user_id = job.action.user().clone();
    match effected {
        Effected::Deleted => return remove_user(model, &user_id),
        Effected::Revoked(session) => apply_session(model, job, session.as_deref()),
        Effected::User(user) => {
            refresh_row(model, user.row());
            if let Some(dossier) = model.recent.iter_mut().find(|d| d.id == user_id) {
                dossier.user.put(user.clone());
            }
            for screen in model.history.screens_mut() {
                if let Screen::Profile(pane) = screen
                    && *pane.user() == user_id
                {
                    pane.dossier.user.put(user.clone());
                }
            }
        }
    }
    read_sessions_again(&mut model.ctx, &mut model.history, &user_id);
}

fn apply_session(model: &mut Model, job: &Job, session: Option<&crate::domain::Session>) {
    let crate::domain::Action::Revoke { session: id, .. } = &job.action else {
        return;
    };
    for screen in model.history.screens_mut() {
        if let Screen::Sessions(pane) = screen {
            match session {
                Some(session) => pane.apply(session),
                None => {
                    pane.list.remove(id.as_str());
                }
            }
        }
    }
}

/// A ban or a revocation ends sessions: whoever shows them reads them again.
fn read_sessions_again(ctx: &mut Context, history: &mut super::history::History, user: &UserId) {
    for screen in history.screens_mut() {
        match screen {
            Screen::Profile(pane) if pane.user() == user => pane.read_sessions(ctx),
            Screen::Sessions(pane) if pane.user.as_ref() == Some(user) => pane.read(ctx, true),
            Screen::Sessions(pane) if pane.user.is_none() => {
                let theirs = |row: &Row<crate::domain::Session>| {
                    row.read().is_some_and(|session| session.user == *user)
                };
                if pane.walk.is_none() && pane.list.rows().iter().any(theirs) {
                    pane.read(ctx, true);
                }
            }
            _ => {}
        }
    }
}

/// A person is gone: so are their row, their profile, their sessions, and one of the count.
fn remove_user(model: &mut Model, user: &UserId) {
    // Who was not known is gone for the second time, and counted down already.
    let counted = model.people.forget(user);
    model.recent.forget(user);
    model.history.drop_where(|screen| match screen {
        Screen::Profile(pane) => pane.user() == user,
        Screen::Sessions(pane) => pane.user.as_ref() == Some(user),
        _ => false,
    });
    for screen in model.history.screens_mut() {
        match screen {
            Screen::Users(pane) => pane.forget(user, counted),
            Screen::Sessions(pane) => pane.forget(user),
            Screen::Members(pane) => pane.forget(user),
            Screen::Profile(_) | Screen::Organizations(_) => {}
        }
    }
    act::arrive(model);
}

/// The text of the rate gauge, when there is something to say: while requests
/// wait, or most of the limit is used.
pub fn gauge(pace: Pace, now: super::Moment) -> Option<String> {
    let left = pace.next.map_or(0, |next| next.since(now).div_ceil(1_000));
    if pace.asked_by_clerk && left > 0 {
        Some(format!(
            "Clerk asked us to wait {left} s. Your place is kept."
        ))
    } else if pace.waiting > 0 && left > 0 {
        Some(format!(
            "Waiting {left} s for the limit of {} in 10 s. Your place is kept.",
            pace.limit
        ))
    } else if pace.limit > 0 && pace.used * 10 > pace.limit * 6 {
        Some(format!("{} of {} requests in 10 s", pace.used, pace.limit))
    } else {
        None
    }
}

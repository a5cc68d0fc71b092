//! What each message does to the model.

use crate::domain::{Answer, ApiError, Keyed, PastDeed, Row};

use super::aftermath::{finish, refresh_row, vanish};
use super::batch::{self, Heard};
use super::jobs::{End, Job};
use super::pace::{count_down, gauge};
use super::words::LONG_WAIT_MS;
use super::{
    AnyList, Armed, Effect, Layer, List, Model, Msg, Now, Pace, Screen, Ticket, Tone, dialog, jump,
    keys, layout, marks, newcomer, offline, range, sheet, unsettled, words,
};

/// Lets `msg` happen at `now`, and says what is to be done outside.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Vec<Effect> {
    model.ctx.now = now;
    model.ctx.clock.set_now(now.wall);
    if matches!(msg, Msg::Drawn) {
        drawn(model);
        return model.ctx.take_effects();
    }
    let was_due = std::mem::replace(&mut model.frame_due, true);
    let answered = matches!(msg, Msg::Fetched { result: Ok(_), .. });
    match msg {
        Msg::Started => start(model),
        Msg::Zone(zone) => model.ctx.clock.set_zone(zone),
        Msg::Key(key) => keys::press(model, key),
        // A mouse that just moves over it changes nothing on the screen.
        Msg::Mouse(mouse) => model.frame_due = keys::mouse(model, mouse),
        Msg::Paste(text) => keys::paste(model, &text),
        Msg::Resize(width, height) => model.ctx.size = (width, height),
        // Nor does a wake-up that nobody waits for any more.
        Msg::Woke(ticket) => model.frame_due = woke(model, ticket),
        Msg::Fetched { ticket, result, .. } => {
            model.frame_due = fetched(model, ticket, &result);
            judge_again(model);
        }
        Msg::Ranked { ticket, found } => {
            let ranked = model
                .users_mut()
                .is_some_and(|(users, ctx, people)| users.ranked(ctx, people, ticket, found));
            model.frame_due = ranked;
        }
        Msg::Changed { op, outcome } => {
            let heard = Heard::of(&outcome);
            if let Some((job, end)) = model.jobs.changed(&mut model.ctx, op, outcome) {
                end_job(model, &job, end, &heard);
            } else if let Some(text) = model.jobs.read_back_text(op)
                && !batch::is_of(model, op)
            {
                model.ctx.say(Tone::Warn, text);
            }
            judge_again(model);
        }
        Msg::Unsettled(changes) => unsettled::take(model, changes),
        Msg::NotRecorded(why) => {
            let text = format!("The end of a change is not on record. {why}");
            model.ctx.say(Tone::Bad, text);
        }
        Msg::StoreFailed(why) => model.ctx.say(Tone::Bad, why),
        Msg::NotOpened => {
            let text = "No browser could be opened here. The link is on the clipboard.";
            model.ctx.say(Tone::Warn, text);
        }
        Msg::Pace(pace) => paced(model, pace),
        Msg::Recalled { ticket, deeds } => model.frame_due = recalled(model, ticket, deeds),
        Msg::Edited { ticket, result } => dialog::editing::edited(model, ticket, result),
        Msg::Saved { ticket, result } => super::act::change::saved(model, ticket, &result),
        Msg::Interrupted(left) => batch::interrupted(model, left),
        Msg::PlanKept { batch, result } => batch::kept(model, batch, result),
        Msg::Drawn => {}
    }
    // What changes nothing itself may come between a change and its frame.
    model.frame_due |= was_due;
    offline::watch(model, answered);
    settle_down(model);
    model.ctx.take_effects()
}

fn start(model: &mut Model) {
    if let Some((users, ctx, people)) = model.users_mut() {
        users.read(ctx, people, false);
    }
    model.read_instance();
}

/// A change has ended: that of one person by itself, or a step of a batch.
fn end_job(model: &mut Model, job: &Job, end: End, heard: &Heard) {
    if batch::is_of(model, job.op) {
        batch::ended(model, job, end, heard);
    } else {
        finish(model, job, end);
        batch::go_on(model);
    }
}

/// Rows and names may be others now: who passes a search is found out anew.
fn judge_again(model: &mut Model) {
    for screen in model.history.screens_mut() {
        if let Screen::Sessions(pane) = screen {
            pane.look_again();
        }
    }
}

/// A frame was drawn: notes what the person saw, since a change may only
/// concern what was drawn before the key.
fn drawn(model: &mut Model) {
    model.frame_due = false;
    model.aim = None;
    // In a window that is too small there was nothing to be seen.
    model.seen = layout::areas(model).map(|_| model.look());
    let (now, is_whole) = (model.ctx.now.moment, sheet::is_whole(model));
    match &mut model.layer {
        Layer::Dialog(dialog) => dialog.drawn(now, is_whole),
        Layer::Newcomer(newcomer) => newcomer.drawn(now, is_whole),
        Layer::DryRun(dry_run) => dry_run.drawn(now, is_whole),
        Layer::Resume(resume) => resume.drawn(now, is_whole),
        Layer::Link(link) => link.drawn(now, is_whole),
        _ => {}
    }
}

/// What follows from any message: scrolling, reading on, looking up names,
/// closing an overtaken dialog, counting down, leaving.
fn settle_down(model: &mut Model) {
    jump::land(model);
    marks::take_gathered(model);
    range::keep_up(model);
    let rows = layout::page_rows(model);
    let Model {
        ctx,
        history,
        people,
        ..
    } = model;
    let screen = history.screen_mut();
    if let Screen::Sessions(pane) = screen {
        pane.sift(ctx, people);
    }
    if let Some(list) = screen.list_mut() {
        list.scroll_to_cursor(rows);
    }
    match screen {
        Screen::Users(pane) => {
            pane.catch_up(people);
            pane.read_on(ctx, rows);
        }
        Screen::Organizations(pane) => pane.read_on(ctx, rows),
        Screen::Sessions(pane) => {
            pane.read_on(ctx, rows);
            let seen = in_view(&pane.list, rows).map(|session| &session.user);
            people.look_up(ctx, seen.chain(pane.named_by_search()));
        }
        Screen::Members(pane) => {
            pane.read_on(ctx, rows);
            let users = in_view(&pane.list, rows).filter_map(|member| member.user.as_ref());
            people.look_up(ctx, users.map(|user| &user.id));
        }
        Screen::Invitations(pane) => pane.read_on(ctx, rows),
        // Fewer lines than before may have been read.
        Screen::Profile(pane) => pane.move_by(ctx, 0),
    }
    if layout::has_preview(model)
        && let Some(pane) = model.history.users_mut()
    {
        pane.rest(&mut model.ctx, &model.people, &model.recent);
    }
    close_overtaken(model);
    batch::offer(model);
    newcomer::close_overtaken(model);
    marks::count(model);
    super::link::show(model);
    count_down(model);
    lose_patience(model);
    if model.leaving && model.jobs.open().is_empty() {
        model.ctx.ask(Effect::Quit);
    }
}

/// The rows on the screen that were understood.
fn in_view<T: Keyed>(list: &List<T>, height: usize) -> impl Iterator<Item = &T> {
    let lines = list.top()..list.top() + height;
    lines
        .map_while(|line| list.line(line))
        .filter_map(Row::read)
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
        model.refused = true;
        return vanish(model, &user, &name);
    }
    if let Armed::Overtaken(why) = dialog.armed() {
        let row = dialog.dossier.user.value().map(|user| user.row());
        if dialog.back_to_form(&mut model.ctx) {
            dialog.note.get_or_insert(why);
            return;
        }
        model.layer = Layer::None;
        // What is being typed for it goes nowhere.
        model.refused = true;
        if let Some(row) = row {
            refresh_row(model, row);
        }
        model.ctx.say(Tone::Warn, why);
    }
}

/// Where nothing is to be seen but that the console asks, one wake-up when
/// that has to be said in other words.
fn lose_patience(model: &mut Model) {
    let now = model.ctx.now.moment;
    let since = words::waits_since(model).filter(|since| now.since(*since) < LONG_WAIT_MS);
    let Some(since) = since else {
        model.patience = None;
        return;
    };
    if model.patience.is_none_or(|(_, waited)| waited != since) {
        let ticket = model.ctx.wake(LONG_WAIT_MS - now.since(since));
        model.patience = Some((ticket, since));
    }
}

/// The pacer stands differently; only what the gauge says of it is seen.
fn paced(model: &mut Model, pace: Pace) {
    let now = model.ctx.now.moment;
    let before = std::mem::replace(&mut model.ctx.pace, pace);
    model.frame_due = gauge(before, now) != gauge(pace, now);
}

/// A wake-up is due; says whether anything may look different now.
fn woke(model: &mut Model, ticket: Ticket) -> bool {
    if model
        .countdown
        .is_some_and(|countdown| countdown.awaits(ticket))
    {
        model.countdown = None;
        return true;
    }
    if model.patience.is_some_and(|(awaited, _)| awaited == ticket) {
        model.patience = None;
        return true;
    }
    if batch::woke(model, ticket) || offline::woke(model, ticket) {
        return true;
    }
    let toast = model.ctx.toast.as_ref();
    if toast.is_some_and(|toast| toast.expires == ticket) {
        model.ctx.toast = None;
        return true;
    }
    let Model {
        ctx,
        history,
        people,
        recent,
        ..
    } = model;
    history.screens_mut().any(|screen| match screen {
        Screen::Users(pane) => pane.wake(ctx, people, recent, ticket),
        Screen::Sessions(pane) => pane.wake(ctx, ticket),
        Screen::Organizations(pane) => pane.wake(ctx, ticket),
        Screen::Members(_) | Screen::Invitations(_) | Screen::Profile(_) => false,
    })
}

/// A read ended; says whether anybody awaited it.
fn fetched(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    if let Some((job, end)) = model.jobs.settle(&mut model.ctx, ticket, result) {
        end_job(model, &job, end, &Heard::ReadBack(Box::new(result.clone())));
        return true;
    }
    if unsettled::settle(model, ticket, result) {
        learn(model, result);
        return true;
    }
    if batch::settle(model, ticket, result) {
        return true;
    }
    if jump::settle(model, ticket, result) {
        return true;
    }
    if let Some((users, ctx, people)) = model.users_mut()
        && users.settle(ctx, people, ticket, result)
    {
        return true;
    }
    // An answer that nobody awaits any more may be older than what is known.
    let awaited = hand_over(model, ticket, result);
    if awaited {
        learn(model, result);
        close_profile_of_nobody(model);
    }
    awaited
}

/// What was done to somebody was looked up; says whether anybody awaited it.
fn recalled(model: &mut Model, ticket: Ticket, deeds: Option<Vec<PastDeed>>) -> bool {
    // Where the trail cannot be read, what was known stands.
    let Some(mut deeds) = deeds else { return false };
    // What is on its way has no end yet, known or not.
    let jobs = &model.jobs;
    deeds.retain(|deed| jobs.open().iter().all(|job| job.op != deed.op));
    let Model { ctx, history, .. } = model;
    history.screens_mut().any(|screen| match screen {
        Screen::Profile(pane) => pane.recalled(ctx, ticket, &deeds),
        _ => false,
    })
}

/// Hands an answer to whoever awaits it; says whether anybody did.
fn hand_over(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let Model {
        ctx,
        history,
        layer,
        people,
        recent,
        instance,
        ..
    } = model;
    if people.settle(ticket, result) || instance.settle(ticket, result, Answer::into_instance) {
        return true;
    }
    let awaited = match layer {
        Layer::Dialog(dialog) => dialog.settle(ctx, ticket, result),
        Layer::Newcomer(newcomer) => newcomer.settle(ticket, result),
        _ => false,
    };
    if awaited {
        return true;
    }
    if recent
        .iter_mut()
        .any(|dossier| dossier.settle(ticket, result))
    {
        return true;
    }
    history.screens_mut().any(|screen| match screen {
        Screen::Users(_) => false,
        Screen::Sessions(pane) => pane.settle(ctx, ticket, result),
        Screen::Organizations(pane) => pane.settle(ctx, ticket, result),
        Screen::Members(pane) => pane.settle(ticket, result),
        Screen::Invitations(pane) => pane.settle(ticket, result),
        Screen::Profile(pane) => pane.settle(ticket, result),
    })
}

/// A profile whose person turned out to be gone closes.
fn close_profile_of_nobody(model: &mut Model) {
    let gone = model.history.screens().find_map(|screen| match screen {
        Screen::Profile(pane) => {
            let error = pane.dossier.user.error()?;
            (error.status == Some(404)).then(|| pane.user().clone())
        }
        _ => None,
    });
    if let Some(user) = gone {
        let name = model.people.person(&user).short_name();
        vanish(model, &user, &name);
    }
}

/// Whoever is read, for whatever reason, is known from then on.
pub(super) fn learn(model: &mut Model, result: &Result<Answer, ApiError>) {
    match result {
        Ok(Answer::Users(page)) => {
            model.people.learn_page(page);
        }
        Ok(Answer::User(user)) => refresh_row(model, user.row()),
        _ => {}
    }
}

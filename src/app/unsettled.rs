//! Changes of earlier runs whose end nobody knows: they are told and read back.

use crate::domain::{Answer, ApiError, Fetch, Lane, Unsettled, User};

use super::aftermath::recall_again;
use super::jobs::{End, Job};
use super::{Effect, Model, PaneId, Part, Ticket, Tone};

/// At most so many are read back at one start; the rest at the next.
const MOST: usize = 20;

/// The changes of earlier runs that are being read back.
#[derive(Debug, Default)]
pub struct Earlier {
    reading: Vec<(Ticket, Unsettled)>,
    /// How many there were.
    count: usize,
}

/// Some changes of earlier runs have no known end: says so, and reads their
/// people again. Where that would not tell, it is settled so: once told is enough.
pub(super) fn take(model: &mut Model, unsettled: Vec<Unsettled>) {
    let Some(last) = unsettled.last() else {
        return;
    };
    let (what, count) = (named(last), unsettled.len());
    let text = if count == 1 {
        format!("One change of an earlier run has no known outcome: {what}.")
    } else {
        format!("{count} changes of earlier runs have no known outcome, the last: {what}.")
    };
    model.ctx.say(Tone::Warn, text);
    model.earlier.count = count.min(MOST);
    for change in unsettled.into_iter().take(MOST) {
        let [user] = change.users.as_slice() else {
            let words = "not read back: it is not about one person".to_owned();
            let (op, done) = (change.op, None);
            model.ctx.ask(Effect::Settle { op, done, words });
            continue;
        };
        let (part, fetch) = (Part::ReadBack(change.op), Fetch::User(user.clone()));
        let ticket = model.ctx.fetch(PaneId(0), part, Lane::ReadBack, fetch);
        model.earlier.reading.push((ticket, change));
    }
}

/// Takes the answer about one of them; says whether it was one.
pub(super) fn settle(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let reading = &mut model.earlier.reading;
    let Some(at) = reading.iter().position(|(awaited, _)| *awaited == ticket) else {
        return false;
    };
    let (_, change) = reading.swap_remove(at);
    let Some((done, words)) = found(change.change.raw(), result) else {
        let text = format!("Nobody knows yet how this ended: {}.", named(&change));
        model.ctx.say(Tone::Warn, text);
        return true;
    };
    if model.earlier.count == 1 {
        let text = format!("Read back after the {}: {words}.", named(&change));
        model.ctx.say(Tone::Plain, text);
    } else if model.earlier.reading.is_empty() {
        let text = "The changes of earlier runs were read back: clerk-tui audit shows them.";
        model.ctx.say(Tone::Plain, text);
    }
    let op = change.op;
    model.ctx.ask(Effect::Settle { op, done, words });
    recall_again(model, &change.users);
    true
}

/// What reading back told, for the audit trail: whether the change was done, if
/// it told that, and what is true.
type Told = (Option<bool>, String);

/// What a change of this run turned out to have done; `None` where nobody knows yet.
pub(super) fn read_back(job: &Job, result: &Result<Answer, ApiError>, end: &End) -> Option<Told> {
    match end {
        End::Done(_) => Some((Some(true), "it was done".to_owned())),
        End::Gone => Some((None, "deleted".to_owned())),
        // Whoever was to come is not there.
        End::Failed(_) if job.whom.person().is_none() => {
            Some((Some(false), "it was not done".to_owned()))
        }
        End::Failed(_) | End::Unclear(_) => match result {
            Ok(Answer::User(user)) => told(job.action.name(), user),
            _ => None,
        },
    }
}

fn named(change: &Unsettled) -> String {
    let name = change.change.shown();
    match change.users.as_slice() {
        [] => name.into_owned(),
        [user] => format!("{name} of {user}"),
        users => format!("{name} of {} people", users.len()),
    }
}

/// What is true of a person now; `None` where it could not be read.
fn found(change: &str, result: &Result<Answer, ApiError>) -> Option<Told> {
    match result {
        Ok(Answer::User(user)) => {
            let silent = || (None, "the profile does not tell".to_owned());
            Some(told(change, user).unwrap_or_else(silent))
        }
        Err(error) if error.status == Some(404) => {
            let done = (change == "delete").then_some(true);
            Some((done, "deleted".to_owned()))
        }
        _ => None,
    }
}

/// What a profile tells of such a change; `None` where it tells nothing.
fn told(change: &str, user: &User) -> Option<Told> {
    let done = match change {
        "ban" => user.banned,
        "unban" => !user.banned,
        "lock" => user.locked,
        "unlock" => !user.locked,
        "delete" => false,
        _ => return None,
    };
    Some((Some(done), state(user)))
}

fn state(user: &User) -> String {
    let banned = if user.banned { "banned" } else { "not banned" };
    let locked = if user.locked { ", locked" } else { "" };
    format!("{banned}{locked}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::world::{not_found, person};

    #[test]
    fn a_profile_tells_what_became_of_some_changes() {
        let told = |change: &str, banned: bool| {
            let mut user = person(1, "Alice");
            user.banned = banned;
            found(change, &Ok(Answer::User(Box::new(user)))).unwrap().0
        };
        assert_eq!(told("ban", true), Some(true));
        assert_eq!(told("ban", false), Some(false));
        assert_eq!(told("unban", true), Some(false));
        assert_eq!(told("delete", false), Some(false));
        assert_eq!(told("edit", false), None);
        let gone = |change: &str| found(change, &Err(not_found())).unwrap().0;
        assert_eq!((gone("delete"), gone("ban")), (Some(true), None));
    }
}

//! Changes of earlier runs whose end nobody knows: they are told and read back.

use crate::domain::{Answer, ApiError, Fact, Fetch, Lane, Targets, Unsettled, User, UserPage};

use super::aftermath::recall_again;
use super::jobs::{End, Job};
use super::text::cut;
use super::{Clock, Effect, Model, PaneId, Part, Ticket, Tone};

/// At most so many are read back at one start; the rest at the next.
const MOST: usize = 20;
/// The columns of what is said to be true of many.
const SHORT: usize = 160;

/// The changes of earlier runs that are being read back.
#[derive(Debug, Default)]
pub struct Earlier {
    reading: Vec<(Ticket, Unsettled)>,
    /// How many there were.
    count: usize,
    /// Something is said that must not be pushed away: what is to be looked for.
    warned: bool,
}

/// What nobody may do twice, and of which nobody can be read back: how each is
/// named, what was asked, and where the person has to look.
const LOOK_AT: [(&str, &str, &str); 2] = [
    ("create", "create a user", "the newest users"),
    ("invite", "invite somebody", "the invitations (N l)"),
];

/// Some changes of earlier runs have no known end: says so, and reads their
/// people again. Where that would not tell, it is settled so: once told is enough.
pub(super) fn take(model: &mut Model, unsettled: Vec<Unsettled>) {
    let Some(last) = unsettled.last() else {
        return;
    };
    let (what, count) = (named(last), unsettled.len());
    let first = &unsettled[..count.min(MOST)];
    let warning = warning(first, &model.ctx.clock);
    model.earlier.count = first.len();
    model.earlier.warned = warning.is_some();
    match warning {
        Some(warning) => model.ctx.say(Tone::Bad, warning),
        None if count == 1 => {
            let text = format!("One change of an earlier run has no known outcome: {what}.");
            model.ctx.say(Tone::Warn, text);
        }
        None => {
            let text =
                format!("{count} changes of earlier runs have no known outcome, the last: {what}.");
            model.ctx.say(Tone::Warn, text);
        }
    }
    for change in unsettled.into_iter().take(MOST) {
        let fetch = match change.users.as_slice() {
            [user] => Fetch::User(user.clone()),
            users if (1..=Targets::MOST).contains(&users.len()) => Fetch::UsersById(users.to_vec()),
            _ => {
                let words = "not read back: it is not about anybody who can be read".to_owned();
                let (op, done) = (change.op, None);
                model.ctx.ask(Effect::Settle { op, done, words });
                continue;
            }
        };
        let part = Part::ReadBack(change.op);
        let ticket = model.ctx.fetch(PaneId(0), part, Lane::ReadBack, fetch);
        model.earlier.reading.push((ticket, change));
    }
}

/// What the person has to look for, since it cannot be read back.
fn warning(unsettled: &[Unsettled], clock: &Clock) -> Option<String> {
    let (mut asked, mut places, mut others) = (Vec::new(), Vec::new(), unsettled.len());
    for (change, words, place) in LOOK_AT {
        let all = unsettled.iter();
        let all = all.filter(|one| one.users.is_empty() && one.change.raw() == change);
        let Some(last) = all.clone().next_back() else {
            continue;
        };
        let when = clock.short(last.at);
        let times = all.count();
        others -= times;
        asked.push(match times {
            1 => format!("{words} ({when})"),
            _ => format!("{words} ({times} times, last {when})"),
        });
        places.push(place);
    }
    let audit = if others > 0 {
        " More: clerk-tui audit."
    } else {
        ""
    };
    (!asked.is_empty()).then(|| {
        format!(
            "An earlier run asked Clerk to {} and got no answer. Look at {} before doing it again.{audit}",
            asked.join(" and to "),
            places.join(" and ")
        )
    })
}

/// Takes the answer about one of them; says whether it was one.
pub(super) fn settle(model: &mut Model, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
    let reading = &mut model.earlier.reading;
    let Some(at) = reading.iter().position(|(awaited, _)| *awaited == ticket) else {
        return false;
    };
    let (_, change) = reading.swap_remove(at);
    let found = found(&change, result);
    if !model.earlier.warned {
        tell(model, &change, found.as_ref());
    }
    let Some((done, words)) = found else {
        return true;
    };
    let op = change.op;
    model.ctx.ask(Effect::Settle { op, done, words });
    recall_again(model, &change.users);
    true
}

/// Says what was found of one of them.
fn tell(model: &mut Model, change: &Unsettled, found: Option<&Told>) {
    let Model { ctx, earlier, .. } = model;
    let what = named(change);
    if let Some((_, words)) = found {
        if earlier.count == 1 {
            let words = cut(words, SHORT);
            ctx.say(Tone::Plain, format!("Read back after the {what}: {words}."));
        } else if earlier.reading.is_empty() {
            let text = "The changes of earlier runs were read back: clerk-tui audit shows them.";
            ctx.say(Tone::Plain, text);
        }
    } else {
        let text = format!("Nobody knows yet how this ended: {what}.");
        ctx.say(Tone::Warn, text);
    }
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
fn found(unsettled: &Unsettled, result: &Result<Answer, ApiError>) -> Option<Told> {
    let change = unsettled.change.raw();
    match result {
        Ok(Answer::Users(page)) => Some(of_all(unsettled, page)),
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

/// What is true of each of several people.
fn of_all(unsettled: &Unsettled, page: &UserPage) -> Told {
    let (wanted, is, is_not) = match unsettled.change.raw() {
        "ban" => (true, "banned", "not banned"),
        "unban" => (false, "not banned", "banned"),
        _ => return (None, "the profile does not tell".to_owned()),
    };
    let (mut so, mut not, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for user in &unsettled.users {
        let row = (0..page.len()).find(|row| page.id(*row) == user.as_str());
        match row.map(|row| page.facts(row).has(Fact::Banned)) {
            Some(banned) if banned == wanted => so.push(user.as_str()),
            Some(_) => not.push(user.as_str()),
            None => missing.push(user.as_str()),
        }
    }
    let done = match (so.is_empty(), not.is_empty(), missing.is_empty()) {
        (_, true, true) => Some(true),
        (true, false, true) => Some(false),
        _ => None,
    };
    let mut words = format!("{} of {} are {is}", so.len(), unsettled.users.len());
    for (label, users) in [(is_not, &not), ("not to be read", &missing)] {
        if !users.is_empty() {
            words = format!("{words}; {label}: {}", users.join(", "));
        }
    }
    (done, words)
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
    use crate::app::tests::world::{id, not_found, person, rows};
    use crate::domain::{OpId, Timestamp};

    fn of(change: &str, people: &[usize]) -> Unsettled {
        Unsettled {
            op: OpId { run: 1, n: 1 },
            change: change.into(),
            users: people.iter().map(|n| id(*n)).collect(),
            at: Timestamp::from_millis(0),
            operator: "ann@desk".into(),
        }
    }

    #[test]
    fn of_several_each_is_told() {
        let told = |change: &str, banned: &[usize], there: usize| {
            let mut people: Vec<User> = (1..=there).map(|n| person(n, "Bot")).collect();
            for n in banned {
                people[*n - 1].banned = true;
            }
            let read = Ok(Answer::users(rows(&people)));
            found(&of(change, &[1, 2, 3]), &read).unwrap()
        };
        let all = "3 of 3 are banned".to_owned();
        assert_eq!(told("ban", &[1, 2, 3], 3), (Some(true), all));
        let none = "0 of 3 are banned; not banned: user_000001, user_000002, user_000003";
        assert_eq!(told("ban", &[], 3), (Some(false), none.to_owned()));
        let some = "1 of 3 are not banned; banned: user_000001; not to be read: user_000003";
        assert_eq!(told("unban", &[1], 2), (None, some.to_owned()));
        assert_eq!(told("delete", &[], 3).0, None);
    }

    #[test]
    fn a_profile_tells_what_became_of_some_changes() {
        let told = |change: &str, banned: bool| {
            let mut user = person(1, "Alice");
            user.banned = banned;
            found(&of(change, &[1]), &Ok(Answer::User(Box::new(user))))
                .unwrap()
                .0
        };
        assert_eq!(told("ban", true), Some(true));
        assert_eq!(told("ban", false), Some(false));
        assert_eq!(told("unban", true), Some(false));
        assert_eq!(told("delete", false), Some(false));
        assert_eq!(told("edit", false), None);
        let gone = |change: &str| found(&of(change, &[1]), &Err(not_found())).unwrap().0;
        assert_eq!((gone("delete"), gone("ban")), (Some(true), None));
    }
}

//! What the console says about states and failures. Short, plain and kind, and
//! each sentence names the key that helps.

use crate::domain::{ApiError, ErrorKind, Keyed, Timestamp, Untrusted, UserOrder, UserOrderBy};

use super::document::Line;
use super::sessions::SessionsPane;
use super::text::{cut, grouped};
use super::{List, Load, Model, Moment, Screen, Tone};

/// The most columns that somebody else's sentence may take.
const THEIR_WORDS: usize = 160;

/// An error in one sentence or two, with what to do about it.
pub fn explain(error: &ApiError) -> String {
    let theirs = cut(&error.message.shown(), THEIR_WORDS);
    match error.kind {
        ErrorKind::KeyRefused => {
            "Clerk does not accept this key. Check CLERK_SECRET_KEY, then start again.".to_owned()
        }
        ErrorKind::PlanLacks => format!("The plan of this instance lacks this: {theirs}"),
        ErrorKind::RateLimited => {
            "Too many requests, even after waiting. r tries again.".to_owned()
        }
        ErrorKind::NotConnected => format!("No connection to Clerk. {theirs} r tries again."),
        ErrorKind::TimedOut => "No answer from Clerk in time. r tries again.".to_owned(),
        ErrorKind::Broken => format!("The connection broke. {theirs} r tries again."),
        ErrorKind::Server => format!(
            "Clerk has trouble{}. {theirs} r tries again.",
            error.status.map_or_else(String::new, |s| format!(" ({s})"))
        ),
        ErrorKind::WrongShape | ErrorKind::UnexpectedStatus | ErrorKind::TooLarge => {
            format!("This does not look like Clerk's answer. {theirs} r tries again.")
        }
        ErrorKind::Crashed => format!("A part of this console failed. {theirs} r tries again."),
        ErrorKind::NoCertificates
        | ErrorKind::NotFound
        | ErrorKind::Forbidden
        | ErrorKind::Conflict
        | ErrorKind::Invalid => theirs,
    }
}

/// The name of the instance: its first origin, else the host of its API.
pub fn instance_name(model: &Model) -> String {
    let origin = model.instance.value().and_then(|i| i.origins.first());
    origin.map_or_else(
        || model.ctx.host.clone(),
        |origin| {
            let shown = origin.shown();
            let host = shown.split_once("://").map_or(&*shown, |(_, host)| host);
            cut(host, 30)
        },
    )
}

/// How many there are of what the view lists.
pub fn total(model: &Model) -> String {
    match model.screen() {
        Screen::Users(pane) => pane
            .total
            .value()
            .map_or_else(String::new, |n| count_of(*n, "user")),
        Screen::Organizations(pane) => pane
            .list
            .total()
            .map_or_else(String::new, |n| count_of(n, "organization")),
        Screen::Sessions(_) | Screen::Members(_) | Screen::Profile(_) => String::new(),
    }
}

fn count_of(n: u64, what: &str) -> String {
    super::text::count(usize::try_from(n).unwrap_or(usize::MAX), what)
}

/// How many the search found, and in which order they stand.
pub fn found(model: &Model) -> String {
    match model.screen() {
        Screen::Users(pane) => {
            let order = order_name(pane.order);
            let found = pane
                .found
                .value()
                .filter(|_| !pane.search.answered().is_empty());
            let read = pane.list.rows().len() as u64;
            match found {
                Some(n) => format!("{} found · {order}", grouped((*n).max(read))),
                None => order,
            }
        }
        Screen::Organizations(pane) => match pane.list.total() {
            Some(n) if !pane.search.answered().is_empty() => format!("{} found", grouped(n)),
            _ => String::new(),
        },
        Screen::Sessions(pane) => sessions_found(pane),
        Screen::Members(pane) => {
            let members = pane.list.total().unwrap_or(pane.list.rows().len() as u64);
            count_of(members, "member")
        }
        Screen::Profile(_) => String::new(),
    }
}

fn sessions_found(pane: &SessionsPane) -> String {
    let what = if pane.all_states {
        "session"
    } else {
        "active session"
    };
    let read = pane.list.rows().len() as u64;
    let Some(walk) = &pane.walk else {
        let all = pane.list.total().unwrap_or(read).max(read);
        let more = if pane.list.is_complete() || pane.list.total().is_some() {
            ""
        } else {
            " so far"
        };
        let newest = if pane.list.read_at().is_some() {
            " · newest first"
        } else {
            ""
        };
        return format!("{}{more}{newest}", count_of(all, what));
    };
    let state = match walk {
        walk if walk.is_walking() => " Esc stops.",
        walk if walk.stopped => " Stopped; r begins again.",
        _ => "",
    };
    let failed = match walk.failed {
        0 => String::new(),
        n => format!(" {n} could not be read."),
    };
    format!(
        "Clerk lists sessions only per person here. Read {} of the {} most recently active people.{state}{failed}",
        grouped(walk.read as u64),
        grouped(walk.of as u64)
    )
}

/// The order in words, or with its arrow.
pub fn order_name(order: UserOrder) -> String {
    use UserOrderBy as By;
    let (falling, rising) = match order.by {
        By::Created => ("newest first", "oldest first"),
        By::LastSignIn => ("signed in last ↓", "signed in last ↑"),
        By::LastActive => ("active last ↓", "active last ↑"),
        By::Updated => ("changed last ↓", "changed last ↑"),
        By::Email => ("e-mail ↓", "e-mail ↑"),
        By::FirstName => ("first name ↓", "first name ↑"),
        By::LastName => ("last name ↓", "last name ↑"),
        By::Username => ("username ↓", "username ↑"),
        By::Phone => ("phone ↓", "phone ↑"),
        By::Wallet => ("wallet ↓", "wallet ↑"),
    };
    if order.descending { falling } else { rising }.to_owned()
}

/// Where one is, in a deeper view: `Users › Alice Chen`.
pub fn place(model: &Model) -> String {
    let from = match model.history.before() {
        Some(Screen::Users(_)) | None => "Users",
        Some(Screen::Sessions(_)) => "Sessions",
        Some(Screen::Organizations(_)) => "Organizations",
        Some(Screen::Members(_)) => "Members",
        Some(Screen::Profile(_)) => "Profile",
    };
    let name = match model.screen() {
        Screen::Members(pane) => format!("members of {}", cut(&pane.name.shown(), 40)),
        Screen::Sessions(_) => {
            let name = model
                .subject()
                .person
                .map_or_else(String::new, |p| p.short_name());
            format!("sessions of {name}")
        }
        _ => {
            let person = model.subject().person;
            person.map_or_else(String::new, |p| cut(&p.name().shown(), 40))
        }
    };
    format!("{from} › {name}")
}

/// The place of a profile in the list it came from: `1 of 12`.
pub fn position(model: &Model) -> Option<String> {
    let Screen::Profile(pane) = model.screen() else {
        return None;
    };
    let place = super::act::place_in_list(model, pane)?;
    let rows = model.users()?.list.rows().len();
    Some(format!(
        "{} of {}",
        grouped(place as u64 + 1),
        grouped(rows as u64)
    ))
}

/// What stands in the status line when nothing else does: the chosen session in full.
pub fn below(model: &Model) -> Option<Line> {
    match model.screen() {
        Screen::Sessions(pane) => {
            let session = pane.list.selected()?;
            let text = super::report::session_line(session, &model.ctx.clock);
            Some(Line::new(Tone::Dim, text))
        }
        _ => None,
    }
}

/// When what is seen was read.
pub fn read_at(model: &Model) -> Option<String> {
    let at = match model.screen() {
        Screen::Users(pane) => pane.list.read_at(),
        Screen::Sessions(pane) => pane.list.read_at(),
        Screen::Organizations(pane) => pane.list.read_at(),
        Screen::Members(pane) => pane.list.read_at(),
        Screen::Profile(pane) => pane.dossier.user.value().map(|user| user.read_at),
    }?;
    Some(format!("read {}", model.ctx.clock.second(at)))
}

/// What a view says in the place of its rows, or above them: that it asks, that
/// there is nothing, or what went wrong. Each names the key that helps.
pub fn notice(model: &Model) -> Option<Line> {
    match model.screen() {
        Screen::Users(pane) => {
            let answered = pane.search.answered();
            let empty = nothing_found("No users yet. r looks again.", answered);
            list_notice(model, &pane.list, "users", &empty)
        }
        Screen::Organizations(pane) => {
            let answered = pane.search.answered();
            let empty = nothing_found("No organizations yet. r looks again.", answered);
            list_notice(model, &pane.list, "organizations", &empty)
        }
        Screen::Members(pane) => list_notice(
            model,
            &pane.list,
            "members",
            "Nobody is a member. Esc goes back.",
        ),
        Screen::Sessions(pane) => sessions_notice(model, pane),
        Screen::Profile(pane) => {
            let user = &pane.dossier.user;
            match (user.value(), user.load()) {
                (_, Load::Failed(error)) => {
                    Some(failed(model, error, user.value().map(|u| u.read_at)))
                }
                (None, Load::Waiting { since, .. }) => Some(asking(model, "this person", *since)),
                _ => None,
            }
        }
    }
}

fn sessions_notice(model: &Model, pane: &SessionsPane) -> Option<Line> {
    if let Some(walk) = &pane.walk {
        let nothing = pane.list.rows().is_empty() && !walk.is_walking();
        return match walk.error() {
            Some(error) => Some(failed(model, error, None)),
            None if nothing => Some(Line::new(Tone::Dim, "No active session. r looks again.")),
            None => None,
        };
    }
    let empty = match (&pane.user, pane.all_states) {
        (Some(user), false) => {
            let name = model.people.person(user).short_name();
            format!("{name} has no active session. a shows earlier ones.")
        }
        (Some(user), true) => {
            let name = model.people.person(user).short_name();
            format!("{name} has no session that Clerk still knows. Esc goes back.")
        }
        (None, _) => "Nobody is signed in. r looks again.".to_owned(),
    };
    list_notice(model, &pane.list, "sessions", &empty)
}

fn nothing_found(empty: &str, search: &str) -> String {
    if search.is_empty() {
        empty.to_owned()
    } else {
        let search = Untrusted::new(search);
        format!(
            "Nothing found for “{}”. Esc clears the search.",
            cut(&search.shown(), 40)
        )
    }
}

fn list_notice<T: Keyed>(model: &Model, list: &List<T>, what: &str, empty: &str) -> Option<Line> {
    match list.load() {
        Load::Failed(error) => Some(failed(model, error, list.read_at())),
        Load::Waiting { since, .. } if list.rows().is_empty() => Some(asking(model, what, *since)),
        Load::Idle if list.rows().is_empty() && list.read_at().is_some() => {
            Some(Line::new(Tone::Dim, empty))
        }
        Load::Idle | Load::Waiting { .. } => None,
    }
}

/// After so long a wait says that it is one, in milliseconds.
pub const LONG_WAIT_MS: u64 = 5_000;

/// Since when the view has had nothing to show but that it asks.
pub fn asking_since(model: &Model) -> Option<Moment> {
    fn of<T: Keyed>(list: &List<T>) -> Option<Moment> {
        match list.load() {
            Load::Waiting { since, .. } if list.rows().is_empty() => Some(*since),
            _ => None,
        }
    }
    match model.screen() {
        Screen::Users(pane) => of(&pane.list),
        Screen::Sessions(pane) => of(&pane.list),
        Screen::Organizations(pane) => of(&pane.list),
        Screen::Members(pane) => of(&pane.list),
        Screen::Profile(pane) => match pane.dossier.user.load() {
            Load::Waiting { since, .. } if pane.dossier.user.value().is_none() => Some(*since),
            _ => None,
        },
    }
}

/// Whether the view says that it is still waiting, and that Esc cancels.
pub fn is_long_wait(model: &Model) -> bool {
    let long = |since| model.ctx.now.moment.since(since) >= LONG_WAIT_MS;
    asking_since(model).is_some_and(long)
}

fn asking(model: &Model, what: &str, since: Moment) -> Line {
    if model.ctx.now.moment.since(since) >= LONG_WAIT_MS {
        Line::new(Tone::Warn, "Still waiting. Esc cancels.")
    } else {
        Line::new(Tone::Dim, format!("Asking Clerk for {what}…"))
    }
}

fn failed(model: &Model, error: &ApiError, seen: Option<Timestamp>) -> Line {
    let mut text = explain(error);
    if let Some(at) = seen {
        text = format!(
            "{text} What you see is from {}.",
            model.ctx.clock.minute(at)
        );
    }
    if let Some(trace) = &error.trace_id {
        text = format!("{text} (trace {})", cut(&trace.shown(), 40));
    }
    Line::new(Tone::Bad, text)
}

//! What the console says about states and failures. Short, plain and kind, and
//! each sentence names the key that helps.

pub mod invitations;
mod marks;
mod place;
mod sessions;
mod users;

pub use marks::marked;

pub use place::{place, position};

use crate::domain::{ApiError, ErrorKind, Keyed, Timestamp, Untrusted, UserOrder, UserOrderBy};

use super::document::Line;
use super::pace::told;
use super::search::listed;
use super::text::{cut, grouped};
use super::{AnyList, List, Load, Model, Moment, Screen, Tone, offline};

/// The most columns that somebody else's sentence may take.
const THEIR_WORDS: usize = 160;

/// What went wrong, in plain words, without what to do about it.
pub fn explain(error: &ApiError) -> String {
    let theirs = theirs(error);
    match error.kind {
        ErrorKind::KeyRefused => refused_key("Clerk does not accept this key.", error),
        ErrorKind::PlanLacks => format!("The plan of this instance lacks this: {theirs}"),
        // Without a status it was never sent.
        ErrorKind::RateLimited if error.status.is_none() && error.retry_after.is_none() => theirs,
        ErrorKind::RateLimited => error.retry_after.map_or_else(
            || "Clerk asked us to wait.".to_owned(),
            |wait| {
                let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX / 2);
                format!("Clerk asked us to wait {}.", told(ms.max(1_000)).0)
            },
        ),
        ErrorKind::NotConnected => format!("No connection to Clerk. {theirs}"),
        ErrorKind::NotRecorded => error.message.shown().into_owned(),
        ErrorKind::TimedOut => "No answer from Clerk in time.".to_owned(),
        ErrorKind::Server => match error.status {
            Some(status) => format!("Clerk has trouble ({status}). {theirs}"),
            None => format!("Clerk has trouble. {theirs}"),
        },
        ErrorKind::WrongShape | ErrorKind::UnexpectedStatus | ErrorKind::TooLarge => {
            format!("This does not look like Clerk's answer. {theirs}")
        }
        ErrorKind::Broken
        | ErrorKind::Crashed
        | ErrorKind::NoCertificates
        | ErrorKind::NotFound
        | ErrorKind::Forbidden
        | ErrorKind::Conflict
        | ErrorKind::Invalid => theirs,
    }
}

/// Of a key that Clerk refused; without a status the rest is ours.
fn refused_key(what: &str, error: &ApiError) -> String {
    if error.status.is_some() || error.message.is_blank() {
        return what.to_owned();
    }
    format!("{what} {}", theirs(error))
}

/// The words that came with an error, as sentences.
fn theirs(error: &ApiError) -> String {
    if !error.message.is_blank() {
        let text = cut(&error.message.shown(), THEIR_WORDS);
        let open = text.ends_with(|c: char| c.is_alphanumeric() || "”\"')".contains(c));
        return if open { format!("{text}.") } else { text };
    }
    error.status.map_or_else(
        || "No reason was given.".to_owned(),
        |status| format!("Clerk answered {status} without a reason."),
    )
}

/// A reading that failed, in two sentences: what happened; how old that is
/// which is seen instead, and the key that helps.
pub fn failure(error: &ApiError, seen: Option<&str>) -> [String; 2] {
    let help = match error.kind {
        ErrorKind::KeyRefused => "r reads the key again.",
        ErrorKind::RateLimited => "Your place is kept. r tries again.",
        _ => "r tries again.",
    };
    failure_and(help, error, seen)
}

fn failure_and(help: &str, error: &ApiError, seen: Option<&str>) -> [String; 2] {
    let what = match (error.kind, seen) {
        (ErrorKind::KeyRefused, Some(_)) => refused_key("Clerk no longer accepts this key.", error),
        _ => explain(error),
    };
    let age = seen.map_or_else(String::new, |at| format!("What you see is from {at}. "));
    [what, format!("{age}{help}")]
}

/// What a mistake here would cost, and the name of the instance.
pub fn instance(model: &Model) -> String {
    format!("{} · {}", model.ctx.dress.word(), instance_name(model))
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
        Screen::Sessions(_) | Screen::Members(_) | Screen::Invitations(_) | Screen::Profile(_) => {
            String::new()
        }
    }
}

fn count_of(n: u64, what: &str) -> String {
    super::text::count(usize::try_from(n).unwrap_or(usize::MAX), what)
}

/// How many the search found, and in which order they stand.
pub fn found(model: &Model) -> String {
    if let Some((pane, listing)) = listed::shown(model) {
        return listed::found(pane, listing);
    }
    match model.screen() {
        Screen::Users(pane) => users::found(pane),
        Screen::Organizations(pane) if pane.list.is_sifted() => among(&pane.list),
        Screen::Organizations(pane) => match pane.list.total() {
            Some(n) if !pane.search.answered().is_empty() => format!("{} found", grouped(n)),
            _ => String::new(),
        },
        Screen::Sessions(pane) if pane.search.is_shown() => sessions::passing(pane),
        Screen::Sessions(pane) => sessions::found(pane),
        Screen::Members(pane) if pane.list.read_at().is_none() => String::new(),
        Screen::Members(pane) => {
            let members = pane.list.total().unwrap_or(pane.list.rows().len() as u64);
            count_of(members, "member")
        }
        Screen::Invitations(pane) => invitations::found(pane),
        Screen::Profile(_) => String::new(),
    }
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

/// What stands in the status line when nothing else does: among how many was
/// looked, or the chosen session in full.
pub fn below(model: &Model) -> Option<Line> {
    match model.screen() {
        Screen::Users(pane) => {
            let text = users::judged_among(pane, &model.people)?;
            Some(Line::new(Tone::Dim, text))
        }
        Screen::Sessions(pane) => {
            let session = pane.list.selected()?;
            let text = super::report::session_line(session, &model.ctx.clock);
            Some(Line::new(Tone::Dim, text))
        }
        Screen::Invitations(pane) => {
            let text = invitations::line(pane.list.selected()?, &model.ctx.clock);
            Some(Line::new(Tone::Dim, text))
        }
        _ => None,
    }
}

/// When what is seen was read.
pub fn read_at(model: &Model) -> Option<String> {
    let at = match model.screen() {
        Screen::Profile(pane) => pane.dossier.user.value().map(|user| user.read_at),
        Screen::Users(pane) if pane.listing().is_some() => pane.listing()?.read_at(),
        screen => screen.list()?.read_at(),
    }?;
    Some(format!("read {}", model.ctx.clock.second(at)))
}

/// What a view says in the place of its rows, or below them: that it asks, that
/// there is nothing, or what went wrong. Each names the key that helps.
pub fn notice(model: &Model) -> Option<Line> {
    if let Some(why) = offline::why(model) {
        return Some(no_connection(model, why));
    }
    if let Some((pane, listing)) = listed::shown(model) {
        return listed::notice(pane, listing);
    }
    match model.screen() {
        Screen::Users(pane) => {
            let answered = pane.search.answered();
            let empty = nothing_found("No users yet. r looks again.", answered);
            list_notice(model, &pane.list, "users", &empty)
        }
        Screen::Organizations(pane) => {
            let answered = pane.search.answered();
            if has_none_among(&pane.list) {
                return Some(nothing_among(answered, &pane.list, "organization"));
            }
            let empty = nothing_found("No organizations yet. r looks again.", answered);
            list_notice(model, &pane.list, "organizations", &empty)
        }
        Screen::Members(pane) => list_notice(
            model,
            &pane.list,
            "members",
            "Nobody is a member. Esc goes back.",
        ),
        Screen::Sessions(pane) => sessions::notice(model, pane),
        Screen::Invitations(pane) => invitations::notice(model, pane),
        Screen::Profile(pane) => {
            let user = &pane.dossier.user;
            match user.load() {
                Load::Failed(error) => Some(failed(model, error, user.value().map(|u| u.read_at))),
                // That it asks at all stands in the profile itself.
                _ if is_long(model) => Some(still_waiting()),
                _ => None,
            }
        }
    }
}

/// Since when the view has been waiting with nothing to show instead.
pub fn waits_since(model: &Model) -> Option<Moment> {
    let (bare, load) = match model.screen() {
        Screen::Profile(pane) => {
            let user = &pane.dossier.user;
            (user.value().is_none(), user.load())
        }
        screen => {
            let list = screen.list()?;
            (list.is_empty(), list.load())
        }
    };
    match load {
        Load::Waiting { since, .. } if bare => Some(*since),
        _ => None,
    }
}

/// Whether there are rows to keep in sight, with the notice below them.
pub fn has_rows(model: &Model) -> bool {
    model.screen().list().is_none_or(|list| !list.is_empty())
}

/// Whether the line below the header is a search box.
pub fn has_box(model: &Model) -> bool {
    match model.screen() {
        Screen::Users(_) | Screen::Organizations(_) => true,
        Screen::Sessions(pane) => pane.search.is_shown(),
        Screen::Members(_) | Screen::Invitations(_) | Screen::Profile(_) => false,
    }
}

/// What is said below the search box when nothing is wrong with its text.
pub fn below_box(model: &Model) -> Option<String> {
    match model.screen() {
        Screen::Sessions(pane) => pane.walk.as_ref().map(sessions::walk_so_far),
        _ => None,
    }
}

/// What the line below the header says, where that is no search box.
pub fn bar(model: &Model) -> Line {
    match model.screen() {
        Screen::Users(_) | Screen::Organizations(_) => Line::default(),
        // What is said of a walk moves below the box where there is one.
        Screen::Sessions(pane) if pane.search.is_shown() => Line::default(),
        Screen::Sessions(_) | Screen::Members(_) | Screen::Invitations(_) => {
            Line::new(Tone::Dim, found(model))
        }
        Screen::Profile(pane) => pane
            .dossier
            .user
            .value()
            .map_or_else(Line::default, |user| {
                super::report::can_sign_in(user, &model.ctx.clock)
            }),
    }
}

/// How many of the rows read pass a search that is judged here.
fn among<T: Keyed>(list: &List<T>) -> String {
    let (found, read) = (list.len() as u64, list.rows().len() as u64);
    format!("{} found among {} read", grouped(found), grouped(read))
}

/// Whether rows were read, and none of them passes.
fn has_none_among<T: Keyed>(list: &List<T>) -> bool {
    list.is_sifted() && list.is_empty() && !list.rows().is_empty()
}

fn nothing_among<T: Keyed>(search: &str, list: &List<T>, what: &str) -> Line {
    let search = Untrusted::new(search);
    let text = format!(
        "Nothing found for “{}” among {} read. Esc clears the search.",
        cut(&search.shown(), 40),
        super::text::count(list.rows().len(), what)
    );
    Line::new(Tone::Dim, text)
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

fn list_notice(model: &Model, list: &dyn AnyList, what: &str, empty: &str) -> Option<Line> {
    let bare = list.is_empty();
    match list.load() {
        Load::Failed(error) => Some(failed(model, error, list.read_at().filter(|_| !bare))),
        Load::Waiting { .. } if is_long(model) => Some(still_waiting()),
        Load::Waiting { .. } if bare => {
            Some(Line::new(Tone::Dim, format!("Asking Clerk for {what}…")))
        }
        Load::Idle if bare && list.read_at().is_some() => Some(Line::new(Tone::Dim, empty)),
        Load::Idle if bare => Some(Line::new(Tone::Dim, "Not read yet. r reads.")),
        Load::Idle | Load::Waiting { .. } => None,
    }
}

/// After so long a wait says that it is one, in milliseconds.
pub const LONG_WAIT_MS: u64 = 5_000;

/// Whether the view has nothing to show yet and waits for long.
pub fn is_long(model: &Model) -> bool {
    waits_since(model).is_some_and(|since| model.ctx.now.moment.since(since) >= LONG_WAIT_MS)
}

fn still_waiting() -> Line {
    Line::new(Tone::Warn, "Still waiting. Esc cancels.")
}

/// No connection, and it is tried again by itself: also while it is tried.
fn no_connection(model: &Model, why: &ApiError) -> Line {
    let seen = match model.screen() {
        Screen::Profile(pane) => pane.dossier.user.value().map(|user| user.read_at),
        // What is seen of it is whole.
        Screen::Users(pane) if pane.listing().is_some() => None,
        screen => {
            let list = screen.list().filter(|list| !list.is_empty());
            list.and_then(AnyList::read_at)
        }
    };
    let seen = seen.map(|at| model.ctx.clock.minute(at));
    let help = "Trying again; r tries now.";
    let text = failure_and(help, why, seen.as_deref()).join(" ");
    Line::new(Tone::Bad, text)
}

fn failed(model: &Model, error: &ApiError, seen: Option<Timestamp>) -> Line {
    let seen = seen.map(|at| model.ctx.clock.minute(at));
    let mut text = failure(error, seen.as_deref()).join(" ");
    if let Some(trace) = &error.trace_id {
        text = format!("{text} (trace {})", cut(&trace.shown(), 40));
    }
    Line::new(Tone::Bad, text)
}

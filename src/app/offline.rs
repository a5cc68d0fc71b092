//! No connection: what is on the screen is asked for again by itself, ever more
//! rarely, until it comes back. Changes are never sent again by this.

use crate::domain::{ApiError, ErrorKind};

use super::context::Word;
use super::panes::sessions::Walk;
use super::{AnyList, Load, Model, PaneId, Screen, Ticket, Tone, act};

/// The waits before the tries, in milliseconds; the last one goes on for ever.
const WAITS_MS: [u64; 5] = [5_000, 10_000, 20_000, 40_000, 60_000];

/// The view that is shown could not be read for want of a connection.
#[derive(Debug)]
pub struct Offline {
    /// Which view; nobody tries for another one.
    pane: PaneId,
    why: ApiError,
    /// How often it was tried by itself.
    tries: usize,
    /// Wakes it for the next try; `None` while one is under way.
    next: Option<Ticket>,
}

/// How the rows, or the profile, of the view stand.
enum Standing {
    Lost(ApiError),
    Waiting,
    Quiet,
}

/// Why the view that is shown could not be read, while that is tried again by itself.
pub fn why(model: &Model) -> Option<&ApiError> {
    let here = model.history.here();
    let offline = model.offline.as_ref()?;
    (offline.pane == here).then_some(&offline.why)
}

/// Sees to it that a view without a connection is tried again. `answered`: what
/// has just happened was an answer of Clerk's.
pub(super) fn watch(model: &mut Model, answered: bool) {
    let here = model.history.here();
    let was = model.offline.take().filter(|was| was.pane == here);
    match standing(model.screen()) {
        Standing::Lost(why) => {
            let (tries, next) = was.map_or((0, None), |was| (was.tries, was.next));
            let wait = WAITS_MS[tries.min(WAITS_MS.len() - 1)];
            let next = next.unwrap_or_else(|| model.ctx.wake(wait));
            model.offline = Some(Offline {
                pane: here,
                why,
                tries,
                next: Some(next),
            });
        }
        Standing::Waiting => model.offline = was,
        // Without an answer it was called off.
        Standing::Quiet if answered && was.is_some() => come_back(model),
        Standing::Quiet => {}
    }
}

/// Takes a wake-up, if it is for the next try; says whether it was.
pub(super) fn woke(model: &mut Model, ticket: Ticket) -> bool {
    let Some(offline) = &mut model.offline else {
        return false;
    };
    if offline.next.take_if(|next| *next == ticket).is_none() {
        return false;
    }
    offline.tries += 1;
    // Else somebody has asked already.
    if matches!(standing(model.screen()), Standing::Lost(_)) {
        act::read_again(model, Word::Nobodys);
    }
    true
}

/// Clerk answers again: what was missed meanwhile is asked for, too.
fn come_back(model: &mut Model) {
    act::ask_names_again(model);
    if let Some(users) = model.history.users_mut() {
        users.try_preview_again();
    }
    // Bad news of a change are not talked over.
    let toast = model.ctx.toast.as_ref();
    if toast.is_none_or(|toast| toast.tone != Tone::Bad) {
        model.ctx.say(Tone::Good, "Connected again.");
    }
}

fn standing(screen: &Screen) -> Standing {
    if let Screen::Users(pane) = screen
        && let Some(listing) = pane.listing()
    {
        return of(listing.error(), listing.is_waiting());
    }
    let loads: Vec<&Load> = match screen {
        Screen::Sessions(pane) if pane.walk.is_some() => pane.walk.iter().map(Walk::load).collect(),
        Screen::Profile(pane) => pane.dossier.loads().into(),
        screen => screen.list().map(AnyList::load).into_iter().collect(),
    };
    let lost = loads
        .iter()
        .filter_map(|load| load.error())
        .find(|error| is_lost(error));
    of(lost, loads.iter().any(|load| load.is_waiting()))
}

fn of(error: Option<&ApiError>, waits: bool) -> Standing {
    match error.filter(|error| is_lost(error)) {
        Some(error) => Standing::Lost(error.clone()),
        None if waits => Standing::Waiting,
        None => Standing::Quiet,
    }
}

/// Whether there was no way to Clerk, or none that held. A certificate that is not
/// trusted is among it: a hotel's network shows one until somebody signs in there.
const fn is_lost(error: &ApiError) -> bool {
    use ErrorKind as K;
    matches!(error.kind, K::NotConnected | K::TimedOut | K::Broken)
}

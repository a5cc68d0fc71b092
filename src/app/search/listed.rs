//! What is said of a pasted list.

use crate::app::document::Line;
use crate::app::panes::users::{Listing, UsersPane};
use crate::app::text::{cut, grouped, width};
use crate::app::{AnyList, Effect, Model, Screen, Tone, words};
use crate::domain::{Safe, Untrusted};

/// The list that is shown, if one is.
pub fn shown(model: &Model) -> Option<(&UsersPane, &Listing)> {
    match model.screen() {
        Screen::Users(pane) => Some((pane, pane.listing()?)),
        _ => None,
    }
}

/// How many were found, or how far that is; and in which order they stand.
pub fn found(pane: &UsersPane, listing: &Listing) -> String {
    let [all, looked_up] = [listing.len(), listing.looked_up()].map(|n| grouped(n as u64));
    if !listing.is_complete() {
        let more = if listing.is_waiting() { "…" } else { "" };
        return format!("Looked up {looked_up} of {all}{more}");
    }
    let named = listing.len() - listing.missing().len();
    // Somebody may be named twice, by address and by id.
    let people = match pane.list.len() {
        people if people == named => String::new(),
        1 => ": 1 person".to_owned(),
        people => format!(": {} people", grouped(people as u64)),
    };
    let named = grouped(named as u64);
    let order = words::order_name(pane.order);
    format!("{named} of {all} found{people} · {order}, sorted here")
}

/// What stands in the place of the rows, or below them.
pub fn notice(pane: &UsersPane, listing: &Listing) -> Option<Line> {
    if listing.is_waiting() {
        let text = format!("Looking up {}…", grouped(listing.len() as u64));
        return pane.list.is_empty().then(|| Line::new(Tone::Dim, text));
    }
    if let Some(error) = listing.error() {
        let text = words::failure(error, None).join(" ");
        return Some(Line::new(Tone::Bad, text));
    }
    let text = match (listing.is_complete(), pane.list.is_empty()) {
        (false, _) => "Not all were looked up. r goes on.",
        (true, true) => "None of them was found. Esc clears the list.",
        (true, false) => return None,
    };
    Some(Line::new(Tone::Dim, text))
}

/// Who was not found, as far as they fit, and how to get all of them.
pub fn missing(listing: &Listing, columns: usize) -> Option<String> {
    let missing = listing.missing();
    let all = missing.len();
    if all == 0 || !listing.is_complete() {
        return None;
    }
    let begin = format!("{} not found: ", grouped(all as u64));
    let most = all.min(columns / SHORTEST).max(1);
    let shown = missing[..most].iter();
    let shown: Vec<String> = shown
        .map(|entry| cut(&Untrusted::new(entry.text()).shown(), LONGEST))
        .collect();
    let line = |n: usize| {
        let more = match all - n {
            0 => String::new(),
            more => format!(" and {} more", grouped(more as u64)),
        };
        format!("{begin}{}{more}", shown[..n].join(", "))
    };
    let lines = (1..=most).rev().flat_map(|n| {
        let text = line(n);
        let hinted = format!("{text}{COPY}");
        [Some(hinted), (n == all).then_some(text)]
    });
    let mut lines = lines.flatten();
    let text = lines.find(|text| width(text) <= columns);
    let text = text.unwrap_or_else(|| line(1));
    Some(cut(&text, columns))
}

/// An entry and its comma take no fewer columns.
const SHORTEST: usize = 8;

/// The most columns that one of them takes.
const LONGEST: usize = 40;

/// The palette finds the command by this word.
const COPY: &str = " · :missing copies them";

/// Copies those not found, one a line.
pub fn copy_missing(model: &mut Model) {
    let Some((_, listing)) = shown(model) else {
        return;
    };
    let missing = listing.missing();
    // A clipboard may lead to a shell.
    let texts = missing
        .iter()
        .map(|e| Untrusted::new(e.text()).shown().into_owned());
    let texts: Vec<String> = texts.collect();
    let text = format!(
        "Copied {} not found, one a line",
        grouped(texts.len() as u64)
    );
    model.ctx.ask(Effect::Copy(Safe::new(texts.join("\n"))));
    model.ctx.say(Tone::Plain, text);
}

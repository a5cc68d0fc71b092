//! What the users view says of the rows that its search found.

use super::order_name;

use crate::app::panes::users::UsersPane;
use crate::app::text::grouped;
use crate::app::{Glance, People};

/// How many the search found, and in which order they stand.
pub fn found(pane: &UsersPane) -> String {
    let mut order = order_name(pane.order);
    if pane.list.roll().is_sorted_here() {
        order.push_str(" · sorted here");
    }
    let list = &pane.list;
    let searches = pane.search.is_searching();
    if let Some((exactly, alike)) = list.glance().map(Glance::counts) {
        return match (exactly, alike) {
            (0, 0) if searches => format!("searching · {order}"),
            (0, alike) => format!("{} alike at hand", grouped(alike as u64)),
            (exactly, _) => format!("{} at hand · {order}", grouped(exactly as u64)),
        };
    }
    if searches {
        return format!("searching · {order}");
    }
    if let Some(alike) = list.alike() {
        return format!("none found · {} alike", grouped(alike as u64));
    }
    match pane.found().filter(|_| !pane.search.answered().is_empty()) {
        Some(n) => format!("{} found · {order}", grouped(n)),
        None => order,
    }
}

/// Among how many rows was looked for what Clerk cannot filter by.
pub fn judged_among(pane: &UsersPane, people: &People) -> Option<String> {
    let (read, all, complete) = pane.judged_among(people)?;
    if complete {
        let all = all.unwrap_or(read).max(read);
        return Some(format!("Filtered among all {}.", grouped(all)));
    }
    let of = all.map_or_else(String::new, |all| format!(" of {}", grouped(all)));
    let read = grouped(read);
    Some(format!(
        "Filtered among {read}{of} read. :load reads the rest."
    ))
}

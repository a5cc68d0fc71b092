//! Where one is, in a deeper view.

use crate::app::text::{cut, grouped};
use crate::app::{AnyList, Model, Screen, act};

/// From where to where: `Users › Alice Chen`.
pub fn place(model: &Model) -> String {
    let from = match model.history.before() {
        Some(Screen::Users(_)) | None => "Users",
        Some(Screen::Sessions(_)) => "Sessions",
        Some(Screen::Organizations(_)) => "Organizations",
        Some(Screen::Members(_)) => "Members",
        Some(Screen::Invitations(_)) => "Invitations",
        Some(Screen::Profile(_)) => "Profile",
    };
    let name = match model.screen() {
        Screen::Members(pane) => format!("members of {}", cut(&pane.name.shown(), 40)),
        Screen::Invitations(_) => "invitations".to_owned(),
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
    let place = act::place_in_list(model, pane)?;
    let rows = model.users()?.list.len();
    Some(format!(
        "{} of {}",
        grouped(place as u64 + 1),
        grouped(rows as u64)
    ))
}

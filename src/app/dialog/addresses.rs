//! The list of a person's addresses, and what can be done to each.

use super::basis::Basis;
use super::{Dialog, Errand, Kind, Step};
use crate::app::document::Line;
use crate::app::text::{count, cut_middle, width};
use crate::app::{Context, Tone};
use crate::domain::{
    Action, Address, AddressKind, AddressTraits, IdentificationId, Policy, Untrusted, User,
};

/// The columns of an address in the list.
const ADDRESS: usize = 32;

/// A row of the list.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// An address.
    Has(AddressKind, &'a Address),
    /// Where one more is added.
    Add(AddressKind),
}

impl Place<'_> {
    /// How it reads.
    pub fn line(&self) -> Line {
        match self {
            Self::Has(_, address) => {
                let text = cut_middle(&address.text.shown(), ADDRESS);
                let gap = " ".repeat(ADDRESS.saturating_sub(width(&text)) + 1);
                Line::new(Tone::Plain, text + &gap).and(Tone::Dim, state(address))
            }
            Self::Add(kind) => {
                let text = format!("+ add {}", kind.label());
                Line::new(Tone::Accent, text)
            }
        }
    }

    /// The keys that do something here.
    pub fn prompt(&self, user: &User, policy: &Policy) -> String {
        let words = match self {
            Self::Add(_) => vec!["Enter adds one"],
            Self::Has(_, address) if address.id.is_none() => vec!["Clerk gave no id for this one"],
            Self::Has(..) => [
                ("p", "p make primary"),
                ("v", "v mark as verified"),
                ("r", "r remove"),
            ]
            .into_iter()
            .filter(|(key, _)| self.action(key, user, policy).is_some())
            .map(|(_, words)| words)
            .collect(),
        };
        [words, vec!["Esc cancels"]].concat().join(" · ")
    }

    /// What a key asks for here.
    fn action(&self, key: &str, user: &User, policy: &Policy) -> Option<Action> {
        let Self::Has(kind, has) = *self else {
            return None;
        };
        let address = has.id.clone()?;
        let user = user.id.clone();
        let action = match key {
            "p" if has.verified && !has.primary => Some(Action::SetPrimary {
                user,
                kind,
                address,
            }),
            "v" if !has.verified => Some(Action::ChangeAddress {
                user,
                kind,
                address,
                traits: AddressTraits {
                    verified: Some(true),
                    ..AddressTraits::default()
                },
            }),
            "r" => Some(Action::RemoveAddress {
                user,
                kind,
                address,
            }),
            _ => None,
        };
        action.filter(|action| policy.may(action.name()))
    }
}

/// `verified · primary`
fn state(address: &Address) -> &'static str {
    match (address.verified, address.primary) {
        (true, true) => "verified · primary",
        (true, false) => "verified",
        (false, true) => "not verified · primary",
        (false, false) => "not verified",
    }
}

impl Dialog {
    /// The rows of the list; none until the person was read.
    pub fn places(&self) -> Vec<Place<'_>> {
        let Some(user) = self.dossier.user.value() else {
            return Vec::new();
        };
        let kinds = [AddressKind::Email, AddressKind::Phone];
        let has = |kind: AddressKind| kind.of(user).iter().map(move |a| Place::Has(kind, a));
        let mut places: Vec<Place> = kinds.into_iter().flat_map(has).collect();
        if self.policy.may("add-address") {
            places.extend(kinds.map(Place::Add));
        }
        places
    }

    /// The keys that do something on the chosen row.
    pub(super) fn place_prompt(&self, chosen: usize) -> String {
        let (places, user) = (self.places(), self.dossier.user.value());
        let place = places.get(chosen).zip(user);
        place.map_or_else(String::new, |(place, user)| {
            place.prompt(user, &self.policy)
        })
    }

    /// Moves in the list.
    pub(super) fn move_in_list(&mut self, down: bool) {
        let last = self.places().len().saturating_sub(1);
        if let Step::Addresses(place) = &mut self.step {
            *place = if down {
                (*place + 1).min(last)
            } else {
                place.saturating_sub(1)
            };
        }
    }

    /// A key asks for something on the chosen row; says whether it does.
    pub(super) fn choose(&mut self, ctx: &mut Context, key: &str) -> bool {
        let Step::Addresses(place) = self.step else {
            return false;
        };
        let places = self.places();
        let (Some(place), Some(user)) = (places.get(place), self.dossier.user.value()) else {
            return false;
        };
        match (place, place.action(key, user, &self.policy)) {
            (Place::Has(kind, _), Some(action)) => {
                let basis = Basis::addresses(*kind, user);
                self.turn_to(ctx, Errand::One(action), basis);
            }
            (Place::Add(kind), _) if matches!(key, "Enter" | "→") => {
                let kind = Kind::Add(*kind);
                self.fill_in(kind);
            }
            _ => return false,
        }
        true
    }
}

/// An address as it can be sent.
///
/// # Errors
/// Why it cannot be one, in words.
pub fn checked(kind: AddressKind, typed: &str) -> Result<Untrusted, String> {
    let text = typed.trim();
    let blank = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let sound = match kind {
        AddressKind::Email => text
            .rsplit_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !blank),
        AddressKind::Phone => text.strip_prefix('+').is_some_and(|digits| {
            let digits: Vec<char> = digits.chars().filter(|c| *c != ' ').collect();
            digits.len() > 5 && digits.iter().all(char::is_ascii_digit)
        }),
    };
    match kind {
        _ if sound && kind == AddressKind::Phone => Ok(Untrusted::new(text.replace(' ', ""))),
        _ if sound => Ok(Untrusted::new(text)),
        AddressKind::Email => Err("An e-mail address looks like name@host.org.".to_owned()),
        AddressKind::Phone => Err("A phone number looks like +49 170 1234567.".to_owned()),
    }
}

/// What follows from a change of addresses that were like this.
pub fn consequences(action: &Action, kind: AddressKind, had: &[Address]) -> Vec<Line> {
    let label = kind.label();
    let by = |id: &IdentificationId| had.iter().find(|one| one.id.as_ref() == Some(id));
    let old = Address::main(had);
    match action {
        Action::ReplaceAddresses { text, .. } => {
            let others: Vec<&Address> = had
                .iter()
                .filter(|one| Some(&one.text) != old && one.text != *text)
                .collect();
            let mut lines = old_and_new(old, text);
            match others.as_slice() {
                [] => lines.push(plain("It is their only one, so no other is removed.")),
                others => {
                    let text = format!("Removes {}:", count(others.len(), "other address"));
                    lines.push(Line::new(Tone::Warn, text));
                    let shown = others.iter().take(3);
                    lines.extend(shown.map(|one| shown_whole(&one.text, 2)));
                    if others.len() > 3 {
                        lines.push(plain(&format!("  and {} more", others.len() - 3)));
                    }
                }
            }
            if had.iter().any(|one| !one.linked_to.is_empty()) {
                lines.push(warn("A linked account uses one: Clerk may refuse this."));
            }
            lines.push(plain("The new one counts as verified at once."));
            let back = if others.is_empty() {
                "E e can set the old one again."
            } else {
                "E e can set the old one again; the others stay gone."
            };
            lines.push(plain(back));
            lines
        }
        Action::AddAddress { text, .. } => vec![
            shown_whole(text, 0),
            plain("It is not verified yet; E a can mark it as that."),
            plain("The others stay. E a removes it again."),
        ],
        Action::SetPrimary { address, .. } => {
            let new = by(address).map(|one| one.text.clone()).unwrap_or_default();
            let mut lines = old_and_new(old, &new);
            lines.push(plain("Both stay. E a can make the old one primary again."));
            lines
        }
        Action::ChangeAddress { address, .. } => vec![
            shown_whole(
                &by(address).map(|one| one.text.clone()).unwrap_or_default(),
                0,
            ),
            plain("They can sign in with it, and nobody else can have it."),
            plain("E a removes it, should it not be theirs."),
        ],
        Action::RemoveAddress { address, .. } => {
            let Some(one) = by(address) else {
                return Vec::new();
            };
            let mut lines = vec![shown_whole(&one.text, 0)];
            let verified = had.iter().filter(|one| one.verified).count();
            if had.len() == 1 {
                lines.push(warn(&format!("It is their ONLY {label}.")));
            } else if one.verified && verified == 1 {
                lines.push(warn(&format!("It is their only verified {label}.")));
            } else if one.primary {
                lines.push(warn("It is the primary one."));
            }
            if !one.linked_to.is_empty() {
                lines.push(warn("An account they sign in with uses it."));
            }
            lines.push(plain("Nobody signs in with it any more."));
            lines.push(plain(
                "This cannot be undone; E a can add it, not verified.",
            ));
            lines
        }
        _ => Vec::new(),
    }
}

fn plain(text: &str) -> Line {
    Line::new(Tone::Plain, text)
}

fn warn(text: &str) -> Line {
    Line::new(Tone::Warn, text)
}

fn shown_whole(text: &Untrusted, indent: usize) -> Line {
    let text = cut_middle(&text.shown(), super::COLUMNS - indent);
    Line::new(Tone::Strong, " ".repeat(indent) + &text)
}

/// `old → new`, on two lines where they are long.
fn old_and_new(old: Option<&Untrusted>, new: &Untrusted) -> Vec<Line> {
    let old = old.map_or_else(|| "(none)".to_owned(), |old| old.shown().into_owned());
    let new = new.shown();
    if width(&old) + width(&new) + 3 <= super::COLUMNS {
        let line = Line::new(Tone::Plain, old).and(Tone::Dim, " → ");
        return vec![line.and(Tone::Strong, new.into_owned())];
    }
    let room = super::COLUMNS - 2;
    vec![
        Line::new(Tone::Plain, format!("  {}", cut_middle(&old, room))),
        Line::new(Tone::Dim, "→ ").and(Tone::Strong, cut_middle(&new, room)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_checked_before_anything_is_asked() {
        let email = |text: &str| checked(AddressKind::Email, text).is_ok();
        assert!(email(" a@b.org "));
        for bad in ["", "a", "@b.org", "a@", "a@b", "a b@c.org"] {
            assert!(!email(bad), "{bad}");
        }
        let phone = checked(AddressKind::Phone, "+49 170 1234567").unwrap();
        assert_eq!(phone.raw(), "+491701234567");
        for bad in ["", "0170 1234567", "+49", "+49 170 x"] {
            assert!(checked(AddressKind::Phone, bad).is_err(), "{bad}");
        }
    }
}

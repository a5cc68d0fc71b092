//! The ground on which a change was asked for: where it has gone, nothing is sent.

use super::metadata;
use crate::app::document::Line;
use crate::app::{Clock, Deed, Tone, What};
use crate::domain::{Address, AddressKind, Difference, Json, MetadataKind, User};

/// What was there when the change was asked for, as far as the action does not tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// The action tells everything.
    None,
    /// What an edit of metadata changes.
    Metadata(MetadataEdit),
    /// All addresses of one kind.
    Addresses(AddressKind, Vec<Address>),
    /// A change of this run, which is taken back.
    Deed(Box<Deed>),
}

/// What is changed in one kind of metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataEdit {
    /// In which.
    pub kind: MetadataKind,
    /// What changes.
    pub changes: Vec<Difference>,
    /// What is replaced as a whole, where nothing else may have changed either;
    /// `None`: the changes are merged.
    pub replaces: Option<Json>,
}

impl Basis {
    /// The addresses of this kind as they were read.
    pub(super) fn addresses(kind: AddressKind, user: &User) -> Self {
        Self::Addresses(kind, kind.of(user).clone())
    }

    /// Which change of this run is taken back, if one is.
    pub(super) fn taken_back(&self, clock: &Clock) -> Option<Line> {
        let Self::Deed(deed) = self else { return None };
        let What::One { action, .. } = &deed.what else {
            return None;
        };
        let (noun, at) = (action.words().noun, clock.short(deed.at));
        Some(Line::new(
            Tone::Strong,
            format!("Takes back {noun} of {at}."),
        ))
    }

    /// What somebody else changed meanwhile; `None`: nothing.
    pub(super) fn overtaken(&self, user: &User) -> Option<String> {
        match self {
            Self::Metadata(edit) => edit.overtaken(user),
            Self::Addresses(kind, had) if kind.of(user) != had => {
                Some(format!("{} of theirs", kind.with_article()))
            }
            Self::Deed(deed) if deed.stands(user) == Some(false) => Some("it".to_owned()),
            _ => None,
        }
    }
}

impl MetadataEdit {
    /// The edit of one key that `value`, merged, makes of what the user has now.
    ///
    /// # Errors
    /// On the way to the key is something that cannot hold one; in words.
    pub(super) fn of_key(
        kind: MetadataKind,
        path: Vec<String>,
        value: &Json,
        user: &User,
    ) -> Result<Self, String> {
        let has = kind.of(user);
        if let Some(blocked) = has.blocked(&path) {
            let name = metadata::name(&path[..blocked]);
            return Err(format!("{name} holds no keys. Set it as a whole."));
        }
        let before = has.at(&path);
        let after = has.merged(&Json::nested(&path, value.clone())).at(&path);
        let mut changes = Vec::new();
        if before != after {
            changes.push(Difference {
                path,
                before,
                after,
            });
        }
        Ok(Self {
            kind,
            changes,
            replaces: None,
        })
    }

    fn overtaken(&self, user: &User) -> Option<String> {
        let has = self.kind.of_object(user);
        let gone = match &self.replaces {
            Some(old) => old.differences(&has).into_iter().next(),
            None => (self.changes.iter())
                .find(|change| !change.stands_in(&has))
                .cloned(),
        };
        gone.map(|change| metadata::name(&change.path))
    }
}

//! The ground on which a change was asked for: where it has gone, nothing is sent.

use super::metadata;
use crate::domain::{Address, AddressKind, Json, MetadataKind, User};

/// What was there when the change was asked for, as far as the action does not tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// The action tells everything.
    None,
    /// A key of metadata.
    Key(KeyEdit),
    /// All addresses of one kind.
    Addresses(AddressKind, Vec<Address>),
}

/// One key of metadata, before and after. `None`: it is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyEdit {
    /// In which metadata.
    pub kind: MetadataKind,
    /// The keys on the way to it.
    pub path: Vec<String>,
    /// What it held.
    pub before: Option<Json>,
    /// What it will hold, merged.
    pub after: Option<Json>,
}

impl Basis {
    /// The addresses of this kind as they were read.
    pub(super) fn addresses(kind: AddressKind, user: &User) -> Self {
        Self::Addresses(kind, kind.of(user).clone())
    }

    /// What somebody else changed meanwhile; `None`: nothing.
    pub(super) fn overtaken(&self, user: &User) -> Option<String> {
        match self {
            Self::Key(edit) if !edit.stands(user) => Some(metadata::name(&edit.path)),
            Self::Addresses(kind, had) if kind.of(user) != had => {
                Some(format!("{} of theirs", kind.with_article()))
            }
            _ => None,
        }
    }
}

impl KeyEdit {
    /// The edit that `value` makes of what the user has now.
    ///
    /// # Errors
    /// On the way to the key is something that cannot hold one; in words.
    pub(super) fn new(
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
        Ok(Self {
            kind,
            path,
            before,
            after,
        })
    }

    /// The body of the request: this key and nothing else.
    pub(super) fn patch(&self, value: Json) -> Json {
        let kind = [self.kind.api_name().to_owned()];
        Json::nested(&kind, Json::nested(&self.path, value))
    }

    fn stands(&self, user: &User) -> bool {
        let has = self.kind.of(user);
        has.blocked(&self.path).is_none() && has.at(&self.path) == self.before
    }
}

//! The orders in which people can be listed.

use super::arena::in_chunks;
use super::maker::Maker;
use super::person::{Identifier, Person};
use super::sketch::Sketch;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum By {
    Created,
    Updated,
    LastActive,
    LastSignIn,
    Email,
    Wallet,
    First,
    Last,
    Phone,
    Username,
}

/// Where a person stands in an order. A missing time is the earliest, a missing
/// text the last; falling order is rising order backwards, ties included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Time(Option<i64>),
    Text(bool, String),
}

impl By {
    /// Reads `order_by`; true stands for falling. A plus sign that was not
    /// encoded arrives as a space.
    pub fn parse(text: &str) -> Option<(Self, bool)> {
        let (name, falling) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text.trim_start_matches(['+', ' ']), false),
        };
        let by = match name {
            "created_at" => Self::Created,
            "updated_at" => Self::Updated,
            "last_active_at" => Self::LastActive,
            "last_sign_in_at" => Self::LastSignIn,
            "email_address" => Self::Email,
            "web3wallet" => Self::Wallet,
            "first_name" => Self::First,
            "last_name" => Self::Last,
            "phone_number" => Self::Phone,
            "username" => Self::Username,
            _ => return None,
        };
        Some((by, falling))
    }

    fn time(self, sketch: &Sketch) -> Option<Key> {
        Some(Key::Time(match self {
            Self::Created => Some(sketch.created_at),
            Self::Updated => Some(sketch.updated_at),
            Self::LastActive => sketch.last_active_at,
            Self::LastSignIn => sketch.last_sign_in_at,
            _ => return None,
        }))
    }

    pub fn key(self, person: &Person) -> Key {
        if let Some(key) = self.time(&person.sketch) {
            return key;
        }
        let primary = |all: &[Identifier], id: &Option<String>| {
            let one = all.iter().find(|one| Some(&one.id) == id.as_ref());
            one.or(all.first()).map(|one| one.value.clone())
        };
        let text = match self {
            Self::Email => primary(&person.emails, &person.primary_email),
            Self::Wallet => primary(&person.wallets, &person.primary_wallet),
            Self::First => person.first_name.clone(),
            Self::Last => person.last_name.clone(),
            Self::Phone => primary(&person.phones, &person.primary_phone),
            _ => person.username.clone(),
        };
        match text {
            Some(text) => Key::Text(false, text.to_lowercase()),
            None => Key::Text(true, String::new()),
        }
    }

    /// Everybody the seed made, in rising order.
    pub fn all(self, maker: &Maker) -> Vec<u32> {
        if self == Self::Created {
            return (0..maker.users).rev().collect();
        }
        let keys = in_chunks(maker.users, |range| {
            range
                .map(|index| {
                    let key = self
                        .time(&maker.sketch(index))
                        .unwrap_or_else(|| self.key(&maker.person(index)));
                    (key, age_rank(index, maker.users), index)
                })
                .collect::<Vec<_>>()
        });
        let mut keys = keys.concat();
        keys.sort_unstable();
        keys.into_iter().map(|(_, _, index)| index).collect()
    }
}

/// Rises with the time of creation: what breaks ties.
pub(super) fn age_rank(index: u32, users: u32) -> u32 {
    if index < users {
        users - 1 - index
    } else {
        index
    }
}

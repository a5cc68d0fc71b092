//! The orders in which people can be listed.

use super::arena::{Field, in_chunks};
use super::base::Base;
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

/// How many there are.
pub(super) const BYS: usize = 10;

/// Where a person stands in an order. A missing time is the earliest, a missing
/// text the last; falling order is rising order backwards, ties included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Time(Option<i64>),
    Text(bool, String),
}

impl By {
    /// In the order of their numbers.
    pub const ALL: [Self; BYS] = [
        Self::Created,
        Self::Updated,
        Self::LastActive,
        Self::LastSignIn,
        Self::Email,
        Self::Wallet,
        Self::First,
        Self::Last,
        Self::Phone,
        Self::Username,
    ];

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

    /// The key of an order by time.
    pub fn time(self, sketch: &Sketch) -> Option<Key> {
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

    /// Everybody the seed made, in rising order. The keys are those of `key`,
    /// in a cheaper form.
    pub fn all(self, base: &Base) -> Vec<u32> {
        let maker = &base.maker;
        let users = maker.users;
        let field = match self {
            Self::Created => return (0..users).rev().collect(),
            Self::Email => Field::Emails,
            Self::Wallet => Field::Wallets,
            Self::Phone => Field::Phones,
            Self::Username => Field::Username,
            Self::First | Self::Last => {
                return sorted(users, |index| {
                    let (first, last) = maker.name(index);
                    let name = if self == Self::First { first } else { last };
                    let name = name.map(|name| name.to_lowercase());
                    (name.is_none(), name)
                });
            }
            _ => return sorted(users, |index| self.time(&maker.sketch(index))),
        };
        base.arena.complete();
        sorted(users, |index| {
            let text = base.row(index).values(field).next();
            // Most comparisons end with the first eight bytes.
            let mut begin = [0; 8];
            let bytes = text.unwrap_or_default().bytes();
            begin
                .iter_mut()
                .zip(bytes)
                .for_each(|(to, byte)| *to = byte);
            (text.is_none(), u64::from_be_bytes(begin), text)
        })
    }
}

/// Everybody by their keys, and by age where these are the same.
fn sorted<K: Ord + Send>(users: u32, key: impl Fn(u32) -> K + Sync) -> Vec<u32> {
    let parts = in_chunks(users, |range| {
        let mut part: Vec<(K, u32)> = range
            .map(|index| (key(index), age_rank(index, users)))
            .collect();
        part.sort_unstable();
        part
    });
    let mut all: Vec<(K, u32)> = parts.into_iter().flatten().collect();
    // Finds the sorted parts and merges them.
    all.sort();
    all.into_iter().map(|(_, rank)| users - 1 - rank).collect()
}

/// Rises with the time of creation: what breaks ties.
pub(super) fn age_rank(index: u32, users: u32) -> u32 {
    if index < users {
        users - 1 - index
    } else {
        index
    }
}

#[cfg(test)]
mod tests {
    use super::super::cast::Cast;
    use super::super::maker::Maker;
    use super::*;

    #[test]
    fn the_cheap_keys_order_as_the_keys_do() {
        let users = 3_000;
        let base = Base::new(std::sync::Arc::new(Maker {
            seed: 842,
            users,
            now: 1_773_500_966_000,
            cast: Cast::of(users),
        }));
        for (number, by) in By::ALL.into_iter().enumerate() {
            assert_eq!(by as usize, number);
            let mut all: Vec<u32> = (0..users).collect();
            all.sort_by_cached_key(|index| {
                let key = by.key(&base.maker.person(*index));
                (key, age_rank(*index, users))
            });
            assert!(base.order(by) == all, "{by:?}");
        }
    }
}

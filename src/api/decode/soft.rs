//! Fields that never fail.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::domain::{Timestamp, Untrusted};

/// A field of an answer. A value of a type that `T` cannot use counts as
/// missing, as `null` does: one odd field must not hide a whole row.
#[derive(Default)]
pub struct Soft<T>(pub T);

/// What a field makes of each kind of JSON value; by default it is as if missing.
pub trait Lenient: Default {
    /// A string.
    fn text(_: &str) -> Self {
        Self::default()
    }
    /// A whole number.
    fn whole(_: i64) -> Self {
        Self::default()
    }
    /// Any other number.
    fn real(_: f64) -> Self {
        Self::default()
    }
    /// `true` or `false`.
    fn flag(_: bool) -> Self {
        Self::default()
    }
    /// An object.
    fn map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
    /// An array.
    fn seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

/// A JSON object with fields of its own, so that `Option<T>` is [`Lenient`].
pub trait Object: DeserializeOwned {}

impl<T: Object> Lenient for Option<T> {
    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

impl<T: Lenient> Lenient for Vec<T> {
    fn seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
        let mut items = Self::new();
        while let Some(Soft(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}

/// Whether an array has an object in it; which, does not matter.
#[derive(Default)]
pub struct Filled(pub bool);

impl Lenient for Filled {
    fn seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
        let mut filled = Self(false);
        while let Some(Soft(item)) = seq.next_element::<Soft<IsObject>>()? {
            filled.0 |= item.0;
        }
        Ok(filled)
    }
}

#[derive(Default)]
struct IsObject(bool);

impl Lenient for IsObject {
    fn map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self(true))
    }
}

impl Lenient for Option<Untrusted> {
    fn text(text: &str) -> Self {
        // Emulators write "" where Clerk writes null.
        (!text.is_empty()).then(|| Untrusted::new(text))
    }
}

impl Lenient for bool {
    fn flag(flag: bool) -> Self {
        flag
    }
}

impl Lenient for Option<i64> {
    fn text(text: &str) -> Self {
        text.trim().parse().ok()
    }
    fn whole(n: i64) -> Self {
        Some(n)
    }
    fn real(n: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` keeps a number that is too large at the end of the range"
        )]
        Some(n as i64)
    }
}

impl Lenient for Option<Timestamp> {
    fn text(text: &str) -> Self {
        let date = || text.trim().parse::<jiff::Timestamp>().ok();
        Option::<i64>::text(text)
            .map(Timestamp::from_api)
            .or_else(|| date().map(|date| Timestamp::from_millis(date.as_millisecond())))
    }
    fn whole(n: i64) -> Self {
        Some(Timestamp::from_api(n))
    }
    fn real(n: f64) -> Self {
        Option::<i64>::real(n).map(Timestamp::from_api)
    }
}

impl<'de, T: Lenient> Deserialize<'de> for Soft<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SoftVisitor(PhantomData))
    }
}

struct SoftVisitor<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for SoftVisitor<T> {
    type Value = Soft<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Soft<T>, E> {
        Ok(Soft(T::default()))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Soft<T>, E> {
        Ok(Soft(T::flag(flag)))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Soft<T>, E> {
        Ok(Soft(T::whole(n)))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Soft<T>, E> {
        Ok(Soft(T::whole(i64::try_from(n).unwrap_or(i64::MAX))))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Soft<T>, E> {
        Ok(Soft(T::real(n)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Soft<T>, E> {
        Ok(Soft(T::text(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Soft<T>, A::Error> {
        T::map(map).map(Soft)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Soft<T>, A::Error> {
        T::seq(seq).map(Soft)
    }
}

//! Pages and counts.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Object, OnlyId, Soft, in_words, object};
use crate::domain::{Page, Row, Timestamp, Unreadable, Untrusted};

/// The shape of the newer lists. Whatever else is in it is ignored.
#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow, default)]
    data: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    total_count: Soft<Option<i64>>,
}

/// Reads a list in either shape, `[…]` or `{"data":[…]}`, row by row: one row
/// that cannot be read keeps its place and hides no other.
pub fn page<T>(
    text: &str,
    read_at: Timestamp,
    mut row: impl FnMut(&str) -> Result<T, String>,
) -> Result<Page<T>, String> {
    let (raw, total) = if text.trim_start().starts_with('[') {
        let rows: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| in_words(&e))?;
        (rows, None)
    } else {
        let wrapped: Wrapped = serde_json::from_str(text).map_err(|e| in_words(&e))?;
        let total = wrapped.total_count.0.and_then(|n| u64::try_from(n).ok());
        match wrapped.data {
            Some(rows) => (rows, total),
            // What Go makes of an empty list that nobody filled.
            None if total == Some(0) => (Vec::new(), total),
            None => return Err("it has no list in it".to_owned()),
        }
    };
    let rows = raw.into_iter().map(|raw| match row(raw.get()) {
        Ok(row) => Row::Read(row),
        Err(why) => Row::Unreadable(Unreadable {
            id: object::<OnlyId>(raw.get()).ok().and_then(|only| only.id.0),
            why: Untrusted::new(why),
        }),
    });
    Ok(Page {
        rows: rows.collect(),
        total,
        read_at,
    })
}

/// Reads a bare list in which every row is as it should be, in one pass; `None`
/// where it is anything else, which [`page`] then looks into.
pub fn straight<W: Object, T>(
    text: &str,
    read_at: Timestamp,
    row: impl FnMut(W) -> Result<T, String>,
) -> Option<Page<T>> {
    let mut json = serde_json::Deserializer::from_str(text);
    let rows = json.deserialize_seq(Straight(row, PhantomData)).ok()?;
    json.end().ok()?;
    Some(Page {
        rows,
        total: None,
        read_at,
    })
}

struct Straight<F, W>(F, PhantomData<W>);

impl<'de, W: Object, T, F: FnMut(W) -> Result<T, String>> Visitor<'de> for Straight<F, W> {
    type Value = Vec<Row<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(Soft(wire)) = seq.next_element::<Soft<Option<W>>>()? {
            let wire = wire.ok_or_else(|| A::Error::custom("not an object"))?;
            rows.push(Row::Read((self.0)(wire).map_err(A::Error::custom)?));
        }
        Ok(rows)
    }
}

/// `TotalCount`
#[derive(Default, Deserialize)]
#[serde(default)]
struct TotalCount {
    total_count: Soft<Option<i64>>,
}

impl Object for TotalCount {}

/// Reads `{"total_count": n}`.
pub fn count(text: &str) -> Result<u64, String> {
    object::<TotalCount>(text)?
        .total_count
        .0
        .and_then(|n| u64::try_from(n).ok())
        .ok_or_else(|| "it has no number in it".to_owned())
}

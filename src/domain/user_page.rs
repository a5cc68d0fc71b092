//! A page of users, packed: a list may hold a million of them.

use super::{Facts, Letters, Page, Row, Status, Timestamp, Unreadable, Untrusted, UserId, UserRow};

/// The most bytes kept of one text; a whole profile has it whole.
const LONGEST: usize = u8::MAX as usize;

/// One answer of `GET /users`, unchangeable from its decoding on.
///
/// The texts of all rows stand in one arena and the rest of a row takes 36
/// bytes, so that a million people fit beside everything else. A row is
/// unpacked when it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserPage {
    /// For each row its texts, each followed by a line break.
    text: Box<str>,
    rows: Box<[Packed]>,
    /// Until when the locked ones are locked, by row, where Clerk says so.
    locks: Box<[(u32, Timestamp)]>,
    unreadable: Box<[(u32, Unreadable)]>,
    /// `total_count`, where the answer had one.
    pub total: Option<u64>,
    /// How many rows the answer had; more than there are here, if metadata kept some out.
    pub received: usize,
    /// The last row of the answer that could be read, whether it is here or not.
    pub last: Option<Mark>,
    /// When the answer arrived.
    pub read_at: Timestamp,
}

/// Where a list was read to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The row's user.
    pub id: UserId,
    /// When they were created, in case they are gone when the list is read on.
    pub created: Option<Timestamp>,
}

/// A row without its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Packed {
    /// Where its texts begin.
    at: u32,
    /// How long they are, in bytes; see [`Field`].
    lengths: [u8; 5],
    /// Whether it is not one that could be read.
    unreadable: bool,
    facts: Facts,
    /// Of name, e-mail address and username.
    letters: Letters,
    created: Time,
    signed_in: Time,
    /// Whole days since 1970, and one; 0: never. `last_active_at` has no hour.
    active_day: u32,
}

/// A time in two halves, so that a row needs no padding.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Time([u32; 2]);

/// Stands for no time at all; 292 million years ago nobody signed up.
const NO_TIME: i64 = i64::MIN;

impl Time {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn pack(time: Option<Timestamp>) -> Self {
        let bits = (time.map_or(NO_TIME, Timestamp::millis) ^ NO_TIME).cast_unsigned();
        Self([(bits >> 32) as u32, bits as u32])
    }

    fn unpack(self) -> Option<Timestamp> {
        let bits = u64::from(self.0[0]) << 32 | u64::from(self.0[1]);
        let millis = bits.cast_signed() ^ NO_TIME;
        (millis != NO_TIME).then(|| Timestamp::from_millis(millis))
    }
}

/// A text of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `id`
    Id,
    /// First and last name
    Name,
    /// The primary e-mail address, else the first one
    Email,
    /// The primary phone number, else the first one
    Phone,
    /// `username`
    Username,
}

impl Field {
    /// All of them, as they stand in a row.
    pub const ALL: [Self; 5] = [
        Self::Id,
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Username,
    ];
}

impl UserPage {
    /// Packs a page. `keeps` tells by row number which rows stay; the others
    /// only count.
    pub fn pack(page: Page<UserRow>, keeps: impl Fn(usize) -> bool) -> Self {
        let received = page.rows.len();
        let last = page.rows.iter().rev().find_map(Row::read).map(|row| Mark {
            id: row.id.clone(),
            created: row.created,
        });
        let mut packer = Packer::default();
        for (n, row) in page.rows.into_iter().enumerate() {
            if keeps(n) {
                packer.push(row);
            }
        }
        Self {
            text: packer.text.into(),
            rows: packer.rows.into(),
            locks: packer.locks.into(),
            unreadable: packer.unreadable.into(),
            total: page.total,
            received,
            last,
            read_at: page.read_at,
        }
    }

    /// Packs one person: a newer version of somebody.
    pub fn of(row: UserRow, read_at: Timestamp) -> Self {
        let page = Page {
            rows: vec![Row::Read(row)],
            total: None,
            read_at,
        };
        Self::pack(page, |_| true)
    }

    /// All rows, unpacked.
    pub fn unpack(&self) -> Page<UserRow> {
        let row = |n| match self.unreadable(n) {
            Some(unreadable) => Some(Row::Unreadable(unreadable.clone())),
            None => self.row(n).map(Row::Read),
        };
        Page {
            rows: (0..self.len()).filter_map(row).collect(),
            total: self.total,
            read_at: self.read_at,
        }
    }

    /// The same rows in pages of at most so many.
    pub fn split(&self, most: usize) -> impl Iterator<Item = Self> {
        let mut rows = self.unpack().rows;
        std::iter::from_fn(move || {
            let rest = rows.split_off(rows.len().min(most));
            let part = std::mem::replace(&mut rows, rest);
            let page = Page {
                rows: part,
                total: self.total,
                read_at: self.read_at,
            };
            (!page.rows.is_empty()).then(|| Self::pack(page, |_| true))
        })
    }

    /// How many rows are here, unreadable ones included.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row is here.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Why a row could not be read, if it could not.
    pub fn unreadable(&self, row: usize) -> Option<&Unreadable> {
        at(&self.unreadable, row)
    }

    /// One row, unpacked; `None` if it could not be read.
    pub fn row(&self, row: usize) -> Option<UserRow> {
        let packed = self.rows.get(row).filter(|packed| !packed.unreadable)?;
        let [id, name, email, phone, username] = self.texts(row);
        let some = |text: &str| (!text.is_empty()).then(|| Untrusted::new(text));
        Some(UserRow {
            id: UserId::new(id).ok()?,
            name: Untrusted::new(name),
            email: some(email),
            phone: some(phone),
            username: some(username),
            status: Status::of(packed.facts, at(&self.locks, row).copied()),
            facts: packed.facts,
            created: packed.created.unpack(),
            last_sign_in: packed.signed_in.unpack(),
            last_active: self.active(row),
        })
    }

    /// The id of a row; empty if it could not be read.
    pub fn id(&self, row: usize) -> &str {
        self.field(row, Field::Id)
    }

    /// One text of a row, exactly as the API gave it, but cut.
    pub fn field(&self, row: usize, field: Field) -> &str {
        self.texts(row)[field as usize]
    }

    /// The texts of all rows, one behind the other as in [`UserPage::line`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The row, this one or one behind it, in whose texts the byte `at` of
    /// [`UserPage::text`] is.
    pub fn row_at(&self, at: usize, from: usize) -> usize {
        if at < self.end_of(from) {
            return from;
        }
        let behind = &self.rows[from + 1..];
        from + behind.partition_point(|row| row.at as usize <= at)
    }

    /// Where the texts of a row end in [`UserPage::text`].
    pub fn end_of(&self, row: usize) -> usize {
        self.rows
            .get(row + 1)
            .map_or(self.text.len(), |next| next.at as usize)
    }

    /// All texts of a row, each followed by a line break: to search in them.
    pub fn line(&self, row: usize) -> &str {
        &self.text[self.rows[row].at as usize..self.end_of(row)]
    }

    fn texts(&self, row: usize) -> [&str; 5] {
        let packed = &self.rows[row];
        let mut from = packed.at as usize;
        packed.lengths.map(|length| {
            let text = &self.text[from..from + usize::from(length)];
            from += usize::from(length) + 1;
            text
        })
    }

    /// Letters that name, e-mail address and username of a row have.
    pub fn letters(&self, row: usize) -> Letters {
        self.rows[row].letters
    }

    /// What holds for a row.
    pub fn facts(&self, row: usize) -> Facts {
        self.rows[row].facts
    }

    /// `created_at` of a row.
    pub fn created(&self, row: usize) -> Option<Timestamp> {
        self.rows[row].created.unpack()
    }

    /// `last_sign_in_at` of a row.
    pub fn signed_in(&self, row: usize) -> Option<Timestamp> {
        self.rows[row].signed_in.unpack()
    }

    /// `last_active_at` of a row, down to the day.
    pub fn active(&self, row: usize) -> Option<Timestamp> {
        let days = i64::from(self.rows[row].active_day).checked_sub(1)?;
        (days >= 0).then(|| Timestamp::from_millis(days * DAY_MS))
    }
}

const DAY_MS: i64 = 86_400_000;

/// The value for a row in a list that is sorted by row.
fn at<T>(list: &[(u32, T)], row: usize) -> Option<&T> {
    let row = u32::try_from(row).ok()?;
    let place = list.binary_search_by_key(&row, |(row, _)| *row).ok()?;
    Some(&list[place].1)
}

/// Collects rows into a page.
#[derive(Default)]
struct Packer {
    text: String,
    rows: Vec<Packed>,
    locks: Vec<(u32, Timestamp)>,
    unreadable: Vec<(u32, Unreadable)>,
}

impl Packer {
    fn push(&mut self, row: Row<UserRow>) {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let begin = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let mut packed = Packed {
            at: begin,
            ..Packed::default()
        };
        let texts: [&str; 5] = match &row {
            Row::Read(row) => [
                row.id.as_str(),
                row.name.raw(),
                raw(row.email.as_ref()),
                raw(row.phone.as_ref()),
                raw(row.username.as_ref()),
            ]
            .map(cut),
            Row::Unreadable(_) => [""; 5],
        };
        let [_, name, email, _, username] = texts.map(Letters::of);
        packed.letters = name.and(email).and(username);
        for (text, length) in texts.into_iter().zip(&mut packed.lengths) {
            self.text.push_str(text);
            self.text.push('\n');
            *length = u8::try_from(text.len()).unwrap_or(u8::MAX);
        }
        match row {
            Row::Read(row) => {
                if let Status::Locked(Some(until)) = row.status {
                    self.locks.push((number, until));
                }
                packed.facts = row.facts;
                packed.created = Time::pack(row.created);
                packed.signed_in = Time::pack(row.last_sign_in);
                packed.active_day = row.last_active.map_or(0, day);
            }
            Row::Unreadable(row) => {
                packed.unreadable = true;
                self.unreadable.push((number, row));
            }
        }
        self.rows.push(packed);
    }
}

fn raw(text: Option<&Untrusted>) -> &str {
    text.map_or("", Untrusted::raw)
}

fn day(time: Timestamp) -> u32 {
    let days = time.millis().div_euclid(DAY_MS).saturating_add(1);
    u32::try_from(days.max(0)).unwrap_or(u32::MAX)
}

/// As much of a text as is kept.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests;

//! One of those who read at the same time, each a window of `created_at`.

use std::sync::Arc;

use crate::app::roll::LARGEST_PAGE;
use crate::domain::{Fetch, Mark, Span, Start, Timestamp, UserFilter, UserOrder, UserPage};

use super::errand::Errand;

/// Where only an offset serves, up to so many rows are read once more: somebody
/// before them may be gone by now.
const OVERLAP: u32 = 100;

/// Reads a window of time, from its newest row down.
#[derive(Debug)]
pub struct Walker {
    /// The earliest time that belongs to the window, in milliseconds; `None`: any.
    pub low: Option<i64>,
    /// The latest one; `None`: any.
    pub high: Option<i64>,
    /// About where it has got to.
    pub top: i64,
    /// So many rows lie in so many milliseconds there.
    pub density: (u64, u64),
    /// About how many rows are left.
    pub left: u64,
    /// The page that is next.
    pub errand: Errand,
    mark: Option<Mark>,
    way: Way,
    /// The mark's user is gone: the next page is found in another way.
    begins_anew: bool,
    /// Rows read since the window last got another upper end.
    place: u32,
    /// Rows of the last page.
    received: u32,
    asked: Asked,
    /// The server ignores windows.
    knows_no_windows: bool,
}

/// How the next page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Behind the last row.
    Cursor,
    /// From the last row's time on; for servers that ignore a cursor.
    Time,
    /// Behind so many rows; where nothing else serves.
    Offset,
}

/// What a page was asked for by.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    low: Option<i64>,
    high: Option<i64>,
    behind: bool,
    offset: Option<u32>,
}

/// The latest time that a time may stand for: some servers know seconds only.
const fn latest(created: Timestamp) -> i64 {
    let millis = created.millis();
    if millis % 1_000 == 0 {
        millis.saturating_add(999)
    } else {
        millis
    }
}

impl Walker {
    /// A walker of everything, for servers that know no windows.
    pub const fn of_all() -> Self {
        let mut walker = Self::of((None, None), 0, (1, 1), 0);
        walker.knows_no_windows = true;
        walker
    }

    /// A walker of a window from a time to another, both in it.
    pub const fn of(
        (low, high): (Option<i64>, Option<i64>),
        top: i64,
        density: (u64, u64),
        left: u64,
    ) -> Self {
        Self {
            low,
            high,
            top,
            density,
            left,
            errand: Errand::new(),
            mark: None,
            way: Way::Cursor,
            begins_anew: false,
            place: 0,
            received: 0,
            asked: Asked {
                low: None,
                high: None,
                behind: false,
                offset: None,
            },
            knows_no_windows: false,
        }
    }

    /// Gives the part of its window up to `mid` away, and so many of its rows.
    pub fn cut_off(&mut self, mid: i64, give: u64) -> Self {
        let mut other = Self::of((self.low, Some(mid)), mid, self.density, give);
        if self.way != Way::Cursor {
            other.way = Way::Time;
        }
        self.low = Some(mid.saturating_add(1));
        self.left = self.left.saturating_sub(give);
        other
    }

    /// The next page. The ends of a window reach over by a millisecond, since
    /// the API does not promise whether they belong to it.
    pub fn fetch(&mut self, filter: &Arc<UserFilter>) -> Fetch {
        let window = Span {
            after: self
                .low
                .map(|low| Timestamp::from_millis(low).plus_millis(-1)),
            before: self
                .high
                .map(|high| Timestamp::from_millis(high).plus_millis(1)),
        };
        let mut filter = Arc::clone(filter);
        if !window.is_open() {
            let created = filter.created.and(window);
            Arc::make_mut(&mut filter).created = created;
        }
        let by_offset = self.begins_anew && self.time_of_mark().is_none();
        let mut offset = None;
        let start = match (&self.mark, self.way) {
            (_, way) if by_offset || way == Way::Offset => {
                let place = self.place.saturating_sub(OVERLAP.min(self.received / 4));
                offset = Some(place);
                Start::Offset(place)
            }
            (Some(mark), Way::Cursor) if !self.begins_anew => Start::After(mark.id.clone()),
            _ => Start::First,
        };
        self.asked = Asked {
            low: self.low,
            high: self.high,
            behind: matches!(start, Start::After(_)),
            offset,
        };
        Fetch::Users {
            filter,
            order: UserOrder::NEWEST,
            start,
            limit: LARGEST_PAGE,
        }
    }

    /// The page was refused. Says whether that was for its cursor: then it goes
    /// on from the time of that row.
    pub fn refused(&mut self) -> bool {
        if self.asked.behind {
            self.begin_anew();
        }
        self.asked.behind
    }

    fn begin_anew(&mut self) {
        self.begins_anew = true;
        if let Some(created) = self.time_of_mark() {
            self.high = Some(latest(created));
            self.place = 0;
        }
    }

    /// When the last row was created, if the server can go on from there.
    fn time_of_mark(&self) -> Option<Timestamp> {
        let mark = self.mark.as_ref().filter(|_| !self.knows_no_windows);
        mark.and_then(|mark| mark.created)
    }

    /// Whether a page has rows that were not asked for, or without a time: a
    /// server that knows no windows.
    pub fn is_ignored_by(&self, page: &UserPage) -> bool {
        let Asked { low, high, .. } = self.asked;
        if self.knows_no_windows {
            return false;
        }
        let outside = |created: Option<Timestamp>| {
            created.is_none_or(|created| {
                let at = created.millis();
                low.is_some_and(|low| at < low.saturating_sub(1))
                    || high.is_some_and(|high| at > high.saturating_add(1))
            })
        };
        let readable = (0..page.len()).filter(|row| page.unreadable(*row).is_none());
        readable
            .map(|row| page.created(row))
            .chain(page.last.as_ref().map(|last| last.created))
            .any(outside)
    }

    /// Whether it reads everything, because the server knows no windows.
    pub const fn knows_no_windows(&self) -> bool {
        self.knows_no_windows
    }

    /// Takes a page; says whether there may be more.
    pub fn take(&mut self, page: &UserPage) -> bool {
        let received = u32::try_from(page.received).unwrap_or(u32::MAX);
        self.begins_anew = false;
        let before = self.mark.clone();
        let from = self.asked.offset.unwrap_or(self.place);
        self.place = from.saturating_add(received);
        self.received = received;
        let short = received < LARGEST_PAGE;
        // Unless the server itself says that there are more.
        let more = page.total.is_some_and(|all| all > u64::from(self.place));
        if received == 0 || (short && !more) {
            return false;
        }
        let Some(last) = page.last.clone() else {
            // Not one row that could be read: its cursor is not known either.
            let stuck = self.way == Way::Offset;
            self.way = Way::Offset;
            return !stuck;
        };
        let same = before.is_some_and(|mark| mark.id == last.id);
        let reached = last.created;
        self.mark = Some(last);
        if let Some(reached) = reached {
            self.estimate(reached.millis(), u64::from(received));
            if self.low.is_some_and(|low| latest(reached) < low) {
                return false;
            }
        }
        match (self.way, same) {
            (Way::Cursor | Way::Offset, false) => {}
            (Way::Time, false) => self.begin_anew(),
            (Way::Cursor, true) if self.time_of_mark().is_some() => {
                self.way = Way::Time;
                self.begin_anew();
            }
            (Way::Cursor, true) => {
                self.place = self.place.saturating_sub(received);
                self.way = Way::Offset;
            }
            (Way::Time, true) => self.way = Way::Offset,
            (Way::Offset, true) => return false,
        }
        true
    }

    /// It has come down to a time, by so many rows.
    fn estimate(&mut self, reached: i64, rows: u64) {
        let passed = u64::try_from(self.top.saturating_sub(reached)).unwrap_or(0);
        self.density = (rows, passed.max(1));
        self.top = reached;
        let ahead = self.low.map_or(0, |low| reached.saturating_sub(low));
        self.left = ratio(u64::try_from(ahead).unwrap_or(0), self.density);
    }
}

/// `n` times a fraction.
pub fn ratio(n: u64, (over, under): (u64, u64)) -> u64 {
    let product = u128::from(n) * u128::from(over) / u128::from(under.max(1));
    u64::try_from(product).unwrap_or(u64::MAX)
}

//! Ranges of time, as people write them.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ToSpan, ZonedDateTime};

use super::{Span, Timestamp};

/// A range of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// `never`: there is no such time.
    Never,
    /// `>30d`: longer ago than that.
    LongerAgo(Ago),
    /// `<2h`: within that time until now.
    Within(Ago),
    /// `2026-01-01`, `2026-01..`, `..today`: whole days. At least one end is there.
    Days {
        /// The first.
        from: Option<Day>,
        /// The last.
        to: Option<Day>,
    },
}

/// How long ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ago {
    /// 1 to [`MOST`].
    pub amount: u16,
    /// Of what.
    pub unit: Unit,
}

/// The most of one unit: more leads out of every calendar.
pub const MOST: u16 = 9_999;

/// A unit of time. Months and years are those of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `m`
    Minutes,
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `mo`
    Months,
    /// `y`
    Years,
}

impl Unit {
    /// All, with their words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Minutes, "m"),
        (Self::Hours, "h"),
        (Self::Days, "d"),
        (Self::Weeks, "w"),
        (Self::Months, "mo"),
        (Self::Years, "y"),
    ];
}

/// A day, or all days of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `2026-01-01`
    Date(Date),
    /// `2026-01`; the day is its first
    Month(Date),
    /// `2026`; the day is its first
    Year(Date),
}

/// Why a text is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadWhen {
    /// It looks like nothing known.
    Unknown,
    /// An amount of nothing, or more than [`MOST`].
    Amount,
    /// An amount without a unit, or with an unknown one.
    Unit,
    /// The calendar has no such day.
    Calendar,
    /// It ends before it begins.
    Backwards,
}

impl When {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, BadWhen> {
        let text = text.to_ascii_lowercase();
        if text == "never" {
            return Ok(Self::Never);
        }
        if let Some(ago) = text.strip_prefix('>') {
            return Ago::parse(ago).map(Self::LongerAgo);
        }
        if let Some(ago) = text.strip_prefix('<') {
            return Ago::parse(ago).map(Self::Within);
        }
        let (from, to) = match text.split_once("..") {
            None => {
                let day = Some(Day::parse(&text)?);
                (day, day)
            }
            Some(("", "")) => return Err(BadWhen::Unknown),
            Some((from, to)) => {
                let end = |day: &str| (!day.is_empty()).then(|| Day::parse(day)).transpose();
                (end(from)?, end(to)?)
            }
        };
        let first = from.and_then(Day::fixed).map(|(first, _)| first);
        let last = to.and_then(Day::fixed).map(|(_, last)| last);
        let backwards = first.zip(last).is_some_and(|(first, last)| first > last)
            || (from, to) == (Some(Day::Today), Some(Day::Yesterday));
        if backwards {
            return Err(BadWhen::Backwards);
        }
        Ok(Self::Days { from, to })
    }

    /// The span of time, with both of its ends outside of it. Those who were
    /// never there are in no span, so `never` is an open one.
    pub fn span(self, now: Timestamp, zone: &TimeZone) -> Span {
        match self {
            Self::Never => Span::default(),
            Self::LongerAgo(ago) => Span {
                after: None,
                before: Some(ago.before(now, zone)),
            },
            Self::Within(ago) => Span {
                after: Some(just_before(ago.before(now, zone))),
                before: None,
            },
            Self::Days { from, to } => {
                let today = zoned(now, zone).date();
                let behind = |day: Day| day.days(today).1.tomorrow().ok();
                Span {
                    after: from.map(|day| just_before(start_of(day.days(today).0, zone))),
                    before: to.and_then(behind).map(|date| start_of(date, zone)),
                }
            }
        }
    }

    /// The span for a time of which Clerk keeps the day only. A cut within a day
    /// would lose whoever was active in the rest of it, so it moves to the edge of
    /// the day. Which zone Clerk's days are in is not documented: the day is the
    /// one of UTC and the one of `zone` together. Days that are named are those
    /// that are shown, and stay.
    pub fn span_of_days(self, now: Timestamp, zone: &TimeZone) -> Span {
        let span = self.span(now, zone);
        if matches!(self, Self::Days { .. }) {
            return span;
        }
        let zones = [zone, &TimeZone::UTC];
        let begin = |cut| zones.map(|zone| start_of(zoned(cut, zone).date(), zone));
        let end = |cut| {
            zones.map(|zone| {
                let next = zoned(cut, zone).date().tomorrow().unwrap_or(Date::MAX);
                start_of(next, zone)
            })
        };
        Span {
            after: span.after.map(|after| {
                let first = Timestamp::from_millis(after.millis().saturating_add(1));
                let [a, b] = begin(first);
                just_before(a.min(b))
            }),
            before: span.before.map(|before| {
                let [a, b] = end(just_before(before));
                a.max(b)
            }),
        }
    }

    /// What says the opposite, where something does.
    pub fn opposite(self) -> Option<Self> {
        Some(match self {
            Self::LongerAgo(ago) => Self::Within(ago),
            Self::Within(ago) => Self::LongerAgo(ago),
            Self::Days {
                from: Some(from),
                to: None,
            } => Self::Days {
                from: None,
                to: Some(from.neighbour(false)?),
            },
            Self::Days {
                from: None,
                to: Some(to),
            } => Self::Days {
                from: Some(to.neighbour(true)?),
                to: None,
            },
            Self::Days { .. } | Self::Never => return None,
        })
    }
}

impl Ago {
    fn parse(text: &str) -> Result<Self, BadWhen> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (amount, unit) = text.split_at(digits);
        if amount.is_empty() {
            return Err(BadWhen::Unknown);
        }
        let unit = Unit::ALL.iter().find(|(_, word)| *word == unit);
        let (unit, _) = unit.ok_or(BadWhen::Unit)?;
        match amount.parse() {
            Ok(amount @ 1..=MOST) => Ok(Self {
                amount,
                unit: *unit,
            }),
            _ => Err(BadWhen::Amount),
        }
    }

    /// The moment that long before `now`, in the calendar of the zone; the first
    /// of all moments where that is before every calendar.
    fn before(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let amount = i64::from(self.amount);
        let span = match self.unit {
            Unit::Minutes => amount.minutes(),
            Unit::Hours => amount.hours(),
            Unit::Days => amount.days(),
            Unit::Weeks => amount.weeks(),
            Unit::Months => amount.months(),
            Unit::Years => amount.years(),
        };
        let then = zoned(now, zone).checked_sub(span);
        let then = then.map_or(Instant::MIN, |then| then.timestamp());
        Timestamp::from_millis(then.as_millisecond())
    }
}

impl Day {
    fn parse(text: &str) -> Result<Self, BadWhen> {
        match text {
            "today" => return Ok(Self::Today),
            "yesterday" => return Ok(Self::Yesterday),
            _ => {}
        }
        let mut parts = [None; 3];
        for (at, part) in text.split('-').enumerate() {
            let wide = if at == 0 { 4 } else { 2 };
            let fits = part.len() == wide && part.bytes().all(|b| b.is_ascii_digit());
            let slot = parts.get_mut(at).filter(|_| fits);
            *slot.ok_or(BadWhen::Unknown)? = part.parse::<i16>().ok();
        }
        let [year, month, day] = parts;
        let small = |n: Option<i16>| n.map_or(Some(1), |n| i8::try_from(n).ok());
        let date = (|| Date::new(year?, small(month)?, small(day)?).ok())();
        let date = date.ok_or(BadWhen::Calendar)?;
        Ok(match (month, day) {
            (None, _) => Self::Year(date),
            (_, None) => Self::Month(date),
            _ => Self::Date(date),
        })
    }

    /// Its first and last day, if that does not depend on today.
    fn fixed(self) -> Option<(Date, Date)> {
        match self {
            Self::Today | Self::Yesterday => None,
            Self::Date(date) => Some((date, date)),
            Self::Month(first) => Some((first, first.last_of_month())),
            Self::Year(first) => Some((first, first.last_of_year())),
        }
    }

    /// Its first and last day.
    fn days(self, today: Date) -> (Date, Date) {
        let day = match self {
            Self::Yesterday => today.yesterday().unwrap_or(today),
            _ => today,
        };
        self.fixed().unwrap_or((day, day))
    }

    /// The day after, or the day before.
    fn neighbour(self, after: bool) -> Option<Self> {
        match self {
            Self::Today => (!after).then_some(Self::Yesterday),
            Self::Yesterday => after.then_some(Self::Today),
            day => {
                let (first, last) = day.fixed()?;
                let date = if after {
                    last.tomorrow()
                } else {
                    first.yesterday()
                };
                date.ok().map(Self::Date)
            }
        }
    }
}

/// A time that no calendar holds counts as the nearest that one does: a range
/// that fell away would mean everybody.
fn zoned(time: Timestamp, zone: &TimeZone) -> ZonedDateTime {
    let (first, last) = (Instant::MIN, Instant::MAX);
    let millis = time
        .millis()
        .clamp(first.as_millisecond(), last.as_millisecond());
    let instant = Instant::from_millisecond(millis).unwrap_or(last);
    instant.to_zoned_datetime(zone.clone())
}

/// The first moment of a day, which is not everywhere midnight.
fn start_of(date: Date, zone: &TimeZone) -> Timestamp {
    let start = date.to_zoned_datetime(zone.clone());
    let start = start.map_or_else(
        |_| {
            if date.year() > 0 {
                Instant::MAX
            } else {
                Instant::MIN
            }
        },
        |start| start.timestamp(),
    );
    Timestamp::from_millis(start.as_millisecond())
}

const fn just_before(time: Timestamp) -> Timestamp {
    Timestamp::from_millis(time.millis().saturating_sub(1))
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("never"),
            Self::LongerAgo(ago) => write!(f, ">{ago}"),
            Self::Within(ago) => write!(f, "<{ago}"),
            Self::Days {
                from: Some(from),
                to,
            } if Some(from) == to.as_ref() => from.fmt(f),
            Self::Days { from, to } => {
                for (end, dots) in [(from, ".."), (to, "")] {
                    end.map_or(Ok(()), |day| day.fmt(f))?;
                    f.write_str(dots)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Ago {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Unit::ALL.iter().find(|(unit, _)| *unit == self.unit);
        write!(f, "{}{}", self.amount, word.map_or("", |(_, word)| word))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::Date(date) => write!(
                f,
                "{:04}-{:02}-{:02}",
                date.year(),
                date.month(),
                date.day()
            ),
            Self::Month(date) => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Self::Year(date) => write!(f, "{:04}", date.year()),
        }
    }
}

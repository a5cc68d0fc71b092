//! How times are written.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, ZonedDateTime};

use crate::domain::Timestamp;
use crate::domain::search::{OrganizationSearch, Query, SessionSearch, UserSearch};

/// The time zone and the present, which together turn a time into words.
#[derive(Clone, Debug)]
pub struct Clock {
    local: Option<TimeZone>,
    utc: bool,
    now: Timestamp,
}

impl Clock {
    /// A clock that knows no time zone yet.
    pub const fn utc(now: Timestamp) -> Self {
        Self {
            local: None,
            utc: false,
            now,
        }
    }

    /// Sets the present.
    pub const fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    /// The present.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Sets the person's time zone.
    pub fn set_zone(&mut self, zone: TimeZone) {
        self.local = Some(zone);
    }

    /// Changes between local time and UTC, and says which it is now.
    pub const fn toggle_utc(&mut self) -> &'static str {
        self.utc = !self.utc;
        if self.utc { "UTC" } else { "local time" }
    }

    /// What a search asks of sessions at this time, in this zone.
    pub fn sessions(&self, query: &Query) -> SessionSearch {
        query.sessions(self.now, &self.zone())
    }

    /// What a search asks of organizations at this time, in this zone.
    pub fn organizations(&self, query: &Query) -> OrganizationSearch {
        query.organizations(self.now, &self.zone())
    }

    /// What a search asks of users at this time, in this zone.
    pub fn users(&self, query: &Query) -> UserSearch {
        query.users(self.now, &self.zone())
    }

    fn zone(&self) -> TimeZone {
        match &self.local {
            Some(zone) if !self.utc => zone.clone(),
            _ => TimeZone::UTC,
        }
    }

    /// `None` for what the calendar does not hold.
    fn zoned(&self, time: Timestamp) -> Option<ZonedDateTime> {
        let instant = Instant::from_millisecond(time.millis()).ok()?;
        Some(instant.to_zoned_datetime(self.zone()))
    }

    fn today(&self) -> Option<Date> {
        self.zoned(self.now).map(|now| now.date())
    }

    /// For lists, at most twelve columns: `today 14:02`, `yest. 23:10`, `14 Mar`,
    /// `2024-11-02`. Absolute, because a relative time rots while nothing draws.
    pub fn short(&self, time: Timestamp) -> String {
        let (Some(at), Some(today)) = (self.zoned(time), self.today()) else {
            return odd(time);
        };
        if at.date() == today {
            at.strftime("today %H:%M").to_string()
        } else if Some(at.date()) == today.yesterday().ok() {
            at.strftime("yest. %H:%M").to_string()
        } else if at.year() == today.year() {
            at.strftime("%-d %b").to_string()
        } else {
            at.strftime("%Y-%m-%d").to_string()
        }
    }

    /// The day alone: `today`, `yesterday`, `2026-03-14`.
    pub fn day(&self, time: Timestamp) -> String {
        let (Some(at), Some(today)) = (self.zoned(time), self.today()) else {
            return odd(time);
        };
        if at.date() == today {
            "today".to_owned()
        } else if Some(at.date()) == today.yesterday().ok() {
            "yesterday".to_owned()
        } else {
            self.date(time)
        }
    }

    /// The date: `2024-11-02`.
    pub fn date(&self, time: Timestamp) -> String {
        self.zoned(time)
            .map_or_else(|| odd(time), |at| at.strftime("%Y-%m-%d").to_string())
    }

    /// The date in so many days: `2026-12-23`.
    pub fn in_days(&self, days: u16) -> String {
        self.date(self.now.plus_seconds(i64::from(days) * 86_400))
    }

    /// In full: `2026-11-23 14:02:07 +01:00`.
    pub fn full(&self, time: Timestamp) -> String {
        self.zoned(time).map_or_else(
            || odd(time),
            |at| at.strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
        )
    }

    /// For the name of a file: `2026-11-23-140207`.
    pub fn stamp(&self, time: Timestamp) -> String {
        self.zoned(time).map_or_else(
            || time.millis().to_string(),
            |at| at.strftime("%Y-%m-%d-%H%M%S").to_string(),
        )
    }

    /// For other programs and other people: `2026-11-23T14:02:07+01:00`.
    pub fn iso(&self, time: Timestamp) -> String {
        self.zoned(time).map_or_else(
            || odd(time),
            |at| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        )
    }

    /// The time of day: `14:03`.
    pub fn minute(&self, time: Timestamp) -> String {
        self.zoned(time)
            .map_or_else(|| odd(time), |at| at.strftime("%H:%M").to_string())
    }

    /// The time of day with seconds: `14:03:10`.
    pub fn second(&self, time: Timestamp) -> String {
        self.zoned(time)
            .map_or_else(|| odd(time), |at| at.strftime("%H:%M:%S").to_string())
    }
}

/// How long before `reading` a time was: `1 h ago`, `in 3 d`.
///
/// Only for what was read once and says when: it is true as of `reading`.
pub fn relative(time: Timestamp, reading: Timestamp) -> String {
    let seconds = reading.millis().saturating_sub(time.millis()) / 1000;
    let (span, unit) = match seconds.unsigned_abs() {
        s @ 0..60 => (s, "s"),
        s @ 60..3_600 => (s / 60, "min"),
        s @ 3_600..86_400 => (s / 3_600, "h"),
        s @ 86_400..63_072_000 => (s / 86_400, "d"),
        s => (s / 31_536_000, "years"),
    };
    if seconds < 0 {
        format!("in {span} {unit}")
    } else {
        format!("{span} {unit} ago")
    }
}

/// A time that no calendar holds is shown as the number it is.
fn odd(time: Timestamp) -> String {
    time.millis().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<Instant>().unwrap().as_millisecond())
    }

    fn clock() -> Clock {
        let mut clock = Clock::utc(at("2026-11-23T15:00:00Z"));
        clock.set_zone(TimeZone::fixed(jiff::tz::offset(1)));
        clock
    }

    #[test]
    fn lists_say_today_yesterday_day_or_date() {
        let clock = clock();
        assert_eq!(clock.short(at("2026-11-23T13:02:07Z")), "today 14:02");
        assert_eq!(clock.short(at("2026-11-22T22:10:00Z")), "yest. 23:10");
        assert_eq!(clock.short(at("2026-11-22T23:10:00Z")), "today 00:10");
        assert_eq!(clock.short(at("2026-03-14T12:00:00Z")), "14 Mar");
        assert_eq!(clock.short(at("2024-11-02T12:00:00Z")), "2024-11-02");
    }

    #[test]
    fn utc_is_one_key_away() {
        let mut clock = clock();
        let time = at("2026-11-23T13:02:07Z");
        assert_eq!(clock.full(time), "2026-11-23 14:02:07 +01:00");
        assert_eq!(clock.iso(time), "2026-11-23T14:02:07+01:00");
        assert_eq!(clock.toggle_utc(), "UTC");
        assert_eq!(clock.full(time), "2026-11-23 13:02:07 +00:00");
    }

    #[test]
    fn relative_times_look_both_ways() {
        let reading = at("2026-11-23T15:00:00Z");
        assert_eq!(relative(at("2026-11-23T13:59:00Z"), reading), "1 h ago");
        assert_eq!(relative(at("2026-11-26T15:00:00Z"), reading), "in 3 d");
        assert_eq!(relative(at("2020-11-26T15:00:00Z"), reading), "5 years ago");
    }

    proptest! {
        #[test]
        fn no_time_is_too_strange(time in any::<i64>(), now in any::<i64>()) {
            let time = Timestamp::from_millis(time);
            let clock = Clock::utc(Timestamp::from_millis(now));
            for text in [clock.short(time), clock.day(time), clock.full(time), clock.second(time)] {
                prop_assert!(!text.is_empty());
            }
            relative(time, clock.now());
        }
    }
}

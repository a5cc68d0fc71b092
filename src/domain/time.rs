//! Times as the API gives them.

/// A point in time: milliseconds since the Unix epoch, UTC.
///
/// Any `i64` is allowed, because emulators answer times far outside the
/// calendar; what cannot be a date is shown as the number it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Below this a value is taken for seconds: as milliseconds it would lie
/// before March 1973, long before there were accounts to sign in to.
const SECONDS_BELOW: i64 = 100_000_000_000;

impl Timestamp {
    /// A time of `ms` milliseconds since the epoch.
    pub const fn from_millis(ms: i64) -> Self {
        Self(ms)
    }

    /// A time from the API: milliseconds at Clerk, seconds at some emulators.
    pub const fn from_api(value: i64) -> Self {
        if value > 0 && value < SECONDS_BELOW {
            Self(value * 1000)
        } else {
            Self(value)
        }
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This time moved by `ms` milliseconds, kept within `i64`.
    pub const fn plus_millis(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// This time moved by `seconds`, kept within `i64`.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_milliseconds_are_told_apart() {
        let ms = Timestamp::from_millis(1_700_690_400_000);
        assert_eq!(Timestamp::from_api(1_700_690_400_000), ms);
        assert_eq!(Timestamp::from_api(1_700_690_400), ms);
        assert_eq!(Timestamp::from_api(-5).millis(), -5);
        assert_eq!(Timestamp::from_api(i64::MIN).millis(), i64::MIN);
    }
}

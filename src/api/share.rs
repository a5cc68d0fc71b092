//! How much of the limit long loads may take.

use std::str::FromStr;

/// The part of Clerk's limit that requests of
/// [`Lane::Background`](crate::domain::Lane::Background) may use: more than
/// nothing, at most all. The rest is for whoever sits at the keys, and for the
/// application whose users these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// 1 to [`WHOLE`]
    parts: u32,
}

/// How many parts make the whole limit.
const WHOLE: u32 = 10_000;

/// The text is not a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a share is a part of the limit: 0.25 or 25%, more than 0, at most 1 or 100%")]
pub struct BadShare;

impl Share {
    /// All of the limit.
    pub const ALL: Self = Self { parts: WHOLE };

    /// The share where none is asked for: a tenth for a production key
    /// (`sk_live_`), whose live application spends the same limit, and four
    /// tenths for any other.
    pub fn usual(key: &str) -> Self {
        let tenths = if key.starts_with("sk_live_") { 1 } else { 4 };
        Self {
            parts: tenths * (WHOLE / 10),
        }
    }

    /// So many of `limit` requests, and at least one; 0 where there is no limit.
    pub fn of(self, limit: u32) -> u32 {
        let part = u64::from(limit) * u64::from(self.parts) / u64::from(WHOLE);
        let part = u32::try_from(part).unwrap_or(limit);
        part.max(limit.min(1))
    }
}

impl FromStr for Share {
    type Err = BadShare;

    fn from_str(text: &str) -> Result<Self, BadShare> {
        let text = text.trim();
        let (number, one) = match text.strip_suffix('%') {
            Some(number) => (number.trim_end(), 100.0),
            None => (text, 1.0),
        };
        let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let number: f64 = number.parse().map_err(|_| BadShare)?;
        let parts = (number / one * f64::from(WHOLE)).round();
        if !plain || !(1.0..=f64::from(WHOLE)).contains(&parts) {
            return Err(BadShare);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 1 to 10,000"
        )]
        let parts = parts as u32;
        Ok(Self { parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_fraction_or_a_percentage() {
        let of = |text: &str| text.parse::<Share>().map(|share| share.of(1000));
        for (text, part) in [
            ("0.25", 250),
            ("25%", 250),
            ("25 %", 250),
            (".1", 100),
            ("1", 1000),
            ("100%", 1000),
            ("0.0001", 1),
            ("0.29", 290),
        ] {
            assert_eq!(of(text), Ok(part), "{text}");
        }
        for bad in [
            "", "0", "0%", "1.1", "101%", "-0.5", "+1", "1e-1", "nan", "inf", "a", "%", "25",
        ] {
            assert_eq!(of(bad), Err(BadShare), "{bad}");
        }
    }

    #[test]
    fn at_least_one_request_goes_unless_nothing_is_limited() {
        let little: Share = "0.01".parse().unwrap();
        assert_eq!((little.of(0), little.of(1), little.of(100)), (0, 1, 1));
        assert_eq!(Share::ALL.of(u32::MAX), u32::MAX);
        assert_eq!(Share::usual("sk_live_x").of(1000), 100);
        assert_eq!(Share::usual("sk_test_x").of(100), 40);
    }
}

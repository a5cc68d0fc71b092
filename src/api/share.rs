//! How much of Clerk's limit this console may take.

use std::str::FromStr;

/// A part of Clerk's limit: more than nothing, at most all. The rest is for the
/// application whose users these are, which spends the same limit.
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

    const fn percent(percent: u32) -> Self {
        Self {
            parts: percent * (WHOLE / 100),
        }
    }

    /// So many of `limit` requests, and at least one; 0 where there is no limit.
    pub fn of(self, limit: u32) -> u32 {
        let part = u64::from(limit) * u64::from(self.parts) / u64::from(WHOLE);
        let part = u32::try_from(part).unwrap_or(limit);
        part.max(limit.min(1))
    }
}

/// What the console takes of the limit. `None`: as is usual with the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// The console as a whole; reading back a write may go beyond it.
    pub hands: Option<Share>,
    /// Requests of [`Lane::Background`](crate::domain::Lane::Background), inside of that.
    pub background: Option<Share>,
}

impl Shares {
    /// What is asked for, or is usual: a quarter and a tenth for a production key
    /// (`sk_live_`), whose application is live, four and two fifths for any other.
    pub fn with_key(self, key: &str) -> (Share, Share) {
        let (hands, background) = if key.starts_with("sk_live_") {
            (25, 10)
        } else {
            (80, 40)
        };
        (
            self.hands.unwrap_or(Share::percent(hands)),
            self.background.unwrap_or(Share::percent(background)),
        )
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
    }

    #[test]
    fn a_live_application_keeps_three_quarters_of_its_limit() {
        let of = |shares: Shares, key, limit| {
            let (hands, background) = shares.with_key(key);
            (hands.of(limit), background.of(limit))
        };
        let usual = Shares::default();
        assert_eq!(of(usual, "sk_live_x", 1000), (250, 100));
        assert_eq!(of(usual, "sk_test_x", 100), (80, 40));
        let asked = Shares {
            hands: Some(Share::ALL),
            background: None,
        };
        assert_eq!(of(asked, "sk_live_x", 1000), (1000, 100));
    }
}

//! Which letters a text has, to tell quickly that it is not like another one.

use nucleo_matcher::chars::{normalize, to_lower_case};

/// The letters and digits of a text, large and small ones alike and without
/// their accents; some digits, and all other characters, share a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters(u32);

impl Letters {
    /// Those of a text; its spaces do not count.
    pub fn of(text: &str) -> Self {
        Self(text.chars().map(bit).fold(0, |all, bit| all | bit))
    }

    /// Those of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of the others are among these.
    pub const fn include(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

fn bit(c: char) -> u32 {
    let c = if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        to_lower_case(normalize(c))
    };
    match c {
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        '0'..='9' => 1 << (26 + u32::from(c) % 5),
        _ if c.is_whitespace() => 0,
        _ => 1 << 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_size_make_no_difference_and_order_neither() {
        let name = Letters::of("Jürgen MÜLLER 4711");
        for part in ["ruj", "ÜÜ", "ml r", "7", "1 4", ""] {
            assert!(name.include(Letters::of(part)), "{part}");
        }
        for other in ["a", "jx", "0", "ж", "."] {
            assert!(!name.include(Letters::of(other)), "{other}");
        }
        assert!(name.and(Letters::of("a")).include(Letters::of("jam")));
    }
}

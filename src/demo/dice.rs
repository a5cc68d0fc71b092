//! Chance that is always the same: numbers and ids from (seed, index, topic).

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// How many of an id's 27 characters carry its number (62^11 > 2^64).
const DIGITS: usize = 11;
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const INVERSE: u64 = inverse(FACTOR);

/// The inverse of an odd number modulo 2^64, by Newton's iteration.
const fn inverse(odd: u64) -> u64 {
    let mut x = odd;
    let mut round = 0;
    while round < 6 {
        x = x.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(x)));
        round += 1;
    }
    x
}

/// Splitmix64's finisher: every bit of the answer depends on every bit asked.
pub(super) const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number for a topic's name.
pub(super) const fn topic(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// A row of throws for one thing about one row.
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, name: &str, index: u64) -> Self {
        Self(mix(seed
            ^ topic(name)
            ^ mix(index.wrapping_add(1).wrapping_mul(FACTOR))))
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(FACTOR);
        mix(self.0)
    }

    /// A number below `n`; 0 for `n` = 0.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(n)) >> 64) as u64
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    pub fn text(&mut self, letters: &[u8], length: usize) -> String {
        (0..length)
            .map(|_| char::from(*self.pick(letters)))
            .collect()
    }
}

/// A permutation of `0..n`: where `index` goes. Four Feistel rounds over the
/// next even power of two, walked until the answer falls below `n`.
pub(super) fn shuffle(index: u64, n: u64, key: u64) -> u64 {
    let bits = (64 - n.saturating_sub(1).leading_zeros())
        .max(2)
        .div_ceil(2);
    let mask = (1u64 << bits) - 1;
    let mut x = index;
    loop {
        let (mut left, mut right) = (x >> bits, x & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (mix(right ^ mix(key ^ round)) & mask));
        }
        x = (left << bits) | right;
        if x < n {
            return x;
        }
    }
}

/// An id that looks like Clerk's and carries `n`: `prefix_` and 27 characters.
pub(super) fn id(seed: u64, prefix: &str, n: u64) -> String {
    let mut dice = Dice::new(seed, prefix, n);
    let mut out = String::with_capacity(prefix.len() + 28);
    out.push_str(prefix);
    out.push_str("_2");
    for _ in 1..27 - DIGITS {
        out.push(char::from(*dice.pick(ALPHABET)));
    }
    let mut code = (n ^ mix(seed ^ topic(prefix))).wrapping_mul(FACTOR);
    code = (code ^ (code >> 32)).wrapping_mul(FACTOR);
    for _ in 0..DIGITS {
        out.push(char::from(ALPHABET[(code % 62) as usize]));
        code /= 62;
    }
    out
}

/// The number an id carries, if this seed made it.
pub(super) fn number(seed: u64, prefix: &str, text: &str) -> Option<u64> {
    let letters = text.strip_prefix(prefix)?.strip_prefix('_')?.as_bytes();
    if letters.len() != 27 {
        return None;
    }
    let mut code = 0u128;
    for letter in letters[27 - DIGITS..].iter().rev() {
        let digit = ALPHABET.iter().position(|a| a == letter)?;
        code = code * 62 + digit as u128;
    }
    let mut code = u64::try_from(code).ok()?.wrapping_mul(INVERSE);
    code = (code ^ (code >> 32)).wrapping_mul(INVERSE);
    let n = code ^ mix(seed ^ topic(prefix));
    (id(seed, prefix, n) == text).then_some(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_carries_its_number() {
        for n in [0, 1, 841, 1 << 40, u64::MAX] {
            let text = id(7, "user", n);
            assert_eq!(text.len(), 32);
            assert_eq!(number(7, "user", &text), Some(n));
            assert_eq!(number(8, "user", &text), None);
        }
        assert_eq!(number(7, "user", "user_2abc123"), None);
        assert_eq!(number(7, "user", "sess_é"), None);
    }

    #[test]
    fn a_shuffle_hits_everything_once() {
        for n in [1u64, 2, 3, 842, 5000] {
            let mut seen: Vec<u64> = (0..n).map(|i| shuffle(i, n, 99)).collect();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..n));
        }
    }
}

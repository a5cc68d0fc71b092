//! The numbers of a person, without any text: cheap enough to take for
//! everybody when a million people are put into an order.

use super::dice::Dice;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;
/// How long ago the oldest person signed up.
const SPAN: i64 = 4 * 365 * DAY;

/// Whether a person is shut out after too many attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lock {
    Open,
    Until(i64),
    Forever,
}

impl Lock {
    pub fn holds(self, now: i64) -> bool {
        match self {
            Self::Open => false,
            Self::Until(at) => at > now,
            Self::Forever => true,
        }
    }
}

/// How somebody signs in, in the main.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Password,
    OAuth,
    PhoneOnly,
    Enterprise,
    Wallet,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Sketch {
    pub index: u32,
    pub kind: Kind,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_sign_in_at: Option<i64>,
    pub last_active_at: Option<i64>,
    pub banned: bool,
    pub lock: Lock,
}

impl Sketch {
    /// Person number `index` of `users`; 0 is the newest, and `created_at`
    /// falls strictly from one to the next.
    pub fn of(seed: u64, index: u32, users: u32, now: i64) -> Self {
        let mut dice = Dice::new(seed, "sketch", u64::from(index));
        let created_at = now - age(&mut dice, index, users);
        let since = now - created_at;
        let kind = match dice.below(100) {
            0..58 => Kind::Password,
            58..82 => Kind::OAuth,
            82..89 => Kind::PhoneOnly,
            89..96 => Kind::Enterprise,
            _ => Kind::Wallet,
        };
        let banned = dice.chance(3);
        let lock = match dice.below(100) {
            0 => Lock::Until(now + MINUTE * (5 + dice.below(55) as i64)),
            1 => Lock::Until(now + HOUR * (1 + dice.below(47) as i64)),
            2 => Lock::Forever,
            _ => Lock::Open,
        };
        let last_sign_in_at = (!dice.chance(7)).then(|| {
            // Squared: more people came lately than long ago.
            let part = i128::from(dice.below(1 << 20));
            now - ((i128::from(since) * part * part) >> 40) as i64
        });
        let last_active_at = last_sign_in_at.map(|at| {
            let later = at + (dice.below(1 << 20) as i64 * ((now - at) >> 20));
            day(later)
        });
        let from = last_sign_in_at.unwrap_or(created_at);
        let updated_at = from + (dice.below(1 << 20) as i64 * ((now - from) >> 21));
        Self {
            index,
            kind,
            created_at,
            updated_at,
            last_sign_in_at,
            last_active_at,
            banned,
            lock,
        }
    }
}

/// The midnight before: `last_active_at` has the precision of a day.
pub(super) fn day(at: i64) -> i64 {
    at - at.rem_euclid(DAY)
}

/// Half evenly over the years, half denser towards today; whole numbers only,
/// so that every machine makes the same.
fn age(dice: &mut Dice, index: u32, users: u32) -> i64 {
    let at = i128::from(index) * 1024 + i128::from(dice.below(1024));
    let all = i128::from(users.max(1)) * 1024;
    let half = i128::from(SPAN / 2);
    (half * at / all + half * at * at / (all * all)) as i64 + i64::from(index) + 1000
}

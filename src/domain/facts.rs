//! What is so or not so of a user, small enough to keep for every row.

use std::fmt;

/// Something that holds for a user or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Fact {
    /// `banned`
    Banned,
    /// `locked`
    Locked,
    /// `deprovisioned`
    Deprovisioned,
    /// There are e-mail addresses or phone numbers, but none of them is verified
    Unverified,
    /// `two_factor_enabled`
    Mfa,
    /// `password_enabled`
    Password,
    /// Has an e-mail address
    Email,
    /// Has a phone number
    Phone,
    /// Has a username
    Username,
    /// Has a first or a last name
    Name,
    /// Has a passkey
    Passkey,
    /// Has an account at an OAuth provider
    Linked,
    /// Has an account at a company's identity provider
    Enterprise,
    /// Has a web3 wallet
    Wallet,
    /// `last_sign_in_at` is missing
    NeverSignedIn,
    /// `last_active_at` is missing
    NeverActive,
}

impl Fact {
    /// All of them, so that none is forgotten where each is to be asked about.
    pub const ALL: [Self; 16] = [
        Self::Banned,
        Self::Locked,
        Self::Deprovisioned,
        Self::Unverified,
        Self::Mfa,
        Self::Password,
        Self::Email,
        Self::Phone,
        Self::Username,
        Self::Name,
        Self::Passkey,
        Self::Linked,
        Self::Enterprise,
        Self::Wallet,
        Self::NeverSignedIn,
        Self::NeverActive,
    ];

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// The facts that hold for one user: two bytes, since a list may hold a million.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Facts(u16);

impl Facts {
    /// Notes whether a fact holds.
    pub const fn insert(&mut self, fact: Fact, holds: bool) {
        if holds {
            self.0 |= fact.bit();
        } else {
            self.0 &= !fact.bit();
        }
    }

    /// Whether a fact holds.
    pub const fn has(self, fact: Fact) -> bool {
        self.0 & fact.bit() != 0
    }

    /// One bit for each fact, in the order of [`Fact::ALL`].
    pub const fn bits(self) -> u16 {
        self.0
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        facts.into_iter().fold(Self::default(), |mut all, fact| {
            all.insert(fact, true);
            all
        })
    }
}

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = Fact::ALL.into_iter().filter(|fact| self.has(*fact));
        f.debug_set().entries(held).finish()
    }
}

/// One fact that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactTest {
    /// Which.
    pub fact: Fact,
    /// Whether those for whom it holds are left out.
    pub negated: bool,
}

impl FactTest {
    /// Whether a user for whom `facts` hold passes.
    pub const fn passes(self, facts: Facts) -> bool {
        facts.has(self.fact) != self.negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fact_has_a_bit_of_its_own() {
        for fact in Fact::ALL {
            let only: Facts = [fact].into_iter().collect();
            assert_eq!(only.bits().count_ones(), 1);
            for other in Fact::ALL {
                assert_eq!(only.has(other), other == fact, "{fact:?} {other:?}");
            }
        }
        assert_eq!(Fact::ALL.into_iter().collect::<Facts>().bits(), u16::MAX);
    }

    #[test]
    fn a_fact_can_be_taken_back_and_asked_for() {
        let mut facts = Facts::default();
        facts.insert(Fact::Locked, true);
        facts.insert(Fact::Mfa, true);
        facts.insert(Fact::Locked, false);
        assert_eq!(format!("{facts:?}"), "{Mfa}");
        let passes = |fact, negated| FactTest { fact, negated }.passes(facts);
        assert!(passes(Fact::Mfa, false) && !passes(Fact::Mfa, true));
        assert!(passes(Fact::Locked, true) && !passes(Fact::Locked, false));
    }
}

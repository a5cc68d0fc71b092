//! Checked ids.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use compact_str::CompactString;

/// What an [`Id`] names; these types hold nothing.
pub mod kind {
    /// A user.
    #[derive(Clone, Copy, Debug)]
    pub enum User {}
    /// A session.
    #[derive(Clone, Copy, Debug)]
    pub enum Session {}
    /// An organization.
    #[derive(Clone, Copy, Debug)]
    pub enum Organization {}
    /// An e-mail address, phone number or another way to know somebody.
    #[derive(Clone, Copy, Debug)]
    pub enum Identification {}
    /// An account at an OAuth provider.
    #[derive(Clone, Copy, Debug)]
    pub enum Account {}
    /// A token that signs its user in.
    #[derive(Clone, Copy, Debug)]
    pub enum SignInToken {}
    /// A token that signs somebody in as another user.
    #[derive(Clone, Copy, Debug)]
    pub enum ActorToken {}
    /// An invitation to sign up.
    #[derive(Clone, Copy, Debug)]
    pub enum Invitation {}
}

/// The id of a user.
pub type UserId = Id<kind::User>;
/// The id of a session.
pub type SessionId = Id<kind::Session>;
/// The id of an organization.
pub type OrganizationId = Id<kind::Organization>;
/// The id of an e-mail address, a phone number, a wallet or a passkey, `idn_…`;
/// it does not say which.
pub type IdentificationId = Id<kind::Identification>;
/// The id of an account at an OAuth provider, `eac_…`.
pub type AccountId = Id<kind::Account>;
/// The id of a sign-in token.
pub type SignInTokenId = Id<kind::SignInToken>;
/// The id of an actor token.
pub type ActorTokenId = Id<kind::ActorToken>;
/// The id of an invitation.
pub type InvitationId = Id<kind::Invitation>;

/// An id that is safe to stand in a URL path: 1 to 128 ASCII letters, digits,
/// `_` or `-`.
///
/// An id joined into a path as plain text is a hole: `user_1/../user_2` would
/// name somebody else, and a dropped `..` turns a ban into the bulk endpoint.
/// So whatever is not in Clerk's alphabet never becomes an `Id`.
pub struct Id<K> {
    text: CompactString,
    kind: PhantomData<fn() -> K>,
}

/// The text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 1 to 128 letters, digits, _ or -")]
pub struct BadId;

impl<K> Id<K> {
    /// Checks `text`.
    ///
    /// # Errors
    /// [`BadId`] where it is empty, longer than 128 bytes, or holds any other character.
    pub fn new(text: &str) -> Result<Self, BadId> {
        let fits = (1..=128).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if fits {
            Ok(Self {
                text: text.into(),
                kind: PhantomData,
            })
        } else {
            Err(BadId)
        }
    }

    /// The id; its alphabet makes it safe to show and to put into a path.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The last six characters, which people compare and type.
    pub fn last_six(&self) -> &str {
        &self.text[self.text.len().saturating_sub(6)..]
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            kind: PhantomData,
        }
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<K> Eq for Id<K> {}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clerks_alphabet_is_an_id() {
        assert!(UserId::new("user_2abc123").is_ok());
        for bad in [
            "",
            ".",
            "..",
            "a/b",
            "user_1/../user_2",
            "a b",
            "a%2e",
            "ü",
            "a\n",
        ] {
            assert_eq!(UserId::new(bad), Err(BadId), "{bad:?}");
        }
        assert!(UserId::new(&"a".repeat(129)).is_err());
    }

    #[test]
    fn the_last_six_of_a_short_id_are_all_of_it() {
        assert_eq!(UserId::new("user_2abc123").unwrap().last_six(), "abc123");
        assert_eq!(UserId::new("u1").unwrap().last_six(), "u1");
    }
}

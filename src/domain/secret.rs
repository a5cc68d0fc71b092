//! Text that nobody may see in a log.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The key of an instance, a password, or a token or link that lets whoever has it
/// in: never shown by `Debug`, without `Display`, and wiped from memory when it is
/// dropped.
///
/// ```compile_fail,E0277
/// let key = clerk_tui::domain::Secret::new("sk_test_abcd");
/// println!("{key}");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a text that is to be kept secret from now on.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The text: to send it, or to hand it to whoever asked for it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_nothing_of_it() {
        let secret = Secret::new("correct horse");
        assert_eq!(
            format!("{secret:?} {:?}", Some(&secret)),
            "[secret] Some([secret])"
        );
        assert_eq!(secret, Secret::new("correct horse"));
        assert_ne!(secret, Secret::new("battery staple"));
        assert!(Secret::new("").is_empty());
    }
}

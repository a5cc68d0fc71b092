//! Text that strangers wrote.

use std::borrow::Cow;
use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer};

/// A string from the API: a name, an e-mail address, a user agent, an error text.
///
/// Users choose their own names, so such a string may hold escape sequences,
/// line breaks or bidi overrides. There is deliberately no `Display` and no
/// `AsRef<str>`: [`Untrusted::shown`] is the way to a screen, and
/// [`Untrusted::raw`] the way back to the API and to comparisons.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Untrusted(CompactString);

impl Untrusted {
    /// Takes text from outside as it is.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(CompactString::from(text.as_ref()))
    }

    /// The text with every character that could steer a terminal replaced by a
    /// visible symbol, one for one, so that positions in it stay right.
    pub fn shown(&self) -> Cow<'_, str> {
        if self.0.chars().all(|c| symbol(c).is_none()) {
            Cow::Borrowed(self.0.as_str())
        } else {
            Cow::Owned(self.0.chars().map(|c| symbol(c).unwrap_or(c)).collect())
        }
    }

    /// The text exactly as the API gave it: to compare it or to send it back,
    /// never to show it.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether a character is shown as it is.
    pub fn is_harmless(c: char) -> bool {
        symbol(c).is_none()
    }

    /// Whether nothing would be seen: no characters, or white space only.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// The visible stand-in for a character that must not reach a terminal.
fn symbol(c: char) -> Option<char> {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)),
        '\x7f' => Some('\u{2421}'),
        // C1 controls; some terminals act on them like on ESC sequences.
        '\u{80}'..='\u{9f}'
        // Bidi marks, embeddings, overrides and isolates reorder what stands beside them.
        | '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Invisible characters: two names that look alike must not be two people.
        | '\u{00ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Some('\u{fffd}'),
        '\u{2028}' | '\u{2029}' => Some('\u{2424}'),
        _ => None,
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `str`'s Debug escapes control and bidi characters.
        fmt::Debug::fmt(self.0.as_str(), f)
    }
}

impl From<&str> for Untrusted {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Untrusted {
    fn from(text: String) -> Self {
        Self(CompactString::from(text))
    }
}

impl<'de> Deserialize<'de> for Untrusted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CompactString::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_become_visible_symbols_one_for_one() {
        let text = Untrusted::new("a\x1b[31mb\u{202e}c\u{9b}d\x7f\n");
        assert_eq!(text.shown(), "a␛[31mb\u{fffd}c\u{fffd}d␡␊");
    }

    #[test]
    fn ordinary_text_of_any_script_is_untouched() {
        for name in ["Alicia Gómez", "李小龍", "👩‍👩‍👧", "محمد", "e\u{301}"] {
            assert_eq!(Untrusted::new(name).shown(), name);
        }
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_is_ever_shown(text in any::<String>()) {
            let untrusted = Untrusted::new(&text);
            let shown = untrusted.shown();
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            prop_assert!(shown.chars().all(|c| !c.is_control() && symbol(c).is_none()));
        }
    }
}

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
/// [`Untrusted::raw`] the way back to the API and to comparisons; a test holds
/// the list of files that may use it.
///
/// # What does not compile
///
/// It is no text for people:
/// ```compile_fail,E0277
/// println!("{}", clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0599
/// let text: String = clerk_tui::domain::Untrusted::new("name").to_string();
/// ```
/// ```compile_fail,E0277
/// let text: String = clerk_tui::domain::Untrusted::new("name").into();
/// ```
/// ```compile_fail,E0599
/// let text: &str = clerk_tui::domain::Untrusted::new("name").as_ref();
/// ```
/// ```compile_fail,E0308
/// let text: &str = &clerk_tui::domain::Untrusted::new("name");
/// ```
/// It reaches no widget:
/// ```compile_fail,E0277
/// ratatui::text::Span::raw(clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0277
/// ratatui::text::Line::from(clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0277
/// ratatui::widgets::Paragraph::new(clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0277
/// ratatui::widgets::Block::new().title(clerk_tui::domain::Untrusted::new("name"));
/// ```
/// Not the terminal's title, nor its clipboard:
/// ```compile_fail,E0277
/// let title = crossterm::terminal::SetTitle(clerk_tui::domain::Untrusted::new("name"));
/// crossterm::queue!(Vec::new(), title);
/// ```
/// ```compile_fail,E0308
/// clerk_tui::app::Effect::Copy(clerk_tui::domain::Untrusted::new("name"));
/// ```
/// No file and no log:
/// ```compile_fail,E0277
/// std::fs::write("file", clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0277
/// serde_json::to_string(&clerk_tui::domain::Untrusted::new("name"));
/// ```
/// ```compile_fail,E0277
/// tracing::info!(name = %clerk_tui::domain::Untrusted::new("name"));
/// ```
/// Shown, it reaches them all:
/// ```
/// use clerk_tui::{app::Effect, domain::{Safe, Untrusted}};
/// let name = Untrusted::new("name\u{1b}");
/// ratatui::text::Span::raw(name.shown());
/// ratatui::widgets::Paragraph::new(name.shown());
/// crossterm::queue!(Vec::new(), crossterm::terminal::SetTitle(name.shown()))?;
/// Effect::Copy(Safe::new(name.shown()));
/// tracing::info!(name = %name.shown());
/// # std::io::Result::Ok(())
/// ```
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

/// Text that may go where it is pasted from: whatever would steer a terminal is a
/// visible symbol, and of control characters it holds line breaks only.
///
/// ```compile_fail,E0423
/// clerk_tui::domain::Safe("\u{1b}[2J".to_owned());
/// ```
/// ```compile_fail,E0308
/// clerk_tui::app::Effect::Copy("\u{1b}[2J".to_owned());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Safe(String);

impl Safe {
    /// Makes text safe, if it is not.
    pub fn new(text: impl AsRef<str>) -> Self {
        let safe = |c: char| if c == '\n' { c } else { symbol(c).unwrap_or(c) };
        Self(text.as_ref().chars().map(safe).collect())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Safe {
    /// Without the text: it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Safe({} bytes)", self.0.len())
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
        | '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Some('\u{fffd}'),
        '\u{2028}' | '\u{2029}' => Some('\u{2424}'),
        _ => None,
    }
}

impl fmt::Debug for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `str`'s Debug escapes control and bidi characters, but not all that is invisible.
        let escaped = Self::from(format!("{:?}", self.0.as_str()));
        f.write_str(&escaped.shown())
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
        // Fillers of Hangul: nothing is to be seen of them.
        let same = Untrusted::new("Kim\u{3164}\u{115f}");
        assert_eq!(same.shown(), "Kim\u{fffd}\u{fffd}");
    }

    #[test]
    fn ordinary_text_of_any_script_is_untouched() {
        for name in ["Alicia Gómez", "李小龍", "👩‍👩‍👧", "محمد", "e\u{301}"] {
            assert_eq!(Untrusted::new(name).shown(), name);
        }
    }

    /// By the names that Unicode gives them, not by the table above.
    #[test]
    fn every_control_and_every_invisible_character_has_a_symbol() {
        let steers = [
            ('\0', '\x1f', "C0"),
            ('\x7f', '\u{9f}', "DEL and C1"),
            ('\u{ad}', '\u{ad}', "soft hyphen"),
            ('\u{34f}', '\u{34f}', "combining grapheme joiner"),
            ('\u{61c}', '\u{61c}', "Arabic letter mark"),
            ('\u{115f}', '\u{1160}', "Hangul fillers"),
            ('\u{17b4}', '\u{17b5}', "Khmer inherent vowels"),
            ('\u{180b}', '\u{180f}', "Mongolian selectors"),
            ('\u{200b}', '\u{200b}', "zero-width space"),
            ('\u{200e}', '\u{200f}', "marks of direction"),
            (
                '\u{2028}',
                '\u{202e}',
                "separators, embeddings and overrides",
            ),
            (
                '\u{2060}',
                '\u{206f}',
                "word joiner, isolates and deprecated controls",
            ),
            ('\u{3164}', '\u{3164}', "Hangul filler"),
            ('\u{feff}', '\u{feff}', "byte order mark"),
            ('\u{ffa0}', '\u{ffa0}', "halfwidth Hangul filler"),
            ('\u{fff9}', '\u{fffb}', "interlinear annotation"),
            ('\u{e0000}', '\u{e007f}', "tags"),
        ];
        for (first, last, name) in steers {
            for c in first..=last {
                let text = Untrusted::new(c.to_string());
                assert!(!Untrusted::is_harmless(c), "{name}: {c:?}");
                assert!(!text.shown().contains(c), "{name}: {c:?}");
                assert!(!format!("{text:?}").contains(c), "{name}: {c:?}");
                let kept = Safe::new(c.to_string()).as_str().contains(c);
                assert_eq!(kept, c == '\n', "{name}: {c:?}");
            }
        }
        let lines = Untrusted::new("a\u{2028}b\u{2029}");
        assert_eq!(lines.shown(), "a\u{2424}b\u{2424}");
        let safe = format!("{:?}", Safe::new("secret"));
        assert_eq!(safe, "Safe(6 bytes)");
    }

    proptest! {
        #[test]
        fn nothing_that_steers_a_terminal_is_ever_shown(text in any::<String>()) {
            let untrusted = Untrusted::new(&text);
            let shown = untrusted.shown();
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            prop_assert!(shown.chars().all(|c| !c.is_control() && symbol(c).is_none()));
            // What a log or a panic would say of it.
            let debugged = format!("{untrusted:?}");
            prop_assert!(debugged.chars().all(|c| symbol(c).is_none()), "{}", debugged);
            let safe = Safe::new(&text);
            prop_assert!(safe.as_str().chars().all(|c| c == '\n' || symbol(c).is_none()));
        }
    }
}

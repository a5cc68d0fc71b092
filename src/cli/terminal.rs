//! What the environment says of the terminal.

use super::target::variable;

/// Why a terminal of this kind cannot show the console. Any other is taken at
/// its word: all that draw whole screens understand what we write.
pub fn unfit(kind: Option<&str>) -> Option<&'static str> {
    (kind == Some("dumb")).then_some(
        "clerk-tui draws on the whole screen, and TERM=dumb says that this terminal cannot. \
         If it can, set TERM to its kind, such as xterm-256color.",
    )
}

/// The variable that chooses the locale, and what it says.
pub fn locale_variable() -> Option<(&'static str, String)> {
    let mut names = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    names.find_map(|name| Some((name, variable(name)?)))
}

/// Whether a locale has the encoding that we write.
pub fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_uppercase();
    locale.contains("UTF-8") || locale.contains("UTF8")
}

/// What to say, in signs that every terminal shows, where the locale asks for
/// another encoding.
pub fn odd_locale() -> Option<String> {
    // Where nothing is set, nothing is known: most terminals read UTF-8 then.
    word_of(&locale_variable()?.1)
}

fn word_of(locale: &str) -> Option<String> {
    if is_utf8(locale) {
        return None;
    }
    let shown = |c: &char| c.is_ascii_graphic();
    let shown: String = locale.chars().filter(shown).take(30).collect();
    Some(format!(
        "The locale {shown} is not UTF-8. If signs look wrong here, set LC_ALL=C.UTF-8."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_dumb_terminal_is_unfit() {
        assert!(unfit(Some("dumb")).is_some());
        for kind in [None, Some("linux"), Some("tmux-256color"), Some("vt100")] {
            assert_eq!(unfit(kind), None);
        }
    }

    #[test]
    fn a_locale_of_another_encoding_is_named_in_ascii() {
        for utf8 in ["en_GB.UTF-8", "C.utf8", "de_DE.utf8@euro"] {
            assert_eq!(word_of(utf8), None);
        }
        for other in [
            "C",
            "POSIX",
            "de_DE.ISO-8859-1",
            "ru_RU.KOI8-R",
            "x\u{1b}[2J",
        ] {
            let said = word_of(other).unwrap();
            assert!(said.is_ascii() && !said.contains('\u{1b}'), "{said}");
        }
    }
}

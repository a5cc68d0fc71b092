//! A link that a browser may be given.

use super::Secret;

/// A link of the web with something secret in it: `https` or `http`, and
/// nothing that a program could take for an option or for more than one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebUrl(Secret);

impl WebUrl {
    /// The link, if a browser may have it.
    pub fn new(link: &Secret) -> Option<Self> {
        let text = link.expose();
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        let plain = rest.chars().all(|c| c.is_ascii_graphic());
        (!rest.is_empty() && plain).then(|| Self(link.clone()))
    }

    /// The text, for the browser.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_of_the_web_go_to_a_browser() {
        let opens = |text: &str| WebUrl::new(&Secret::new(text)).is_some();
        assert!(opens(
            "https://accounts.example.com/v1/tickets/accept?ticket=abc"
        ));
        assert!(opens("http://localhost:3000/?__clerk_ticket=abc"));
        for text in [
            "",
            "https://",
            "HTTPS://example.com",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--new-window https://example.com",
            "https://example.com/a b",
            "https://example.com/\n--option",
            "https://example.com/\u{1b}[31m",
        ] {
            assert!(!opens(text), "{text:?}");
        }
    }

    #[test]
    fn debug_says_nothing_of_it() {
        let url = WebUrl::new(&Secret::new("https://example.com/?ticket=abc"));
        assert!(!format!("{url:?}").contains("ticket"));
    }
}

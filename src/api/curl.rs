//! A read as a command for a shell, to be repeated beside the console.

use super::BaseUrl;
use super::request::Request;
use super::transport::{VERSION, VERSION_DATE};
use crate::domain::Fetch;

/// The command that reads the same with curl. The key is not in it: the shell
/// takes it from the environment.
pub(super) fn curl(base: &BaseUrl, fetch: &Fetch) -> String {
    let url = Request::from(fetch).url(base);
    format!(
        "curl {} -H \"Authorization: Bearer $CLERK_SECRET_KEY\" -H '{VERSION}: {VERSION_DATE}'",
        quoted(url.as_str())
    )
}

/// One word for a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserId;

    #[test]
    fn it_reads_the_same_without_the_key() {
        let base = BaseUrl::parse("https://api.clerk.com").unwrap();
        let fetch = Fetch::User(UserId::new("user_2abc123").unwrap());
        assert_eq!(
            curl(&base, &fetch),
            "curl 'https://api.clerk.com/v1/users/user_2abc123' \
             -H \"Authorization: Bearer $CLERK_SECRET_KEY\" \
             -H 'clerk-api-version: 2026-05-12'"
        );
    }

    #[test]
    fn nothing_in_an_address_ends_the_word_of_the_shell() {
        let base = BaseUrl::parse("https://api.clerk.com").unwrap();
        let fetch = Fetch::Organization("acme'; $(id) `id`\n&".to_owned());
        let command = curl(&base, &fetch);
        let word = command.strip_prefix("curl '").unwrap();
        let (url, rest) = word.split_once('\'').unwrap();
        assert!(rest.starts_with(" -H "), "{command}");
        assert!(!url.contains(['$', '`', '\n', ' ']), "{url}");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}

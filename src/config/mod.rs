//! Settings: the secret key, and where the API is.

mod key;

pub use key::{ENV_NAME, Found, KeyError, Source, check_key, find_key};

/// The variable for another API than Clerk's own.
pub const API_URL_NAME: &str = "CLERK_BACKEND_API_URL";

/// Clerk's own API.
pub const API_URL: &str = "https://api.clerk.com";

/// The URL of the API: the flag, else the environment, else Clerk's own.
///
/// It is never taken from a `.env` file: whoever can plant one in a directory
/// would learn the key of everybody who starts the console there.
pub fn api_url(flag: Option<&str>, from_env: Option<&str>) -> String {
    [flag, from_env]
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|url| !url.is_empty())
        .unwrap_or(API_URL)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_and_empty_is_unset() {
        assert_eq!(api_url(Some("a"), Some("b")), "a");
        assert_eq!(api_url(None, Some("b")), "b");
        assert_eq!(api_url(None, Some(" ")), API_URL);
        assert_eq!(api_url(None, None), API_URL);
    }
}

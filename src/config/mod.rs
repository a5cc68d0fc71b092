//! Settings: the profiles in `config.toml`, the secret key, where the API is,
//! and where things are kept.

mod command;
mod exposed;
mod file;
mod key;
mod places;

pub use command::{CommandError, KEY_PATIENCE, run as run_key_command};
pub use exposed::exposed;
pub use file::{File, FileError, KeyCommand, Loaded, Profile, Reasons, load};
pub use key::{ENV_NAME, Found, KeyError, Source, check_key, find_key};
pub use places::{CONFIG_NAME, PROFILE_NAME, config_file, data_directory, operator};

use std::path::Path;

/// The variable for another API than Clerk's own.
pub const API_URL_NAME: &str = "CLERK_BACKEND_API_URL";

/// Clerk's own API.
pub const API_URL: &str = "https://api.clerk.com";

/// The URL of the API: the flag, else the environment, else the profile, else
/// Clerk's own.
///
/// It is never taken from a `.env` file: whoever can plant one in a directory
/// would learn the key of everybody who starts the console there.
pub fn api_url(flag: Option<&str>, from_env: Option<&str>, profile: Option<&str>) -> String {
    [flag, from_env, profile]
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|url| !url.is_empty())
        .unwrap_or(API_URL)
        .to_owned()
}

/// A path as text that cannot move the cursor: directory names come from strangers too.
pub fn printable(path: &Path) -> String {
    path.to_string_lossy()
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_then_the_environment_and_empty_is_unset() {
        assert_eq!(api_url(Some("a"), Some("b"), Some("c")), "a");
        assert_eq!(api_url(None, Some("b"), Some("c")), "b");
        assert_eq!(api_url(None, Some(" "), Some("c")), "c");
        assert_eq!(api_url(None, Some(" "), None), API_URL);
        assert_eq!(api_url(None, None, None), API_URL);
    }
}

//! Where settings and data are kept, and who sits at the keys.

use std::{
    env,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

/// The variable for another settings file.
pub const CONFIG_NAME: &str = "CLERK_TUI_CONFIG";

/// The variable for a profile.
pub const PROFILE_NAME: &str = "CLERK_TUI_PROFILE";

/// The folder of ours in the folders of the system.
const OURS: &str = "clerk-tui";

/// The settings file, and whether somebody named it: then it must be there.
/// `None` where there is no home either.
pub fn config_file(flag: Option<&Path>, from_env: Option<&str>) -> Option<(PathBuf, bool)> {
    let from_env = from_env.filter(|path| !path.is_empty()).map(Path::new);
    if let Some(named) = flag.or(from_env) {
        return Some((named.to_owned(), true));
    }
    let folders = etcetera::choose_base_strategy().ok()?;
    Some((folders.config_dir().join(OURS).join("config.toml"), false))
}

/// Where data is kept. `None` where there is no home either.
pub fn data_directory(flag: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = flag {
        return Some(named.to_owned());
    }
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.data_dir().join(OURS))
}

/// Who sits at the keys: as the profile says, else user@host.
pub fn operator(profile: Option<&str>) -> String {
    if let Some(named) = profile.map(str::trim).filter(|name| !name.is_empty()) {
        return named.to_owned();
    }
    let variable = |name| env::var(name).ok().filter(|user| !user.is_empty());
    let user = variable("USER").or_else(|| variable("LOGNAME"));
    let user = user.unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()));
    let system = rustix::system::uname();
    format!("{user}@{}", system.nodename().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_environment() {
        let flag = Path::new("/a");
        let named = |path: &str| Some((PathBuf::from(path), true));
        assert_eq!(config_file(Some(flag), Some("/b")), named("/a"));
        assert_eq!(config_file(None, Some("/b")), named("/b"));
        assert_eq!(data_directory(Some(flag)), Some(PathBuf::from("/a")));
        if let Some((path, must_be)) = config_file(None, Some("")) {
            assert!(path.ends_with("clerk-tui/config.toml") && !must_be);
        }
    }

    #[test]
    fn the_operator_is_the_profiles_else_somebody_at_this_machine() {
        assert_eq!(operator(Some(" ann ")), "ann");
        assert!(operator(None).contains('@'));
        assert!(operator(Some(" ")).contains('@'));
    }
}

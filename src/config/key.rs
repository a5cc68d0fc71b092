//! Finding the secret key, and saying well where it was looked for.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::printable;
use crate::domain::{Dress, Secret};

/// The variable that holds the secret key.
pub const ENV_NAME: &str = "CLERK_SECRET_KEY";

/// The files that may hold it, in this order, in each directory.
const FILES: [&str; 2] = [".env.local", ".env"];

/// Keys of Clerk's are 50 characters long, those of emulators shorter.
const SHORTEST: usize = 4;

/// A secret key that looks like one.
#[derive(Clone, Debug)]
pub struct Found {
    /// The key.
    pub key: Secret,
    /// What kind of instance it opens.
    pub dress: Dress,
    /// Where it was.
    pub source: Source,
}

impl Found {
    /// How many requests Clerk allows in any 10 s with a key like this.
    pub const fn usual_limit(&self) -> u32 {
        match self.dress {
            Dress::Production => 1000,
            Dress::Development | Dress::Demo => 100,
        }
    }
}

/// Where a key was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the environment.
    Environment,
    /// In a file.
    File(PathBuf),
    /// Printed by the key_command of a profile.
    Profile(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "{ENV_NAME} in the environment"),
            Self::File(path) => write!(f, "{ENV_NAME} in {}", printable(path)),
            Self::Profile(name) => {
                let name = printable(Path::new(name));
                write!(f, "What the key_command of profile “{name}” prints")
            }
        }
    }
}

/// Why there is no usable key. No text here holds any part of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nowhere.
    #[error(
        "No secret key found. Looked for {ENV_NAME}\n  in the environment\n  in .env.local and .env in {} and its parents{}",
        printable(.from), unreadable_lines(.unreadable)
    )]
    Missing {
        /// The directory where the search began.
        from: PathBuf,
        /// Files that are there and could not be read.
        unreadable: Vec<PathBuf>,
    },
    /// A `pk_…` key.
    #[error(
        "{0} holds a publishable key (pk_…).\nThe console needs the secret key (sk_…), from the Clerk Dashboard under “API keys”."
    )]
    Publishable(Source),
    /// Not a key at all.
    #[error("{0} is not a Clerk secret key: {1}.")]
    Malformed(Source, &'static str),
}

fn unreadable_lines(paths: &[PathBuf]) -> String {
    let mut lines = String::new();
    for path in paths {
        lines.push_str("\n  ");
        lines.push_str(&printable(path));
        lines.push_str(" is there but could not be read");
    }
    lines
}

/// Finds the key: in the environment, else in `.env.local`, then `.env`, of
/// `directory` and its parents, the nearest first. An empty value is no value.
///
/// # Errors
/// [`KeyError`], ready to be shown.
pub fn find_key(from_env: Option<&str>, directory: &Path) -> Result<Found, KeyError> {
    if let Some(key) = from_env.filter(|key| !key.is_empty()) {
        return check_key(key, Source::Environment);
    }
    let mut unreadable = Vec::new();
    for directory in directory.ancestors() {
        for name in FILES {
            let path = directory.join(name);
            match key_in(&path) {
                Ok(Some(key)) => return check_key(key.expose(), Source::File(path)),
                Ok(None) => {}
                Err(Unreadable) => unreadable.push(path),
            }
        }
    }
    Err(KeyError::Missing {
        from: directory.to_owned(),
        unreadable,
    })
}

struct Unreadable;

/// The key in a file, if the file is there and holds one.
fn key_in(path: &Path) -> Result<Option<Secret>, Unreadable> {
    // A pipe or a device by that name would hang the start.
    if !path.is_file() {
        return Ok(None);
    }
    let lines = dotenvy::from_path_iter(path).map_err(|_| Unreadable)?;
    for line in lines {
        match line {
            Ok((name, value)) if name == ENV_NAME && !value.is_empty() => {
                return Ok(Some(Secret::new(value)));
            }
            // A line that is not understood is somebody else's business; its
            // error would quote the line, and so is not kept.
            Ok(_) | Err(dotenvy::Error::LineParse(..)) => {}
            Err(_) => return Err(Unreadable),
        }
    }
    Ok(None)
}

/// Whether `key` looks like a secret key, and what it opens.
///
/// # Errors
/// [`KeyError`], without any part of the key.
pub fn check_key(key: &str, source: Source) -> Result<Found, KeyError> {
    if key.starts_with("pk_") {
        return Err(KeyError::Publishable(source));
    }
    if key.chars().any(char::is_whitespace) {
        let why = "it has a space or a line break in it";
        return Err(KeyError::Malformed(source, why));
    }
    let (dress, rest) = if let Some(rest) = key.strip_prefix("sk_live_") {
        (Dress::Production, rest)
    } else if let Some(rest) = key.strip_prefix("sk_test_") {
        (Dress::Development, rest)
    } else {
        let why = "those begin with sk_test_ or sk_live_";
        return Err(KeyError::Malformed(source, why));
    };
    if rest.len() < SHORTEST {
        return Err(KeyError::Malformed(source, "it is too short"));
    }
    let plausible = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !rest.chars().all(plausible) {
        let why = "it holds characters that no key has";
        return Err(KeyError::Malformed(source, why));
    }
    Ok(Found {
        key: Secret::new(key),
        dress,
        source,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn found(result: Result<Found, KeyError>) -> String {
        result.unwrap().key.expose().to_owned()
    }

    #[test]
    fn the_environment_wins_then_local_then_the_nearest_directory() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        fs::write(root.path().join(".env"), "CLERK_SECRET_KEY=sk_test_root\n").unwrap();
        assert_eq!(found(find_key(None, &inner)), "sk_test_root");
        fs::write(
            inner.join(".env"),
            "this is no line\nexport CLERK_SECRET_KEY=\"sk_test_inner\" # c\n",
        )
        .unwrap();
        assert_eq!(found(find_key(None, &inner)), "sk_test_inner");
        fs::write(inner.join(".env.local"), "CLERK_SECRET_KEY=sk_live_local").unwrap();
        assert_eq!(found(find_key(Some(""), &inner)), "sk_live_local");
        assert_eq!(
            found(find_key(Some("sk_test_shell"), &inner)),
            "sk_test_shell"
        );
    }

    #[test]
    fn an_empty_placeholder_is_passed_over() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".env.local"), "CLERK_SECRET_KEY=\n").unwrap();
        fs::write(root.path().join(".env"), "CLERK_SECRET_KEY=sk_test_abcd\n").unwrap();
        assert_eq!(found(find_key(None, root.path())), "sk_test_abcd");
    }

    #[test]
    fn a_missing_key_says_where_it_was_looked_for() {
        let root = tempfile::tempdir().unwrap();
        let text = find_key(None, root.path()).unwrap_err().to_string();
        assert!(text.contains("CLERK_SECRET_KEY"), "{text}");
        assert!(text.contains(".env.local"), "{text}");
        assert!(text.contains(&*root.path().to_string_lossy()), "{text}");
    }

    #[test]
    fn what_is_no_secret_key_is_refused_without_being_quoted() {
        for bad in [
            "pk_test_zebra",
            "sk_test_zebra zebra",
            "sk_test_zebrazebra\n",
            "zebra",
            "sk_test_",
            "sk_zebra_zebra",
            "sk_live_zebra\u{1b}[2J",
            "sk_live_zébra",
        ] {
            let error = check_key(bad, Source::Environment).unwrap_err();
            let text = format!("{error} {error:?}");
            assert!(!text.contains("zebra"), "{text}");
            assert!(!text.contains('\u{1b}'), "{text}");
        }
    }

    #[test]
    fn the_dress_and_the_limit_follow_the_key() {
        let live = check_key("sk_live_abcd", Source::Environment).unwrap();
        assert_eq!((live.dress, live.usual_limit()), (Dress::Production, 1000));
        let test = check_key("sk_test_abcd", Source::Environment).unwrap();
        assert_eq!((test.dress, test.usual_limit()), (Dress::Development, 100));
        assert!(!format!("{live:?}").contains("abcd"));
    }
}

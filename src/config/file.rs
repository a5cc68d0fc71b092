//! `config.toml`: profiles, each with an instance and what may be done there.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    str::FromStr,
};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};

use super::printable;
use crate::domain::{Action, Policy, Protection};

/// What `config.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The profile that is used when none is named.
    pub default: Option<String>,
    /// The profiles, by name.
    #[serde(default)]
    pub profile: BTreeMap<String, Profile>,
}

/// One profile.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Where the API is.
    pub api_url: Option<String>,
    /// Prints the secret key.
    pub key_command: Option<KeyCommand>,
    /// Nothing may be changed.
    #[serde(default)]
    pub read_only: bool,
    /// The changes that may be made, by name.
    #[serde(default, deserialize_with = "names_of_changes")]
    pub allow: Option<Vec<String>>,
    /// Who may not be changed.
    #[serde(default, deserialize_with = "protections")]
    pub protect: Vec<Protection>,
    /// Whether each change needs a reason.
    #[serde(default)]
    pub reason: Reasons,
    /// What loads in the background may use of the limit.
    #[serde(default, deserialize_with = "number_or_text")]
    pub share: Option<String>,
    /// Who sits at the keys, for the audit trail.
    pub operator: Option<String>,
}

/// Whether changes need a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reasons {
    /// They may have one.
    #[default]
    Optional,
    /// Each needs one.
    Required,
}

/// A program and its arguments. No shell sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCommand {
    /// The program.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl Profile {
    /// What this profile lets be done.
    pub fn policy(&self) -> Policy {
        Policy {
            read_only: self.read_only,
            allow: self.allow.clone(),
            protect: self.protect.clone(),
            reason_required: self.reason == Reasons::Required,
        }
    }
}

/// The settings cannot be used; in words that hold no key.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file is not there, or cannot be read.
    #[error("{} cannot be read: {error}", printable(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It says something that is not understood.
    #[error("{}, line {line}: {what}", printable(.path))]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what is known.
        what: String,
    },
    /// A profile is named that is not there.
    #[error("There is no profile “{name}” in {}. {known}", printable(.path))]
    NoProfile {
        /// The name.
        name: String,
        /// The file.
        path: PathBuf,
        /// Which there are.
        known: String,
    },
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub file: File,
    /// What is not as it should be, in words.
    pub warnings: Vec<String>,
}

impl Loaded {
    /// The profile of that name, else the default one, if there is one.
    ///
    /// # Errors
    /// [`FileError::NoProfile`] for a name that is not there.
    pub fn choose(&self, name: Option<&str>) -> Result<Option<(&str, &Profile)>, FileError> {
        let Some(name) = name.or(self.file.default.as_deref()) else {
            return Ok(None);
        };
        let found = self.file.profile.get_key_value(name);
        let found = found.map(|(name, profile)| Some((name.as_str(), profile)));
        found.ok_or_else(|| {
            let names: Vec<String> = self.file.profile.keys().map(|name| shown(name)).collect();
            FileError::NoProfile {
                name: shown(name),
                path: self.path.clone(),
                known: if names.is_empty() {
                    "It has no [profile.NAME] at all.".to_owned()
                } else {
                    format!("It has: {}.", names.join(", "))
                },
            }
        })
    }
}

/// Reads a file. One that is not there says nothing, unless it `must_be` there.
///
/// # Errors
/// [`FileError`], with the line and what is known.
pub fn load(path: &Path, must_be: bool) -> Result<Loaded, FileError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be => {
            return Ok(Loaded::default());
        }
        Err(error) => {
            let path = path.to_owned();
            return Err(FileError::Unreadable { path, error });
        }
    };
    let file: File = toml::from_str(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        FileError::Wrong {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            what: without_keys(error.message()),
        }
    })?;
    let mut loaded = Loaded {
        path: path.to_owned(),
        file,
        warnings: Vec::new(),
    };
    loaded.choose(None)?;
    let mode = fs::metadata(path).map_or(0, |file| file.permissions().mode());
    let commands = |profile: &Profile| profile.key_command.is_some();
    if mode & 0o077 != 0 && loaded.file.profile.values().any(commands) {
        let name = printable(path);
        loaded.warnings.push(format!(
            "{name} holds a key_command, and others may read or write it: chmod 600 it."
        ));
    }
    Ok(loaded)
}

/// A message of the parser without anything that may be a key, which it may quote.
fn without_keys(message: &str) -> String {
    let mut safe = String::new();
    let mut rest = message;
    while let Some(at) = rest.find("sk_") {
        safe.push_str(&rest[..at]);
        safe.push_str("sk_…");
        let key = rest[at..].find(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c)));
        rest = key.map_or("", |end| &rest[at + end..]);
    }
    safe.push_str(rest);
    if ["`key`", "`secret_key`"]
        .iter()
        .any(|key| safe.contains(key))
    {
        safe.push_str(". No key is kept here: key_command names a program that prints it");
    }
    shown(safe.trim_end())
}

fn shown(text: &str) -> String {
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(printable).collect()
}

fn names_of_changes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    match names
        .iter()
        .find(|name| !Action::NAMES.contains(&name.as_str()))
    {
        Some(unknown) => Err(D::Error::custom(format!(
            "no change is called `{unknown}`; there are {}",
            Action::NAMES.join(", ")
        ))),
        None => Ok(Some(names)),
    }
}

fn protections<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Protection>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let rules = texts.iter().map(|text| Protection::from_str(text));
    rules.collect::<Result<_, _>>().map_err(D::Error::custom)
}

fn number_or_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    struct Either;
    impl Visitor<'_> for Either {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a part of the limit: 0.25 or \"25%\"")
        }

        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_f64<E>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    from.deserialize_any(Either).map(Some)
}

impl<'de> Deserialize<'de> for KeyCommand {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Vec<String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a command: \"pass clerk/prod\" or [\"pass\", \"clerk/prod\"]")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<String>, E> {
                if text.contains(['"', '\'', '\\', '$', '|', ';', '&', '<', '>', '`']) {
                    return Err(E::custom(
                        "a command in one text is split at its spaces, and no shell sees it; \
                         write a list instead: [\"program\", \"argument\"]",
                    ));
                }
                Ok(text.split_whitespace().map(str::to_owned).collect())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<String>, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = seq.next_element()? {
                    words.push(word);
                }
                Ok(words)
            }
        }
        let mut words = from.deserialize_any(Either)?.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        Ok(Self {
            program: program.ok_or_else(|| D::Error::custom("this command is empty"))?,
            arguments: words.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.toml");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        (directory, path)
    }

    fn wrong(text: &str) -> String {
        let (_directory, path) = written(text);
        load(&path, true).unwrap_err().to_string()
    }

    #[test]
    fn everything_that_can_be_said() {
        let (_directory, path) = written(
            r#"
            default = "acme"
            [profile.acme]
            api_url = "https://api.clerk.com"
            key_command = "pass show clerk/acme"
            read_only = true
            allow = ["ban", "revoke"]
            protect = ["*@acme.com", "user_1"]
            reason = "required"
            share = 0.25
            operator = "ann"
            [profile.other]
            key_command = ["op", "read", "op://a b/c"]
            share = "25%"
            "#,
        );
        let loaded = load(&path, true).unwrap();
        assert_eq!(loaded.warnings, [""; 0]);
        let (name, acme) = loaded.choose(None).unwrap().unwrap();
        assert_eq!(name, "acme");
        let policy = acme.policy();
        assert!(policy.read_only && policy.reason_required);
        assert_eq!(policy.allow.unwrap(), ["ban", "revoke"]);
        assert_eq!(policy.protect.len(), 2);
        let command = acme.key_command.as_ref().unwrap();
        assert_eq!(command.program, "pass");
        assert_eq!(command.arguments, ["show", "clerk/acme"]);
        assert_eq!(acme.share.as_deref(), Some("0.25"));
        let (_, other) = loaded.choose(Some("other")).unwrap().unwrap();
        assert_eq!(
            other.key_command.as_ref().unwrap().arguments[1],
            "op://a b/c"
        );
        assert_eq!(other.policy(), Policy::default());
    }

    #[test]
    fn nothing_is_fine_unless_it_was_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.toml");
        assert_eq!(load(&path, false).unwrap().choose(None).unwrap(), None);
        let error = load(&path, true).unwrap_err().to_string();
        assert!(error.contains("cannot be read"), "{error}");
    }

    #[test]
    fn what_is_wrong_has_its_line_and_what_is_known() {
        for (text, parts) in [
            (
                "[profile.a]\ncolour = 1",
                ["line 2: unknown field `colour`", "`read_only`"],
            ),
            (
                "[profiles.a]",
                ["line 1: unknown field `profiles`", "`profile`"],
            ),
            (
                "\n[profile.a]\nallow = [\"bann\"]",
                ["line 3", "called `bann`; there are ban,"],
            ),
            (
                "[profile.a]\nprotect = [\"\"]",
                ["line 2", "a pattern is an e-mail"],
            ),
            ("[profile.a]\nreason = \"no\"", ["line 2", "`required`"]),
            (
                "[profile.a]\nshare = true",
                ["line 2", "a part of the limit"],
            ),
            (
                "[profile.a]\nkey_command = \"a 'b c'\"",
                ["line 2", "write a list"],
            ),
            ("[profile.a]\nkey_command = []", ["line 2", "empty"]),
            ("[profile.a", ["line 1", ""]),
            (
                "default = \"b\"\n[profile.a]",
                ["no profile “b”", "It has: a."],
            ),
        ] {
            let error = wrong(text);
            for part in parts {
                assert!(error.contains(part), "{text}: {error}");
            }
        }
    }

    #[test]
    fn a_key_in_the_file_is_not_quoted() {
        for text in [
            "[profile.a]\nkey = \"sk_live_zebra\"",
            "[profile.a]\nsk_live_zebra = 1",
            "[profile.a]\nread_only = \"sk_live_zebra\"",
            "[profile.a]\nreason = \"sk_live_zebra\"",
            "[profile.a]\nallow = [\"sk_live_zebra\"]",
            "sk_live_zebra",
        ] {
            let error = wrong(text);
            assert!(!error.contains("zebra"), "{error}");
        }
        assert!(wrong("[profile.a]\nkey = 1").contains("key_command names a program"));
    }

    #[test]
    fn a_command_that_others_can_change_is_warned_of() {
        let (_directory, path) = written("[profile.a]\nkey_command = \"pass a\"");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(load(&path, true).unwrap().warnings[0].contains("chmod 600"));
        fs::write(&path, "[profile.a]\nread_only = true").unwrap();
        assert_eq!(load(&path, true).unwrap().warnings, [""; 0]);
    }
}

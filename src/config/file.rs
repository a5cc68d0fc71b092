//! `config.toml`: profiles, each with an instance and what may be done there.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    str::FromStr,
};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};

use super::{exposed, printable};
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
    /// What the console may use of the limit.
    #[serde(default, deserialize_with = "number_or_text")]
    pub hands_share: Option<String>,
    /// What loads in the background may use of it.
    #[serde(default, deserialize_with = "number_or_text")]
    pub share: Option<String>,
    /// What fields held, and shall hold, stays out of the audit trail.
    #[serde(default)]
    pub no_audit_values: bool,
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
    let commands = |profile: &Profile| profile.key_command.is_some();
    if loaded.file.profile.values().any(commands)
        && let Some(exposed) = exposed(path)
    {
        let name = printable(path);
        let warning = format!("{name} holds a key_command, and {exposed}");
        loaded.warnings.push(warning);
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
mod tests;

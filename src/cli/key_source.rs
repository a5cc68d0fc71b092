//! Reading the key again while the console runs.

use crate::{
    config::{ENV_NAME, Found, Profile, Source},
    domain::Dress,
    runtime::KeyRead,
};

use super::target::{Chosen, key};

/// Where the key came from.
#[derive(Clone, Debug)]
pub struct KeySource {
    profile: Option<(String, Profile)>,
    /// What the instance is; the frame around it says so until the end.
    pub dress: Dress,
}

impl KeySource {
    /// The same place that a key was just read from.
    pub fn new(chosen: Chosen, dress: Dress) -> Self {
        let profile = chosen.map(|(name, profile)| (name.to_owned(), profile.clone()));
        Self { profile, dress }
    }

    /// Reads the key again; nobody can be asked at the terminal.
    ///
    /// # Errors
    /// In words, without any part of a key.
    pub fn read(&self) -> Result<KeyRead, String> {
        let chosen = self.profile.as_ref();
        let chosen = chosen.map(|(name, profile)| (name.as_str(), profile));
        let (found, _) = key(chosen, true).map_err(|error| {
            let words = format!("{error:#}");
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        })?;
        self.accept(found)
    }

    fn accept(&self, found: Found) -> Result<KeyRead, String> {
        if found.dress != self.dress {
            return Err(format!(
                "{} is now the key of a {} instance. Start again to look there.",
                found.source,
                found.dress.word()
            ));
        }
        let if_the_same = match &found.source {
            Source::Environment => format!(
                "A running program sees no new {ENV_NAME} in its environment. Set it and start again."
            ),
            source => format!("{source} is still the same key."),
        };
        let key = found.key;
        Ok(KeyRead { key, if_the_same })
    }
}

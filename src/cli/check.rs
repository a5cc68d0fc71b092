//! `clerk-tui config check`: reads all settings and says what is wrong.

use std::{
    env,
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use anyhow::anyhow;

use super::{args::CheckArgs, target::variable};
use crate::{
    api::{BaseUrl, Share},
    config::{self, CONFIG_NAME, Loaded, PROFILE_NAME, Profile},
};

/// Checks everything but the keys themselves: the commands that print them are
/// looked for and not run.
///
/// # Errors
/// When anything is wrong; what is wrong was printed then.
pub fn check(args: &CheckArgs) -> anyhow::Result<()> {
    let place = config::config_file(args.config.as_deref(), variable(CONFIG_NAME).as_deref());
    let (path, must_be) = place
        .ok_or_else(|| anyhow!("There is no home to look in. --config FILE names the settings."))?;
    let loaded = config::load(&path, must_be)?;
    let mut out = io::stdout().lock();
    if loaded.path.as_os_str().is_empty() {
        let path = config::printable(&path);
        writeln!(
            out,
            "{path} is not there. That is fine: every setting has a default."
        )?;
        return Ok(());
    }
    let wrong = findings(&loaded);
    for finding in wrong.iter().chain(&loaded.warnings) {
        writeln!(out, "{finding}")?;
    }
    if !wrong.is_empty() {
        return Err(anyhow!(
            "{} cannot be used like this.",
            config::printable(&path)
        ));
    }
    let profiles: Vec<String> = loaded.file.profile.keys().map(|name| plain(name)).collect();
    let path = config::printable(&path);
    match profiles.as_slice() {
        [] => writeln!(out, "{path} is ok. It has no profile.")?,
        names => writeln!(out, "{path} is ok. Profiles: {}.", names.join(", "))?,
    }
    Ok(())
}

pub fn findings(loaded: &Loaded) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Err(error) = loaded.choose(variable(PROFILE_NAME).as_deref()) {
        wrong.push(format!("{PROFILE_NAME}: {error}"));
    }
    for (name, profile) in &loaded.file.profile {
        let name = plain(name);
        wrong.extend(of_profile(profile).map(|what| format!("Profile “{name}”: {what}")));
    }
    wrong
}

fn of_profile(profile: &Profile) -> impl Iterator<Item = String> {
    let url = profile
        .api_url
        .as_deref()
        .map(|url| BaseUrl::parse(url).err());
    let share = |name: &'static str, text: Option<&String>| {
        let error = text?.parse::<Share>().err()?;
        Some(format!("{name}: {error}"))
    };
    let command = profile
        .key_command
        .as_ref()
        .filter(|command| !is_there(&command.program));
    [
        url.flatten().map(|error| format!("api_url: {error}")),
        share("hands_share", profile.hands_share.as_ref()),
        share("share", profile.share.as_ref()),
        command.map(|command| {
            let program = plain(&command.program);
            format!("key_command: there is no program “{program}”")
        }),
    ]
    .into_iter()
    .flatten()
}

/// Whether a program is where the system would look for it.
fn is_there(program: &str) -> bool {
    let runs = |path: &Path| {
        path.metadata()
            .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    };
    if program.contains('/') {
        return runs(Path::new(program));
    }
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).any(|folder| runs(&folder.join(program)))
}

fn plain(text: &str) -> String {
    config::printable(Path::new(text))
}

//! The settings, the key, and where the API is.

use std::path::Path;

use super::report::Report;
use crate::{
    api::{BaseUrl, Settings, Shares},
    cli::{
        args::DoctorArgs,
        check,
        target::{Chosen, key, variable},
    },
    config::{
        self, API_URL_NAME, CONFIG_NAME, Found, Loaded, PROFILE_NAME, Source, exposed, printable,
    },
    domain::Dress,
};

/// As much of the way to the server as is known.
pub enum Way {
    /// Not even where it is.
    Nowhere,
    /// Where, and no key.
    Keyless(BaseUrl),
    /// All that a request needs.
    Whole(Settings),
}

/// Looks at everything that is known before anything is sent.
pub fn examine(args: &DoctorArgs, report: &mut Report) -> Way {
    let loaded = settings(args, report);
    let named = args.profile.clone().or_else(|| variable(PROFILE_NAME));
    let chosen = match loaded.choose(named.as_deref()) {
        Ok(chosen) => chosen,
        Err(error) => {
            report.fail(
                "profile",
                error.to_string(),
                "Name one of those, or write it.",
            );
            None
        }
    };
    let found = key_found(chosen, report);
    let Some(base) = address(args, chosen, report) else {
        return Way::Nowhere;
    };
    let Some(found) = found else {
        return Way::Keyless(base);
    };
    let limit = limit(args, &found, report);
    Way::Whole(Settings {
        base,
        key: found.key,
        limit,
        shares: Shares::default(),
    })
}

fn settings(args: &DoctorArgs, report: &mut Report) -> Loaded {
    let named = variable(CONFIG_NAME);
    let Some((path, must_be)) = config::config_file(args.config.as_deref(), named.as_deref())
    else {
        let remedy = "Set HOME, or name the file with --config FILE.";
        report.warn("settings", "there is no home to look in", remedy);
        return Loaded::default();
    };
    let name = printable(&path);
    let loaded = match config::load(&path, must_be) {
        Ok(loaded) => loaded,
        Err(error) => {
            let remedy = "Mend it, or try another with --config FILE.";
            report.fail("settings", error.to_string(), remedy);
            return Loaded::default();
        }
    };
    let wrong = check::findings(&loaded);
    if loaded.path.as_os_str().is_empty() {
        let found = format!("{name} is not there; every setting has a default");
        report.ok("settings", found);
    } else if wrong.is_empty() {
        let warnings = &loaded.warnings;
        let remedy = (!warnings.is_empty()).then(|| warnings.join(" "));
        report.ok_unless("settings", with_mode(&path), remedy);
    } else {
        report.fail("settings", with_mode(&path), wrong.join(" "));
    }
    loaded
}

fn key_found(chosen: Chosen, report: &mut Report) -> Option<Found> {
    let found = match key(chosen, false) {
        Ok((found, _)) => found,
        Err(error) => {
            let words = format!("{error:#}");
            // Below a blank line stands what else could be done.
            let words = words.lines().map(str::trim);
            let words: Vec<&str> = words.take_while(|line| !line.is_empty()).collect();
            let remedy = "Copy the secret key from the Clerk Dashboard, under “API keys”, and \
                          export CLERK_SECRET_KEY=sk_test_…";
            report.fail("key", words.join(", "), remedy);
            return None;
        }
    };
    let begins = match found.dress {
        Dress::Production => "sk_live_…",
        Dress::Development | Dress::Demo => "sk_test_…",
    };
    let kind = found.dress.word();
    let told = format!("{begins} ({kind}): {}", found.source);
    let remedy = match &found.source {
        Source::File(path) => exposed(path).map(|what| format!("It holds the key, and {what}")),
        Source::Environment | Source::Profile(_) => None,
    };
    report.ok_unless("key", told, remedy);
    Some(found)
}

fn address(args: &DoctorArgs, chosen: Chosen, report: &mut Report) -> Option<BaseUrl> {
    let url = config::api_url(
        args.api_url.as_deref(),
        variable(API_URL_NAME).as_deref(),
        chosen.and_then(|(_, profile)| profile.api_url.as_deref()),
    );
    match BaseUrl::parse(&url) {
        Ok(base) => {
            report.ok("url", format!("{base:?}"));
            Some(base)
        }
        Err(error) => {
            let remedy = "Mend --api-url, CLERK_BACKEND_API_URL or api_url of the profile.";
            report.fail("url", error.to_string(), remedy);
            None
        }
    }
}

fn limit(args: &DoctorArgs, found: &Found, report: &mut Report) -> u32 {
    let (limit, why) = match args.rate_limit {
        Some(limit) => (limit, "--rate-limit"),
        None => (found.usual_limit(), "usual for such a key"),
    };
    let (hands, background) = Shares::default().with_key(found.key.expose());
    let told = if limit == 0 {
        "none is kept (--rate-limit)".to_owned()
    } else {
        format!(
            "{limit} requests in 10 s ({why}), of which this console takes up to {}, its loads {}",
            hands.of(limit),
            background.of(limit)
        )
    };
    report.ok("limit", told);
    limit
}

/// A path, and who may do what with it.
pub fn with_mode(path: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    let name = printable(path);
    match path.metadata() {
        Ok(found) => format!("{name} ({:o})", found.permissions().mode() & 0o7777),
        Err(_) => name,
    }
}

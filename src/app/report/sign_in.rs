//! The first question of support: can this person sign in, and with what?

use crate::domain::{Address, User};

use super::super::document::Line;
use super::super::{Clock, Tone};
use super::words::{alternatives, provider, until};

/// The first line of a profile: whether this person can sign in and with what,
/// or why not.
///
/// It says what the account allows. What the instance allows is not in the
/// API: a code by e-mail or SMS may be switched off, so codes are named only
/// where there is no password.
pub fn can_sign_in(user: &User, clock: &Clock) -> Line {
    if let Some((tone, why)) = barred(user, clock) {
        return cannot(tone, &why);
    }
    let Some((tone, how)) = first_factor(user) else {
        return cannot(Tone::Bad, dead_end(user));
    };
    let mut line = Line::new(Tone::Good, "CAN SIGN IN").and(tone, format!("  {how}"));
    if user.two_factor {
        let (tone, then) = second_factor(user);
        line = line.and(tone, then);
    }
    if spent(user) {
        line = line.and(Tone::Warn, " · no attempts left");
    }
    line
}

fn cannot(tone: Tone, why: &str) -> Line {
    Line::new(tone, "CANNOT SIGN IN").and(tone, format!("  {why}"))
}

/// Everything that bars the way, whatever the person signs in with: lifting
/// one of two barriers does not help.
fn barred(user: &User, clock: &Clock) -> Option<(Tone, String)> {
    let mut why = Vec::new();
    if user.banned {
        why.push("banned".to_owned());
    }
    if user.locked {
        why.push(lock(user, clock));
        why.extend(spent(user).then(|| "no attempts left".to_owned()));
    }
    if user.deprovisioned {
        why.push("deprovisioned by the company's directory".to_owned());
    }
    // A lock passes by itself.
    let tone = if user.banned || user.deprovisioned {
        Tone::Bad
    } else {
        Tone::Warn
    };
    (!why.is_empty()).then(|| (tone, why.join(", ")))
}

/// Whether the attempts are used up; emulators count below 0.
fn spent(user: &User) -> bool {
    user.attempts_left.is_some_and(|left| left <= 0)
}

/// A lock in words: `locked until 14:20`.
pub fn lock(user: &User, clock: &Clock) -> String {
    match user.locked_until {
        Some(end) if end <= clock.now() => {
            format!("was locked until {}: r reads again", until(clock, end))
        }
        Some(end) => format!("locked until {}", until(clock, end)),
        None => "locked, with no end given".to_owned(),
    }
}

/// How the person begins to sign in; `None`: there is no way.
fn first_factor(user: &User) -> Option<(Tone, String)> {
    let password = password(user);
    let has_password = password.is_some();
    let methods: Vec<String> = password.into_iter().chain(other_methods(user)).collect();
    let codes = alternatives(codes(user));
    if has_password {
        return Some((Tone::Plain, format!("with {}", alternatives(methods))));
    }
    let why = match (user.password, codes.is_empty()) {
        (true, _) => "no verified address".to_owned(),
        (false, true) => "no password".to_owned(),
        (false, false) if methods.is_empty() => {
            return Some((Tone::Plain, format!("with {codes} (no password)")));
        }
        (false, false) => format!("no password; {codes} if enabled"),
    };
    match methods.len() {
        0 => None,
        1 => Some((Tone::Warn, format!("only with {} ({why})", methods[0]))),
        _ => Some((
            Tone::Plain,
            format!("with {} ({why})", alternatives(methods)),
        )),
    }
}

/// The password, with what is entered beside it where that is no e-mail
/// address; `None` where there is none or nothing to enter beside it.
fn password(user: &User) -> Option<String> {
    let named = user.username.as_ref().is_some_and(|name| !name.is_blank());
    if !user.password {
        None
    } else if user.emails.iter().any(opens) {
        Some("password".to_owned())
    } else if user.phones.iter().any(opens) {
        Some("phone number and password".to_owned())
    } else {
        named.then(|| "username and password".to_owned())
    }
}

/// What works without a password and without a code.
fn other_methods(user: &User) -> Vec<String> {
    let linked = user.accounts.iter().filter(|account| account.verified);
    let enterprise = user.enterprise.iter().filter(|account| account.active);
    let mut methods: Vec<String> = linked
        .map(|account| provider(&account.provider))
        .chain(enterprise.map(|account| sso(&provider(&account.provider))))
        .collect();
    if !user.passkeys.is_empty() {
        methods.push("a passkey".to_owned());
    }
    if user.wallets.iter().any(|wallet| wallet.verified) {
        methods.push("a wallet".to_owned());
    }
    let mut seen = Vec::new();
    methods.retain(|method| {
        let new = !seen.contains(method);
        seen.push(method.clone());
        new
    });
    methods
}

/// The sign-on of a company: `Okta SSO`.
fn sso(provider: &str) -> String {
    match provider {
        "Custom" | "unnamed provider" => "enterprise SSO".to_owned(),
        "SAML" => "SAML".to_owned(),
        name => format!("{name} SSO"),
    }
}

/// The codes that could be sent.
fn codes(user: &User) -> Vec<String> {
    let mut codes = Vec::new();
    if user.emails.iter().any(opens) {
        codes.push("an e-mail code".to_owned());
    }
    if user.phones.iter().any(opens) {
        codes.push("an SMS code".to_owned());
    }
    codes
}

/// Whether one can begin to sign in with an address.
const fn opens(address: &Address) -> bool {
    address.verified && !address.second_factor
}

/// What the person is asked for after that.
fn second_factor(user: &User) -> (Tone, String) {
    let sms = |phone: &Address| phone.verified && phone.second_factor;
    let factors: Vec<String> = [
        (user.totp, "an authenticator"),
        (user.phones.iter().any(sms), "an SMS"),
        (user.backup_codes, "a backup"),
    ]
    .into_iter()
    .filter(|(there, _)| *there)
    .map(|(_, name)| name.to_owned())
    .collect();
    if factors.is_empty() {
        return (Tone::Warn, ", then a second factor not listed".to_owned());
    }
    (
        Tone::Plain,
        format!(", then {} code", alternatives(factors)),
    )
}

/// Why there is no way in at all: the first rule that applies.
fn dead_end(user: &User) -> &'static str {
    let mut addresses = user.emails.iter().chain(&user.phones);
    let rules = [
        (
            addresses.any(|address| !address.second_factor),
            "no verified address",
        ),
        (
            user.password,
            "a password, but no address or username to enter",
        ),
        (
            !user.enterprise.is_empty(),
            "enterprise account not active, no password",
        ),
        (
            !user.accounts.is_empty(),
            "linked account not verified, no password",
        ),
        (!user.wallets.is_empty(), "wallet not verified, no password"),
    ];
    rules
        .into_iter()
        .find(|(applies, _)| *applies)
        .map_or("no password, no address, no linked account", |(_, why)| why)
}

#[cfg(test)]
mod tests;

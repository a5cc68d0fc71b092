use super::*;
use crate::app::report::fixtures::{
    account, address, at, clock, enterprise, nobody, passkey, phone, second_phone, unverified,
};

/// The line of a person made by `change` from somebody without anything.
fn line(change: impl FnOnce(&mut User)) -> Line {
    let mut user = nobody();
    change(&mut user);
    can_sign_in(&user, &clock())
}

fn says(change: impl FnOnce(&mut User)) -> String {
    line(change).text()
}

/// Somebody with a password and a verified e-mail address.
fn ordinary(user: &mut User) {
    user.password = true;
    user.emails = vec![address("a@example.com")];
}

fn google_only(user: &mut User) {
    user.accounts = vec![account("oauth_google")];
}

#[test]
fn each_way_in_has_its_words() {
    type Case = (fn(&mut User), &'static str);
    let cases: [Case; 15] = [
        (ordinary, "with password"),
        (
            |u| (u.password, u.phones) = (true, vec![phone("+49 170 1")]),
            "with phone number and password",
        ),
        (
            |u| (u.password, u.username) = (true, Some("alice".into())),
            "with username and password",
        ),
        (google_only, "only with Google (no password)"),
        (
            |u| {
                google_only(u);
                u.emails = vec![address("a@example.com")];
            },
            "only with Google (no password; an e-mail code if enabled)",
        ),
        (
            |u| {
                ordinary(u);
                google_only(u);
            },
            "with password or Google",
        ),
        (
            |u| {
                google_only(u);
                u.passkeys = vec![passkey("iPhone"), passkey("Key")];
            },
            "with Google or a passkey (no password)",
        ),
        (
            |u| u.passkeys = vec![passkey("iPhone")],
            "only with a passkey (no password)",
        ),
        (
            |u| u.wallets = vec![address("0xabc")],
            "only with a wallet (no password)",
        ),
        (
            |u| u.enterprise = vec![enterprise("saml_okta")],
            "only with Okta SSO (no password)",
        ),
        (
            |u| u.enterprise = vec![enterprise("saml_custom")],
            "only with enterprise SSO (no password)",
        ),
        (
            |u| u.emails = vec![address("a@example.com")],
            "with an e-mail code (no password)",
        ),
        (
            |u| u.phones = vec![phone("+49 170 1")],
            "with an SMS code (no password)",
        ),
        (
            |u| {
                u.emails = vec![address("a@example.com")];
                u.phones = vec![phone("+49 170 1")];
            },
            "with an e-mail code or an SMS code (no password)",
        ),
        (
            |u| {
                google_only(u);
                u.password = true;
                u.emails = vec![unverified("a@example.com")];
            },
            "only with Google (no verified address)",
        ),
    ];
    for (change, words) in cases {
        assert_eq!(says(change), format!("CAN SIGN IN  {words}"));
    }
}

#[test]
fn each_dead_end_has_its_reason() {
    type Case = (fn(&mut User), &'static str);
    let cases: [Case; 9] = [
        (|_| (), "no password, no address, no linked account"),
        (
            |u| u.username = Some("alice".into()),
            "no password, no address, no linked account",
        ),
        (
            |u| (u.password, u.emails) = (true, vec![unverified("a@example.com")]),
            "no verified address",
        ),
        (
            |u| u.emails = vec![unverified("a@example.com")],
            "no verified address",
        ),
        (
            |u| u.password = true,
            "a password, but no address or username to enter",
        ),
        (
            |u| (u.password, u.username) = (true, Some(" ".into())),
            "a password, but no address or username to enter",
        ),
        (
            |u| {
                u.enterprise = vec![enterprise("saml_okta")];
                u.enterprise[0].active = false;
            },
            "enterprise account not active, no password",
        ),
        (
            |u| {
                google_only(u);
                u.accounts[0].verified = false;
            },
            "linked account not verified, no password",
        ),
        (
            |u| u.wallets = vec![unverified("0xabc")],
            "wallet not verified, no password",
        ),
    ];
    for (change, why) in cases {
        let line = line(change);
        assert_eq!(line.text(), format!("CANNOT SIGN IN  {why}"));
        assert_eq!(line.spans[0].tone, Tone::Bad);
    }
}

#[test]
fn barriers_come_before_methods_and_all_of_them_are_named() {
    type Case = (fn(&mut User), &'static str, Tone);
    let cases: [Case; 8] = [
        (|u| u.banned = true, "banned", Tone::Bad),
        (|u| u.locked = true, "locked, with no end given", Tone::Warn),
        (
            |u| (u.locked, u.locked_until) = (true, Some(at("2026-11-23T15:20:00Z"))),
            "locked until 15:20",
            Tone::Warn,
        ),
        (
            |u| {
                (u.locked, u.locked_until) = (true, Some(at("2026-11-23T15:20:00Z")));
                u.attempts_left = Some(0);
            },
            "locked until 15:20, no attempts left",
            Tone::Warn,
        ),
        (
            |u| (u.locked, u.locked_until) = (true, Some(at("2026-11-24T09:05:00Z"))),
            "locked until 24 Nov 09:05",
            Tone::Warn,
        ),
        (
            |u| (u.locked, u.locked_until) = (true, Some(at("2026-11-23T14:00:00Z"))),
            "was locked until 14:00: r reads again",
            Tone::Warn,
        ),
        (
            |u| u.deprovisioned = true,
            "deprovisioned by the company's directory",
            Tone::Bad,
        ),
        (
            |u| (u.banned, u.locked) = (true, true),
            "banned, locked, with no end given",
            Tone::Bad,
        ),
    ];
    for (change, why, tone) in cases {
        let line = line(|user| {
            ordinary(user);
            change(user);
        });
        assert_eq!(line.text(), format!("CANNOT SIGN IN  {why}"));
        assert_eq!(line.spans[0].tone, tone, "{why}");
    }
}

#[test]
fn the_second_factor_follows_when_it_is_switched_on() {
    type Case = (fn(&mut User), &'static str);
    let cases: [Case; 6] = [
        (|u| u.totp = true, "then an authenticator code"),
        (
            |u| u.phones = vec![second_phone("+49 170 1")],
            "then an SMS code",
        ),
        (|u| u.backup_codes = true, "then a backup code"),
        (
            |u| {
                (u.totp, u.backup_codes) = (true, true);
                u.phones = vec![second_phone("+49 170 1")];
            },
            "then an authenticator, an SMS or a backup code",
        ),
        (|_| (), "then a second factor not listed"),
        (
            |u| {
                u.phones = vec![second_phone("+49 170 1")];
                u.phones[0].verified = false;
            },
            "then a second factor not listed",
        ),
    ];
    for (change, then) in cases {
        let text = says(|user| {
            ordinary(user);
            user.two_factor = true;
            change(user);
        });
        assert_eq!(text, format!("CAN SIGN IN  with password, {then}"));
    }
    let off = says(|user| {
        ordinary(user);
        user.totp = true;
    });
    assert_eq!(off, "CAN SIGN IN  with password");
}

#[test]
fn a_phone_kept_for_the_second_factor_opens_nothing() {
    let text = says(|user| {
        user.password = true;
        user.phones = vec![second_phone("+49 170 1")];
    });
    assert_eq!(
        text,
        "CANNOT SIGN IN  a password, but no address or username to enter"
    );
}

#[test]
fn tones_tell_good_from_look_twice() {
    let good = line(ordinary);
    assert_eq!(
        [good.spans[0].tone, good.spans[1].tone],
        [Tone::Good, Tone::Plain]
    );
    assert_eq!(line(google_only).spans[1].tone, Tone::Warn);
    let worn = line(|user| {
        ordinary(user);
        user.attempts_left = Some(0);
    });
    assert_eq!(worn.text(), "CAN SIGN IN  with password · no attempts left");
    assert_eq!(worn.spans[2].tone, Tone::Warn);
}

#[test]
fn many_providers_are_counted_and_doubles_named_once() {
    let text = says(|user| {
        ordinary(user);
        for name in [
            "google",
            "oauth_google",
            "apple",
            "x",
            "github",
            "slack",
            "line",
        ] {
            user.accounts.push(account(name));
        }
    });
    assert_eq!(
        text,
        "CAN SIGN IN  with password, Google, Apple, X or 3 more"
    );
}

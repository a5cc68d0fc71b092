//! Settings as people write them.

use std::os::unix::fs::PermissionsExt;

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

//! What the real binary reads and keeps: profiles, and the audit trail.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use tempfile::TempDir;

use crate::{
    console, plain,
    pty::{DEADLINE, Pty},
    work::{Server, ban_alice},
};

/// A directory with a `config.toml`, and the path of that.
fn settings(text: &str) -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("config.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (directory, path)
}

#[test]
fn a_profile_leads_to_its_instance_and_its_changes_are_on_record() {
    let server = Server::start(&[]);
    let (directory, config) = settings(&format!(
        "[profile.acme]\napi_url = \"http://{}\"\nkey_command = [\"printf\", \"%s\\\\n\", \"{}\"]\n\
         operator = \"ann\"\n",
        server.address, server.key
    ));
    let data = directory.path().join("data");
    let data = data.to_str().unwrap();
    let console = console(&["--config", &config, "--profile", "acme", "--data-dir", data]);
    ban_alice(&mut Pty::start(console));

    let (code, out, err) = plain(&["audit", "--data-dir", data], None);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[0].contains("ban      intent    user_2abc123  ann  127.0.0.1"));
    assert_eq!(lines[1], "    banned: false → true");
    assert!(
        lines[2].contains("ban      done      user_2abc123"),
        "{out}"
    );
    assert!(lines[2].ends_with(" acme"), "{out}");

    let audit = |args: &[&str]| plain(&[&["audit", "--data-dir", data], args].concat(), None).1;
    let json = audit(&["--json", "--user", "user_2abc123", "--operator", "ann"]);
    assert_eq!(json.lines().count(), 2);
    assert!(json.starts_with(r#"{"v":1,"at":""#), "{json}");
    assert!(!json.contains(&server.key));
    assert_eq!(audit(&["--user", "user_1"]), "");
    assert_eq!(audit(&["--operator", "bob"]), "");
    assert_eq!(audit(&["--since", "2999-01-01"]), "");
    assert_eq!(audit(&["--since", "2020-01-01"]), out);
}

#[test]
fn without_a_place_for_the_audit_trail_it_only_looks_and_says_so() {
    let server = Server::start(&["--users", "5"]);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let data = file.join("data");
    let mut command = console(&["--data-dir", data.to_str().unwrap()]);
    command.env(
        "CLERK_BACKEND_API_URL",
        format!("http://{}", server.address),
    );
    command.env("CLERK_SECRET_KEY", &server.key);
    let mut console = Pty::start(command);
    console.until_contains("This console is read-only. The audit trail in");
    console.until_contains("5 users");
    console.keys("B");
    console.until_contains("B does nothing here.");
    console.keys("q");
    assert_eq!(console.ends(DEADLINE), 0);
}

#[test]
fn the_demo_can_be_recorded_too() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().to_str().unwrap();
    ban_alice(&mut Pty::start(console(&["--demo", "--data-dir", data])));
    let (_, out, _) = plain(&["audit", "--data-dir", data], None);
    assert!(out.contains(" made-up people demo\n"), "{out}");
}

#[test]
fn nothing_on_record_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("none");
    let (code, out, err) = plain(&["audit", "--data-dir", data.to_str().unwrap()], None);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("Nothing was changed so far"), "{err}");
    assert!(!data.exists());
}

#[test]
fn config_check_says_what_is_wrong() {
    let check = |text: &str| {
        let (_directory, path) = settings(text);
        plain(&["config", "check", "--config", &path], None)
    };
    let (code, out, _) = check("[profile.a]\nread_only = true\n[profile.b]");
    assert_eq!(code, 0);
    assert!(
        out.ends_with("config.toml is ok. Profiles: a, b.\n"),
        "{out}"
    );
    let (code, _, err) = check("[profile.a]\ncolour = 1");
    assert_eq!(code, 1);
    assert!(err.contains("line 2: unknown field `colour`"), "{err}");
    let (code, out, err) = check(
        "[profile.a]\napi_url = \"http://example.com\"\nshare = 2\n\
         key_command = \"/nonexistent/program\"",
    );
    assert_eq!(code, 1);
    for part in [
        "“a”: api_url: ",
        "“a”: share: ",
        "“a”: key_command: there is no program",
    ] {
        assert!(out.contains(part), "{out}{err}");
    }
    let (code, out, _) = plain(&["config", "check"], None);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("every setting has a default"), "{out}");
}

#[test]
fn what_is_wrong_with_a_profile_is_said_before_anything_is_drawn() {
    let (_directory, path) = settings(
        "[profile.a]\nkey_command = [\"printf\", \"pk_test_zebra\"]\n\
         [profile.b]\nkey_command = [\"false\"]",
    );
    for (profile, part) in [
        (
            "a",
            "What the key_command of profile “a” prints holds a publishable key",
        ),
        (
            "b",
            "The key_command of profile “b” gave no key: “false” failed",
        ),
        ("c", "There is no profile “c” in"),
    ] {
        let (code, out, err) = plain(&["--config", &path, "--profile", profile], None);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(part), "{err}");
        assert!(!err.contains("zebra"), "{err}");
    }
}

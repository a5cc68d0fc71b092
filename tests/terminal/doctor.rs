//! `clerk-tui doctor`: each thing that can be wrong is named, with what to do.

use std::{
    fs::{self, Permissions},
    io::{Read, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    thread,
};

use portable_pty::CommandBuilder;
use serde_json::Value;

use crate::{
    BINARY, VARIABLES, console,
    pty::{DEADLINE, Pty},
    tls::TlsServer,
    work::Server,
};

/// What the doctor finds: its exit code, and its lines.
struct Found {
    code: i32,
    json: Value,
    whole: String,
}

impl Found {
    /// The line of that name: its state, and what it says.
    fn line(&self, name: &str) -> (&str, String) {
        let lines = self.json["lines"].as_array().unwrap();
        let line = lines.iter().find(|line| line["name"] == name);
        let line = line.unwrap_or_else(|| panic!("no {name} in {}", self.whole));
        let (found, remedy) = (&line["found"], &line["remedy"]);
        let words = [found, remedy].map(|words| words.as_str().unwrap_or_default());
        (line["state"].as_str().unwrap(), words.join(" "))
    }

    /// It says `name`: `state`, and in words `part`.
    fn says(&self, name: &str, state: &str, part: &str) {
        let (found, words) = self.line(name);
        assert_eq!(found, state, "{name}: {}", self.whole);
        assert!(words.contains(part), "{name}: {words}");
    }
}

/// Has everything looked at by the real binary, with these variables.
fn examined(args: &[&str], variables: &[(&str, &str)]) -> Found {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(BINARY);
    command.args(["doctor", "--json"]).args(args);
    command.current_dir(home.path()).env("HOME", home.path());
    for name in VARIABLES.iter().chain(&["HTTPS_PROXY", "ALL_PROXY"]) {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    Found {
        code: output.status.code().unwrap(),
        json: serde_json::from_str(&out).unwrap(),
        whole: out + &err,
    }
}

fn server_of(server: &Server) -> (String, String) {
    (format!("http://{}", server.address), server.key.clone())
}

#[test]
fn all_is_well_with_a_server_and_its_key_which_is_never_shown() {
    let server = Server::start(&["--users", "5"]);
    let (url, key) = server_of(&server);
    let found = examined(
        &[],
        &[
            ("CLERK_BACKEND_API_URL", &url),
            ("CLERK_SECRET_KEY", &key),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
        ],
    );
    assert_eq!(found.code, 0, "{}", found.whole);
    assert_eq!(found.json["ok"], true);
    for (name, part) in [
        ("settings", "every setting has a default"),
        (
            "key",
            "sk_test_… (development): CLERK_SECRET_KEY in the env",
        ),
        ("url", &url),
        ("limit", "100 requests in 10 s (usual for such a key)"),
        ("dns", "127.0.0.1 is an address"),
        ("connection", "takes connections"),
        ("tls", "none: the server is on this machine"),
        ("latency", " ms"),
        ("clock", "agree"),
        ("answer", "the key opens ins_"),
        ("version", "2026-05-12 is asked for"),
        ("seen limit", "nothing of its limit"),
        ("terminal", "xterm-256color, "),
        ("locale", "C.UTF-8"),
        ("data", "is not there; the first start makes it"),
        ("audit", "0 lines are readable"),
        ("log", "none; --log-level debug writes"),
    ] {
        found.says(name, "ok", part);
    }
    found.says("window", "warn", "a file or a pipe");
    assert!(!found.whole.contains(key.strip_prefix("sk_test_").unwrap()));
}

#[test]
fn with_nothing_configured_it_asks_for_a_key() {
    let found = examined(&["--api-url", "http://127.0.0.1:1"], &[]);
    assert_eq!(found.code, 1);
    found.says(
        "key",
        "fail",
        "No secret key found. Looked for CLERK_SECRET_KEY",
    );
    found.says("key", "fail", "export CLERK_SECRET_KEY=sk_test_");
    found.says("connection", "fail", "Connection refused");
    found.says("connection", "fail", "Is the server running");
    assert!(found.whole.contains("Not all is well"));
}

#[test]
fn without_a_key_the_server_is_looked_for_and_nothing_sent() {
    let server = Server::start(&["--users", "5"]);
    let (url, _) = server_of(&server);
    let found = examined(&["--api-url", &url], &[]);
    found.says("connection", "ok", "takes connections");
    found.says("answer", "warn", "First find a key.");
}

#[test]
fn a_host_that_cannot_be_found_and_one_that_is_refused() {
    let key = [("CLERK_SECRET_KEY", "sk_test_zebrazebra")];
    let found = examined(&["--api-url", "https://clerk.invalid"], &key);
    assert_eq!(found.code, 1);
    found.says("dns", "fail", "clerk.invalid cannot be found");
    found.says("dns", "fail", "Is this machine online");
    let found = examined(&["--api-url", "http://example.com"], &key);
    found.says("url", "fail", "plain http");
}

#[test]
fn a_key_that_is_not_accepted() {
    let server = Server::start(&["--users", "5"]);
    let (url, _) = server_of(&server);
    let key = [("CLERK_SECRET_KEY", "sk_test_zebrazebra")];
    let found = examined(&["--api-url", &url], &key);
    assert_eq!(found.code, 1);
    found.says("answer", "fail", "401: ");
    found.says("answer", "fail", "Copy it again from the Dashboard");
    found.says("clock", "ok", "agree");
    assert!(!found.whole.contains("zebra"), "{}", found.whole);
}

#[test]
fn a_certificate_is_trusted_once_somebody_says_so() {
    let server = TlsServer::start();
    let url = ["--api-url", server.url.as_str()];
    let key = ("CLERK_SECRET_KEY", "sk_test_zebrazebra");
    let found = examined(&url, &[key]);
    assert_eq!(found.code, 1);
    found.says("connection", "ok", "takes connections");
    found.says("tls", "fail", "The certificate of 127.0.0.1");
    found.says("tls", "fail", "SSL_CERT_FILE");
    let certificate = server.certificate();
    let trusted = ("SSL_CERT_FILE", certificate.to_str().unwrap());
    let found = examined(&url, &[key, trusted]);
    assert_eq!(found.code, 0, "{}", found.whole);
    found.says("tls", "ok", "the certificate is trusted");
    found.says("answer", "ok", "the key opens ins_1 development");
}

#[test]
fn a_port_without_tls_and_a_machine_without_certificates() {
    let server = Server::start(&["--users", "5"]);
    let url = format!("https://{}", server.address);
    let key = ("CLERK_SECRET_KEY", "sk_test_zebrazebra");
    let found = examined(&["--api-url", &url], &[key]);
    found.says("tls", "fail", "Does this port speak TLS?");
    let bare = [
        key,
        ("SSL_CERT_FILE", "/dev/null"),
        ("SSL_CERT_DIR", "/dev/null"),
    ];
    let found = examined(&["--api-url", &url], &bare);
    found.says("tls", "fail", "Install ca-certificates");
}

/// A server of another time, which speaks another version and tells its limit.
fn a_server_of_1999() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // The first connection only shows that there is somebody.
            if stream.read(&mut [0; 4096]).unwrap_or(0) == 0 {
                continue;
            }
            let _ = stream.write_all(
                b"HTTP/1.1 429 X\r\nConnection: close\r\nContent-Length: 0\r\n\
                  Date: Fri, 31 Dec 1999 23:59:59 GMT\r\nClerk-API-Version: 1999-12-31\r\n\
                  X-RateLimit-Limit: 7\r\nRetry-After: 3\r\n\r\n",
            );
        }
    });
    url
}

#[test]
fn a_clock_a_version_and_a_limit_that_differ_are_warned_of() {
    let url = a_server_of_1999();
    let key = [("CLERK_SECRET_KEY", "sk_test_zebrazebra")];
    let found = examined(&["--api-url", &url, "--rate-limit", "50"], &key);
    assert_eq!(found.code, 0, "{}", found.whole);
    found.says("clock", "warn", "s ahead of the server Set the clock");
    found.says("version", "warn", "1999-12-31 answers");
    found.says("seen limit", "ok", "x-ratelimit-limit: 7");
    found.says("seen limit", "ok", "retry-after: 3");
    found.says("answer", "warn", "uses up the limit");
    found.says("limit", "ok", "50 requests in 10 s (--rate-limit)");
}

#[test]
fn wrong_permissions_have_a_remedy_each() {
    let directory = tempfile::tempdir().unwrap();
    let config = directory.path().join("config.toml");
    fs::write(
        &config,
        "[profile.a]\nkey_command = [\"printf\", \"sk_test_zebra\"]\napi_url = \"http://127.0.0.1:1\"",
    )
    .unwrap();
    let data = directory.path().join("data");
    fs::create_dir(&data).unwrap();
    let set = |path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let paths = [&config, &data].map(|path| path.to_str().unwrap());
    let args = ["--config", paths[0], "--data-dir", paths[1], "--profile"];
    let examined = |profile| examined(&[&args[..], &[profile]].concat(), &[]);
    set(&config, 0o666);
    set(&data, 0o777);
    let found = examined("a");
    found.says("settings", "warn", "(666)");
    found.says(
        "settings",
        "warn",
        "holds a key_command, and others may write it: chmod 600",
    );
    found.says("key", "ok", "What the key_command of profile “a” prints");
    found.says("data", "fail", "chmod 700");
    assert_eq!(found.code, 1);
    assert!(!found.whole.contains("zebra"));
    set(&config, 0o600);
    set(&data, 0o755);
    let found = examined("b");
    found.says("settings", "ok", "(600)");
    found.says("profile", "fail", "It has: a.");
    found.says("data", "warn", "Others may look into it: chmod 700");
    set(&data, 0o700);
    fs::write(data.join("audit.jsonl"), "{}\n").unwrap();
    let found = examined("a");
    found.says("data", "ok", "(700)");
    found.says("audit", "warn", "1 more are damaged");
    let file = config.to_str().unwrap();
    let found = self::examined(&["--data-dir", file], &[]);
    found.says("data", "fail", "is no directory");
}

#[test]
fn a_key_in_a_file_that_others_may_read_is_warned_of() {
    let directory = tempfile::tempdir().unwrap();
    let env = directory.path().join(".env");
    fs::write(&env, "CLERK_SECRET_KEY=sk_test_zebra\n").unwrap();
    fs::set_permissions(&env, Permissions::from_mode(0o644)).unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.args(["doctor", "--api-url", "http://127.0.0.1:1"]);
    command.cwd(directory.path());
    command.env("HOME", directory.path());
    command.env("TERM", "dumb");
    for name in VARIABLES {
        command.env_remove(name);
    }
    for name in ["LANG", "LC_ALL", "LC_CTYPE"] {
        command.env_remove(name);
    }
    command.env("TMUX", "/tmp/tmux");
    let mut doctor = Pty::start_sized(command, 30, 100);
    assert_eq!(doctor.ends(DEADLINE), 1);
    doctor.until_contains("Not all is well");
    let screen = doctor.screen().replace('\n', "");
    for part in [
        "It holds the key, and others may read it: chmod 600 it.",
        "Make it 40×10 or larger.",
        "Set TERM to what the terminal is",
        "Set LANG=C.UTF-8",
        "set -g set-clipboard on",
    ] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    assert!(!screen.contains("zebra"));
}

#[test]
fn the_doctor_is_no_console() {
    // It draws nothing, and asks nothing of the terminal.
    let mut doctor = Pty::start(console(&["doctor", "--api-url", "http://127.0.0.1:1"]));
    assert_eq!(doctor.ends(DEADLINE), 1);
    doctor.until_contains("Not all is well");
    assert!(!doctor.bytes().contains(&0x1b));
}

//! A day's work with the real binary in a directory of its own, and a search
//! through everything that it leaves behind.

use std::{
    fmt::Write,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use clerk_tui::demo::{Options, Server};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::{BINARY, VARIABLES, pty::Pty};

/// A server, and a directory for everything that a console writes.
pub struct Day {
    pub server: Server,
    home: TempDir,
    /// The server runs in it.
    _tokio: tokio::runtime::Runtime,
}

impl Day {
    pub fn begin() -> Self {
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let options = Options {
            rate_limit: 0,
            ..Options::default()
        };
        let server = tokio.block_on(Server::start(options)).unwrap();
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("tmp")).unwrap();
        Self {
            server,
            home,
            _tokio: tokio,
        }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.home.path().join(below)
    }

    /// The variables of everything that runs here.
    pub fn variables(&self) -> Vec<(&str, String)> {
        let at = |below| self.path(below).to_str().unwrap().to_owned();
        let editor = r#"sh -c 'env >"$HOME/env"; stat -c %a "$1" "$(dirname "$1")" >"$HOME/modes"; cat "$1" >"$HOME/draft"' editor"#;
        vec![
            ("CLERK_BACKEND_API_URL", self.server.url().to_owned()),
            ("CLERK_SECRET_KEY", self.server.key().to_owned()),
            ("HOME", at("")),
            ("TMPDIR", at("tmp")),
            ("VISUAL", editor.to_owned()),
            ("TERM", "xterm-256color".to_owned()),
        ]
    }

    /// A console whose files nobody masks; what it says on stderr goes to a file.
    pub fn console(&self, options: &str) -> Pty {
        let mut command = CommandBuilder::new("sh");
        let script = format!("umask 0; exec '{BINARY}' {options} 2>\"$HOME/stderr\"");
        command.args(["-c", &script]);
        for name in VARIABLES {
            command.env_remove(name);
        }
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        Pty::start_sized(command, 120, 40)
    }

    /// What one of the other commands says.
    pub fn said(&self, args: &[&str]) -> String {
        let mut command = Command::new(BINARY);
        command.args(args).current_dir(self.home.path());
        for name in VARIABLES {
            command.env_remove(name);
        }
        command.envs(self.variables());
        let output = command.stdin(Stdio::null()).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.path(".local/share/clerk-tui")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.data().join("clerk-tui.log")).unwrap()
    }

    /// Every file below here, with what is in it.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        each_below(self.home.path(), &mut |path| {
            if path.is_file() {
                found.push((path.to_owned(), fs::read(path).unwrap()));
            }
        });
        found
    }

    /// Everything that the console wrote is for its owner only; gives the names.
    pub fn assert_private(&self) -> Vec<String> {
        let mut names = Vec::new();
        each_below(&self.data(), &mut |path| {
            let mode = path.metadata().unwrap().permissions().mode() & 0o777;
            let due = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, due, "{}: {mode:o}", path.display());
            let below = path.strip_prefix(self.data()).unwrap();
            names.push(below.to_str().unwrap().to_owned());
        });
        names
    }
}

fn each_below(directory: &Path, visit: &mut impl FnMut(&Path)) {
    visit(directory);
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_below(&path, visit);
        } else {
            visit(&path);
        }
    }
}

/// The key in every form that it could be left in.
fn needles(key: &str) -> Vec<Vec<u8>> {
    let secret = key.strip_prefix("sk_test_").unwrap();
    let mut needles = vec![secret.as_bytes().to_vec()];
    for bytes in 0..3 {
        // Wherever it begins in what is encoded: without the letters that what
        // stands around it shares with it.
        let encoded = STANDARD.encode(format!("{}{secret}", &"..."[..bytes]));
        let encoded = encoded.trim_end_matches('=');
        needles.push(encoded.as_bytes()[4..encoded.len() - 3].to_vec());
    }
    let mut hex = String::new();
    for byte in secret.bytes() {
        write!(hex, "{byte:02x}").unwrap();
    }
    needles.push(hex.to_uppercase().into_bytes());
    needles.push(hex.into_bytes());
    needles.push(secret.bytes().rev().collect());
    needles
}

pub fn assert_keyless(what: &str, bytes: &[u8], key: &str) {
    for needle in needles(key) {
        let found = bytes.windows(needle.len()).any(|part| part == needle);
        let needle = String::from_utf8_lossy(&needle);
        assert!(!found, "{what} holds the key, as {needle}");
    }
}

/// What was put on the clipboard, by OSC 52.
pub fn copied(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    for part in text.split("\x1b]52;c;").skip(1) {
        let end = part.find(['\x1b', '\x07']).unwrap();
        found.push(String::from_utf8(STANDARD.decode(&part[..end]).unwrap()).unwrap());
    }
    found
}

//! Somebody's own editor in the console's terminal.

use std::{fs, path::Path, time::Duration};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::{console, pty::DEADLINE, pty::Pty};

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: Duration = Duration::from_millis(350);

/// A console about to edit Alice's private metadata with a shell script.
struct Desk {
    console: Pty,
    /// Where the script is, and what it wrote down.
    home: TempDir,
    /// Where drafts are made.
    drafts: TempDir,
}

impl Desk {
    /// The script gets the file's path as `$1`, and a folder of its own as `$home`.
    fn with(script: &str) -> Self {
        let (home, drafts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = home.path().join("my editor.sh");
        let script = format!("home='{}'\n{script}", home.path().display());
        fs::write(&path, script).unwrap();
        let mut command = console(&["--demo"]);
        command.env("VISUAL", format!("sh '{}'", path.display()));
        command.env("EDITOR", "/nonexistent/editor");
        command.env("TMPDIR", drafts.path());
        let mut console = Pty::start(command);
        console.until_contains("842 users");
        console.keys("/alice");
        console.until_contains("5 found");
        console.keys("\r");
        console.keys("Mr");
        console.until_contains("in all");
        console.keys("\x18");
        Self {
            console,
            home,
            drafts,
        }
    }

    fn wrote(&self, name: &str) -> String {
        fs::read_to_string(self.home.path().join(name)).unwrap()
    }

    /// Nothing of what was edited is left.
    fn assert_clean(&self) {
        let left: Vec<_> = fs::read_dir(self.drafts.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }

    /// Leaves the dialog, whose text has changed, and the console.
    fn quit(mut self) {
        self.console.keys("\x1b");
        self.console.until_contains("Esc again");
        self.console.keys("\x1b");
        self.console.until_contains("Cancelled.");
        self.console.keys("q");
        self.console.keys("q");
        assert_eq!(self.console.ends(DEADLINE), 0);
        self.console.assert_restored();
        self.assert_clean();
    }
}

#[test]
fn it_has_the_terminal_to_itself_and_a_private_file() {
    let mut desk = Desk::with(
        r#"stat -c '%a' "$1" "$(dirname "$1")" >"$home/modes"
        cp "$1" "$home/text"
        echo "$1" >"$home/path"
        printf 'tier? '
        read tier
        sed "s/\"tier\": 2/\"tier\": $tier/" "$1" >"$1.new" && mv "$1.new" "$1""#,
    );
    desk.console.until_contains("tier?");
    desk.console.assert_restored();
    // All of these are the editor's, and none of them the console's.
    desk.console.keys("31\r");
    desk.console.until_contains("Here is your editor's text.");
    desk.console.assert_taken();
    desk.console.until_contains("\"tier\": 31");
    assert_eq!(desk.wrote("modes"), "600\n700\n");
    assert!(desk.wrote("text").contains("\"stripe_id\": \"cus_4411\""));
    let path = desk.wrote("path");
    assert!(path.trim().ends_with("/metadata.json"), "{path}");
    assert!(!Path::new(path.trim()).exists());
    desk.assert_clean();
    desk.console.keys("\r");
    desk.console.until_contains("2 → 31");
    desk.console.until_contains("y save");
    desk.console.until_quiet(LOOK);
    desk.console.keys("y");
    desk.console.until_contains("Alice Chen is saved.");
}

#[test]
fn what_it_gets_wrong_comes_back_with_the_place_and_is_not_lost() {
    let desk = Desk::with(r#"printf '{\n  "a": 1\n  "b": 2\n}\n' >"$1""#);
    desk.console
        .until_contains("Line 3, column 3: expected `,` or `}`.");
    desk.console.until_contains("\"b\": 2");
    desk.assert_clean();
    desk.quit();
}

#[test]
fn keys_that_end_programs_are_the_editors() {
    let mut desk = Desk::with("trap 'exit 7' INT; printf ready; while :; do sleep 1; done");
    desk.console.until_contains("ready");
    desk.console.keys("\x03");
    desk.console.until_contains("failed: exit status: 7.");
    assert!(desk.console.is_raw());
    desk.assert_clean();
}

#[test]
fn a_signal_ends_both_and_restores_what_the_editor_left() {
    let mut desk = Desk::with("stty raw -echo; printf ready; exec sleep 600");
    desk.console.until_contains("ready");
    assert!(desk.console.is_raw());
    desk.console.signal(Signal::TERM);
    assert_eq!(desk.console.ends(Duration::from_secs(2)), 143);
    desk.console.assert_restored();
    desk.assert_clean();
}

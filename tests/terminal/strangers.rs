//! Whoever calls themselves a sequence of controls: what the real binary writes
//! down of them steers no terminal that it is read in.

use std::{fs, time::Duration};

use clerk_tui::domain::Untrusted;

use crate::{
    day::Day,
    pty::{DEADLINE, Pty},
};

/// Longer than a dialog has to be looked at before `y` counts.
const LOOK: Duration = Duration::from_millis(350);

/// Bans whoever is found, renames them, edits their metadata, and deletes them
/// with a record.
fn see_to(console: &mut Pty, day: &Day) {
    console.keys("\r\r");
    console.until_contains("─ Identity");
    console.keys("B");
    console.until_contains("y ban");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("is banned.");
    console.keys("En");
    console.until_contains("last name");
    console.until_quiet(LOOK);
    console.keys("x\r");
    console.until_contains("y save");
    console.until_quiet(LOOK);
    console.keys("y");
    console.until_contains("is saved.");
    console.keys("Mp");
    console.until_contains("in all");
    console.keys("\x18");
    console.until_contains("Your editor changed nothing.");
    console.keys("\x1b");
    console.until_quiet(LOOK);
    console.keys("D");
    console.until_contains("[ ] save the whole");
    console.until_quiet(LOOK);
    console.keys(" ");
    console.until_contains("[x] save the whole");
    let log = day.log();
    let (_, id) = log.rsplit_once("users=\"").unwrap();
    let (id, _) = id.split_once('"').unwrap();
    let end = &id[id.len() - 6..];
    console.keys(end);
    console.until_contains(&format!("> {end}"));
    console.until_quiet(LOOK);
    console.keys("\r");
    console.until_contains("was deleted.");
}

#[test]
fn no_file_holds_a_sign_of_theirs_as_it_is() {
    // The name and what of it stands escaped in the record.
    for (name, escaped) in [
        ("Clip", r"\u001b]52;c;cm0gLXJmIC8=\u0007Clip"),
        ("owned", r"\u009b2J\u009d0;owned\u009c"),
        ("gnp.exe", r"\u202egnp.exe"),
    ] {
        let day = Day::begin();
        let mut console = day.console("--log-level trace");
        console.until_contains("842 users");
        console.keys("/");
        console.keys(name);
        console.until_contains("1 found");
        see_to(&mut console, &day);
        console.keys("qq");
        assert_eq!(console.ends(DEADLINE), 0);

        for (path, bytes) in day.files() {
            let text = String::from_utf8(bytes).unwrap();
            let steers = |c: char| c != '\n' && !Untrusted::is_harmless(c);
            let found: Vec<_> = text.char_indices().filter(|(_, c)| steers(*c)).collect();
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
        let saved = fs::read_dir(day.data().join("saved")).unwrap().next();
        let saved = fs::read_to_string(saved.unwrap().unwrap().path()).unwrap();
        assert!(saved.contains(escaped), "{saved}");
        let draft = fs::read_to_string(day.path("draft")).unwrap();
        assert!(draft.contains(r#""note\u001b[2J": "\u202eevil"#), "{draft}");
        let trail = fs::read_to_string(day.data().join("audit.jsonl")).unwrap();
        assert!(
            trail.contains("\\u00") || trail.contains("\\u202e"),
            "{trail}"
        );
        let log = day.log();
        assert!(log.contains(" TRACE ") && !log.contains(name), "{log}");
    }
}

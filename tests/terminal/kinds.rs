//! Terminals of many kinds, and what their environment says.

use portable_pty::CommandBuilder;

use crate::{
    console,
    pty::{DEADLINE, Pty},
};

fn demo_with(variables: &[(&str, &str)]) -> CommandBuilder {
    let mut command = console(&["--demo"]);
    for (name, value) in variables {
        command.env(name, value);
    }
    command
}

/// What selects colours and weights in what was written, each with its numbers.
fn styles(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1);
    let styles = sequences.filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let numbers = rest
            .strip_prefix(&rest[..end])?
            .strip_prefix('m')
            .map(|_| &rest[..end])?;
        Some(numbers.split(';').map(str::to_owned).collect())
    });
    styles.collect()
}

/// Walks through views and dialogs that use every colour.
fn walk(console: &mut Pty) {
    console.until_contains("842 users");
    console.keys("/is:banned");
    console.until_contains("28 found");
    console.keys("\r");
    console.keys("?");
    console.until_contains("What works here");
    console.keys("j");
    console.keys("\x1b");
    console.until("closed help", |screen| {
        !screen.contents().contains("What works here")
    });
    console.keys("D");
    console.until_contains("DELETE ");
    console.keys("\x1b");
    console.until("closed dialog", |screen| {
        !screen.contents().contains("DELETE ")
    });
    console.keys("l");
    console.until_contains("CANNOT SIGN IN");
    console.keys("1");
    console.until_contains("x banned");
}

fn quit(mut console: Pty) {
    console.keys("\x03");
    console.keys("\x03");
    assert_eq!(console.ends(DEADLINE), 0);
    console.assert_restored();
}

#[test]
fn a_dumb_terminal_is_told_so_and_gets_no_sequence() {
    let mut console = Pty::start(demo_with(&[("TERM", "dumb")]));
    assert_eq!(console.ends(DEADLINE), 2);
    console.until_contains("TERM=dumb");
    assert!(!console.bytes().contains(&0x1b));
    console.assert_restored();
}

#[test]
fn the_kind_of_terminal_is_not_asked_for_what_all_of_them_can() {
    for kind in ["tmux-256color", "screen", "linux", "xterm", "vt100", ""] {
        let console = Pty::start(demo_with(&[("TERM", kind)]));
        console.until_contains("842 users");
        console.assert_taken();
        quit(console);
    }
}

#[test]
fn where_no_colour_is_wanted_weight_and_words_say_it() {
    let mut console = Pty::start(demo_with(&[("NO_COLOR", "1")]));
    walk(&mut console);
    for style in styles(&console.bytes()) {
        for number in style {
            let number = number.parse().unwrap_or(0);
            assert!(number < 30, "{number} is a colour");
        }
    }
    // The row under the cursor still stands out.
    console.until("bold row", |screen| {
        let columns = 0..screen.size().1.get();
        let cells = columns.filter_map(|column| screen.cell(3, column));
        let marked: Vec<_> = cells.skip_while(|cell| cell.contents() != "▌").collect();
        // Behind that stand dates, which are dim.
        let mut said = marked
            .iter()
            .take(60)
            .filter(|cell| !cell.contents().trim().is_empty());
        marked.len() > 40 && said.all(|cell| cell.bold())
    });
    quit(console);
}

/// On any background: six colours of the terminal's own, which no theme makes
/// its background; no black, no white, and no background of ours.
#[test]
fn colours_are_the_terminals_own_and_readable_on_light_and_dark() {
    let mut console = Pty::start(demo_with(&[]));
    walk(&mut console);
    let mut used = std::collections::BTreeSet::new();
    for style in styles(&console.bytes()) {
        let mut numbers = style.iter().map(String::as_str);
        while let Some(number) = numbers.next() {
            match number {
                // Weights, and the terminal's own colours back again.
                "" | "0" | "1" | "2" | "4" | "22" | "24" | "39" | "49" | "59" => {}
                "38" => {
                    assert_eq!(numbers.next(), Some("5"), "{style:?}");
                    used.extend(numbers.next().and_then(|n| n.parse::<u8>().ok()));
                }
                _ => panic!("{style:?}"),
            }
        }
    }
    assert!(
        used.contains(&1) && used.iter().all(|n| (1..=6).contains(n)),
        "{used:?}"
    );
    quit(console);
}

#[test]
fn a_locale_of_another_encoding_is_said_in_plain_signs() {
    for (locale, name) in [("C", "C"), ("de_DE.ISO-8859-1", "de_DE.ISO-8859-1")] {
        let console = Pty::start(demo_with(&[("LC_ALL", locale)]));
        console.until_contains(&format!("The locale {name} is not UTF-8."));
        console.until_contains("842 users");
        quit(console);
    }
    let console = Pty::start(demo_with(&[
        ("LC_ALL", ""),
        ("LC_CTYPE", "en_GB.UTF-8"),
        ("LANG", "C"),
    ]));
    console.until_contains("842 users");
    assert!(!console.screen().contains("locale"));
    quit(console);
}

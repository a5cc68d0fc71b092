//! What keys mean, and what is offered.

use super::harness::{Console, key_of};
use super::world::{five_alices, id, organization, session};
use crate::app::command::TABLE;
use crate::app::key_name::key_name;
use crate::app::{Command, Layer, act};
use crate::domain::{UserOrder, UserOrderBy};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

#[test]
fn small_letters_of_changes_say_which_capital_does_it() {
    let mut console = Console::with(five_alices());
    for (key, said) in [
        ("d", "d does nothing. D deletes."),
        ("b", "b does nothing. B bans."),
        ("e", "e does nothing. E edits."),
        ("Z", "Z does nothing. ? shows what does."),
        ("n", "n does nothing. N makes users and invites."),
    ] {
        console.press(key);
        assert_eq!(console.toast(), said);
    }
    assert!(console.sent.is_empty() && !console.has_dialog());
}

#[test]
fn letters_of_other_scripts_are_told_the_way() {
    let mut console = Console::with(five_alices());
    for key in ["в", "λ", "あ"] {
        console.press(key);
        assert_eq!(
            console.toast(),
            format!("“{key}” is no command. Switch to Latin letters, or press F2.")
        );
    }
    console.press("F2 ↓ Esc ↓ Enter").settle();
    assert_eq!(console.profile(), Some(&id(2)));
}

#[test]
fn alt_and_a_letter_is_no_command() {
    let mut console = Console::with(five_alices());
    console.look();
    for c in "BDEqy1".chars() {
        let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT);
        console.feed(crate::app::Msg::Key(key));
    }
    assert!(!console.quit && !console.has_dialog() && console.toast().is_empty());
}

#[test]
fn y_e_copies_the_email_and_y_i_the_id_of_who_was_seen() {
    let mut console = Console::with(five_alices());
    console.press("y");
    assert_eq!(
        console.toast(),
        "Copy what? e e-mail · i id · t ticket text · c curl"
    );
    console.press("e y i y y");
    assert_eq!(
        console.copied,
        [
            "bob.bell@example.com",
            "user_000001",
            "bob.bell@example.com"
        ]
    );
    assert_eq!(console.toast(), "Copied bob.bell@example.com");
}

#[test]
fn a_chord_that_leads_nowhere_does_nothing() {
    let mut console = Console::with(five_alices());
    console.look().press("y D");
    assert!(!console.has_dialog() && console.copied.is_empty());
    console.press("y Esc e");
    assert!(console.copied.is_empty());
    console.press("D");
    assert!(console.has_dialog());
}

#[test]
fn the_palette_finds_and_runs_a_command() {
    let mut console = Console::with(five_alices());
    console.look().press(":").type_text("ban this");
    assert!(!console.has_dialog(), "letters are text there");
    console.press("Enter");
    assert_eq!(console.dialog().title(), "Ban Bob Bell?");
    console
        .press("Esc F2")
        .type_text("organizat")
        .press("Enter")
        .settle();
    assert!(matches!(
        console.model.screen(),
        crate::app::Screen::Organizations(_)
    ));
}

#[test]
fn the_orders_are_a_layer() {
    let mut console = Console::with(five_alices());
    console.press("o ↓ ↓ ↓ Enter");
    let rising = UserOrder {
        by: UserOrderBy::LastSignIn,
        descending: false,
    };
    assert_eq!(console.users().order, rising);
    console.settle().press("o");
    assert!(
        matches!(console.model.layer, Layer::Orders(3)),
        "the cursor is on the present one"
    );
    console.press("q");
    assert!(matches!(console.model.layer, Layer::None) && !console.quit);
}

#[test]
fn any_key_closes_the_help_but_those_that_scroll_it() {
    let mut console = Console::with(five_alices());
    console.press("F1 j PgDn k");
    assert!(matches!(console.model.layer, Layer::Help(10)));
    console.press("B");
    assert!(matches!(console.model.layer, Layer::None) && !console.has_dialog());
}

/// Consoles in every kind of place.
fn everywhere() -> Vec<(&'static str, Console)> {
    let places = [
        "",
        "G",
        "j Enter",
        "Enter Tab",
        "Enter v",
        "s",
        "s a",
        "2",
        "2 a",
        "3",
        "3 Enter",
        "3 Enter Enter",
        "2 Enter s",
    ];
    places
        .into_iter()
        .map(|keys| {
            let mut console = Console::with(five_alices());
            let acme = organization(1, "Acme");
            console.world.members = vec![(acme.id.clone(), id(2))];
            console.world.organizations = vec![acme];
            console.world.sessions = vec![
                session(1, &id(1), "2026-11-23T14:00:00Z"),
                session(2, &id(2), "2026-11-22T14:00:00Z"),
            ];
            for key in keys.split_whitespace() {
                console.press(key).settle().look().settle();
            }
            (keys, console)
        })
        .collect()
}

/// What a person can tell apart before and after a key.
fn looks(console: &Console) -> String {
    let model = &console.model;
    let (asked, copied) = (console.asked.len(), console.copied.len());
    let search = model.screen().search();
    let search = search.map(|search| (search.focused, search.text()));
    let screen = match model.screen() {
        crate::app::Screen::Profile(pane) => {
            format!("{} {} {:?}", pane.cursor, pane.raw, pane.unfolded)
        }
        crate::app::Screen::Users(pane) => format!("{}", pane.preview),
        _ => String::new(),
    };
    format!(
        "{:?} {:?} {:?} {screen} {search:?} {asked} {copied} {} {} {:?}",
        model.history.here(),
        model.layer,
        (model.marks.version(), &model.range),
        console.quit,
        console.suspended,
        model
            .ctx
            .toast
            .as_ref()
            .map(|toast| (&toast.text, toast.expires)),
    )
}

#[test]
fn what_is_offered_does_something() {
    use Command as C;
    // These may have come to their end, or be where they lead to.
    let quiet = [
        C::Up,
        C::Down,
        C::PageUp,
        C::PageDown,
        C::First,
        C::Last,
        C::Users,
        C::Sessions,
        C::Organizations,
        C::Close,
        C::NextPerson,
        C::PreviousPerson,
        C::NextSection,
        C::PreviousSection,
    ];
    for (place, console) in everywhere() {
        for command in act::applicable(&console.model) {
            let (_, mut console) = everywhere()
                .into_iter()
                .find(|(keys, _)| *keys == place)
                .unwrap();
            let before = looks(&console);
            let first = command.entry().keys[0];
            for key in first.split(' ') {
                console.press(key);
            }
            assert!(
                looks(&console) != before || quiet.contains(&command),
                "{command:?} at {place:?} does nothing"
            );
        }
    }
}

#[test]
fn what_is_not_offered_does_nothing_but_say_so() {
    for (place, console) in everywhere() {
        let offered = act::applicable(&console.model);
        for entry in TABLE
            .iter()
            .filter(|entry| !offered.contains(&entry.command))
        {
            // Another command of the same key may apply.
            let Some(first) = entry.keys.first() else {
                continue;
            };
            let begins = |keys: &&str| keys.split(' ').next() == Some(first);
            let taken = offered
                .iter()
                .any(|command| command.entry().keys.iter().any(begins));
            // `:load` is a name for the palette, not a key.
            if taken || first.contains([' ', ':']) {
                continue;
            }
            let (_, mut console) = everywhere()
                .into_iter()
                .find(|(keys, _)| *keys == place)
                .unwrap();
            let here = console.model.history.here();
            console.press(first);
            assert_eq!(console.model.history.here(), here, "{first} at {place:?}");
            assert!(
                matches!(console.model.layer, Layer::None),
                "{first} at {place:?}"
            );
            assert!(console.asked.is_empty());
            let named = first.chars().count() == 1 && first.is_ascii();
            assert!(
                !named || console.toast().contains("does nothing"),
                "{first} at {place:?}"
            );
        }
    }
}

#[test]
fn every_key_of_the_table_can_be_pressed() {
    let keys = TABLE.iter().flat_map(|entry| entry.keys);
    // `:load` is a name for the palette, not a key.
    for key in keys.filter(|key| !key.starts_with(':') || key.len() == 1) {
        for part in key.split(' ') {
            assert_eq!(key_name(key_of(part)).as_deref(), Some(part));
        }
    }
}

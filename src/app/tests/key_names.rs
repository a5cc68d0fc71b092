//! Keys by the names that the table has for them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The event of a key, by its name in the table.
pub fn key_of(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let mut chars = name.chars();
    match (name, chars.next(), chars.next()) {
        ("Enter", ..) => plain(KeyCode::Enter),
        ("Esc", ..) => plain(KeyCode::Esc),
        ("Tab", ..) => plain(KeyCode::Tab),
        ("S-Tab", ..) => plain(KeyCode::BackTab),
        ("Space", ..) => plain(KeyCode::Char(' ')),
        ("Backspace", ..) => plain(KeyCode::Backspace),
        ("↑", ..) => plain(KeyCode::Up),
        ("↓", ..) => plain(KeyCode::Down),
        ("←", ..) => plain(KeyCode::Left),
        ("→", ..) => plain(KeyCode::Right),
        ("PgUp", ..) => plain(KeyCode::PageUp),
        ("PgDn", ..) => plain(KeyCode::PageDown),
        ("Home", ..) => plain(KeyCode::Home),
        ("End", ..) => plain(KeyCode::End),
        (_, Some('^'), Some(c)) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL),
        (_, Some('F'), Some(_)) => plain(KeyCode::F(name[1..].parse().unwrap())),
        (_, Some(c), None) if c.is_uppercase() => {
            KeyEvent::new(KeyCode::Char(c), KeyModifiers::SHIFT)
        }
        (_, Some(c), None) => plain(KeyCode::Char(c)),
        _ => panic!("no such key: {name}"),
    }
}

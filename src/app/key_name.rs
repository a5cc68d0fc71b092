//! What keys are called.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The name of a key as the table writes it; `None` for keys it never names.
pub fn key_name(key: KeyEvent) -> Option<String> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if key
        .modifiers
        .intersects(KeyModifiers::ALT | KeyModifiers::SUPER)
    {
        // AltGr arrives as Control and Alt together on some terminals.
        if !control {
            return None;
        }
    }
    let name = match key.code {
        KeyCode::Char(' ') => "Space",
        KeyCode::Char(c) if control && !key.modifiers.contains(KeyModifiers::ALT) => {
            return Some(format!("^{}", c.to_ascii_lowercase()));
        }
        KeyCode::Char(c) => return Some(c.to_string()),
        KeyCode::F(n) => return Some(format!("F{n}")),
        KeyCode::Enter => "Enter",
        KeyCode::Esc => "Esc",
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => "S-Tab",
        KeyCode::Tab => "Tab",
        KeyCode::BackTab => "S-Tab",
        KeyCode::Up => "↑",
        KeyCode::Down => "↓",
        KeyCode::Left => "←",
        KeyCode::Right => "→",
        KeyCode::PageUp => "PgUp",
        KeyCode::PageDown => "PgDn",
        KeyCode::Home => "Home",
        KeyCode::End => "End",
        _ => return None,
    };
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_the_table_writes_them() {
        let name = |code, modifiers| key_name(KeyEvent::new(code, modifiers));
        assert_eq!(
            name(KeyCode::Char('B'), KeyModifiers::SHIFT).as_deref(),
            Some("B")
        );
        assert_eq!(
            name(KeyCode::Char('d'), KeyModifiers::CONTROL).as_deref(),
            Some("^d")
        );
        assert_eq!(
            name(KeyCode::BackTab, KeyModifiers::SHIFT).as_deref(),
            Some("S-Tab")
        );
        assert_eq!(name(KeyCode::Char('d'), KeyModifiers::ALT), None);
    }
}

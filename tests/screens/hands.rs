//! What a person does at the desk.

use clerk_tui::app::Msg;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::desk::Desk;

impl Desk {
    /// Types characters, one key each.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            self.press(KeyCode::Char(key));
        }
        self
    }

    /// Types as [`Self::keys`] does, but `⏎` is Enter, `⇥` Tab, `␛` Esc, `→` the
    /// arrow and `✎` ^o; at `·` everything is answered, and at `✓` the changes
    /// sent are.
    pub fn plays(&mut self, keys: &str) -> &mut Self {
        for key in keys.chars() {
            match key {
                '⏎' => self.press(KeyCode::Enter).rest(),
                '⇥' => self.press(KeyCode::Tab),
                '␛' => self.press(KeyCode::Esc),
                '→' => self.press(KeyCode::Right),
                '✎' => {
                    let key = KeyEvent::new(KeyCode::Char('o'), KeyModifiers::CONTROL);
                    self.send(Msg::Key(key)).rest()
                }
                '·' => self.rest(),
                '✓' => self.let_changes_go().rest(),
                key => self.press(KeyCode::Char(key)),
            };
        }
        self
    }

    /// Presses one key, a moment after the one before.
    pub fn press(&mut self, code: KeyCode) -> &mut Self {
        self.wait(20);
        self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    /// Makes the window another size, and looks at it.
    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.resize_at_once(size).rest()
    }

    /// Makes the window another size.
    pub fn resize_at_once(&mut self, size: (u16, u16)) -> &mut Self {
        self.send(Msg::Resize(size.0, size.1))
    }

    /// Searches the view, and goes to the first row.
    pub fn search(&mut self, text: &str) -> &mut Self {
        self.keys("/").keys(text).press(KeyCode::Enter).rest()
    }
}

//! A box of several lines.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{CursorMove, TextArea};

use crate::app::text::width;
use crate::domain::{Json, Mistake};

/// Steps that can be taken back.
const UNDO: usize = 1_000;

/// More bytes than a person writes; each key costs the whole text.
const MOST: usize = 256 * 1024;

/// A text of JSON to write in. What stands in it is shown as it is: anything else
/// that is typed or pasted becomes an escape of JSON.
///
/// The widget inside is used for its text, its cursor and its steps back, never to
/// draw: drawing would change cells in it.
#[derive(Clone, Debug)]
pub struct TextBox {
    area: TextArea<'static>,
    /// The first line and column in view.
    corner: (usize, usize),
}

impl TextBox {
    /// A box with a text in it, the cursor at its beginning.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::from(clean(text).split('\n'));
        area.set_max_histories(UNDO);
        let corner = (0, 0);
        Self { area, corner }
    }

    /// The lines, ready to be shown.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// All of it.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// Where the cursor is: its line, and its column on the screen, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        let line = self.lines().get(cursor.0).map_or("", String::as_str);
        let before: String = line.chars().take(cursor.1).collect();
        (cursor.0, width(&before))
    }

    /// Handles an editing key; `rows` is how many lines are in view.
    pub fn press(&mut self, key: KeyEvent, rows: usize) {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(c) if control && !alt => self.press_control(c.to_ascii_lowercase()),
            // AltGr arrives as Control and Alt together on some terminals.
            KeyCode::Char(c) if control || !alt => drop(self.insert(c.encode_utf8(&mut [0; 4]))),
            KeyCode::Enter => drop(self.insert("\n")),
            KeyCode::Backspace => drop(self.area.delete_char()),
            KeyCode::Delete => drop(self.area.delete_next_char()),
            KeyCode::Left if control => self.go(CursorMove::WordBack, 1),
            KeyCode::Right if control => self.go(CursorMove::WordForward, 1),
            KeyCode::Left => self.go(CursorMove::Back, 1),
            KeyCode::Right => self.go(CursorMove::Forward, 1),
            KeyCode::Up => self.go(CursorMove::Up, 1),
            KeyCode::Down => self.go(CursorMove::Down, 1),
            KeyCode::PageUp => self.go(CursorMove::Up, rows),
            KeyCode::PageDown => self.go(CursorMove::Down, rows),
            KeyCode::Home => self.go(CursorMove::Head, 1),
            KeyCode::End => self.go(CursorMove::End, 1),
            _ => {}
        }
    }

    fn press_control(&mut self, c: char) {
        match c {
            'a' => self.go(CursorMove::Head, 1),
            'e' => self.go(CursorMove::End, 1),
            'u' => drop(self.area.undo()),
            'r' => drop(self.area.redo()),
            'w' => drop(self.area.delete_word()),
            'k' => drop(self.area.delete_line_by_end()),
            'h' => drop(self.area.delete_char()),
            // What a line break is where a paste has no brackets.
            'j' => drop(self.insert("\n")),
            _ => {}
        }
    }

    fn go(&mut self, to: CursorMove, times: usize) {
        for _ in 0..times {
            self.area.move_cursor(to);
        }
    }

    /// Puts text in at the cursor; says whether there was room.
    pub fn insert(&mut self, text: &str) -> bool {
        let has: usize = self.lines().iter().map(|line| line.len() + 1).sum();
        let text = clean(text);
        let fits = has + text.len() <= MOST;
        if fits {
            self.area.insert_str(text);
        }
        fits
    }

    /// Puts a text in the place of all; it can be taken back.
    pub fn put(&mut self, text: &str) {
        self.area.select_all();
        self.area.insert_str(clean(text));
        self.area.move_cursor(CursorMove::Jump(0, 0));
    }

    /// Moves the cursor to a mistake.
    pub fn go_to(&mut self, mistake: &Mistake) {
        let place = |n: usize| u16::try_from(n - 1).unwrap_or(u16::MAX);
        let jump = CursorMove::Jump(place(mistake.line), place(mistake.column));
        self.area.move_cursor(jump);
    }

    /// The first line and column in view in a room of so many rows and columns:
    /// as before, as long as that has the cursor in it.
    pub fn corner(&self, (rows, columns): (usize, usize)) -> (usize, usize) {
        let (line, column) = self.cursor();
        let (top, left) = self.corner;
        let follow = |first: usize, at: usize, room: usize| {
            first.clamp((at + 1).saturating_sub(room.max(1)), at)
        };
        (follow(top, line, rows), follow(left, column, columns))
    }

    /// Has the cursor in view from now on.
    pub fn follow(&mut self, room: (usize, usize)) {
        self.corner = self.corner(room);
    }
}

/// A text as the box takes it: with line breaks of one kind, and nothing in it
/// that looks different from what it is.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Json::escaped(&without_tabs(text))
}

/// Tabs are blanks to JSON, but not within a string.
fn without_tabs(text: &str) -> String {
    let (mut within, mut escaped) = (false, false);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' if !within => out.push_str("  "),
            _ => out.push(c),
        }
        within = c != '\n' && (within ^ (c == '"' && !escaped));
        escaped = within && c == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests::key_names::key_of;

    fn typed(text: &str, keys: &str) -> TextBox {
        let mut text = TextBox::new(text);
        for key in keys.split_whitespace() {
            text.press(key_of(key), 2);
        }
        text
    }

    #[test]
    fn keys_write_and_take_back() {
        let text = typed("{}", "→ Enter \" a \" ↓ End x Backspace");
        assert_eq!(text.text(), "{\n\"a\"}");
        assert_eq!(typed("one two", "End ^w").text(), "one ");
        assert_eq!(typed("one two", "End ^w ^u").text(), "one two");
        assert_eq!(typed("one two", "End ^w ^u ^r").text(), "one ");
        assert_eq!(typed("one\ntwo", "→ ^k").text(), "o\ntwo");
        assert_eq!(typed("one", "^e ^j x ^a y").text(), "one\nyx");
        assert_eq!(typed("1\n2\n3\n4", "PgDn x PgUp").text(), "1\n2\nx3\n4");
    }

    #[test]
    fn a_whole_text_put_in_can_be_taken_back() {
        let mut text = TextBox::new("{\"a\": 1}");
        text.put("{\r\n\t\"a\": 2\r\n}");
        assert_eq!(text.text(), "{\n  \"a\": 2\n}");
        text.press(key_of("^u"), 1);
        text.press(key_of("^u"), 1);
        assert_eq!(text.text(), "{\"a\": 1}");
    }

    #[test]
    fn what_is_not_shown_as_it_is_becomes_an_escape() {
        let mut text = TextBox::new("");
        text.insert("a\u{202e}\x1b[31m\u{feff}");
        assert_eq!(text.text(), "a\\u202e\\u001b[31m\\ufeff");
        text.put("\u{feff}{}");
        assert_eq!(text.text(), "{}");
        text.put("{\n\t\"a\\\"\tb\":\t1\n}");
        assert_eq!(text.text(), "{\n  \"a\\\"\\u0009b\":  1\n}");
    }

    #[test]
    fn it_has_an_end() {
        let mut text = TextBox::new("");
        assert!(text.insert(&"x".repeat(MOST - 2)));
        assert!(!text.insert("yy"));
        assert!(!text.text().contains('y'));
    }

    #[test]
    fn the_cursor_stays_in_view_and_the_view_where_it_is() {
        let mut text = TextBox::new("1\n2\n3\n4\n李小龍 5");
        text.press(key_of("PgDn"), 2);
        text.press(key_of("PgDn"), 2);
        text.press(key_of("End"), 2);
        assert_eq!(text.cursor(), (4, 8));
        text.follow((3, 4));
        assert_eq!(text.corner((3, 4)), (2, 5));
        text.press(key_of("↑"), 2);
        assert_eq!(text.corner((3, 4)), (2, 1));
        text.press(key_of("PgUp"), 3);
        assert_eq!(text.corner((3, 4)).0, 0);
    }
}

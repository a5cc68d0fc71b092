//! Boxes of one line, whoever types into them.

use crossterm::event::{Event, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

/// Bytes that a box takes: longer than any name or address. A megabyte pasted
/// as keys would stop the console, since each character costs its whole length.
pub const LONGEST: usize = 256;

/// The request of an editing key.
pub fn editing(key: KeyEvent) -> Option<InputRequest> {
    if key.modifiers.contains(KeyModifiers::ALT) && !key.modifiers.contains(KeyModifiers::CONTROL) {
        return None;
    }
    to_input_request(&Event::Key(key))
}

/// Lets a box handle a request, unless it is full; says whether the text changed.
pub fn edit(input: &mut Input, request: InputRequest) -> bool {
    let full = input.value().len() >= LONGEST;
    if full && matches!(request, InputRequest::InsertChar(_)) {
        return false;
    }
    input.handle(request).is_some_and(|change| change.value)
}

/// Puts pasted text in at the cursor: the first line that is not blank,
/// without control characters.
pub fn paste(input: &mut Input, text: &str) {
    let mut lines = text.lines();
    let line = lines.find(|line| !line.trim().is_empty());
    let chars = line.unwrap_or_default().trim().chars();
    for c in chars.filter(|c| !c.is_control()).take(LONGEST) {
        edit(input, InputRequest::InsertChar(c));
    }
}

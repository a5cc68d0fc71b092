//! Where a list stands on the screen.

/// The cursor's line, and the first line on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The line of the cursor; meaningless in an empty list.
    pub cursor: usize,
    /// The first line on the screen.
    pub top: usize,
}

impl Window {
    /// Moves the cursor to a line, as far as there are lines.
    pub fn set_cursor(&mut self, at: usize, len: usize) {
        self.cursor = at.min(len.saturating_sub(1));
    }

    /// Scrolls just so far that the cursor is among `height` lines.
    pub fn scroll_to_cursor(&mut self, len: usize, height: usize) {
        let height = height.max(1);
        self.top = self
            .top
            .clamp((self.cursor + 1).saturating_sub(height), self.cursor)
            .min(len.saturating_sub(height));
    }
}

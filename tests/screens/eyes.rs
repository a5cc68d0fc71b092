//! Looking at the screen, and holding what is on it.

use clerk_tui::view::{Theme, draw};
use ratatui::{
    Terminal, TerminalOptions, Viewport, backend::CrosstermBackend, layout::Rect, style::Style,
};

use crate::{desk::Desk, frame::text};

impl Desk {
    /// The bytes that draw the present screen on a real terminal.
    pub fn bytes(&self) -> Vec<u8> {
        let (width, height) = self.model.ctx.size;
        let fixed = TerminalOptions {
            viewport: Viewport::Fixed(Rect::new(0, 0, width, height)),
        };
        let mut bytes = Vec::new();
        let backend = CrosstermBackend::new(&mut bytes);
        let mut terminal = Terminal::with_options(backend, fixed).unwrap();
        let theme = Theme::default();
        terminal
            .draw(|frame| draw(&self.model, &theme, frame))
            .unwrap();
        drop(terminal);
        bytes
    }

    /// The screen as text: the lines without the blanks at their ends.
    pub fn text(&self) -> String {
        text(&self.screen)
    }

    /// The lines of the screen.
    pub fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// Holds that the screen shows `text`.
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.text();
        assert!(screen.contains(text), "no “{text}” in:\n{screen}");
        self
    }

    /// Holds that the screen says a sentence, on however many lines.
    pub fn says(&mut self, sentence: &str) -> &mut Self {
        let said = self.said();
        assert!(
            said.contains(sentence),
            "no “{sentence}” in:\n{}",
            self.text()
        );
        self
    }

    /// All words of the screen, with one blank between them.
    pub fn said(&self) -> String {
        let text = self.text();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Holds that the screen does not show `text`.
    pub fn lacks(&mut self, text: &str) -> &mut Self {
        let screen = self.text();
        assert!(!screen.contains(text), "“{text}” in:\n{screen}");
        self
    }

    /// Holds that the whole screen is as it was seen and found good.
    pub fn looks(&mut self, name: &str) -> &mut Self {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, self.text()));
        self
    }

    /// The text of the cells in this style, in reading order.
    pub fn styled(&self, style: Style) -> String {
        let cells = self.screen.content.iter();
        let of_style = cells.filter(|cell| {
            cell.fg == style.fg.unwrap_or(cell.fg) && cell.modifier.contains(style.add_modifier)
        });
        of_style.map(ratatui::buffer::Cell::symbol).collect()
    }
}

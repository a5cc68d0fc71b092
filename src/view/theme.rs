//! Colours: few of them, named by meaning, and only the terminal's own sixteen,
//! so that light and dark backgrounds both work.

use ratatui::style::{Color, Modifier, Style};

use crate::app::Tone;
use crate::domain::Dress;

/// The looks of the console.
#[derive(Clone, Debug)]
pub struct Theme {
    accent: Color,
    good: Color,
    warn: Color,
    bad: Color,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            accent: Color::Cyan,
            good: Color::Green,
            warn: Color::Yellow,
            bad: Color::Red,
        }
    }
}

impl Theme {
    /// No colours: weight and words say everything.
    pub const fn without_colours() -> Self {
        Self {
            accent: Color::Reset,
            good: Color::Reset,
            warn: Color::Reset,
            bad: Color::Reset,
        }
    }

    /// The style of a tone.
    pub fn tone(&self, tone: Tone) -> Style {
        let style = Style::new();
        match tone {
            Tone::Plain => style,
            Tone::Dim => style.add_modifier(Modifier::DIM),
            Tone::Strong => style.add_modifier(Modifier::BOLD),
            Tone::Good => style.fg(self.good),
            Tone::Warn => style.fg(self.warn),
            Tone::Bad => style.fg(self.bad),
            Tone::Accent => style.fg(self.accent),
            Tone::Selected => style.add_modifier(Modifier::REVERSED),
        }
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Style {
        self.tone(Tone::Strong)
    }

    /// The letters that the search found.
    pub fn matched(&self) -> Style {
        self.tone(Tone::Accent).add_modifier(Modifier::UNDERLINED)
    }

    /// Titles of columns and sections.
    pub fn title(&self) -> Style {
        self.tone(Tone::Dim)
    }

    /// The instance's name and frame: a production instance is dressed in red.
    pub fn dress(&self, dress: Dress) -> Style {
        match dress {
            Dress::Production => self.tone(Tone::Bad).add_modifier(Modifier::BOLD),
            Dress::Development => self.tone(Tone::Warn),
            Dress::Demo => self.tone(Tone::Accent),
        }
    }
}

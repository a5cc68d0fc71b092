//! Drawing: a frame for a model, and no decision that is not about looks.

use ratatui::Frame;

use crate::app::Model;

/// The colours and signs of the console.
#[derive(Clone, Debug, Default)]
pub struct Theme {}

/// Draws the whole screen.
pub fn draw(_model: &Model, _theme: &Theme, frame: &mut Frame) {
    frame.render_widget("clerk-tui", frame.area());
}

//! The list of the tokens that let somebody in, made in this run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;

use super::Theme;
use super::line::fit;
use super::overlay::{choices, window};
use crate::app::{Model, Token, Tone};

/// Its columns, with the frame.
const COLUMNS: u16 = 76;

/// The tokens made in this run, as many as fit around the chosen one.
pub fn tokens(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, place: usize) {
    let height = u16::try_from(model.tokens.len() + 2).unwrap_or(u16::MAX);
    let block = Block::bordered()
        .title(Line::styled(" Made in this run ", theme.tone(Tone::Strong)))
        .title_bottom(" R revokes · Esc closes ");
    let inner = window(frame, area, (COLUMNS, height), block);
    choices(frame, inner, theme, model.tokens.len(), place, |n| {
        token_spans(model, theme, &model.tokens[n], inner.width)
    });
}

/// What it is, how it stands, when it was made, and for whom.
fn token_spans(model: &Model, theme: &Theme, token: &Token, width: u16) -> Vec<Span<'static>> {
    let clock = &model.ctx.clock;
    let (tone, state) = token.state(clock);
    let room = usize::from(width).saturating_sub(2 + 14 + 12 + 11);
    vec![
        Span::raw(fit(token.kind(), 14)),
        Span::styled(fit(&state, 12), theme.tone(tone)),
        Span::styled(
            fit(&format!("made {}", clock.minute(token.made)), 11),
            theme.tone(Tone::Dim),
        ),
        Span::raw(token.person.who(room).text()),
    ]
}

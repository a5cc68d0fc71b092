//! The link that lets somebody in, and the list of those made in this run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Wrap};

use super::Theme;
use super::dialog::frame_with;
use super::line::fit;
use super::overlay::{choices, window};
use crate::app::{Link, Model, Token, Tone};

/// The columns of both, with their frames.
const COLUMNS: u16 = 76;

/// A link that signs somebody in, as long as it is, and when it ends.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme, link: &Link) {
    let room = usize::from(area.width.min(COLUMNS))
        .saturating_sub(4)
        .max(1);
    let name = link.person.short_name();
    let ends = model.ctx.clock.short(link.ends);
    let what = match (link.is_link, link.impersonates) {
        (true, true) => format!("Signs you in as {name}, once, until {ends}."),
        (true, false) => format!("Signs in as {name}, once, until {ends}."),
        (false, _) => format!("A token for your own sign-in page: {name}, once, until {ends}."),
    };
    let mut lines = vec![Line::raw(what), Line::default()];
    let text = link.text();
    let letters: Vec<char> = text.chars().collect();
    let pieces = letters
        .chunks(room)
        .map(|piece| piece.iter().collect::<String>());
    lines.extend(pieces.map(|piece| Line::styled(piece, theme.tone(Tone::Accent))));
    lines.push(Line::default());
    lines.push(Line::styled(
        "It is on the clipboard, and is not shown again.",
        theme.tone(Tone::Warn),
    ));
    let keys = if link.url().is_some() {
        "y copies again · w opens it in the browser · Esc closes"
    } else {
        "y copies again · Esc closes"
    };
    lines.push(Line::styled(keys, theme.tone(Tone::Dim)));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let title = if link.impersonates {
        format!(" Impersonation of {name} ")
    } else {
        format!(" Sign-in link of {name} ")
    };
    let block = frame_with(model, theme, title);
    let inner = window(frame, area, (COLUMNS, height), block);
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }), inner);
}

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

//! The list of the changes of this run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;

use super::Theme;
use super::line::fit;
use super::overlay::{below, choices, window};
use crate::app::{Model, Tone};

/// The columns of when, what, and the way back; whom has the rest.
const WHEN: usize = 12;
const WHAT: usize = 15;
const BACK: usize = 12;

/// Draws it, the newest change first.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let deeds: Vec<_> = model.ledger.newest_first().collect();
    let height = u16::try_from(deeds.len().max(1) + 2).unwrap_or(u16::MAX);
    let block = Block::bordered()
        .title(" Changed in this run ")
        .title_bottom(" U takes back · Esc closes ");
    let inner = window(frame, area, (76, height.min(area.height)), block);
    if deeds.is_empty() {
        let empty = Line::styled("Nothing was changed yet.", theme.tone(Tone::Dim));
        return frame.render_widget(empty, below(inner, 0));
    }
    let whom = usize::from(inner.width).saturating_sub(2 + WHEN + WHAT + BACK);
    choices(frame, inner, theme, deeds.len(), model.ledger.cursor, |n| {
        let [when, what, who, back] = deeds[n].cells(&model.ctx.clock);
        vec![
            Span::styled(fit(&when, WHEN), theme.tone(Tone::Dim)),
            Span::raw(fit(&what, WHAT)),
            Span::raw(fit(&who, whom)),
            Span::styled(fit(&back, BACK), theme.tone(Tone::Dim)),
        ]
    });
}

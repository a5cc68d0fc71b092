//! The list of the changes of this run.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Block;

use super::Theme;
use super::line::fit;
use super::overlay::{below, window};
use crate::app::{Model, Tone};

/// The columns of when, what, and the way back; whom has the rest.
const WHEN: usize = 12;
const WHAT: usize = 15;
const BACK: usize = 12;

/// Draws it, the newest change first.
pub fn draw(frame: &mut Frame, area: Rect, model: &Model, theme: &Theme) {
    let ledger = &model.ledger;
    let deeds = ledger.newest_first();
    let height = u16::try_from(deeds.len().max(1) + 2).unwrap_or(u16::MAX);
    let block = Block::bordered()
        .title(" Changed in this run ")
        .title_bottom(" U takes back · Esc closes ");
    let inner = window(frame, area, (76, height.min(area.height)), block);
    if deeds.len() == 0 {
        let empty = Line::styled("Nothing was changed yet.", theme.tone(Tone::Dim));
        return frame.render_widget(empty, below(inner, 0));
    }
    let rows = usize::from(inner.height);
    let whom = usize::from(inner.width).saturating_sub(2 + WHEN + WHAT + BACK);
    let top = (ledger.cursor + 1).saturating_sub(rows);
    for (n, deed) in deeds.enumerate().skip(top).take(rows) {
        let selected = n == ledger.cursor;
        let [when, what, who, back] = deed.cells(&model.ctx.clock);
        let line = Line::from(vec![
            Span::styled(if selected { "▌ " } else { "  " }, theme.tone(Tone::Accent)),
            Span::styled(fit(&when, WHEN), theme.tone(Tone::Dim)),
            Span::raw(fit(&what, WHAT)),
            Span::raw(fit(&who, whom)),
            Span::styled(fit(&back, BACK), theme.tone(Tone::Dim)),
        ]);
        let style = if selected {
            theme.selected()
        } else {
            theme.tone(Tone::Plain)
        };
        frame.render_widget(line.style(style), below(inner, n - top));
    }
}

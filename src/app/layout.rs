//! Where things are on the screen: for drawing, page sizes and the mouse.

use ratatui::layout::{Constraint, Layout, Rect};

use super::{Model, Screen};

/// The least size that everything fits into.
pub const LEAST: (u16, u16) = (40, 10);
/// From this width on there is room for the preview.
const PREVIEW_FROM: u16 = 100;
/// A preview says what it has to in so many columns; the rest is the list's.
const WIDEST_PREVIEW: u16 = 64;
/// From this width on a profile has two columns.
const TWO_COLUMNS_FROM: u16 = 120;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// Instance, views, count: one line.
    pub header: Rect,
    /// Search box and found count, or the first line of a profile: one line.
    pub bar: Rect,
    /// The titles of the columns: one line.
    pub columns: Rect,
    /// The rows of the list.
    pub rows: Rect,
    /// The preview beside the list.
    pub preview: Option<Rect>,
    /// The body of a profile: everything between bar and status.
    pub body: Rect,
    /// What the person is told: one line.
    pub status: Rect,
    /// The keys that work here: one line.
    pub hints: Rect,
}

/// The parts of the screen at its present size; `None` where it is too small.
pub fn areas(model: &Model) -> Option<Areas> {
    let (width, height) = model.ctx.size;
    if width < LEAST.0 || height < LEAST.1 {
        return None;
    }
    let line = Constraint::Length(1);
    let [header, bar, body, status, hints] =
        Layout::vertical([line, line, Constraint::Min(0), line, line])
            .areas(Rect::new(0, 0, width, height));
    let (list, preview) = if has_preview(model) {
        let preview = (width * 9 / 20).min(WIDEST_PREVIEW);
        let [list, preview] =
            Layout::horizontal([Constraint::Min(0), Constraint::Length(preview)]).areas(body);
        (list, Some(preview))
    } else {
        (body, None)
    };
    let [columns, rows] = Layout::vertical([line, Constraint::Min(0)]).areas(list);
    Some(Areas {
        header,
        bar,
        columns,
        rows,
        preview,
        body,
        status,
        hints,
    })
}

/// Rows of a list that fit on the screen.
pub fn page_rows(model: &Model) -> usize {
    areas(model).map_or(1, |areas| usize::from(areas.rows.height).max(1))
}

/// Whether a preview stands beside the list.
pub fn has_preview(model: &Model) -> bool {
    match model.screen() {
        Screen::Users(pane) => pane.preview && can_preview(model),
        _ => false,
    }
}

/// Whether there is room for a preview.
pub const fn can_preview(model: &Model) -> bool {
    model.ctx.size.0 >= PREVIEW_FROM
}

/// Whether a profile has two columns.
pub const fn has_two_columns(model: &Model) -> bool {
    model.ctx.size.0 >= TWO_COLUMNS_FROM
}

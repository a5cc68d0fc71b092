//! Where things are on the screen: for drawing, page sizes and the mouse.

use ratatui::layout::{Constraint, Layout, Rect};

use super::search::below;
use super::text::lines_of;
use super::{Model, Screen, words};

/// The least size that everything fits into.
pub const LEAST: (u16, u16) = (40, 10);
/// From this width on there is room for the preview.
const PREVIEW_FROM: u16 = 100;
/// From this width on a profile has two columns.
const TWO_COLUMNS_FROM: u16 = 120;
/// The widest that the preview gets: it has no longer lines.
const WIDEST_PREVIEW: u16 = 76;
/// The most lines that a sentence takes from the rows.
const MOST_LINES: u16 = 3;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Areas {
    /// Instance, views, count: one line.
    pub header: Rect,
    /// Search box and found count, or the first line of a profile, which may need more than one line.
    pub bar: Rect,
    /// What stands below the search box, such as a mistake in it; empty where nothing does.
    pub below_bar: Rect,
    /// The titles of the columns: one line.
    pub columns: Rect,
    /// The rows of the list.
    pub rows: Rect,
    /// The preview beside the list.
    pub preview: Option<Rect>,
    /// The body of a profile: everything between bar and status.
    pub body: Rect,
    /// Where a notice stands: in the place of the rows, or below them.
    pub notice: Option<Rect>,
    /// How many people are marked: one line, empty where nobody is.
    pub marks: Rect,
    /// What the person is told: one line, or as many as a toast takes.
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
    let notice = words::notice(model).map(|notice| notice.text());
    let under_rows = notice.as_ref().filter(|_| words::has_rows(model));
    let toast = model.ctx.toast.as_ref();
    let below_bar = u16::try_from(below::lines(model).len()).unwrap_or(0);
    let [
        header,
        bar,
        below_bar,
        body,
        notice_below,
        marks,
        status,
        hints,
    ] = Layout::vertical([
        line,
        Constraint::Length(lines_for(&words::bar(model).text(), width).max(1)),
        Constraint::Length(below_bar),
        Constraint::Min(0),
        Constraint::Length(under_rows.map_or(0, |text| lines_for(text, width))),
        Constraint::Length(u16::from(words::marked(model).is_some())),
        Constraint::Length(toast.map_or(1, |toast| lines_for(&toast.text, width).max(1))),
        line,
    ])
    .areas(Rect::new(0, 0, width, height));
    let (list, preview) = if has_preview(model) {
        let [list, preview] =
            Layout::horizontal([Constraint::Min(0), Constraint::Length(preview_width(width))])
                .areas(body);
        (list, Some(preview))
    } else {
        (body, None)
    };
    let [columns, rows] = Layout::vertical([line, Constraint::Min(0)]).areas(list);
    let notice = notice.as_ref().map(|_| match under_rows {
        Some(_) => notice_below,
        None => Rect {
            y: rows.y + 1.min(rows.height),
            height: rows.height.saturating_sub(1),
            ..rows
        },
    });
    Some(Areas {
        header,
        bar,
        below_bar,
        columns,
        rows,
        preview,
        body,
        notice,
        marks,
        status,
        hints,
    })
}

/// The lines that a sentence takes, with a column free at its left and right.
fn lines_for(text: &str, width: u16) -> u16 {
    let lines = lines_of(text, usize::from(width) - 2);
    u16::try_from(lines).unwrap_or(MOST_LINES).min(MOST_LINES)
}

fn preview_width(width: u16) -> u16 {
    (u32::from(width) * 45 / 100)
        .try_into()
        .unwrap_or(WIDEST_PREVIEW)
        .min(WIDEST_PREVIEW)
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

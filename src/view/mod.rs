//! Drawing: a frame for a model, and no decision that is not about looks.
//!
//! Nothing here changes the model, and nothing is remembered from frame to
//! frame: only the visible rows are built, each time anew.

mod bars;
mod cells;
mod line;
mod organizations;
mod overlay;
mod profile;
mod sessions;
mod table;
mod theme;
mod users;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::layout::{Areas, LEAST, areas};
use crate::app::{Model, Screen, words};

pub use theme::Theme;

/// Draws the whole screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) {
    let Some(areas) = areas(model).filter(|_| frame.area().as_size() == model.ctx.size.into())
    else {
        return too_small(model, frame);
    };
    bars::header(frame, areas.header, model, theme);
    bars::bar(frame, areas.bar, model, theme);
    body(frame, &areas, model, theme);
    bars::status(frame, areas.status, model, theme);
    bars::hints(frame, areas.hints, model, theme);
    overlay::draw(frame, areas.body, model, theme);
    cells::part(frame.buffer_mut());
}

fn too_small(model: &Model, frame: &mut Frame) {
    let (width, height) = model.ctx.size;
    if width >= LEAST.0 && height >= LEAST.1 {
        // The terminal has another size than the model knows: the news is on its way.
        return;
    }
    let text = format!(
        "Please make the window {}×{} or larger. It is {width}×{height}.",
        LEAST.0, LEAST.1
    );
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), frame.area());
}

fn body(frame: &mut Frame, areas: &Areas, model: &Model, theme: &Theme) {
    let width = areas.rows.width;
    let height = match model.screen() {
        Screen::Users(pane) => {
            let columns = users::columns(model, width);
            let search = pane.search.text();
            table::draw(frame, areas, theme, &columns, &pane.list, |row| {
                users::row(model, theme, &columns, row, search)
            });
            pane.list.rows().len()
        }
        Screen::Sessions(pane) => {
            let columns = sessions::columns(width, pane.all_states);
            table::draw(frame, areas, theme, &columns, &pane.list, |row| {
                sessions::row(model, theme, &columns, row)
            });
            pane.list.rows().len()
        }
        Screen::Organizations(pane) => {
            let columns = organizations::columns(width);
            let search = pane.search.text();
            table::draw(frame, areas, theme, &columns, &pane.list, |row| {
                organizations::row(model, theme, &columns, row, search)
            });
            pane.list.rows().len()
        }
        Screen::Members(pane) => {
            let columns = organizations::member_columns(width);
            table::draw(frame, areas, theme, &columns, &pane.list, |row| {
                organizations::member_row(model, theme, &columns, row)
            });
            pane.list.rows().len()
        }
        Screen::Profile(pane) => {
            profile::draw(frame, areas.body, model, theme, pane);
            usize::MAX
        }
    };
    if let Some(area) = areas.preview {
        profile::preview(frame, area, model, theme);
    }
    notice(frame, areas, model, theme, height);
}

/// That it asks, that there is nothing, or what went wrong: in the place of the
/// rows, or below them where there are some.
fn notice(frame: &mut Frame, areas: &Areas, model: &Model, theme: &Theme, rows: usize) {
    let Some(notice) = words::notice(model) else {
        return;
    };
    let lines = Paragraph::new(line::styled(&notice, theme)).wrap(Wrap { trim: true });
    let area = if matches!(model.screen(), Screen::Profile(_)) {
        areas.body
    } else {
        areas.rows
    };
    let needed = 3.min(area.height);
    let below = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(1);
    let y = area.y + below.min(area.height - needed);
    let place = Rect {
        x: area.x + 3,
        y: if rows == 0 {
            area.y + 1.min(area.height - 1)
        } else {
            y
        },
        width: area.width.saturating_sub(4),
        height: needed,
    };
    frame.render_widget(ratatui::widgets::Clear, place);
    frame.render_widget(lines, place);
}

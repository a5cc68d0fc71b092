//! Drawing: a frame for a model, and no decision that is not about looks.
//!
//! Nothing here changes the model, and nothing is remembered from frame to
//! frame: only the visible rows are built, each time anew.

mod bars;
mod cells;
mod editor;
mod filter_form;
mod invitations;
mod ledger;
mod line;
mod link;
mod members;
mod menu;
mod newcomer;
mod organizations;
mod overlay;
mod profile;
mod sessions;
mod sheet;
mod table;
mod theme;
mod users;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::dialog::Step;
use crate::app::layout::{Areas, LEAST, areas};
use crate::app::marks::{self, Mark};
use crate::app::{Layer, Model, Screen, words};

pub use theme::Theme;

/// Draws the whole screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) {
    let Some(areas) = areas(model).filter(|_| frame.area().as_size() == model.ctx.size.into())
    else {
        return too_small(model, frame);
    };
    bars::header(frame, areas.header, model, theme);
    bars::bar(frame, areas.bar, model, theme);
    bars::below_box(frame, areas.below_bar, model, theme);
    body(frame, &areas, model, theme);
    bars::marks(frame, areas.marks, model, theme);
    bars::status(frame, areas.status, model, theme);
    bars::hints(frame, areas.hints, model, theme);
    overlay::draw(frame, overlay_area(&areas, model), model, theme);
    cells::part(frame.buffer_mut());
}

/// Where a layer may stand: on the body; the form, which says itself what is
/// searched for, the menu and the editor, which say whom they are about, on all
/// but the first line and the last.
fn overlay_area(areas: &Areas, model: &Model) -> Rect {
    let large = match &model.layer {
        Layer::Filter(_) | Layer::Menu(_) => true,
        Layer::Dialog(dialog) => matches!(dialog.step, Step::Editor(_)),
        _ => false,
    };
    if !large {
        return areas.body;
    }
    Rect {
        y: areas.bar.y,
        height: areas.hints.y - areas.bar.y,
        ..areas.header
    }
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
    let sign = |at| line::mark(marks::at(model, at));
    let no_sign = |_| line::mark(Mark::None);
    match model.screen() {
        Screen::Users(pane) => {
            let columns = users::columns(model, width);
            let words = line::Words::of(&pane.search);
            table::draw(frame, areas, theme, &columns, &pane.list, sign, |at| {
                users::line(model, theme, &columns, pane, at, &words)
            });
        }
        Screen::Sessions(pane) => {
            let columns = sessions::columns(width, pane);
            table::draw(frame, areas, theme, &columns, &pane.list, no_sign, |at| {
                Some(sessions::row(model, theme, &columns, pane.list.line(at)?))
            });
        }
        Screen::Organizations(pane) => {
            let columns = organizations::columns(width);
            let words = line::Words::of(&pane.search);
            table::draw(frame, areas, theme, &columns, &pane.list, no_sign, |at| {
                Some(organizations::row(
                    model,
                    theme,
                    &columns,
                    pane.list.line(at)?,
                    &words,
                ))
            });
        }
        Screen::Members(pane) => {
            let columns = members::columns(width);
            let rows = pane.list.rows();
            table::draw(frame, areas, theme, &columns, &pane.list, sign, |at| {
                Some(members::row(model, theme, &columns, rows.get(at)?))
            });
        }
        Screen::Invitations(pane) => {
            let columns = invitations::columns(width);
            table::draw(frame, areas, theme, &columns, &pane.list, no_sign, |at| {
                Some(invitations::row(
                    model,
                    theme,
                    &columns,
                    pane.list.line(at)?,
                ))
            });
        }
        Screen::Profile(pane) => {
            profile::draw(frame, areas.body, model, theme, pane);
        }
    }
    if let Some(area) = areas.preview {
        profile::preview(frame, area, model, theme);
    }
    notice(frame, areas, model, theme);
}

/// That it asks, that there is nothing, or what went wrong.
fn notice(frame: &mut Frame, areas: &Areas, model: &Model, theme: &Theme) {
    let (Some(notice), Some(area)) = (words::notice(model), areas.notice) else {
        return;
    };
    // In the place of the rows it stands where they would.
    let indent = if words::has_rows(model) { 1 } else { 3 };
    let place = Rect {
        x: area.x + indent,
        width: area.width.saturating_sub(indent + 1),
        ..area
    };
    let lines = Paragraph::new(line::styled(&notice, theme)).wrap(Wrap { trim: true });
    frame.render_widget(lines, place);
}

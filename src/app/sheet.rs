//! What a window of questions shows, broken into lines and measured before it
//! is drawn: nobody can consent to what was cut.

use ratatui::layout::Rect;
use tui_input::Input;

use super::document::{Line, broken};
use super::text::{shown_from, width};
use super::{Layer, Model, Tone, layout, words};

/// The columns of the frame and the blanks beside its text.
const AROUND: usize = 4;

/// What is to be shown, however small the screen is.
#[derive(Debug)]
pub(super) struct Content {
    /// What stands in the upper edge of the frame, where it fits.
    pub title: String,
    /// The columns of the text.
    pub columns: usize,
    /// What is said, down to the boxes.
    pub lines: Vec<Line>,
    /// The line and the column of the terminal's cursor.
    pub cursor: Option<(usize, usize)>,
    /// The line that stays in view where there is no room for all.
    pub in_view: usize,
    /// The keys that work.
    pub prompt: Line,
    /// A word about the last key, in their place.
    pub note: Option<String>,
    /// Whether it asks for consent: then all of it has to be seen.
    pub asks: bool,
}

impl Content {
    /// Nothing yet, of at most so many columns on a screen of this width.
    pub fn new(title: String, columns: usize, screen: u16) -> Self {
        Self {
            title,
            columns: columns.min(usize::from(screen).saturating_sub(AROUND)),
            lines: Vec::new(),
            cursor: None,
            in_view: 0,
            prompt: Line::default(),
            note: None,
            asks: false,
        }
    }

    /// A box behind its label; where it has the keys, the cursor is in it.
    pub fn push_box(&mut self, label: Line, input: &Input, focused: bool) {
        let before = width(&label.text());
        let room = self.columns.saturating_sub(before + 1);
        let scroll = input.visual_scroll(room);
        if focused {
            let column = before + input.visual_cursor().saturating_sub(scroll);
            self.cursor = Some((self.lines.len(), column));
        }
        let text = shown_from(input.value(), scroll, room);
        self.lines.push(label.and(Tone::Plain, text));
    }

    /// Shows that the next character takes the place of what the last box holds.
    pub fn select(&mut self) {
        if let Some(text) = self.lines.last_mut().and_then(|line| line.spans.last_mut()) {
            text.tone = Tone::Selected;
        }
    }
}

impl Content {
    /// The keys, or the word about the last one in at least as many lines: it
    /// makes no room for what was cut.
    fn said_at_the_bottom(&self) -> Vec<Line> {
        let keys = broken(&self.prompt, self.columns);
        let Some(note) = &self.note else { return keys };
        let mut note = broken(&Line::new(Tone::Warn, note), self.columns);
        note.resize(note.len().max(keys.len()), Line::default());
        note
    }
}

/// A window with its place on the screen, and the lines that fit into it.
#[derive(Debug)]
pub struct Sheet {
    /// Where it stands, with its frame.
    pub place: Rect,
    /// What stands in the upper edge of the frame.
    pub title: String,
    /// The instance, in the lower edge.
    pub instance: String,
    /// The lines in view.
    pub lines: Vec<Line>,
    /// The line in view, and the column, of the terminal's cursor.
    pub cursor: Option<(usize, usize)>,
    /// The lines at the bottom, which are always there.
    pub prompt: Vec<Line>,
    /// Whether nothing is cut that somebody has to see before they consent.
    pub is_whole: bool,
}

/// The window of questions that lies over the view, if one does.
pub fn sheet(model: &Model) -> Option<Sheet> {
    let areas = layout::areas(model)?;
    let (columns, rows) = model.ctx.size;
    let screen = Rect::new(0, 0, columns, rows);
    let content = content(model, columns)?;
    Some(Sheet::new(model, content, screen, areas.body))
}

/// Whether everything is on the screen that the question over the view, if
/// there is one, says.
pub(super) fn is_whole(model: &Model) -> bool {
    layout::areas(model).is_some() && sheet(model).is_none_or(|sheet| sheet.is_whole)
}

fn content(model: &Model, columns: u16) -> Option<Content> {
    match &model.layer {
        Layer::Dialog(dialog) => dialog.content(&model.ctx, columns),
        Layer::Newcomer(newcomer) => newcomer.content(&model.ctx, columns),
        Layer::Link(link) => Some(link.content(&model.ctx, columns)),
        _ => super::batch::content(model, columns),
    }
}

impl Sheet {
    /// It stands on `body`, where there is room; else on the whole screen.
    fn new(model: &Model, content: Content, screen: Rect, body: Rect) -> Self {
        let columns = content.columns;
        // A blank stands at both ends of a text in the frame.
        let fits = |text: &str| width(text) <= columns;
        let prompt = content.said_at_the_bottom();
        let mut sheet = Self {
            place: screen,
            title: content.title,
            instance: words::instance(model),
            lines: Vec::new(),
            cursor: None,
            prompt,
            is_whole: true,
        };
        // What the frame has no room for stands in it.
        for text in [&mut sheet.title, &mut sheet.instance] {
            if !fits(text) {
                let line = Line::new(Tone::Strong, std::mem::take(text));
                sheet.lines.extend(broken(&line, columns));
            }
        }
        let mut in_view = 0;
        for (n, line) in content.lines.iter().enumerate() {
            if let Some((_, column)) = content.cursor.filter(|(row, _)| *row == n) {
                sheet.cursor = Some((sheet.lines.len(), column));
            }
            sheet.lines.extend(broken(line, columns));
            if n == content.in_view {
                in_view = sheet.lines.len();
            }
        }
        let wanted = sheet.lines.len() + sheet.prompt.len() + 2;
        let area = if wanted <= usize::from(body.height) {
            body
        } else {
            screen
        };
        let height = usize::from(area.height).min(wanted);
        sheet.place = in_the_middle(area, columns + AROUND, height);
        if wanted > height {
            sheet.cut(content.asks, in_view, (screen.width, wanted));
        }
        sheet
    }

    /// Takes away what there is no room for, and says so where it is asked for
    /// consent: that cannot be given then.
    fn cut(&mut self, asks: bool, in_view: usize, (width, wanted): (u16, usize)) {
        let room = usize::from(self.place.height).saturating_sub(2);
        let columns = usize::from(self.place.width).saturating_sub(AROUND);
        let mut top = 0;
        if asks {
            self.is_whole = false;
            let text = format!(
                "Make the window {width}×{wanted} or larger to see all of this first, or press Esc."
            );
            self.prompt = broken(&Line::new(Tone::Warn, text), columns);
        }
        self.prompt.truncate(room.saturating_sub(1).max(1));
        let room = room.saturating_sub(self.prompt.len());
        if !asks {
            top = in_view.saturating_sub(room);
        }
        self.lines.drain(..top);
        self.lines.truncate(room);
        let cursor = self
            .cursor
            .filter(|(row, _)| (top..top + room).contains(row));
        self.cursor = cursor.map(|(row, column)| (row - top, column));
    }
}

/// So many columns and rows in the middle of an area.
fn in_the_middle(area: Rect, columns: usize, rows: usize) -> Rect {
    let extent = |n: usize, most: u16| u16::try_from(n).unwrap_or(most).min(most);
    let (width, height) = (extent(columns, area.width), extent(rows, area.height));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

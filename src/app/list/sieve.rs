//! A list of which some rows are not shown.

use super::{AnyList, Keyed, List, Row};

/// The row numbers of the rows shown, one for each line.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown(Option<Vec<usize>>);

impl Shown {
    /// How many lines there are for so many rows.
    pub fn len(&self, rows: usize) -> usize {
        self.0.as_ref().map_or(rows, Vec::len)
    }

    /// The row on a line.
    pub fn row(&self, line: usize) -> Option<usize> {
        match &self.0 {
            Some(shown) => shown.get(line).copied(),
            None => Some(line),
        }
    }

    /// The line of a row; of one that is not shown, that of the next.
    pub fn line(&self, row: usize) -> usize {
        match &self.0 {
            Some(shown) => {
                let line = shown.partition_point(|shown| *shown < row);
                line.min(shown.len().saturating_sub(1))
            }
            None => row,
        }
    }

    /// All rows are gone.
    pub fn clear(&mut self) {
        if let Some(shown) = &mut self.0 {
            shown.clear();
        }
    }

    /// A row was put in; it is not shown yet.
    pub fn inserted(&mut self, row: usize) {
        for shown in self.0.iter_mut().flatten() {
            *shown += usize::from(*shown >= row);
        }
    }

    /// A row was taken out.
    pub fn removed(&mut self, row: usize) {
        let Some(shown) = &mut self.0 else { return };
        shown.retain(|shown| *shown != row);
        for shown in shown {
            *shown -= usize::from(*shown > row);
        }
    }
}

impl<T: Keyed> List<T> {
    /// Shows only the rows that pass, of those understood; with `None` all of
    /// them. Rows that come later are shown when this is called again. The
    /// cursor stays on its row, or goes to the next one that is shown.
    pub fn sift(&mut self, passes: Option<impl Fn(&T) -> bool>) {
        let before = self.cursor();
        self.shown = Shown(passes.map(|passes| {
            let rows = self.rows.iter().enumerate();
            let passing = rows.filter(|(_, row)| row.read().is_some_and(&passes));
            passing.map(|(at, _)| at).collect()
        }));
        self.set_line(self.cursor());
        // The row stays where it was on the screen.
        let above = before.saturating_sub(self.window.top);
        self.window.top = self.cursor().saturating_sub(above);
    }

    /// Whether some rows may not be shown.
    pub const fn is_sifted(&self) -> bool {
        self.shown.0.is_some()
    }

    /// The row on a line.
    pub fn line(&self, line: usize) -> Option<&Row<T>> {
        self.rows.get(self.shown.row(line)?)
    }

    /// Moves the cursor to a line, as far as there are lines.
    pub(super) fn set_line(&mut self, line: usize) {
        let line = line.min(self.len().saturating_sub(1));
        if let Some(row) = self.shown.row(line) {
            self.set_cursor(row);
        }
    }

    /// Moves the cursor to the row with this key. Where that is not shown yet,
    /// the next sifting may show it.
    pub fn go_to(&mut self, key: &str) {
        if let Some(&row) = self.index.get(key) {
            self.set_cursor(row);
        }
    }
}

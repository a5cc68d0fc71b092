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
        self.version += 1;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Timestamp;

    #[derive(Clone, Debug, PartialEq)]
    struct Named(String);

    impl Keyed for Named {
        fn key(&self) -> &str {
            &self.0
        }
    }

    /// Something that happens to a list.
    #[derive(Clone, Debug)]
    enum Happening {
        Insert(u8),
        Remove(u8),
        Move(isize),
        Sift(Option<u8>),
    }

    fn happening() -> impl Strategy<Value = Happening> {
        prop_oneof![
            (0..40_u8).prop_map(Happening::Insert),
            (0..40_u8).prop_map(Happening::Remove),
            (-5..5_isize).prop_map(Happening::Move),
            prop::option::of(1..4_u8).prop_map(Happening::Sift),
        ]
    }

    proptest! {
        #[test]
        fn the_cursor_stays_on_its_row_while_that_is_shown(
            happenings in prop::collection::vec(happening(), 0..40),
        ) {
            let mut list: List<Named> = List::default();
            list.restart(Timestamp::from_millis(0));
            let mut by = None;
            let passes = |by: Option<u8>, row: &Named| {
                by.is_none_or(|by| row.0.parse::<u8>().unwrap().is_multiple_of(by))
            };
            for happening in happenings {
                let held = list.selected().cloned();
                let follows_top = list.window.cursor == 0;
                let mut moved = false;
                match happening {
                    Happening::Insert(n) => {
                        list.insert_sorted(Named(format!("{n:02}")), |a, b| a.0 < b.0);
                    }
                    Happening::Remove(n) => {
                        list.remove(&format!("{n:02}"));
                    }
                    Happening::Move(by) => {
                        list.move_by(by);
                        moved = true;
                    }
                    Happening::Sift(new) => by = new,
                }
                list.sift(by.map(|_| |row: &Named| passes(by, row)));
                let shown: Vec<&Named> = (0..list.len())
                    .map(|line| list.line(line).and_then(Row::read).unwrap())
                    .collect();
                let all = list.rows().iter().filter_map(Row::read);
                let expected: Vec<&Named> = all.filter(|row| passes(by, row)).collect();
                prop_assert_eq!(&shown, &expected);
                prop_assert_eq!(list.selected(), shown.get(list.cursor()).copied());
                prop_assert!(shown.is_empty() || list.cursor() < shown.len());
                if let Some(held) = held.filter(|held| shown.contains(&held)) {
                    prop_assert!(moved || follows_top || list.selected() == Some(&held));
                }
                list.scroll_to_cursor(3);
                prop_assert!(list.top() <= list.cursor() && list.cursor() < list.top() + 3);
            }
        }
    }
}

//! The form that writes a search: a row for each word of the language.

use tui_input::{Input, InputRequest};

use super::input_line::{self, LONGEST};
use super::text::cut;
use crate::domain::Untrusted;
use crate::domain::search::{
    FIELDS, FLAGS, Field, FieldHelp, FlagHelp, Piece, Query, Scope, closed, pieces, written_as,
};

/// The form of a view.
#[derive(Clone, Debug)]
pub struct FilterForm {
    scope: Scope,
    rows: Vec<Row>,
    focus: usize,
}

/// A row of the form.
#[derive(Clone, Debug)]
pub struct Row {
    kind: Kind,
    /// What was entered.
    pub entry: Entry,
}

/// What a row asks for.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// Free text.
    Text,
    Field(&'static FieldHelp),
    Flag(&'static FlagHelp),
    /// What no other row shows.
    Other,
}

/// What a row holds.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A text box.
    Typed(Input),
    /// Whether a state shall hold; `None`: it does not matter.
    Chosen(Option<bool>),
}

impl Row {
    fn new(kind: Kind) -> Self {
        let entry = match kind {
            Kind::Flag(_) => Entry::Chosen(None),
            _ => Entry::Typed(Input::default()),
        };
        Self { kind, entry }
    }

    /// What stands before it.
    pub fn label(&self) -> String {
        match self.kind {
            Kind::Text => "text".to_owned(),
            Kind::Field(row) => row.word.to_owned(),
            Kind::Flag(row) => format!("{} {}", row.field.help().word, row.word),
            Kind::Other => "other words".to_owned(),
        }
    }

    /// What it asks for, in one line.
    fn about(&self, scope: Scope) -> String {
        match self.kind {
            Kind::Text => "anything that is found by text".to_owned(),
            Kind::Field(row) => {
                let examples = row
                    .field
                    .examples_in(scope)
                    .iter()
                    .filter_map(|e| e.split_once(':'));
                let examples: Vec<&str> = examples.map(|(_, value)| value).take(5).collect();
                format!("{}: {}", row.about, examples.join("  "))
            }
            Kind::Flag(row) => row.about.to_owned(),
            Kind::Other => "what no row above shows, such as a word with a - before it".to_owned(),
        }
    }

    /// The words that it writes; empty for none.
    fn text(&self) -> String {
        match (&self.entry, self.kind) {
            (Entry::Chosen(Some(holds)), Kind::Flag(row)) => {
                let minus = if *holds { "" } else { "-" };
                format!("{minus}{}:{}", row.field.help().word, row.word)
            }
            (Entry::Typed(input), Kind::Field(row)) => {
                written_as(row.field, input.value()).unwrap_or_default()
            }
            (Entry::Typed(input), _) => closed(input.value()),
            (Entry::Chosen(_), _) => String::new(),
        }
    }

    /// Takes a word in, if it has room for it.
    fn take(&mut self, piece: &Piece) -> bool {
        match (&mut self.entry, self.kind, piece) {
            (Entry::Typed(input), Kind::Text, Piece::Text(text))
            | (Entry::Typed(input), Kind::Other, Piece::Other(text)) => {
                add_to(input, text);
                true
            }
            (Entry::Typed(input), Kind::Field(row), Piece::Field(field, value))
                if row.field == *field && input.value().is_empty() =>
            {
                *input = Input::new(value.clone());
                true
            }
            (Entry::Chosen(chosen @ None), Kind::Flag(row), Piece::Flag(flag, holds))
                if row.flag == flag.flag =>
            {
                *chosen = Some(*holds);
                true
            }
            _ => false,
        }
    }
}

/// One more word behind those that are there.
fn add_to(input: &mut Input, word: &str) {
    let blank = if input.value().is_empty() { "" } else { " " };
    *input = Input::new(format!("{}{blank}{word}", input.value()));
}

impl FilterForm {
    /// The form of a view, filled with what a search says.
    pub fn new(scope: Scope, search: &str) -> Self {
        let fields = FIELDS.iter().filter(|row| {
            row.field.works_in(scope) && !matches!(row.field, Field::Is | Field::Has)
        });
        let flags = FLAGS.iter().filter(|row| row.scope == scope);
        let kinds = std::iter::once(Kind::Text)
            .chain(fields.map(Kind::Field))
            .chain(flags.map(Kind::Flag))
            .chain(std::iter::once(Kind::Other));
        let mut form = Self {
            scope,
            rows: kinds.map(Row::new).collect(),
            focus: 0,
        };
        for piece in pieces(search, scope) {
            form.take(piece);
        }
        form
    }

    fn take(&mut self, piece: Piece) {
        if self.rows.iter_mut().any(|row| row.take(&piece)) {
            return;
        }
        // A word said twice: as it would be written.
        let text = match piece {
            Piece::Text(text) | Piece::Other(text) => text,
            Piece::Field(field, value) => written_as(field, &value).unwrap_or_default(),
            Piece::Flag(row, holds) => Row {
                kind: Kind::Flag(row),
                entry: Entry::Chosen(Some(holds)),
            }
            .text(),
        };
        if let Some(last) = self.rows.last_mut() {
            last.take(&Piece::Other(text));
        }
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row that has the keys.
    pub const fn focus(&self) -> usize {
        self.focus
    }

    /// What the row that has the keys asks for, in one line.
    pub fn about(&self) -> String {
        self.rows[self.focus].about(self.scope)
    }

    /// The text that it writes.
    pub fn text(&self) -> String {
        let texts = self.rows.iter().map(Row::text);
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        texts.join(" ")
    }

    /// What is wrong, and in which row.
    pub fn mistake(&self) -> Option<(usize, String)> {
        let text = self.text();
        if text.len() > LONGEST {
            return Some((
                self.focus,
                "This is longer than the search box takes.".to_owned(),
            ));
        }
        let mistake = Query::parse(&text, self.scope).err()?;
        let mut end = 0;
        let row = self.rows.iter().position(|row| {
            let written = row.text();
            end += written.len() + usize::from(!written.is_empty());
            mistake.at.start < end
        });
        Some((row.unwrap_or(self.focus), mistake.help))
    }

    /// The text as it is shown, cut.
    pub fn preview(&self, columns: usize) -> String {
        let text = Untrusted::new(self.text());
        cut(&text.shown(), columns)
    }

    /// Moves by so many rows, around.
    pub fn move_by(&mut self, by: isize) {
        let count = isize::try_from(self.rows.len()).unwrap_or(isize::MAX);
        let next = isize::try_from(self.focus).unwrap_or(0) + by;
        self.focus = usize::try_from(next.rem_euclid(count)).unwrap_or(0);
    }

    /// Goes to a row.
    pub fn go_to(&mut self, row: usize) {
        self.focus = row.min(self.rows.len() - 1);
    }

    /// Chooses the next or previous of any, yes and no; says whether the row has these.
    pub fn choose(&mut self, forward: bool) -> bool {
        let Entry::Chosen(chosen) = &mut self.rows[self.focus].entry else {
            return false;
        };
        *chosen = match (*chosen, forward) {
            (None, true) | (Some(false), false) => Some(true),
            (Some(true), true) | (None, false) => Some(false),
            (Some(false), true) | (Some(true), false) => None,
        };
        true
    }

    /// Lets the row's box handle a key.
    pub fn edit(&mut self, request: InputRequest) {
        if let Entry::Typed(input) = &mut self.rows[self.focus].entry {
            input_line::edit(input, request);
        }
    }

    /// Puts pasted text into the row's box.
    pub fn paste(&mut self, text: &str) {
        if let Entry::Typed(input) = &mut self.rows[self.focus].entry {
            input_line::paste(input, text);
        }
    }
}

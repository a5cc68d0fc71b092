//! The searchable text of everybody, in one string: about a hundred bytes a person.

use super::base::LARGE;
use super::maker::Maker;
use super::person::{Identifier, Person};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What parts the fields of a row, and the values of one field.
const FIELD: char = '\u{1f}';
const VALUE: char = '\u{1e}';

/// A row's fields, in the order in which they stand.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Name,
    Emails,
    Phones,
    Username,
    Wallets,
    Id,
    External,
}

/// One person's text; all but the ids in lower case.
#[derive(Clone, Copy)]
pub(super) struct Row<'a>(pub &'a str);

impl<'a> Row<'a> {
    pub fn field(self, field: Field) -> &'a str {
        self.0.split(FIELD).nth(field as usize).unwrap_or_default()
    }

    /// The values of one field; none if it is empty.
    pub fn values(self, field: Field) -> impl Iterator<Item = &'a str> {
        self.field(field).split(VALUE).filter(|v| !v.is_empty())
    }
}

pub(super) fn write(person: &Person, out: &mut String) {
    let put = |out: &mut String, text: &str, lower: bool| {
        for letter in text.chars().filter(|c| !matches!(*c, FIELD | VALUE)) {
            if !lower || letter.is_ascii_digit() {
                out.push(letter);
            } else {
                out.extend(letter.to_lowercase());
            }
        }
    };
    let many = |out: &mut String, all: &[Identifier]| {
        for (n, one) in all.iter().enumerate() {
            if n > 0 {
                out.push(VALUE);
            }
            put(out, &one.value, true);
        }
        out.push(FIELD);
    };
    put(out, person.first_name.as_deref().unwrap_or_default(), true);
    if person.first_name.is_some() && person.last_name.is_some() {
        out.push(' ');
    }
    put(out, person.last_name.as_deref().unwrap_or_default(), true);
    out.push(FIELD);
    many(out, &person.emails);
    many(out, &person.phones);
    put(out, person.username.as_deref().unwrap_or_default(), true);
    out.push(FIELD);
    many(out, &person.wallets);
    out.push_str(&person.id);
    out.push(FIELD);
    put(
        out,
        person.external_id.as_deref().unwrap_or_default(),
        false,
    );
}

/// How many people one piece of the arena holds.
const PIECE: u32 = 1 << 14;

/// Everybody the seed made; those changed since are kept elsewhere. It is made
/// piece by piece: whoever needs a piece that is not there yet makes it.
pub(super) struct Arena {
    maker: Arc<Maker>,
    pieces: Vec<OnceLock<Piece>>,
}

/// The rows of some people, and where each ends.
struct Piece(String, Vec<u32>);

impl Arena {
    /// Makes nothing yet.
    pub fn new(maker: Arc<Maker>) -> Self {
        let pieces = maker.users.div_ceil(PIECE) as usize;
        Self {
            maker,
            pieces: std::iter::repeat_with(OnceLock::new).take(pieces).collect(),
        }
    }

    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    pub fn make(&self, piece: usize) {
        self.piece(piece);
    }

    /// Makes what is missing, front to back: who makes the same pieces back to
    /// front meanwhile halves the time.
    pub fn complete(&self) {
        (0..self.pieces.len()).for_each(|piece| self.make(piece));
    }

    fn piece(&self, piece: usize) -> &Piece {
        self.pieces[piece].get_or_init(|| {
            let from = piece as u32 * PIECE;
            let range = from..self.maker.users.min(from + PIECE);
            let mut text = String::with_capacity(range.len() * 120);
            let mut ends = Vec::with_capacity(range.len());
            for index in range {
                write(&self.maker.person(index), &mut text);
                ends.push(text.len() as u32);
            }
            text.shrink_to_fit();
            Piece(text, ends)
        })
    }

    pub fn row(&self, index: u32) -> Row<'_> {
        let Piece(text, ends) = self.piece((index / PIECE) as usize);
        let at = (index % PIECE) as usize;
        let from = if at == 0 { 0 } else { ends[at - 1] };
        Row(&text[from as usize..ends[at] as usize])
    }
}

/// Does something for ranges of people, on all cores where there are many.
/// All ranges but the last are of one length.
pub(super) fn in_chunks<T: Send>(users: u32, work: impl Fn(Range<u32>) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as u32;
    if users < LARGE || cores < 2 {
        return vec![work(0..users)];
    }
    let each = users.div_ceil(cores);
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..users)
            .step_by(each as usize)
            .map(|from| scope.spawn(move || work(from..users.min(from + each))))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}

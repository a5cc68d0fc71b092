//! What a loaded user takes in memory.
//!
//! `cargo bench --bench held [-- PEOPLE]` counts the bytes allocated for a book
//! and a list of so many people, beside the sum of their useful bytes: their
//! texts and sixteen bytes of facts and days.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_precision_loss)]

mod common;

use clerk_tui::app::{Book, Roll, Who};
use clerk_tui::domain::{Field, Timestamp};
use common::{number, people as made_up};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

fn main() {
    let all = number(1_000_000);
    let before = ALLOCATED.current_usage();
    let mut book = Book::default();
    let mut people: Vec<Who> = Vec::new();
    for page in made_up::People::new(all, 500) {
        people.extend(book.learn_page(&page).into_iter().flatten());
    }
    let in_book = ALLOCATED.current_usage() - before - people.capacity() * size_of::<Who>();
    let mut roll = Roll::default();
    roll.fill(people, &[], Timestamp::from_millis(0));
    let held = ALLOCATED.current_usage() - before;
    let rows = book.rows();
    let mut texts = 0;
    for leaf in 0..rows.leaves() {
        let page = rows.page(leaf);
        let rows = (0..page.len()).flat_map(|row| Field::ALL.map(|field| page.field(row, field)));
        texts += rows.map(str::len).sum::<usize>();
    }
    let each = |bytes: usize| bytes as f64 / f64::from(all);
    let useful = each(texts) + 16.0;
    println!("{all} people, bytes for each");
    println!("{:<40} {useful:>8.1}", "useful: texts, facts, days");
    for (name, bytes) in [("in the book", in_book), ("with the list", held)] {
        let bytes = each(bytes);
        println!("{name:<40} {bytes:>8.1}   {:.2}", bytes / useful);
    }
    assert_eq!(roll.len(), book.len());
}

//! The search box: mistakes, completion, the form.

use crate::desk::{LARGE, SMALL, open};

#[test]
fn a_mistake_in_a_search() {
    for (size, columns) in [(SMALL, 80), (LARGE, 160)] {
        let mut desk = open(size);
        desk.keys("/alice creatd:>30d").rest();
        desk.looks(&format!("search_mistake_{columns}"));
    }
    let mut desk = open((40, 10));
    desk.keys("/created:soon").rest();
    desk.looks("search_mistake_40");
}

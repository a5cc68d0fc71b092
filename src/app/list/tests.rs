//! Pages put together.

use super::*;

struct Named(&'static str);

impl Keyed for Named {
    fn key(&self) -> &str {
        self.0
    }
}

fn page(names: [&'static str; 2]) -> Page<Named> {
    Page {
        rows: names.map(|name| Row::Read(Named(name))).into(),
        total: Some(9),
        read_at: Timestamp::from_millis(0),
    }
}

#[test]
fn what_comes_twice_is_listed_once_and_a_page_without_news_is_the_last() {
    let mut list = List::default();
    let first = Reading {
        limit: 2,
        replaces: true,
        keep: false,
    };
    let next = Reading {
        replaces: false,
        ..first
    };
    list.take_page(page(["a", "b"]), first);
    list.take_page(page(["b", "c"]), next);
    let names = |list: &List<Named>| -> Vec<_> {
        let rows = list.rows().iter();
        rows.map(|row| row.read().unwrap().0).collect()
    };
    assert_eq!(names(&list), ["a", "b", "c"]);
    assert!(!list.is_complete());
    list.take_page(page(["c", "b"]), next);
    assert_eq!(names(&list), ["a", "b", "c"]);
    assert!(list.is_complete(), "whatever the total says");
}

//! The search box: mistakes, completion, the form.

use crossterm::event::KeyCode;

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

#[test]
fn what_tab_offers() {
    let mut desk = open(SMALL);
    desk.keys("/is:").press(KeyCode::Tab);
    desk.looks("search_candidates_80");
    desk.press(KeyCode::Tab).press(KeyCode::Tab);
    desk.looks("search_candidate_80");
    let mut desk = open((40, 10));
    desk.keys("/").press(KeyCode::Tab).press(KeyCode::BackTab);
    desk.looks("search_candidate_40");
}

#[test]
fn the_filter_form() {
    for (size, columns) in [(SMALL, "80"), (LARGE, "160"), ((40, 10), "40")] {
        let mut desk = open(size);
        desk.search("ali email:alice@ is:banned -id:user_2abc1234567")
            .keys("f");
        desk.looks(&format!("filter_form_{columns}"));
        desk.press(KeyCode::Down).press(KeyCode::Down);
        desk.keys("call me");
        desk.looks(&format!("filter_form_mistake_{columns}"));
    }
    let mut desk = open(SMALL);
    desk.keys("2f");
    desk.press(KeyCode::Up).press(KeyCode::Up).keys(" ");
    desk.looks("filter_form_sessions_80");
}

#[test]
fn a_local_filter_says_among_how_many() {
    for (size, columns) in [(SMALL, "80"), (LARGE, "160")] {
        let mut desk = open(size);
        desk.search("is:locked -is:mfa").rest();
        desk.shows("Filtered among")
            .looks(&format!("local_filter_{columns}"));
    }
}

#[test]
fn nobody_has_the_words_but_somebody_is_like_them() {
    let mut desk = open(SMALL);
    desk.search("alcechn").rest();
    desk.looks("alike_80");
    let mut desk = open(SMALL);
    desk.search("qqqqqqqq").rest();
    desk.looks("nothing_found_80");
}

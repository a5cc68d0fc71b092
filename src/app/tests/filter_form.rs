//! The form that writes a search.

use proptest::prelude::*;

use super::harness::{Console, users_page};
use super::world::five_alices;
use crate::app::filter_form::Entry;
use crate::app::{FilterForm, Layer};
use crate::domain::Fetch;
use crate::domain::search::{Query, Scope};

fn form(console: &Console) -> &FilterForm {
    match &console.model.layer {
        Layer::Filter(form) => form,
        other => panic!("no form, but {other:?}"),
    }
}

/// What the rows hold that hold anything.
fn filled(form: &FilterForm) -> Vec<(String, String)> {
    let rows = form.rows().iter().filter_map(|row| {
        let entry = match &row.entry {
            Entry::Typed(input) if input.value().is_empty() => return None,
            Entry::Typed(input) => input.value().to_owned(),
            Entry::Chosen(chosen) => if (*chosen)? { "yes" } else { "no" }.to_owned(),
        };
        Some((row.label(), entry))
    });
    rows.collect()
}

fn row(console: &mut Console, label: &str) {
    let rows = form(console).rows().len();
    for _ in 0..rows {
        let form = form(console);
        if form.rows()[form.focus()].label() == label {
            return;
        }
        console.press("Tab");
    }
    panic!("no row {label}");
}

#[test]
fn rows_write_the_text_and_enter_searches_for_it() {
    let mut console = Console::with(five_alices());
    console.press("f");
    row(&mut console, "email");
    console.type_text("alice");
    row(&mut console, "org");
    console.type_text("Acme Research");
    row(&mut console, "is banned");
    console.press("Space");
    row(&mut console, "has password");
    console.press("←");
    let text = "email:alice org:\"Acme Research\" is:banned -has:password";
    assert_eq!(form(&console).text(), text);
    assert!(
        !console.asks(users_page),
        "nothing is asked for before Enter"
    );
    console.press("Enter");
    assert!(matches!(console.model.layer, Layer::None));
    assert_eq!(console.users().search.text(), text);
    assert!(!console.users().search.focused);
    let asks_for_it = |fetch: &Fetch| matches!(fetch, Fetch::Organizations { query, .. } if query == "Acme Research");
    assert!(console.asks(asks_for_it), "its id is asked for first");
}

#[test]
fn what_is_in_the_box_fills_the_rows() {
    let text = "ali \"b c\" -is:banned email:=\"a@b\" name:\"de la\" name:x -org:acme nmae:y meta:a=\"b c\"";
    let form = FilterForm::new(Scope::Users, text);
    let filled = filled(&form);
    let expected = [
        ("text", "ali \"b c\""),
        ("email", "=a@b"),
        ("name", "de la"),
        ("meta", "a=b c"),
        ("is banned", "no"),
        ("other words", "name:x -org:acme nmae:y"),
    ];
    let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(filled, expected);
    let (row, help) = form.mistake().unwrap();
    assert_eq!(form.rows()[row].label(), "other words");
    assert!(!help.is_empty());
}

#[test]
fn a_mistake_stands_at_its_row_and_enter_goes_there() {
    let mut console = Console::with(five_alices());
    console.press("f");
    row(&mut console, "phone");
    console.type_text("call me").press("Tab Tab").press("Enter");
    let form = form(&console);
    assert_eq!(form.rows()[form.focus()].label(), "phone");
    assert_eq!(form.mistake().unwrap().0, form.focus());
    assert!(!console.asks(users_page));
    console.press("Esc");
    assert!(matches!(console.model.layer, Layer::None));
    assert_eq!(console.users().search.text(), "");
}

#[test]
fn an_open_quotation_swallows_no_other_row() {
    let mut console = Console::with(five_alices());
    console.press("f").type_text("\"a");
    row(&mut console, "email");
    console.type_text("\"b");
    assert_eq!(form(&console).text(), "\"a\" email:\"\\\"b\"");
    assert_eq!(form(&console).mistake(), None);
    row(&mut console, "other words");
    console.paste("x".repeat(300).as_str()).press("Enter");
    assert!(form(&console).mistake().unwrap().1.contains("longer"));
}

const WORDS: &[&str] = &[
    "alice",
    "\"a b\"",
    "\"is:banned\"",
    "email:a",
    "email:=a@b",
    "name:\"x y\"",
    "-org:acme",
    "org:\"A B\"",
    "is:banned",
    "-is:mfa",
    "has:phone",
    "meta:a.b=\"c d\"",
    "meta:\"a.b\"=c",
    "created:>30d",
    "active:never",
    "-signin:never",
    "id:user_2abc",
    "5\"",
    "name:\"=x\"",
    "ext:\"=1\"",
    "meta:plan=\"\"",
    "name:\\",
    "\"\\\"q\"",
];

fn words_of(query: &Query) -> Vec<String> {
    let mut words: Vec<String> = crate::domain::search::pieces(&query.to_string(), Scope::Users)
        .iter()
        .map(|piece| format!("{piece:?}"))
        .collect();
    words.sort();
    words
}

proptest! {
    #[test]
    fn the_form_writes_the_search_that_filled_it(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..6),
    ) {
        let text = words.join(" ");
        let form = FilterForm::new(Scope::Users, &text);
        if let Ok(query) = Query::parse(&text, Scope::Users) {
            let written = Query::parse(&form.text(), Scope::Users).unwrap();
            prop_assert_eq!(words_of(&written), words_of(&query), "{} {}", text, form.text());
        }
    }

    #[test]
    fn any_text_fills_a_form(text in any::<String>()) {
        for scope in Scope::ALL {
            let form = FilterForm::new(scope, &text);
            let _ = (form.text(), form.mistake(), form.preview(10));
        }
    }
}

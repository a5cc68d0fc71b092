//! Metadata as text: written here or in one's own editor, merged or replaced,
//! and nothing sent but what was seen.

use serde_json::{Value, json};

use super::harness::Console;
use super::world::{five_alices, id};
use crate::app::Msg;
use crate::app::dialog::{Editor, Step};
use crate::app::document::Line;
use crate::domain::{Action, Json, MetadataKind};

/// An editor of the public metadata of the first of five.
fn editing(public: Value) -> Console {
    let mut people = five_alices();
    people[0].public_metadata = Json::new(public);
    let mut console = Console::with(people);
    console.look().press("M p").settle().press("^o").drawn();
    console
}

fn editor(console: &Console) -> &Editor {
    match &console.dialog().step {
        Step::Editor(editor) => editor,
        other => panic!("no editor, but {other:?}"),
    }
}

fn text(console: &Console) -> String {
    editor(console).text.text()
}

/// Has the editor hold a text, as somebody's own editor would leave it.
fn written(console: &mut Console, text: &str) {
    console.press("^x");
    given_back(console, Ok(Some(text.to_owned())));
}

fn given_back(console: &mut Console, result: Result<Option<String>, String>) {
    let (ticket, _) = console.editing.pop().unwrap();
    console.feed(Msg::Edited { ticket, result });
    console.drawn();
}

fn review(console: &Console) -> Vec<String> {
    assert!(console.dialog().action().is_some(), "{}", console.note());
    let lines = console.dialog().consequences(&console.model.ctx.clock);
    lines.iter().map(Line::text).collect()
}

fn merge(public: Value) -> Action {
    Action::MergeMetadata {
        user: id(1),
        patch: MetadataKind::Public.body(Json::new(public)),
    }
}

fn replace(public: Value) -> Action {
    Action::ReplaceMetadata {
        user: id(1),
        kinds: MetadataKind::Public.body(Json::new(public)),
    }
}

#[test]
fn what_is_typed_in_the_text_is_merged_after_a_review() {
    let mut console = editing(json!({"plan": "free", "seats": 3}));
    assert_eq!(
        text(&console),
        "{\n  \"plan\": \"free\",\n  \"seats\": 3\n}"
    );
    console
        .press("↓ ↓ End Backspace 5 ↑ End")
        .type_text("\r\"beta\": true,");
    console.press("Tab Enter").settle();
    assert_eq!(
        review(&console),
        [
            "public metadata: 1 key changes, 1 is new",
            "seats: 3 → 5",
            "beta: (not there) → true",
            "Only these keys are sent; all others stay.",
            "Their browser reads it.",
            "U takes it back.",
        ]
    );
    assert!(console.sent.is_empty());
    console.look().press("y");
    assert_eq!(
        *console.only_change(),
        merge(json!({"beta": true, "seats": 5}))
    );
}

#[test]
fn a_replacement_is_an_explicit_choice_and_says_what_goes() {
    let mut console = editing(json!({"a": 1, "b": 2, "c": 3, "d": 4}));
    written(&mut console, "{\"d\": 5}\n");
    console.press("→ Enter").settle();
    assert_eq!(
        review(&console),
        [
            "Replaces everything under public metadata:",
            "3 keys go, 1 changes.",
            "a: 1 → (removed)",
            "b: 2 → (removed)",
            "c: 3 → (removed)",
            "d: 4 → 5",
            "Sent as a whole, 1 key in all.",
            "Their browser reads it.",
            "U takes it back.",
        ]
    );
    console.look().press("y");
    assert_eq!(*console.only_change(), replace(json!({"d": 5})));
    console.done();
    assert_eq!(
        *console.world.find(&id(1)).unwrap().public_metadata.raw(),
        json!({"d": 5})
    );
}

#[test]
fn a_mistake_is_shown_with_its_place_and_gone_to() {
    let mut console = editing(json!({"a": 1, "b": 2}));
    console.press("↓ End Backspace");
    let prompt = console.dialog().prompt();
    assert_eq!(prompt.text(), "Line 3, column 3: expected `,` or `}`.");
    console.press("↑ ↑ Tab Enter");
    assert_eq!(console.note(), "Line 3, column 3: expected `,` or `}`.");
    assert_eq!(editor(&console).text.cursor(), (2, 2));
    assert!(!editor(&console).choosing);
    assert!(console.sent.is_empty() && console.asked.is_empty());
    for (wrong, said) in [
        ("[1]", "Line 1, column 1: metadata is an object: { … }."),
        (
            "{\"a\": 1, \"a\": 2}",
            "Line 1, column 12: the key “a” stands here twice.",
        ),
    ] {
        written(&mut console, wrong);
        assert_eq!(console.note(), said);
        assert_eq!(text(&console), wrong);
    }
}

#[test]
fn nothing_changed_is_nothing_sent_however_it_is_written() {
    let mut console = editing(json!({"a": 1, "b": {"c": 0.1}}));
    written(&mut console, "{\"b\":{\"c\":1e-1},\n\t\"a\":1}");
    console.press("Enter");
    assert_eq!(
        console.note(),
        "Nothing is changed yet. Esc closes the editor."
    );
    assert!(console.asked.is_empty());
}

#[test]
fn a_null_that_is_to_stay_takes_a_replacement() {
    let mut console = editing(json!({"a": {"b": 1}}));
    written(&mut console, "{\"a\": {\"b\": null}}");
    console.press("Enter");
    assert_eq!(
        console.note(),
        "A merge cannot set a.b to null, only remove it. Replace the whole."
    );
    console.press("→ Enter").settle().look().press("y");
    assert_eq!(*console.only_change(), replace(json!({"a": {"b": null}})));
}

#[test]
fn esc_closes_an_unchanged_text_and_asks_twice_before_changes_go() {
    let mut console = editing(json!({"a": 1}));
    console.press("Esc");
    assert!(!console.has_dialog());
    assert_eq!(console.toast(), "Cancelled. Nothing was sent.");
    let mut console = editing(json!({"a": 1}));
    console.press("x Esc");
    assert_eq!(console.note(), "Esc again drops your changes.");
    console.press("y Esc");
    assert_eq!(console.note(), "Esc again drops your changes.");
    console.press("Esc");
    assert!(!console.has_dialog());
    let mut console = editing(json!({"a": 1}));
    console.press("x ^u Esc");
    assert!(!console.has_dialog(), "what was taken back is no change");
}

#[test]
fn a_colleagues_change_elsewhere_is_in_nobodys_way_of_a_merge() {
    let mut console = editing(json!({"a": 1, "b": 2}));
    written(&mut console, "{\"a\": 5, \"b\": 2}");
    let theirs = json!({"a": 1, "b": 3, "c": 4});
    console.world.find_mut(&id(1)).public_metadata = Json::new(theirs);
    console.press("Enter").settle().look().press("y");
    assert_eq!(*console.only_change(), merge(json!({"a": 5})));
}

#[test]
fn a_colleagues_change_anywhere_stops_a_replacement_and_joins_the_text() {
    let mut console = editing(json!({"a": 1, "b": 2}));
    written(&mut console, "{\"a\": 5, \"b\": 2}");
    let theirs = json!({"a": 1, "b": 3, "c": 4});
    console.world.find_mut(&id(1)).public_metadata = Json::new(theirs);
    console.press("→ Enter").settle();
    let said =
        "Somebody else changed b meanwhile. Nothing was sent; your changes now stand on theirs.";
    assert_eq!(console.note(), said);
    console.look().press("y ^u");
    assert_eq!(
        Json::parse(&text(&console)).unwrap().raw(),
        &json!({"a": 5, "b": 3, "c": 4})
    );
    console.press("Enter").settle();
    assert_eq!(review(&console)[2], "a: 1 → 5");
    console.look().press("y");
    assert_eq!(
        *console.only_change(),
        replace(json!({"a": 5, "b": 3, "c": 4}))
    );
}

#[test]
fn a_colleagues_change_of_the_same_key_leads_back_with_nothing_lost() {
    let mut console = editing(json!({"a": 1}));
    written(&mut console, "{\"a\": 5}");
    console.world.find_mut(&id(1)).public_metadata = Json::new(json!({"a": 2}));
    console.press("Enter").settle();
    assert!(console.sent.is_empty() && console.dialog().action().is_none());
    assert_eq!(text(&console), "{\n  \"a\": 5\n}");
    console.press("Enter").settle();
    assert_eq!(review(&console)[1], "2 → 5");
    console.look().press("y");
    assert_eq!(*console.only_change(), merge(json!({"a": 5})));
}

#[test]
fn the_review_leads_back_to_the_text_as_it_was_typed() {
    let mut console = editing(json!({"a": 1}));
    written(&mut console, "{ \"a\":   2 }");
    console.press("Enter").settle().press("Esc");
    assert_eq!(text(&console), "{ \"a\":   2 }");
    assert_eq!(console.note(), "");
    console.press("Tab");
    assert!(!editor(&console).choosing);
}

#[test]
fn the_own_editor_gets_the_text_and_nothing_is_lost_whatever_it_does() {
    let mut console = editing(json!({"a": 1}));
    console.press("End").type_text("\r\"b\": 2,").press("^x");
    assert_eq!(console.editing[0].1, "{\n\"b\": 2,\n  \"a\": 1\n}\n");
    let before = text(&console);
    given_back(&mut console, Ok(None));
    assert_eq!(
        (console.note(), text(&console)),
        ("Your editor changed nothing.", before.clone())
    );
    console.press("^x");
    given_back(
        &mut console,
        Err("“vim” failed: exit status: 1.".to_owned()),
    );
    assert_eq!(
        console.note(),
        "“vim” failed: exit status: 1. The text is as it was."
    );
    assert_eq!(text(&console), before);
    written(&mut console, "{\"a\": }\n");
    assert_eq!(console.note(), "Line 1, column 7: expected value.");
    assert_eq!(text(&console), "{\"a\": }");
    console.press("^u ^u");
    assert_eq!(text(&console), before);
}

#[test]
fn an_answer_of_an_editor_that_nobody_awaits_changes_nothing() {
    let mut console = editing(json!({"a": 1}));
    console.press("^x");
    let (ticket, _) = console.editing[0].clone();
    given_back(&mut console, Ok(None));
    let result = Ok(Some("{}".to_owned()));
    console.feed(Msg::Edited { ticket, result });
    assert_eq!(text(&console), "{\n  \"a\": 1\n}");
}

#[test]
fn the_form_leads_to_the_own_editor_in_one_key_and_says_how() {
    let mut console = Console::with(five_alices());
    console.look().press("M u");
    console.press("^x");
    assert_eq!(console.note(), "Still reading. One moment.");
    console.settle();
    let prompt = console.dialog().prompt().text();
    assert_eq!(prompt, "Enter review · ^o all as text · ^x $EDITOR · Esc");
    console.press("^x");
    assert_eq!(editor(&console).kind, MetadataKind::Unsafe);
    assert_eq!(console.editing[0].1, "{}\n");
}

#[test]
fn hostile_text_is_edited_as_what_it_is_and_survives_untouched() {
    let hostile = "\u{202e}\u{1b}[31m\u{9b}\u{200b}";
    let mut console = editing(json!({"a": hostile, hostile: 1, "b": 1}));
    assert!(text(&console).is_ascii());
    console.press("^x");
    let (_, draft) = console.editing.pop().unwrap();
    assert!(draft.is_ascii() && !draft.contains('\u{1b}'), "{draft:?}");
    assert_eq!(Json::parse(&draft).unwrap().raw()[hostile], 1);
    let changed = text(&console).replace("\"b\": 1", "\"b\": 2");
    written(&mut console, &changed);
    console.press("Enter").settle().look().press("y");
    assert_eq!(*console.only_change(), merge(json!({"b": 2})));
    let mut console = editing(json!({"a": hostile}));
    console
        .press("End")
        .paste("\n\"c\": \"\u{202e}\",")
        .press("Tab → Enter")
        .settle()
        .look()
        .press("y");
    assert_eq!(
        *console.only_change(),
        replace(json!({"a": hostile, "c": "\u{202e}"}))
    );
}

#[test]
fn eight_kilobytes_are_edited_and_their_review_stays_short() {
    let many: serde_json::Map<_, _> = (0..400)
        .map(|n| (format!("key{n:03}"), json!("x".repeat(10))))
        .collect();
    let mut console = editing(Value::Object(many));
    let changed = text(&console).replace("xx\"", "xy\"");
    written(&mut console, &changed);
    console.press("Enter").settle();
    let lines = review(&console);
    assert_eq!(lines.len(), 12);
    assert_eq!(lines[0], "public metadata: 400 keys change");
    assert_eq!(lines[8], "and 393 more");
    console.press("Esc").press("Tab PgDn PgDn");
    let (rows, _) = editor(&console).room(console.model.ctx.size);
    assert_eq!(editor(&console).text.cursor().0, rows * 2);
}

#[test]
fn long_values_are_shown_from_where_they_differ() {
    let long = "x".repeat(200);
    let mut console = editing(json!({"a": format!("{long}1"), "b": 1}));
    let changed = text(&console)
        .replace("x1\"", "x2\"")
        .replace("\"b\": 1", "\"b\": 2");
    written(&mut console, &changed);
    console.press("Enter").settle();
    assert_eq!(review(&console)[1], "a: …xxxxxx1\" → …xxxxxx2\"");
}

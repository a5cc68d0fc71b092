//! One key of metadata: who, what it held and will hold, and nothing else sent.

use serde_json::{Value, json};

use super::harness::Console;
use super::world::{five_alices, id};
use crate::domain::{Action, Json};

fn with_form(public: Value, keys: &str) -> Console {
    let mut people = five_alices();
    people[0].public_metadata = Json::new(public);
    let mut console = Console::with(people);
    console.look().press(keys).settle();
    console
}

/// The form with a key and a value in it.
fn typed(public: Value, key: &str, value: &str) -> Console {
    let mut console = with_form(public, "M p");
    console.type_text(key).press("Tab").type_text(value);
    console
}

fn merge(patch: Value) -> Action {
    Action::MergeMetadata {
        user: id(1),
        patch: Json::new(patch),
    }
}

fn lines(console: &Console) -> Vec<String> {
    let lines = console.dialog().consequences(&console.model.ctx.clock);
    lines.iter().map(crate::app::document::Line::text).collect()
}

#[test]
fn only_the_one_key_is_sent_after_a_review_of_old_and_new() {
    let has = json!({"plan": {"tier": "free", "seats": 3}, "beta": true});
    let mut console = typed(has, "plan.tier", "pro");
    assert_eq!(lines(&console)[1], "now           \"free\"");
    console.press("Enter").settle();
    assert_eq!(lines(&console)[0], "public metadata: plan.tier");
    assert_eq!(lines(&console)[1], "\"free\" → \"pro\"");
    assert!(console.sent.is_empty(), "the review comes first");
    console.look().press("y");
    let expected = merge(json!({"public_metadata": {"plan": {"tier": "pro"}}}));
    assert_eq!(*console.only_change(), expected);
    console.done();
    assert_eq!(console.toast(), "Bob Bell is saved.");
    let kept = json!({"plan": {"tier": "pro", "seats": 3}, "beta": true});
    assert_eq!(
        *console.world.find(&id(1)).unwrap().public_metadata.raw(),
        kept
    );
}

#[test]
fn no_value_removes_the_key() {
    let mut console = typed(json!({"plan": "free"}), "plan", "");
    console.press("Enter").settle();
    assert_eq!(lines(&console)[1], "\"free\" → (removed)");
    console.look().press("y");
    let expected = merge(json!({"public_metadata": {"plan": null}}));
    assert_eq!(*console.only_change(), expected);
}

#[test]
fn an_object_is_shown_as_the_merge_leaves_it() {
    let mut console = typed(json!({"a": {"b": 1}}), "a", "{\"c\":2}");
    console.press("Enter").settle();
    assert_eq!(lines(&console)[1], "{\"b\":1} → {\"b\":1,\"c\":2}");
}

#[test]
fn each_kind_goes_to_its_own() {
    for (keys, kind) in [("M r", "private_metadata"), ("M u", "unsafe_metadata")] {
        let mut console = with_form(json!({}), keys);
        console.type_text("a").press("Tab").type_text("1");
        console.press("Enter").settle().look().press("y");
        assert_eq!(*console.only_change(), merge(json!({kind: {"a": 1}})));
    }
}

#[test]
fn a_colleagues_change_of_the_key_leads_back_to_the_form() {
    let mut console = typed(json!({"plan": "free"}), "plan", "pro");
    console.world.find_mut(&id(1)).public_metadata = Json::new(json!({"plan": "team"}));
    console.press("Enter").settle();
    assert_eq!(
        console.note(),
        "Somebody else changed plan meanwhile. Nothing was sent; look again."
    );
    console.look().press("y");
    assert!(console.sent.is_empty());
    console.press("Backspace Enter").settle();
    assert_eq!(lines(&console)[1], "\"team\" → \"pro\"");
    console.look().press("y");
    let expected = merge(json!({"public_metadata": {"plan": "pro"}}));
    assert_eq!(*console.only_change(), expected);
}

#[test]
fn a_colleagues_change_of_another_key_is_in_nobodys_way() {
    let mut console = typed(json!({"plan": "free"}), "plan", "pro");
    let theirs = Json::new(json!({"plan": "free", "x": 1}));
    console.world.find_mut(&id(1)).public_metadata = theirs;
    console.press("Enter").settle().look().press("y");
    console.only_change();
}

#[test]
fn mistakes_are_said_before_anything_is_read_or_sent() {
    for (key, value, note) in [
        ("plan", "{\"a\":", "Line 1, column 5"),
        ("plan", "\"open", "Line 1, column 5"),
        ("", "1", "Name the key first"),
        ("plan.", "1", "Before and after each dot"),
        ("plan.tier", "1", "plan holds no keys. Set it as a whole."),
        ("plan", "free", "Nothing is changed yet."),
        ("other", "", "Nothing is changed yet."),
    ] {
        let mut console = typed(json!({"plan": "free"}), key, value);
        console.press("Enter");
        assert!(console.note().starts_with(note), "{}", console.note());
        assert!(console.asked.is_empty() && console.sent.is_empty());
    }
}

#[test]
fn a_chord_is_about_who_stood_there_at_its_first_key() {
    let mut console = Console::with(five_alices());
    console.look().press("M");
    assert_eq!(
        console.toast(),
        "Metadata of Bob Bell: p public · r private · u unsafe"
    );
    let mut others = five_alices();
    others.remove(0);
    console.world.people = others;
    console.press("p");
    assert_eq!(*console.dialog().user(), id(1));
    let mut console = Console::with(five_alices());
    console.look().press("M x");
    assert!(!console.has_dialog());
    console.press("p");
    assert!(!console.has_dialog());
    console.press("m");
    assert_eq!(console.toast(), "m does nothing. M edits metadata.");
}

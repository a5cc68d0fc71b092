//! Metadata as text, and the review of what is changed in it.

use clerk_tui::{
    app::Msg,
    domain::{Answer, Json},
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::desk::{Desk, LARGE, SMALL, open, open_production};

fn control(desk: &mut Desk, c: char) {
    let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
    desk.send(Msg::Key(key));
}

/// Opens the text of somebody's public metadata.
fn edit(desk: &mut Desk, who: &str) {
    desk.search(who).keys("Mp").rest();
    control(desk, 'o');
    desk.rest();
}

/// Has the editor hold another text.
fn write(desk: &mut Desk, text: &str) {
    for _ in 0..12 {
        control(desk, 'k');
        desk.press(KeyCode::Delete);
    }
    desk.send(Msg::Paste(text.to_owned())).rest();
}

/// At 80×24, in both dresses.
fn small(look: impl Fn(&mut Desk, &str)) {
    look(&mut open(SMALL), "demo_80");
    look(&mut open_production(SMALL), "production_80");
}

const CHANGED: &str = r#"{
  "plan": "pro",
  "seats": 7,
  "features": {
    "exports": true,
    "sso": true
  },
  "beta": ["a", "b"]
}"#;

#[test]
fn merge() {
    small(|desk, dress| {
        edit(desk, "alice chen");
        desk.looks(&format!("editor_{dress}"));
        write(desk, CHANGED);
        desk.press(KeyCode::Tab).press(KeyCode::Enter).rest();
        desk.looks(&format!("editor_merge_{dress}"));
    });
    let mut desk = open(LARGE);
    edit(&mut desk, "alice chen");
    desk.looks("editor_demo_160");
}

#[test]
fn replace() {
    small(|desk, dress| {
        edit(desk, "alice chen");
        write(desk, "{\"plan\": \"free\"}");
        desk.press(KeyCode::Tab).press(KeyCode::Right);
        desk.looks(&format!("editor_choice_{dress}"));
        desk.press(KeyCode::Enter).rest();
        desk.looks(&format!("editor_replace_{dress}"));
    });
}

#[test]
fn mistakes_and_long_texts() {
    let mut desk = open(SMALL);
    edit(&mut desk, "alice chen");
    desk.press(KeyCode::Down).press(KeyCode::End);
    desk.press(KeyCode::Backspace).looks("editor_mistake_80");
    desk.press(KeyCode::Esc).looks("editor_leaving_80");
    let mut desk = open(SMALL);
    edit(&mut desk, "alice chen");
    let keys = (0..60).map(|n| format!("  \"key{n:02}\": \"{}\"", "long ".repeat(20)));
    let keys: Vec<String> = keys.collect();
    write(&mut desk, &format!("{{\n{}\n}}", keys.join(",\n")));
    desk.press(KeyCode::Up).press(KeyCode::End);
    desk.looks("editor_long_80");
    desk.press(KeyCode::Tab).press(KeyCode::Enter).rest();
    desk.looks("editor_long_review_80");
}

#[test]
fn in_the_smallest_window() {
    let mut desk = open((40, 10));
    edit(&mut desk, "alice chen");
    desk.press(KeyCode::Down).press(KeyCode::Down);
    desk.looks("editor_40");
}

#[test]
fn somebody_else_was_faster() {
    let mut desk = open(SMALL);
    edit(&mut desk, "alice chen");
    write(&mut desk, CHANGED);
    desk.meddle(|_, answer| {
        answer.map(|answer| match answer {
            Answer::User(mut user) => {
                let theirs = serde_json::json!({"plan": "pro", "seats": 6});
                user.public_metadata = Json::new(theirs);
                Answer::User(user)
            }
            other => other,
        })
    });
    desk.press(KeyCode::Tab).press(KeyCode::Enter).rest();
    desk.looks("editor_overtaken_80");
}

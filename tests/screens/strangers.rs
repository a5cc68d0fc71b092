//! People made of random hostile texts, in every dialog, view and copied text:
//! the terminal gets no sequence that is not ours, however long they are.

use clerk_tui::domain::{Answer, Dress, Json, Row, Untrusted, User, UserRow};
use crossterm::event::KeyCode;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use crate::answers::edit;
use crate::desk::{Desk, LARGE, SMALL};
use crate::every_dialog::{DIALOGS, open};
use crate::hostile::check;

/// Texts of pieces that steer terminals, hide, pile up or run the other way.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[\\x00-\\x1f\\x7f]{1,4}",
        "[\u{80}-\u{9f}]{1,4}",
        "\x1b\\[[0-9;?]{0,6}[@-~]",
        "\x1b\\]8;;https://evil\\.example\x1b\\\\link",
        "\x1b\\]52;c;[A-Za-z0-9+/]{4,12}\x07",
        "\u{9d}0;title\u{9c}",
        "\x1b[P_^X]q#0;[a-z]{0,5}\x1b\\\\",
        "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200e}\u{200f}\u{61c}]{1,3}",
        "[\u{200b}-\u{200d}\u{2060}\u{feff}\u{e0001}-\u{e007f}]{1,5}",
        "e[\u{300}-\u{36f}]{1,200}",
        "[漢字高橋]{1,30}",
        "(👩‍👩‍👧‍👦|🏳️‍🌈|👍🏽|🇩🇪){1,5}",
        "[אבגםمحד]{1,20}",
        "[a-zA-Z ]{1,40}",
        "\r\n\t|\u{2028}|\u{2029}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

/// Metadata that is deep and wide, with the text for keys and values.
fn metadata(text: &str) -> Json {
    let mut deep = Value::from(text);
    for _ in 0..100 {
        deep = json!({ text: [deep] });
    }
    let wide: serde_json::Map<String, Value> = (0..300)
        .map(|n| (format!("{text}{n}"), Value::from(text)))
        .collect();
    Json::new(json!({ "deep": deep, "wide": wide }))
}

/// A console on which Alice Chen is made of this text.
fn about(text: &str, size: (u16, u16), dress: Dress) -> Desk {
    let text = Untrusted::new(text);
    let json = metadata(text.raw());
    let mut desk = Desk::new(size, dress);
    desk.meddle(move |_, answer| {
        let mut answer = answer?;
        match &mut answer {
            Answer::Users(page) => edit(page, |rows| {
                for row in rows {
                    if let Row::Read(row) = row {
                        remake_row(row, &text);
                    }
                }
            }),
            Answer::User(user) => remake(user, &text, &json),
            Answer::Instance(instance) => instance.origins = vec![text.clone()],
            _ => {}
        }
        Ok(answer)
    });
    desk
}

fn remake_row(row: &mut UserRow, text: &Untrusted) {
    row.name = text.clone();
    row.email = Some(text.clone());
    row.phone = Some(text.clone());
    row.username = Some(text.clone());
}

fn remake(user: &mut User, text: &Untrusted, json: &Json) {
    user.first_name = Some(text.clone());
    user.last_name = Some(text.clone());
    user.username = Some(text.clone());
    user.external_id = Some(text.clone());
    user.locale = Some(text.clone());
    for address in user.emails.iter_mut().chain(&mut user.phones) {
        address.text = text.clone();
        address.linked_to = vec![text.clone()];
    }
    for account in &mut user.accounts {
        account.email = Some(text.clone());
        account.username = Some(text.clone());
    }
    user.public_metadata = json.clone();
    user.private_metadata = json.clone();
    user.unsafe_metadata = json.clone();
    user.raw = json.clone();
}

/// Each dialog, and its answer `n` to every question.
fn through_every_dialog(text: &str) {
    for (n, dialog) in DIALOGS.iter().enumerate() {
        let dress = [Dress::Development, Dress::Production][n % 2];
        let mut desk = about(text, SMALL, dress);
        open(&mut desk, dialog);
        check(&desk);
        desk.press(KeyCode::Esc).press(KeyCode::Esc).rest();
        check(&desk);
    }
}

/// The list, the preview, the profile, its raw JSON, the menu, and what is copied and said of it.
fn through_views(text: &str) {
    let mut desk = about(text, LARGE, Dress::Demo);
    desk.start().search("alice chen");
    check(&desk);
    for keys in ["ye", "yt", "yc", "x"] {
        desk.keys(keys).rest();
        check(&desk);
    }
    desk.press(KeyCode::Esc).press(KeyCode::Enter).rest();
    check(&desk);
    for keys in ["G", "v", "G", "vyt", "s"] {
        desk.keys(keys).rest();
        check(&desk);
    }
    for copied in &desk.copied {
        let steers = |c: char| c != '\n' && !Untrusted::is_harmless(c);
        assert!(!copied.contains(steers), "{copied:?}");
    }
}

#[test]
fn random_strangers_steer_no_dialog_and_no_view() {
    let config = Config {
        cases: 3,
        max_shrink_iters: 20,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&hostile(), |text| {
            through_views(&text);
            through_every_dialog(&text);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_megabyte_of_name_is_cut_and_steers_nothing() {
    let piece = "\u{1b}[2Je\u{301}漢👩‍👩‍👧‍👦\u{202e}";
    let length = 1 << 20;
    let text = Untrusted::new(piece.repeat(length / piece.len()));
    let mut desk = Desk::new(SMALL, Dress::Demo);
    desk.meddle(move |_, answer| {
        let mut answer = answer?;
        if let Answer::User(user) = &mut answer {
            user.first_name = Some(text.clone());
            user.external_id = Some(text.clone());
        }
        Ok(answer)
    });
    desk.start().search("alice chen");
    for keys in ["\n", "D", "\u{1b}", "yt"] {
        match keys {
            "\n" => desk.press(KeyCode::Enter),
            "\u{1b}" => desk.press(KeyCode::Esc),
            keys => desk.keys(keys),
        }
        .rest();
        check(&desk);
    }
}

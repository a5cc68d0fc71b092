//! What goes to the clipboard, and the menu that leads there.

use clerk_tui::demo::Options;
use crossterm::event::KeyCode;

use crate::common::Journey;

#[tokio::test]
async fn a_text_for_a_ticket_and_a_command_by_the_menu() {
    let journey = Journey::start(Options::default(), (80, 24)).await;
    journey.find_alice().await;
    journey
        .keys("x")
        .until_screen_contains("Enter does it")
        .await;
    journey.keys("y").until_screen_contains("y t").await;
    journey
        .keys("t")
        .until_screen_contains("Copied a text")
        .await;
    let text = journey.copied().pop().unwrap();
    assert!(
        text.starts_with("Name: Alice Chen\nId: user_2abc123\n"),
        "{text}"
    );
    journey
        .keys("x")
        .until_screen_contains("Enter does it")
        .await;
    journey.press(KeyCode::End);
    journey.press(KeyCode::Esc);
    journey
        .keys("yc")
        .until_screen_contains("Copied a curl command")
        .await;
    let command = journey.copied().pop().unwrap();
    assert!(
        command.contains("/v1/users/user_2abc123' -H \"Authorization: Bearer $CLERK_SECRET_KEY\""),
        "{command}"
    );
    assert_eq!(journey.writes(), [""; 0]);
}

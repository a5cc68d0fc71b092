//! What is copied: a text for a ticket, and the request of what is shown.

use super::dialogs::on_bob;
use super::harness::{Console, at, whole_user};
use super::world::{error, five_alices, id, organization, session};
use crate::app::Msg;
use crate::domain::{ErrorKind, Fetch, OpId, Outcome, PastDeed, Policy};

fn only(console: &Console) -> &str {
    assert_eq!(console.copied.len(), 1, "{:?}", console.copied);
    &console.copied[0]
}

#[test]
fn a_text_for_a_ticket_says_what_the_list_knows() {
    let mut console = on_bob();
    console.press("y t");
    assert_eq!(
        only(&console),
        "Name: Bob Bell\n\
         Id: user_000001\n\
         E-mail: bob.bell@example.com\n\
         Instance: DEMO · 127.0.0.1\n\
         State: ok\n\
         Read: 2026-11-23T14:03:00+00:00\n\
         Written: 2026-11-23T15:00:00+00:00\n"
    );
    assert_eq!(
        console.toast(),
        "Copied a text about Bob Bell for a ticket."
    );
}

#[test]
fn in_a_profile_it_begins_as_the_profile_does() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).banned = true;
    console.press("Enter").settle().look().press("y t");
    assert!(
        only(&console).contains("\nState: CANNOT SIGN IN banned\n"),
        "{}",
        only(&console)
    );
}

#[test]
fn in_a_profile_it_tells_what_was_done() {
    let mut console = on_bob();
    console.press("Enter").settle();
    let (ticket, _) = console.recalling.pop().unwrap();
    let ban = PastDeed {
        op: OpId { run: 1, n: 1 },
        batch: None,
        at: at(0).wall,
        operator: "ann@desk".into(),
        change: "ban".into(),
        reason: Some("card test".into()),
        done: Some(true),
        trace_id: None,
    };
    let deeds = Some(vec![ban]);
    console.feed(Msg::Recalled { ticket, deeds });
    console.look().press("y t");
    let told = "\nDone: 2026-11-23T15:00:00+00:00 ban by ann@desk: “card test”\n";
    assert!(only(&console).contains(told), "{}", only(&console));
}

#[test]
fn in_a_list_it_tells_what_this_run_did() {
    let mut console = on_bob();
    console
        .press("B")
        .settle()
        .press("r")
        .type_text("card test");
    console.press("Enter").look().press("y");
    // The answer is lost; he is banned when he is read back.
    console.world.obey(&console.sent[0].action.clone());
    let mut lost = error(ErrorKind::Server, "Bad gateway.");
    lost.trace_id = Some("8b1f".into());
    console.ends(Outcome::Unknown(lost)).settle().look();
    console.press("y t");
    let told = " ban by ann@desk: “card test” (trace 8b1f)\n";
    assert!(only(&console).contains(told), "{}", only(&console));
    assert!(only(&console).contains("\nDone: 2026-11-23T15:0"));
    // Of somebody else there is nothing to tell.
    console.look().press("j y t");
    assert!(
        !console.copied[1].contains("Done:"),
        "{}",
        console.copied[1]
    );
}

#[test]
fn in_a_list_it_tells_what_a_batch_of_this_run_did() {
    let mut console = super::many::marked(3);
    console.begins("B", "3").all_done().press("Esc").look();
    console.press("y t");
    assert!(
        only(&console).contains(" ban by ann@desk\n"),
        "{}",
        only(&console)
    );
}

#[test]
fn what_was_read_before_the_row_does_not_speak_for_it() {
    // The preview reads whom the cursor rests on.
    let mut console = Console::start_as(five_alices(), (160, 45), Policy::default());
    console.settle().later(500).settle().look().press("y t");
    let whole = "\nState: CAN SIGN IN with an e-mail code (no password)";
    assert!(only(&console).contains(whole), "{}", only(&console));
    console.world.find_mut(&id(1)).banned = true;
    console.press("r").settle().look().press("y t");
    assert!(
        console.copied[1].contains("\nState: banned\n"),
        "{}",
        console.copied[1]
    );
    assert!(!console.asks(whole_user));
}

#[test]
fn a_curl_command_reads_what_is_shown() {
    let mut console = on_bob();
    console.press("y c");
    assert_eq!(console.requests, [Fetch::User(id(1))]);
    assert!(console.toast().contains("$CLERK_SECRET_KEY"));
    console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z")];
    console.press("s").settle().look().press("y c");
    assert!(matches!(
        &console.requests[1],
        Fetch::Sessions { user: Some(user), status: None, .. } if *user == id(1)
    ));
    console.world.organizations = vec![organization(1, "Acme")];
    console.press("3").settle().look().press("y c");
    assert_eq!(
        console.requests[2],
        Fetch::Organization("org_000001".to_owned())
    );
}

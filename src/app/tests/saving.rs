//! A person's record, saved before they are deleted.

use super::dialogs::with_dialog;
use super::harness::{Console, of_memberships, of_sessions};
use super::world::{error, five_alices, id, organization, session};
use crate::app::{Armed, Msg};
use crate::domain::{Action, ErrorKind, Fetch, Json, Outcome, Untrusted};

/// A console whose dialog will save Bob before it deletes him.
fn ticked() -> Console {
    let mut console = with_dialog("D");
    assert_eq!(console.dialog().saves(), Some(false));
    console.press("Space");
    assert_eq!(console.dialog().saves(), Some(true));
    console
}

/// Bob is named and Enter pressed; his record is asked to be written.
fn asked() -> Console {
    let mut console = ticked();
    console.settle().look().type_text("000001").look();
    console.press("Enter");
    assert!(console.sent.is_empty(), "{}", console.note());
    console
}

/// Writes the file that is asked for, if one is.
pub fn write(console: &mut Console) {
    if !console.saving.is_empty() {
        saved(console, Ok("/saved"));
    }
}

fn saved(console: &mut Console, result: Result<&str, &str>) {
    let (ticket, _) = console.saving.remove(0);
    let result = result.map(str::to_owned).map_err(str::to_owned);
    console.feed(Msg::Saved { ticket, result });
}

#[test]
fn the_record_is_there_before_anything_is_deleted() {
    let mut console = asked();
    saved(&mut console, Ok("/data/saved/bob.json"));
    assert_eq!(*console.only_change(), Action::Delete(id(1)));
    console.done();
    let toast = "Bob Bell was deleted. The record is in /data/saved/bob.json.";
    assert_eq!(console.toast(), toast);
}

#[test]
fn it_holds_the_user_all_sessions_and_memberships() {
    let mut console = Console::with(five_alices());
    let mut ended = session(2, &id(1), "2026-11-22T14:00:00Z");
    ended.status = crate::domain::SessionStatus::Ended;
    console.world.sessions = vec![session(1, &id(1), "2026-11-23T14:00:00Z"), ended];
    let acme = organization(1, "Acme\u{202e}");
    console.world.members = vec![(acme.id.clone(), id(1))];
    console.world.organizations = vec![acme];
    console.look().press("D").settle().press("Space").settle();
    console.look().type_text("000001").look().press("Enter");
    let text = console.saving[0].1.clone();
    assert!(!text.contains('\u{202e}'), "{text}");
    let record = Json::parse(&text).unwrap();
    let record = record.raw();
    assert_eq!(record["user"]["n"], 1);
    let statuses = [&record["sessions"][0], &record["sessions"][1]].map(|s| s["status"].clone());
    assert_eq!(statuses, ["active", "ended"]);
    let organization = &record["organization_memberships"][0]["organization"];
    assert_eq!(organization["name"], "Acme\u{202e}");
}

#[test]
fn no_sign_of_a_stranger_stands_in_it_as_it_is_and_none_is_lost() {
    let hostile = "\u{1b}]52;c;eA==\u{7}\u{9b}2J\u{202e}\u{2066}\u{200b}\r\n\u{2028}\u{e0041}";
    let mut people = five_alices();
    people[0].raw = Json::new(serde_json::json!({ "first_name": hostile, hostile: [hostile] }));
    let mut console = Console::with(people);
    let mut theirs = session(1, &id(1), "2026-11-23T14:00:00Z");
    theirs.actor = Some(hostile.into());
    theirs.activity.browser = Some(hostile.into());
    console.world.sessions = vec![theirs];
    console.look().press("D").settle().press("Space").settle();
    console.look().type_text("000001").look().press("Enter");
    let text = console.saving[0].1.clone();
    assert!(text.chars().all(|c| c == '\n' || Untrusted::is_harmless(c)));
    let record = Json::parse(&text).unwrap();
    let record = record.raw();
    assert_eq!(record["user"]["first_name"], hostile);
    assert_eq!(record["user"][hostile][0], hostile);
    assert_eq!(record["sessions"][0]["actor"]["sub"], hostile);
    let browser = &record["sessions"][0]["latest_activity"]["browser_name"];
    assert_eq!(*browser, hostile);
}

#[test]
fn lists_are_read_to_their_end() {
    let mut console = Console::with(five_alices());
    console.world.sessions = (0..1_200)
        .map(|n| session(n, &id(1), "2026-11-23T14:00:00Z"))
        .collect();
    console.look().press("D").settle().press("Space");
    assert_eq!(console.dialog().armed(), Armed::Reading);
    console.settle().look().type_text("000001").look();
    console.press("Enter");
    let record = Json::parse(&console.saving[0].1).unwrap();
    assert_eq!(record.raw()["sessions"].as_array().unwrap().len(), 1_200);
}

#[test]
fn what_could_not_be_written_deletes_nobody() {
    let mut console = asked();
    saved(&mut console, Err("The disk is full."));
    assert!(console.sent.is_empty());
    let note = "Not saved, and nothing was deleted. The disk is full.";
    assert_eq!(console.note(), note);
    console.look().press("Enter");
    saved(&mut console, Ok("/data/saved/bob.json"));
    assert_eq!(console.sent.len(), 1, "a second try is fine");
}

#[test]
fn what_could_not_be_read_deletes_nobody_until_the_tick_is_gone() {
    for part in [of_sessions as fn(&Fetch) -> bool, of_memberships] {
        let mut console = ticked();
        let lost = error(ErrorKind::TimedOut, "");
        console.answer_with(part, Err(lost)).settle().look();
        assert!(matches!(console.dialog().armed(), Armed::Failed(_)));
        console.type_text("000001").look().press("Enter");
        assert!(console.sent.is_empty() && console.saving.is_empty());
        console.press("Space").look().press("Enter");
        assert_eq!(console.sent.len(), 1);
    }
}

#[test]
fn escape_while_it_is_written_deletes_nobody() {
    let mut console = asked();
    console.press("Enter");
    assert_eq!(console.note(), "Saving the record. One moment.");
    console.press("Esc");
    assert!(!console.has_dialog());
    saved(&mut console, Ok("/data/saved/bob.json"));
    assert!(console.sent.is_empty());
    let toast = "Nothing was deleted. The record is in /data/saved/bob.json.";
    assert_eq!(console.toast(), toast);
}

#[test]
fn a_deletion_that_fails_still_says_where_the_record_is() {
    let mut console = asked();
    saved(&mut console, Ok("/data/saved/bob.json"));
    let no = error(ErrorKind::Forbidden, "Not today.");
    console.ends(Outcome::Refused(no));
    let toast = console.toast();
    assert!(
        toast.contains("Not today.") && toast.ends_with("The record is in /data/saved/bob.json.")
    );
}

#[test]
fn a_blank_is_text_where_a_reason_is_typed_and_ticks_nothing_elsewhere() {
    let mut console = with_dialog("D");
    console.press("Tab").type_text("GDPR 7").press("Enter");
    assert_eq!(console.dialog().saves(), Some(false));
    assert_eq!(console.dialog().why().unwrap().raw(), "GDPR 7");
    let mut console = super::signin::on_rich_bob();
    console.press("P m").settle().look().press("Space");
    assert_eq!(console.dialog().saves(), None);
}

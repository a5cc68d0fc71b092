//! Nothing can be consented to that is not wholly on the screen, however small
//! that is; and every kind of change has a dialog that is held to it.

use std::collections::BTreeSet;

use clerk_tui::{
    app::{Msg, sheet},
    domain::{Action, Dress},
};
use crossterm::event::KeyCode;

use crate::batch::interrupted;
use crate::desk::{Desk, SMALL};
use crate::every_dialog::{DIALOGS, Dialog, ENDS};

/// The smallest screen, a small one, and the one that every dialog has to fit.
const SIZES: [(u16, u16); 3] = [(40, 10), (60, 12), SMALL];

/// All kinds of change, and which one an action is: whoever adds a kind has to
/// name it here, and then to show its dialog.
macro_rules! kinds {
    ($($variant:ident => $label:literal,)*) => {
        const KINDS: &[&str] = &[$($label),*];

        const fn kind(action: &Action) -> &'static str {
            match action {
                $(Action::$variant { .. } => $label,)*
            }
        }
    };
}

kinds! {
    Ban => "ban",
    Unban => "unban",
    Lock => "lock",
    Unlock => "unlock",
    BanAll => "ban many",
    UnbanAll => "unban many",
    Delete => "delete",
    Edit => "edit",
    MergeMetadata => "merge metadata",
    ReplaceMetadata => "replace metadata",
    AddAddress => "add an address",
    ChangeAddress => "change an address",
    RemoveAddress => "remove an address",
    ReplaceAddresses => "replace the addresses",
    SetPrimary => "make primary",
    RemoveFactors => "remove factors",
    RemoveCredential => "remove a credential",
    SetPassword => "set a password",
    RemovePassword => "remove the password",
    DistrustPassword => "distrust the password",
    TrustPassword => "trust the password",
    Revoke => "revoke a session",
    MakeSignInToken => "make a sign-in link",
    RevokeSignInToken => "revoke a sign-in link",
    Impersonate => "impersonate",
    RevokeActorToken => "revoke an actor token",
    Create => "create",
    Invite => "invite",
    RevokeInvitation => "revoke an invitation",
}

/// No key leads to these.
const NOT_OFFERED: [&str; 1] = ["trust the password"];

/// A question, the keys that lead to it, and those that do what it asks.
struct Question {
    label: &'static str,
    search: &'static str,
    keys: &'static str,
    does: &'static str,
}

const fn about(
    label: &'static str,
    search: &'static str,
    keys: &'static str,
    does: &'static str,
) -> Question {
    Question {
        label,
        search,
        keys,
        does,
    }
}

/// Those that are no dialog about the change of one person, or are one in another way.
const OTHERS: [Question; 17] = [
    about("undo", "alice chen", "B·y✓U·", "y"),
    about("undo_metadata", "alice chen", "Mp·plan⇥gold⏎·y✓U·", "y"),
    about("replace_metadata", "alice chen", "Mp·✎→\"x\":1,⇥→⏎·", "y"),
    about("make_primary", "alice chen", "Ea·jv·y✓Ea·jp·", "y"),
    about("revoke_link", "alice chen", "Pl·y✓␛:tokens⏎R·", "y"),
    about(
        "revoke_actor",
        "alice chen",
        "I·card test·⏎✓␛:tokens⏎R·",
        "y",
    ),
    about("shown_link", "alice chen", "I·card test·⏎✓", "w"),
    about(
        "create",
        "",
        "Nuada@example.org⇥+442079460000⇥Ada⇥Byron⇥ada⇥hunter22⇥crm-1⇥ ⇥⇥ticket 7⏎",
        "y",
    ),
    about(
        "invite",
        "",
        "Ninew@example.org⇥⇥https://example.org/hi⇥ ⇥ ⇥ticket 7⏎",
        "y",
    ),
    about("revoke_invitation", "", "Nl·R·", "y"),
    about("ban_many", "alice", "  B·", "2·⏎"),
    about("unban_many", "is:banned", "  B·", "2·⏎"),
    about("lock_many", "", "     L·", "4·⏎"),
    about("delete_many", "", "     D·", "5·⏎"),
    about("sign_out_many", "alice chen", " Ra·", "1·⏎"),
    about("metadata_many", "", "     Mpplan⇥gold⏎·", "5·⏎"),
    about("reason", "alice chen", "Br·card test⏎·", "y"),
];

fn questions() -> impl Iterator<Item = Question> {
    let dialogs = DIALOGS.into_iter().chain(ENDS);
    let dialogs = dialogs.map(
        |Dialog {
             label,
             search,
             keys,
             does,
             ..
         }| Question {
            label,
            search,
            keys,
            does,
        },
    );
    dialogs.chain(OTHERS)
}

/// A console on which it is asked, and everything is answered.
fn asked(question: &Question) -> Desk {
    let mut desk = Desk::new(SMALL, Dress::Production);
    desk.start();
    if !question.search.is_empty() {
        desk.search(question.search);
    }
    desk.plays(question.keys).rest();
    desk
}

/// What was done: changes that are on their way, and links that were opened.
fn deeds(desk: &Desk) -> usize {
    desk.held_changes.len() + desk.opened
}

/// Every letter of the window, in no order: where a line breaks is no matter.
fn letters(desk: &Desk) -> Vec<String> {
    let place = sheet(&desk.model).unwrap().place;
    let cells = place.positions().map(|at| desk.screen[at].symbol());
    let of_text = |symbol: &&str| !symbol.trim().is_empty() && !"┌└│┏┗┃─━┐┘┓┛".contains(*symbol);
    let mut letters: Vec<String> = cells.filter(of_text).map(str::to_owned).collect();
    letters.sort_unstable();
    letters
}

/// The size that the window asks for, where it is cut.
fn wanted(desk: &Desk) -> Option<(u16, u16)> {
    let said = desk.said();
    let (_, rest) = said.split_once("Make the window ")?;
    let (width, rest) = rest.split_once('×')?;
    let height = rest.split_whitespace().find(|word| !"│┃".contains(*word))?;
    Some((width.parse().unwrap(), height.parse().unwrap()))
}

#[test]
fn nothing_is_done_that_was_not_wholly_seen() {
    for question in questions() {
        for size in SIZES {
            let mut desk = asked(&question);
            let label = question.label;
            let whole = letters(&desk);
            assert_eq!(deeds(&desk), 0, "{label}");
            desk.resize(size);
            let seen = letters(&desk) == whole;
            let wanted = wanted(&desk);
            assert_ne!(seen, wanted.is_some(), "{label} {size:?}:\n{}", desk.text());
            assert!(seen || size != SMALL, "{label}:\n{}", desk.text());
            desk.plays(question.does).rest();
            assert_eq!(deeds(&desk) > 0, seen, "{label} {size:?}:\n{}", desk.text());
            let Some(wanted) = wanted else { continue };
            // In a window of that size it counts, but not before it was looked at.
            let again = question.does.chars().last().unwrap().to_string();
            desk.resize((wanted.0, wanted.1 - 1));
            desk.plays(&again);
            assert_eq!(deeds(&desk), 0, "{label} {wanted:?}:\n{}", desk.text());
            desk.resize_at_once(wanted).plays(&again);
            assert_eq!(deeds(&desk), 0, "{label} {wanted:?}:\n{}", desk.text());
            desk.rest().plays(&again);
            assert!(deeds(&desk) > 0, "{label} {wanted:?}:\n{}", desk.text());
        }
    }
}

#[test]
fn an_offer_to_finish_is_seen_wholly_too() {
    let mut desk = Desk::new((40, 10), Dress::Production);
    desk.start();
    let interrupted = interrupted(&desk, "one of a wave of accounts that buy nothing");
    desk.send(Msg::Interrupted(vec![interrupted])).rest();
    let wanted = wanted(&desk).unwrap();
    desk.keys("y").rest();
    assert_eq!(deeds(&desk), 0, "{}", desk.text());
    desk.resize(wanted).keys("y").rest();
    assert!(deeds(&desk) > 0, "{}", desk.text());
}

#[test]
fn a_dialog_says_how_large_the_window_has_to_be() {
    let mut desk = Desk::new(SMALL, Dress::Production);
    desk.start().search("alice chen").keys("D").rest();
    desk.resize((40, 10)).looks("dialog_cut_40");
    desk.press(KeyCode::Esc).keys("B").rest();
    desk.looks("ban_40");
    desk.press(KeyCode::Esc).plays("I·card test·⏎✓");
    desk.looks("impersonate_link_cut_40");
    desk.press(KeyCode::Esc).keys("En").rest();
    desk.press(KeyCode::Up).looks("edit_40");
}

#[test]
fn every_kind_of_change_has_its_dialog() {
    let mut sent = BTreeSet::from(NOT_OFFERED);
    for question in questions() {
        let mut desk = asked(&question);
        desk.plays(question.does).rest();
        let held = desk.held_changes.iter();
        sent.extend(held.map(|permit| kind(&permit.change().action)));
    }
    assert_eq!(sent, KINDS.iter().copied().collect());
}

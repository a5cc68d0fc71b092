//! Signing in as somebody: with a reason, by a link that is shown once and can
//! be taken back.

use super::dialogs::{must_wait, on_bob};
use super::harness::{Console, of_sessions};
use super::signin::words;
use super::world::{error, id, session};
use crate::app::{Armed, Command, Layer, Moment, act};
use crate::domain::{Action, ErrorKind, Outcome, SignInTokenId, UserId};

const LINK: &str = "https://demo.example/in?t=be-them";

/// Whom the chosen one of the tokens lets in, where they are shown.
pub fn of_token(console: &Console) -> Option<UserId> {
    let Layer::Tokens(place) = &console.model.layer else {
        return None;
    };
    let token = console.model.tokens.get(*place)?;
    Some(token.person.id.clone())
}

/// The dialog about Bob, read and drawn.
fn with_dialog() -> Console {
    let mut console = on_bob();
    console.press("I").settle().look();
    console
}

/// Bob is impersonated, and the link is shown.
fn with_link() -> Console {
    let mut console = with_dialog();
    console.type_text("#4812").later(100).press("Enter");
    console.done().drawn().later(300);
    console
}

#[test]
fn the_reason_and_enter_do_it_and_both_are_on_record() {
    let mut console = with_dialog();
    assert_eq!(console.dialog().title(), "Sign in as Bob Bell?");
    console
        .type_text(" card test #4812 ")
        .later(100)
        .press("Enter");
    let action = Action::Impersonate {
        user: id(1),
        actor: "ann@desk".into(),
        expires_in: Some(300),
        session_max: Some(1_800),
    };
    assert_eq!(*console.only_change(), action);
    assert_eq!(console.sent[0].reason, Some("card test #4812".into()));
}

#[test]
fn the_dialog_says_who_is_seen_and_for_how_long() {
    let console = with_dialog();
    assert_eq!(
        words(&console),
        "Signs you in as them for up to 30 minutes.\n\
         The application sees who you are (actor: ann@desk).\n\
         The link works once, for 5 min; :tokens revokes it."
    );
}

#[test]
fn without_a_reason_or_too_early_nothing_is_sent() {
    let mut console = with_dialog();
    console.press("Enter");
    must_wait(&mut console, "Say why, then Enter.");
    console.type_text("   ").later(500).press("Enter");
    must_wait(&mut console, "Say why, then Enter.");
    console.type_text("why\r");
    must_wait(&mut console, "Look first, then Enter.");
    console.later(99).press("Enter");
    must_wait(&mut console, "Look first, then Enter.");
    console.press("Esc");
    assert!(!console.has_dialog() && console.sent.is_empty());

    let mut console = on_bob();
    console
        .press("I")
        .type_text("why")
        .later(500)
        .press("Enter");
    must_wait(&mut console, "Still reading. One moment.");
    console.settle();
    let mut early = on_bob();
    early
        .press("I")
        .type_text("why")
        .answer_next()
        .answer_next();
    early.later(500).press("Enter");
    must_wait(&mut early, "Look first, then Enter.");
}

#[test]
fn whoever_does_it_already_is_named() {
    let mut console = on_bob();
    let mut theirs = session(1, &id(1), "2026-11-23T14:00:00Z");
    theirs.actor = Some("bob@desk".into());
    console.world.sessions = vec![theirs];
    console.press("I").settle();
    assert!(words(&console).ends_with("\nbob@desk impersonates them already."));
    // Not to know that bars nothing.
    let mut console = on_bob();
    let lost = error(ErrorKind::TimedOut, "");
    console
        .press("I")
        .answer_with(of_sessions, Err(lost))
        .settle();
    assert!(words(&console).ends_with("\nWhether somebody else does so now could not be read."));
    assert_eq!(console.dialog().armed(), Armed::Yes);
}

#[test]
fn nobody_signs_in_as_somebody_banned() {
    let mut console = on_bob();
    console.world.find_mut(&id(1)).banned = true;
    console.press("I").settle();
    assert_eq!(
        console.toast(),
        "Bob Bell is banned and cannot sign in. Nothing was sent."
    );
    console.press("r").settle().look();
    assert!(!act::applies(&console.model, Command::Impersonate));
}

#[test]
fn the_link_is_copied_shown_once_and_opened_by_a_key() {
    let mut console = with_link();
    assert_eq!(console.copied, [LINK]);
    let Layer::Link(link) = &console.model.layer else {
        panic!("{:?}", console.model.layer);
    };
    assert!(link.impersonates && link.text() == LINK);
    assert!(!format!("{:?}", console.model).contains("be-them"));
    console.press("w y Enter");
    assert_eq!(console.browsed, [LINK, LINK]);
    assert_eq!(console.copied, [LINK, LINK]);
    console.feed(crate::app::Msg::NotOpened);
    assert_eq!(
        console.toast(),
        "No browser could be opened here. The link is on the clipboard."
    );
    console.press("Esc");
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn a_key_on_its_way_to_the_list_opens_no_browser() {
    let mut console = with_dialog();
    console.type_text("#4812").later(100).press("Enter");
    console.done().drawn().press("Enter w");
    assert!(console.browsed.is_empty());
    console.later(250).press("Enter");
    assert_eq!(console.browsed, [LINK]);
}

#[test]
fn a_spent_quota_says_that_nothing_was_made_and_what_to_do() {
    let mut console = with_dialog();
    console.type_text("#4812").later(100).press("Enter");
    let theirs = "Your application has reached the impersonation limit for your plan (5/5). \
                  The limit will reset at the beginning of the next billing period.";
    let mut spent = error(ErrorKind::PlanLacks, theirs);
    spent.status = Some(402);
    console.ends(Outcome::Refused(spent));
    assert_eq!(
        console.toast(),
        "No link was made: the plan of this instance allows no more impersonations (402). \
         Your application has reached the impersonation limit for your plan (5/5). \
         Wait for the next billing period, or change the plan."
    );
    assert!(console.model.tokens.is_empty());
    assert!(matches!(console.model.layer, Layer::None));
}

#[test]
fn tokens_of_this_run_are_listed_and_revoked() {
    let mut console = on_bob();
    console.press(":tokens");
    assert!(
        !matches!(console.model.layer, Layer::Tokens(_)),
        "none was made yet"
    );
    let mut console = with_link();
    console.press("Esc").look().press("P l").settle().look();
    console.press("y").done().press("Esc :tokens");
    assert!(matches!(console.model.layer, Layer::Tokens(1)));
    let clock = &console.model.ctx.clock;
    let states: Vec<_> = console
        .model
        .tokens
        .iter()
        .map(|token| (token.kind(), token.state(clock).1))
        .collect();
    assert_eq!(
        states,
        [
            ("impersonation", "until 15:05".to_owned()),
            ("sign-in link", "until 15:10".to_owned())
        ]
    );
    console.press("R").settle().look();
    assert_eq!(console.dialog().title(), "Take back a link for Bob Bell?");
    console.press("y");
    let token = SignInTokenId::new("sit_1").unwrap();
    let revoke = Action::RevokeSignInToken { token, user: id(1) };
    assert_eq!(console.sent.last().unwrap().action, revoke);
    console.done().settle().press(":tokens");
    assert!(console.model.tokens[1].revoked && !console.model.tokens[0].revoked);
    console.press("R");
    assert_eq!(console.toast(), "It is revoked already.");
    console.later(300).press("k R").settle().look().press("y");
    assert!(matches!(
        console.sent.last().unwrap().action,
        Action::RevokeActorToken { .. }
    ));
}

#[test]
fn what_has_ended_is_not_revoked() {
    let mut console = with_link();
    console.press("Esc").later(300_000).press(":tokens");
    assert!(console.now() > Moment(300_000));
    let state = console.model.tokens[0].state(&console.model.ctx.clock);
    assert_eq!(state.1, "ended 15:05");
    console.press("R");
    assert_eq!(console.toast(), "It has ended already: nobody can use it.");
    console.later(300).press("x");
    assert_eq!(
        console.toast(),
        "x does nothing here. R revokes, Esc closes."
    );
    console.press("q");
    assert!(matches!(console.model.layer, Layer::None) && !console.quit);
}

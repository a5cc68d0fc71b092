//! How changes end that no key asks for yet.

use super::harness::{Console, whole_user};
use super::world::{error, five_alices, id};
use crate::app::Person;
use crate::domain::{
    Action, Answer, ApiError, Change, Credential, ErrorKind, Factors, Fetch, IdentificationId,
    Outcome, Policy, Secret, Targets, UserId,
};

/// A console that sent a change of Bob.
fn sent(action: Action) -> Console {
    let mut console = Console::with(five_alices());
    let op = console.model.jobs.next_op();
    let person = Person {
        id: id(1),
        row: console.model.people.get(&id(1)),
    };
    let change = Change::new(op, action);
    let known = crate::domain::Known::default();
    console.model.jobs.begin(&change, person, Vec::new(), known);
    assert!(
        crate::domain::Permit::check(change.clone(), &Policy::default(), |_| {
            crate::domain::Known::default()
        })
        .is_ok()
    );
    console.changing.push(change);
    console
}

fn lost() -> Outcome {
    Outcome::Unknown(error(ErrorKind::TimedOut, "No answer."))
}

fn missing() -> ApiError {
    let mut missing = error(ErrorKind::NotFound, "No passkey was found.");
    missing.status = Some(404);
    missing
}

fn two() -> Targets {
    Targets::new([id(1), id(2)]).unwrap()
}

fn passkey() -> Action {
    let passkey = IdentificationId::new("idn_1").unwrap();
    Action::RemoveCredential {
        user: id(1),
        credential: Credential::Passkey(passkey),
    }
}

fn sign_in_link() -> Action {
    Action::MakeSignInToken {
        user: id(1),
        expires_in: None,
    }
}

#[test]
fn a_missing_passkey_does_not_mean_that_its_owner_is_gone() {
    let mut console = sent(passkey());
    console.ends(Outcome::Refused(missing()));
    assert_eq!(
        console.toast(),
        "The removal was not done: No passkey was found."
    );
    let mut console = sent(Action::Lock(id(1)));
    console.ends(Outcome::Refused(missing()));
    assert!(console.toast().contains("was deleted by somebody else"));
}

#[test]
fn what_a_profile_shows_is_judged_by_it_and_what_it_does_not_show_is_left_open() {
    let factors = Action::RemoveFactors {
        user: id(1),
        factors: Factors::All,
    };
    let password = Action::SetPassword {
        user: id(1),
        password: Secret::new("correct horse"),
        sign_out: false,
        skip_checks: false,
    };
    for (action, end) in [
        (Action::Lock(id(1)), "and it did not happen"),
        (Action::Unlock(id(1)), "Bob Bell is unlocked."),
        (factors, "Bob Bell lost the second factor."),
        (passkey(), "Bob Bell lost that way in."),
        (password, "Nobody knows yet whether the new password"),
    ] {
        let mut console = sent(action.clone());
        console.ends(lost()).answer(whole_user);
        assert!(
            console.toast().contains(end),
            "{action:?}: {}",
            console.toast()
        );
        assert!(console.model.jobs.open().is_empty());
    }
}

#[test]
fn nothing_is_read_where_nothing_would_tell() {
    let mut console = sent(sign_in_link());
    console.ends(lost());
    assert!(
        console
            .toast()
            .starts_with("Nobody knows yet whether the sign-in link")
    );
    assert!(console.model.jobs.open().is_empty());
    assert!(!console.asks(whole_user));
}

#[test]
fn many_are_banned_at_once_and_each_row_says_so() {
    let by_id = |fetch: &Fetch| matches!(fetch, Fetch::UsersById(_));
    let banned = |console: &Console, id: &UserId| {
        let row = console.model.people.get(id).unwrap();
        row.facts.has(crate::domain::Fact::Banned)
    };
    let mut console = sent(Action::BanAll(two()));
    assert!(console.model.jobs.of(&id(2)).is_some(), "each waits for it");
    for id in two().ids() {
        console.world.find_mut(id).banned = true;
    }
    let both = two();
    let rows = both
        .ids()
        .iter()
        .map(|id| console.world.find(id).unwrap().row());
    let page = crate::domain::Page {
        rows: rows.map(crate::domain::Row::Read).collect(),
        total: None,
        read_at: crate::domain::Timestamp::from_millis(0),
    };
    console.ends(Outcome::Done(Box::new(Answer::users(page))));
    assert!(two().ids().iter().all(|id| banned(&console, id)));

    let mut console = sent(Action::BanAll(two()));
    console.world.find_mut(&id(1)).banned = true;
    console.ends(lost()).answer(by_id);
    assert!(
        console.toast().contains("did not happen"),
        "only one of them is"
    );
    let mut console = sent(Action::BanAll(two()));
    for id in two().ids() {
        console.world.find_mut(id).banned = true;
    }
    console.ends(lost()).answer(by_id);
    assert!(two().ids().iter().all(|id| banned(&console, id)));
}

//! A bulk call that was done for some only: a true result for every single person.

use super::batch::{lost, refused};
use super::harness::Console;
use super::many::marked;
use super::world::{error, id, not_found};
use crate::app::batch::Fate;
use crate::domain::{ErrorKind, Fetch, Outcome};

fn by_id(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::UsersById(_))
}

/// Clerk knows nothing of whoever is gone and never bans person 5; no call that
/// names one of them is done.
fn all_end(console: &mut Console) {
    while let Some(change) = console.changing.first() {
        let users = change.action.users().to_vec();
        if users.iter().any(|user| console.world.find(user).is_none()) {
            console.ends(Outcome::Refused(not_found()));
        } else if users.contains(&id(5)) {
            console.ends(refused(403, ErrorKind::Forbidden));
        } else {
            console.done();
        }
        console.settle();
    }
}

#[test]
fn answered_for_some_and_refused_for_others_each_has_what_is_true() {
    let mut console = marked(6);
    console.begins("B", "6");
    // An answer about 1 and 2 alone is no answer, and meanwhile 4 was deleted.
    for n in [1, 2] {
        console.world.find_mut(&id(n)).banned = true;
    }
    console.world.remove(&id(4));
    console.ends(lost()).settle();
    for (n, fate) in [(1, Some(Fate::Done)), (2, Some(Fate::Done)), (0, None)] {
        assert_eq!(console.batch().fate(&id(n)), fate.as_ref(), "{n}");
    }
    console.later(1_000);
    assert_eq!(console.sent[1].action.users(), [id(0), id(3), id(4), id(5)]);
    all_end(&mut console);
    for n in 0..6 {
        let expected = match n {
            4 => Fate::Gone,
            5 => Fate::Failed("Not this one.".to_owned()),
            _ => Fate::Done,
        };
        assert_eq!(console.fate(n), expected, "{n}");
        let banned = console.world.find(&id(n)).map(|user| user.banned);
        assert_eq!(banned == Some(true), console.fate(n) == Fate::Done, "{n}");
    }
    assert_eq!(console.batch().summary(), "4 banned · 1 failed · 1 gone");
    let again = console.hit().into_iter().filter(|user| *user == id(1));
    assert_eq!(again.count(), 1, "who was banned is not hit again");
}

#[test]
fn what_cannot_be_read_back_is_done_to_nobody_and_goes_again() {
    let mut console = marked(3);
    console.begins("B", "3");
    console.world.find_mut(&id(1)).banned = true;
    let offline = error(ErrorKind::TimedOut, "No answer.");
    console.ends(lost()).answer_with(by_id, Err(offline));
    assert!((0..3).all(|n| console.batch().fate(&id(n)).is_none()));
    console.later(1_000);
    assert_eq!(console.sent[1].action.users(), [id(0), id(1), id(2)]);
    // The second call is lost too, and now it is known of one that it was done.
    console.ends(lost()).settle().later(2_000);
    assert_eq!(console.sent[2].action.users(), [id(0), id(2)]);
    // A third one, too; then each is tried alone, and given up.
    for _ in 0..8 {
        while !console.changing.is_empty() {
            console.ends(lost()).settle();
        }
        console.later(2_000);
    }
    assert_eq!(console.fate(1), Fate::Done);
    for n in [0, 2] {
        assert!(matches!(console.fate(n), Fate::Failed(_)), "{n}");
    }
    assert_eq!(console.batch().summary(), "1 banned · 2 failed");
}

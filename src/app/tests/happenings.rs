//! What may happen to a console, for the property.

use proptest::prelude::*;

use super::guests::invitation;
use super::harness::Console;
use super::world::{World, five_alices, organization, session};
use crate::app::report::fixtures;
use crate::domain::{BatchId, IdentificationId, Interrupted, OpId, Plan, Policy, ToEach, UserId};

/// A thing that happens.
#[derive(Clone, Copy, Debug)]
pub enum Happening {
    Key(&'static str),
    Text(&'static str),
    Paste(&'static str),
    Drawn,
    /// Time goes by.
    Later(u64),
    /// Any read is answered, now or once more.
    Answer(prop::sample::Index),
    /// Any read fails.
    Fail(prop::sample::Index),
    /// A read that was overtaken, or was answered before, is answered.
    Stale(prop::sample::Index),
    /// A change on its way is done.
    Done(usize),
    /// One is refused.
    Refused(usize),
    /// Nobody hears how one ended, which was carried out or not.
    Lost(usize, bool),
    /// The plan of a batch is kept, or it cannot be.
    Plan(bool),
    /// A batch of an earlier run was left, of this kind.
    Left(u8),
    /// The mouse scrolls, or clicks on a row.
    Mouse(u8, u16),
    /// A colleague bans, unbans, renames or deletes somebody.
    Colleague(u8, prop::sample::Index),
    /// Rows come in another order from now on.
    Turn(usize),
    Resize(bool),
    /// The last six of the id in the open dialog are typed.
    Name,
    /// The number that a dry run is about is typed.
    Number,
    /// Everything is answered, drawn and looked at.
    Settle,
}

const KEYS: [&str; 62] = [
    "L",
    "P",
    "m",
    "B",
    "D",
    "E",
    "R",
    "y",
    "Y",
    "n",
    "q",
    "Enter",
    "Esc",
    "→",
    "←",
    "Tab",
    "S-Tab",
    "Space",
    "*",
    "u",
    "j",
    "k",
    "↓",
    "↑",
    "g",
    "G",
    "^d",
    "^u",
    "/",
    "r",
    "s",
    "a",
    "1",
    "2",
    "3",
    "<",
    ">",
    "o",
    "f",
    "i",
    "^p",
    "^n",
    "^o",
    ":",
    "?",
    "v",
    "p",
    "h",
    "l",
    "t",
    "F5",
    "x",
    "I",
    "^c",
    "в",
    "Backspace",
    "U",
    "M",
    "N",
    "c",
    "e",
    "PgDn",
];
const CHANGES: [&str; 11] = ["B", "B", "D", "D", "E", "R", "L", "P", "U", "M", "N"];
const TEXTS: [&str; 24] = [
    "alice",
    "zoe",
    "000001",
    "000003",
    "alice.chen@example.com",
    "bob.bell@example.com\r",
    "y",
    "yyyy\r",
    ":load\r",
    ":tokens\rR",
    ":history\r",
    ":batch\r",
    ":ban\r",
    "UyUy",
    "NuDyBy\r",
    "  B2\r",
    "nmae:x",
    "ip:203",
    "user:user_000002",
    "By\rD000002\r",
    "user_000002",
    "sess_000001",
    "org_000001",
    "bob.bell@example.com\nuser_000002, nobody@example.com",
];

pub fn anything() -> impl Strategy<Value = Happening> {
    use Happening as H;
    let any_index = any::<prop::sample::Index>;
    prop_oneof![
        10 => prop::sample::select(&KEYS[..]).prop_map(H::Key),
        4 => prop::sample::select(&CHANGES[..]).prop_map(H::Key),
        2 => prop::sample::select(&TEXTS[..]).prop_map(H::Text),
        1 => prop::sample::select(&TEXTS[..]).prop_map(H::Paste),
        6 => Just(H::Drawn),
        6 => (0_u64..400).prop_map(H::Later),
        6 => any_index().prop_map(H::Answer),
        1 => any_index().prop_map(H::Fail),
        2 => any_index().prop_map(H::Stale),
        2 => (0_usize..9).prop_map(H::Done),
        1 => (0_usize..9).prop_map(H::Refused),
        1 => (0_usize..9, any::<bool>()).prop_map(|(n, obeyed)| H::Lost(n, obeyed)),
        1 => prop::bool::weighted(0.9).prop_map(H::Plan),
        1 => (0_u8..4, 0_u16..24).prop_map(|(what, row)| H::Mouse(what, row)),
        1 => Just(H::Number),
        1 => (0_u8..6, any_index()).prop_map(|(what, who)| H::Colleague(what, who)),
        1 => (0_usize..7).prop_map(H::Turn),
        1 => prop::bool::weighted(0.2).prop_map(H::Resize),
        4 => Just(H::Settle),
        1 => Just(H::Name),
    ]
}

/// People with sessions, an organization and ways to sign in.
pub fn stage(width: u16) -> Console {
    let mut people = five_alices();
    for (n, user) in people.iter_mut().enumerate() {
        (user.password, user.two_factor) = (true, true);
        user.passkeys = vec![fixtures::passkey("MacBook")];
        let more = ["second", "third"].map(|which| {
            let mut address = fixtures::address(&format!("{which}{n}@example.com"));
            address.id = IdentificationId::new(&format!("idn_{which}{n}")).ok();
            address.verified = which == "second";
            address
        });
        user.emails.extend(more);
    }
    (people[2].banned, people[3].locked) = (true, true);
    let mut console = Console::start_as(people, (width, 24), Policy::default());
    let mail = ["carl@example.org", "dora@example.org"];
    console.world.invitations = vec![invitation(1, mail[0]), invitation(2, mail[1])];
    let acme = organization(1, "Acme");
    let people: Vec<UserId> = console
        .world
        .people
        .iter()
        .map(|user| user.id.clone())
        .collect();
    console.world.members = people
        .iter()
        .map(|id| (acme.id.clone(), id.clone()))
        .collect();
    console.world.organizations = vec![acme];
    let sessions = people.iter().enumerate();
    console.world.sessions = sessions
        .flat_map(|(n, id)| [n, n + 100].map(|n| session(n, id, "2026-11-23T14:00:00Z")))
        .collect();
    console
}

/// What a colleague with another console does.
pub fn colleague(world: &mut World, what: u8, who: prop::sample::Index) {
    let people = &world.people;
    if people.len() < 2 {
        return;
    }
    let id = people[who.index(people.len())].id.clone();
    match what {
        0 => world.find_mut(&id).banned = true,
        1 => world.find_mut(&id).banned = false,
        3 => world.find_mut(&id).locked ^= true,
        4 => world.find_mut(&id).password ^= true,
        2 => world.find_mut(&id).first_name = Some("Renamed".into()),
        _ => world.remove(&id),
    }
}

/// What an earlier run left of a batch: the first of the people are done.
pub fn left_over(n: u32, what: u8, world: &World) -> Interrupted {
    let users: Vec<UserId> = world.people.iter().map(|user| user.id.clone()).collect();
    let kinds = [ToEach::Ban, ToEach::Lock, ToEach::Delete, ToEach::SignOut];
    Interrupted {
        left: users[users.len() / 3..].to_vec(),
        plan: Plan {
            batch: BatchId(OpId { run: 3, n }),
            at: fixtures::at("2026-11-23T13:02:00Z"),
            what: kinds[usize::from(what) % kinds.len()].clone(),
            users,
            reason: None,
        },
        operator: "ann@desk".into(),
    }
}

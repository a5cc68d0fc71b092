//! What may happen to a console, for the property.

use proptest::prelude::*;

use super::harness::Console;
use super::world::{World, five_alices, organization, session};
use crate::app::report::fixtures;
use crate::domain::{Policy, UserId};

/// A thing that happens.
#[derive(Clone, Debug)]
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
    Done,
    Refused,
    Lost,
    /// A colleague bans, unbans, renames or deletes somebody.
    Colleague(u8, prop::sample::Index),
    /// Rows come in another order from now on.
    Turn(usize),
    Resize(bool),
    /// The last six of the id in the open dialog are typed.
    Name,
    /// Everything is answered, drawn and looked at.
    Settle,
}

const KEYS: [&str; 56] = [
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
];
const CHANGES: [&str; 8] = ["B", "B", "D", "D", "E", "R", "L", "P"];
const TEXTS: [&str; 18] = [
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
    "nmae:x",
    "ip:203",
    "user:user_000002",
    "By\rD000002\r",
    "user_000002",
    "sess_000001",
    "org_000001",
    "bob.bell@example.com\nuser_000002, nobody@example.com",
];

fn anything() -> impl Strategy<Value = Happening> {
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
        2 => Just(H::Done),
        1 => Just(H::Refused),
        1 => Just(H::Lost),
        1 => (0_u8..4, any_index()).prop_map(|(what, who)| H::Colleague(what, who)),
        1 => (0_usize..7).prop_map(H::Turn),
        1 => prop::bool::weighted(0.2).prop_map(H::Resize),
        4 => Just(H::Settle),
        1 => Just(H::Name),
    ]
}

/// Somebody who wants to change somebody, and what comes between.
fn attempt() -> impl Strategy<Value = Vec<Happening>> {
    use Happening as H;
    let between = || prop::collection::vec(anything(), 0..3);
    let pause = || {
        prop_oneof![
            4 => Just(vec![H::Settle]),
            1 => (0_u64..400).prop_map(|ms| vec![H::Settle, H::Drawn, H::Key("→"), H::Later(ms)]),
            1 => (0_u64..400).prop_map(|ms| vec![H::Later(ms)]),
        ]
    };
    let way = prop_oneof![
        1 => Just(vec![H::Key("Esc"), H::Settle]),
        3 => Just(vec![H::Key("Esc"), H::Key("Esc"), H::Key("Esc"), H::Key("1"), H::Settle]),
        1 => Just(vec![H::Key("Esc"), H::Key("Esc"), H::Key("2"), H::Settle]),
    ];
    let yes = vec![H::Key("y"), H::Done];
    let yes_of_menu = [vec![H::Settle, H::Later(260)], yes.clone()].concat();
    let arrow = vec![H::Key("→"), H::Later(260), H::Key("Enter"), H::Done];
    let named = vec![H::Name, H::Later(120), H::Key("Enter"), H::Done];
    let reason = vec![
        H::Text("#412"),
        H::Later(120),
        H::Key("Enter"),
        H::Done,
        H::Key("Esc"),
        H::Text(":tokens\rR"),
        H::Settle,
        H::Later(260),
        H::Key("y"),
        H::Done,
    ];
    let too_soon = vec![H::Name, H::Key("Enter")];
    let saved = vec![
        H::Text("x"),
        H::Key("Enter"),
        H::Settle,
        H::Key("y"),
        H::Done,
    ];
    let text = vec![
        H::Key("p"),
        H::Settle,
        H::Key("^o"),
        H::Key("→"),
        H::Text("\"a\":1"),
        H::Key("Tab"),
        H::Key("→"),
        H::Key("Enter"),
        H::Settle,
        H::Key("y"),
        H::Done,
    ];
    let recorded = [vec![H::Key("Space"), H::Settle], named.clone()].concat();
    let change = prop_oneof![
        1 => Just(("D", recorded)),
        1 => Just(("M", text)),
        4 => Just(("B", yes.clone())),
        1 => Just(("B", arrow)),
        2 => Just(("D", named.clone())),
        1 => Just(("P m", named.clone())),
        1 => Just(("P p", named)),
        1 => Just(("P c", yes.clone())),
        1 => Just(("P l", yes.clone())),
        1 => Just(("L", yes.clone())),
        2 => Just(("R a", yes.clone())),
        1 => Just(("I", reason)),
        1 => Just(("D", too_soon)),
        2 => Just(("E", [vec![H::Key("n")], saved].concat())),
        1 => Just(("x", [vec![H::Key("B")], yes_of_menu].concat())),
        2 => Just(("R", yes)),
    ];
    (way, between(), change, between(), pause(), between()).prop_map(
        |(way, before, (key, consent), meanwhile, pause, after)| {
            let keys = key.split(' ').flat_map(|key| [H::Drawn, H::Key(key)]);
            let key = keys.collect();
            [way, before, key, meanwhile, pause, consent, after].concat()
        },
    )
}

/// What happens from a start on.
pub fn histories() -> impl Strategy<Value = Vec<Happening>> {
    let part = prop_oneof![
        2 => prop::collection::vec(anything(), 1..12),
        3 => attempt(),
    ];
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}

/// People with sessions, an organization and ways to sign in.
pub fn stage(width: u16) -> Console {
    let mut people = five_alices();
    for user in &mut people {
        (user.password, user.two_factor) = (true, true);
        user.passkeys = vec![fixtures::passkey("MacBook")];
    }
    let mut console = Console::start_as(people, (width, 24), Policy::default());
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

//! Histories: somebody who wants to change somebody, and what comes between.

use proptest::prelude::*;

use super::happenings::{Happening, anything};

use Happening as H;

fn keys(keys: &'static str) -> Vec<Happening> {
    keys.split_whitespace().map(H::Key).collect()
}

/// Looked at, `y`, and done.
fn yes() -> Vec<Happening> {
    vec![H::Key("y"), H::Done(0)]
}

/// The end of the id typed out, a look, and done.
fn named() -> Vec<Happening> {
    vec![H::Name, H::Later(120), H::Key("Enter"), H::Done(0)]
}

/// A form filled, its review looked at, and done.
fn reviewed(text: &'static str) -> Vec<Happening> {
    [
        vec![H::Text(text), H::Key("Enter"), H::Settle, H::Later(260)],
        yes(),
    ]
    .concat()
}

/// First these keys, then a dialog to be looked at.
fn after(first: &'static str, then: Vec<Happening>) -> Vec<Happening> {
    [keys(first), vec![H::Settle, H::Later(260)], then].concat()
}

/// The keys of a change, a chord by its two, and what consents to it.
type Change = (&'static str, Vec<Happening>);

/// Changes of who is under the cursor.
fn of_one() -> impl Strategy<Value = Change> {
    let arrow = vec![H::Key("→"), H::Later(260), H::Key("Enter"), H::Done(0)];
    let token = after(
        "Esc :",
        [vec![H::Text("tokens\rR"), H::Settle, H::Later(260)], yes()].concat(),
    );
    let reason = vec![H::Text("#412"), H::Later(120), H::Key("Enter"), H::Done(0)];
    let text = vec![
        H::Key("^o"),
        H::Key("→"),
        H::Text("\"a\":1"),
        H::Key("Tab"),
        H::Key("→"),
    ];
    let text = [text, after("Enter", yes())].concat();
    let too_soon = vec![H::Name, H::Key("Enter")];
    let password = vec![H::Text("hunter22"), H::Key("Tab")];
    let password = [password, reviewed("hunter22")].concat();
    let recorded = after("Space", named());
    prop_oneof![
        4 => Just(("B", yes())),
        1 => Just(("B", arrow)),
        2 => Just(("L", yes())),
        2 => Just(("D", named())),
        1 => Just(("D", recorded)),
        1 => Just(("D", too_soon)),
        2 => Just(("E n", reviewed("x"))),
        1 => Just(("E e", reviewed("new@example.com"))),
        1 => Just(("E a", after("j p", yes()))),
        1 => Just(("E a", after("j j v", yes()))),
        1 => Just(("E a", after("j r", named()))),
        1 => Just(("E a", after("j j j Enter", reviewed("more@example.com")))),
        1 => Just(("M p", text.clone())),
        1 => Just(("M r", text)),
        1 => Just(("P m", named())),
        1 => Just(("P p", after("j Enter", named()))),
        1 => Just(("P p", after("Enter", password))),
        1 => Just(("P k", after("Enter", named()))),
        1 => Just(("P c", yes())),
        1 => Just(("P l", [yes(), token.clone()].concat())),
        1 => Just(("I", [reason, token].concat())),
        2 => Just(("R a", yes())),
        2 => Just(("R", yes())),
        1 => Just(("R", after("a", yes()))),
        1 => Just(("R", after("o", yes()))),
        1 => Just(("x", after("B", yes()))),
        1 => Just(("x", after("R a", yes()))),
        1 => Just(("x", after("P m", named()))),
    ]
}

/// What is about nobody under the cursor.
fn of_nobody() -> impl Strategy<Value = Change> {
    let listed = |then: &'static str| vec![H::Text(then), H::Settle, H::Later(260)];
    prop_oneof![
        3 => Just(("U", yes())),
        2 => Just((":", [listed("history\rU"), yes()].concat())),
        1 => Just(("N u", reviewed("ada@example.org"))),
        1 => Just(("N i", reviewed("ada@example.org"))),
        2 => Just(("N l", after("", after("R", yes())))),
    ]
}

/// Somebody who wants to change somebody.
fn attempt() -> impl Strategy<Value = Vec<Happening>> {
    let between = || prop::collection::vec(anything(), 0..3);
    let pause = || {
        prop_oneof![
            4 => Just(vec![H::Settle]),
            1 => (0_u64..400).prop_map(|ms| vec![H::Settle, H::Drawn, H::Key("→"), H::Later(ms)]),
            1 => (0_u64..400).prop_map(|ms| vec![H::Later(ms)]),
        ]
    };
    let change = prop_oneof![3 => of_one(), 1 => of_nobody()];
    let keys = (change, 0_usize..20).prop_map(|((key, consent), turn)| {
        let mut keys = Vec::new();
        // The rows move between the two keys of a chord.
        let moves = turn < 5 && key.contains(' ');
        if moves {
            keys.extend([H::Turn(turn), H::Key("r")]);
        }
        for (n, key) in key.split(' ').enumerate() {
            let before = if moves && n > 0 { H::Settle } else { H::Drawn };
            keys.extend([before, H::Key(key)]);
        }
        (keys, consent)
    });
    (way(), between(), keys, between(), pause(), between()).prop_map(
        |(way, before, (keys, consent), meanwhile, pause, after)| {
            [way, before, keys, meanwhile, pause, consent, after].concat()
        },
    )
}

/// How somebody gets to a list.
fn way() -> impl Strategy<Value = Vec<Happening>> {
    prop_oneof![
        1 => Just(after("Esc", Vec::new())),
        4 => Just(after("Esc Esc Esc u 1", Vec::new())),
        1 => Just(after("Esc Esc u 2", Vec::new())),
        1 => Just(after("Esc Esc Esc 1 Enter", Vec::new())),
    ]
}

/// Somebody who wants to change many.
fn attempt_at_many() -> impl Strategy<Value = Vec<Happening>> {
    let marks = prop_oneof![
        3 => (1_usize..5).prop_map(|n| [H::Settle, H::Key("Space")].repeat(n)),
        1 => Just(keys("*")),
        1 => Just(keys("v j j v")),
    ];
    let patch = vec![
        H::Text("plan"),
        H::Key("Tab"),
        H::Text("1"),
        H::Key("Enter"),
    ];
    let change = prop_oneof![
        3 => Just(("B", Vec::new())),
        2 => Just(("L", Vec::new())),
        2 => Just(("D", Vec::new())),
        1 => Just(("R a", Vec::new())),
        1 => Just(("M p", patch)),
    ];
    let number = [
        H::Settle,
        H::Number,
        H::Drawn,
        H::Later(120),
        H::Key("Enter"),
    ];
    let number = prop_oneof![
        6 => Just(number.to_vec()),
        1 => (0_u64..120).prop_map(|ms| vec![H::Settle, H::Number, H::Later(ms), H::Key("Enter")]),
    ];
    let between = || prop::collection::vec(anything(), 0..2);
    (marks, between(), change, between(), number, running()).prop_map(
        |(marks, before, (key, more), meanwhile, number, running)| {
            let to_list = after("Esc Esc Esc u 1", Vec::new());
            let open = after(key, more);
            let seen = vec![H::Settle];
            [
                to_list, marks, seen, before, open, meanwhile, number, running,
            ]
            .concat()
        },
    )
}

/// What happens to a batch, its plan first.
fn running() -> impl Strategy<Value = Vec<Happening>> {
    let one = prop_oneof![
        8 => (0_usize..4).prop_map(H::Done),
        1 => (0_usize..4).prop_map(H::Refused),
        1 => (0_usize..4, any::<bool>()).prop_map(|(n, obeyed)| H::Lost(n, obeyed)),
        2 => Just(H::Key("p")),
        1 => Just(H::Settle),
        1 => (0_u64..3_000).prop_map(H::Later),
    ];
    let end = prop_oneof![
        6 => Just([H::Done(0), H::Settle].repeat(6)),
        1 => Just(keys("c")),
        1 => Just([vec![H::Key("r"), H::Settle, H::Number, H::Later(120)], keys("Enter")].concat()),
    ];
    let plan = prop::bool::weighted(0.95).prop_map(H::Plan);
    (plan, prop::collection::vec(one, 0..8), end)
        .prop_map(|(plan, ones, end)| [vec![plan], ones, end].concat())
}

/// A batch of an earlier run is offered.
fn left_over() -> impl Strategy<Value = Vec<Happening>> {
    (any::<u8>(), running()).prop_map(|(what, running)| {
        let to_list = after("Esc Esc Esc 1", Vec::new());
        let offered = vec![
            H::Left(what),
            H::Settle,
            H::Later(260),
            H::Key("y"),
            H::Settle,
        ];
        [to_list, offered, running].concat()
    })
}

/// What happens from a start on.
pub fn histories() -> impl Strategy<Value = Vec<Happening>> {
    let part = prop_oneof![
        8 => prop::collection::vec(anything(), 1..12),
        12 => attempt(),
        4 => attempt_at_many(),
        1 => left_over(),
    ];
    prop::collection::vec(part, 1..12).prop_map(|parts| parts.concat())
}

//! Whatever is pressed and answered, in whatever order: nobody is made, invited
//! or uninvited but by a review that was seen, and none twice.

use proptest::prelude::*;

use super::guests::invitation;
use super::harness::{Console, key_of};
use super::world::{error, five_alices};
use crate::app::newcomer::Step;
use crate::app::{Layer, Msg};
use crate::domain::{Action, ErrorKind, Outcome};

#[derive(Clone, Debug)]
enum Happening {
    Key(&'static str),
    Text(&'static str),
    Pasted(&'static str),
    Drawn,
    Wait(u64),
    Answered(bool),
    Revoked,
    Ended(u8),
}

fn happening() -> impl Strategy<Value = Happening> {
    const KEYS: &[&str] = &[
        "N", "u", "i", "l", "R", "r", "a", "y", "n", "q", "Enter", "Esc", "Tab", "↓", "↑", "→",
        "Space", "F3", "j", "^u",
    ];
    prop_oneof![
        6 => prop::sample::select(KEYS).prop_map(Happening::Key),
        2 => prop::sample::select(&["a@b.org", "c@d.org", "yy", "30"][..]).prop_map(Happening::Text),
        1 => prop::sample::select(&["a@b.org", "y", "y\r"][..]).prop_map(Happening::Pasted),
        3 => Just(Happening::Drawn),
        3 => prop::sample::select(&[10u64, 240, 300][..]).prop_map(Happening::Wait),
        2 => any::<bool>().prop_map(Happening::Answered),
        1 => Just(Happening::Revoked),
        2 => (0u8..4).prop_map(Happening::Ended),
    ]
}

/// A way to a review and on: what is likely to send something.
fn scene() -> impl Strategy<Value = Vec<Happening>> {
    use Happening as H;
    let look = [H::Drawn, H::Wait(300), H::Key("y")];
    let form = |kind| {
        [
            H::Key("N"),
            H::Key(kind),
            H::Text("a@b.org"),
            H::Key("Enter"),
        ]
        .to_vec()
    };
    let list = [H::Key("N"), H::Key("l"), H::Answered(true), H::Drawn];
    let revoked = [H::Key("R"), H::Answered(true)];
    let scenes = [form("u"), form("i"), [&list[..], &revoked].concat()];
    let scenes = scenes.map(|scene| [&scene[..], &look].concat());
    prop::sample::select(scenes.to_vec())
}

fn history() -> impl Strategy<Value = Vec<Happening>> {
    let one = prop_oneof![3 => happening().prop_map(|one| vec![one]), 1 => scene()];
    prop::collection::vec(one, 1..30).prop_map(|parts| parts.concat())
}

struct Witness {
    console: Console,
    /// The review in the last frame, and when a frame first showed it.
    shown: Option<(Action, u64)>,
    last_key: u64,
}

fn reviewed(console: &Console) -> Option<Action> {
    match &console.model.layer {
        Layer::Newcomer(newcomer) => match &newcomer.step {
            Step::Review(review) => Some(review.action.clone()),
            Step::Form(_) | Step::Sent(..) => None,
        },
        _ => None,
    }
}

impl Witness {
    fn new() -> Self {
        let mut console = Console::with(five_alices());
        console.world.invitations = (1..4).map(|n| invitation(n, "x@y.org")).collect();
        Self {
            console,
            shown: None,
            last_key: 0,
        }
    }

    fn key(&mut self, name: &str) {
        let before = self.console.sent.len();
        let open: Vec<Action> = self
            .console
            .changing
            .iter()
            .map(|c| c.action.clone())
            .collect();
        self.console.feed(Msg::Key(key_of(name)));
        let now = self.console.now().0;
        if let Some(sent) = self.console.sent.get(before) {
            assert_eq!(self.console.sent.len(), before + 1, "one key sent two");
            let (action, drawn) = self.shown.as_ref().expect("sent without a review");
            assert_eq!(sent.action, *action, "another one was reviewed");
            assert!(name == "y" || name == "Enter", "{name} consented");
            assert!(now - drawn >= 250, "consented to unseen");
            assert!(now - self.last_key >= 250, "consented to in a burst");
            assert!(!open.contains(&sent.action), "the same is on its way");
        }
        self.last_key = now;
        if reviewed(&self.console) != self.shown.as_ref().map(|shown| shown.0.clone()) {
            self.shown = None;
        }
    }

    fn drawn(&mut self) {
        self.console.drawn();
        let now = self.console.now().0;
        self.shown = match (reviewed(&self.console), self.shown.take()) {
            (Some(action), Some((same, since))) if action == same => Some((action, since)),
            (Some(action), _) => Some((action, now)),
            (None, _) => None,
        };
    }

    fn ended(&mut self, how: u8) {
        if self.console.changing.is_empty() {
            return;
        }
        let lost = || Outcome::Unknown(error(ErrorKind::TimedOut, ""));
        match how {
            0 => self.console.done(),
            1 => self.console.ends(lost()),
            2 => {
                let action = self.console.changing[0].action.clone();
                self.console.world.obey(&action);
                self.console.ends(lost())
            }
            _ => {
                let refusal = error(ErrorKind::Invalid, "No.");
                self.console.ends(Outcome::Refused(refusal))
            }
        };
    }

    fn step(&mut self, happening: &Happening) {
        match happening {
            Happening::Key(key) => self.key(key),
            Happening::Text(text) => {
                for c in text.chars() {
                    self.key(&c.to_string());
                }
            }
            Happening::Pasted(text) => {
                let before = self.console.sent.len();
                self.console.paste(text);
                assert_eq!(self.console.sent.len(), before, "a paste consented");
                self.last_key = self.console.now().0;
            }
            Happening::Drawn => self.drawn(),
            Happening::Wait(ms) => {
                self.console.later(*ms);
            }
            Happening::Answered(well) if !self.console.asked.is_empty() => {
                let asked = self.console.asked.remove(0);
                let answer = if *well {
                    self.console.world.answer(&asked.fetch)
                } else {
                    Err(error(ErrorKind::TimedOut, "No answer."))
                };
                self.console.reply(&asked, answer);
            }
            Happening::Answered(_) => {}
            Happening::Revoked => {
                use crate::domain::InvitationStatus as Status;
                self.console.world.invitations[0].status = Status::Revoked;
            }
            Happening::Ended(how) => self.ended(*how),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn nobody_comes_but_by_a_review_that_was_seen(history in history()) {
        let mut witness = Witness::new();
        for happening in &history {
            witness.step(happening);
        }
    }
}

#[test]
fn the_scenes_send_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut sent = 0;
    for _ in 0..20 {
        let mut witness = Witness::new();
        let scene = scene().new_tree(&mut runner).unwrap().current();
        witness.drawn();
        for happening in &scene {
            witness.step(happening);
        }
        sent += witness.console.sent.len();
    }
    assert_eq!(sent, 20, "each scene leads to a change");
}

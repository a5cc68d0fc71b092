//! Whatever is pressed and answered, in whatever order: nobody is changed who
//! was not seen, named and confirmed.

use std::collections::BTreeMap;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::attempts::histories;
use super::happenings::{Happening, colleague, left_over, stage};
use super::harness::{Asked, key_of};
use super::seeds;
use super::witness::Witness;
use super::world::{World, error, not_found};
use crate::app::{Layer, Msg};
use crate::domain::{Action, Change, ErrorKind, InvitationStatus, Outcome};

/// A history as it happens.
struct Play {
    witness: Witness,
    answered: Vec<Asked>,
    left: u32,
}

/// Whether what a change is about is not there any more.
fn is_gone(world: &World, action: &Action) -> bool {
    match action {
        Action::Revoke { session, .. } => !world.sessions.iter().any(|one| one.id == *session),
        Action::RevokeInvitation(id) => !(world.invitations.iter())
            .any(|one| one.id == *id && one.status == InvitationStatus::Pending),
        action => action.users().iter().any(|user| world.find(user).is_none()),
    }
}

impl Play {
    fn new(width: u16) -> Self {
        Self {
            witness: Witness::new(stage(width)),
            answered: Vec::new(),
            left: 0,
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let name = c.to_string();
            let key = match c {
                '\r' => "Enter",
                ' ' => "Space",
                _ => &name,
            };
            self.witness.key(key_of(key));
        }
    }

    fn answer(&mut self, at: usize, fails: bool) {
        let console = &mut self.witness.console;
        if console.asked.is_empty() {
            return;
        }
        let asked = console.asked.remove(at);
        let answer = if fails {
            Err(error(ErrorKind::TimedOut, "No answer."))
        } else {
            console.world.answer(&asked.fetch)
        };
        console.reply(&asked, answer);
        self.answered.push(asked);
    }

    /// A change on its way ends.
    fn ends(&mut self, n: usize, how: impl FnOnce(&mut Witness, &Change) -> Outcome) {
        self.witness.look_around();
        let changing = &mut self.witness.console.changing;
        if changing.is_empty() {
            return;
        }
        let change = changing.remove(n % changing.len());
        let outcome = how(&mut self.witness, &change);
        let op = change.op;
        self.witness.console.feed(Msg::Changed { op, outcome });
    }

    fn done(&mut self, n: usize) {
        self.ends(n, |witness, change| {
            if is_gone(&witness.console.world, &change.action) {
                return Outcome::Refused(not_found());
            }
            witness.many.heard(change);
            let answer = witness.console.world.obey(&change.action);
            Outcome::Done(Box::new(answer))
        });
    }

    fn lost(&mut self, n: usize, obeyed: bool) {
        self.ends(n, |witness, change| {
            let world = &mut witness.console.world;
            if obeyed && !is_gone(world, &change.action) {
                world.obey(&change.action);
            }
            Outcome::Unknown(error(ErrorKind::Broken, "Lost."))
        });
    }

    fn plan(&mut self, kept: bool) {
        if let Some(batch) = self.witness.many.keeps(kept) {
            let result = kept
                .then_some(())
                .ok_or_else(|| "The disk is full.".to_owned());
            self.witness.console.feed(Msg::PlanKept { batch, result });
        }
    }

    fn mouse(&mut self, what: u8, row: u16) {
        let before = (
            self.witness.console.sent.len(),
            self.witness.console.plans.len(),
        );
        let kind = match what {
            0 => MouseEventKind::ScrollDown,
            1 => MouseEventKind::ScrollUp,
            _ => MouseEventKind::Down(MouseButton::Left),
        };
        let (column, modifiers) = (10, KeyModifiers::NONE);
        self.witness.console.feed(Msg::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers,
        }));
        let after = (
            self.witness.console.sent.len(),
            self.witness.console.plans.len(),
        );
        assert_eq!(before, after, "the mouse changed somebody");
    }

    fn settle(&mut self) {
        for _ in 0..500 {
            if self.witness.console.asked.is_empty() {
                break;
            }
            self.answer(0, false);
            self.witness.look_around();
        }
        self.witness.drawn();
        self.witness.console.later(300);
    }

    fn happens(&mut self, step: &Happening) {
        let asked = self.witness.console.asked.len().max(1);
        match step {
            Happening::Key(key) => self.witness.key(key_of(key)),
            Happening::Text(text) => self.text(text),
            Happening::Name => {
                if let Layer::Dialog(dialog) = &self.witness.console.model.layer {
                    let name = dialog.user().last_six().to_owned();
                    self.text(&name);
                }
            }
            Happening::Number => {
                if let Layer::DryRun(dry_run) = &self.witness.console.model.layer
                    && let Some(judged) = dry_run.judged()
                {
                    let number = judged.goes.len().to_string();
                    self.text(&number);
                }
            }
            Happening::Paste(text) => self.witness.pasted(text),
            Happening::Drawn => self.witness.drawn(),
            Happening::Later(ms) => {
                self.witness.console.later(*ms);
            }
            Happening::Answer(at) => self.answer(at.index(asked), false),
            Happening::Fail(at) => self.answer(at.index(asked), true),
            Happening::Stale(at) => {
                let console = &mut self.witness.console;
                let old: Vec<&Asked> = console.superseded.iter().chain(&self.answered).collect();
                if !old.is_empty() {
                    let asked = old[at.index(old.len())].clone();
                    let answer = console.world.answer(&asked.fetch);
                    console.reply(&asked, answer);
                }
            }
            Happening::Done(n) => self.done(*n),
            Happening::Refused(n) => self.ends(*n, |_, _| {
                let mut no = error(ErrorKind::Invalid, "No.");
                no.status = Some(422);
                Outcome::Refused(no)
            }),
            Happening::Lost(n, obeyed) => self.lost(*n, *obeyed),
            Happening::Plan(kept) => self.plan(*kept),
            Happening::Left(what) => {
                self.left += 1;
                let left = left_over(self.left, *what, &self.witness.console.world);
                self.witness.many.left(&left);
                self.witness.console.feed(Msg::Interrupted(vec![left]));
            }
            Happening::Mouse(what, row) => self.mouse(*what, *row),
            Happening::Colleague(what, who) => {
                colleague(&mut self.witness.console.world, *what, *who);
            }
            Happening::Turn(by) => {
                let people = &mut self.witness.console.world.people;
                let by = by % people.len().max(1);
                people.rotate_left(by);
            }
            Happening::Resize(small) => {
                let size = if *small { (20, 5) } else { (120, 30) };
                self.witness.console.feed(Msg::Resize(size.0, size.1));
            }
            Happening::Settle => self.settle(),
        }
        self.witness.look_around();
    }

    /// Once everything is answered, nothing is asked for, awaited or drawn.
    fn comes_to_rest(&mut self) {
        for _ in 0..200 {
            let console = &self.witness.console;
            let waits = !console.asked.is_empty() || !console.changing.is_empty();
            if !waits && !self.witness.many.waits() {
                break;
            }
            self.plan(true);
            self.done(0);
            self.settle();
            self.witness.look_around();
        }
        for _ in 0..4 {
            self.witness.console.settle().later(60_000);
            self.witness.look_around();
        }
        let console = &self.witness.console;
        assert!(console.asked.is_empty(), "{:?}", console.asked);
        assert!(console.wakes.is_empty(), "{:?}", console.wakes);
        assert!(!console.model.frame_due());
    }
}

/// How often what happened.
type Tally = BTreeMap<String, usize>;

fn run(steps: &[Happening], width: u16) -> Tally {
    let mut play = Play::new(width);
    for step in steps {
        play.happens(step);
        if play.witness.console.quit {
            break;
        }
    }
    if !play.witness.console.quit {
        play.comes_to_rest();
    }
    play.witness.tally
}

#[test]
fn nobody_is_changed_who_was_not_seen_named_and_confirmed() {
    let wide = proptest::bool::ANY;
    seeds::hold(
        "nobody_is_changed",
        &(histories(), wide),
        |(steps, wide)| {
            run(&steps, if wide { 120 } else { 80 });
        },
    );
}

/// What histories do, and in how many of a hundred at least: without it the
/// property would prove little.
const AT_LEAST: &[(&str, usize)] = &[
    ("ban", 5),
    ("ban, of many", 5),
    ("lock, of many", 5),
    ("delete, of many", 5),
    ("metadata, of many", 3),
    ("revoke, of many", 3),
    ("view → dialog", 40),
    ("view → dry run", 20),
    ("view → newcomer", 10),
    ("menu → dialog", 5),
    ("tokens → dialog", 2),
    ("offer → dry run", 5),
    ("patch → dry run", 3),
    ("undo", 2),
    ("a batch ends", 15),
    ("a batch ends with failures", 2),
    ("a batch is called off", 2),
    ("a batch pauses", 8),
    ("a batch of an earlier run ends", 5),
];
/// What is asked for too seldom to be counted in a hundred.
const SOMETIMES: &[&str] = &["batch → dry run", "history → dialog", "history → dry run"];
/// No key asks for this.
const NEVER: &str = "trust-password";

#[test]
fn the_histories_do_all_that_can_be_done() {
    let mut in_so_many = Tally::new();
    let (all, mut write): (usize, usize) = (500, 0);
    for seed in 0..all {
        let tally = run(&seeds::value(&histories(), seed as u64), 80);
        let is_write = |what: &String| Action::NAMES.contains(&what.trim_end_matches(", of many"));
        write += usize::from(tally.keys().any(is_write));
        for what in tally.into_keys() {
            *in_so_many.entry(what).or_default() += 1;
        }
    }
    let has = |what: &str| in_so_many.get(what).copied().unwrap_or(0);
    let kinds = Action::NAMES.iter().filter(|kind| **kind != NEVER);
    let wanted = kinds.chain(SOMETIMES).map(|what| (*what, 1));
    let hundreds = AT_LEAST.iter().map(|(what, n)| (*what, n * all / 100));
    let rare: Vec<(&str, usize)> = wanted
        .chain(hundreds)
        .filter(|(what, n)| has(what) < *n)
        .collect();
    assert!(
        rare.is_empty(),
        "too seldom: {rare:?}; {write} write: {in_so_many:#?}"
    );
    assert!(
        write > all * 6 / 10,
        "only {write} of {all} histories write"
    );
}

//! Whatever is pressed and answered, in whatever order: nobody is changed who
//! was not seen, named and confirmed.

use proptest::prelude::*;

use super::happenings::{Happening, colleague, histories, stage};
use super::harness::{Asked, Console, key_of};
use super::world::error;
use crate::app::dialog::{Consent, Step};
use crate::app::{Layer, Msg, PaneId, Screen};
use crate::domain::{Action, ErrorKind, OpId, Outcome, UserId};

/// What the last frame showed.
#[derive(Clone, Default)]
struct Frame {
    pane: Option<PaneId>,
    person: Option<UserId>,
    dialog: bool,
}

/// The dialog that is open, as the test sees it.
struct Open {
    person: UserId,
    /// When a frame first showed it.
    drawn: Option<u64>,
    steps: Vec<Action>,
}

struct Witness {
    console: Console,
    answered: Vec<Asked>,
    frame: Frame,
    /// What the first key of a chord was about.
    chord: Option<Frame>,
    open: Option<Open>,
    last_key: u64,
    last_text: u64,
    ops: Vec<OpId>,
    confirmed: usize,
    /// Steps that were confirmed and not sent yet.
    rest: Vec<Action>,
}

impl Witness {
    fn new(width: u16) -> Self {
        let console = stage(width);
        Self {
            console,
            answered: Vec::new(),
            frame: Frame::default(),
            chord: None,
            open: None,
            last_key: 0,
            last_text: 0,
            ops: Vec::new(),
            confirmed: 0,
            rest: Vec::new(),
        }
    }

    fn now(&self) -> u64 {
        self.console.now().0
    }

    fn key(&mut self, key: crossterm::event::KeyEvent) {
        let name = crate::app::key_name::key_name(key).unwrap_or_default();
        let sent_before = self.console.sent.len();
        let had_dialog = self.console.has_dialog();
        let typed = match &self.console.model.layer {
            Layer::Dialog(dialog) => match &dialog.step {
                Step::Confirm(confirm) => matches!(confirm.consent, Consent::Typed { .. }),
                Step::Form(_) | Step::Addresses(_) | Step::Choose(_) | Step::Editor(_) => false,
            },
            _ => false,
        };
        let pending = self.console.model.chord.is_some();
        let meant = self.chord.take().filter(|_| pending);
        let mut meant = meant.unwrap_or_else(|| self.frame.clone());
        // A token is about whom it lets in, wherever the cursor of the view is.
        if let Some(user) = super::impersonate::of_token(&self.console) {
            (meant.person, meant.pane) = (Some(user), Some(self.console.model.history.here()));
        }
        self.console.feed(Msg::Key(key));
        super::saving::write(&mut self.console);
        if self.console.model.chord.is_some() {
            self.chord = Some(meant.clone());
        }
        let now = self.now();
        if self.console.sent.len() > sent_before {
            assert_eq!(
                self.console.sent.len(),
                sent_before + 1,
                "one key sent two changes"
            );
            let sent = self.console.sent.last().unwrap().clone();
            let open = self.open.take().expect("a change without a dialog");
            assert!(had_dialog, "a change without a dialog");
            assert_eq!(
                *sent.action.user().unwrap(),
                open.person,
                "somebody else was changed"
            );
            assert_eq!(
                Some(&sent.action),
                open.steps.first(),
                "something else was done"
            );
            self.rest.extend_from_slice(&open.steps[1..]);
            let drawn = open
                .drawn
                .expect("a dialog that was never drawn was confirmed");
            if typed {
                assert_eq!(name, "Enter");
                assert!(
                    now - self.last_text >= 100,
                    "Enter in the burst of the text"
                );
            } else {
                assert!(name == "y" || name == "Enter", "{name} confirmed");
                assert!(now - drawn >= 250, "confirmed unseen");
                assert!(now - self.last_key >= 250, "confirmed in a burst");
            }
            assert!(!self.ops.contains(&sent.op), "a number used twice");
            self.ops.push(sent.op);
            self.confirmed += 1;
            assert!(!self.console.has_dialog());
        } else if self.console.has_dialog() && !had_dialog {
            let here = self.console.model.history.here();
            assert_eq!(
                meant.pane,
                Some(here),
                "opened in a view that was not drawn"
            );
            let seen = meant.person.clone();
            let person = self.console.dialog().user().clone();
            assert_eq!(
                Some(&person),
                seen.as_ref(),
                "about somebody who was not seen"
            );
            self.open = Some(Open {
                person,
                drawn: None,
                steps: Vec::new(),
            });
        }
        self.last_key = now;
        if typed {
            self.last_text = if name == "Enter" { self.last_text } else { now };
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            let name = c.to_string();
            self.key(key_of(if c == '\r' { "Enter" } else { &name }));
        }
    }

    fn drawn(&mut self) {
        self.look_at_dialog();
        self.console.drawn();
        let model = &self.console.model;
        let shown = crate::app::layout::areas(model).is_some();
        self.frame = Frame {
            pane: shown.then(|| model.history.here()),
            person: model
                .subject()
                .person
                .filter(|_| shown)
                .map(|person| person.id),
            dialog: shown && self.console.has_dialog(),
        };
        let now = self.now();
        if self.frame.dialog
            && let Some(open) = &mut self.open
        {
            open.drawn.get_or_insert(now);
        }
    }

    fn answer(&mut self, at: usize, fails: bool) {
        if self.console.asked.is_empty() {
            return;
        }
        let asked = self.console.asked.remove(at);
        let answer = if fails {
            Err(error(ErrorKind::TimedOut, "No answer."))
        } else {
            self.console.world.answer(&asked.fetch)
        };
        self.console.reply(&asked, answer);
        self.answered.push(asked);
    }

    fn step(&mut self, step: &Happening) {
        let busy = !self.console.changing.is_empty();
        let asked = self.console.asked.len();
        match step {
            Happening::Key(key) => self.key(key_of(key)),
            Happening::Text(text) => self.text(text),
            Happening::Name => {
                if let Layer::Dialog(dialog) = &self.console.model.layer {
                    let name = dialog.user().last_six().to_owned();
                    self.text(&name);
                }
            }
            Happening::Paste(text) => {
                let sent = self.console.sent.len();
                self.console.paste(text);
                assert_eq!(self.console.sent.len(), sent, "a paste changed somebody");
                self.last_key = self.now();
                self.last_text = self.now();
            }
            Happening::Drawn => self.drawn(),
            Happening::Later(ms) => {
                self.console.later(*ms);
            }
            Happening::Answer(at) => self.answer(at.index(asked.max(1)), false),
            Happening::Fail(at) => self.answer(at.index(asked.max(1)), true),
            Happening::Stale(at) => {
                let mut old = self.console.superseded.clone();
                old.extend(self.answered.iter().cloned());
                if !old.is_empty() {
                    let asked = &old[at.index(old.len())];
                    let answer = self.console.world.answer(&asked.fetch);
                    self.console.reply(asked, answer);
                }
            }
            Happening::Done if busy => {
                let action = self.console.changing[0].action.clone();
                if self.console.world.find(action.user().unwrap()).is_some() {
                    self.console.done();
                } else {
                    let gone = super::world::not_found();
                    self.console.ends(Outcome::Refused(gone));
                }
            }
            Happening::Refused if busy => {
                let no = error(ErrorKind::Forbidden, "No.");
                self.console.ends(Outcome::Refused(no));
            }
            Happening::Lost if busy => {
                let lost = error(ErrorKind::Broken, "Lost.");
                self.console.ends(Outcome::Unknown(lost));
            }
            Happening::Done | Happening::Refused | Happening::Lost => {}
            Happening::Colleague(what, who) => colleague(&mut self.console.world, *what, *who),
            Happening::Turn(by) => {
                let people = &mut self.console.world.people;
                let by = by % people.len().max(1);
                people.rotate_left(by);
            }
            Happening::Resize(small) => {
                let size = if *small { (20, 5) } else { (120, 30) };
                self.console.feed(Msg::Resize(size.0, size.1));
            }
            Happening::Settle => {
                for _ in 0..500 {
                    if self.console.asked.is_empty() {
                        break;
                    }
                    self.answer(0, false);
                }
                self.drawn();
                self.console.later(300);
            }
        }
        self.look_around();
    }

    /// Once everything is answered, nothing is asked for, awaited or drawn.
    fn comes_to_rest(&mut self) {
        for _ in 0..4 {
            self.console.settle().later(60_000);
        }
        assert!(self.console.asked.is_empty(), "{:?}", self.console.asked);
        assert!(self.console.wakes.is_empty(), "{:?}", self.console.wakes);
        assert!(!self.console.model.frame_due());
    }

    /// What the open dialog is about, and what it would send.
    fn look_at_dialog(&mut self) {
        match (&mut self.open, &self.console.model.layer) {
            (Some(open), Layer::Dialog(dialog)) => {
                assert_eq!(
                    *dialog.user(),
                    open.person,
                    "the dialog is about somebody else now"
                );
                let steps = dialog.steps();
                if steps != open.steps {
                    // A review of the form, or the form again; more sessions, or
                    // which of several: it has to be seen anew.
                    let may_change = |action: &Action| {
                        matches!(
                            action,
                            Action::Edit(..)
                                | Action::Revoke { .. }
                                | Action::MergeMetadata { .. }
                                | Action::ReplaceMetadata { .. }
                        )
                    };
                    assert!(
                        open.steps.is_empty()
                            || steps.is_empty()
                            || steps.iter().chain(&open.steps).all(may_change),
                        "the verb has changed: {:?} → {steps:?}",
                        open.steps
                    );
                    open.steps = steps;
                    open.drawn = None;
                }
            }
            (_, Layer::Dialog(_)) => panic!("a dialog that no key opened"),
            (open, _) => *open = None,
        }
    }

    /// What holds after anything.
    fn look_around(&mut self) {
        // What was confirmed at once is sent one after the other.
        for change in &self.console.sent[self.confirmed..] {
            let next = self.rest.iter().position(|step| *step == change.action);
            self.rest
                .remove(next.expect("a step that no key confirmed"));
            assert!(!self.ops.contains(&change.op), "a number used twice");
            self.ops.push(change.op);
            self.confirmed += 1;
        }
        assert_eq!(
            self.console.sent.len(),
            self.confirmed,
            "a change that no key confirmed"
        );
        self.look_at_dialog();
        for list in self
            .console
            .model
            .history
            .screens()
            .filter_map(Screen::list)
        {
            let (cursor, rows) = (list.cursor(), list.len());
            assert!(cursor < rows.max(1), "{cursor} of {rows}");
        }
        let mut changed: Vec<Option<&UserId>> = Vec::new();
        for job in self.console.model.jobs.open() {
            assert!(
                !changed.contains(&job.action.user()),
                "two changes of one person at once"
            );
            changed.push(job.action.user());
        }
    }
}

fn run(steps: &[Happening], width: u16) -> usize {
    let mut witness = Witness::new(width);
    for step in steps {
        witness.step(step);
        if witness.console.quit {
            break;
        }
    }
    if !witness.console.quit {
        witness.comes_to_rest();
    }
    witness.confirmed
}

/// A few seconds of histories; `PROPTEST_CASES=100000` takes its time.
pub fn cases() -> u32 {
    let cases = std::env::var("PROPTEST_CASES").ok();
    cases.and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_changed_who_was_not_seen_named_and_confirmed(
        steps in histories(),
        wide in any::<bool>(),
    ) {
        run(&steps, if wide { 120 } else { 80 });
    }
}

#[test]
fn the_histories_do_change_people() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let histories = (0..200).map(|_| histories().new_tree(&mut runner).unwrap().current());
    let confirmed: usize = histories.map(|steps| run(&steps, 80)).sum();
    assert!(
        confirmed > 100,
        "only {confirmed} changes: the property proves little"
    );
}

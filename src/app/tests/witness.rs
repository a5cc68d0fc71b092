//! Somebody who watches a console and holds every write against what was seen:
//! whom the last frame showed before the key, what the question said, and how it
//! was consented to.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::harness::Console;
use super::witness_many::Many;
use crate::app::dialog::{Consent, Dialog, Step};
use crate::app::newcomer;
use crate::app::{Layer, Msg, PaneId};
use crate::domain::{Action, Change, Fact, InvitationId, OpId, UserId};

/// What the last frame showed.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub pane: Option<PaneId>,
    pub person: Option<UserId>,
    /// Whether they were banned, and locked.
    pub state: Option<(bool, bool)>,
    pub invitation: Option<InvitationId>,
    pub marks: HashSet<UserId>,
}

/// The question that is open.
#[derive(Debug)]
pub struct Open {
    pub about: About,
    /// When a frame first showed it as it is.
    pub drawn: Option<u64>,
}

/// What a question is about, and what it says that would be done.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    One(UserId, Vec<Action>),
    /// Nobody who is there; what is consented to, once that is shown.
    Newcomer(Option<Action>),
    /// These; those it would act on, and how that is called, once it is shown.
    Many(HashSet<UserId>, Option<(&'static str, Vec<UserId>)>),
    /// What an earlier run left.
    Left(HashSet<UserId>),
}

/// What a key met.
pub struct Met {
    pub name: String,
    /// Whether it is typed into a box whose Enter consents.
    pub typed: bool,
    pub layer: &'static str,
    /// What stood in the box of a dry run.
    pub number: String,
    pub sent: usize,
    pub plans: usize,
}

pub struct Witness {
    pub console: Console,
    pub frame: Frame,
    /// What the first key of a chord was about.
    pub chord: Option<Frame>,
    pub open: Option<Open>,
    pub last_key: u64,
    pub last_text: u64,
    /// Whom each change sent was about that was made of one person.
    pub whose: HashMap<OpId, UserId>,
    pub ops: HashSet<(u64, u32)>,
    pub judged: usize,
    /// Steps that were confirmed and not sent yet.
    pub rest: Vec<Action>,
    pub many: Many,
    /// How often what was seen.
    pub tally: BTreeMap<String, usize>,
}

/// What lies over the view, by name.
pub fn layer(console: &Console) -> &'static str {
    match &console.model.layer {
        Layer::None => "view",
        Layer::Dialog(_) => "dialog",
        Layer::DryRun(_) => "dry run",
        Layer::Newcomer(_) => "newcomer",
        Layer::Resume(_) => "offer",
        Layer::Patch(_) => "patch",
        Layer::Menu(_) => "menu",
        Layer::Ledger => "history",
        Layer::Tokens(_) => "tokens",
        Layer::Batch(_) => "batch",
        _ => "other",
    }
}

fn is_typed(dialog: &Dialog) -> bool {
    matches!(&dialog.step, Step::Confirm(confirm) if matches!(confirm.consent, Consent::Typed { .. }))
}

/// Where the next key is still about what was seen before this one.
fn keeps_aim(layer: &str) -> bool {
    matches!(layer, "patch" | "menu")
}

/// Whether a key puts something into a box of one line.
fn edits(name: &str) -> bool {
    matches!(name, "Space" | "Backspace") || name.chars().count() == 1
}

/// A review of the form, or the form again; more sessions, or which of several.
fn may_change(action: &Action) -> bool {
    matches!(
        action,
        Action::Edit(..)
            | Action::Revoke { .. }
            | Action::MergeMetadata { .. }
            | Action::ReplaceMetadata { .. }
    )
}

impl Witness {
    pub fn new(console: Console) -> Self {
        Self {
            console,
            frame: Frame::default(),
            chord: None,
            open: None,
            last_key: 0,
            last_text: 0,
            whose: HashMap::new(),
            ops: HashSet::new(),
            judged: 0,
            rest: Vec::new(),
            many: Many::default(),
            tally: BTreeMap::new(),
        }
    }

    pub fn now(&self) -> u64 {
        self.console.now().0
    }

    pub fn count(&mut self, what: impl Into<String>) {
        *self.tally.entry(what.into()).or_default() += 1;
    }

    fn meets(&self, name: String) -> Met {
        let (typed, number) = match &self.console.model.layer {
            Layer::Dialog(dialog) => (is_typed(dialog), String::new()),
            Layer::DryRun(dry_run) => (true, dry_run.number.value().trim().to_owned()),
            _ => (false, String::new()),
        };
        Met {
            name,
            typed,
            layer: layer(&self.console),
            number,
            sent: self.singles(),
            plans: self.console.plans.len(),
        }
    }

    /// How many changes were sent that are no part of a batch.
    pub(super) fn singles(&self) -> usize {
        let alone = |change: &&Change| change.batch.is_none();
        self.console.sent.iter().filter(alone).count()
    }

    pub fn key(&mut self, key: crossterm::event::KeyEvent) {
        let name = crate::app::key_name::key_name(key).unwrap_or_default();
        let met = self.meets(name);
        let pending = self.console.model.chord.is_some();
        let begun = self
            .chord
            .take()
            .filter(|_| pending || keeps_aim(met.layer));
        let mut meant = begun.unwrap_or_else(|| self.frame.clone());
        // A token is about whom it lets in, wherever the cursor of the view is.
        if let Some(user) = super::impersonate::of_token(&self.console) {
            meant.person = Some(user);
            (meant.pane, meant.state) = (Some(self.console.model.history.here()), None);
        }
        self.console.feed(Msg::Key(key));
        super::saving::write(&mut self.console);
        let now_over = layer(&self.console);
        if self.console.model.chord.is_some() || keeps_aim(now_over) {
            self.chord = Some(meant.clone());
        }
        self.judge_consent(&met);
        if now_over != met.layer {
            self.judge_question(&met, &meant);
        }
        let now = self.now();
        self.last_key = now;
        if met.typed && met.name != "Enter" && (met.layer == "dialog" || edits(&met.name)) {
            self.last_text = now;
        }
        self.look_around();
    }

    pub fn ask(&mut self, about: About) {
        self.open = Some(Open { about, drawn: None });
    }

    pub fn pasted(&mut self, text: &str) {
        let before = (self.console.sent.len(), self.console.plans.len());
        self.console.paste(text);
        let after = (self.console.sent.len(), self.console.plans.len());
        assert_eq!(after, before, "a paste changed somebody");
        (self.last_key, self.last_text) = (self.now(), self.now());
    }

    pub fn drawn(&mut self) {
        self.look_at_question();
        self.console.drawn();
        let model = &self.console.model;
        if crate::app::layout::areas(model).is_none() {
            self.frame = Frame::default();
            return;
        }
        let subject = model.subject();
        let row = subject
            .person
            .as_ref()
            .and_then(|person| person.row.as_ref());
        self.frame = Frame {
            pane: Some(model.history.here()),
            state: row.map(|row| (row.facts.has(Fact::Banned), row.facts.has(Fact::Locked))),
            person: subject.person.map(|person| person.id),
            invitation: subject.invitation.map(|invitation| invitation.id),
            marks: model.marks.ids().cloned().collect(),
        };
        let now = self.now();
        if let Some(open) = &mut self.open {
            open.drawn.get_or_insert(now);
        }
    }

    /// What the open question is about, and what it would do.
    fn look_at_question(&mut self) {
        let Some(about) = self.what_is_asked() else {
            self.open = None;
            return;
        };
        if self.open.as_ref().is_none_or(|open| open.about != about) {
            // It has to be seen anew.
            self.ask(about);
        }
    }

    fn what_is_asked(&self) -> Option<About> {
        let before = self.open.as_ref().map(|open| &open.about);
        Some(match (&self.console.model.layer, before) {
            (Layer::Dialog(dialog), Some(About::One(person, steps))) => {
                assert_eq!(
                    dialog.user(),
                    person,
                    "the dialog is about somebody else now"
                );
                let now = dialog.steps();
                let same = steps.is_empty() || now.is_empty() || *steps == now;
                let mut all = steps.iter().chain(&now);
                assert!(same || all.all(may_change), "{steps:?} → {now:?}");
                About::One(person.clone(), now)
            }
            (Layer::Dialog(_), _) => panic!("a dialog that no key opened"),
            (Layer::DryRun(dry_run), Some(About::Many(ids, _))) => {
                assert!(dry_run.ids().iter().all(|id| ids.contains(id)));
                let judged = dry_run.judged().map(|judged| {
                    let goes = judged.goes.iter().map(|read| read.person.id.clone());
                    (judged.what.name(), goes.collect())
                });
                About::Many(ids.clone(), judged)
            }
            (Layer::DryRun(_), _) => panic!("a dry run that no key opened"),
            (Layer::Newcomer(newcomer), _) => About::Newcomer(match &newcomer.step {
                newcomer::Step::Review(review) => Some(review.action.clone()),
                _ => None,
            }),
            (Layer::Resume(resume), _) => {
                About::Left(resume.interrupted.left.iter().cloned().collect())
            }
            _ => return None,
        })
    }

    /// What holds after anything.
    pub fn look_around(&mut self) {
        let new: Vec<_> = self.console.sent[self.judged..].to_vec();
        for change in new {
            let op = (change.op.run, change.op.n);
            assert!(self.ops.insert(op), "a number used twice");
            let kind = change.action.name();
            if change.batch.is_some() {
                self.many.judge(&self.console, &change);
                self.count(format!("{kind}, of many"));
            } else {
                // What was confirmed at once is sent one after the other.
                let next = self.rest.iter().position(|step| *step == change.action);
                self.rest
                    .remove(next.expect("a step that no key confirmed"));
                self.count(kind);
            }
        }
        self.judged = self.console.sent.len();
        self.look_at_question();
        self.many.look_around(&self.console);
        for what in std::mem::take(&mut self.many.seen) {
            self.count(what);
        }
        self.look_at_state();
    }

    fn look_at_state(&self) {
        let screens = self.console.model.history.screens();
        for list in screens.filter_map(crate::app::Screen::list) {
            let (cursor, rows) = (list.cursor(), list.len());
            assert!(cursor < rows.max(1), "{cursor} of {rows}");
        }
        let sign_out = |change: &&Change| {
            change.batch.is_some() && matches!(change.action, Action::Revoke { .. })
        };
        let under_way = self
            .console
            .changing
            .iter()
            .filter(|change| !sign_out(change));
        let users: Vec<&UserId> = under_way.flat_map(|change| change.action.users()).collect();
        let once: HashSet<&&UserId> = users.iter().collect();
        assert_eq!(once.len(), users.len(), "two changes of one person at once");
    }
}

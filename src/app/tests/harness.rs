//! A console with a hand-moved clock and a hand-held other end.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use super::key_names::key_of;
pub use super::reads::{of_memberships, of_sessions, users_page, whole_user};
use super::world::World;
use crate::app::report::fixtures;
use crate::app::*;
use crate::domain::{
    Action, Answer, ApiError, BatchId, Change, Dress, Fetch, OpId, Outcome, Plan, Policy,
    Timestamp, User, UserId,
};

/// A read that was asked for and not answered.
#[derive(Clone, Debug)]
pub struct Asked {
    pub slot: Slot,
    pub ticket: Ticket,
    pub fetch: Fetch,
}

/// The console, and everything that is outside it.
pub struct Console {
    pub model: Model,
    pub world: World,
    /// Reads awaiting an answer, the oldest first.
    pub asked: Vec<Asked>,
    /// Reads that newer ones of the same slot took the place of.
    pub superseded: Vec<Asked>,
    /// Searches among the rows at hand that wait, where they are withheld.
    pub withheld: Option<Vec<(Ticket, Quest)>>,
    /// Changes sent and not answered.
    pub changing: Vec<Change>,
    /// Every change ever sent.
    pub sent: Vec<Change>,
    /// What was read back, for the audit trail.
    pub settled: Vec<(OpId, String)>,
    /// The plans that were to be kept, the newest last.
    pub plans: Vec<Plan>,
    /// The batches whose plans were dropped.
    pub dropped: Vec<BatchId>,
    /// Whose past was asked for and not told.
    /// Files that are being written.
    pub saving: Vec<(Ticket, String)>,
    pub recalling: Vec<(Ticket, UserId)>,
    /// Wake-ups to come: when, and which.
    pub wakes: Vec<(u64, Ticket)>,
    /// What was put on the clipboard.
    pub copied: Vec<String>,
    /// What was opened in the browser.
    pub browsed: Vec<String>,
    /// The reads whose commands were put there.
    pub requests: Vec<Fetch>,
    /// The texts that an editor was opened for and has not given back.
    pub editing: Vec<(Ticket, String)>,
    pub suspended: usize,
    pub quit: bool,
    /// How far the system's clock has jumped, in milliseconds.
    pub wall_jump: i64,
    now: u64,
}

impl Console {
    /// A console at 80×24 that has just started and got no answer yet.
    pub fn start(people: Vec<User>) -> Self {
        Self::start_as(people, (80, 24), Policy::default())
    }

    pub fn start_as(people: Vec<User>, size: (u16, u16), policy: Policy) -> Self {
        let model = Model::new(Setup {
            run: 7,
            dress: Dress::Demo,
            host: "127.0.0.1".to_owned(),
            policy,
            operator: "ann@desk".to_owned(),
            notice: None,
            size,
            now: at(0),
        });
        let mut console = Self {
            model,
            world: World::of(people),
            asked: Vec::new(),
            superseded: Vec::new(),
            withheld: None,
            changing: Vec::new(),
            sent: Vec::new(),
            settled: Vec::new(),
            plans: Vec::new(),
            dropped: Vec::new(),
            saving: Vec::new(),
            recalling: Vec::new(),
            wakes: Vec::new(),
            copied: Vec::new(),
            browsed: Vec::new(),
            requests: Vec::new(),
            editing: Vec::new(),
            suspended: 0,
            quit: false,
            wall_jump: 0,
            now: 0,
        };
        console.feed(Msg::Started);
        console
    }

    /// A console whose first rows are there and were looked at.
    pub fn with(people: Vec<User>) -> Self {
        let mut console = Self::start(people);
        console.settle();
        console
    }

    /// Lets something happen now.
    pub fn feed(&mut self, msg: Msg) {
        let mut now = at(self.now);
        now.wall = Timestamp::from_millis(now.wall.millis().saturating_add(self.wall_jump));
        for effect in update(&mut self.model, now, msg) {
            self.take(effect);
        }
    }

    fn take(&mut self, effect: Effect) {
        match effect {
            Effect::Fetch {
                slot,
                ticket,
                fetch,
                ..
            } => {
                let (old, kept) = self.asked.drain(..).partition(|asked| asked.slot == slot);
                self.asked = kept;
                self.superseded.extend::<Vec<Asked>>(old);
                self.asked.push(Asked {
                    slot,
                    ticket,
                    fetch,
                });
            }
            Effect::Change(permit) => {
                self.sent.push(permit.change().clone());
                self.changing.push(permit.change().clone());
            }
            Effect::Settle { op, words, .. } => self.settled.push((op, words)),
            Effect::KeepPlan(plan) => self.plans.push(*plan),
            Effect::DropPlan(batch) => self.dropped.push(batch),
            Effect::Save { ticket, text, .. } => self.saving.push((ticket, text)),
            Effect::Recall { ticket, user } => self.recalling.push((ticket, user)),
            Effect::Rank { ticket, quest } => self.rank(ticket, *quest),
            Effect::Wake { ticket, after } => {
                let after = u64::try_from(after.as_millis()).unwrap();
                self.wakes.push((self.now + after, ticket));
            }
            Effect::Copy(text) => self.copied.push(text.as_str().to_owned()),
            Effect::CopySecret(secret) => self.copied.push(secret.expose().to_owned()),
            Effect::OpenUrl(url) => self.browsed.push(url.expose().to_owned()),
            Effect::CopyRequest(fetch) => self.requests.push(fetch),
            Effect::Edit { ticket, text, .. } => self.editing.push((ticket, text)),
            Effect::Suspend => self.suspended += 1,
            Effect::Quit => self.quit = true,
            Effect::Abort(slot) => self.asked.retain(|asked| asked.slot != slot),
        }
    }

    /// Presses keys, named as the table names them, at the same moment. A name
    /// such as `:load` is typed into the palette.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            match key.strip_prefix(':').filter(|name| !name.is_empty()) {
                Some(name) => {
                    self.press(":").type_text(name).press("Enter");
                }
                None => self.feed(Msg::Key(key_of(key))),
            }
        }
        self
    }

    /// Goes down to the last of the first rows, and so has them read on.
    pub fn walk_down(&mut self) -> &mut Self {
        let mut before = None;
        while before != Some(self.users().list.cursor()) {
            before = Some(self.users().list.cursor());
            self.press("PgDn");
        }
        self
    }

    /// Types a text, character by character, at the same moment.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let code = match c {
                '\r' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '\x1b' => KeyCode::Esc,
                c => KeyCode::Char(c),
            };
            self.feed(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.feed(Msg::Paste(text.to_owned()));
        self
    }

    /// A frame is drawn.
    pub fn drawn(&mut self) -> &mut Self {
        self.feed(Msg::Drawn);
        self
    }

    /// Time goes by; wake-ups that are due come at their moment.
    pub fn later(&mut self, ms: u64) -> &mut Self {
        let end = self.now + ms;
        while let Some(next) = self.wakes.iter().map(|wake| wake.0).min()
            && next <= end
        {
            let at = self.wakes.iter().position(|wake| wake.0 == next).unwrap();
            let (due, ticket) = self.wakes.remove(at);
            self.now = due;
            self.feed(Msg::Woke(ticket));
        }
        self.now = end;
        self
    }

    /// Everything asked for is answered by the world, and a frame is drawn.
    pub fn settle(&mut self) -> &mut Self {
        for _ in 0..10_000 {
            if self.asked.is_empty() {
                return self.drawn();
            }
            self.answer_next();
        }
        panic!("the console asks for ever: {:?}", self.asked);
    }

    /// A frame is drawn and looked at for long enough.
    pub fn look(&mut self) -> &mut Self {
        self.drawn().later(300)
    }

    /// The oldest read is answered by the world.
    pub fn answer_next(&mut self) -> &mut Self {
        let asked = self.asked.remove(0);
        let answer = self.world.answer(&asked.fetch);
        self.reply(&asked, answer)
    }

    /// The reads of a kind are answered by the world.
    pub fn answer(&mut self, wanted: impl Fn(&Fetch) -> bool) -> &mut Self {
        let asked = self.ask(wanted);
        let answer = self.world.answer(&asked.fetch);
        self.reply(&asked, answer)
    }

    /// The read of a kind is answered so.
    pub fn answer_with(
        &mut self,
        wanted: impl Fn(&Fetch) -> bool,
        answer: Result<Answer, ApiError>,
    ) -> &mut Self {
        let asked = self.ask(wanted);
        self.reply(&asked, answer)
    }

    /// Takes the newest read of a kind out, to answer it later.
    pub fn ask(&mut self, wanted: impl Fn(&Fetch) -> bool) -> Asked {
        let found = self.asked.iter().rposition(|asked| wanted(&asked.fetch));
        let Some(found) = found else {
            panic!("no such read; asked: {:#?}", self.asked);
        };
        self.asked.remove(found)
    }

    pub fn reply(&mut self, asked: &Asked, result: Result<Answer, ApiError>) -> &mut Self {
        self.feed(Msg::Fetched {
            slot: asked.slot,
            ticket: asked.ticket,
            result,
        });
        self
    }

    /// Whether a read of a kind is awaited.
    pub fn asks(&self, wanted: impl Fn(&Fetch) -> bool) -> bool {
        self.asked.iter().any(|asked| wanted(&asked.fetch))
    }

    /// The change sent is done, and answered so.
    pub fn done(&mut self) -> &mut Self {
        let action = self.changing[0].action.clone();
        let answer = self.world.obey(&action);
        self.ends(Outcome::Done(Box::new(answer)))
    }

    /// The change sent ends so.
    pub fn ends(&mut self, outcome: Outcome) -> &mut Self {
        let op = self.changing.remove(0).op;
        self.feed(Msg::Changed { op, outcome });
        self
    }

    /// The only change sent so far.
    pub fn only_change(&self) -> &Action {
        assert_eq!(self.sent.len(), 1, "{:?}", self.sent);
        &self.sent[0].action
    }

    pub fn toast(&self) -> &str {
        let toast = self.model.ctx.toast.as_ref();
        toast.map_or("", |toast| toast.text.as_str())
    }

    pub fn dialog(&self) -> &Dialog {
        match &self.model.layer {
            Layer::Dialog(dialog) => dialog,
            other => panic!("no dialog, but {other:?}; toast: {}", self.toast()),
        }
    }

    pub fn has_dialog(&self) -> bool {
        matches!(self.model.layer, Layer::Dialog(_))
    }

    pub fn note(&self) -> &str {
        self.dialog().note.as_deref().unwrap_or("")
    }

    pub fn users(&self) -> &panes::users::UsersPane {
        self.model.users().unwrap()
    }

    pub fn now(&self) -> Moment {
        Moment(self.now)
    }
}

/// A moment on both clocks.
pub fn at(ms: u64) -> Now {
    let start = fixtures::at("2026-11-23T15:00:00Z").millis();
    let since = i64::try_from(Duration::from_millis(ms).as_millis()).unwrap();
    Now {
        moment: Moment(ms),
        wall: Timestamp::from_millis(start + since),
    }
}

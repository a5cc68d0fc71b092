//! A console on a desk: time stands still until a test moves it, and answers
//! come when a test lets them.

use std::collections::VecDeque;

use crate::answers::set_read_at;
use clerk_tui::{
    api::{BaseUrl, Reader, Settings, Shares, Writer, freely},
    app::{Effect, Model, Moment, Msg, Now, Setup, Slot, Ticket, update},
    demo::{Options, Server},
    domain::{Answer, ApiError, Dress, Fetch, Lane, PastDeed, Permit, Policy, Secret, Timestamp},
    view::{Theme, draw},
};
use jiff::tz::TimeZone;
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

use tokio::runtime::Runtime;

/// The small screen that everything has to fit on.
pub const SMALL: (u16, u16) = (80, 24);
/// A large one, with room for the preview.
pub const LARGE: (u16, u16) = (160, 45);

/// When everything happens, by the server's clock and the console's.
const PRESENT: &str = "2026-11-23T13:03:10Z";

fn present() -> i64 {
    PRESENT.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

/// The server, the console, and what lies between them.
pub struct Desk {
    runtime: Runtime,
    pub server: Server,
    reader: Reader,
    writer: Writer,
    pub model: Model,
    moment: u64,
    wakes: Vec<(u64, Ticket)>,
    /// Reads that a test has not let go yet.
    held: Vec<(Slot, Ticket, Fetch)>,
    holding: bool,
    /// Changes wait until a test lets them go.
    pub held_changes: Vec<Permit>,
    /// Rewrites answers on their way.
    meddle: Option<Meddle>,
    due: VecDeque<Due>,
    pub screen: Buffer,
    /// How many frames were drawn.
    pub frames: usize,
    pub quit: bool,
    pub copied: Vec<String>,
    /// How many links a browser was asked to open.
    pub opened: usize,
    /// What the audit trail tells of everybody.
    pub past: Vec<PastDeed>,
}

/// What is to happen next.
enum Due {
    Msg(Box<Msg>),
    Effect(Box<Effect>),
}

/// What is done to an answer before the console gets it.
type Meddle = Box<dyn Fn(&Fetch, Result<Answer, ApiError>) -> Result<Answer, ApiError>>;

/// A console that has just started on a screen of this size, in the demo's
/// dress, with all first answers there.
pub fn open(size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(size, Dress::Demo);
    desk.start();
    desk
}

/// The same in the dress of an instance with real people.
pub fn open_production(size: (u16, u16)) -> Desk {
    let mut desk = Desk::new(size, Dress::Production);
    desk.start();
    desk
}

/// The same with so many people.
pub fn open_crowded(size: (u16, u16), users: u32) -> Desk {
    let mut desk = Desk::among(users, size, Dress::Demo);
    desk.start();
    desk
}

impl Desk {
    /// A console that has not started yet.
    pub fn new(size: (u16, u16), dress: Dress) -> Self {
        Self::among(Options::default().users, size, dress)
    }

    fn among(users: u32, size: (u16, u16), dress: Dress) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let options = Options {
            users,
            rate_limit: 0,
            now: Some(present()),
            ..Options::default()
        };
        let server = runtime.block_on(Server::start(options)).unwrap();
        let reader = Reader::new(Settings {
            base: BaseUrl::parse(server.url()).unwrap(),
            key: Secret::new(server.key()),
            limit: 0,
            shares: Shares::default(),
        });
        let setup = Setup {
            run: 1,
            dress,
            host: "demo.example".to_owned(),
            policy: Policy::default(),
            operator: "ann@desk".to_owned(),
            notice: None,
            size,
            now: now(0),
        };
        Self {
            runtime,
            server,
            writer: Writer::new(reader.clone()),
            reader,
            model: Model::new(setup),
            moment: 0,
            wakes: Vec::new(),
            held: Vec::new(),
            holding: false,
            held_changes: Vec::new(),
            meddle: None,
            due: VecDeque::new(),
            screen: Buffer::default(),
            frames: 0,
            quit: false,
            copied: Vec::new(),
            opened: 0,
            past: Vec::new(),
        }
    }

    /// Starts the console and lets the first answers come.
    pub fn start(&mut self) -> &mut Self {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        self.send(Msg::Started);
        self.send(Msg::Zone(zone)).rest()
    }

    /// Reads wait from now on, until they are let go.
    pub fn hold(&mut self) -> &mut Self {
        self.holding = true;
        self
    }

    /// Lets the reads go that wait, and all others from now on.
    pub fn let_go(&mut self) -> &mut Self {
        self.holding = false;
        for (slot, ticket, fetch) in std::mem::take(&mut self.held) {
            self.read(slot, ticket, &fetch);
            self.settle();
        }
        self.rest()
    }

    /// Lets so many of the reads go that wait, the oldest first.
    pub fn let_some_go(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            let (slot, ticket, fetch) = self.held.remove(0);
            self.read(slot, ticket, &fetch);
            self.settle();
        }
        self
    }

    /// Lets the changes go that wait.
    pub fn let_changes_go(&mut self) -> &mut Self {
        for permit in std::mem::take(&mut self.held_changes) {
            self.change(&permit);
            self.settle();
        }
        self
    }

    /// Answers are rewritten from now on.
    pub fn meddle(
        &mut self,
        meddle: impl Fn(&Fetch, Result<Answer, ApiError>) -> Result<Answer, ApiError> + 'static,
    ) -> &mut Self {
        self.meddle = Some(Box::new(meddle));
        self
    }

    /// Reads that `concerns` picks fail so from now on.
    pub fn fail(
        &mut self,
        concerns: impl Fn(&Fetch) -> bool + 'static,
        error: ApiError,
    ) -> &mut Self {
        self.meddle(move |fetch, answer| {
            if concerns(fetch) {
                Err(error.clone())
            } else {
                answer
            }
        })
    }

    /// Nobody listens where the server was: connections are refused from now on.
    pub fn cut_off(&mut self) -> &mut Self {
        self.reader = Reader::new(Settings {
            // No program listens at the first of all ports.
            base: BaseUrl::parse("http://127.0.0.1:1").unwrap(),
            key: Secret::new("sk_test_gone"),
            limit: 0,
            shares: Shares::default(),
        });
        self
    }

    /// Lets a message happen, with everything that follows from it at once. A
    /// frame is drawn after each message, as with a server that takes its time.
    pub fn send(&mut self, msg: Msg) -> &mut Self {
        self.follow(msg);
        self.settle();
        self
    }

    fn settle(&mut self) {
        while let Some(due) = self.due.pop_front() {
            match due {
                Due::Msg(msg) => {
                    self.update(*msg);
                    if self.model.frame_due() {
                        self.draw();
                    }
                }
                Due::Effect(effect) => self.perform(*effect),
            }
        }
    }

    fn update(&mut self, msg: Msg) {
        let effects = update(&mut self.model, now(self.moment), msg);
        self.due.extend(
            effects
                .into_iter()
                .map(|effect| Due::Effect(Box::new(effect))),
        );
    }

    fn follow(&mut self, msg: Msg) {
        self.due.push_back(Due::Msg(Box::new(msg)));
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Fetch {
                slot,
                ticket,
                fetch,
                ..
            } => {
                self.held.retain(|(held, ..)| *held != slot);
                if self.holding {
                    self.held.push((slot, ticket, fetch));
                } else {
                    self.read(slot, ticket, &fetch);
                }
            }
            Effect::Abort(slot) => self.held.retain(|(held, ..)| *held != slot),
            Effect::Change(permit) => self.held_changes.push(permit),
            Effect::Rank { ticket, quest } => {
                let found = Some(quest.run());
                self.follow(Msg::Ranked { ticket, found });
            }
            Effect::Wake { ticket, after } => {
                let after = u64::try_from(after.as_millis()).unwrap();
                self.wakes.push((self.moment + after, ticket));
            }
            Effect::Copy(text) => self.copied.push(text.as_str().to_owned()),
            Effect::CopySecret(secret) => self.copied.push(secret.expose().to_owned()),
            Effect::OpenUrl(_) => {
                self.opened += 1;
                self.follow(Msg::NotOpened);
            }
            Effect::CopyRequest(fetch) => self.copied.push(self.reader.curl(&fetch)),
            Effect::KeepPlan(plan) => self.follow(Msg::PlanKept {
                batch: plan.batch,
                result: Ok(()),
            }),
            Effect::Save { ticket, name, .. } => {
                let result = Ok(format!("/data/saved/{name}"));
                self.follow(Msg::Saved { ticket, result });
            }
            Effect::Recall { ticket, .. } => {
                let deeds = Some(self.past.clone());
                self.follow(Msg::Recalled { ticket, deeds });
            }
            Effect::Edit { ticket, .. } => {
                let result = Ok(None);
                self.follow(Msg::Edited { ticket, result });
            }
            Effect::Settle { .. } | Effect::DropPlan(_) | Effect::Suspend => {}
            Effect::Quit => self.quit = true,
        }
    }

    fn change(&mut self, permit: &Permit) {
        let outcome = self.runtime.block_on(self.writer.change(permit, &freely));
        let op = permit.change().op;
        self.follow(Msg::Changed { op, outcome });
    }

    fn read(&mut self, slot: Slot, ticket: Ticket, fetch: &Fetch) {
        let asked = self.reader.fetch(fetch, Lane::Hands);
        let mut result = self.runtime.block_on(asked);
        if let Ok(answer) = &mut result {
            set_read_at(answer, now(self.moment).wall);
        }
        if let Some(meddle) = &self.meddle {
            result = meddle(fetch, result);
        }
        self.follow(Msg::Fetched {
            slot,
            ticket,
            result,
        });
    }

    fn draw(&mut self) {
        let (width, height) = self.model.ctx.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let theme = Theme::default();
        let frame = terminal.draw(|frame| draw(&self.model, &theme, frame));
        self.screen = frame.unwrap().buffer.clone();
        self.frames += 1;
        self.update(Msg::Drawn);
    }

    /// Moves the clock, and lets happen what falls due on the way.
    pub fn wait(&mut self, ms: u64) -> &mut Self {
        let end = self.moment + ms;
        loop {
            let due = self.wakes.iter().map(|(at, _)| *at).min();
            let Some(at) = due.filter(|at| *at <= end) else {
                break;
            };
            self.moment = at.max(self.moment);
            let next = self.wakes.iter().position(|(due, _)| *due == at).unwrap();
            let (_, ticket) = self.wakes.remove(next);
            self.send(Msg::Woke(ticket));
        }
        self.moment = end;
        self
    }

    /// How many wake-ups are asked for.
    pub fn wakes(&self) -> usize {
        self.wakes.len()
    }

    /// The moment it is.
    pub const fn moment(&self) -> Moment {
        Moment(self.moment)
    }

    /// Lets typing and cursor rest: searches are sent, previews read.
    pub fn rest(&mut self) -> &mut Self {
        self.wait(300)
    }

    /// Reads beside the console.
    pub fn ask(&self, fetch: &Fetch) -> Answer {
        let asked = self.reader.fetch(fetch, Lane::Hands);
        let mut answer = self.runtime.block_on(asked).unwrap();
        set_read_at(&mut answer, now(self.moment).wall);
        answer
    }
}

fn now(moment: u64) -> Now {
    let ms = i64::try_from(moment).unwrap();
    Now {
        moment: Moment(moment),
        wall: Timestamp::from_millis(present() + ms),
    }
}

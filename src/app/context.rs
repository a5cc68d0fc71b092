//! What every pane needs to ask for things.

use std::time::Duration;

use crate::domain::{Dress, Fetch, Lane, Policy};

use super::{Clock, Effect, Moment, Now, Pace, PaneId, Part, Slot, Ticket};

/// The desk that all panes share: the time, the effects collected so far, and
/// the next free numbers.
#[derive(Debug)]
pub struct Context {
    /// The time of the message that is being handled.
    pub now: Now,
    /// How times are written.
    pub clock: Clock,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What a mistake on this instance would cost.
    pub dress: Dress,
    /// The host of the API.
    pub host: String,
    /// What this run may do.
    pub policy: Policy,
    /// Who sits at the keys, as the audit trail names them.
    pub operator: String,
    /// How the pacer stands.
    pub pace: Pace,
    /// What the person is told at the bottom of the screen.
    pub toast: Option<Toast>,
    effects: Vec<Effect>,
    /// Whose word the next reads are.
    word: Word,
    tickets: u64,
    panes: u32,
}

/// Whose word a read by hand is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Word {
    /// Somebody went somewhere, and it follows from that.
    #[default]
    Usual,
    /// Somebody's own: the first read is tried once at once, whatever wait Clerk
    /// asked for.
    Own,
    /// Nobody's: the console asks by itself, behind everything else.
    Nobodys,
}

/// A short message at the bottom of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// When it came up.
    pub since: Moment,
    /// Takes it away again.
    pub expires: Ticket,
}

/// How a text is meant; the theme has a colour for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Beside the point: labels, hints, old news.
    Dim,
    /// Stands out: names, titles.
    Strong,
    /// Went well.
    Good,
    /// Look twice.
    Warn,
    /// Went wrong, or harms.
    Bad,
    /// A key of JSON, a link.
    Accent,
    /// The next character takes its place.
    Selected,
}

/// How long a toast stays, in milliseconds; bad news stays until the next key after it.
const TOAST_MS: u64 = 8_000;

impl Context {
    /// The desk at the start.
    pub fn new(setup: super::Setup) -> Self {
        Self {
            now: setup.now,
            clock: Clock::utc(setup.now.wall),
            size: setup.size,
            dress: setup.dress,
            host: setup.host,
            policy: setup.policy,
            operator: setup.operator,
            pace: Pace::default(),
            toast: None,
            effects: Vec::new(),
            word: Word::default(),
            tickets: 0,
            panes: 0,
        }
    }

    /// A ticket that was never used before.
    pub const fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// A pane number that was never used before.
    pub const fn pane(&mut self) -> PaneId {
        self.panes += 1;
        PaneId(self.panes)
    }

    /// Asks for a read, and says by which ticket its answer is known.
    pub fn fetch(&mut self, pane: PaneId, part: Part, lane: Lane, fetch: Fetch) -> Ticket {
        let ticket = self.ticket();
        let lane = match (lane, self.word) {
            (Lane::Hands, Word::Own) => {
                self.word = Word::Usual;
                Lane::Now
            }
            (Lane::Hands, Word::Nobodys) => Lane::Background,
            (lane, _) => lane,
        };
        self.effects.push(Effect::Fetch {
            slot: Slot { pane, part },
            lane,
            ticket,
            fetch,
        });
        ticket
    }

    /// What `asks` asks for by hand is asked for on this word.
    pub(super) fn on_word(&mut self, word: Word, asks: impl FnOnce(&mut Self)) {
        self.word = word;
        asks(self);
        self.word = Word::Usual;
    }

    /// Calls off a read, so that it uses up nothing of the limit any more.
    pub fn abort(&mut self, pane: PaneId, part: Part) {
        self.effects.push(Effect::Abort(Slot { pane, part }));
    }

    /// Asks for a wake-up in so many milliseconds.
    pub fn wake(&mut self, after_ms: u64) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Wake {
            ticket,
            after: Duration::from_millis(after_ms),
        });
        ticket
    }

    /// Asks for anything else.
    pub fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Tells the person something.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let expires = if tone == Tone::Bad {
            self.ticket()
        } else {
            self.wake(TOAST_MS)
        };
        self.toast = Some(Toast {
            text: text.into(),
            tone,
            since: self.now.moment,
            expires,
        });
    }

    /// Hands over the effects collected so far.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}

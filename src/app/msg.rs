//! What happens to the model, and what it asks for.

use std::time::Duration;

use crossterm::event::{KeyEvent, MouseEvent};
use jiff::tz::TimeZone;

use crate::domain::{
    Answer, ApiError, BatchId, Fetch, Interrupted, Lane, OpId, Outcome, PastDeed, Permit, Plan,
    Safe, Secret, Timestamp, Unsettled, UserId, WebUrl,
};

use super::{Found, Quest};

/// A point on the monotonic clock: milliseconds since the console started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

impl Moment {
    /// Milliseconds from `earlier` to this moment; 0 if it is not earlier.
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The time at which a message is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// For spans: never jumps.
    pub moment: Moment,
    /// For showing: may jump.
    pub wall: Timestamp,
}

/// Names one request, wake-up or frame; never used twice in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Names one open pane; never used twice in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaneId(pub u32);

/// Which part of a pane a read is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The rows of a list.
    Rows,
    /// Its last rows.
    Tail,
    /// An organization that a search names.
    Organization,
    /// Some of a pasted list.
    Batch(u8),
    /// What a pasted id names.
    Jump,
    /// How many there are in all.
    Total,
    /// How many a search finds.
    Found,
    /// A whole user.
    User,
    /// A user's sessions.
    Sessions,
    /// A user's memberships.
    Memberships,
    /// The instance.
    Instance,
    /// One of the readers that walk users for their sessions.
    Walker(u8),
    /// One of those who load everybody, each a window of time.
    Window(u8),
    /// Reading back after a write.
    ReadBack(OpId),
}

/// The place a read is for. The newest read per slot wins: the runtime aborts
/// the older task, and the older ticket is refused by whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    /// Whose.
    pub pane: PaneId,
    /// What for.
    pub part: Part,
}

/// How the pacer stands; sent when it changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Requests sent in the last 10 s.
    pub used: u32,
    /// How many the console may have of Clerk's limit now; 0: no limit.
    pub allowed: u32,
    /// How many of them [`Lane::Background`] may use; 0: no limit.
    pub background: u32,
    /// Requests that wait for their turn; without those in the background that
    /// only wait for their share.
    pub waiting: u32,
    /// When the first of them goes.
    pub next: Option<Moment>,
    /// Whether it waits because Clerk asked us to (429), not for our own share.
    pub asked_by_clerk: bool,
    /// Whether the limit is used up, and not by this console.
    pub used_elsewhere: bool,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The console starts; sent once, first.
    Started,
    /// The system's time zone, once it was looked up.
    Zone(TimeZone),
    /// A key was pressed (from the terminal).
    Key(KeyEvent),
    /// The mouse was used (from the terminal).
    Mouse(MouseEvent),
    /// Text was pasted (from the terminal).
    Paste(String),
    /// The terminal has so many columns and rows now.
    Resize(u16, u16),
    /// A frame with everything up to here was drawn (from the runtime).
    Drawn,
    /// A [`Effect::Wake`] is due.
    Woke(Ticket),
    /// A read ended; also comes when its worker panicked.
    Fetched {
        /// As asked.
        slot: Slot,
        /// As asked.
        ticket: Ticket,
        /// The answer.
        result: Result<Answer, ApiError>,
    },
    /// A write ended; always comes, also when its worker panicked.
    Changed {
        /// Which.
        op: OpId,
        /// How.
        outcome: Outcome,
    },
    /// Changes of earlier runs have no known outcome, the oldest first (from the
    /// runtime, at the start; never empty).
    Unsettled(Vec<Unsettled>),
    /// Batches whose console ended before they did (from the runtime, at the
    /// start; never empty). This console holds their plans now.
    Interrupted(Vec<Interrupted>),
    /// An [`Effect::KeepPlan`] ended; its batch may begin only if it was kept.
    PlanKept {
        /// Which batch.
        batch: BatchId,
        /// Why it was not kept, in words, if it was not.
        result: Result<(), String>,
    },
    /// An [`Effect::Save`] ended.
    Saved {
        /// As asked.
        ticket: Ticket,
        /// Where the file is, as it may be shown; else why there is none, in words.
        result: Result<String, String>,
    },
    /// An [`Effect::Recall`] ended.
    Recalled {
        /// As asked.
        ticket: Ticket,
        /// What was done to them, the newest first; `None`: the trail cannot be read.
        deeds: Option<Vec<PastDeed>>,
    },
    /// The outcome of a change could not be written into the audit trail; why,
    /// in words. Comes once at most.
    NotRecorded(String),
    /// What earlier runs left cannot be read, or a plan not removed; why, in words.
    StoreFailed(String),
    /// An [`Effect::OpenUrl`] found no browser.
    NotOpened,
    /// A search among the rows at hand ended, or has more to say.
    Ranked {
        /// As asked.
        ticket: Ticket,
        /// Whom it found; `None` if it crashed.
        found: Option<Found>,
    },
    /// The pacer stands differently now.
    Pace(Pace),
    /// An [`Effect::Edit`] ended, and the terminal is the console's again.
    Edited {
        /// As asked.
        ticket: Ticket,
        /// The new text, `None` where it is as it was; else why there is none, in words.
        result: Result<Option<String>, String>,
    },
}

/// What the model asks the runtime to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read something and send [`Msg::Fetched`].
    Fetch {
        /// Where it belongs; an older read for the same slot is aborted.
        slot: Slot,
        /// How urgent it is.
        lane: Lane,
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to read.
        fetch: Fetch,
    },
    /// Abort the read for this slot, if there is one; no message follows.
    Abort(Slot),
    /// Write something and send [`Msg::Changed`].
    Change(Permit),
    /// Write into the audit trail what was read back after a change whose
    /// outcome was not known; no message follows.
    Settle {
        /// Which change.
        op: OpId,
        /// Whether it was done, if that is known now.
        done: Option<bool>,
        /// What is true.
        words: String,
    },
    /// Write a plan down for good and send [`Msg::PlanKept`]: nothing of the batch
    /// may be sent before.
    KeepPlan(Box<Plan>),
    /// Every one of its people has a result, or it was called off: remove the
    /// plan of a batch.
    DropPlan(BatchId),
    /// Write a file into the data directory, never over another one, and send
    /// [`Msg::Saved`].
    Save {
        /// Comes back.
        ticket: Ticket,
        /// What to call it.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Look up in the audit trail what was done to somebody and send
    /// [`Msg::Recalled`].
    Recall {
        /// Comes back.
        ticket: Ticket,
        /// Who.
        user: UserId,
    },
    /// Search among the rows at hand and send [`Msg::Ranked`], perhaps twice; an
    /// older search is ended.
    Rank {
        /// Comes back.
        ticket: Ticket,
        /// Whom to look for.
        quest: Box<Quest>,
    },
    /// Send [`Msg::Woke`] with this ticket after so long.
    Wake {
        /// Comes back.
        ticket: Ticket,
        /// How long to wait.
        after: Duration,
    },
    /// Put this text on the clipboard.
    Copy(Safe),
    /// Have the person's own editor edit a text in a private file of this name,
    /// and send [`Msg::Edited`]. Nothing is drawn and no key comes until then.
    Edit {
        /// Comes back.
        ticket: Ticket,
        /// The file's name, by which editors know the language.
        name: &'static str,
        /// The text.
        text: String,
    },
    /// Put this on the clipboard; nobody may see it in a log.
    CopySecret(Secret),
    /// Open this in the browser, and send [`Msg::NotOpened`] if there is none.
    OpenUrl(WebUrl),
    /// Put the command for a shell that reads this on the clipboard, without the key.
    CopyRequest(Fetch),
    /// Hand the terminal back to the shell until the person comes back (Ctrl-Z).
    Suspend,
    /// Leave.
    Quit,
}

//! Writing the trail around a change, and reading it.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    alive::{Alive, is_alive},
    deed::{fields, made, names, parts},
    files::{FULL, Files, Place},
    line::{Event, Line, Result as Ending, VERSION, rfc3339},
    plan::Plans,
};
use crate::domain::{ApiError, Change, OpId, Outcome, Timestamp, Unsettled, Untrusted, UserId};

/// What each line says of its run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Who sits at the keys.
    pub operator: String,
    /// The host of the API.
    pub host: String,
    /// Which instance: the name of the profile, or a mark of the key that the run
    /// started with. It stays where a run takes another key: that one opens the
    /// same instance, and a run's lines, plans and past are found by one name.
    pub instance: String,
}

/// The trail, or the plan of a batch, cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("The {what} in {} cannot be kept: {error}. --data-dir DIR keeps it elsewhere.", .at.shown())]
pub struct TrailError {
    what: &'static str,
    at: Untrusted,
    error: io::Error,
}

/// The audit trail of a run. Clones write to the same one.
#[derive(Clone, Debug)]
pub struct Trail(pub(super) Arc<Inner>, Values);

/// What its lines say of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Values {
    /// What fields held and shall hold, as far as that may be written down.
    Told,
    /// Nothing: which fields, and no more.
    Withheld,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) place: Place,
    /// Where it is; empty in memory.
    pub(super) directory: PathBuf,
    pub(super) author: Author,
    pub(super) plans: Plans,
    /// The changes whose end is not known yet, each with its line.
    awaited: Mutex<HashMap<OpId, Awaited>>,
    _alive: Option<Alive>,
}

#[derive(Debug)]
struct Awaited {
    line: Line,
    /// Whether this run awaits the answer; else it is to be read back.
    on_its_way: bool,
}

/// What stands in a trail.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The lines, the oldest first.
    pub lines: Vec<Line>,
    /// How many lines were damaged, or of a later version.
    pub unreadable: usize,
}

impl Reading {
    fn of(place: &Place) -> io::Result<Self> {
        let mut reading = Self::default();
        place.visit(|line| match Line::from_json(line) {
            Some(line) => reading.lines.push(line),
            None => reading.unreadable += 1,
        })?;
        Ok(reading)
    }
}

/// Reads the trail in a directory.
///
/// # Errors
/// [`TrailError`], where it is there and cannot be read.
pub fn read(directory: &Path) -> Result<Reading, TrailError> {
    if !directory.exists() {
        return Ok(Reading::default());
    }
    let place = Place::Files(Files::of(directory.to_owned(), FULL));
    Reading::of(&place).map_err(|error| TrailError::new(directory, error))
}

impl TrailError {
    fn new(directory: &Path, error: io::Error) -> Self {
        let at = Untrusted::new(directory.to_string_lossy());
        let what = "audit trail";
        Self { what, at, error }
    }

    /// The same of the plan of a batch.
    pub(super) fn of_a_plan(self) -> Self {
        let what = "plan of a batch";
        Self { what, ..self }
    }
}

impl Trail {
    /// A trail in the files of a directory, which is made where it is missing.
    ///
    /// # Errors
    /// [`TrailError`], where nothing can be written there.
    pub fn open(directory: &Path, author: Author, run: u64) -> Result<Self, TrailError> {
        Self::open_with(directory, author, run, FULL)
    }

    pub(super) fn open_with(
        directory: &Path,
        author: Author,
        run: u64,
        full: u64,
    ) -> Result<Self, TrailError> {
        let failed = |error| TrailError::new(directory, error);
        let files = Files::open(directory, full).map_err(failed)?;
        let alive = Alive::begin(directory, run).map_err(failed)?;
        let inner = Arc::new(Inner {
            place: Place::Files(files),
            directory: directory.to_owned(),
            author,
            plans: Plans::of(Some(directory)),
            awaited: Mutex::default(),
            _alive: Some(alive),
        });
        Ok(Self(inner, Values::Told))
    }

    /// A trail that is gone with the process.
    pub fn in_memory(author: Author) -> Self {
        let inner = Arc::new(Inner {
            place: Place::Memory(Mutex::default()),
            directory: PathBuf::new(),
            author,
            plans: Plans::of(None),
            awaited: Mutex::default(),
            _alive: None,
        });
        Self(inner, Values::Told)
    }

    /// The same, but from here on its lines withhold what fields held and shall
    /// hold, and Clerk's words, which may repeat that.
    #[must_use]
    pub fn without_values(self) -> Self {
        Self(self.0, Values::Withheld)
    }

    /// Writes that a change is about to be sent. It may be sent only if this succeeds.
    ///
    /// # Errors
    /// [`TrailError`]; nothing was written then.
    pub fn intend(&self, at: Timestamp, change: &Change) -> Result<(), TrailError> {
        let author = &self.0.author;
        let line = Line {
            v: VERSION,
            at: rfc3339(at),
            op: change.op.to_string(),
            operator: author.operator.clone(),
            host: author.host.clone(),
            instance: author.instance.clone(),
            change: change.action.name().to_owned(),
            batch: change.batch.map(|batch| batch.to_string()),
            targets: change
                .action
                .users()
                .iter()
                .map(UserId::to_string)
                .collect(),
            parts: parts(&change.action),
            event: Event::Intent {
                fields: match self.1 {
                    Values::Told => fields(change),
                    Values::Withheld => names(fields(change)),
                },
                reason: change.reason.as_ref().map(|text| text.raw().to_owned()),
            },
        };
        self.write(&line)?;
        let on_its_way = true;
        self.awaited()
            .insert(change.op, Awaited { line, on_its_way });
        Ok(())
    }

    /// Writes how a change ended.
    ///
    /// # Errors
    /// [`TrailError`]; the next run will settle the change.
    pub fn conclude(&self, at: Timestamp, op: OpId, outcome: &Outcome) -> Result<(), TrailError> {
        let (result, error) = match outcome {
            Outcome::Done(_) => (Ending::Done, None),
            Outcome::Refused(error) => (Ending::Refused, Some(error)),
            Outcome::NotSent(error) => (Ending::NotSent, Some(error)),
            Outcome::Unknown(error) => (Ending::Unknown, Some(error)),
        };
        let line = {
            let mut awaited = self.awaited();
            let line = if result == Ending::Unknown {
                let awaited = awaited.get_mut(&op);
                awaited.map(|awaited| {
                    awaited.on_its_way = false;
                    awaited.line.clone()
                })
            } else {
                awaited.remove(&op).map(|awaited| awaited.line)
            };
            let Some(line) = line else { return Ok(()) };
            line
        };
        let event = match outcome {
            // Of a change of somebody their id says nothing new.
            Outcome::Done(answer) => match made(answer) {
                Some(made) if !line.targets.contains(&made) => noted(result, &made),
                _ => ending(result, None),
            },
            _ => self.withholding(ending(result, error)),
        };
        self.write(&ended(line, at, event))
    }

    /// Writes that an attempt was in vain and that the change is about to be sent
    /// again. It may be sent only if this succeeds.
    ///
    /// # Errors
    /// [`TrailError`]; nothing was written then.
    pub fn again(&self, at: Timestamp, op: OpId, error: &ApiError) -> Result<(), TrailError> {
        let line = (self.awaited().get(&op)).map(|awaited| awaited.line.clone());
        let Some(line) = line else { return Ok(()) };
        let event = self.withholding(ending(Ending::Again, Some(error)));
        self.write(&ended(line, at, event))
    }

    /// Writes what was found to be true after a change that nobody knew the end of.
    ///
    /// # Errors
    /// [`TrailError`]; the next run will settle the change.
    pub fn settle(
        &self,
        at: Timestamp,
        op: OpId,
        done: Option<bool>,
        words: &str,
    ) -> Result<(), TrailError> {
        let Some(Awaited { mut line, .. }) = self.awaited().remove(&op) else {
            return Ok(());
        };
        line.operator.clone_from(&self.0.author.operator);
        let mut event = noted(Ending::ReadBack, words);
        if let Event::Outcome { done: read, .. } = &mut event {
            *read = done;
        }
        self.write(&ended(line, at, self.withholding(event)))
    }

    /// The run ends: what has no answer is written down as unknown.
    ///
    /// # Errors
    /// [`TrailError`]; the next run will settle the changes all the same.
    pub fn leave(&self, at: Timestamp) -> Result<(), TrailError> {
        let mut left = Vec::new();
        for awaited in self.awaited().values_mut() {
            if std::mem::take(&mut awaited.on_its_way) {
                left.push(awaited.line.clone());
            }
        }
        for line in left {
            let event = noted(Ending::Unknown, "the console ended before the answer came");
            self.write(&ended(line, at, event))?;
        }
        Ok(())
    }

    /// The changes of earlier runs on this instance whose end nobody knows, the
    /// oldest first. Those of runs under way are not among them.
    ///
    /// # Errors
    /// [`TrailError`], where the trail cannot be read.
    pub fn unsettled(&self) -> Result<Vec<Unsettled>, TrailError> {
        let inner = &*self.0;
        let mut open: Vec<Line> = Vec::new();
        for line in self.read()?.lines {
            let here = line.host == inner.author.host && line.instance == inner.author.instance;
            match line.event {
                Event::Intent { .. } if here => open.push(line),
                Event::Outcome { result, .. }
                    if !matches!(result, Ending::Unknown | Ending::Again) =>
                {
                    open.retain(|intent| intent.op != line.op);
                }
                _ => {}
            }
        }
        let mut unsettled = Vec::new();
        for line in open {
            let op = OpId::parse(&line.op);
            let users = line.targets.iter().map(|user| UserId::new(user));
            let users = users.collect::<Result<Vec<_>, _>>();
            let (Some(op), Ok(users), Some(at)) = (op, users, line.time()) else {
                continue;
            };
            if self.awaited().contains_key(&op) || is_alive(&inner.directory, op.run) {
                continue;
            }
            unsettled.push(Unsettled {
                op,
                change: Untrusted::new(&line.change),
                users,
                at,
                operator: Untrusted::new(&line.operator),
            });
            let on_its_way = false;
            self.awaited().insert(op, Awaited { line, on_its_way });
        }
        Ok(unsettled)
    }

    /// Everything that stands in it.
    ///
    /// # Errors
    /// [`TrailError`], where it cannot be read.
    pub fn read(&self) -> Result<Reading, TrailError> {
        Reading::of(&self.0.place).map_err(|error| self.failed(error))
    }

    /// An event without the words that may repeat a value, where they are withheld.
    fn withholding(&self, mut event: Event) -> Event {
        if let (Values::Withheld, Event::Outcome { note, .. }) = (self.1, &mut event) {
            *note = None;
        }
        event
    }

    fn write(&self, line: &Line) -> Result<(), TrailError> {
        let written = self.0.place.append(line.to_json().as_bytes());
        written.map_err(|error| self.failed(error))
    }

    pub(super) fn failed(&self, error: io::Error) -> TrailError {
        TrailError::new(&self.0.directory, error)
    }

    fn awaited(&self) -> MutexGuard<'_, HashMap<OpId, Awaited>> {
        self.0
            .awaited
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The line of an intent turned into the one of its outcome.
fn ended(intent: Line, at: Timestamp, event: Event) -> Line {
    Line {
        at: rfc3339(at),
        event,
        ..intent
    }
}

fn ending(result: Ending, error: Option<&ApiError>) -> Event {
    let raw = |text: &Option<Untrusted>| text.as_ref().map(|text| text.raw().to_owned());
    Event::Outcome {
        result,
        status: error.and_then(|error| error.status),
        code: error.and_then(|error| raw(&error.code)),
        trace_id: error.and_then(|error| raw(&error.trace_id)),
        done: None,
        note: error.map(|error| error.message.raw().to_owned()),
    }
}

fn noted(result: Ending, note: &str) -> Event {
    Event::Outcome {
        result,
        status: None,
        code: None,
        trace_id: None,
        done: None,
        note: Some(note.to_owned()),
    }
}

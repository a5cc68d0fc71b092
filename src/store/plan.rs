//! The plans of batches, each in a file of its own until its batch has ended.
//!
//! A plan is locked for as long as the process that works on it lives, so that
//! nobody takes a batch under way for an interrupted one. It never changes: it
//! is written and locked under another name, and gets its own when it is whole.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    line::{rfc3339, timestamp},
    lock,
    trail::Author,
};
use crate::domain::{BatchId, Json, Plan, ToEach, Untrusted, UserId};

/// The version of the plans written here. One of a later version is left alone.
const VERSION: u32 = 1;

/// A plan as it stands in its file.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    v: u32,
    batch: String,
    at: String,
    operator: String,
    host: String,
    instance: String,
    what: What,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    users: Vec<String>,
}

/// What of a plan is understood whatever its version.
#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Ban,
    Unban,
    Lock,
    Unlock,
    Delete,
    SignOut,
    /// As it is, unlike in the trail: whoever finishes the batch has to send it.
    MergeMetadata(serde_json::Value),
}

impl Kept {
    fn of(plan: &Plan, author: &Author) -> Self {
        let what = match &plan.what {
            ToEach::Ban => What::Ban,
            ToEach::Unban => What::Unban,
            ToEach::Lock => What::Lock,
            ToEach::Unlock => What::Unlock,
            ToEach::Delete => What::Delete,
            ToEach::SignOut => What::SignOut,
            ToEach::MergeMetadata(patch) => What::MergeMetadata(patch.raw().clone()),
        };
        Self {
            v: VERSION,
            batch: plan.batch.to_string(),
            at: rfc3339(plan.at),
            operator: author.operator.clone(),
            host: author.host.clone(),
            instance: author.instance.clone(),
            what,
            reason: plan.reason.as_ref().map(|text| text.raw().to_owned()),
            users: plan.users.iter().map(UserId::to_string).collect(),
        }
    }

    /// The plan; `None` where it is none.
    fn plan(self) -> Option<Plan> {
        let what = match self.what {
            What::Ban => ToEach::Ban,
            What::Unban => ToEach::Unban,
            What::Lock => ToEach::Lock,
            What::Unlock => ToEach::Unlock,
            What::Delete => ToEach::Delete,
            What::SignOut => ToEach::SignOut,
            What::MergeMetadata(patch) => ToEach::MergeMetadata(Json::new(patch)),
        };
        let users = self.users.iter().map(|user| UserId::new(user));
        Some(Plan {
            batch: BatchId::parse(&self.batch)?,
            at: timestamp(&self.at)?,
            what,
            users: users.collect::<Result<_, _>>().ok()?,
            reason: self.reason.map(Untrusted::new),
        })
    }
}

/// The plans that this process works on.
#[derive(Debug)]
pub(super) struct Plans {
    /// Where they are; `None` in memory. There they need not be kept at all, since
    /// nobody could ever find them.
    directory: Option<PathBuf>,
    held: Mutex<HashMap<BatchId, File>>,
}

/// A plan that nobody works on any more.
#[derive(Debug)]
pub(super) struct Orphan {
    /// The plan.
    pub(super) plan: Plan,
    /// Who confirmed it.
    pub(super) operator: String,
}

/// What nobody works on any more.
#[derive(Debug, Default)]
pub(super) struct Orphans {
    /// The plans, which this process holds now, the oldest first.
    pub(super) plans: Vec<Orphan>,
    /// What could not be read, in words, a sentence each.
    pub(super) odd: Vec<String>,
}

impl Plans {
    pub(super) fn of(directory: Option<&Path>) -> Self {
        Self {
            directory: directory.map(|directory| directory.join("plans")),
            held: Mutex::default(),
        }
    }

    /// Writes a plan down for good, or leaves nothing behind.
    pub(super) fn keep(&self, plan: &Plan, author: &Author) -> io::Result<()> {
        let Some(directory) = &self.directory else {
            return Ok(());
        };
        lock::directory(directory)?;
        let kept = serde_json::to_vec(&Kept::of(plan, author))?;
        let file = write(directory, plan.batch, &kept)?;
        self.held().insert(plan.batch, file);
        Ok(())
    }

    /// Removes a plan that this process works on.
    pub(super) fn forget(&self, batch: BatchId) -> io::Result<()> {
        let (Some(directory), Some(_held)) = (&self.directory, self.held().remove(&batch)) else {
            return Ok(());
        };
        match fs::remove_file(path(directory, batch)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => lock::sync(directory),
        }
    }

    /// Gives a plan back to whoever starts next.
    pub(super) fn let_go(&self, batch: BatchId) {
        self.held().remove(&batch);
    }

    /// Takes the plans of this instance that nobody works on. Those that somebody
    /// holds are not touched.
    pub(super) fn take_orphans(&self, author: &Author) -> io::Result<Orphans> {
        let mut orphans = Orphans::default();
        let Some(directory) = &self.directory else {
            return Ok(orphans);
        };
        let entries = match fs::read_dir(directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(orphans),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("json") => self.take_orphan(&path, author, &mut orphans),
                // Whoever wrote it died before it was whole.
                Some("new") => lock::bury(&path),
                _ => {}
            }
        }
        let age = |orphan: &Orphan| (orphan.plan.at, orphan.plan.batch.0.n);
        orphans.plans.sort_by_key(age);
        Ok(orphans)
    }

    fn take_orphan(&self, path: &Path, author: &Author, orphans: &mut Orphans) {
        // Read before it is locked: a lock held for a moment would hide the plan
        // from a console of its own instance that starts just then.
        let taken = read(path).and_then(|(of, plan)| {
            let here = of.host == author.host && of.instance == author.instance;
            let lock = if here { lock::take(path)? } else { None };
            Ok(lock.map(|lock| (lock, of.operator, plan)))
        });
        match taken {
            Ok(Some((lock, operator, plan))) => {
                self.held().insert(plan.batch, lock);
                orphans.plans.push(Orphan { plan, operator });
            }
            Ok(None) => {}
            Err(Odd::Io(error)) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) if lock::is_held(path) => {}
            Err(odd) => orphans.odd.push(odd.words(path)),
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<BatchId, File>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn path(directory: &Path, batch: BatchId) -> PathBuf {
    directory.join(format!("{batch}.json"))
}

/// Writes the file of a plan, and holds it.
fn write(directory: &Path, batch: BatchId, bytes: &[u8]) -> io::Result<File> {
    let (new, named) = (
        directory.join(format!("{batch}.new")),
        path(directory, batch),
    );
    let mut file = lock::hold(&new)?;
    let whole = file.set_len(0);
    let whole = whole.and_then(|()| file.write_all(bytes));
    let renamed = whole
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&new, &named));
    if let Err(error) = renamed {
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    // The name is only kept by the directory.
    if let Err(error) = lock::sync(directory) {
        let _ = fs::remove_file(&named);
        return Err(error);
    }
    Ok(file)
}

/// Why a plan is left alone.
#[derive(Debug)]
enum Odd {
    Damaged,
    Later,
    Io(io::Error),
}

impl From<io::Error> for Odd {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Odd {
    fn words(&self, path: &Path) -> String {
        let batch = path.file_stem().unwrap_or_default().to_string_lossy();
        let batch = Untrusted::new(batch);
        let batch = batch.shown();
        let audit = format!("clerk-tui audit --batch {batch} shows what was done.");
        match self {
            Self::Damaged => {
                format!("The plan of a batch is damaged and was left as it is. {audit}")
            }
            Self::Later => {
                format!("A later version of clerk-tui left batch {batch}: finish it there.")
            }
            Self::Io(error) => format!("The plan of a batch cannot be read: {error}. {audit}"),
        }
    }
}

fn read(path: &Path) -> Result<(Author, Plan), Odd> {
    let bytes = fs::read(path)?;
    let Versioned { v } = serde_json::from_slice(&bytes).map_err(|_| Odd::Damaged)?;
    if v > VERSION {
        return Err(Odd::Later);
    }
    let kept: Kept = serde_json::from_slice(&bytes).map_err(|_| Odd::Damaged)?;
    let author = Author {
        operator: kept.operator.clone(),
        host: kept.host.clone(),
        instance: kept.instance.clone(),
    };
    let plan = kept.plan().ok_or(Odd::Damaged)?;
    // Under another name nobody would ever remove it.
    let named = path.file_stem().and_then(|stem| stem.to_str());
    if named.and_then(BatchId::parse) != Some(plan.batch) {
        return Err(Odd::Damaged);
    }
    Ok((author, plan))
}

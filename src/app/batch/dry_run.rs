//! The dry run: everybody is read again, and it is said what would be done.

use std::collections::HashMap;
use std::sync::Arc;

use tui_input::Input;

use super::each::Read;
use super::readers::Readers;
use super::{Judged, Origin, Why, Wish};
use crate::app::dossier::memberships;
use crate::app::{Context, Look, Moment, People, Person, Ticket, words};
use crate::domain::{
    Action, Answer, ApiError, Change, Denied, ErrorKind, Fact, Fetch, Known, Lane, OpId, Page,
    Permit, Policy, Row, ToEach, Untrusted, User, UserId, UserPage,
};

/// The most people whom one request reads.
const A_REQUEST: usize = 100;
/// So often a read is tried before its people count as not to be read.
const TRIES: u8 = 3;

/// A batch before it begins.
#[derive(Debug)]
pub struct DryRun {
    /// Where its people come from.
    pub origin: Origin,
    wish: Wish,
    ids: Vec<UserId>,
    read: HashMap<UserId, Result<Read, Why>>,
    readers: Readers<Task>,
    stage: Stage,
    /// The number that is typed.
    pub number: Input,
    /// The reason.
    pub reason: Input,
    /// What has the keys.
    pub focus: Focus,
    /// When the last key but Enter came.
    pub(super) last: Moment,
    pub(super) look: Look,
    /// A word about the last key.
    pub note: Option<String>,
}

/// How far it is.
#[derive(Debug)]
enum Stage {
    /// The people are read.
    People,
    /// It is known what is to be done; their organizations are read.
    Organizations(ToEach),
    /// All is known.
    Judged(Box<Judged>),
    /// It cannot be: why, in words.
    Failed(String),
}

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The box for the number.
    Number,
    /// The list of those left out, scrolled down by so many lines.
    LeftOut(usize),
    /// The box for the reason.
    Reason,
}

/// One read.
#[derive(Debug)]
struct Task {
    what: What,
    tries: u8,
}

#[derive(Debug)]
enum What {
    People(Vec<UserId>),
    Organizations(UserId),
}

impl Task {
    const fn new(what: What) -> Self {
        Self { what, tries: 0 }
    }

    fn fetch(&self) -> Fetch {
        match &self.what {
            What::People(ids) => Fetch::WholeUsers(ids.clone()),
            What::Organizations(user) => memberships(user),
        }
    }
}

impl DryRun {
    /// Begins to read everybody.
    pub fn new(ctx: &mut Context, wish: Wish, origin: Origin, ids: Vec<UserId>) -> Self {
        let mut readers = Readers::new(ctx.pane());
        for some in ids.chunks(A_REQUEST) {
            readers.push(Task::new(What::People(some.to_vec())));
        }
        let mut dry_run = Self {
            origin,
            wish,
            read: HashMap::with_capacity(ids.len()),
            ids,
            readers,
            stage: Stage::People,
            number: Input::default(),
            reason: Input::default(),
            focus: Focus::Number,
            last: ctx.now.moment,
            look: Look::default(),
            note: None,
        };
        dry_run.ask(ctx);
        dry_run
    }

    /// Whom it is about, before anybody is left out.
    pub fn ids(&self) -> &[UserId] {
        &self.ids
    }

    /// What would be done, once everybody was read.
    pub fn judged(&self) -> Option<&Judged> {
        match &self.stage {
            Stage::Judged(judged) => Some(judged),
            _ => None,
        }
    }

    /// The same, to do it.
    pub(super) fn into_judged(self) -> Option<Judged> {
        match self.stage {
            Stage::Judged(judged) => Some(*judged),
            _ => None,
        }
    }

    /// Why it cannot be, if it cannot.
    pub fn failed(&self) -> Option<&str> {
        match &self.stage {
            Stage::Failed(why) => Some(why),
            _ => None,
        }
    }

    /// What is to be done, as far as that is known.
    pub fn what(&self) -> Option<&ToEach> {
        match (&self.stage, &self.wish) {
            (Stage::Judged(judged), _) => Some(&judged.what),
            (Stage::Organizations(what), _) | (_, Wish::Do(what)) => Some(what),
            _ => None,
        }
    }

    /// What was asked for, as a word.
    pub(super) const fn verb(&self) -> &'static str {
        match (&self.stage, &self.wish) {
            (Stage::Judged(judged), _) => judged.what.words().verb,
            (Stage::Organizations(what), _) | (_, Wish::Do(what)) => what.words().verb,
            (_, Wish::BanOrUnban) => "ban",
            (_, Wish::LockOrUnlock) => "lock",
        }
    }

    /// How many were read, or could not be.
    pub(super) fn read_so_far(&self) -> usize {
        self.read.len()
    }

    /// A frame was drawn, with all of it on it or not. In the list of those left
    /// out nobody consents.
    pub fn drawn(&mut self, at: Moment, is_whole: bool) {
        if self.judged().is_some() && !matches!(self.focus, Focus::LeftOut(_)) {
            self.look.drawn(at, is_whole);
        }
    }

    /// Awaits nothing any more.
    pub fn give_up(&mut self, ctx: &mut Context) {
        self.readers.call_off(ctx);
    }

    fn ask(&mut self, ctx: &mut Context) {
        self.readers.ask(ctx, Lane::Hands, Task::fetch);
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(
        &mut self,
        ctx: &mut Context,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let Some(mut task) = self.readers.take(ticket) else {
            return false;
        };
        match (result, &task.what) {
            (Ok(Answer::WholeUsers(page)), What::People(ids)) => {
                let policy = &ctx.policy;
                learn(people, page);
                self.took(policy, ids, page);
            }
            (Ok(Answer::Memberships(page)), What::Organizations(user)) => {
                if let Some(Ok(read)) = self.read.get_mut(user) {
                    read.known.organizations = Known::of(None, Some(page)).organizations;
                }
            }
            (Err(error), _) if is_for_all(error) => {
                self.readers.call_off(ctx);
                self.stage = Stage::Failed(words::explain(error));
                return true;
            }
            _ => {
                task.tries += 1;
                if task.tries < TRIES {
                    self.readers.push(task);
                } else if let What::People(ids) = task.what {
                    let why = result.as_ref().err().map_or_else(
                        || words::explain(&crate::app::remote::wrong_answer()),
                        words::explain,
                    );
                    let unread = ids
                        .into_iter()
                        .map(|id| (id, Err(Why::Unread(why.clone()))));
                    self.read.extend(unread);
                }
            }
        }
        self.ask(ctx);
        if self.readers.is_idle() {
            self.go_on(ctx);
        }
        true
    }

    /// Some people were read; who is missing is gone.
    fn took(&mut self, policy: &Policy, ids: &[UserId], page: &Page<User>) {
        let mut odd = HashMap::new();
        for row in &page.rows {
            match row {
                Row::Read(user) if ids.contains(&user.id) => {
                    let read = self.understood(policy, user);
                    self.read.insert(user.id.clone(), Ok(read));
                }
                Row::Read(_) => {}
                Row::Unreadable(row) => {
                    let id = row.id.as_ref().map(Untrusted::raw).unwrap_or_default();
                    odd.insert(id, &row.why);
                }
            }
        }
        for id in ids {
            if !self.read.contains_key(id) {
                // Of a row without an id anybody may be the one.
                let why = odd
                    .get(id.as_str())
                    .or_else(|| odd.get(""))
                    .map_or(Why::Gone, |why| {
                        Why::Unread(format!("Not understood: {}.", why.shown()))
                    });
                self.read.insert(id.clone(), Err(why));
            }
        }
    }

    fn understood(&self, policy: &Policy, user: &User) -> Read {
        let asked = !policy.protect.is_empty();
        let id = user.id.clone();
        // A ban and its end change the same fields, and so do a lock and its end.
        let action = match &self.wish {
            Wish::BanOrUnban => Some(Action::Ban(id)),
            Wish::LockOrUnlock => Some(Action::Lock(id)),
            Wish::Do(what) => what.action(&id),
        };
        let action = action.as_ref();
        Read {
            person: Person {
                id: user.id.clone(),
                row: Some(user.row()),
            },
            known: Known::of(Some(user).filter(|_| asked), None),
            before: action.and_then(|action| action.before(user)),
            is_merged: action.and_then(|action| action.is_true_of(user)) == Some(true),
        }
    }

    /// All that was asked for is there: asks for what is missing, or judges.
    fn go_on(&mut self, ctx: &mut Context) {
        let what = match &self.stage {
            Stage::People => self.decided(),
            Stage::Organizations(what) => return self.judge(ctx, what.clone()),
            Stage::Judged(_) | Stage::Failed(_) => return,
        };
        if ctx.policy.asks_for_organizations() {
            let read = self.read.values().flatten();
            for read in read.filter(|read| !what.is_so(read)) {
                let user = read.person.id.clone();
                self.readers.push(Task::new(What::Organizations(user)));
            }
            self.ask(ctx);
        }
        if self.readers.is_idle() {
            self.judge(ctx, what);
        } else {
            self.stage = Stage::Organizations(what);
        }
    }

    /// What is to be done, by what was read.
    fn decided(&self) -> ToEach {
        let read = || self.read.values().flatten();
        // Where nobody could be read, it is as asked for.
        let anybody_lacks = |fact| read().count() == 0 || read().any(|read| !read.has(fact));
        match &self.wish {
            Wish::Do(what) => what.clone(),
            Wish::BanOrUnban if anybody_lacks(Fact::Banned) => ToEach::Ban,
            Wish::BanOrUnban => ToEach::Unban,
            Wish::LockOrUnlock if anybody_lacks(Fact::Locked) => ToEach::Lock,
            Wish::LockOrUnlock => ToEach::Unlock,
        }
    }

    fn judge(&mut self, ctx: &Context, what: ToEach) {
        let (mut goes, mut left_out) = (Vec::new(), Vec::new());
        for id in &self.ids {
            let unknown = || Person {
                id: id.clone(),
                row: None,
            };
            match self.read.remove(id) {
                // Who was marked twice was told of.
                None => {}
                Some(Err(why)) => left_out.push((unknown(), why)),
                Some(Ok(read)) if what.is_so(&read) => left_out.push((read.person, Why::Already)),
                Some(Ok(read)) => match denied(&what, &read, &ctx.policy) {
                    None => goes.push(read),
                    Some(Denied::Protected(rule)) => {
                        left_out.push((read.person, Why::Protected(rule)));
                    }
                    Some(Denied::PerhapsProtected(rule)) => {
                        left_out.push((read.person, Why::PerhapsProtected(rule)));
                    }
                    Some(denied) => {
                        self.stage = Stage::Failed(denied.to_string());
                        return;
                    }
                },
            }
        }
        self.stage = Stage::Judged(Box::new(Judged {
            what,
            goes,
            left_out,
        }));
    }
}

/// Whoever is read is known from then on.
fn learn(people: &mut People, page: &Page<User>) {
    let rows = page.rows.iter().filter_map(Row::read);
    let rows = Page {
        rows: rows.map(|user| Row::Read(user.row())).collect(),
        total: None,
        read_at: page.read_at,
    };
    people.learn_page(&Arc::new(UserPage::pack(rows, |_| true)));
}

/// Why the policy does not allow it for somebody. The reason comes later.
fn denied(what: &ToEach, read: &Read, policy: &Policy) -> Option<Denied> {
    let op = OpId { run: 0, n: 0 };
    let mut change = Change::new(op, what.judged_as(&read.person.id)?);
    change.reason = Some("it is asked for".into());
    Permit::check(change, policy, |_| read.known.clone()).err()
}

/// Whether a failure is nobody's in particular: asking for others ends no better.
const fn is_for_all(error: &ApiError) -> bool {
    matches!(
        error.kind,
        ErrorKind::KeyRefused
            | ErrorKind::PlanLacks
            | ErrorKind::Forbidden
            | ErrorKind::NotConnected
            | ErrorKind::NoCertificates
    )
}

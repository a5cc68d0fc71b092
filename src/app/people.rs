//! Everybody whose row was read, whatever list it came from.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::{
    Answer, Fact, Fetch, Lane, OpId, Status, Timestamp, Untrusted, UserId, UserPage, UserRow,
};

use super::document::Line;
use super::{Book, Context, Moment, PaneId, Part, Remote, Ticket, Tone, Who};

/// The most people looked up in one request (`user_id` may be repeated 100 times).
const MOST_IDS: usize = 100;

/// Who is who: the latest row of each person, by id.
///
/// Sessions and memberships name their users by id only; here they get a name.
#[derive(Debug, Default)]
pub struct People {
    book: Book,
    lookup: Remote<()>,
    /// Those who are read once more after a change.
    again: Vec<Ticket>,
    /// Everybody ever looked up: who was deleted would be missing for ever.
    asked: HashSet<UserId>,
    /// Who was deleted in this run, and when that was known.
    gone: HashMap<String, Moment>,
}

/// The person that a dialog or a change is about, as the screen showed them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// What the screen knew of them; `None` where only the id was known.
    pub row: Option<UserRow>,
}

impl Person {
    /// What to call them: name, e-mail address, phone number, username, else the id.
    pub fn name(&self) -> Untrusted {
        let row = self.row.as_ref();
        row.filter(|row| !row.name.is_blank())
            .map(|row| row.name.clone())
            .or_else(|| row.and_then(UserRow::identifier).cloned())
            .unwrap_or_else(|| Untrusted::new(self.id.as_str()))
    }

    /// The name as it is shown, cut so that it cannot push anything away.
    pub fn short_name(&self) -> String {
        super::text::cut(&self.name().shown(), 24)
    }

    /// The e-mail address (or what else they are told by) and the end of the id,
    /// each in a room of its own so that none can push the other away.
    pub fn who(&self, columns: usize) -> Line {
        let identifier = self.row.as_ref().and_then(|row| row.identifier());
        let identifier = identifier.map_or("(no e-mail)".into(), Untrusted::shown);
        let id = self.id.as_str();
        let id = if id.len() <= 16 {
            id.to_owned()
        } else {
            format!("…{}", self.id.last_six())
        };
        let room = columns.saturating_sub(id.len() + 3);
        let identifier = super::text::cut_middle(&identifier, room);
        Line::new(Tone::Strong, identifier).and(Tone::Dim, format!(" · {id}"))
    }

    /// Whether the screen showed them as banned.
    pub fn is_banned(&self) -> bool {
        self.row
            .as_ref()
            .is_some_and(|row| row.status == Status::Banned)
    }

    /// Whether the screen showed this of them.
    pub fn has(&self, fact: Fact) -> bool {
        self.row.as_ref().is_some_and(|row| row.facts.has(fact))
    }

    /// Whether they were locked, as the screen knew them.
    pub fn is_locked(&self) -> bool {
        self.has(Fact::Locked)
    }
}

impl People {
    /// The latest row of a person.
    pub fn get(&self, id: &UserId) -> Option<UserRow> {
        self.row(self.book.who(id.as_str())?)
    }

    /// The latest row of somebody, unless they are gone.
    pub fn row(&self, who: Who) -> Option<UserRow> {
        self.book.row(who)
    }

    /// The id of somebody, unless they are gone.
    pub fn id(&self, who: Who) -> Option<UserId> {
        let (page, row) = self.book.rows().find(who)?;
        UserId::new(page.id(row)).ok()
    }

    /// Everybody known.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// A person by id, with what is known of them.
    pub fn person(&self, id: &UserId) -> Person {
        Person {
            id: id.clone(),
            row: self.get(id),
        }
    }

    /// Somebody wants to know anew: who could not be found is looked up once more.
    pub fn look_again(&mut self) {
        self.asked.clear();
    }

    /// Takes in a page of users. For each of its rows: who it is, or `None`
    /// where it could not be read.
    pub fn learn_page(&mut self, page: &Arc<UserPage>) -> Vec<Option<Who>> {
        self.book.learn_page(page)
    }

    /// The same for a page that was asked for at that moment: who was deleted
    /// since does not come back by it.
    pub fn learn_asked(&mut self, page: &Arc<UserPage>, asked: Moment) -> Vec<Option<Who>> {
        let mut people = self.book.learn_page(page);
        if self.gone.is_empty() {
            return people;
        }
        for (row, who) in people.iter_mut().enumerate() {
            let gone = self.gone.get(page.id(row));
            if gone.is_some_and(|gone| asked <= *gone)
                && who.take().is_some()
                && let Ok(id) = UserId::new(page.id(row))
            {
                self.book.forget(&id);
            }
        }
        people
    }

    /// Takes in one row, as it was at that time.
    pub fn learn(&mut self, row: UserRow, read_at: Timestamp) {
        self.book.learn(row, read_at);
    }

    /// Somebody is gone, as is known now; says who that was, if they were known.
    pub fn forget(&mut self, id: &UserId, now: Moment) -> Option<Who> {
        self.gone.insert(id.to_string(), now);
        self.book.forget(id)
    }

    /// Whether somebody was deleted in this run.
    pub fn is_gone(&self, id: &UserId) -> bool {
        self.gone.contains_key(id.as_str())
    }

    /// Looks up those of `ids` that are not known, a hundred at a time.
    pub fn look_up<'a>(&mut self, ctx: &mut Context, ids: impl Iterator<Item = &'a UserId>) {
        if self.lookup.is_waiting() {
            return;
        }
        let mut missing: Vec<UserId> = Vec::new();
        for id in ids {
            let known = self.book.who(id.as_str()).is_some() || self.asked.contains(id);
            if !known && !missing.contains(id) {
                missing.push(id.clone());
            }
            if missing.len() == MOST_IDS {
                break;
            }
        }
        if missing.is_empty() {
            return;
        }
        self.asked.extend(missing.iter().cloned());
        let ticket = ctx.fetch(
            PaneId(0),
            Part::Rows,
            Lane::Prefetch,
            Fetch::UsersById(missing),
        );
        self.lookup.wait_for(ticket, ctx.now.moment);
    }

    /// Reads people once more after a change whose answer did not show them.
    pub fn read_again(&mut self, ctx: &mut Context, after: OpId, users: &[UserId]) {
        let fetch = Fetch::UsersById(users.to_vec());
        let ticket = ctx.fetch(PaneId(0), Part::ReadBack(after), Lane::ReadBack, fetch);
        self.again.push(ticket);
    }

    /// Takes the answer of a look-up; says whether it was one.
    pub fn settle(
        &mut self,
        ticket: Ticket,
        result: &Result<Answer, crate::domain::ApiError>,
    ) -> bool {
        let again = self.again.iter().position(|awaited| *awaited == ticket);
        if let Some(at) = again {
            self.again.remove(at);
        }
        again.is_some() || self.lookup.settle(ticket, result, |_| Some(()))
    }
}

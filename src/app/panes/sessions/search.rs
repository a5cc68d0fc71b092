//! Searching among the sessions that were read.

use super::{SessionsPane, Walk};
use crate::app::{Context, People, Ticket};
use crate::domain::search::{SessionSearch, contains};
use crate::domain::{Row, Session, UserId};

impl SessionsPane {
    /// What the search asks of the rows.
    fn wanted(&self, ctx: &Context) -> SessionSearch {
        ctx.clock.sessions(self.search.latest())
    }

    /// The one person whose sessions Clerk is asked for: the view's, or the search's.
    pub(super) fn asked_user(&self, ctx: &Context) -> Option<UserId> {
        self.user.clone().or_else(|| self.wanted(ctx).user)
    }

    /// The rows are asked for by what is in the box.
    pub(super) fn ask(&mut self) {
        self.search.ask();
        self.stale = true;
    }

    /// Searches for the text in the box, unless that was done: among the rows
    /// there, unless it is about one person, whose sessions Clerk can be asked for.
    pub fn search_now(&mut self, ctx: &mut Context) {
        if !self.search.is_due() {
            return;
        }
        let before = self.asked_user(ctx);
        self.ask();
        let user = self.asked_user(ctx);
        if before == user {
            return self.search.answer();
        }
        if let Some(walk) = &mut self.walk {
            if let Some(user) = user {
                walk.visit(user);
            }
            self.search.answer();
            return self.walk_on(ctx);
        }
        let page = self.list.first_page(false);
        self.read_page(ctx, &page);
    }

    /// Takes a wake-up, if it is awaited here; says whether it was.
    pub fn wake(&mut self, ctx: &mut Context, ticket: Ticket) -> bool {
        let rested = self.search.has_rested(ticket);
        if rested {
            self.search_now(ctx);
        }
        rested
    }

    /// Rows or people may have changed: the rows are judged anew.
    pub const fn look_again(&mut self) {
        self.stale = true;
    }

    /// Shows the rows that pass, if anything changed since that was found out.
    pub fn sift(&mut self, ctx: &Context, people: &People) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let wanted = self.wanted(ctx);
        let passes = |session: &Session| {
            wanted.passes(session, |text| is_known_as(people, &session.user, text))
        };
        self.list.sift((!wanted.is_open()).then_some(passes));
    }

    /// Whose names the search needs: of all rows, where a text is searched for.
    pub fn named_by_search(&self) -> impl Iterator<Item = &UserId> {
        let text = !self.search.latest().free_text().is_empty();
        let rows = self.list.rows().iter().filter(move |_| text);
        rows.filter_map(Row::read).map(|session| &session.user)
    }
}

/// Whether the name or the address of a person holds a text in small letters.
fn is_known_as(people: &People, user: &UserId, text: &str) -> bool {
    people.get(user).is_some_and(|row| {
        let texts = std::iter::once(&row.name).chain(row.identifier());
        let texts = texts.chain(&row.email).chain(&row.username);
        texts.into_iter().any(|own| contains(own.raw(), text))
    })
}

impl Walk {
    /// Reads this person too, who may not be among those walked to.
    pub(super) fn visit(&mut self, user: UserId) {
        let people = self.people.value();
        let is_read = people.is_some_and(|people| people.contains(&user)) && !self.stopped;
        if !is_read {
            self.of += 1;
            self.queue.push_front(user);
        }
    }
}

//! From the text in the box to the rows that answer it.

use std::sync::Arc;

use crate::app::{
    Among, Context, Effect, Fate, Found, Glance, Looked, Part, People, Quest, Ticket, Tone, Who,
};
use crate::domain::search::{Query, Target};
use crate::domain::{UserFilter, UserOrderBy};

use super::UsersPane;
use super::organization::Organizations;

/// Why rows at hand are searched.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    /// To show something for this text while Clerk is asked.
    Glance(String),
    /// To judge what Clerk cannot.
    Judge,
}

/// The text in the box, what it asks for, and how far that got.
#[derive(Debug, Default)]
pub(super) struct Finding {
    /// What was asked for last.
    wanted: Arc<Looked>,
    /// The search among the rows at hand that is under way.
    ranking: Option<(Ticket, Purpose)>,
    /// The text that the rows chosen here are of.
    glanced: Option<String>,
    /// How many people were known when they were judged.
    judged: usize,
    pub(super) organizations: Organizations,
    /// Whom the text in the box names as a whole, if it was entered as that.
    target: Option<Target>,
    /// Whether their profile is to be opened, if it is one person.
    opens: bool,
}

/// What came of a text that names one person as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// They were found, and nobody else.
    One(Who),
    /// Nobody has this id.
    Nobody(String),
}

impl Finding {
    /// The filter of whom the text names as a whole.
    fn exact(&self, text: &str) -> Option<Arc<UserFilter>> {
        let target = self.target.as_ref().filter(|target| target.text() == text);
        target?.filter().map(Arc::new)
    }
}

impl UsersPane {
    /// What was asked for last.
    pub(super) const fn wanted(&self) -> &Arc<Looked> {
        &self.finding.wanted
    }

    /// The text in the box changed: shows whom the rows at hand know for it.
    pub fn typed(&mut self, ctx: &mut Context, people: &People) {
        self.finding.target = None;
        self.end_list(ctx);
        self.glance(ctx, people);
    }

    /// Looks among the rows at hand, unless they are the answer already.
    fn glance(&mut self, ctx: &mut Context, people: &People) {
        if self.is_judging() {
            // A newer search would end that one; this comes after it.
            return;
        }
        self.finding.ranking = None;
        let query = self.search.query().ok();
        // The last good result stays while there is a mistake.
        let Some(query) = query.filter(|_| !self.search.answers()) else {
            return self.show_answered();
        };
        let Some(looked) = self.looked(ctx, query) else {
            return;
        };
        if looked.is_told_by_rows() {
            let text = self.search.text().to_owned();
            self.rank(ctx, people, Purpose::Glance(text), looked);
        }
    }

    pub(super) fn show_answered(&mut self) {
        if self.finding.glanced.take().is_some() {
            self.list.end_glance();
        }
    }

    /// Whether rows are being judged here.
    const fn is_judging(&self) -> bool {
        matches!(self.finding.ranking, Some((_, Purpose::Judge)))
    }

    /// The reading failed, or was called off: unless rows that are there are
    /// being judged, the search has failed with it.
    pub(super) fn fail_search(&mut self) {
        if !self.is_judging() {
            self.search.fail();
        }
    }

    /// What a query asks for; `None` before the organizations in it are known.
    fn looked(&self, ctx: &Context, query: &Query) -> Option<Arc<Looked>> {
        if let Some(filter) = self.finding.exact(self.search.asked()) {
            return Some(Arc::new(Looked::new(filter, Vec::new())));
        }
        let mut search = ctx.clock.users(query);
        for name in &search.organizations {
            match self.finding.organizations.id(&name.text) {
                Some(id) => search.filter.exact.push(name.found(id)),
                None => return None,
            }
        }
        Some(Arc::new(Looked::new(Arc::new(search.filter), search.facts)))
    }

    /// Reads from the beginning. `keep` asks for as many rows as there are.
    pub fn read(&mut self, ctx: &mut Context, people: &People, keep: bool) {
        if self.search.list().is_some() {
            if keep {
                self.go_on(ctx);
            }
            return;
        }
        self.end_list(ctx);
        let query = self.search.ask().clone();
        // What is judged now are rows of another text.
        self.finding
            .ranking
            .take_if(|(_, purpose)| *purpose == Purpose::Judge);
        let Some(looked) = self.looked(ctx, &query) else {
            return self.look_up(ctx, &query);
        };
        self.finding.organizations.lookup = None;
        let filter = Arc::clone(looked.filter());
        self.finding.wanted = looked;
        if keep || !self.list.shows(&filter, self.order) {
            let (fetch, reading) = self.list.begin(&filter, self.order, keep);
            self.read_page(ctx, super::Side::Head, fetch, reading);
        } else if self.list.call_off() {
            ctx.abort(self.id, Part::Rows);
        }
        if self.list.shows(&filter, self.order) {
            self.judge(ctx, people);
        }
        if keep || self.total.value().is_none() {
            self.count_all(ctx);
        }
    }

    /// Finds whom a text names as a whole, to go to them if it is one person.
    pub fn find(&mut self, ctx: &mut Context, people: &People, target: &Target) {
        self.finding.opens = true;
        let same = self.finding.target.as_ref() == Some(target)
            && self.search.text() == target.text()
            && (self.search.is_settled() || self.list.is_replacing());
        if !same {
            self.finding.target = Some(target.clone());
            self.search.put_whole(target.text());
            self.read(ctx, people, false);
        }
    }

    /// Somebody went on working: nothing opens by itself any more.
    pub const fn stay(&mut self) {
        self.finding.opens = false;
    }

    /// What came of it, once.
    pub fn landing(&mut self) -> Option<Landing> {
        if !self.finding.opens || !self.search.is_settled() || self.list.is_replacing() {
            return None;
        }
        self.finding.opens = false;
        let roll = self.list.roll();
        match (roll.head(), self.finding.target.as_ref()?) {
            ([one], _) if roll.is_complete() => one.who().map(Landing::One),
            ([], Target::User(id)) => Some(Landing::Nobody(id.to_string())),
            _ => None,
        }
    }

    /// Whether nobody has exactly this e-mail address, so that it is searched
    /// for as a text.
    pub(super) fn falls_back(&mut self) -> bool {
        let nobody = self.list.roll().is_empty() && !self.search.latest().is_empty();
        let target = &mut self.finding.target;
        let email = |target: &mut Target| matches!(target, Target::Email(_));
        nobody
            && self.search.asked() == target.as_ref().map_or("", Target::text)
            && target.take_if(email).is_some()
    }

    /// Forgets what is being found out: something else takes its place.
    pub(super) fn forget_search(&mut self, ctx: &mut Context) {
        if self.finding.organizations.lookup.is_some() {
            ctx.abort(self.id, Part::Organization);
        }
        let known = std::mem::take(&mut self.finding.organizations.known);
        self.finding = Finding::default();
        self.finding.organizations.known = known;
    }

    /// The rows of the server are those that were asked for: what it could not
    /// judge is judged here.
    pub(super) fn judge(&mut self, ctx: &mut Context, people: &People) {
        let wanted = Arc::clone(&self.finding.wanted);
        if !wanted.facts().is_empty() {
            self.search.lose_answer();
            return self.rank(ctx, people, Purpose::Judge, wanted);
        }
        let fate = self.fate_of_glance();
        self.list.answer(None, fate);
        self.search.answer();
        // Meanwhile the typing may have gone on.
        self.glance(ctx, people);
    }

    /// There are more rows of the list that was judged here: they are judged, too,
    /// whatever the box holds by now.
    pub(super) fn judge_again(&mut self, ctx: &mut Context, people: &People) {
        let judged = self.list.judged().is_some() && !self.search.is_asking();
        if self.listing.is_none() && (judged || self.is_judging()) {
            self.search.ask_again();
            self.judge(ctx, people);
        }
    }

    /// What becomes of the glance now that there is an answer.
    fn fate_of_glance(&mut self) -> Fate {
        let Some(glanced) = self.finding.glanced.take() else {
            return Fate::Ends;
        };
        let asked = self.search.asked();
        if glanced == asked {
            return if self.finding.wanted.is_text_only() {
                Fate::Follows
            } else {
                Fate::Ends
            };
        }
        let is_empty = self.list.glance().is_none_or(Glance::is_empty);
        if glanced == self.search.text() && !is_empty {
            self.finding.glanced = Some(glanced);
            return Fate::Stays;
        }
        Fate::Ends
    }

    /// Whether some of what was asked for is judged here.
    pub fn is_judged_here(&self) -> bool {
        !self.finding.wanted.facts().is_empty() || !self.finding.wanted.filter().metadata.is_empty()
    }

    fn rank(&mut self, ctx: &mut Context, people: &People, purpose: Purpose, looked: Arc<Looked>) {
        let rows = people.book().rows().clone();
        let judges = purpose == Purpose::Judge;
        let among = if !judges || self.is_among_everybody() {
            Among::Everybody
        } else {
            let roll = self.list.roll();
            let read = roll.head().iter().chain(roll.tail().iter().rev());
            Among::These(read.filter_map(|entry| entry.who()).collect())
        };
        // What was judged by the server is not judged again: a row has one of
        // several addresses only.
        let looked = match among {
            Among::Everybody => looked,
            Among::These(_) => Arc::new(looked.facts_only()),
        };
        let ticket = ctx.ticket();
        self.finding.ranking = Some((ticket, purpose));
        let quest = Quest {
            rows,
            among,
            looked,
            order: self.order,
        };
        ctx.ask(Effect::Rank {
            ticket,
            quest: Box::new(quest),
        });
    }

    /// Whether everybody known is judged, not only the rows that Clerk found. An
    /// order that rows do not tell is the one that Clerk's list has.
    fn is_among_everybody(&self) -> bool {
        let told = !matches!(self.order.by, UserOrderBy::Updated | UserOrderBy::Wallet);
        told && self.listing.is_none() && self.finding.wanted.filter().is_open()
    }

    /// Among how many rows is judged here what Clerk cannot judge, where that
    /// is so; of how many, as far as that is known; and whether these are all.
    pub fn judged_among(&self, people: &People) -> Option<(u64, Option<u64>, bool)> {
        if !self.is_judged_here() || !self.search.is_settled() {
            return None;
        }
        let roll = self.list.roll();
        let all = self.listed();
        let read = if !self.finding.wanted.facts().is_empty() && self.is_among_everybody() {
            people.book().len()
        } else {
            roll.received()
        };
        let read = read as u64;
        let complete = roll.is_complete() || all.is_some_and(|all| all <= read);
        Some((read, all, complete))
    }

    /// Takes what a search among the rows at hand found; says whether it is awaited.
    pub fn ranked(
        &mut self,
        ctx: &mut Context,
        people: &People,
        ticket: Ticket,
        found: Option<Found>,
    ) -> bool {
        let ranking = self.finding.ranking.clone();
        let Some((_, purpose)) = ranking.filter(|(awaited, _)| *awaited == ticket) else {
            return false;
        };
        let Some(found) = found else {
            self.finding.ranking = None;
            self.search.fail();
            ctx.say(Tone::Bad, "A part of this console failed. r tries again.");
            return true;
        };
        match purpose {
            Purpose::Glance(text) if self.search.is_settled() || text != self.search.text() => {
                return false;
            }
            Purpose::Glance(text) => {
                self.finding.glanced = Some(text);
                self.list.show_glance(found.exact, found.alike);
            }
            Purpose::Judge => {
                self.finding.ranking = None;
                self.finding.judged = found.known;
                let fate = self.fate_of_glance();
                self.list.answer(Some(found.exact), fate);
                self.search.answer();
                self.glance(ctx, people);
            }
        }
        true
    }

    /// Judges the people who became known since that was done.
    pub fn catch_up(&mut self, people: &People) {
        let wanted = &self.finding.wanted;
        let rows = people.book().rows();
        let here = self.search.is_settled() && self.list.judged().is_some();
        if !here || !self.is_among_everybody() || rows.known() == self.finding.judged {
            return;
        }
        let glass = wanted.glass();
        let passes = |who: &Who| {
            rows.find(*who)
                .is_some_and(|(page, row)| glass.passes(page, row))
        };
        let more: Vec<Who> = rows.since(self.finding.judged).filter(passes).collect();
        self.finding.judged = rows.known();
        self.list.judge_more(more);
    }
}

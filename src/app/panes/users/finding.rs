//! From the text in the box to the rows that answer it.

use std::sync::Arc;

use crate::app::{Among, Context, Effect, Found, Looked, Part, People, Quest, Ticket, Tone, Who};
use crate::domain::search::{Query, Target};
use crate::domain::{
    Answer, ApiError, Fetch, Lane, Organization, OrganizationId, Page, Row, UserFilter,
};

use super::UsersPane;

/// Why rows at hand are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To show something while Clerk is asked.
    Glance,
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
    organizations: Organizations,
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

/// Organizations by what people call them.
#[derive(Debug, Default)]
struct Organizations {
    known: Vec<(String, OrganizationId)>,
    /// The name that is being looked up.
    lookup: Option<(Ticket, String)>,
}

impl UsersPane {
    /// The text in the box changed: shows whom the rows at hand know for it.
    pub fn typed(&mut self, ctx: &mut Context, people: &People) {
        self.finding.target = None;
        self.end_list(ctx);
        if matches!(self.finding.ranking.take(), Some((_, Purpose::Judge))) {
            // Its answer will not come any more.
            self.search.fail();
        }
        let query = self.search.query().ok();
        // The last good result stays while there is a mistake.
        let Some(query) = query.filter(|_| self.search.text() != self.search.answered()) else {
            return self.show_answered();
        };
        let Some(looked) = self.looked(ctx, query) else {
            return;
        };
        if looked.is_told_by_rows() {
            self.rank(ctx, people, Purpose::Glance, looked);
        }
    }

    fn show_answered(&mut self) {
        if self.finding.glanced.take().is_some() {
            self.list.unpick(false);
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
        let Some(looked) = self.looked(ctx, &query) else {
            return self.look_up(ctx, &query);
        };
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
            return self.rank(ctx, people, Purpose::Judge, wanted);
        }
        let same = self.finding.glanced.take().as_deref() == Some(self.search.asked());
        self.list.unpick(same && wanted.is_text_only());
        self.search.answer();
    }

    /// Whether some of what was asked for is judged here.
    pub fn is_judged_here(&self) -> bool {
        !self.finding.wanted.facts().is_empty() || !self.finding.wanted.filter().metadata.is_empty()
    }

    fn rank(&mut self, ctx: &mut Context, people: &People, purpose: Purpose, looked: Arc<Looked>) {
        let rows = people.book().rows().clone();
        let everybody = purpose == Purpose::Glance || looked.filter().is_open();
        let among = if everybody {
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

    /// Takes what a search among the rows at hand found; says whether it is awaited.
    pub fn ranked(&mut self, ctx: &mut Context, ticket: Ticket, found: Option<Found>) -> bool {
        let Some((_, purpose)) = self
            .finding
            .ranking
            .filter(|(awaited, _)| *awaited == ticket)
        else {
            return false;
        };
        let Some(found) = found else {
            self.finding.ranking = None;
            self.search.fail();
            ctx.say(Tone::Bad, "A part of this console failed. r tries again.");
            return true;
        };
        match purpose {
            Purpose::Glance if self.search.is_settled() => return false,
            Purpose::Glance => {
                self.finding.glanced = Some(self.search.text().to_owned());
                self.list.pick(found.exact, found.alike);
            }
            Purpose::Judge => {
                self.finding.ranking = None;
                self.finding.glanced = None;
                self.finding.judged = found.known;
                self.list.pick(found.exact, Vec::new());
                self.search.answer();
            }
        }
        true
    }

    /// Judges the people who became known since that was done.
    pub fn catch_up(&mut self, people: &People) {
        let wanted = &self.finding.wanted;
        let rows = people.book().rows();
        let here = self.search.is_settled() && self.list.is_picked() && self.listing.is_none();
        if !here || !wanted.filter().is_open() || rows.known() == self.finding.judged {
            return;
        }
        let glass = wanted.glass();
        let passes = |who: &Who| {
            rows.find(*who)
                .is_some_and(|(page, row)| glass.passes(page, row))
        };
        let more: Vec<Who> = rows.since(self.finding.judged).filter(passes).collect();
        self.finding.judged = rows.known();
        self.list.pick_more(more);
    }

    /// Looks up an organization that the text names.
    fn look_up(&mut self, ctx: &mut Context, query: &Query) {
        let search = ctx.clock.users(query);
        let known = &self.finding.organizations;
        let unknown = search
            .organizations
            .iter()
            .find(|name| known.id(&name.text).is_none());
        let Some(name) = unknown.map(|name| name.text.clone()) else {
            return;
        };
        let fetch = Fetch::Organizations {
            query: name.clone(),
            offset: 0,
            limit: 20,
        };
        let ticket = ctx.fetch(self.id, Part::Organization, Lane::Hands, fetch);
        self.finding.organizations.lookup = Some((ticket, name));
    }

    /// Takes the answer of such a look-up; says whether it was one.
    pub(super) fn settle_organization(
        &mut self,
        ctx: &mut Context,
        people: &People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let lookup = &mut self.finding.organizations.lookup;
        let Some((_, name)) = lookup.take_if(|(awaited, _)| *awaited == ticket) else {
            return false;
        };
        self.search.fail();
        let page = result.clone().map(Answer::into_organizations);
        match page {
            Ok(Some(page)) => match choose(&page, &name) {
                Ok(id) => {
                    self.finding.organizations.known.push((name, id));
                    self.read(ctx, people, false);
                }
                Err(why) => self.search.trouble = Some(why),
            },
            Ok(None) => {
                self.search.trouble = Some("Clerk's answer names no organizations.".to_owned());
            }
            Err(error) => {
                self.search.trouble = Some(format!("The organization was not found out: {error}"));
            }
        }
        true
    }
}

impl Organizations {
    fn id(&self, name: &str) -> Option<&OrganizationId> {
        let known = self.known.iter().find(|(known, _)| known == name);
        known.map(|(_, id)| id)
    }
}

/// The one organization that is called so: by its slug, its name, or as the only one found.
fn choose(page: &Page<Organization>, name: &str) -> Result<OrganizationId, String> {
    let found: Vec<&Organization> = page.rows.iter().filter_map(Row::read).collect();
    let is = |text: &str| text.to_lowercase() == name.to_lowercase();
    let by_slug = found
        .iter()
        .find(|o| o.slug.as_ref().is_some_and(|slug| is(slug.raw())));
    let named: Vec<_> = found.iter().filter(|o| is(o.name.raw())).collect();
    let by_slug = by_slug.or(match named.as_slice() {
        [one] => Some(one),
        _ => None,
    });
    match (by_slug, found.as_slice()) {
        (Some(one), _) | (None, [one]) => Ok(one.id.clone()),
        (None, []) => Err(format!(
            "There is no organization “{}”.",
            crate::app::text::cut(name, 40)
        )),
        (None, several) => {
            let some = several.iter().take(3).map(|o| {
                let slug = o.slug.as_ref().unwrap_or(&o.name);
                crate::app::text::cut(&slug.shown(), 24)
            });
            let some: Vec<String> = some.collect();
            Err(format!(
                "{} organizations are called so: {}. Which one?",
                several.len(),
                some.join(", ")
            ))
        }
    }
}

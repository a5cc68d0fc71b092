//! Everybody whom the search matches, gathered to be marked at once.

use std::sync::Arc;

use super::UsersPane;
use crate::app::load::Loading;
use crate::app::{Context, Looked, People, Tone, Who};

/// A gathering that waits until all of them were read.
#[derive(Debug)]
pub struct Gathering {
    /// The text of the search.
    text: String,
    looked: Arc<Looked>,
    /// Whether the load was begun for it, and ends with it.
    began: bool,
}

/// Whom a search matches, all of them.
#[derive(Debug)]
pub struct Gathered {
    /// Who they are.
    pub people: Vec<Who>,
    /// How many rows could not be read.
    pub unreadable: usize,
    /// Whether nothing was searched for.
    pub everybody: bool,
}

impl UsersPane {
    /// Gathers everybody whom the search matches: at once where they were all
    /// read, else by loading them.
    pub fn gather(&mut self, ctx: &mut Context, people: &People) {
        if let Some(mistake) = self.search.mistake() {
            return ctx.say(Tone::Warn, mistake.help.clone());
        }
        if self.gathering.is_some() {
            return match &mut self.loading {
                Some(loading) if loading.is_paused() => loading.go_on(ctx),
                _ => ctx.say(Tone::Warn, STILL_READING),
            };
        }
        if !self.search.is_settled() {
            let text = match self.listing() {
                Some(listing) if !listing.is_waiting() => "Not all were looked up. r goes on.",
                Some(_) => "Still looking them up. One moment.",
                None => "Still searching. One moment.",
            };
            return ctx.say(Tone::Warn, text);
        }
        let roll = self.list.roll();
        if self.listing().is_some() || roll.is_complete() {
            let (people, unreadable) = self.list.found();
            self.gathered = Some(Gathered {
                people,
                unreadable,
                everybody: self.finds_everybody(),
            });
            return;
        }
        let filter = roll.filter();
        if self.loading.as_ref().is_some_and(|l| l.filter() != filter) {
            let text = "Another search is still being loaded. ^c stops that.";
            return ctx.say(Tone::Warn, text);
        }
        self.gathering = Some(Gathering {
            text: self.search.text().to_owned(),
            looked: Arc::clone(self.wanted()),
            began: self.loading.is_none(),
        });
        match &mut self.loading {
            Some(loading) if loading.is_paused() => loading.go_on(ctx),
            Some(_) => {}
            None => self.load(ctx, people),
        }
    }

    /// Whether nothing at all is searched for.
    fn finds_everybody(&self) -> bool {
        self.listing().is_none() && is_of_everybody(self.wanted())
    }

    /// Whether it waits until all were read.
    pub const fn is_gathering(&self) -> bool {
        self.gathering.is_some()
    }

    /// Gathers nobody any more; says whether it did.
    pub fn stop_gathering(&mut self, ctx: &mut Context) -> bool {
        self.end_gathering(ctx, "Stopped. Nobody was marked.")
    }

    fn end_gathering(&mut self, ctx: &mut Context, why: &str) -> bool {
        let Some(gathering) = self.gathering.take() else {
            return false;
        };
        if let Some(mut loading) = self.loading.take_if(|_| gathering.began) {
            loading.call_off(ctx);
        }
        ctx.say(Tone::Warn, why);
        true
    }

    /// Something else is searched for, or nothing is loaded any more: then
    /// nobody is gathered.
    pub fn watch_gathering(&mut self, ctx: &mut Context) {
        let Some(gathering) = &self.gathering else {
            return;
        };
        let is_same = self.listing.is_none() && gathering.text == self.search.text();
        if !is_same {
            self.end_gathering(ctx, "The search changed, so nobody was marked.");
        } else if self.loading.is_none() {
            self.stop_gathering(ctx);
        }
    }

    /// Everybody was loaded: those of them who pass what is judged here, if
    /// they were gathered. Says whether they were.
    pub(super) fn gather_loaded(
        &mut self,
        people: &People,
        loading: &Loading,
        everybody: &[Who],
    ) -> bool {
        let Some(gathering) = self.gathering.take() else {
            return false;
        };
        let facts = gathering.looked.facts_only();
        let glass = facts.glass();
        let rows = people.book().rows();
        let passes = |who: &&Who| {
            rows.find(**who)
                .is_some_and(|(page, row)| glass.passes(page, row))
        };
        self.gathered = Some(Gathered {
            people: everybody.iter().filter(passes).copied().collect(),
            unreadable: loading.odd().len(),
            everybody: is_of_everybody(&gathering.looked),
        });
        true
    }

    /// Whom it gathered, once.
    pub const fn take_gathered(&mut self) -> Option<Gathered> {
        self.gathered.take()
    }
}

/// Whether nobody is left out.
fn is_of_everybody(looked: &Looked) -> bool {
    looked.filter().is_open() && looked.facts().is_empty()
}

/// Until they are all read nothing is done to them.
pub const STILL_READING: &str = "Still reading who matches. One moment.";

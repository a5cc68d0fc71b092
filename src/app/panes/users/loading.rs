//! Everybody whom the search finds, loaded in the background.

use crate::app::load::{Known, Loading, Step, words};
use crate::app::{Context, People, Ticket, Tone};
use crate::domain::{Answer, ApiError, Timestamp};

use super::UsersPane;

impl UsersPane {
    /// Begins to load everybody whom the search finds.
    pub fn load(&mut self, ctx: &mut Context, people: &People) {
        if !self.search.is_settled() {
            return ctx.say(Tone::Warn, "Still searching. One moment.");
        }
        if self.listing().is_some() {
            let text = "A pasted list is looked up as a whole. There is no more to load.";
            return ctx.say(Tone::Plain, text);
        }
        let roll = self.list.roll();
        if roll.is_complete() {
            let all = crate::app::text::count(roll.len(), "user");
            return ctx.say(Tone::Plain, format!("All are here already: {all}."));
        }
        let known = Known {
            total: self.listed(),
            newest: self.newest(people),
            people: people.book().rows().known(),
        };
        let filter = std::sync::Arc::clone(roll.filter());
        self.loading = Some(Loading::start(ctx, self.id, filter, roll.order(), known));
    }

    /// When the newest person of the list was created, of those read so far.
    fn newest(&self, people: &People) -> Option<Timestamp> {
        let roll = self.list.roll();
        let everybody = roll.head().iter().chain(roll.tail());
        let rows = people.book().rows();
        let created = everybody.filter_map(|entry| {
            let (page, row) = rows.find(entry.who()?)?;
            page.created(row)
        });
        created.max()
    }

    /// Pauses the load.
    pub fn pause_loading(&mut self, ctx: &mut Context) {
        if let Some(loading) = &mut self.loading {
            loading.pause(ctx);
        }
    }

    /// Goes on with a load that is paused.
    pub fn go_on_loading(&mut self, ctx: &mut Context) {
        if let Some(loading) = &mut self.loading {
            loading.go_on(ctx);
        }
    }

    /// Stops the load; who was read stays known. Says whether there was one.
    pub fn stop_loading(&mut self, ctx: &mut Context) -> bool {
        if self.stop_gathering(ctx) {
            return true;
        }
        let Some(mut loading) = self.loading.take() else {
            return false;
        };
        loading.call_off(ctx);
        ctx.say(Tone::Plain, words::stopped(&loading));
        true
    }

    /// Takes a wake-up of the load, if it is one; says whether it was.
    pub(super) fn wake_loading(&mut self, ctx: &mut Context, ticket: Ticket) -> bool {
        let loading = self.loading.as_mut();
        loading.is_some_and(|loading| loading.wake(ctx, ticket))
    }

    /// Takes an answer for the load, if it is one; says whether it was.
    pub(super) fn settle_loading(
        &mut self,
        ctx: &mut Context,
        people: &mut People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let Some(loading) = &mut self.loading else {
            return false;
        };
        match loading.settle(ctx, people, ticket, result) {
            None => return false,
            Some(Step::Reading) => {}
            Some(Step::Paused(error)) => {
                let text = words::paused(&error, self.is_gathering());
                ctx.say(Tone::Bad, text);
            }
            Some(Step::Complete) => self.loaded(ctx, people),
        }
        true
    }

    /// Everybody was read: they are the list, if it is still about them.
    fn loaded(&mut self, ctx: &mut Context, people: &People) {
        let Some(loading) = self.loading.take() else {
            return;
        };
        let rows = people.book().rows();
        let sorted = loading.sorted(rows);
        let everybody = sorted.clone().unwrap_or_else(|| loading.people());
        let gathered = self.gather_loaded(people, &loading, &everybody);
        let mut text = words::complete(&loading);
        if !self.list.shows(loading.filter(), loading.order()) {
            text.push_str(" The list shows another search now.");
        } else if let Some(sorted) = sorted {
            if self.list.is_replacing_itself() {
                // What is being read anew is here already.
                self.fail_search();
            }
            self.list.fill(sorted, loading.odd(), loading.read_at());
            self.judge_again(ctx, people);
        } else {
            text.push_str(" Only Clerk knows this order, so the list still reads on.");
        }
        if !gathered {
            ctx.say(Tone::Good, text);
        }
    }
}

//! What each answer does to a load.

use crate::app::roll::LARGEST_PAGE;
use crate::app::{Context, remote};
use crate::domain::{Answer, ApiError, UserFilter, UserPage};

use super::harvest::Goal;
use super::walker::Walker;
use super::windows;
use super::{Loading, Stage, Step, walkers};

impl Loading {
    /// They were counted. Where they cannot be, it goes without.
    pub(super) fn counted(&mut self, ctx: &mut Context, result: Result<Answer, ApiError>) -> Step {
        let count = result.and_then(|answer| {
            let count = answer.into_count();
            count.ok_or_else(remote::wrong_answer)
        });
        match count {
            Ok(count) => {
                self.known.total = Some(count);
                self.harvest.goal = self.goal(count);
            }
            Err(error) if matches!(error.status, Some(404 | 422)) => {}
            Err(error) => return self.failed_first(ctx, error),
        }
        self.first.answered();
        self.stage = Stage::Oldest;
        self.go_on(ctx);
        Step::Reading
    }

    /// When it has everybody. Of a search that cannot be told: somebody may have
    /// come to pass it since.
    fn goal(&self, count: u64) -> Option<Goal> {
        let lasting = UserFilter {
            created: self.filter.created,
            ..UserFilter::default()
        };
        let newest = self.known.newest.filter(|_| *self.filter == lasting)?;
        Some(Goal {
            count,
            newest,
            known: self.known.people,
        })
    }

    pub(super) fn failed_first(&mut self, ctx: &mut Context, error: ApiError) -> Step {
        if self.first.failed(ctx, &error) {
            return Step::Reading;
        }
        self.pause(ctx);
        Step::Paused(error)
    }

    /// The oldest were read: what is newer is cut into windows.
    pub(super) fn cut(&mut self, ctx: &mut Context, oldest: &UserPage) -> Step {
        self.first.answered();
        self.stage = Stage::Walking;
        self.harvest.note(ctx.now.moment, self.done());
        let limit = LARGEST_PAGE as usize;
        let more = oldest.total.is_some_and(|all| all > oldest.received as u64);
        if self.harvest.has_all() || (oldest.received < limit && !more) {
            return Step::Complete;
        }
        let timeless = |row| oldest.unreadable(row).is_none() && oldest.created(row).is_none();
        let low = oldest.last.as_ref().and_then(|last| last.created);
        let Some(low) = low.filter(|_| !(0..oldest.len()).any(timeless)) else {
            return self.walk_alone(ctx);
        };
        let unread = self.known.total.map(|t| t.saturating_sub(self.done()));
        let ends = [self.filter.created.before, self.known.newest];
        let top = ends.into_iter().flatten().min().unwrap_or(ctx.now.wall);
        let top = top.max(low).millis();
        let cut = windows::cut(low.millis(), top, walkers(ctx, self.known.total), unread);
        for (place, walker) in self.walkers.iter_mut().zip(cut) {
            *place = Some(walker);
        }
        self.go_on(ctx);
        Step::Reading
    }

    /// The server knows no windows: one walker reads everything.
    fn walk_alone(&mut self, ctx: &mut Context) -> Step {
        self.call_off(ctx);
        self.walkers = Default::default();
        self.walkers[0] = Some(Walker::of_all());
        self.go_on(ctx);
        Step::Reading
    }

    /// A walker's page was read.
    pub(super) fn took(&mut self, ctx: &mut Context, n: usize, page: &UserPage) -> Step {
        self.harvest.note(ctx.now.moment, self.done());
        let place = &mut self.walkers[n];
        if let Some(walker) = place {
            walker.errand.answered();
            if walker.is_ignored_by(page) {
                return self.walk_alone(ctx);
            }
            if !walker.take(page) {
                *place = None;
            }
        }
        if self.harvest.has_all() {
            self.call_off(ctx);
            return Step::Complete;
        }
        if self.walkers.iter().all(Option::is_none) {
            return Step::Complete;
        }
        self.go_on(ctx);
        Step::Reading
    }

    /// A walker's page failed.
    pub(super) fn failed(&mut self, ctx: &mut Context, n: usize, error: ApiError) -> Step {
        let Some(walker) = &mut self.walkers[n] else {
            return Step::Reading;
        };
        if matches!(error.status, Some(400 | 404 | 422)) {
            if walker.refused() {
                walker.errand.answered();
                self.go_on(ctx);
                return Step::Reading;
            }
            if !walker.knows_no_windows() {
                return self.walk_alone(ctx);
            }
        }
        if walker.errand.failed(ctx, &error) {
            return Step::Reading;
        }
        self.pause(ctx);
        Step::Paused(error)
    }
}

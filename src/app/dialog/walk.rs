//! A list that is read to its end, page by page.

use crate::app::{Context, PaneId, Part, Remote, Ticket};
use crate::domain::{Answer, ApiError, Fetch, Lane, Page, Row};

/// The rows read so far, and the page that is awaited.
#[derive(Debug)]
pub(super) struct Walk<T> {
    pane: Option<PaneId>,
    rows: Vec<Row<T>>,
    page: Remote<Page<T>>,
}

impl<T> Default for Walk<T> {
    fn default() -> Self {
        Self {
            pane: None,
            rows: Vec::new(),
            page: Remote::default(),
        }
    }
}

impl<T: Clone> Walk<T> {
    /// Begins anew, with the first page.
    pub(super) fn begin(&mut self, ctx: &mut Context, first: Fetch) {
        self.give_up(ctx);
        self.rows.clear();
        self.ask(ctx, first);
    }

    fn ask(&mut self, ctx: &mut Context, fetch: Fetch) {
        let pane = *self.pane.get_or_insert_with(|| ctx.pane());
        let ticket = ctx.fetch(pane, Part::Rows, Lane::Hands, fetch);
        self.page.wait_for(ticket, ctx.now.moment);
    }

    /// Takes the answer to `ticket`, if it is awaited here, and asks for the page
    /// that `next` names after so many rows; says whether it was.
    pub(super) fn settle(
        &mut self,
        ctx: &mut Context,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
        take: impl FnOnce(Answer) -> Option<Page<T>>,
        next: impl FnOnce(u32) -> Fetch,
    ) -> bool {
        if !self.page.settle(ticket, result, take) {
            return false;
        }
        let read = self.page.value().filter(|_| self.page.error().is_none());
        let Some(page) = read else { return true };
        self.rows.extend(page.rows.iter().cloned());
        let all = self.rows.len();
        let more = match page.total.and_then(|total| usize::try_from(total).ok()) {
            Some(total) => all < total,
            // Whoever does not count them has no more than one page of them.
            None => false,
        };
        if more
            && !page.rows.is_empty()
            && let Ok(offset) = u32::try_from(all)
        {
            self.ask(ctx, next(offset));
        }
        true
    }

    /// Every row that was read.
    pub(super) fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// Whether a page is awaited.
    pub(super) const fn is_waiting(&self) -> bool {
        self.page.load().is_waiting()
    }

    /// Why a page could not be read.
    pub(super) const fn error(&self) -> Option<&ApiError> {
        self.page.load().error()
    }

    /// Awaits nothing any more.
    pub(super) fn give_up(&mut self, ctx: &mut Context) {
        if let Some(pane) = self.pane
            && self.page.give_up()
        {
            ctx.abort(pane, Part::Rows);
        }
        self.page = Remote::default();
    }
}

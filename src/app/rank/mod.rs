//! Finding people among the rows at hand.
//!
//! Pure functions over rows that do not change meanwhile, so that they can run
//! on other threads while the console draws.

mod test;

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::{Field, Letters, UserOrder, UserOrderBy, UserPage};

use super::{Rows, Who};

pub use test::{Glass, Looked};

/// Where words stand this often as they are, no likeness is looked for.
const ENOUGH: usize = 100;
/// The most people found by likeness; nobody reads on behind them.
const MOST_ALIKE: usize = 200;

/// Whom to look for, and among whom.
#[derive(Clone, Debug)]
pub struct Quest {
    /// The rows.
    pub rows: Rows,
    /// Among whom.
    pub among: Among,
    /// What they must pass.
    pub looked: Arc<Looked>,
    /// The order of those found.
    pub order: UserOrder,
}

/// Among whom is looked.
#[derive(Clone, Debug)]
pub enum Among {
    /// Everybody known.
    Everybody,
    /// These; they stay in this order.
    These(Arc<[Who]>),
}

/// Whom was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Those with all the words in their row, in the order asked for.
    pub exact: Vec<Who>,
    /// Where those are few: others whose row is like the text, the likest first.
    pub alike: Vec<Who>,
    /// How many people were known then; whoever came later was not looked at.
    pub known: usize,
}

/// The share of a search that one thread does.
pub type Part = Range<usize>;

/// Says that the search is not wanted any more.
pub type Cancelled<'a> = &'a (dyn Fn() -> bool + Sync);

impl Quest {
    /// All of the search at once, on this thread.
    pub fn run(&self) -> Found {
        let all = || self.parts(1).into_iter();
        let exact = all().filter_map(|part| self.exact(part, &|| false));
        let mut found = self.join(&exact.collect::<Vec<_>>());
        if self.wants_alike(&found) {
            let alike = all().filter_map(|part| self.alike(part, &|| false));
            self.add_alike(&mut found, &alike.collect::<Vec<_>>());
        }
        found
    }

    /// Divides the work for so many threads. Little work is not divided.
    pub fn parts(&self, threads: usize) -> Vec<Part> {
        const LEAST: usize = 64;
        let all = match &self.among {
            Among::Everybody => self.rows.leaves(),
            Among::These(people) => people.len() / 512,
        };
        let threads = threads.clamp(1, (all / LEAST).max(1));
        let all = match &self.among {
            Among::Everybody => all,
            Among::These(people) => people.len(),
        };
        (0..threads)
            .map(|n| all * n / threads..all * (n + 1) / threads)
            .collect()
    }

    /// Those of a part who have all the words as they are; `None` if it was cancelled.
    pub fn exact(&self, part: Part, cancelled: Cancelled) -> Option<Vec<Who>> {
        let glass = self.looked.glass();
        let mut found = Vec::new();
        match &self.among {
            Among::Everybody => {
                for leaf in part {
                    if cancelled() {
                        return None;
                    }
                    self.in_leaf(leaf, &glass, &mut found);
                }
            }
            Among::These(people) => {
                for chunk in people[part].chunks(4096) {
                    if cancelled() {
                        return None;
                    }
                    found.extend(
                        chunk
                            .iter()
                            .copied()
                            .filter(|who| self.passes(*who, &glass)),
                    );
                }
            }
        }
        Some(found)
    }

    fn passes(&self, who: Who, glass: &Glass) -> bool {
        let row = self.rows.find(who);
        row.is_some_and(|(page, row)| glass.passes(page, row))
    }

    fn in_leaf(&self, leaf: usize, glass: &Glass, found: &mut Vec<Who>) {
        let page = self.rows.page(leaf);
        glass.each(page, |row| found.extend(self.rows.latest(leaf, row)));
    }

    /// Joins the parts: in the order asked for.
    pub fn join(&self, parts: &[Vec<Who>]) -> Found {
        let mut exact = parts.concat();
        if matches!(self.among, Among::Everybody) {
            sort(&self.rows, &mut exact, self.order);
        }
        Found {
            exact,
            alike: Vec::new(),
            known: self.rows.known(),
        }
    }

    /// Whether likeness is to be looked for, too.
    pub fn wants_alike(&self, found: &Found) -> bool {
        found.exact.len() < ENOUGH
            && self.looked.is_text_only()
            && matches!(self.among, Among::Everybody)
    }

    /// Those of a part whose row is like the text, each with how like; `None`
    /// if it was cancelled.
    pub fn alike(&self, part: Part, cancelled: Cancelled) -> Option<Vec<(u16, Who)>> {
        let text = escaped(self.looked.text());
        let letters = Letters::of(&text);
        let pattern = Pattern::parse(&text, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        let mut best: Vec<(u16, Who)> = Vec::new();
        for leaf in part {
            if cancelled() {
                return None;
            }
            let page = self.rows.page(leaf);
            for row in (0..page.len()).filter(|row| page.letters(*row).include(letters)) {
                let mut score = |field| {
                    let text = Utf32Str::new(page.field(row, field), &mut chars);
                    pattern.score(text, &mut matcher)
                };
                let fields = [Field::Name, Field::Email, Field::Username];
                let score = fields.into_iter().filter_map(&mut score).max();
                if let (Some(score), Some(who)) = (score, self.rows.latest(leaf, row)) {
                    best.push((u16::try_from(score).unwrap_or(u16::MAX), who));
                }
            }
            keep_best(&mut best);
        }
        Some(best)
    }

    /// Adds those who are alike, but are not found already.
    pub fn add_alike(&self, found: &mut Found, parts: &[Vec<(u16, Who)>]) {
        let mut best = parts.concat();
        best.retain(|(_, who)| !found.exact.contains(who));
        best.sort_unstable_by_key(|(score, who)| (Reverse(*score), *who));
        best.truncate(MOST_ALIKE);
        found.alike = best.into_iter().map(|(_, who)| who).collect();
    }
}

/// Only as many as anybody looks at are kept.
fn keep_best(best: &mut Vec<(u16, Who)>) {
    if best.len() > 8 * MOST_ALIKE {
        best.sort_unstable_by_key(|(score, who)| (Reverse(*score), *who));
        best.truncate(MOST_ALIKE);
    }
}

/// The text without the signs that a pattern would take for more than letters.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '!' | '^' | '$' | '\'' | '\\'))
        .collect()
}

/// Sorts people by their rows. What the rows do not hold (`updated_at`, wallets)
/// is sorted by creation.
pub fn sort(rows: &Rows, people: &mut [Who], order: UserOrder) {
    use UserOrderBy as By;
    let page = |who: &Who| rows.find(*who);
    match order.by {
        By::Created | By::Updated | By::Wallet => {
            by(people, order, |who| {
                page(who).and_then(|(page, row)| page.created(row))
            });
        }
        By::LastSignIn => by(people, order, |who| {
            page(who).and_then(|(page, row)| page.signed_in(row))
        }),
        By::LastActive => by(people, order, |who| {
            page(who).and_then(|(page, row)| page.active(row))
        }),
        By::Email => by(people, order, |who| text(page(who), Field::Email)),
        By::FirstName => by(people, order, |who| text(page(who), Field::Name)),
        By::LastName => by(people, order, |who| last_name(page(who))),
        By::Username => by(people, order, |who| text(page(who), Field::Username)),
        By::Phone => by(people, order, |who| text(page(who), Field::Phone)),
    }
}

fn by<K: Ord>(people: &mut [Who], order: UserOrder, key: impl Fn(&Who) -> K) {
    // As they mostly are, since pages are loaded in the order that is shown.
    let sorted = if order.descending {
        people.is_sorted_by_key(|who| Reverse(key(who)))
    } else {
        people.is_sorted_by_key(&key)
    };
    if sorted {
        return;
    }
    let mut keyed: Vec<(K, Who)> = people.iter().map(|who| (key(who), *who)).collect();
    // Stable, and quick where runs are sorted already, as loaded pages are.
    if order.descending {
        keyed.sort_by(|(a, _), (b, _)| b.cmp(a));
    } else {
        keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    for (place, (_, who)) in people.iter_mut().zip(keyed) {
        *place = who;
    }
}

fn text(row: Option<(&UserPage, usize)>, field: Field) -> String {
    row.map_or_else(String::new, |(page, row)| {
        page.field(row, field).to_lowercase()
    })
}

/// Rows hold the joined name; its last word is the last name or its end.
fn last_name(row: Option<(&UserPage, usize)>) -> String {
    let name = text(row, Field::Name);
    name.rsplit(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;

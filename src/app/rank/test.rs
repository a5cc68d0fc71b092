//! What a row is looked at for.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use crate::domain::{
    ExactField, Fact, FactTest, Field, PartialField, Timestamp, UserFilter, UserPage,
};

/// What rows must pass: all of a search that a row alone can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    filter: Arc<UserFilter>,
    facts: Vec<FactTest>,
}

impl Looked {
    /// A filter as far as rows can tell, and facts.
    pub const fn new(filter: Arc<UserFilter>, facts: Vec<FactTest>) -> Self {
        Self { filter, facts }
    }

    /// The free text.
    pub fn text(&self) -> &str {
        &self.filter.query
    }

    /// What is asked of Clerk.
    pub const fn filter(&self) -> &Arc<UserFilter> {
        &self.filter
    }

    /// What is judged here.
    pub fn facts(&self) -> &[FactTest] {
        &self.facts
    }

    /// What is judged here, without what is asked of Clerk.
    pub fn facts_only(&self) -> Self {
        Self {
            filter: Arc::default(),
            facts: self.facts.clone(),
        }
    }

    /// Whether there is a free text, and nothing else.
    pub fn is_text_only(&self) -> bool {
        !self.text().is_empty()
            && self.facts.is_empty()
            && *self.filter == UserFilter::text(self.text())
    }

    /// Whether rows can tell all of it. An organization, a linked account and
    /// metadata stand in no row; of several addresses a row has one.
    pub fn is_told_by_rows(&self) -> bool {
        let filter = &self.filter;
        let stands_in_rows = |field| {
            !matches!(
                field,
                ExactField::ExternalId | ExactField::Wallet | ExactField::Organization
            )
        };
        filter.provider.is_none()
            && filter.metadata.is_empty()
            && filter.exact.iter().all(|exact| stands_in_rows(exact.field))
    }

    /// Made ready to look at many rows.
    pub fn glass(&self) -> Glass<'_> {
        let words: Vec<&str> = self.text().split_whitespace().collect();
        let longest = (0..words.len()).max_by_key(|n| words[*n].len());
        let mut words: Vec<Regex> = words.iter().filter_map(|word| folding(word)).collect();
        let first = longest
            .filter(|n| *n < words.len())
            .map(|n| words.remove(n));
        let partial = self.filter.partial.iter();
        let partial =
            partial.filter_map(|(field, text)| Some((of_partial(*field), folding(text)?)));
        Glass {
            looked: self,
            first,
            rest: words,
            partial: partial.collect(),
        }
    }
}

/// A text to be found, in large or small letters.
fn folding(text: &str) -> Option<Regex> {
    let pattern = regex::escape(text);
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .build()
        .ok()
}

/// Looks at rows for one search.
#[derive(Debug)]
pub struct Glass<'a> {
    looked: &'a Looked,
    /// The longest word of the free text, to be looked for first.
    first: Option<Regex>,
    rest: Vec<Regex>,
    partial: Vec<(Field, Regex)>,
}

impl Glass<'_> {
    /// Whether a row passes.
    pub fn passes(&self, page: &UserPage, row: usize) -> bool {
        self.first.iter().all(|word| word.is_match(page.line(row))) && self.passes_rest(page, row)
    }

    /// Calls `with` each row of a page that passes. The texts of all rows are
    /// searched as one: a call for each row would take longer than the search.
    pub fn each(&self, page: &UserPage, mut with: impl FnMut(usize)) {
        let Some(first) = &self.first else {
            let readable = (0..page.len()).filter(|row| page.unreadable(*row).is_none());
            return readable
                .filter(|row| self.passes_rest(page, *row))
                .for_each(with);
        };
        let (mut at, mut next) = (0, 0);
        // Where a word ends tells its row, and is sooner known than where it begins.
        while let Some(end) = first.shortest_match_at(page.text(), at) {
            let row = page.row_at(end - 1, next);
            if self.passes_rest(page, row) {
                with(row);
            }
            at = page.end_of(row);
            next = row + 1;
        }
    }

    fn passes_rest(&self, page: &UserPage, row: usize) -> bool {
        let filter = &self.looked.filter;
        let facts = page.facts(row);
        self.rest.iter().all(|word| word.is_match(page.line(row)))
            && self.looked.facts.iter().all(|test| test.passes(facts))
            && filter
                .banned
                .is_none_or(|banned| banned == facts.has(Fact::Banned))
            && within(filter.created, page.created(row))
            && within(filter.active, page.active(row))
            && within(filter.signed_in, page.signed_in(row))
            && self
                .partial
                .iter()
                .all(|(field, text)| text.is_match(page.field(row, *field)))
            && self.passes_exact(page, row)
    }

    /// Several values of one field mean any of them.
    fn passes_exact(&self, page: &UserPage, row: usize) -> bool {
        let exact = &self.looked.filter.exact;
        let fields = [
            (ExactField::Email, Field::Email),
            (ExactField::Phone, Field::Phone),
            (ExactField::Username, Field::Username),
            (ExactField::UserId, Field::Id),
        ];
        exact.is_empty()
            || fields.into_iter().all(|(asked, field)| {
                let text = page.field(row, field);
                let is = |value: &str| text.eq_ignore_ascii_case(value);
                let mut wanted = exact
                    .iter()
                    .filter(|e| e.field == asked && !e.negated)
                    .peekable();
                let none = exact
                    .iter()
                    .any(|e| e.field == asked && e.negated && is(&e.value));
                !none && (wanted.peek().is_none() || wanted.any(|e| is(&e.value)))
            })
    }
}

fn within(span: crate::domain::Span, time: Option<Timestamp>) -> bool {
    span.is_open() || time.is_some_and(|time| span.holds(time))
}

const fn of_partial(field: PartialField) -> Field {
    match field {
        PartialField::Email => Field::Email,
        PartialField::Phone => Field::Phone,
        PartialField::Username => Field::Username,
        PartialField::Name => Field::Name,
    }
}

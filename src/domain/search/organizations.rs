//! A search for organizations.

use jiff::tz::TimeZone;

use super::{Field, Organization, Query, Span, Timestamp, Value};

/// What a search asks of organizations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationSearch {
    /// For Clerk: part of a name or slug, or a whole id.
    pub query: String,
    /// Any of these, if there are any; judged here.
    ids: Vec<String>,
    /// None of these.
    not_ids: Vec<String>,
    created: Span,
    not_created: Vec<Span>,
}

impl Query {
    /// What it asks of organizations. Words that do not work there say nothing.
    pub fn organizations(&self, now: Timestamp, zone: &TimeZone) -> OrganizationSearch {
        let mut search = OrganizationSearch::default();
        for term in self.terms() {
            match (&term.value, term.field, term.negated) {
                (Value::Whole(id), Field::Id, false) => search.ids.push(id.clone()),
                (Value::Whole(id), Field::Id, true) => search.not_ids.push(id.clone()),
                (Value::When(when), Field::Created, false) => {
                    search.created = search.created.and(when.span(now, zone));
                }
                (Value::When(when), Field::Created, true) => {
                    search.not_created.push(when.span(now, zone));
                }
                _ => {}
            }
        }
        search.query = match &search.ids[..] {
            // Clerk compares the query with whole ids too, so no list is read for one.
            [id] if self.texts().next().is_none() => id.clone(),
            _ => self.free_text(),
        };
        search
    }
}

impl OrganizationSearch {
    /// Whether Clerk judges all of it, so that its own count is right.
    pub fn is_all_clerks(&self) -> bool {
        self.ids.is_empty()
            && self.not_ids.is_empty()
            && self.created.is_open()
            && self.not_created.is_empty()
    }

    /// Whether an organization that Clerk answered passes the rest.
    pub fn passes(&self, organization: &Organization) -> bool {
        let id = organization.id.as_str();
        let lies = |span: &Span| organization.created.is_some_and(|at| span.holds(at));
        (self.ids.is_empty() || self.ids.iter().any(|own| own == id))
            && !self.not_ids.iter().any(|own| own == id)
            && (self.created.is_open() || lies(&self.created))
            && !self.not_created.iter().any(lies)
    }
}

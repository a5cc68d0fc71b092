//! A search for users: what Clerk is asked, and what is judged here.

use jiff::tz::TimeZone;

use super::{
    Exact, ExactField, Fact, FactTest, Field, Flag, MetadataTest, OrganizationId, PartialField,
    Query, Span, Term, Timestamp, UserFilter, Value, When,
};

/// What a search asks of users.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserSearch {
    /// For Clerk, and the metadata.
    pub filter: UserFilter,
    /// Judged here, by the rows; all must pass.
    pub facts: Vec<FactTest>,
    /// To be found first; their ids then belong into [`UserFilter::exact`].
    pub organizations: Vec<OrganizationRef>,
}

/// An organization by its slug or name: `GET /users` wants its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationRef {
    /// As it was typed.
    pub text: String,
    /// Whether its members are left out.
    pub negated: bool,
}

impl OrganizationRef {
    /// The filter, now that the id is known.
    pub fn found(&self, id: &OrganizationId) -> Exact {
        Exact {
            field: ExactField::Organization,
            value: id.as_str().to_owned(),
            negated: self.negated,
        }
    }
}

impl UserSearch {
    /// Whether Clerk judges all of it, so that its own count is right.
    pub fn is_all_clerks(&self) -> bool {
        self.facts.is_empty() && self.filter.is_all_clerks()
    }
}

impl Query {
    /// What it asks of users. Words that do not work there say nothing.
    pub fn users(&self, now: Timestamp, zone: &TimeZone) -> UserSearch {
        let mut search = UserSearch {
            filter: UserFilter::text(self.free_text()),
            ..UserSearch::default()
        };
        for term in self.terms() {
            search.add(term, now, zone);
        }
        search
    }
}

impl UserSearch {
    fn add(&mut self, term: &Term, now: Timestamp, zone: &TimeZone) {
        let negated = term.negated;
        match &term.value {
            Value::Part(text) => {
                if let Some(field) = partial(term.field) {
                    self.filter.partial.push((field, text.clone()));
                }
            }
            Value::Whole(text) if term.field == Field::Organization && !is_id(text) => {
                self.organizations.push(OrganizationRef {
                    text: text.clone(),
                    negated,
                });
            }
            Value::Whole(text) => {
                if let Some(field) = exact(term.field) {
                    self.filter.exact.push(Exact {
                        field,
                        value: text.clone(),
                        negated,
                    });
                }
            }
            Value::Account { provider, user } => {
                self.filter.provider = Some((strategy(provider), user.clone()));
            }
            Value::Flag(Flag::Fact(Fact::Banned)) => self.filter.banned = Some(!negated),
            Value::Flag(Flag::Fact(fact)) => self.fact(*fact, negated),
            Value::Flag(Flag::Impersonated) => {}
            Value::Metadata { path, value } => self.filter.metadata.push(MetadataTest {
                path: path.clone(),
                value: value.clone(),
                negated,
            }),
            Value::When(When::Never) => match term.field {
                Field::Active => self.fact(Fact::NeverActive, negated),
                Field::SignedIn => self.fact(Fact::NeverSignedIn, negated),
                _ => {}
            },
            Value::When(when) => {
                let filter = &mut self.filter;
                let (span, all): (Span, &mut Span) = match term.field {
                    Field::Active => (when.span_of_days(now, zone), &mut filter.active),
                    Field::SignedIn => (when.span(now, zone), &mut filter.signed_in),
                    _ => (when.span(now, zone), &mut filter.created),
                };
                *all = all.and(span);
            }
        }
    }

    fn fact(&mut self, fact: Fact, negated: bool) {
        self.facts.push(FactTest { fact, negated });
    }
}

const fn partial(field: Field) -> Option<PartialField> {
    match field {
        Field::Email => Some(PartialField::Email),
        Field::Phone => Some(PartialField::Phone),
        Field::Username => Some(PartialField::Username),
        Field::Name => Some(PartialField::Name),
        _ => None,
    }
}

const fn exact(field: Field) -> Option<ExactField> {
    match field {
        Field::Email => Some(ExactField::Email),
        Field::Phone => Some(ExactField::Phone),
        Field::Username => Some(ExactField::Username),
        Field::Id => Some(ExactField::UserId),
        Field::External => Some(ExactField::ExternalId),
        Field::Wallet => Some(ExactField::Wallet),
        Field::Organization => Some(ExactField::Organization),
        _ => None,
    }
}

/// Whether an organization is named by its id; slugs have no `_`.
fn is_id(text: &str) -> bool {
    text.starts_with("org_") && OrganizationId::new(text).is_ok()
}

/// Clerk's name of a provider: `oauth_google` for `google`.
fn strategy(provider: &str) -> String {
    if provider.starts_with("oauth_") {
        provider.to_owned()
    } else {
        format!("oauth_{provider}")
    }
}

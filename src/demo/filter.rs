//! Which people a request asks for.

use super::arena::{Field, Row};
use super::order::By;
use super::params::Params;
use super::reply::{Reply, missing};
use super::route::Call;
use super::switches::Quirk;
use super::world::World;
use std::borrow::Cow;
use std::collections::HashSet;

/// Values to include and to exclude, as `+` and `-` say.
struct Signed<T> {
    include: Option<HashSet<T>>,
    exclude: HashSet<T>,
}

impl<T: std::hash::Hash + Eq> Signed<T> {
    fn read(values: Option<Vec<&str>>, mut of: impl FnMut(&str) -> Vec<T>) -> Option<Self> {
        let mut signed = Self {
            include: None,
            exclude: HashSet::new(),
        };
        for value in values? {
            if let Some(value) = value.strip_prefix('-') {
                signed.exclude.extend(of(value));
            } else {
                let all = signed.include.get_or_insert_default();
                all.extend(of(value.trim_start_matches(['+', ' '])));
            }
        }
        Some(signed)
    }

    fn passes<Q: ?Sized + std::hash::Hash + Eq>(&self, value: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
    {
        self.include.as_ref().is_none_or(|set| set.contains(value)) && !self.exclude.contains(value)
    }
}

/// From the first to the last millisecond.
#[derive(Clone, Copy)]
struct Span(Option<i64>, Option<i64>);

impl Span {
    fn read(call: &Call<'_>, field: &str) -> Result<Self, Reply> {
        let params = &call.params;
        let edge = i64::from(!call.has(Quirk::InclusiveSpans));
        let after = params.whole(&format!("{field}_after"))?;
        let since = params.whole(&format!("{field}_since"))?;
        let before = params.whole(&format!("{field}_before"))?;
        let first = after.or(since).map(|at| at.saturating_add(edge));
        Ok(Self(first, before.map(|at| at.saturating_sub(edge))))
    }

    fn asked(self) -> bool {
        self.0.is_some() || self.1.is_some()
    }

    fn holds(self, at: Option<i64>) -> bool {
        match at {
            None => !self.asked(),
            Some(at) => {
                self.0.is_none_or(|first| at >= first) && self.1.is_none_or(|last| at <= last)
            }
        }
    }
}

pub(super) struct Filter {
    ids: Option<Signed<u32>>,
    organizations: Option<Signed<u32>>,
    external: Option<Signed<String>>,
    exact: Vec<(Field, HashSet<String>)>,
    partial: Vec<(Field, String)>,
    query: Option<Query>,
    banned: Option<bool>,
    created: Span,
    active: Span,
    signed_in: Span,
    provider: Option<(String, HashSet<String>)>,
}

/// The text of `query`: in lower case, as it was given (ids know case), and as
/// a phone number if it looks like one.
struct Query {
    lower: String,
    raw: String,
    phone: Option<String>,
}

impl Query {
    fn read(text: &str) -> Self {
        let lower = text.to_lowercase();
        let phone = digits(&lower);
        let is_phone = phone.len() > 3
            && phone != lower
            && phone.bytes().all(|b| b == b'+' || b.is_ascii_digit());
        Self {
            lower,
            raw: text.to_owned(),
            phone: is_phone.then_some(phone),
        }
    }

    fn passes(&self, row: Row<'_>) -> bool {
        let within = |field: Field, text: &String| row.field(field).contains(text.as_str());
        // The whole row at once sorts out nearly everybody.
        (row.0.contains(self.lower.as_str()) && TEXTS.iter().any(|f| within(*f, &self.lower)))
            || (row.0.contains(self.raw.as_str()) && within(Field::Id, &self.raw))
            || self.phone.iter().any(|phone| within(Field::Phones, phone))
    }
}

/// Where `query` looks, beside the id.
const TEXTS: [Field; 5] = [
    Field::Name,
    Field::Emails,
    Field::Phones,
    Field::Username,
    Field::Wallets,
];

/// A phone number as it is kept: without what people write between digits.
fn digits(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')'))
        .collect()
}

/// What each exact parameter compares.
const EXACT: [(&str, Field); 4] = [
    ("email_address", Field::Emails),
    ("phone_number", Field::Phones),
    ("username", Field::Username),
    ("web3_wallet", Field::Wallets),
];
/// Where each parameter that asks for a part looks.
const PARTIAL: [(&str, Field); 4] = [
    ("email_address_query", Field::Emails),
    ("phone_number_query", Field::Phones),
    ("username_query", Field::Username),
    ("name_query", Field::Name),
];

/// Whether people's text has to be read to answer this.
pub(super) fn asks_for_text(params: &Params) -> bool {
    let asked = |name: &str| params.one(name).is_some();
    let mut fields = EXACT.iter().chain(&PARTIAL);
    asked("query") || asked("external_id") || fields.any(|(name, _)| asked(name))
}

impl Filter {
    pub fn read(call: &Call<'_>, world: &World) -> Result<Self, Reply> {
        let params = &call.params;
        let ids = Signed::read(params.many("user_id")?, |id| {
            world.index(id).into_iter().collect()
        });
        let organizations = Signed::read(params.many("organization_id")?, |id| {
            let org = world.orgs().iter().find(|org| org.id == id);
            org.into_iter()
                .flat_map(|org| org.members.iter().map(|member| member.user))
                .collect()
        });
        let external = Signed::read(params.many("external_id")?, |id| vec![id.to_owned()]);
        let mut exact = vec![];
        for (name, field) in EXACT {
            if let Some(values) = params.many(name)? {
                let phone = name == "phone_number";
                // A plus sign that was not encoded arrives as a space.
                let clean = |v: &str| match v.strip_prefix(' ') {
                    Some(rest) if phone => format!("+{}", digits(rest)),
                    _ if phone => digits(v),
                    _ => v.to_lowercase(),
                };
                exact.push((field, values.into_iter().map(clean).collect()));
            }
        }
        let mut partial = vec![];
        for (name, field) in PARTIAL {
            if let Some(text) = params.one(name) {
                let text = text.to_lowercase();
                let phone = name == "phone_number_query";
                partial.push((field, if phone { digits(&text) } else { text }));
            }
        }
        let provider = params.one("provider").map(str::to_owned);
        let accounts = params.many("provider_user_id")?;
        let provider = match (provider, accounts) {
            (None, None) => None,
            (Some(provider), Some(ids)) => {
                Some((provider, ids.into_iter().map(str::to_owned).collect()))
            }
            (None, _) => return Err(missing("provider")),
            (_, None) => return Err(missing("provider_user_id")),
        };
        Ok(Self {
            ids,
            organizations,
            external,
            exact,
            partial,
            query: params
                .one("query")
                .map(str::trim)
                .filter(|query| !query.is_empty())
                .map(Query::read),
            banned: params.yes("banned")?,
            created: Span::read(call, "created_at")?,
            active: Span::read(call, "last_active_at")?,
            signed_in: Span::read(call, "last_sign_in_at")?,
            provider,
        })
    }

    /// Whether everybody is meant who was created in its span.
    fn asks_only_when_created(&self) -> bool {
        let spans = [self.active, self.signed_in];
        self.ids.is_none()
            && self.organizations.is_none()
            && self.provider.is_none()
            && self.banned.is_none()
            && !spans.iter().any(|span| span.asked())
            && !self.reads_text()
    }

    /// A part of an order in which all stand who pass, and whether all in it do.
    pub fn part<'a>(&self, world: &'a World, by: By) -> (Cow<'a, [u32]>, bool) {
        let include = |signed: &'_ Option<Signed<u32>>| signed.as_ref()?.include.clone();
        let named = [include(&self.ids), include(&self.organizations)];
        if let Some(few) = named.into_iter().flatten().min_by_key(HashSet::len) {
            let mut few: Vec<u32> = few.into_iter().filter(|i| world.exists(*i)).collect();
            few.sort_by_cached_key(|index| world.standing(by, *index));
            return (few.into(), false);
        }
        let order = world.order(by);
        if by != By::Created {
            let open = self.asks_only_when_created() && !self.created.asked();
            return (order.into(), open);
        }
        // In this order they stand together.
        let created_at = |index: &u32| world.sketch(*index).created_at;
        let Span(first, last) = self.created;
        let from = first.map_or(0, |first| order.partition_point(|i| created_at(i) < first));
        let to = last.map_or(order.len(), |last| {
            order.partition_point(|i| created_at(i) <= last)
        });
        let part = &order[from.min(to)..to];
        (part.into(), self.asks_only_when_created())
    }

    fn reads_text(&self) -> bool {
        self.query.is_some()
            || !self.exact.is_empty()
            || !self.partial.is_empty()
            || self.external.is_some()
    }

    /// Whether a person is meant; the cheap questions come first.
    pub fn passes(&self, world: &World, index: u32) -> bool {
        let member =
            |signed: &Option<Signed<u32>>| signed.as_ref().is_none_or(|s| s.passes(&index));
        member(&self.ids)
            && member(&self.organizations)
            && self.numbers_pass(world, index)
            && self.text_passes(world, index)
            && self.provider_passes(world, index)
    }

    fn numbers_pass(&self, world: &World, index: u32) -> bool {
        let spans = [self.created, self.active, self.signed_in];
        if self.banned.is_none() && !spans.iter().any(|span| span.asked()) {
            return true;
        }
        let sketch = world.sketch(index);
        self.banned.is_none_or(|banned| banned == sketch.banned)
            && self.created.holds(Some(sketch.created_at))
            && self.active.holds(sketch.last_active_at)
            && self.signed_in.holds(sketch.last_sign_in_at)
    }

    fn text_passes(&self, world: &World, index: u32) -> bool {
        if !self.reads_text() {
            return true;
        }
        let row = world.row(index);
        self.query.as_ref().is_none_or(|query| query.passes(row))
            && self
                .exact
                .iter()
                .all(|(field, set)| row.values(*field).any(|value| set.contains(value)))
            && self
                .partial
                .iter()
                .all(|(field, text)| row.field(*field).contains(text.as_str()))
            && self
                .external
                .as_ref()
                .is_none_or(|signed| signed.passes(row.field(Field::External)))
    }

    fn provider_passes(&self, world: &World, index: u32) -> bool {
        let Some((provider, ids)) = &self.provider else {
            return true;
        };
        let name = |text: &str| text.trim_start_matches("oauth_").to_owned();
        world.person(index).socials.iter().any(|social| {
            name(social.provider) == name(provider) && ids.contains(&social.provider_user_id)
        })
    }
}

//! What goes over the wire for each read.

use std::fmt;

use reqwest::{Method, Url};
use serde_json::Value;

use super::BaseUrl;
use crate::domain::{Exact, ExactField, Fetch, PartialField, Start, UserFilter, UserId, UserOrder};

/// A request, before it has an address, a key and a turn.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// GET, POST, PATCH, PUT or DELETE
    pub method: Method,
    /// Below `/v1`; made of our own words, checked ids and [`segment`]s only
    path: String,
    /// Unencoded
    query: Vec<(&'static str, String)>,
    /// JSON
    pub body: Option<Value>,
    /// Which limits it counts against
    pub limit: Limit,
    /// It may be sent one time only, whatever comes of it
    pub once: bool,
}

/// Which of Clerk's limits a request counts against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    /// That of the instance, as all do
    #[default]
    Shared,
    /// That of the updates of one user, too
    OfUser(UserId),
    /// That of the invitations of an hour, too
    OfInvitations,
}

impl Request {
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            limit: Limit::Shared,
            once: false,
        }
    }

    /// Whether it changes anything.
    pub fn is_write(&self) -> bool {
        self.method != Method::GET
    }

    fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    fn with(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// `query`, left out where there is nothing to look for.
    fn searching(self, query: &str) -> Self {
        match query.trim() {
            "" => self,
            query => self.with("query", query),
        }
    }

    /// The filters of a user list, each where it says anything.
    fn filtered(self, filter: &UserFilter) -> Self {
        let mut request = self.searching(&filter.query);
        for (field, text) in &filter.partial {
            request = request.with(partial_name(*field), text);
        }
        for Exact {
            field,
            value,
            negated,
        } in &filter.exact
        {
            // Nothing before a value includes it; a `+` would have to survive
            // whoever decodes it once more.
            let minus = if *negated { "-" } else { "" };
            request = request.with(exact_name(*field), &format!("{minus}{value}"));
        }
        if let Some((provider, user)) = &filter.provider {
            request = request
                .with("provider", provider)
                .with("provider_user_id", user);
        }
        if let Some(banned) = filter.banned {
            request = request.with("banned", &banned);
        }
        let ends = [
            ("created_at_after", filter.created.after),
            ("created_at_before", filter.created.before),
            ("last_active_at_after", filter.active.after),
            ("last_active_at_before", filter.active.before),
            ("last_sign_in_at_after", filter.signed_in.after),
            ("last_sign_in_at_before", filter.signed_in.before),
        ];
        ends.into_iter()
            .fold(request, |request, (name, end)| match end {
                Some(end) => request.with(name, &end.millis()),
                None => request,
            })
    }

    /// `limit` and, where it is not 0, `offset`. Clerk answers 10 rows, without
    /// a word, where more than 500 are asked for.
    fn paged(self, offset: u32, limit: u32) -> Self {
        let paged = self.with("limit", &limit.clamp(1, 500));
        match offset {
            0 => paged,
            offset => paged.with("offset", &offset),
        }
    }

    pub(super) fn json(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    pub(super) fn limited(mut self, limit: Limit) -> Self {
        self.limit = limit;
        self
    }

    pub(super) fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// The whole URL, the query encoded.
    pub fn url(&self, base: &BaseUrl) -> Url {
        let mut url = base.join(&self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

/// The parameters whose values are our own words, counts and checked ids.
const TOLD: [&str; 7] = [
    "limit",
    "offset",
    "order_by",
    "starting_after",
    "status",
    "paginated",
    "include_members_count",
];

impl Request {
    /// Path and query as they may stand in a log: of what somebody looked for only
    /// that they did.
    pub fn told(&self) -> String {
        let mut told = String::with_capacity(self.path.len());
        let mut before = "";
        for segment in self.path.split('/').skip(1) {
            // What names an organization may be a text that somebody has pasted.
            let is_text = before == "organizations" && !segment.starts_with("org_");
            told.push('/');
            told.push_str(if is_text { "…" } else { segment });
            before = segment;
        }
        for (n, (name, value)) in self.query.iter().enumerate() {
            let value = if TOLD.contains(name) { value } else { "…" };
            told.push(if n == 0 { '?' } else { '&' });
            told.extend([name, "=", value]);
        }
        told
    }
}

/// Search terms are personal data, and a body may hold a password.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl From<&Fetch> for Request {
    fn from(fetch: &Fetch) -> Self {
        match fetch {
            Fetch::Users {
                filter,
                order,
                start,
                limit,
            } => {
                let request = Self::get("/users")
                    .filtered(filter)
                    .with("order_by", &order_by(*order));
                match start {
                    Start::First => request.paged(0, *limit),
                    Start::Offset(offset) => request.paged(*offset, *limit),
                    // Beside a cursor Clerk refuses an offset.
                    Start::After(user) => request.paged(0, *limit).with("starting_after", user),
                }
            }
            Fetch::UsersById(ids) | Fetch::WholeUsers(ids) => ids
                .iter()
                .take(100)
                .fold(Self::get("/users"), |request, id| {
                    request.with("user_id", id)
                })
                .paged(0, 100),
            Fetch::UsersListed { filter, .. } => Self::get("/users").filtered(filter).paged(0, 500),
            Fetch::UserCount { filter } => Self::get("/users/count").filtered(filter),
            Fetch::User(user) => Self::get(format!("/users/{user}")),
            Fetch::Sessions {
                user,
                status,
                offset,
                limit,
            } => {
                // `paginated` wraps the rows, and so adds the total.
                let mut request = Self::get("/sessions").with("paginated", "true");
                if let Some(user) = user {
                    request = request.with("user_id", user);
                }
                if let Some(status) = status {
                    request = request.with("status", status.api_name());
                }
                request.paged(*offset, *limit)
            }
            Fetch::Session(session) => Self::get(format!("/sessions/{session}")),
            Fetch::EmailAddress(id) => Self::get(format!("/email_addresses/{id}")),
            Fetch::PhoneNumber(id) => Self::get(format!("/phone_numbers/{id}")),
            Fetch::Organization(id_or_slug) => {
                Self::get(format!("/organizations/{}", segment(id_or_slug)))
                    .with("include_members_count", "true")
            }
            Fetch::Organizations {
                query,
                offset,
                limit,
            } => Self::get("/organizations")
                .searching(query)
                .with("include_members_count", "true")
                .paged(*offset, *limit),
            Fetch::Members {
                organization,
                role,
                offset,
                limit,
            } => {
                let request = Self::get(format!("/organizations/{organization}/memberships"));
                let request = match role {
                    Some(role) => request.with("role", role.raw()),
                    None => request,
                };
                request.paged(*offset, *limit)
            }
            Fetch::Memberships {
                user,
                offset,
                limit,
            } => {
                Self::get(format!("/users/{user}/organization_memberships")).paged(*offset, *limit)
            }
            Fetch::Invitations {
                status,
                query,
                offset,
                limit,
            } => {
                let mut request = Self::get("/invitations")
                    .searching(query)
                    .with("paginated", "true");
                if let Some(status) = status {
                    request = request.with("status", status.api_name());
                }
                request.paged(*offset, *limit)
            }
            Fetch::Instance => Self::get("/instance"),
        }
    }
}

/// Any text as one segment of a path, percent-encoded. `.` and `..` would climb
/// even when encoded, and nothing at all would name the list: they are encoded
/// so that they name nobody.
fn segment(text: &str) -> String {
    use std::fmt::Write;
    match text {
        "" => return "%20".to_owned(),
        "." | ".." => return "%252E".repeat(text.len()),
        _ => {}
    }
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

const fn partial_name(field: PartialField) -> &'static str {
    match field {
        PartialField::Email => "email_address_query",
        PartialField::Phone => "phone_number_query",
        PartialField::Username => "username_query",
        PartialField::Name => "name_query",
    }
}

const fn exact_name(field: ExactField) -> &'static str {
    match field {
        ExactField::Email => "email_address",
        ExactField::Phone => "phone_number",
        ExactField::Username => "username",
        ExactField::ExternalId => "external_id",
        ExactField::UserId => "user_id",
        ExactField::Wallet => "web3_wallet",
        ExactField::Organization => "organization_id",
    }
}

/// Clerk takes `+`, too, for ascending, but a `+` in a query is a space to
/// whoever decodes it once more.
fn order_by(order: UserOrder) -> String {
    let minus = if order.descending { "-" } else { "" };
    format!("{minus}{}", order.by.api_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SessionId;

    #[test]
    fn a_log_learns_ids_and_counts_and_not_whom_somebody_looked_for() {
        let told = |fetch: &Fetch| Request::from(fetch).told();
        let mut filter = UserFilter::text("alice@example.com");
        filter
            .partial
            .push((PartialField::Email, "bob@".to_owned()));
        let users = Fetch::Users {
            filter: filter.into(),
            order: UserOrder::NEWEST,
            start: Start::After(UserId::new("user_1").unwrap()),
            limit: 100,
        };
        assert_eq!(
            told(&users),
            "/users?query=…&email_address_query=…&order_by=-created_at&limit=100&starting_after=user_1"
        );
        let session = Fetch::Session(SessionId::new("sess_1").unwrap());
        assert_eq!(told(&session), "/sessions/sess_1");
        let organization = |name: &str| told(&Fetch::Organization(name.to_owned()));
        assert_eq!(
            organization("alice@example.com"),
            "/organizations/…?include_members_count=true"
        );
        assert!(organization("org_1").starts_with("/organizations/org_1?"));
    }
}

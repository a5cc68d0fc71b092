//! What stands at the other end: people, sessions and organizations made by hand.

use std::sync::Arc;

use crate::app::report::fixtures;
use crate::domain::search::Entry;
use crate::domain::{
    Answer, ApiError, ErrorKind, Fetch, IdentificationId, Instance, Invitation, Json, Membership,
    Organization, OrganizationId, Page, PublicUser, Row, Session, SessionId, Start, Timestamp,
    Untrusted, User, UserFilter, UserId, UserOrder, UserPage, UserRow,
};

/// An instance that answers every read, and does what it is told.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// In the order in which lists give them.
    pub people: Vec<User>,
    pub sessions: Vec<Session>,
    pub organizations: Vec<Organization>,
    pub members: Vec<(OrganizationId, UserId)>,
    /// Who is an admin wherever they are a member.
    pub admins: Vec<UserId>,
    /// Addresses by their ids, and whether each is an e-mail address.
    pub addresses: Vec<(String, bool, IdentificationId)>,
    /// The newest first.
    pub invitations: Vec<Invitation>,
    /// Whether sessions are listed per person only.
    pub sessions_per_person: bool,
}

/// `user_000042`: the last six tell people apart.
pub fn id(n: usize) -> UserId {
    UserId::new(&format!("user_{n:06}")).unwrap()
}

/// A person by first and last name, with an e-mail address of both.
pub fn person(n: usize, name: &str) -> User {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let text = |text: &str| (!text.is_empty()).then(|| Untrusted::new(text));
    let address = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let mut email = fixtures::address(&address);
    email.primary = true;
    User {
        id: id(n),
        first_name: text(first),
        last_name: text(last),
        emails: vec![email],
        raw: Json::new(serde_json::json!({ "n": n })),
        ..fixtures::nobody()
    }
}

/// So many people without anything special.
pub fn crowd(n: usize) -> Vec<User> {
    (1..=n)
        .map(|n| person(n, &format!("Person N{n}")))
        .collect()
}

/// So many people, the newest first, a minute apart.
pub fn aged(n: usize) -> Vec<User> {
    let mut people = crowd(n);
    for (n, person) in (0..).zip(&mut people) {
        person.created = Some(Timestamp::from_millis(1_790_000_000_000 - n * 60_000));
    }
    people
}

/// Five of the same first name, and two others around them.
pub fn five_alices() -> Vec<User> {
    let names = [
        "Bob Bell",
        "Alice Chen",
        "Alice Ng",
        "Alice Stone",
        "Alice Weber",
        "Alice Young",
        "Zoe Zhang",
    ];
    let numbered = names.iter().enumerate();
    numbered.map(|(n, name)| person(n + 1, name)).collect()
}

pub fn session(n: usize, user: &UserId, last_active: &str) -> Session {
    Session {
        id: SessionId::new(&format!("sess_{n:06}")).unwrap(),
        user: user.clone(),
        last_active: Some(fixtures::at(last_active)),
        ..fixtures::session()
    }
}

pub fn organization(n: usize, name: &str) -> Organization {
    Organization {
        id: OrganizationId::new(&format!("org_{n:06}")).unwrap(),
        name: name.into(),
        slug: None,
        members: None,
        created: None,
    }
}

pub fn rows(people: &[User]) -> Page<UserRow> {
    fixtures::page(people.iter().map(User::row).collect())
}

pub fn error(kind: ErrorKind, words: &str) -> ApiError {
    ApiError::new(kind, words)
}

pub fn not_found() -> ApiError {
    let mut error = error(ErrorKind::NotFound, "No user was found with that id.");
    error.status = Some(404);
    error
}

impl World {
    pub fn of(people: Vec<User>) -> Self {
        Self {
            people,
            ..Self::default()
        }
    }

    pub fn find(&self, id: &UserId) -> Option<&User> {
        self.people.iter().find(|user| user.id == *id)
    }

    pub fn find_mut(&mut self, id: &UserId) -> &mut User {
        let found = self.people.iter_mut().find(|user| user.id == *id);
        found.unwrap()
    }

    /// What a colleague with another console may do meanwhile.
    pub fn remove(&mut self, id: &UserId) {
        self.people.retain(|user| user.id != *id);
        self.sessions.retain(|session| session.user != *id);
        self.members.retain(|(_, user)| user != id);
    }

    pub fn answer(&self, fetch: &Fetch) -> Result<Answer, ApiError> {
        Ok(match fetch {
            Fetch::Users {
                filter,
                order,
                start,
                limit,
            } => Answer::users(self.users(filter, *order, start, *limit)),
            Fetch::UsersListed { filter, entries } => {
                let known = self.matching(filter);
                let has = |entry: &&Entry| known.iter().any(|user| is_named(user, entry.text()));
                let missing = entries.iter().filter(|entry| !has(entry)).cloned();
                Answer::Listed {
                    missing: missing.collect(),
                    page: Arc::new(UserPage::pack(rows(&known), |_| true)),
                }
            }
            Fetch::UsersById(ids) => Answer::users(rows(&self.those(ids))),
            Fetch::WholeUsers(ids) => Answer::WholeUsers(fixtures::page(self.those(ids))),
            Fetch::UserCount { filter } => Answer::Count(self.matching(filter).len() as u64),
            Fetch::User(id) => {
                let user = self.find(id).ok_or_else(not_found)?;
                Answer::User(Box::new(user.clone()))
            }
            Fetch::Sessions { user: None, .. } if self.sessions_per_person => {
                return Err(error(
                    ErrorKind::Invalid,
                    "user_id or client_id is required",
                ));
            }
            Fetch::Sessions {
                user,
                status,
                offset,
                limit,
            } => {
                let wanted = |s: &&Session| {
                    user.as_ref().is_none_or(|user| s.user == *user)
                        && status.as_ref().is_none_or(|status| s.status == *status)
                };
                let all: Vec<Session> = self.sessions.iter().filter(wanted).cloned().collect();
                Answer::Sessions(window(all, *offset, *limit))
            }
            Fetch::Session(id) => {
                let found = self.sessions.iter().find(|session| session.id == *id);
                Answer::Session(Box::new(found.ok_or_else(not_found)?.clone()))
            }
            Fetch::EmailAddress(id) | Fetch::PhoneNumber(id) => {
                let email = matches!(fetch, Fetch::EmailAddress(_));
                let known = |(_, is_email, named): &&(String, bool, IdentificationId)| {
                    *is_email == email && named == id
                };
                let (text, ..) = self.addresses.iter().find(known).ok_or_else(not_found)?;
                Answer::Address(text.as_str().into())
            }
            Fetch::Invitations { .. } => self.invited(fetch),
            Fetch::Organization(text) => {
                let known = |org: &&Organization| {
                    let slug = org.slug.as_ref().map(Untrusted::raw);
                    org.id.as_str() == text || slug == Some(text.as_str())
                };
                let found = self.organizations.iter().find(known);
                Answer::Organization(Box::new(found.ok_or_else(not_found)?.clone()))
            }
            Fetch::Organizations {
                query,
                offset,
                limit,
            } => {
                let wanted = |o: &&Organization| o.name.raw().to_lowercase().contains(query);
                let all = self.organizations.iter().filter(wanted).cloned().collect();
                Answer::Organizations(window(all, *offset, *limit))
            }
            Fetch::Members {
                organization,
                role,
                offset,
                limit,
            } => {
                let mut all = self.memberships(|(org, _)| org == organization);
                all.retain(|one| role.as_ref().is_none_or(|role| one.role == *role));
                Answer::Memberships(window(all, *offset, *limit))
            }
            Fetch::Memberships {
                user,
                offset,
                limit,
            } => Answer::Memberships(window(
                self.memberships(|(_, member)| member == user),
                *offset,
                *limit,
            )),
            Fetch::Instance => Answer::Instance(Instance {
                id: "ins_1".into(),
                environment: None,
                origins: Vec::new(),
            }),
        })
    }

    fn those(&self, ids: &[UserId]) -> Vec<User> {
        ids.iter().filter_map(|id| self.find(id)).cloned().collect()
    }

    fn matching(&self, filter: &UserFilter) -> Vec<User> {
        let query = filter.query.to_lowercase();
        let span = filter.created;
        let named = |user: &&User| {
            let email = user.email().map_or("", Untrusted::raw);
            user.name().raw().to_lowercase().contains(&query) || email.contains(&query)
        };
        let any = |user: &&User| {
            let exact = &filter.exact;
            exact.is_empty() || exact.iter().any(|exact| is_named(user, &exact.value))
        };
        let within = |user: &&User| {
            let created = user.created.filter(|_| !span.is_open());
            span.is_open() || created.is_some_and(|created| span.holds(created))
        };
        let found = self.people.iter().filter(named).filter(any);
        found.filter(within).cloned().collect()
    }

    fn users(
        &self,
        filter: &UserFilter,
        order: UserOrder,
        start: &Start,
        limit: u32,
    ) -> Page<UserRow> {
        let mut found = self.matching(filter);
        // The people stand in whatever order is asked for, its largest first.
        if !order.descending {
            found.reverse();
        }
        let skip = match start {
            Start::First => 0,
            Start::Offset(n) => *n as usize,
            Start::After(id) => found.iter().position(|u| u.id == *id).map_or(0, |n| n + 1),
        };
        let page: Vec<User> = found.into_iter().skip(skip).take(limit as usize).collect();
        rows(&page)
    }

    fn memberships(&self, wanted: impl Fn(&(OrganizationId, UserId)) -> bool) -> Vec<Membership> {
        let chosen = self.members.iter().filter(|member| wanted(member));
        let membership = |(org, user_id): &(OrganizationId, UserId)| {
            let of = self.organizations.iter().find(|o| o.id == *org)?;
            let user = self.find(user_id)?;
            Some(Membership {
                id: format!("orgmem_{org}_{}", user.id).into(),
                role: if self.admins.contains(user_id) {
                    "org:admin".into()
                } else {
                    "org:member".into()
                },
                organization: of.clone(),
                user: Some(PublicUser {
                    id: user.id.clone(),
                    name: user.name(),
                    identifier: user.email().cloned(),
                    banned: user.banned,
                }),
                created: None,
            })
        };
        chosen.filter_map(membership).collect()
    }
}

/// Whether somebody has this as their id or as one of their addresses.
fn is_named(user: &User, text: &str) -> bool {
    let addresses = user.emails.iter().chain(&user.phones);
    user.id.as_str() == text || addresses.into_iter().any(|a| a.text.raw() == text)
}

pub(super) fn window<T>(all: Vec<T>, offset: u32, limit: u32) -> Page<T> {
    let total = all.len() as u64;
    let chosen = all.into_iter().skip(offset as usize).take(limit as usize);
    Page {
        rows: chosen.map(Row::Read).collect(),
        total: Some(total),
        read_at: fixtures::at("2026-11-23T14:03:00Z"),
    }
}

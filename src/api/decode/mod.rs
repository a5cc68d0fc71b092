//! From bodies to answers.
//!
//! Lenient in small things (a field of a wrong type is a missing field, a row
//! that cannot be read is one [`Row::Unreadable`](crate::domain::Row)), strict
//! in the large: what is not the shape that was asked for is an error.

mod deeds;
mod list;
mod rows;
mod soft;
mod user;

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;

pub use soft::{Lenient, Object, Soft};

use super::transport::Reply;
use crate::domain::search::Entry;
use crate::domain::{
    Action, Answer, ApiError, BadId, ErrorKind, Fetch, Id, MetadataTest, Timestamp, Untrusted,
    UserId, UserPage,
};

/// The answer to a read.
///
/// # Errors
/// [`ErrorKind::WrongShape`]: the body is not what was asked for.
pub fn read(fetch: &Fetch, reply: &Reply) -> Result<Answer, ApiError> {
    let text = String::from_utf8_lossy(&reply.body);
    let at = reply.read_at;
    let answer = match fetch {
        Fetch::Users { filter, .. } => users(&text, at, &filter.metadata),
        Fetch::UsersById(_) => users(&text, at, &[]),
        Fetch::UsersListed { entries, .. } => listed(&text, at, entries),
        Fetch::WholeUsers(_) => {
            list::page(&text, at, |row| user::whole(row, at)).map(Answer::WholeUsers)
        }
        Fetch::UserCount { .. } => list::count(&text).map(Answer::Count),
        Fetch::User(id) => whole_user(&text, reply, id),
        Fetch::Sessions { .. } => list::page(&text, at, rows::session).map(Answer::Sessions),
        Fetch::Session(asked) => rows::one_session(&text, asked).map(Answer::Session),
        Fetch::EmailAddress(asked) | Fetch::PhoneNumber(asked) => {
            rows::address(&text, asked).map(Answer::Address)
        }
        Fetch::Organization(asked) => {
            rows::one_organization(&text, asked).map(Answer::Organization)
        }
        Fetch::Organizations { .. } => {
            list::page(&text, at, rows::organization).map(Answer::Organizations)
        }
        Fetch::Members { organization, .. } => {
            list::page(&text, at, |row| rows::membership(row, Some(organization)))
                .map(Answer::Memberships)
        }
        Fetch::Memberships { .. } => {
            list::page(&text, at, |row| rows::membership(row, None)).map(Answer::Memberships)
        }
        Fetch::Invitations { .. } => {
            list::page(&text, at, deeds::invitation).map(Answer::Invitations)
        }
        Fetch::Instance => rows::instance(&text).map(Answer::Instance),
    };
    answer.map_err(|why| wrong_shape(&why, &text, reply.status))
}

/// The answer to a write.
///
/// # Errors
/// [`ErrorKind::WrongShape`]: the body is not what such a write is answered with.
pub fn written(action: &Action, reply: &Reply) -> Result<Answer, ApiError> {
    let text = String::from_utf8_lossy(&reply.body);
    let answer = match action {
        Action::Ban(id)
        | Action::Unban(id)
        | Action::Lock(id)
        | Action::Unlock(id)
        | Action::Edit(id, _)
        | Action::MergeMetadata { user: id, .. }
        | Action::ReplaceMetadata { user: id, .. }
        | Action::SetPrimary { user: id, .. }
        | Action::SetPassword { user: id, .. }
        | Action::RemovePassword { user: id, .. }
        | Action::DistrustPassword { user: id, .. }
        | Action::TrustPassword(id) => whole_user(&text, reply, id),
        Action::Create(_) => {
            user::whole(&text, reply.read_at).map(|user| Answer::User(user.into()))
        }
        Action::BanAll(targets) => deeds::users(&text, reply.read_at, targets, true),
        Action::UnbanAll(targets) => deeds::users(&text, reply.read_at, targets, false),
        Action::Delete(id) => {
            deeds::deleted(&text, id.as_str()).map(|()| Answer::Deleted(id.clone()))
        }
        Action::AddAddress { .. } | Action::ReplaceAddresses { .. } => {
            deeds::identification(&text, None)
        }
        Action::ChangeAddress { address, .. } => deeds::identification(&text, Some(address)),
        Action::RemoveAddress { address, .. } => {
            deeds::deleted(&text, address.as_str()).map(|()| Answer::Removed)
        }
        Action::RemoveCredential { .. } => deeds::removed(&text),
        Action::RemoveFactors { user, .. } => deeds::changed(&text, user),
        Action::Revoke { session, .. } => rows::revoked(&text, session),
        Action::MakeSignInToken { .. }
        | Action::RevokeSignInToken { .. }
        | Action::Impersonate { .. }
        | Action::RevokeActorToken { .. } => deeds::token(&text, action),
        Action::Invite(_) => deeds::one_invitation(&text, None),
        Action::RevokeInvitation(id) => deeds::one_invitation(&text, Some(id)),
    };
    answer.map_err(|why| wrong_shape(&why, &text, reply.status))
}

/// A page of users. Metadata is judged here, on the way: packed rows hold none.
fn users(text: &str, at: Timestamp, tests: &[MetadataTest]) -> Result<Answer, String> {
    if tests.is_empty()
        && let Some(page) = list::straight(text, at, |core| user::row_of(core, at))
    {
        return Ok(Answer::Users(Arc::new(UserPage::pack(page, |_| true))));
    }
    let mut left_out = HashSet::new();
    let mut number = 0;
    let page = list::page(text, at, |row| {
        if !tests.is_empty() && !user::metadata_passes(row, tests) {
            left_out.insert(number);
        }
        number += 1;
        user::row(row, at)
    })?;
    let page = UserPage::pack(page, |row| !left_out.contains(&row));
    Ok(Answer::Users(Arc::new(page)))
}

/// Those of a list, and which of its entries none of them has. Every address of
/// every row is looked at; whom the list does not name was not asked for.
fn listed(text: &str, at: Timestamp, entries: &[Entry]) -> Result<Answer, String> {
    let wanted: HashSet<&Entry> = entries.iter().collect();
    let (mut found, mut asked_for) = (HashSet::new(), Vec::new());
    let page = list::page(text, at, |row| {
        let names = user::names(row).into_iter();
        let names: Vec<Entry> = names.filter(|name| wanted.contains(name)).collect();
        asked_for.push(!names.is_empty());
        found.extend(names);
        user::row(row, at)
    })?;
    let missing = entries.iter().filter(|entry| !found.contains(*entry));
    Ok(Answer::Listed {
        missing: missing.cloned().collect(),
        page: Arc::new(UserPage::pack(page, |row| asked_for[row])),
    })
}

fn whole_user(text: &str, reply: &Reply, asked: &UserId) -> Result<Answer, String> {
    let user = user::whole(text, reply.read_at)?;
    // Acting on somebody else's profile would be worse than any error.
    if user.id == *asked {
        Ok(Answer::User(Box::new(user)))
    } else {
        Err("it is about somebody else".to_owned())
    }
}

fn wrong_shape(why: &str, body: &str, status: u16) -> ApiError {
    let what = describe(body);
    let words = format!("Answered {status} with {what} that is not what was asked for: {why}.");
    let mut error = ApiError::new(ErrorKind::WrongShape, words);
    error.status = Some(status);
    error
}

/// What a body is, at a glance. None of its text is repeated.
pub fn describe(body: &str) -> &'static str {
    match body.trim_start().chars().next() {
        None => "nothing",
        Some('<') => "HTML",
        Some('{' | '[') => match serde_json::from_str::<serde::de::IgnoredAny>(body) {
            Ok(_) => "JSON",
            Err(error) if error.is_eof() => "JSON cut short",
            Err(_) => "broken JSON",
        },
        Some(_) => "text",
    }
}

/// Reads an object of the shape `T`, or says in plain words why not.
fn object<T: Object>(text: &str) -> Result<T, String> {
    match serde_json::from_str::<Soft<Option<T>>>(text) {
        Ok(Soft(Some(object))) => Ok(object),
        Ok(Soft(None)) => Err("it is not an object".to_owned()),
        Err(error) => Err(in_words(&error)),
    }
}

/// Checks the id in the field `name`.
fn id<K>(text: Option<&Untrusted>, name: &str) -> Result<Id<K>, String> {
    let text = text.ok_or_else(|| format!("its {name} is missing"))?;
    Id::new(text.raw()).map_err(|BadId| format!("its {name} is not an id: {BadId}"))
}

/// Why JSON could not be read. serde_json's own words may repeat the text.
fn in_words(error: &serde_json::Error) -> String {
    use serde_json::error::Category as C;
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        C::Eof => "it ends too early".to_owned(),
        C::Syntax => format!("it is not JSON at line {line}, column {column}"),
        C::Data | C::Io => format!("it has another shape at line {line}, column {column}"),
    }
}

/// Only the id of something, for when the rest of it cannot be read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct OnlyId {
    id: Soft<Option<Untrusted>>,
}

impl Object for OnlyId {}

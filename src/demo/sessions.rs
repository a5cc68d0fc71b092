//! Reading and ending sessions.

use super::dice::number;
use super::reply::{Answer, Reply, invalid, not_found, ok};
use super::route::Call;
use super::session::{MOST, STATES};
use super::switches::Quirk;
use super::world::World;
use serde_json::{Value, json};

/// Whose session it is, and which of that person's.
fn find(world: &World, id: &str) -> Result<(u32, usize), Reply> {
    let missing = || not_found("session", id);
    let number = number(world.maker.seed, "sess", id).ok_or_else(missing)?;
    let user = u32::try_from(number / MOST).map_err(|_| missing())?;
    if !world.exists(user) {
        return Err(missing());
    }
    let rows = world.sessions(user);
    let at = rows.iter().position(|row| row.id == id);
    at.map(|at| (user, at)).ok_or_else(missing)
}

pub(super) fn get(world: &World, id: &str) -> Answer {
    let (user, at) = find(world, id)?;
    ok(world.sessions(user)[at].json())
}

pub(super) fn revoke(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let (user, at) = find(world, id)?;
    let row = &mut world.sessions_mut(user)[at];
    row.revoke(call.now);
    ok(row.json())
}

pub(super) fn list(world: &World, call: &Call<'_>) -> Answer {
    let page = call.params.page(call.has(Quirk::ShortRows))?;
    let status = call.params.one("status");
    if status.is_some_and(|status| !STATES.contains(&status)) {
        return Err(invalid("status", "status is not one a session can have."));
    }
    let paginated = call.params.yes("paginated")?.unwrap_or(false);
    let user = call.params.one("user_id");
    let client = call.params.one("client_id");
    let of_client = client.and_then(|id| {
        let number = number(world.maker.seed, "client", id)?;
        u32::try_from(number / MOST).ok()
    });
    let of_user = user.and_then(|id| world.index(id));
    let one = match (user, client) {
        (None, None) if call.has(Quirk::RefuseAllSessions) => {
            let long = "At least one of client_id or user_id must be provided.";
            return Err(invalid("user_id", long));
        }
        (None, None) => None,
        (Some(_), None) => Some(of_user),
        (None, Some(_)) => Some(of_client),
        (Some(_), Some(_)) => Some(of_user.filter(|_| of_user == of_client)),
    };
    let (rows, total) = match one {
        Some(index) => {
            let index = index.filter(|index| world.exists(*index));
            let rows = index.map(|index| world.sessions(index).into_owned());
            let mut rows = rows.unwrap_or_default();
            rows.retain(|row| {
                status.is_none_or(|status| row.status == status)
                    && client.is_none_or(|client| row.client_id == client)
            });
            let total = rows.len();
            let rows = rows.iter().skip(page.offset).take(page.limit);
            (
                rows.map(super::session::Session::json).collect::<Value>(),
                total,
            )
        }
        None => everybody(
            world,
            status,
            page.offset,
            page.limit,
            paginated || call.has(Quirk::WrapUsers),
        ),
    };
    if paginated || call.has(Quirk::WrapUsers) {
        return ok(json!({ "data": rows, "total_count": total }));
    }
    ok(rows)
}

/// A page over all people, newest first; counts only if somebody asks.
fn everybody(
    world: &World,
    status: Option<&str>,
    offset: usize,
    limit: usize,
    counted: bool,
) -> (Value, usize) {
    let mut rows = vec![];
    let mut total = 0;
    for moment in world.base.timeline() {
        if !world.exists(moment.user) || status.is_some_and(|s| s != world.state(moment)) {
            continue;
        }
        if (offset..offset + limit).contains(&total) {
            rows.push(world.sessions(moment.user)[moment.n as usize].json());
        }
        total += 1;
        if !counted && rows.len() == limit {
            break;
        }
    }
    (Value::Array(rows), total)
}

//! Reading organizations and memberships.

use super::filter::Filter;
use super::order::{By, Key};
use super::org::{Member, Org};
use super::params::Page;
use super::reply::{Answer, Reply, invalid, not_found, ok};
use super::route::Call;
use super::switches::Quirk;
use super::user_json::public_data;
use super::world::World;
use serde_json::{Value, json};
use std::cmp::Ordering;

/// An organization by its id or slug.
fn find<'a>(orgs: &'a [Org], id: &str) -> Result<&'a Org, Reply> {
    orgs.iter()
        .find(|org| org.id == id || org.slug == id)
        .ok_or_else(|| not_found("organization", id))
}

pub(super) fn get(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let maker = &world.maker;
    let count = call.params.yes("include_members_count")?.unwrap_or(false);
    let org = find(world.orgs(), id)?;
    ok(org.json(maker, count))
}

fn wrapped(rows: &[Value], total: usize) -> Answer {
    ok(json!({ "data": rows, "total_count": total }))
}

fn cut<T>(all: &[T], page: Page) -> &[T] {
    let from = page.offset.min(all.len());
    let to = all.len().min(from + page.limit);
    &all[from..to]
}

pub(super) fn list(world: &World, call: &Call<'_>) -> Answer {
    let params = &call.params;
    let page = params.page(call.has(Quirk::ShortRows))?;
    let count = params.yes("include_members_count")?.unwrap_or(false);
    let order = params.one("order_by").unwrap_or("-created_at");
    let compare: fn(&Org, &Org) -> Ordering = match order.trim_start_matches(['-', '+', ' ']) {
        "created_at" => |a, b| a.created_at.cmp(&b.created_at),
        "name" => |a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        "members_count" => |a, b| a.members.len().cmp(&b.members.len()),
        _ => {
            let long = format!("{order} is not a field organizations can be ordered by.");
            return Err(invalid("order_by", &long));
        }
    };
    let users = params.many("user_id")?.unwrap_or_default();
    let (without, with): (Vec<&str>, Vec<&str>) = users.iter().partition(|u| u.starts_with('-'));
    let index = |id: &&str| world.index(id.trim_start_matches(['-', '+', ' ']));
    let asked = !with.is_empty();
    let with: Vec<u32> = with.iter().filter_map(index).collect();
    let without: Vec<u32> = without.iter().filter_map(index).collect();
    let ids = params.many("organization_id")?.unwrap_or_default();
    let (not, only): (Vec<&str>, Vec<&str>) = ids.iter().partition(|id| id.starts_with('-'));
    let query = params.one("query");
    let lower = query.map(str::to_lowercase);
    let maker = &world.maker;
    let has = |org: &Org, all: &[u32]| org.members.iter().any(|member| all.contains(&member.user));
    let mut found: Vec<&Org> = world
        .orgs()
        .iter()
        .filter(|org| {
            let named = |lower: &String| {
                org.name.to_lowercase().contains(lower) || org.slug.contains(lower)
            };
            let same = |id: &&str| id.trim_start_matches(['-', '+', ' ']) == org.id;
            (lower.as_ref().is_none_or(named) || query == Some(org.id.as_str()))
                && (!asked || has(org, &with))
                && !has(org, &without)
                && (only.is_empty() || only.iter().any(same))
                && !not.iter().any(same)
        })
        .collect();
    found.sort_by(|a, b| compare(a, b).then(a.number.cmp(&b.number)));
    if order.starts_with('-') {
        found.reverse();
    }
    let rows = cut(&found, page).iter();
    wrapped(
        &rows.map(|org| org.json(maker, count)).collect::<Vec<_>>(),
        found.len(),
    )
}

pub(super) fn of_user(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    let page = call.params.page(call.has(Quirk::ShortRows))?;
    let data = public_data(&world.person(index));
    let maker = &world.maker;
    let mut found: Vec<(&Org, &Member)> = world
        .orgs()
        .iter()
        .flat_map(|org| org.members.iter().map(move |member| (org, member)))
        .filter(|(_, member)| member.user == index)
        .collect();
    found.sort_by_key(|(org, member)| std::cmp::Reverse((member.created_at, org.number)));
    let rows = cut(&found, page).iter();
    wrapped(
        &rows
            .map(|(org, member)| org.membership(maker, member, &data))
            .collect::<Vec<_>>(),
        found.len(),
    )
}

pub(super) fn members(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let params = &call.params;
    let page = params.page(call.has(Quirk::ShortRows))?;
    let order = params.one("order_by").unwrap_or("-created_at");
    let by = match By::parse(order) {
        Some((By::Phone | By::Email | By::First | By::Last | By::Username | By::Created, _)) => {
            By::parse(order)
        }
        _ => None,
    };
    let Some((by, falling)) = by else {
        let long = format!("{order} is not a field memberships can be ordered by.");
        return Err(invalid("order_by", &long));
    };
    let roles = params.many("role")?;
    let org = find(world.orgs(), id)?;
    // `organization_id` means nothing here; the other filters are those of users.
    let filter = Filter::read(call, world)?;
    let mut found: Vec<&Member> = org
        .members
        .iter()
        .filter(|member| {
            let role = if member.admin {
                "org:admin"
            } else {
                "org:member"
            };
            roles.as_ref().is_none_or(|roles| roles.contains(&role))
                && filter.passes(world, member.user)
        })
        .collect();
    found.sort_by_cached_key(|member| {
        let key = match by {
            By::Created => Key::Time(Some(member.created_at)),
            by => by.key(&world.person(member.user)),
        };
        (key, member.user)
    });
    if falling {
        found.reverse();
    }
    let rows = cut(&found, page)
        .iter()
        .map(|member| {
            let data = public_data(&world.person(member.user));
            org.membership(&world.maker, member, &data)
        })
        .collect::<Vec<_>>();
    wrapped(&rows, found.len())
}

//! Reading people.

use super::filter::Filter;
use super::order::{By, Key};
use super::reply::{Answer, Reply, invalid, ok};
use super::route::Call;
use super::switches::Quirk;
use super::user_json::user;
use super::world::World;
use serde_json::{Value, json};

pub(super) fn whole(world: &World, index: u32, now: i64) -> Value {
    user(&world.person(index), world.maker.seed, now)
}

pub(super) fn get(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    ok(whole(world, index, call.now))
}

pub(super) fn count(world: &World, call: &Call<'_>) -> Answer {
    let filter = Filter::read(call, world)?;
    ok(json!({ "object": "total_count", "total_count": total(world, &filter) }))
}

fn total(world: &World, filter: &Filter) -> usize {
    let (part, open) = filter.part(world, By::Created);
    if open {
        return part.len();
    }
    let passing = part.iter().filter(|index| filter.passes(world, **index));
    passing.count()
}

/// Where a list begins: after this place in the order of creation.
fn start(
    world: &World,
    call: &Call<'_>,
    by: By,
    offset: usize,
) -> Result<Option<(Key, u32)>, Reply> {
    let param = "starting_after";
    let Some(id) = call.params.one(param) else {
        return Ok(None);
    };
    if by != By::Created {
        let long = "starting_after can only be used when ordering by created_at.";
        return Err(invalid(param, long));
    }
    if offset != 0 {
        let long = "starting_after cannot be combined with offset.";
        return Err(invalid(param, long));
    }
    let place = match world.index(id) {
        Some(index) => Some(world.standing(by, index)),
        None if call.has(Quirk::RefuseDeletedCursor) => None,
        None => world.maker.index(id).and_then(|index| world.stood(index)),
    };
    let place = place.ok_or_else(|| {
        let long = format!("{id} is not the id of a user.");
        invalid(param, &long)
    })?;
    Ok((!call.has(Quirk::IgnoreCursor)).then_some(place))
}

pub(super) fn list(world: &World, call: &Call<'_>) -> Answer {
    let page = call.params.page(call.has(Quirk::ShortRows))?;
    let text = call.params.one("order_by").unwrap_or("-created_at");
    let (by, falling) = By::parse(text).ok_or_else(|| {
        let long = format!("{text} is not a field users can be ordered by.");
        invalid("order_by", &long)
    })?;
    let after = start(world, call, by, page.offset)?;
    let filter = Filter::read(call, world)?;
    let (part, open) = filter.part(world, by);
    let part = match after {
        None => &part[..],
        Some(after) => {
            let at = world.place(by, &part, &after);
            let this = part.get(at);
            let there = this.is_some_and(|index| world.standing(by, *index) == after);
            if falling {
                &part[..at]
            } else {
                &part[at + usize::from(there)..]
            }
        }
    };
    let mut rising = part.iter();
    let mut backwards = part.iter().rev();
    let rows: &mut dyn Iterator<Item = &u32> = if falling { &mut backwards } else { &mut rising };
    let rows: Value = rows
        .filter(|index| open || filter.passes(world, **index))
        .skip(page.offset)
        .take(page.limit)
        .map(|index| whole(world, *index, call.now))
        .collect();
    if call.has(Quirk::WrapUsers) {
        let total = total(world, &filter);
        return ok(json!({ "data": rows, "total_count": total }));
    }
    ok(rows)
}

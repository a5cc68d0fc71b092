//! Reading people.

use super::filter::Filter;
use super::order::By;
use super::reply::{Answer, Reply, invalid, ok};
use super::route::Call;
use super::switches::Quirk;
use super::user_json::user;
use super::world::World;
use serde_json::{Value, json};

pub(super) fn whole(world: &World, index: u32, now: i64) -> Value {
    user(&world.person(index), world.maker.seed, now)
}

pub(super) fn get(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let index = world.find(id)?;
    ok(whole(world, index, call.now))
}

pub(super) fn count(world: &mut World, call: &Call<'_>) -> Answer {
    let filter = Filter::read(&call.params, world)?;
    ok(json!({ "object": "total_count", "total_count": total(world, &filter) }))
}

fn total(world: &mut World, filter: &Filter) -> usize {
    world.prepare(By::Created);
    let world = &*world;
    let all = world.order(By::Created);
    if filter.is_open() {
        return all.len();
    }
    all.iter().filter(|i| filter.passes(world, **i)).count()
}

/// Where a list begins: after a person, or after so many.
fn start(world: &World, call: &Call<'_>, by: By, offset: usize) -> Result<Option<u32>, Reply> {
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
    let index = world.index(id).ok_or_else(|| {
        let long = format!("{id} is not the id of a user.");
        invalid(param, &long)
    })?;
    Ok((!call.has(Quirk::IgnoreCursor)).then_some(index))
}

pub(super) fn list(world: &mut World, call: &Call<'_>) -> Answer {
    let page = call.params.page(call.has(Quirk::ShortRows))?;
    let text = call.params.one("order_by").unwrap_or("-created_at");
    let (by, falling) = By::parse(text).ok_or_else(|| {
        let long = format!("{text} is not a field users can be ordered by.");
        invalid("order_by", &long)
    })?;
    let after = start(world, call, by, page.offset)?;
    let filter = Filter::read(&call.params, world)?;
    world.prepare(by);
    let found = world.page(by, falling, after, &filter, page.offset, page.limit);
    let rows: Value = found
        .into_iter()
        .map(|index| whole(world, index, call.now))
        .collect();
    if call.has(Quirk::WrapUsers) {
        let total = total(world, &filter);
        return ok(json!({ "data": rows, "total_count": total }));
    }
    ok(rows)
}

impl World {
    fn page(
        &self,
        by: By,
        falling: bool,
        after: Option<u32>,
        filter: &Filter,
        offset: usize,
        limit: usize,
    ) -> Vec<u32> {
        let order = self.order(by);
        let at = after.and_then(|index| order.iter().position(|&i| i == index));
        let part = match (at, falling) {
            (None, _) => order,
            (Some(at), true) => &order[..at],
            (Some(at), false) => &order[at + 1..],
        };
        let mut rising = part.iter();
        let mut backwards = part.iter().rev();
        let rows: &mut dyn Iterator<Item = &u32> =
            if falling { &mut backwards } else { &mut rising };
        if filter.is_open() {
            return rows.skip(offset).take(limit).copied().collect();
        }
        rows.filter(|index| filter.passes(self, **index))
            .skip(offset)
            .take(limit)
            .copied()
            .collect()
    }
}

//! Reading e-mail addresses and phone numbers by their own ids.

use super::contacts::ROUND;
use super::dice::number;
use super::person::{Identifier, Person, SLOTS};
use super::reply::{Answer, not_found, ok};
use super::user_json;
use super::world::World;

pub(super) fn email(world: &World, id: &str) -> Answer {
    let person = owner(world, id).ok_or_else(|| not_found("email address", id))?;
    let one = with_id(&person.emails, id).ok_or_else(|| not_found("email address", id))?;
    ok(user_json::email(one, &user_json::linked(&person, one)))
}

pub(super) fn phone(world: &World, id: &str) -> Answer {
    let person = owner(world, id).ok_or_else(|| not_found("phone number", id))?;
    let one = with_id(&person.phones, id).ok_or_else(|| not_found("phone number", id))?;
    ok(user_json::phone(one))
}

fn with_id<'a>(all: &'a [Identifier], id: &str) -> Option<&'a Identifier> {
    all.iter().find(|one| one.id == id)
}

/// Whose it is: the id carries the person's number.
pub(super) fn owner(world: &World, id: &str) -> Option<Person> {
    let number = number(world.maker.seed, "idn", id)?;
    let number = number & ((1 << ROUND) - 1);
    let index = u32::try_from(number / SLOTS).ok()?;
    world
        .exists(index)
        .then(|| world.person(index).into_owned())
}

//! Adding, changing, removing and replacing e-mail addresses and phone numbers.

use super::addresses::owner;
use super::dice::id;
use super::params::{flag, object, only, text};
use super::person::{Identifier, Person, Proof, SLOTS};
use super::reply::{Answer, Reply, error, invalid, missing, not_found, ok, refused};
use super::route::Call;
use super::user_json;
use super::world::World;
use serde_json::{Map, Value, json};

/// The two kinds of addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Email,
    Phone,
}

/// Ids from here on carry a running number: one that was removed never comes back.
pub(super) const ROUND: u32 = 38;

impl Kind {
    fn param(self) -> &'static str {
        match self {
            Self::Email => "email_address",
            Self::Phone => "phone_number",
        }
    }

    /// As `Clerk` says it.
    fn words(self) -> &'static str {
        match self {
            Self::Email => "email address",
            Self::Phone => "phone number",
        }
    }

    fn of(self, person: &mut Person) -> (&mut Vec<Identifier>, &mut Option<String>) {
        match self {
            Self::Email => (&mut person.emails, &mut person.primary_email),
            Self::Phone => (&mut person.phones, &mut person.primary_phone),
        }
    }

    /// A value in the form that is kept, if it is one.
    pub fn checked(self, value: &str) -> Result<String, Reply> {
        let wrong = |long| {
            refused(
                self.param(),
                "form_param_format_invalid",
                "is invalid",
                long,
            )
        };
        match self {
            Self::Email => {
                let (name, host) = value.split_once('@').unwrap_or_default();
                if name.is_empty() || !host.contains('.') || value.contains(char::is_whitespace) {
                    return Err(wrong("Email address must be a valid email address."));
                }
                Ok(value.to_lowercase())
            }
            Self::Phone => {
                let digits = value.strip_prefix('+').unwrap_or_default();
                if digits.len() < 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    let long = "Phone number must be a valid phone number according to E.164 international standard.";
                    return Err(wrong(long));
                }
                Ok(value.to_owned())
            }
        }
    }

    /// The address with this id, as it stands alone.
    fn answer(self, world: &World, index: u32, id: &str) -> Answer {
        let mut person = world.person(index).into_owned();
        let (all, _) = self.of(&mut person);
        let found = all.iter().find(|one| one.id == id).cloned();
        let one = found.ok_or_else(|| not_found(self.words(), id))?;
        ok(match self {
            Self::Email => user_json::email(&one, &user_json::linked(&person, &one)),
            Self::Phone => user_json::phone(&one),
        })
    }
}

/// What a body asks of an address; what is not said stays.
struct Traits {
    verified: Option<bool>,
    primary: bool,
    second_factor: Option<bool>,
}

impl Traits {
    fn read(body: &Map<String, Value>) -> Result<Self, Reply> {
        Ok(Self {
            verified: flag(body, "verified")?,
            primary: flag(body, "primary")? == Some(true),
            second_factor: flag(body, "reserved_for_second_factor")?,
        })
    }

    fn apply(&self, one: &mut Identifier, code: &str) -> Result<(), Reply> {
        match self.verified {
            Some(true) if one.proof == Proof::Unverified => one.proof = Proof::Admin,
            Some(false) => one.proof = Proof::Unverified,
            _ => {}
        }
        if one.proof != Proof::Unverified {
            one.reserved = false;
        }
        if self.primary && one.proof == Proof::Unverified {
            let long =
                "This identification needs to be verified before you can perform this action.";
            return Err(refused(
                "primary",
                "form_verification_needed",
                "is unverified",
                long,
            ));
        }
        if let Some(yes) = self.second_factor {
            if yes && one.proof == Proof::Unverified {
                let long = "Unverified identifications cannot be a second factor";
                return Err(error(400, code, "failed", long, &json!({})));
            }
            one.second_factor = yes;
        }
        Ok(())
    }
}

/// Notes what second factors there are now.
fn note_factors(person: &mut Person, had: bool, now: i64) {
    match (had, person.two_factor()) {
        (false, true) => person.mfa_enabled_at = Some(now),
        (true, false) => person.mfa_disabled_at = Some(now),
        _ => {}
    }
}

fn put(world: &mut World, mut person: Person, now: i64) {
    person.sketch.updated_at = now;
    world.put(person);
}

/// The parameters that a kind takes beside those of all addresses.
fn known(kind: Kind, more: &[&'static str]) -> Vec<&'static str> {
    let own = match kind {
        Kind::Email => "notify_primary_email_address_changed",
        Kind::Phone => "reserved_for_second_factor",
    };
    [more, &[own]].concat()
}

/// A new address, not yet anybody's.
fn fresh(world: &mut World, index: u32, kind: Kind, value: String, now: i64) -> Identifier {
    world.identifications += 1;
    let slot = u64::from(kind == Kind::Phone) * 16;
    let number = (world.identifications << ROUND) + u64::from(index) * SLOTS + slot;
    Identifier {
        id: id(world.maker.seed, "idn", number),
        value,
        proof: Proof::Unverified,
        second_factor: false,
        reserved: false,
        created_at: now,
    }
}

pub(super) fn create(world: &mut World, call: &Call<'_>, kind: Kind) -> Answer {
    let body = object(call.body)?;
    let param = kind.param();
    only(
        &body,
        &known(kind, &["user_id", param, "verified", "primary"]),
    )?;
    let user = text(&body, "user_id")?.flatten();
    let user = user.ok_or_else(|| missing("user_id"))?;
    let value = text(&body, param)?.flatten();
    let value = kind.checked(&value.ok_or_else(|| missing(param))?)?;
    let traits = Traits::read(&body)?;
    let index = world.find(&user)?;
    if world.owner(param, &value).is_some() {
        return Err(super::reply::taken(param));
    }
    let mut person = world.person(index).into_owned();
    let had = person.two_factor();
    let mut new = fresh(world, index, kind, value, call.now);
    traits.apply(&mut new, "identification_create_second_factor_unverified")?;
    let id = new.id.clone();
    let (all, primary) = kind.of(&mut person);
    if traits.primary || all.is_empty() {
        *primary = Some(id.clone());
    }
    all.push(new);
    note_factors(&mut person, had, call.now);
    put(world, person, call.now);
    kind.answer(world, index, &id)
}

pub(super) fn update(world: &mut World, call: &Call<'_>, kind: Kind, id: &str) -> Answer {
    let gone = || not_found(kind.words(), id);
    let mut person = owner(world, id).ok_or_else(gone)?;
    let index = person.sketch.index;
    let body = object(call.body)?;
    only(&body, &known(kind, &["verified", "primary"]))?;
    let traits = Traits::read(&body)?;
    let had = person.two_factor();
    let (all, primary) = kind.of(&mut person);
    let one = all.iter_mut().find(|one| one.id == id).ok_or_else(gone)?;
    traits.apply(one, "identification_update_second_factor_unverified")?;
    if traits.primary {
        *primary = Some(id.to_owned());
    }
    note_factors(&mut person, had, call.now);
    put(world, person, call.now);
    kind.answer(world, index, id)
}

pub(super) fn delete(world: &mut World, call: &Call<'_>, kind: Kind, id: &str) -> Answer {
    let gone = || not_found(kind.words(), id);
    let mut person = owner(world, id).ok_or_else(gone)?;
    let had = person.two_factor();
    let (all, primary) = kind.of(&mut person);
    let at = all.iter().position(|one| one.id == id).ok_or_else(gone)?;
    all.remove(at);
    if primary.as_deref() == Some(id) {
        let next = all.iter().find(|one| one.proof != Proof::Unverified);
        *primary = next.or(all.first()).map(|one| one.id.clone());
    }
    note_factors(&mut person, had, call.now);
    put(world, person, call.now);
    ok(json!({ "object": kind.param(), "id": id, "deleted": true }))
}

/// Makes one address the only one of its kind.
pub(super) fn replace(world: &mut World, call: &Call<'_>, kind: Kind, user: &str) -> Answer {
    let index = world.find(user)?;
    let body = object(call.body)?;
    let (param, status) = (kind.param(), "identification_status");
    let notify: &[&str] = match kind {
        Kind::Email => &["notify_primary_email_address_changed"],
        Kind::Phone => &[],
    };
    only(&body, &[&[param, status], notify].concat())?;
    let value = text(&body, param)?.flatten();
    let value = kind.checked(&value.ok_or_else(|| missing(param))?)?;
    let stands = text(&body, status)?.flatten();
    let (proof, reserved) = match stands.as_deref().unwrap_or("verified") {
        "verified" => (Proof::Admin, false),
        "reserved" => (Proof::Unverified, true),
        "unverified" => (Proof::Unverified, false),
        _ => {
            let long = format!("{status} must be verified, reserved or unverified.");
            return Err(invalid(status, &long));
        }
    };
    world.free(param, &value, index)?;
    let mut person = world.person(index).into_owned();
    let linked = |one: &Identifier| user_json::linked(&person, one) != json!([]);
    if kind == Kind::Email && person.emails.iter().any(linked) {
        let long = "An email address is linked to a connected account; remove that account first.";
        return Err(error(400, "bad_request", "Bad request", long, &json!({})));
    }
    let had = person.two_factor();
    let new = Identifier {
        proof,
        reserved,
        ..fresh(world, index, kind, value, call.now)
    };
    let id = new.id.clone();
    let (all, primary) = kind.of(&mut person);
    *all = vec![new];
    *primary = Some(id.clone());
    note_factors(&mut person, had, call.now);
    put(world, person, call.now);
    kind.answer(world, index, &id)
}

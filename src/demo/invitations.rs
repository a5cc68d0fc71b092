//! Invitations to sign up: a few are there from the start.

use super::contacts::Kind;
use super::dice::id;
use super::params::{flag, object, only, text};
use super::reply::{Answer, Reply, error, invalid, missing, not_found, ok, taken};
use super::route::Call;
use super::sketch::{DAY, HOUR};
use super::switches::Quirk;
use super::tokens::{link, ticket};
use super::world::World;
use super::writes::given;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug)]
pub(super) struct Invitation {
    id: String,
    email: String,
    /// `pending`, `accepted` or `revoked`; time makes the first one `expired`
    status: &'static str,
    metadata: Map<String, Value>,
    created_at: i64,
    updated_at: i64,
    expires_at: i64,
}

/// What `status` may be asked for.
const STATES: &[&str] = &["pending", "accepted", "revoked", "expired"];
/// How long an invitation holds unless it says so, in days.
const DAYS: i64 = 30;
/// Who was invited before the start: how long ago, in hours, and what became of it.
const INVITED: &[(&str, i64, &str)] = &[
    ("ada@brightpath.example", 3, "pending"),
    ("grace@brightpath.example", 27, "pending"),
    ("linus@nordlicht.example", 90, "pending"),
    ("\u{1b}[31mred@mail.example", 200, "pending"),
    ("margaret@kumo.example", 300, "accepted"),
    ("dennis@quietriver.example", 400, "revoked"),
    ("barbara@oficina.example", 900, "pending"),
];

/// The invitations of the start, the oldest first.
pub(super) fn all(seed: u64, now: i64) -> Vec<Invitation> {
    let rows = INVITED.iter().enumerate().rev();
    rows.map(|(n, (email, hours, status))| {
        let created_at = now - hours * HOUR;
        Invitation {
            id: id(seed, "inv", n as u64),
            email: (*email).to_owned(),
            status,
            metadata: Map::new(),
            created_at,
            updated_at: created_at,
            expires_at: created_at + DAYS * DAY,
        }
    })
    .collect()
}

impl Invitation {
    fn status(&self, now: i64) -> &'static str {
        if self.status == "pending" && self.expires_at <= now {
            "expired"
        } else {
            self.status
        }
    }

    fn json(&self, seed: u64, now: i64) -> Value {
        let status = self.status(now);
        let mut body = json!({
            "object": "invitation",
            "id": self.id,
            "email_address": self.email,
            "public_metadata": self.metadata,
            "revoked": status == "revoked",
            "status": status,
            "expires_at": self.expires_at,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        });
        if status == "pending" {
            body["url"] = link(&ticket(seed, &self.id)).into();
        }
        body
    }
}

pub(super) fn list(world: &World, call: &Call<'_>) -> Answer {
    let page = call.params.page(call.has(Quirk::ShortRows))?;
    let status = call.params.one("status");
    if status.is_some_and(|status| !STATES.contains(&status)) {
        return Err(invalid(
            "status",
            "status is not one an invitation can have.",
        ));
    }
    let query = call.params.one("query").unwrap_or_default().to_lowercase();
    let order = call.params.one("order_by").unwrap_or("-created_at");
    let mut rows: Vec<&Invitation> = world
        .invitations
        .iter()
        .filter(|one| match status {
            Some(status) => one.status(call.now) == status,
            None => one.status != "revoked",
        })
        .filter(|one| one.email.contains(&query) || one.id.to_lowercase().contains(&query))
        .collect();
    match order.trim_start_matches(['+', '-']) {
        "created_at" => rows.sort_by_key(|one| one.created_at),
        "expires_at" => rows.sort_by_key(|one| one.expires_at),
        "email_address" => rows.sort_by(|a, b| a.email.cmp(&b.email)),
        _ => {
            let long = format!("{order} is not a field invitations can be ordered by.");
            return Err(invalid("order_by", &long));
        }
    }
    if order.starts_with('-') {
        rows.reverse();
    }
    let total = rows.len();
    let rows = rows.into_iter().skip(page.offset).take(page.limit);
    let rows: Value = rows
        .map(|one| one.json(world.maker.seed, call.now))
        .collect();
    let paginated = call.params.yes("paginated")?.unwrap_or(false);
    if paginated || call.has(Quirk::WrapUsers) {
        return ok(json!({ "data": rows, "total_count": total }));
    }
    ok(rows)
}

const KNOWN: &[&str] = &[
    "email_address",
    "expires_in_days",
    "ignore_existing",
    "notify",
    "public_metadata",
    "redirect_url",
    "template_slug",
];

pub(super) fn create(world: &mut World, call: &Call<'_>) -> Answer {
    let body = object(call.body)?;
    only(&body, KNOWN)?;
    let email = text(&body, "email_address")?.flatten();
    let email = Kind::Email.checked(&email.ok_or_else(|| missing("email_address"))?)?;
    let days = days(&body)?;
    let redirect = text(&body, "redirect_url")?.flatten();
    if redirect.is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(invalid("redirect_url", "redirect_url must be a URL."));
    }
    let template = text(&body, "template_slug")?.flatten();
    if template.is_some_and(|slug| slug != "invitation" && slug != "waitlist_invitation") {
        let long = "template_slug must be invitation or waitlist_invitation.";
        return Err(invalid("template_slug", long));
    }
    flag(&body, "notify")?;
    if flag(&body, "ignore_existing")? != Some(true) {
        let open = |one: &&Invitation| one.email == email && one.status(call.now) == "pending";
        if world.invitations.iter().any(|one| open(&one)) {
            let long = format!(
                "There are already pending invitations for the following email addresses: {email}"
            );
            let meta = json!({ "email_addresses": [email] });
            return Err(error(
                400,
                "duplicate_record",
                "duplicate invitation",
                &long,
                &meta,
            ));
        }
        if world.owner("email_address", &email).is_some() {
            return Err(taken("email_address"));
        }
    }
    let seed = world.maker.seed;
    let new = Invitation {
        id: id(seed, "inv", world.invitations.len() as u64),
        email,
        status: "pending",
        metadata: given(&body, "public_metadata")?.unwrap_or_default(),
        created_at: call.now,
        updated_at: call.now,
        expires_at: call.now + days * DAY,
    };
    let answer = new.json(seed, call.now);
    world.invitations.push(new);
    ok(answer)
}

fn days(body: &Map<String, Value>) -> Result<i64, Reply> {
    let name = "expires_in_days";
    match body.get(name) {
        None | Some(Value::Null) => Ok(DAYS),
        Some(value) => value
            .as_i64()
            .filter(|days| (1..=365).contains(days))
            .ok_or_else(|| invalid(name, "expires_in_days must be between 1 and 365.")),
    }
}

pub(super) fn revoke(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let seed = world.maker.seed;
    let found = world.invitations.iter_mut().find(|one| one.id == id);
    let one = found.ok_or_else(|| not_found("invitation", id))?;
    let (code, text) = match one.status {
        "revoked" => (
            "invitation_already_revoked",
            "Invitation is already revoked.",
        ),
        "accepted" => (
            "invitation_already_accepted",
            "Invitation is already accepted, try signing in instead.",
        ),
        _ => {
            one.status = "revoked";
            one.updated_at = call.now;
            return ok(one.json(seed, call.now));
        }
    };
    Err(error(400, code, text, text, &json!({})))
}

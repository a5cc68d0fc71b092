//! Sessions: one to six for whoever ever signed in.

use super::cast::{CHEN_SESSIONS, Part};
use super::dice::{Dice, id};
use super::maker::Maker;
use super::places::{CITIES, DEVICES, address};
use super::sketch::{DAY, MINUTE};
use serde_json::{Value, json};

/// At most so many sessions belong to one person.
pub(super) const MOST: u64 = 8;
/// What `status` may be asked for.
pub(super) const STATES: &[&str] = &[
    "active",
    "revoked",
    "ended",
    "expired",
    "removed",
    "abandoned",
    "replaced",
    "pending",
];

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub id: String,
    pub user_id: String,
    pub client_id: String,
    pub status: &'static str,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_active_at: i64,
    pub expire_at: i64,
    actor: Option<String>,
    activity_id: String,
    device: usize,
    city: usize,
    ip: String,
}

/// The sessions of person `index`, newest first.
pub(super) fn of(maker: &Maker, index: u32) -> Vec<Session> {
    let sketch = maker.sketch(index);
    let Some(newest) = sketch.last_sign_in_at else {
        return vec![];
    };
    let seed = maker.seed;
    let mut dice = Dice::new(seed, "sessions", u64::from(index));
    let count = 1 + dice.below(4) + u64::from(dice.chance(25)) + u64::from(dice.chance(10));
    let chen = maker.cast.part(index) == Some(Part::AliceChen);
    let count = if chen {
        CHEN_SESSIONS.len() as u64
    } else {
        count
    };
    let gap = (newest - sketch.created_at) / count as i64;
    let mut rows: Vec<Session> = (0..count)
        .map(|n| {
            let number = u64::from(index) * MOST + n;
            let created_at = newest - gap * n as i64 - dice.below(1 + gap as u64 / 2) as i64;
            let created_at = if n == 0 { newest } else { created_at };
            let status = if dice.chance(78) {
                "active"
            } else {
                dice.pick(&STATES[1..])
            };
            let mut row = Session {
                id: id(seed, "sess", number),
                user_id: maker.user_id(index),
                client_id: id(seed, "client", number),
                status,
                created_at,
                updated_at: created_at,
                last_active_at: created_at
                    + dice.below(1 + (maker.now - created_at).min(5 * DAY) as u64) as i64,
                expire_at: 0,
                actor: dice.chance(2).then(|| id(seed, "user", dice.below(50))),
                activity_id: id(seed, "sess_activity", number),
                device: dice.below(DEVICES.len() as u64) as usize,
                city: dice.below(CITIES.len() as u64) as usize,
                ip: address(&mut dice),
            };
            if let (true, Some(&(ago, status, device, city, ip))) =
                (chen, CHEN_SESSIONS.get(n as usize))
            {
                row.created_at = (maker.now - ago).max(sketch.created_at);
                row.last_active_at = row.created_at + 40 * MINUTE;
                (row.status, row.device, row.city) = (status, device, city);
                ip.clone_into(&mut row.ip);
                row.actor = None;
            }
            if sketch.banned && row.status == "active" {
                row.status = "revoked";
            }
            row.last_active_at = row.last_active_at.min(maker.now);
            row.updated_at = row.last_active_at;
            row.expire_at = if matches!(row.status, "active" | "pending") {
                maker.now + 7 * DAY - row.last_active_at.rem_euclid(DAY)
            } else {
                row.created_at + 7 * DAY
            };
            row
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
    rows
}

impl Session {
    /// Ends a session that could still be used.
    pub fn revoke(&mut self, now: i64) {
        if matches!(self.status, "active" | "pending") {
            self.status = "revoked";
            self.updated_at = now;
        }
    }

    /// The status as a place in `STATES`.
    pub fn state(&self) -> u8 {
        STATES.iter().position(|s| *s == self.status).unwrap_or(0) as u8
    }

    pub fn json(&self) -> Value {
        let (device, mobile, browser, version) = DEVICES[self.device];
        let (city, country) = CITIES[self.city];
        let actor = self.actor.as_ref().map(|sub| json!({ "sub": sub }));
        let tasks = (self.status == "pending").then(|| json!([{ "key": "choose-organization" }]));
        json!({
            "object": "session",
            "id": self.id,
            "user_id": self.user_id,
            "client_id": self.client_id,
            "actor": actor,
            "status": self.status,
            "last_active_organization_id": null,
            "last_active_at": self.last_active_at,
            "latest_activity": {
                "object": "session_activity",
                "id": self.activity_id,
                "device_type": device,
                "is_mobile": mobile,
                "browser_name": browser,
                "browser_version": version,
                "ip_address": self.ip,
                "city": city,
                "country": country,
            },
            "expire_at": self.expire_at,
            "abandon_at": self.expire_at + 23 * DAY,
            "updated_at": self.updated_at,
            "created_at": self.created_at,
            "tasks": tasks,
        })
    }
}

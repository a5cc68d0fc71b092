//! The people everybody meets: five Alices, and those whose names are attacks.

use super::dice::topic;
use super::person::{Person, Proof};
use super::sketch::{DAY, HOUR, Kind, Lock, Sketch};
use serde_json::json;
use std::collections::HashMap;

/// The id that documentation and tests may rely on.
pub(super) const ALICE: &str = "user_2abc123";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    AliceChen,
    AliceNg,
    AliceOkafor,
    AliceMueller,
    AliceFontaine,
    Hostile(usize),
}

/// First name, last name: what strangers put there.
const HOSTILE: &[(&str, &str)] = &[
    ("\u{1b}[31mRed", "Alert\u{1b}[0m"),
    ("\u{1b}]52;c;cm0gLXJmIC8=\u{7}Clip", "Board"),
    ("\u{9b}2J\u{9d}0;owned\u{9c}", "C1"),
    ("\u{202e}gnp.exe", "Override\u{202c}"),
    ("\u{2066}Isolated\u{2067}", "\u{200f}Marks\u{200e}"),
    (
        "👩\u{200d}👩\u{200d}👧\u{200d}👦",
        "🏳\u{fe0f}\u{200d}🌈 Family",
    ),
    ("Line\nBreak", "Tab\tCarriage\r"),
    ("Z̷̢̛̙̪͙͎̝̟̠͚̾̀͊̈́̐̕a̵̛̲̱͉͖̘̪̅̽̊̿̾̚͝l̶̛̥̞͎̰̯̈́͋̿̔̕͝ͅ", "g̸̢̛̝̞͚̱͔̀̓̅̿̚͝o̷̡̧̜͓̬͌̈́̽͊͐͘"),
    ("مرحبا بالعالم", "שלום עולם"),
    ("=HYPERLINK(\"https://evil.example\")", "+1+1"),
    ("{{7*7}}", "'; DROP TABLE users;--"),
    ("\u{0}Nul", "\u{7f}Del"),
    ("ﷺ﷽", "𒐫𒈙⸻"),
    (" \u{a0}\u{3000}", "\u{200b}\u{feff}"),
];
/// One more, too long for any column.
const LONG: usize = 200;

/// Who plays which part, by index.
pub(super) struct Cast(HashMap<u32, Part>);

impl Cast {
    pub fn of(users: u32) -> Self {
        let mut cast = Self(HashMap::new());
        let far = |thousandth: u64| (u64::from(users) * thousandth / 1000) as u32;
        let alices = [
            (4, Part::AliceChen),
            (far(230), Part::AliceNg),
            (far(70), Part::AliceOkafor),
            (far(480), Part::AliceMueller),
            (far(760), Part::AliceFontaine),
        ];
        for (index, part) in alices {
            cast.place(index, part, users);
        }
        for n in 0..=HOSTILE.len() {
            cast.place(11 + 17 * n as u32, Part::Hostile(n), users);
        }
        cast
    }

    fn place(&mut self, index: u32, part: Part, users: u32) {
        if let Some(free) = (index..users).find(|i| !self.0.contains_key(i)) {
            self.0.insert(free, part);
        }
    }

    pub fn part(&self, index: u32) -> Option<Part> {
        self.0.get(&index).copied()
    }

    pub fn index_of(&self, part: Part) -> Option<u32> {
        self.0.iter().find(|(_, p)| **p == part).map(|(i, _)| *i)
    }
}

impl Part {
    /// What the part asks of dates and states.
    pub fn sketch(self, mut sketch: Sketch, now: i64) -> Sketch {
        match self {
            Self::AliceChen => {
                sketch.kind = Kind::Password;
                sketch.last_sign_in_at = Some(now - 2 * HOUR);
                sketch.last_active_at = Some(super::sketch::day(now));
                sketch.updated_at = now - 2 * HOUR;
                (sketch.banned, sketch.lock) = (false, Lock::Open);
            }
            Self::AliceNg => {
                sketch.kind = Kind::Password;
                (sketch.banned, sketch.lock) = (true, Lock::Open);
            }
            Self::AliceOkafor => {
                sketch.kind = Kind::OAuth;
                (sketch.banned, sketch.lock) = (false, Lock::Until(now + 47 * 60_000));
            }
            Self::AliceMueller => {
                sketch.kind = Kind::Password;
                (sketch.banned, sketch.lock) = (false, Lock::Open);
                (sketch.last_sign_in_at, sketch.last_active_at) = (None, None);
            }
            Self::AliceFontaine => {
                sketch.kind = Kind::PhoneOnly;
                (sketch.banned, sketch.lock) = (false, Lock::Open);
            }
            Self::Hostile(_) => (sketch.banned, sketch.lock) = (false, Lock::Open),
        }
        // Whoever is moved about was there before.
        if let Some(at) = sketch.last_sign_in_at {
            sketch.last_sign_in_at = Some(at.max(sketch.created_at));
        }
        sketch.updated_at = sketch.updated_at.max(sketch.created_at);
        sketch
    }

    /// The person behind the part.
    pub fn person(self, seed: u64, sketch: Sketch) -> Person {
        let named = |first: &str, last: &str| {
            let mut person = Person::bare(seed, sketch);
            person.first_name = Some(first.to_owned());
            person.last_name = Some(last.to_owned());
            person.locale = Some("en-GB".to_owned());
            person
        };
        match self {
            Self::AliceChen => chen(seed, named("Alice", "Chen")),
            Self::AliceNg => {
                let mut alice = named("Alice", "Ng");
                alice.username = Some("ng.a".to_owned());
                alice.add_email(seed, "alice.ng@example.org".to_owned(), Proof::Code);
                with_password(alice)
            }
            Self::AliceOkafor => {
                let mut alice = named("Alice", "Okafor");
                let address = "a.okafor@example.net".to_owned();
                alice.add_email(seed, address.clone(), Proof::OAuth("oauth_github"));
                alice.add_social(seed, "oauth_github", address);
                alice.has_image = true;
                alice
            }
            Self::AliceMueller => {
                let mut alice = named("Alice", "Müller");
                let address = "alice.mueller@nordlicht.example".to_owned();
                alice.add_email(seed, address, Proof::Unverified);
                with_password(alice)
            }
            Self::AliceFontaine => {
                let mut alice = named("Alice", "Fontaine");
                alice.add_phone(seed, "+33555123410".to_owned(), Proof::Code);
                alice
            }
            Self::Hostile(n) => hostile(seed, sketch, n),
        }
    }
}

fn with_password(mut person: Person) -> Person {
    person.password = true;
    person.password_updated_at = Some(person.sketch.created_at);
    person
}

fn chen(seed: u64, mut alice: Person) -> Person {
    ALICE.clone_into(&mut alice.id);
    alice.username = Some("alicec".to_owned());
    alice.external_id = Some("crm-4411".to_owned());
    let address = "alice@example.com".to_owned();
    alice.add_email(seed, address.clone(), Proof::OAuth("oauth_google"));
    alice.add_email(seed, "alice.old@example.com".to_owned(), Proof::Unverified);
    alice.add_phone(seed, "+495551234410".to_owned(), Proof::Code);
    alice.add_social(seed, "oauth_google", address);
    alice.totp = true;
    alice.backup_codes = true;
    alice.mfa_enabled_at = Some(alice.sketch.created_at);
    alice.has_image = true;
    alice.legal_accepted_at = Some(alice.sketch.created_at);
    let maps = [
        json!({ "plan": "pro", "seats": 5, "features": { "exports": true, "sso": false } }),
        json!({ "stripe_id": "cus_4411", "support": { "tier": 2, "notes": ["Prefers e-mail"] } }),
        json!({ "theme": "dark", "onboarded": true }),
    ];
    alice.metadata = Some(Box::new(
        maps.map(|map| map.as_object().cloned().unwrap_or_default()),
    ));
    with_password(alice)
}

fn hostile(seed: u64, sketch: Sketch, n: usize) -> Person {
    let mut person = Person::of(seed, sketch);
    match HOSTILE.get(n) {
        Some((first, last)) => {
            person.first_name = Some((*first).to_owned());
            person.last_name = Some((*last).to_owned());
        }
        None => {
            person.first_name = Some("Wolfeschlegelsteinhausen".repeat(9)[..LONG].to_owned());
        }
    }
    let mut map = serde_json::Map::new();
    map.insert("note\u{1b}[2J".into(), "\u{202e}evil\u{1b}]0;x\u{7}".into());
    map.insert("n".into(), (topic("n") % 97).into());
    let empty = serde_json::Map::new;
    person.metadata = Some(Box::new([map, empty(), empty()]));
    person
}

/// How long ago the earlier sessions of Alice Chen began, and how they stand.
pub(super) const CHEN_SESSIONS: &[(i64, &str, usize, usize, &str)] = &[
    (2 * HOUR, "active", 5, 0, "203.0.113.7"),
    (26 * HOUR, "active", 6, 1, "2001:db8:4411::7"),
    (2 * DAY, "ended", 2, 0, "203.0.113.7"),
];

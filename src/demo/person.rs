//! One person, whole: made from a sketch, changed by writes.

use super::dice::{Dice, id, shuffle};
use super::metadata;
use super::names::{EACH, LANGUAGES, Language, Name};
use super::sketch::{Kind, Lock, Sketch};
use serde_json::{Map, Value};

/// How many numbers of `idn_` ids each person has: 16 each for e-mail addresses,
/// phone numbers and wallets (the latter share theirs with linked accounts), and
/// the rest for passkeys.
pub(super) const SLOTS: u64 = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    Unverified,
    Code,
    Admin,
    OAuth(&'static str),
    Saml,
}

/// An e-mail address, a phone number or a wallet.
#[derive(Clone, Debug)]
pub(super) struct Identifier {
    pub id: String,
    pub value: String,
    pub proof: Proof,
    /// Set on a phone number that is used as a second factor.
    pub second_factor: bool,
    pub reserved: bool,
    pub created_at: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Social {
    pub id: String,
    pub identification_id: String,
    pub provider: &'static str,
    pub provider_user_id: String,
    pub email: String,
    pub created_at: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Passkey {
    pub id: String,
    pub name: &'static str,
    pub last_used_at: i64,
}

/// An account with a company's own sign-in.
#[derive(Clone, Debug)]
pub(super) struct Enterprise {
    pub id: String,
    pub email: String,
}

/// The three kinds of metadata: public, private, unsafe.
pub(super) type Metadata = [Map<String, Value>; 3];

#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "as the API has them")]
pub(super) struct Person {
    pub sketch: Sketch,
    pub id: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub external_id: Option<String>,
    pub locale: Option<String>,
    pub emails: Vec<Identifier>,
    pub phones: Vec<Identifier>,
    pub wallets: Vec<Identifier>,
    pub primary_email: Option<String>,
    pub primary_phone: Option<String>,
    pub primary_wallet: Option<String>,
    pub socials: Vec<Social>,
    pub passkeys: Vec<Passkey>,
    pub enterprise: Option<Enterprise>,
    pub password: bool,
    pub totp: bool,
    pub backup_codes: bool,
    pub mfa_enabled_at: Option<i64>,
    pub mfa_disabled_at: Option<i64>,
    pub password_updated_at: Option<i64>,
    pub legal_accepted_at: Option<i64>,
    pub has_image: bool,
    pub delete_self: bool,
    pub create_organization: bool,
    pub organizations_limit: Option<i64>,
    pub bypass_client_trust: bool,
    /// `None` until somebody changes it: made when it is asked for.
    pub metadata: Option<Box<Metadata>>,
}

const DOMAINS: &[&str] = &[
    "example.org",
    "example.net",
    "mail.example",
    "brightpath.example",
    "nordlicht.example",
    "quietriver.example",
    "kumo.example",
    "oficina.example",
    "a-rather-long-company-name-with-many-words.example",
];
pub(super) const PROVIDERS: &[&str] = &[
    "oauth_google",
    "oauth_github",
    "oauth_microsoft",
    "oauth_apple",
];
const KEYS: &[&str] = &[
    "iPhone 17",
    "Windows Hello",
    "YubiKey 5C",
    "Pixel 10",
    "MacBook Air",
];

impl Person {
    /// Somebody with nothing but an id and dates.
    pub fn bare(seed: u64, sketch: Sketch) -> Self {
        Self {
            id: id(seed, "user", u64::from(sketch.index)),
            sketch,
            first_name: None,
            last_name: None,
            username: None,
            external_id: None,
            locale: None,
            emails: vec![],
            phones: vec![],
            wallets: vec![],
            primary_email: None,
            primary_phone: None,
            primary_wallet: None,
            socials: vec![],
            passkeys: vec![],
            enterprise: None,
            password: false,
            totp: false,
            backup_codes: false,
            mfa_enabled_at: None,
            mfa_disabled_at: None,
            password_updated_at: None,
            legal_accepted_at: None,
            has_image: false,
            delete_self: true,
            create_organization: true,
            organizations_limit: None,
            bypass_client_trust: false,
            metadata: None,
        }
    }

    /// The person the seed has in mind for this sketch.
    pub fn of(seed: u64, sketch: Sketch) -> Self {
        let mut person = Self::bare(seed, sketch);
        let index = u64::from(sketch.index);
        let mut dice = Dice::new(seed, "person", index);
        let (language, first, last, round) = names(seed, index);
        let (first_name, last_name) = shown(&mut dice, first, last);
        person.first_name = first_name.map(str::to_owned);
        person.last_name = last_name.map(str::to_owned);
        person.locale = dice.chance(40).then(|| language.locale.to_owned());
        person.username = dice.chance(45).then(|| format!("{}{index}", first.latin));
        person.external_id = dice.chance(30).then(|| format!("crm-{}", 10_000 + index));
        if sketch.kind == Kind::PhoneOnly || dice.chance(22) {
            person.add_phone(seed, phone(seed, index, language), Proof::Code);
        }
        if sketch.kind != Kind::PhoneOnly {
            let round = if round == 0 {
                String::new()
            } else {
                round.to_string()
            };
            let domain = dice.pick(DOMAINS);
            let address = format!("{}.{}{round}@{domain}", first.latin, last.latin);
            person.emails_and_ways_in(seed, address, &mut dice);
        }
        person.second_factors(seed, &mut dice);
        person.has_image = dice.chance(40);
        person.legal_accepted_at = dice.chance(60).then_some(sketch.created_at);
        person.delete_self = dice.chance(90);
        person.create_organization = dice.chance(85);
        person
    }

    /// The name that `of` gives.
    pub fn name(seed: u64, index: u32) -> (Option<&'static str>, Option<&'static str>) {
        let index = u64::from(index);
        let (_, first, last, _) = names(seed, index);
        shown(&mut Dice::new(seed, "person", index), first, last)
    }

    fn emails_and_ways_in(&mut self, seed: u64, address: String, dice: &mut Dice) {
        let created_at = self.sketch.created_at;
        let index = u64::from(self.sketch.index);
        match self.sketch.kind {
            Kind::OAuth => {
                let provider: &'static str = dice.pick::<&str>(PROVIDERS);
                self.add_email(seed, address.clone(), Proof::OAuth(provider));
                self.add_social(seed, provider, address);
            }
            Kind::Enterprise => {
                self.add_email(seed, address.clone(), Proof::Saml);
                self.enterprise = Some(Enterprise {
                    id: id(seed, "eac", index * 8 + 7),
                    email: address,
                });
            }
            kind => {
                let proof = match dice.below(100) {
                    0..8 => Proof::Unverified,
                    8..14 => Proof::Admin,
                    _ => Proof::Code,
                };
                self.add_email(seed, address.clone(), proof);
                if kind == Kind::Wallet {
                    let wallet = format!("0x{}", dice.text(b"0123456789abcdef", 40));
                    self.add_wallet(seed, wallet, Proof::Code);
                } else {
                    self.password = true;
                    self.password_updated_at = Some(created_at);
                    if dice.chance(20) {
                        self.add_social(seed, dice.pick::<&str>(PROVIDERS), address.clone());
                    }
                }
                if dice.chance(10) {
                    self.add_email(seed, format!("old.{address}"), Proof::Unverified);
                }
            }
        }
    }

    fn second_factors(&mut self, seed: u64, dice: &mut Dice) {
        let from = self.sketch.created_at;
        if self.password && dice.chance(18) {
            self.totp = true;
            self.backup_codes = dice.chance(70);
            self.mfa_enabled_at = Some(from);
        }
        if self.password && dice.chance(25) {
            for phone in &mut self.phones {
                phone.second_factor = true;
                self.mfa_enabled_at = Some(from);
            }
        }
        if dice.chance(9) {
            let used = self.sketch.last_sign_in_at.unwrap_or(from);
            for n in 0..=u64::from(dice.chance(25)) {
                self.passkeys.push(Passkey {
                    id: id(seed, "idn", u64::from(self.sketch.index) * SLOTS + 48 + n),
                    name: dice.pick::<&str>(KEYS),
                    last_used_at: used,
                });
            }
        }
    }

    /// Two-factor sign-in is on when any second factor is there.
    pub fn two_factor(&self) -> bool {
        self.totp || self.phones.iter().any(|phone| phone.second_factor)
    }

    fn identifier(&self, seed: u64, slot: u64, value: String, proof: Proof) -> Identifier {
        Identifier {
            id: id(seed, "idn", u64::from(self.sketch.index) * SLOTS + slot),
            value,
            proof,
            second_factor: false,
            reserved: false,
            created_at: self.sketch.created_at,
        }
    }

    pub fn add_email(&mut self, seed: u64, value: String, proof: Proof) {
        let new = self.identifier(seed, free_slot(seed, self, 0), value, proof);
        self.primary_email.get_or_insert_with(|| new.id.clone());
        self.emails.push(new);
    }

    pub fn add_phone(&mut self, seed: u64, value: String, proof: Proof) {
        let new = self.identifier(seed, free_slot(seed, self, 16), value, proof);
        self.primary_phone.get_or_insert_with(|| new.id.clone());
        self.phones.push(new);
    }

    pub fn add_wallet(&mut self, seed: u64, value: String, proof: Proof) {
        let new = self.identifier(seed, free_slot(seed, self, 32), value, proof);
        self.primary_wallet.get_or_insert_with(|| new.id.clone());
        self.wallets.push(new);
    }

    pub fn add_social(&mut self, seed: u64, provider: &'static str, email: String) {
        let index = u64::from(self.sketch.index);
        let slot = self.socials.len() as u64;
        let mut dice = Dice::new(seed, "social", index * 8 + slot);
        self.socials.push(Social {
            id: id(seed, "eac", index * 8 + slot),
            identification_id: id(seed, "idn", index * SLOTS + 40 + slot),
            provider,
            provider_user_id: dice.text(b"0123456789", 21),
            email,
            created_at: self.sketch.created_at,
        });
    }

    /// How many attempts are left before the lock closes.
    pub fn attempts_left(&self, now: i64) -> i64 {
        if self.sketch.lock.holds(now) && self.sketch.lock != Lock::Forever {
            0
        } else {
            100 - i64::from(self.sketch.index.is_multiple_of(7)) * 3
        }
    }

    /// What the seed says of a person's metadata.
    pub fn metadata(&self, seed: u64) -> Metadata {
        match &self.metadata {
            Some(changed) => (**changed).clone(),
            None => metadata::of(seed, &self.sketch),
        }
    }
}

/// A number of this kind (`from..from + 16`) that the person does not use yet.
fn free_slot(seed: u64, person: &Person, from: u64) -> u64 {
    let index = u64::from(person.sketch.index) * SLOTS;
    let all = [&person.emails, &person.phones, &person.wallets];
    let used = all[(from / 16) as usize];
    (from..from + 16)
        .find(|slot| {
            let id = id(seed, "idn", index + slot);
            used.iter().all(|one| one.id != id)
        })
        .unwrap_or(from + 15)
}

fn names(seed: u64, index: u64) -> (&'static Language, &'static Name, &'static Name, u64) {
    let languages = LANGUAGES.len() as u64;
    let each = EACH as u64;
    let all = languages * each * each;
    let round = index / all;
    let pick = shuffle(index % all, all, seed ^ round);
    let language = &LANGUAGES[(pick % languages) as usize];
    let first = &language.firsts[((pick / languages) % each) as usize];
    let last = &language.lasts[(pick / languages / each) as usize];
    (language, first, last, round)
}

/// What people give of their name.
fn shown(
    dice: &mut Dice,
    first: &'static Name,
    last: &'static Name,
) -> (Option<&'static str>, Option<&'static str>) {
    if !dice.chance(96) {
        return (None, None);
    }
    (Some(first.native), dice.chance(97).then_some(last.native))
}

/// A number that rings nowhere: 555, then seven digits nobody else has.
fn phone(seed: u64, index: u64, language: &Language) -> String {
    let digits = shuffle(index % 10_000_000, 10_000_000, seed ^ 5);
    format!("+{}555{digits:07}", language.dial)
}

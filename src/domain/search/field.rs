//! The words of the language: one table, from which reading, completion and help are made.

use super::{Fact, Scope};

use Scope::{Organizations, Sessions, Users};

/// What may stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `email:`
    Email,
    /// `phone:`
    Phone,
    /// `username:`
    Username,
    /// `name:`
    Name,
    /// `id:`, of what the view lists
    Id,
    /// `ext:`
    External,
    /// `wallet:`
    Wallet,
    /// `org:`
    Organization,
    /// `provider:`
    Provider,
    /// `is:`
    Is,
    /// `has:`
    Has,
    /// `meta:`
    Metadata,
    /// `user:`
    User,
    /// `ip:`
    Ip,
    /// `country:`
    Country,
    /// `city:`
    City,
    /// `device:`
    Device,
    /// `created:`
    Created,
    /// `active:`
    Active,
    /// `signin:`
    SignedIn,
}

/// What there is to know of a field.
#[derive(Clone, Copy, Debug)]
pub struct FieldHelp {
    /// Which field.
    pub field: Field,
    /// The word, without its colon.
    pub word: &'static str,
    /// What it asks for, in one line.
    pub about: &'static str,
    /// The views in which it works.
    pub scopes: &'static [Scope],
    /// Where a `-` before it leaves out whoever matches.
    pub negates: &'static [Scope],
    /// How it is written, each a whole word of a search.
    pub examples: &'static [&'static str],
}

const ALL: &[Scope] = &[Users, Sessions, Organizations];

const fn row(
    field: Field,
    word: &'static str,
    scopes: &'static [Scope],
    negates: &'static [Scope],
    about: &'static str,
    examples: &'static [&'static str],
) -> FieldHelp {
    FieldHelp {
        field,
        word,
        about,
        scopes,
        negates,
        examples,
    }
}

/// All fields, in the order in which help and completion give them.
#[rustfmt::skip]
pub const FIELDS: &[FieldHelp] = &[
    row(Field::Email, "email", &[Users], &[],
        "part of an e-mail address; with = the whole", &["email:alice@", "email:=alice@example.com"]),
    row(Field::Phone, "phone", &[Users], &[],
        "part of a phone number; with = the whole", &["phone:170", "phone:=+491701234567"]),
    row(Field::Username, "username", &[Users], &[],
        "part of a username; with = the whole", &["username:ali", "username:=alice"]),
    row(Field::Name, "name", &[Users], &[],
        "part of a first or last name", &["name:chen"]),
    row(Field::Id, "id", ALL, ALL,
        "the whole id of what the view lists", &["id:user_2abc123"]),
    row(Field::External, "ext", &[Users], &[Users],
        "the whole external id", &["ext:crm-4411"]),
    row(Field::Wallet, "wallet", &[Users], &[],
        "the whole address of a wallet", &["wallet:0x71C7656EC7"]),
    row(Field::Organization, "org", &[Users], &[Users],
        "members of an organization, by its id, slug or name", &["org:acme", "org:\"Acme Research\""]),
    row(Field::Provider, "provider", &[Users], &[],
        "who signs in with this account at a provider", &["provider:google/123"]),
    row(Field::Is, "is", &[Users, Sessions], &[Users, Sessions],
        "a state that holds", &["is:banned", "-is:banned"]),
    row(Field::Has, "has", &[Users], &[Users],
        "something that is there", &["has:password", "-has:phone"]),
    row(Field::Metadata, "meta", &[Users], &[Users],
        "a key of the metadata, also with its value", &["meta:plan=pro", "meta:billing.seats=5", "meta:plan"]),
    row(Field::User, "user", &[Sessions], &[Sessions],
        "sessions of one person, by the whole id", &["user:user_2abc123"]),
    row(Field::Ip, "ip", &[Sessions], &[Sessions],
        "an IP address or its beginning", &["ip:203.0.113.7", "ip:203.0.113."]),
    row(Field::Country, "country", &[Sessions], &[Sessions],
        "a country or its beginning", &["country:DE"]),
    row(Field::City, "city", &[Sessions], &[Sessions],
        "part of the name of a city", &["city:berlin"]),
    row(Field::Device, "device", &[Sessions], &[Sessions],
        "part of a browser or kind of device", &["device:firefox"]),
    row(Field::Created, "created", ALL, &[Sessions, Organizations],
        "when it began: longer ago than, within, or days",
        &["created:>30d", "created:<2h", "created:today", "created:yesterday",
          "created:2026-01-01", "created:2026-01", "created:2026-01-01..2026-02-01"]),
    row(Field::Active, "active", &[Users, Sessions], &[Sessions],
        "when it was last active (of a person: the day only)",
        &["active:>90d", "active:<7d", "active:today", "active:yesterday",
          "active:never", "active:2026-01", "active:2026-01-01..2026-02-01"]),
    row(Field::SignedIn, "signin", &[Users], &[],
        "when somebody last signed in",
        &["signin:>90d", "signin:<2h", "signin:today", "signin:yesterday",
          "signin:never", "signin:2026-01", "signin:2026-01-01..2026-02-01"]),
];

impl Field {
    /// Its row of the table.
    ///
    /// # Panics
    /// Never: a test holds that each field has a row.
    pub fn help(self) -> &'static FieldHelp {
        let row = FIELDS.iter().find(|row| row.field == self);
        row.expect("each field has a row")
    }

    /// How it is written in a view, each a whole word of a search.
    pub fn examples_in(self, scope: Scope) -> &'static [&'static str] {
        match (self, scope) {
            (Self::Id, Scope::Sessions) => &["id:sess_2abc123"],
            (Self::Id, Scope::Organizations) => &["id:org_2abc123"],
            (Self::Is, Scope::Sessions) => &["is:impersonated", "-is:impersonated"],
            _ => self.help().examples,
        }
    }

    /// The field that a word names, in whatever case.
    pub fn named(word: &str) -> Option<Self> {
        let row = FIELDS
            .iter()
            .find(|row| row.word.eq_ignore_ascii_case(word));
        row.map(|row| row.field)
    }

    /// Whether it works in a view.
    pub fn works_in(self, scope: Scope) -> bool {
        self.help().scopes.contains(&scope)
    }

    /// Whether a `-` before it leaves out whoever matches. A range of times of a
    /// user cannot be left out, but `never` can.
    pub fn negates_in(self, scope: Scope) -> bool {
        self.help().negates.contains(&scope)
    }
}

/// What `is:` and `has:` can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Of a user.
    Fact(Fact),
    /// Of a session: somebody else acts as the user.
    Impersonated,
}

/// What there is to know of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagHelp {
    /// `is` or `has`
    pub field: Field,
    /// The value, such as `banned`.
    pub word: &'static str,
    /// What is asked.
    pub flag: Flag,
    /// What it means, in one line.
    pub about: &'static str,
    /// The view in which it works.
    pub scope: Scope,
}

const fn fact(field: Field, word: &'static str, fact: Fact, about: &'static str) -> FlagHelp {
    FlagHelp {
        field,
        word,
        flag: Flag::Fact(fact),
        about,
        scope: Users,
    }
}

/// All values of `is:` and `has:`.
#[rustfmt::skip]
pub const FLAGS: &[FlagHelp] = &[
    fact(Field::Is, "banned", Fact::Banned, "cannot sign in at all"),
    fact(Field::Is, "locked", Fact::Locked, "locked after too many attempts, or by hand"),
    fact(Field::Is, "mfa", Fact::Mfa, "signs in with a second factor"),
    fact(Field::Is, "unverified", Fact::Unverified, "no address or number is verified"),
    fact(Field::Is, "deprovisioned", Fact::Deprovisioned, "taken out by a company's directory"),
    FlagHelp {
        field: Field::Is, word: "impersonated", flag: Flag::Impersonated,
        about: "somebody else acts as this person", scope: Sessions,
    },
    fact(Field::Has, "password", Fact::Password, "can sign in with a password"),
    fact(Field::Has, "email", Fact::Email, "an e-mail address"),
    fact(Field::Has, "phone", Fact::Phone, "a phone number"),
    fact(Field::Has, "username", Fact::Username, "a username"),
    fact(Field::Has, "name", Fact::Name, "a first or last name"),
    fact(Field::Has, "passkey", Fact::Passkey, "a passkey"),
    fact(Field::Has, "linked", Fact::Linked, "an account at a provider, such as Google"),
    fact(Field::Has, "enterprise", Fact::Enterprise, "an account at a company's identity provider"),
    fact(Field::Has, "wallet", Fact::Wallet, "a wallet"),
];

impl Flag {
    /// Its row of the table; `None` for facts that no flag asks for.
    pub fn help(self) -> Option<&'static FlagHelp> {
        FLAGS.iter().find(|row| row.flag == self)
    }

    /// The values of `is:` or `has:` that work in a view.
    pub fn of(field: Field, scope: Scope) -> impl Iterator<Item = &'static FlagHelp> {
        FLAGS
            .iter()
            .filter(move |row| row.field == field && row.scope == scope)
    }
}

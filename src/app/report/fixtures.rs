//! People for the tests.

use serde_json::json;

use crate::domain::*;

use super::super::Clock;

/// A time from its RFC 3339 text.
pub fn at(text: &str) -> Timestamp {
    let instant: jiff::Timestamp = text.parse().unwrap();
    Timestamp::from_millis(instant.as_millisecond())
}

/// Three in the afternoon, in UTC.
pub fn clock() -> Clock {
    Clock::utc(at("2026-11-23T15:00:00Z"))
}

/// Somebody of whom nothing is known but the id.
pub fn nobody() -> User {
    User {
        id: UserId::new("user_2abc123").unwrap(),
        external_id: None,
        username: None,
        first_name: None,
        last_name: None,
        emails: Vec::new(),
        phones: Vec::new(),
        wallets: Vec::new(),
        passkeys: Vec::new(),
        accounts: Vec::new(),
        enterprise: Vec::new(),
        password: false,
        password_updated: None,
        two_factor: false,
        totp: false,
        backup_codes: false,
        banned: false,
        locked: false,
        locked_until: None,
        attempts_left: None,
        deprovisioned: false,
        created: None,
        updated: None,
        last_sign_in: None,
        last_active: None,
        mfa_enabled: None,
        mfa_disabled: None,
        legal_accepted: None,
        locale: None,
        may_delete_self: false,
        may_create_organizations: false,
        organizations_limit: None,
        public_metadata: Json::default(),
        private_metadata: Json::default(),
        unsafe_metadata: Json::default(),
        raw: Json::default(),
        read_at: at("2026-11-23T15:00:00Z"),
    }
}

/// Alice of the drawings.
pub fn alice() -> User {
    let mut main = address("alice@example.com");
    main.primary = true;
    main.linked_to = vec!["oauth_google".into()];
    let mut google = account("oauth_google");
    google.email = Some("alice@example.com".into());
    User {
        external_id: Some("crm-4411".into()),
        username: Some("alicec".into()),
        first_name: Some("Alice".into()),
        last_name: Some("Chen".into()),
        emails: vec![main, unverified("alice.old@example.com")],
        accounts: vec![google],
        password: true,
        password_updated: Some(at("2026-02-11T09:00:00Z")),
        two_factor: true,
        totp: true,
        attempts_left: Some(7),
        created: Some(at("2024-01-01T12:00:00Z")),
        updated: Some(at("2026-11-20T12:00:00Z")),
        last_sign_in: Some(at("2026-11-23T13:02:07Z")),
        last_active: Some(at("2026-11-23T00:00:00Z")),
        mfa_enabled: Some(at("2026-02-12T09:00:00Z")),
        locale: Some("de-DE".into()),
        may_delete_self: true,
        may_create_organizations: true,
        organizations_limit: Some(3),
        public_metadata: Json::new(json!({"plan": "pro", "seats": 5, "beta": true})),
        raw: Json::new(json!({"id": "user_2abc123", "banned": false})),
        ..nobody()
    }
}

/// A verified e-mail address or wallet.
pub fn address(text: &str) -> Address {
    Address {
        id: IdentificationId::new("idn_2abcdefgh").ok(),
        text: text.into(),
        verified: true,
        primary: false,
        linked_to: Vec::new(),
        second_factor: false,
    }
}

/// One that is not verified.
pub fn unverified(text: &str) -> Address {
    Address {
        verified: false,
        ..address(text)
    }
}

/// A verified phone number.
pub fn phone(text: &str) -> Address {
    address(text)
}

/// A phone number kept for the second factor.
pub fn second_phone(text: &str) -> Address {
    Address {
        second_factor: true,
        ..address(text)
    }
}

/// A passkey never used.
pub fn passkey(name: &str) -> Passkey {
    Passkey {
        id: IdentificationId::new("idn_2passkey").ok(),
        name: name.into(),
        last_used: None,
    }
}

/// A verified linked account.
pub fn account(provider: &str) -> LinkedAccount {
    LinkedAccount {
        id: AccountId::new("eac_2account").ok(),
        provider: provider.into(),
        email: None,
        username: None,
        verified: true,
    }
}

/// An active enterprise account.
pub fn enterprise(provider: &str) -> EnterpriseAccount {
    EnterpriseAccount {
        provider: provider.into(),
        email: None,
        active: true,
    }
}

/// A session in Berlin.
pub fn session() -> Session {
    Session {
        id: SessionId::new("sess_2abcdefghijk9f").unwrap(),
        user: UserId::new("user_2abc123").unwrap(),
        status: SessionStatus::Active,
        actor: None,
        activity: Activity {
            device: Some("Macintosh".into()),
            browser: Some("Firefox".into()),
            browser_version: Some("131.0.2".into()),
            ip: Some("203.0.113.7".into()),
            city: Some("Berlin".into()),
            country: Some("DE".into()),
            mobile: false,
        },
        created: Some(at("2026-11-22T09:00:00Z")),
        last_active: Some(at("2026-11-23T14:02:00Z")),
        expires: Some(at("2026-11-30T14:02:00Z")),
    }
}

/// A membership of Acme Research.
pub fn membership(role: &str) -> Membership {
    Membership {
        id: "orgmem_1".into(),
        role: role.into(),
        organization: Organization {
            id: OrganizationId::new("org_1").unwrap(),
            name: "Acme Research".into(),
            slug: Some("acme".into()),
            members: None,
            created: None,
        },
        user: None,
        created: Some(at("2024-02-03T12:00:00Z")),
    }
}

/// A page of rows that were all understood.
pub fn page<T>(rows: Vec<T>) -> Page<T> {
    Page {
        rows: rows.into_iter().map(Row::Read).collect(),
        total: None,
        read_at: at("2026-11-23T14:03:00Z"),
    }
}

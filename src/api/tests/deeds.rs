//! What each change asks for.

use serde_json::json;

use super::super::request::{Limit, Request};
use super::*;
use crate::domain::{
    AccountId, ActorTokenId, AddressKind, AddressTraits, Claim, Credential, Factors,
    IdentificationId, InvitationId, Invite, Json, NewAddress, NewUser, Secret, SignInTokenId,
    Targets,
};

use AddressKind::{Email, Phone};

pub fn one() -> UserId {
    user("user_1")
}

pub fn idn() -> IdentificationId {
    IdentificationId::new("idn_1").unwrap()
}

pub fn both() -> Targets {
    Targets::new([user("user_1"), user("user_2")]).unwrap()
}

/// Method, path and body.
fn sent(action: &Action) -> (String, Option<Value>) {
    let request = Request::from(action);
    let base = BaseUrl::parse("https://api.clerk.com").unwrap();
    let url = request.url(&base);
    let path = url.as_str().strip_prefix("https://api.clerk.com/v1");
    (
        format!("{} {}", request.method, path.unwrap()),
        request.body,
    )
}

pub fn add(kind: AddressKind, text: &str, traits: AddressTraits) -> Action {
    Action::AddAddress {
        user: one(),
        kind,
        text: text.into(),
        traits,
    }
}

pub fn sign_in_token() -> Action {
    Action::MakeSignInToken {
        user: one(),
        expires_in: Some(600),
    }
}

pub fn impersonate() -> Action {
    Action::Impersonate {
        user: one(),
        actor: "user_admin".into(),
        expires_in: None,
        session_max: Some(900),
    }
}

pub fn create() -> Action {
    Action::Create(Box::new(NewUser {
        first_name: Some("New".into()),
        emails: vec![
            NewAddress {
                text: "a@example.com".into(),
                claim: Claim::Verified,
            },
            NewAddress {
                text: "b@example.com".into(),
                claim: Claim::Reserved,
            },
        ],
        phones: vec![NewAddress {
            text: "+15550001111".into(),
            claim: Claim::Verified,
        }],
        password: Some(Secret::new("hunter22")),
        public_metadata: Some(Json::new(json!({"a": 1}))),
        ..NewUser::default()
    }))
}

pub fn invite() -> Action {
    Action::Invite(Box::new(Invite {
        expires_in_days: Some(7),
        redirect_url: Some("https://example.com/in".into()),
        ..Invite::new("new@example.com".into())
    }))
}

#[test]
fn every_change_without_a_body_has_its_path() {
    let token = SignInTokenId::new("sit_1").unwrap();
    let actor_token = ActorTokenId::new("act_1").unwrap();
    let remove = |credential| Action::RemoveCredential {
        user: one(),
        credential,
    };
    let factors = |factors| Action::RemoveFactors {
        user: one(),
        factors,
    };
    let address = |kind| Action::RemoveAddress {
        user: one(),
        kind,
        address: idn(),
    };
    for (action, path) in [
        (Action::Lock(one()), "POST /users/user_1/lock"),
        (Action::Unlock(one()), "POST /users/user_1/unlock"),
        (address(Email), "DELETE /email_addresses/idn_1"),
        (address(Phone), "DELETE /phone_numbers/idn_1"),
        (factors(Factors::All), "DELETE /users/user_1/mfa"),
        (factors(Factors::Totp), "DELETE /users/user_1/totp"),
        (
            factors(Factors::BackupCodes),
            "DELETE /users/user_1/backup_code",
        ),
        (
            remove(Credential::Passkey(idn())),
            "DELETE /users/user_1/passkeys/idn_1",
        ),
        (
            remove(Credential::Account(AccountId::new("eac_1").unwrap())),
            "DELETE /users/user_1/external_accounts/eac_1",
        ),
        (
            remove(Credential::Wallet(idn())),
            "DELETE /users/user_1/web3_wallets/idn_1",
        ),
        (
            Action::TrustPassword(one()),
            "POST /users/user_1/password/unset_compromised",
        ),
        (
            Action::RevokeSignInToken { token, user: one() },
            "POST /sign_in_tokens/sit_1/revoke",
        ),
        (
            Action::RevokeActorToken {
                token: actor_token,
                user: one(),
            },
            "POST /actor_tokens/act_1/revoke",
        ),
        (
            Action::RevokeInvitation(InvitationId::new("inv_1").unwrap()),
            "POST /invitations/inv_1/revoke",
        ),
    ] {
        assert_eq!(sent(&action), (path.to_owned(), None));
    }
}

#[test]
fn every_change_of_a_person_has_its_body() {
    let set_password = |skip_checks| Action::SetPassword {
        user: one(),
        password: Secret::new("hunter22"),
        sign_out: true,
        skip_checks,
    };
    for (action, path, body) in [
        (
            Action::BanAll(both()),
            "POST /users/ban",
            json!({"user_ids": ["user_1", "user_2"]}),
        ),
        (
            Action::UnbanAll(both()),
            "POST /users/unban",
            json!({"user_ids": ["user_1", "user_2"]}),
        ),
        (
            Action::ReplaceMetadata {
                user: one(),
                kinds: Json::new(json!({"unsafe_metadata": {"a": null}})),
            },
            "PUT /users/user_1/metadata",
            json!({"unsafe_metadata": {"a": null}}),
        ),
        (
            set_password(false),
            "PATCH /users/user_1",
            json!({"password": "hunter22", "sign_out_of_other_sessions": true}),
        ),
        (
            set_password(true),
            "PATCH /users/user_1",
            json!({"password": "hunter22", "sign_out_of_other_sessions": true, "skip_password_checks": true}),
        ),
        (
            Action::RemovePassword {
                user: one(),
                sign_out: false,
            },
            "POST /users/user_1/remove_password",
            json!({"sign_out_of_other_sessions": false}),
        ),
        (
            Action::DistrustPassword {
                user: one(),
                revoke_sessions: true,
            },
            "POST /users/user_1/password/set_compromised",
            json!({"revoke_all_sessions": true}),
        ),
    ] {
        assert_eq!(sent(&action), (path.to_owned(), Some(body)));
    }
}

#[test]
fn every_change_of_an_address_has_its_body() {
    let traits = AddressTraits {
        verified: Some(true),
        primary: true,
        second_factor: Some(false),
    };
    let change = |kind, traits| Action::ChangeAddress {
        user: one(),
        kind,
        address: idn(),
        traits,
    };
    let replace = |kind, text: &str, claim| Action::ReplaceAddresses {
        user: one(),
        kind,
        text: text.into(),
        claim,
    };
    let primary = |kind| Action::SetPrimary {
        user: one(),
        kind,
        address: idn(),
    };
    for (action, path, body) in [
        (
            add(Email, "a@example.com", AddressTraits::default()),
            "POST /email_addresses",
            json!({"user_id": "user_1", "email_address": "a@example.com"}),
        ),
        (
            add(Phone, "+15550001111", traits),
            "POST /phone_numbers",
            json!({
                "user_id": "user_1", "phone_number": "+15550001111", "verified": true,
                "primary": true, "reserved_for_second_factor": false,
            }),
        ),
        (
            change(
                Email,
                AddressTraits {
                    verified: Some(false),
                    ..AddressTraits::default()
                },
            ),
            "PATCH /email_addresses/idn_1",
            json!({"verified": false}),
        ),
        (
            change(Phone, traits),
            "PATCH /phone_numbers/idn_1",
            json!({"verified": true, "primary": true, "reserved_for_second_factor": false}),
        ),
        (
            replace(Email, "a@example.com", Claim::Reserved),
            "PUT /users/user_1/email_address",
            json!({"email_address": "a@example.com", "identification_status": "reserved"}),
        ),
        (
            replace(Phone, "+15550001111", Claim::Verified),
            "PUT /users/user_1/phone_number",
            json!({"phone_number": "+15550001111", "identification_status": "verified"}),
        ),
        (
            primary(Email),
            "PATCH /users/user_1",
            json!({"primary_email_address_id": "idn_1"}),
        ),
        (
            primary(Phone),
            "PATCH /users/user_1",
            json!({"primary_phone_number_id": "idn_1"}),
        ),
    ] {
        assert_eq!(sent(&action), (path.to_owned(), Some(body)));
    }
}

#[test]
fn everything_new_has_its_body() {
    for (action, path, body) in [
        (
            sign_in_token(),
            "POST /sign_in_tokens",
            json!({"user_id": "user_1", "expires_in_seconds": 600}),
        ),
        (
            impersonate(),
            "POST /actor_tokens",
            json!({"user_id": "user_1", "actor": {"sub": "user_admin"}, "session_max_duration_in_seconds": 900}),
        ),
        (
            create(),
            "POST /users",
            json!({
                "first_name": "New", "email_address": ["a@example.com", "b@example.com"],
                "email_address_identification_status": ["verified", "reserved"],
                "phone_number": ["+15550001111"], "password": "hunter22", "public_metadata": {"a": 1},
            }),
        ),
        (
            invite(),
            "POST /invitations",
            json!({
                "email_address": "new@example.com", "expires_in_days": 7, "notify": true,
                "redirect_url": "https://example.com/in",
            }),
        ),
    ] {
        assert_eq!(sent(&action), (path.to_owned(), Some(body)));
        assert!(Request::from(&action).once, "{path}");
    }
    assert!(!Request::from(&Action::Ban(one())).once);
    assert!(!format!("{:?}", Request::from(&create())).contains("hunter22"));
}

#[test]
fn updates_count_against_the_limit_of_their_user() {
    let merge = Action::MergeMetadata {
        user: one(),
        patch: Json::new(json!({})),
    };
    let of_one = Limit::OfUser(one());
    assert_eq!(Request::from(&merge).limit, of_one);
    let edit = Action::Edit(one(), crate::domain::ProfileEdit::default());
    assert_eq!(Request::from(&edit).limit, of_one);
    assert_eq!(Request::from(&Action::Ban(one())).limit, Limit::Shared);
    assert_eq!(Request::from(&invite()).limit, Limit::OfInvitations);
}

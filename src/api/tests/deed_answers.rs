//! What each change makes of the answer.

use serde_json::json;

use super::deeds::{add, both, create, idn, impersonate, invite, one, sign_in_token};
use super::server::{answer, answer_with};
use super::*;
use crate::domain::{
    AccountId, ActorTokenId, AddressTraits, Credential, ErrorKind, Factors, IdentificationId,
    InvitationId, InvitationStatus, Row, TokenStatus,
};

use crate::domain::AddressKind::{Email, Phone};

async fn done(action: Action, body: Value) -> Outcome {
    let server = Server::answering([answer(200, body)]).await;
    change(&server.base, action).await
}

async fn answered(action: Action, body: Value) -> Answer {
    match done(action, body.clone()).await {
        Outcome::Done(answer) => *answer,
        other => panic!("{body}: {other:?}"),
    }
}

#[tokio::test]
async fn what_makes_something_new_is_sent_once_whatever_comes() {
    for action in [sign_in_token(), impersonate(), create(), invite()] {
        for (reply, known) in [
            (answer_with(429, "Retry-After: 0\r\n", ""), true),
            (answer(503, ""), false),
            (Vec::new(), false),
        ] {
            let server = Server::answering([reply, answer(200, "{}")]).await;
            let outcome = change(&server.base, action.clone()).await;
            match outcome {
                Outcome::Refused(error) if known => {
                    assert_eq!(error.kind, ErrorKind::RateLimited);
                }
                Outcome::Unknown(_) if !known => {}
                other => panic!("{other:?}"),
            }
            assert_eq!(server.seen().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_link_is_in_the_answer_and_not_in_debug() {
    let body = json!({
        "object": "sign_in_token", "id": "sit_1", "user_id": "user_1", "status": "pending",
        "token": "let-me-in", "url": "https://x.example/?ticket=let-me-in", "created_at": 1_700_000_000_000_i64,
    });
    let answer = answered(sign_in_token(), body.clone()).await;
    assert!(!format!("{answer:?}").contains("let-me-in"));
    let Answer::SignInToken(token) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(token.url.unwrap().expose(), body["url"].as_str().unwrap());
    assert_eq!(token.status, TokenStatus::Pending);
    let mut body = body;
    body["actor"] = json!({"sub": "user_admin"});
    let answer = answered(impersonate(), body.clone()).await;
    assert!(!format!("{answer:?}").contains("let-me-in"));
    let Answer::ActorToken(token) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(token.actor, Some("user_admin".into()));
    body["user_id"] = "user_2".into();
    for action in [impersonate(), sign_in_token()] {
        let outcome = done(action, body.clone()).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "of somebody else");
    }
    let revoke = |id: &str| Action::RevokeActorToken {
        token: ActorTokenId::new(id).unwrap(),
        user: one(),
    };
    let body = json!({"id": "act_1", "user_id": "user_1", "status": "revoked", "actor": {}});
    let answer = answered(revoke("act_1"), body.clone()).await;
    assert!(
        matches!(answer, Answer::ActorToken(t) if t.status == TokenStatus::Revoked && t.url.is_none())
    );
    let outcome = done(revoke("act_2"), body).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "another token");
}

#[tokio::test]
async fn addresses_and_what_is_gone_are_understood() {
    let body = json!({
        "id": "idn_1", "object": "phone_number", "phone_number": "+15550001111",
        "verification": {"status": "verified"}, "reserved_for_second_factor": true, "linked_to": [],
    });
    let answer = answered(
        add(Phone, "+15550001111", AddressTraits::default()),
        body.clone(),
    )
    .await;
    let Answer::Identification(address) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(
        (address.id, address.verified, address.second_factor),
        (idn(), true, true)
    );
    let change = |id: &str| Action::ChangeAddress {
        user: one(),
        kind: Phone,
        address: IdentificationId::new(id).unwrap(),
        traits: AddressTraits {
            primary: true,
            ..AddressTraits::default()
        },
    };
    answered(change("idn_1"), body.clone()).await;
    let outcome = done(change("idn_2"), body).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "another address");
    let remove = Action::RemoveAddress {
        user: one(),
        kind: Email,
        address: idn(),
    };
    let gone = json!({"object": "email_address", "id": "idn_1", "deleted": true});
    assert_eq!(answered(remove, gone).await, Answer::Removed);
    let remove = Action::RemoveCredential {
        user: one(),
        credential: Credential::Account(AccountId::new("eac_1").unwrap()),
    };
    let gone = json!({"object": "external_account", "id": "idn_7", "deleted": true});
    assert_eq!(answered(remove, gone).await, Answer::Removed);
    let factors = Action::RemoveFactors {
        user: one(),
        factors: Factors::All,
    };
    let changed = answered(factors.clone(), json!({"user_id": "user_1"})).await;
    assert_eq!(changed, Answer::Changed(one()));
    let outcome = done(factors, json!({"user_id": "user_2"})).await;
    assert!(matches!(outcome, Outcome::Unknown(_)), "somebody else");
}

#[tokio::test]
async fn a_bulk_answer_is_about_all_who_were_asked_for_and_nobody_else() {
    let row = |id: &str| json!({"id": id, "banned": true});
    let all = json!([row("user_2"), row("user_1")]);
    let answer = answered(Action::BanAll(both()), all).await;
    assert_eq!(answer.into_users().unwrap().unpack().rows.len(), 2);
    for body in [
        json!([row("user_1")]),
        json!([row("user_1"), row("user_3")]),
        json!([row("user_1"), row("user_2"), row("user_3")]),
        json!([row("user_1"), {"id": "user_2", "banned": false}]),
    ] {
        let outcome = done(Action::BanAll(both()), body.clone()).await;
        assert!(matches!(outcome, Outcome::Unknown(_)), "{body}");
    }
}

#[tokio::test]
async fn invitations_are_listed_made_and_revoked() {
    let one = json!({
        "object": "invitation", "id": "inv_1", "email_address": "new@example.com", "status": "pending",
        "public_metadata": {"a": 1}, "url": "https://x.example/?ticket=let-me-in",
        "created_at": 1_700_000_000_000_i64, "expires_at": null,
    });
    let Answer::Invitation(made) = answered(invite(), one.clone()).await else {
        panic!("no invitation");
    };
    assert_eq!(made.status, InvitationStatus::Pending);
    assert!(!format!("{made:?}").contains("let-me-in"));
    let revoke = |id: &str| Action::RevokeInvitation(InvitationId::new(id).unwrap());
    answered(revoke("inv_1"), one.clone()).await;
    let outcome = done(revoke("inv_2"), one.clone()).await;
    assert!(matches!(outcome, Outcome::Unknown(_)));
    let list = Fetch::Invitations {
        status: Some(InvitationStatus::Pending),
        query: "new@".into(),
        offset: 10,
        limit: 20,
    };
    for body in [
        json!([one, {"id": "?"}]),
        json!({"data": [one, {}], "total_count": 12}),
    ] {
        let server = Server::answering([answer(200, &body)]).await;
        let page = fetch(&server, &list).await.unwrap();
        let page = page.into_invitations().unwrap();
        assert!(matches!(&page.rows[..], [Row::Read(row), Row::Unreadable(_)] if *row == *made));
        assert_eq!(
            server.seen()[0].target(),
            "GET /v1/invitations?query=new%40&paginated=true&status=pending&limit=20&offset=10"
        );
    }
}

#[tokio::test]
async fn the_limit_of_invitations_stops_nothing_else() {
    let reply = answer_with(429, "Retry-After: 3600\r\n", "");
    let server = Server::answering([reply.clone(), reply]).await;
    let reader = reader(&server);
    let pace = reader.pace();
    let op = OpId { run: 1, n: 1 };
    for (action, all_wait) in [(invite(), false), (create(), true)] {
        let permit = Permit::check(Change::new(op, action), &Policy::default(), |_| {
            Known::default()
        })
        .unwrap();
        Writer::new(reader.clone()).change(&permit, &freely).await;
        assert_eq!(pace.borrow().asked_by_clerk, all_wait);
    }
}

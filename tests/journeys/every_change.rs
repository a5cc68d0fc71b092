//! Every change, from the client to the server and back, without a console.

use clerk_tui::{
    api::{BaseUrl, Reader, Settings, Shares, Writer, freely},
    demo::{Options, Quirk, Server},
    domain::{
        Action, AddressKind, AddressTraits, Answer, Change, Claim, Credential, ErrorKind, Factors,
        Fetch, InvitationStatus, Invite, Json, Known, Lane, NewAddress, NewUser, OpId, Outcome,
        Permit, Policy, Row, Secret, Targets, TokenStatus, User, UserId,
    },
};

use serde_json::json;

struct Desk {
    server: Server,
    reader: Reader,
}

impl Desk {
    async fn open() -> Self {
        let server = Server::start(Options::default()).await.unwrap();
        let reader = Reader::new(Settings {
            base: BaseUrl::parse(server.url()).unwrap(),
            key: Secret::new(server.key()),
            limit: 0,
            shares: Shares::default(),
        });
        Self { server, reader }
    }

    async fn outcome(&self, action: Action) -> Outcome {
        let op = OpId { run: 1, n: 1 };
        let permit = Permit::check(Change::new(op, action), &Policy::default(), |_| {
            Known::default()
        })
        .unwrap();
        Writer::new(self.reader.clone())
            .change(&permit, &freely)
            .await
    }

    async fn done(&self, action: Action) -> Answer {
        match self.outcome(action.clone()).await {
            Outcome::Done(answer) => *answer,
            other => panic!("{action:?}: {other:?}"),
        }
    }

    async fn user(&self, action: Action) -> User {
        *self.done(action).await.into_user().unwrap()
    }

    async fn alice(&self) -> User {
        let fetch = Fetch::User(alice());
        let answer = self.reader.fetch(&fetch, Lane::Hands).await;
        *answer.unwrap().into_user().unwrap()
    }
}

fn alice() -> UserId {
    UserId::new("user_2abc123").unwrap()
}

#[tokio::test]
async fn states_and_passwords_change() {
    let desk = Desk::open().await;
    assert!(desk.user(Action::Lock(alice())).await.locked);
    assert!(!desk.user(Action::Unlock(alice())).await.locked);
    let both = || Targets::new([alice(), UserId::new(&desk.server.everybody()[0]).unwrap()]);
    for action in [
        Action::BanAll(both().unwrap()),
        Action::UnbanAll(both().unwrap()),
    ] {
        let page = desk.done(action).await.into_users().unwrap();
        assert_eq!(page.unpack().rows.len(), 2);
    }
    let kinds = Json::new(json!({"public_metadata": {"only": 1}}));
    let user = alice();
    let user = desk.user(Action::ReplaceMetadata { user, kinds }).await;
    assert_eq!(user.public_metadata.raw(), &json!({"only": 1}));
    let set = Action::SetPassword {
        user: alice(),
        password: Secret::new("correct horse"),
        sign_out: true,
        skip_checks: false,
    };
    assert!(desk.user(set).await.password);
    let distrust = Action::DistrustPassword {
        user: alice(),
        revoke_sessions: true,
    };
    desk.user(distrust).await;
    desk.user(Action::TrustPassword(alice())).await;
    let remove = Action::RemovePassword {
        user: alice(),
        sign_out: true,
    };
    assert!(!desk.user(remove).await.password);
}

#[tokio::test]
async fn addresses_and_ways_in_change() {
    let desk = Desk::open().await;
    let user = desk.alice().await;
    let account = user.accounts[0].id.clone().unwrap();
    let remove = Action::RemoveCredential {
        user: alice(),
        credential: Credential::Account(account),
    };
    assert_eq!(desk.done(remove).await, Answer::Removed);
    let factors = Action::RemoveFactors {
        user: alice(),
        factors: Factors::All,
    };
    assert_eq!(desk.done(factors).await, Answer::Changed(alice()));
    for (kind, text, other) in [
        (AddressKind::Email, "new@example.com", "only@example.com"),
        (AddressKind::Phone, "+4955500000001", "+4955500000002"),
    ] {
        let add = Action::AddAddress {
            user: alice(),
            kind,
            text: text.into(),
            traits: AddressTraits::default(),
        };
        let Answer::Identification(new) = desk.done(add).await else {
            panic!("no address");
        };
        assert_eq!((new.text.raw(), new.verified), (text, false));
        let verify = Action::ChangeAddress {
            user: alice(),
            kind,
            address: new.id.clone(),
            traits: AddressTraits {
                verified: Some(true),
                ..AddressTraits::default()
            },
        };
        desk.done(verify).await;
        let primary = Action::SetPrimary {
            user: alice(),
            kind,
            address: new.id.clone(),
        };
        let user = desk.user(primary).await;
        let all = match kind {
            AddressKind::Email => &user.emails,
            AddressKind::Phone => &user.phones,
        };
        assert!(all.iter().any(|one| one.primary && one.text.raw() == text));
        let remove = Action::RemoveAddress {
            user: alice(),
            kind,
            address: new.id,
        };
        assert_eq!(desk.done(remove).await, Answer::Removed);
        let replace = Action::ReplaceAddresses {
            user: alice(),
            kind,
            text: other.into(),
            claim: Claim::Reserved,
        };
        desk.done(replace).await;
    }
    let user = desk.alice().await;
    assert_eq!((user.emails.len(), user.phones.len()), (1, 1));
    assert!(!user.two_factor && user.accounts.is_empty());
}

#[tokio::test]
async fn links_are_made_and_taken_back() {
    let desk = Desk::open().await;
    let make = Action::MakeSignInToken {
        user: alice(),
        expires_in: Some(60),
    };
    let Answer::SignInToken(token) = desk.done(make).await else {
        panic!("no token");
    };
    assert!(token.url.is_some());
    let revoke = Action::RevokeSignInToken {
        token: token.id,
        user: alice(),
    };
    let revoked = desk.done(revoke).await;
    assert!(matches!(revoked, Answer::SignInToken(t) if t.status == TokenStatus::Revoked));
    let impersonate = || Action::Impersonate {
        user: alice(),
        actor: "support@example.com".into(),
        expires_in: None,
        session_max: Some(600),
    };
    let Answer::ActorToken(token) = desk.done(impersonate()).await else {
        panic!("no token");
    };
    assert_eq!(token.actor, Some("support@example.com".into()));
    let revoke = Action::RevokeActorToken {
        token: token.id,
        user: alice(),
    };
    desk.done(revoke).await;
    let switches = desk.server.switches();
    switches.set(Quirk::ImpersonationSpent, true);
    let spent = desk.outcome(impersonate()).await;
    assert!(matches!(spent, Outcome::Refused(error) if error.kind == ErrorKind::PlanLacks));
}

#[tokio::test]
async fn people_are_created_and_invited() {
    let desk = Desk::open().await;
    let new = || {
        Action::Create(Box::new(NewUser {
            first_name: Some("New".into()),
            emails: vec![NewAddress {
                text: "new@example.com".into(),
                claim: Claim::Reserved,
            }],
            password: Some(Secret::new("correct horse")),
            ..NewUser::default()
        }))
    };
    let user = desk.user(new()).await;
    assert_eq!(user.emails[0].text.raw(), "new@example.com");
    assert!(!user.emails[0].verified);
    let again = desk.outcome(new()).await;
    let Outcome::Refused(error) = again else {
        panic!("{again:?}");
    };
    assert_eq!(error.param, Some("email_address".into()));
    let invite = Action::Invite(Box::new(Invite::new("guest@example.com".into())));
    let Answer::Invitation(made) = desk.done(invite).await else {
        panic!("no invitation");
    };
    let list = Fetch::Invitations {
        status: Some(InvitationStatus::Pending),
        query: "guest".into(),
        offset: 0,
        limit: 10,
    };
    let page = desk.reader.fetch(&list, Lane::Hands).await.unwrap();
    let page = page.into_invitations().unwrap();
    assert_eq!(page.total, Some(1));
    assert_eq!(page.rows, [Row::Read((*made).clone())]);
    let revoked = desk.done(Action::RevokeInvitation(made.id)).await;
    assert!(matches!(revoked, Answer::Invitation(i) if i.status == InvitationStatus::Revoked));
}

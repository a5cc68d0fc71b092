//! What writes answer, other than whole users: addresses, tokens, invitations,
//! and that something is gone.

use serde::Deserialize;

use super::soft::Lenient;
use super::{Object, Soft, id, list, object, user};
use crate::domain::{
    Action, ActorToken, Answer, Fact, Identification, IdentificationId, Invitation, InvitationId,
    InvitationStatus, Json, Row, Secret, SignInToken, Targets, Timestamp, TokenStatus, Untrusted,
    UserId, UserPage,
};

type Text = Soft<Option<Untrusted>>;
type Time = Soft<Option<Timestamp>>;

impl Lenient for Option<Secret> {
    fn text(text: &str) -> Self {
        (!text.is_empty()).then(|| Secret::new(text))
    }
}

/// `DeletedObject`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireDeleted {
    id: Text,
    deleted: Soft<bool>,
}

/// What the removal of second factors answers
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireChanged {
    user_id: Text,
}

/// `SignInToken` and `ActorToken`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireToken {
    id: Text,
    user_id: Text,
    actor: Soft<Option<WireActor>>,
    status: Text,
    token: Soft<Option<Secret>>,
    url: Soft<Option<Secret>>,
    created_at: Time,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireActor {
    sub: Text,
}

/// `Invitation`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireInvitation {
    id: Text,
    email_address: Text,
    status: Text,
    url: Soft<Option<Secret>>,
    public_metadata: serde_json::Value,
    created_at: Time,
    expires_at: Time,
}

impl Object for WireDeleted {}
impl Object for WireChanged {}
impl Object for WireToken {}
impl Object for WireActor {}
impl Object for WireInvitation {}

/// Reads that `asked` was deleted: a user, an address.
pub fn deleted(text: &str, asked: &str) -> Result<(), String> {
    match object::<WireDeleted>(text)? {
        wire if wire.id.0.as_ref().is_some_and(|id| id.raw() != asked) => {
            Err("it is about something else".to_owned())
        }
        wire => wire.says_so(),
    }
}

/// Reads that a passkey, an account or a wallet was deleted. Each has two ids,
/// and the answer may have the other one.
pub fn removed(text: &str) -> Result<Answer, String> {
    object::<WireDeleted>(text)?
        .says_so()
        .map(|()| Answer::Removed)
}

impl WireDeleted {
    fn says_so(&self) -> Result<(), String> {
        if self.deleted.0 {
            Ok(())
        } else {
            Err("it does not say that it was deleted".to_owned())
        }
    }
}

/// Reads that `asked` lost second factors.
pub fn changed(text: &str, asked: &UserId) -> Result<Answer, String> {
    let wire: WireChanged = object(text)?;
    about(wire.user_id.0.as_ref(), asked)?;
    Ok(Answer::Changed(asked.clone()))
}

fn about(text: Option<&Untrusted>, asked: &UserId) -> Result<UserId, String> {
    let user = id(text, "user_id")?;
    if user == *asked {
        Ok(user)
    } else {
        Err("it is about somebody else".to_owned())
    }
}

/// Reads an address that was added, or the one that was `asked` for.
pub fn identification(text: &str, asked: Option<&IdentificationId>) -> Result<Answer, String> {
    let address = user::lone_address(text)?;
    let id = address.id.ok_or("its id is missing")?;
    if asked.is_some_and(|asked| *asked != id) {
        return Err("it is about another address".to_owned());
    }
    Ok(Answer::Identification(Box::new(Identification {
        id,
        text: address.text,
        verified: address.verified,
        second_factor: address.second_factor,
    })))
}

/// Reads a token: a new one, or the one that was revoked.
pub fn token(text: &str, action: &Action) -> Result<Answer, String> {
    let wire: WireToken = object(text)?;
    let asked = match action {
        Action::RevokeSignInToken { token, .. } => Some(token.as_str()),
        Action::RevokeActorToken { token, .. } => Some(token.as_str()),
        _ => None,
    };
    let about_it = wire.id.0.as_ref().map(Untrusted::raw);
    if asked.is_some() && asked != about_it {
        return Err("it is about another token".to_owned());
    }
    let asked = action.user().ok_or("it is about nobody")?;
    let user = about(wire.user_id.0.as_ref(), asked)?;
    let status = TokenStatus::from_api(&wire.status.0.unwrap_or_default());
    let (token, url, created) = (wire.token.0, wire.url.0, wire.created_at.0);
    let of_sign_in = matches!(
        action,
        Action::MakeSignInToken { .. } | Action::RevokeSignInToken { .. }
    );
    Ok(if of_sign_in {
        Answer::SignInToken(Box::new(SignInToken {
            id: id(wire.id.0.as_ref(), "id")?,
            user,
            status,
            token,
            url,
            created,
        }))
    } else {
        Answer::ActorToken(Box::new(ActorToken {
            id: id(wire.id.0.as_ref(), "id")?,
            user,
            actor: wire.actor.0.and_then(|actor| actor.sub.0),
            status,
            token,
            url,
            created,
        }))
    })
}

/// Reads an invitation.
pub fn invitation(text: &str) -> Result<Invitation, String> {
    let wire: WireInvitation = object(text)?;
    Ok(Invitation {
        id: id(wire.id.0.as_ref(), "id")?,
        email: wire.email_address.0.unwrap_or_default(),
        status: InvitationStatus::from_api(&wire.status.0.unwrap_or_default()),
        url: wire.url.0,
        public_metadata: Json::new(wire.public_metadata),
        created: wire.created_at.0,
        expires: wire.expires_at.0,
    })
}

/// Reads an invitation that was made, or the one that was `asked` for.
pub fn one_invitation(text: &str, asked: Option<&InvitationId>) -> Result<Answer, String> {
    let invitation = invitation(text)?;
    if asked.is_some_and(|asked| *asked != invitation.id) {
        return Err("it is about another invitation".to_owned());
    }
    Ok(Answer::Invitation(Box::new(invitation)))
}

/// Reads the users of a bulk request: all who were asked for, each `banned` or
/// not as was asked, and nobody else.
pub fn users(text: &str, at: Timestamp, asked: &Targets, banned: bool) -> Result<Answer, String> {
    let page = list::page(text, at, |row| user::row(row, at))?;
    let mut read = page.rows.iter().filter_map(Row::read);
    if read.any(|user| user.facts.has(Fact::Banned) != banned) {
        return Err("it was not done to all".to_owned());
    }
    let ids = page.rows.iter().map(|row| match row {
        Row::Read(user) => Some(user.id.as_str()),
        Row::Unreadable(row) => row.id.as_ref().map(Untrusted::raw),
    });
    let ids: Option<Vec<&str>> = ids.collect();
    let ids = ids.ok_or("one of them has no id")?;
    let all = asked.ids().iter().all(|id| ids.contains(&id.as_str()));
    if !all || ids.len() != asked.ids().len() {
        return Err("it is about others".to_owned());
    }
    Ok(Answer::Users(std::sync::Arc::new(UserPage::pack(
        page,
        |_| true,
    ))))
}

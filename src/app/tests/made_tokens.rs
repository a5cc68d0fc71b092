//! What Clerk answers where a token is made.

use crate::domain::{
    Action, ActorToken, ActorTokenId, Answer, Secret, SignInToken, SignInTokenId, TokenStatus,
};

pub fn answer(action: &Action) -> Answer {
    let (status, created) = (TokenStatus::Pending, None);
    let secrets = |ticket: &str| {
        let url = format!("https://demo.example/in?t={ticket}");
        (Some(Secret::new(ticket)), Some(Secret::new(url)))
    };
    match action {
        Action::Impersonate { user, actor, .. } => {
            let (token, url) = secrets("be-them");
            Answer::ActorToken(Box::new(ActorToken {
                id: ActorTokenId::new("act_1").unwrap(),
                user: user.clone(),
                actor: Some(actor.clone()),
                status,
                token,
                url,
                created,
            }))
        }
        Action::MakeSignInToken { user, .. } => {
            let (token, url) = secrets("let-me-in");
            Answer::SignInToken(Box::new(SignInToken {
                id: SignInTokenId::new("sit_1").unwrap(),
                user: user.clone(),
                status,
                token,
                url,
                created,
            }))
        }
        other => panic!("{other:?} makes no token"),
    }
}

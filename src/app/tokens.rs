//! The tokens made in this run: Clerk lists none, and only its maker can take one back.

use crate::domain::{Action, ActorTokenId, SignInTokenId, Timestamp};

use super::{Clock, Dialog, Layer, Model, Person, Tone};

/// A token that lets somebody in.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Which.
    pub id: TokenId,
    /// Whom it signs in.
    pub person: Person,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// Whether it was taken back.
    pub revoked: bool,
}

/// Which token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenId {
    /// One that signs its user in.
    SignIn(SignInTokenId),
    /// One that signs somebody in as another user.
    Actor(ActorTokenId),
}

impl Token {
    /// What it is, in words.
    pub const fn kind(&self) -> &'static str {
        match self.id {
            TokenId::SignIn(_) => "sign-in link",
            TokenId::Actor(_) => "impersonation",
        }
    }

    /// How it stands. Whether it was used is not known: no call tells.
    pub fn state(&self, clock: &Clock) -> (Tone, String) {
        let ends = clock.minute(self.ends);
        if self.revoked {
            (Tone::Dim, "revoked".to_owned())
        } else if self.ends <= clock.now() {
            (Tone::Dim, format!("ended {ends}"))
        } else {
            (Tone::Good, format!("until {ends}"))
        }
    }

    /// What takes it back.
    fn revocation(&self) -> Action {
        let user = self.person.id.clone();
        match self.id.clone() {
            TokenId::SignIn(token) => Action::RevokeSignInToken { token, user },
            TokenId::Actor(token) => Action::RevokeActorToken { token, user },
        }
    }
}

/// Shows them, the newest chosen.
pub fn open(model: &mut Model) {
    if let Some(newest) = model.tokens.len().checked_sub(1) {
        model.layer = Layer::Tokens(newest);
    }
}

/// A token was taken back, if that is what was done.
pub fn note(model: &mut Model, action: &Action) {
    let id = match action {
        Action::RevokeSignInToken { token, .. } => TokenId::SignIn(token.clone()),
        Action::RevokeActorToken { token, .. } => TokenId::Actor(token.clone()),
        _ => return,
    };
    for token in model.tokens.iter_mut().filter(|token| token.id == id) {
        token.revoked = true;
    }
}

/// A key was pressed while they are shown.
pub fn press(model: &mut Model, name: &str) {
    let last = model.tokens.len().saturating_sub(1);
    let Layer::Tokens(place) = &mut model.layer else {
        return;
    };
    match name {
        "j" | "↓" => *place = (*place + 1).min(last),
        "k" | "↑" => *place = place.saturating_sub(1),
        "g" | "Home" => *place = 0,
        "G" | "End" => *place = last,
        "R" | "Enter" => {
            let place = *place;
            revoke(model, place);
        }
        "Esc" | "q" | "h" | "←" => model.layer = Layer::None,
        _ => {
            let text = format!("{name} does nothing here. R revokes, Esc closes.");
            model.ctx.say(Tone::Warn, text);
        }
    }
}

/// Opens the dialog that takes a token back, where there is something to take.
fn revoke(model: &mut Model, place: usize) {
    let Some(token) = model.tokens.get(place) else {
        return;
    };
    let name = token.person.short_name();
    let why = if token.revoked {
        "It is revoked already.".to_owned()
    } else if token.ends <= model.ctx.clock.now() {
        "It has ended already: nobody can use it.".to_owned()
    } else if model.jobs.of(&token.person.id).is_some() {
        format!("A change of {name} is still on its way. One moment.")
    } else {
        let (person, action) = (token.person.clone(), token.revocation());
        let dialog = Dialog::confirm(&mut model.ctx, person, action);
        model.layer = Layer::Dialog(Box::new(dialog));
        return;
    };
    model.refused = true;
    model.ctx.say(Tone::Warn, why);
}

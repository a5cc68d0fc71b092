//! A link that signs somebody in: shown once, then forgotten.

use crate::domain::{Action, Answer, Secret, Timestamp, Untrusted, WebUrl};

use super::document::Line;
use super::jobs::{Effected, Job};
use super::look::LOOK_MS;
use super::sheet::Content;
use super::tokens::{Token, TokenId};
use super::{Context, Effect, Layer, Look, Model, Moment, Person, Tone};

/// The columns of its window.
const COLUMNS: usize = 72;

/// How long a link lives where Clerk is not told: 30 days to sign in, an hour to
/// impersonate. This console always tells it.
const UNTOLD: u32 = 3_600;

/// A link that signs somebody in, once.
#[derive(Debug)]
pub struct Link {
    /// Whom it signs in.
    pub person: Person,
    /// When it ends.
    pub ends: Timestamp,
    /// Whether it is a link; else it is the bare token, for a page of one's own.
    pub is_link: bool,
    /// Whether it signs the operator in as them, not them.
    pub impersonates: bool,
    secret: Secret,
    /// It comes by itself, and a key on its way to the view is not meant for it.
    look: Look,
}

impl Link {
    /// What it says. It goes to the screen and to the clipboard, nowhere else.
    pub fn text(&self) -> String {
        Untrusted::new(self.secret.expose()).shown().into_owned()
    }

    /// The link, if a browser may have it.
    pub fn url(&self) -> Option<WebUrl> {
        self.is_link.then(|| WebUrl::new(&self.secret)).flatten()
    }

    fn copy(&self) -> Effect {
        Effect::CopySecret(Secret::new(self.text()))
    }

    /// A frame was drawn, with all of it on it or not.
    pub(super) fn drawn(&mut self, at: Moment, is_whole: bool) {
        self.look.drawn(at, is_whole);
    }

    /// What its window shows on a screen so wide: the link as long as it is, and
    /// when it ends.
    pub(super) fn content(&self, ctx: &Context, screen: u16) -> Content {
        let name = self.person.short_name();
        let title = if self.impersonates {
            format!("Impersonation of {name}")
        } else {
            format!("Sign-in link of {name}")
        };
        let ends = ctx.clock.short(self.ends);
        let what = match (self.is_link, self.impersonates) {
            (true, true) => format!("Signs you in as {name}, once, until {ends}."),
            (true, false) => format!("Signs in as {name}, once, until {ends}."),
            (false, _) => format!("A token for your own sign-in page: {name}, once, until {ends}."),
        };
        let mut content = Content::new(title, COLUMNS, screen);
        content.lines = vec![
            Line::new(Tone::Plain, what),
            Line::default(),
            Line::new(Tone::Accent, self.text()),
            Line::default(),
            Line::new(
                Tone::Warn,
                "It is on the clipboard, and is not shown again.",
            ),
        ];
        let keys = if self.url().is_some() {
            "y copies again · w opens it in the browser · Esc closes"
        } else {
            "y copies again · Esc closes"
        };
        content.prompt = Line::new(Tone::Dim, keys);
        content.asks = true;
        content
    }
}

/// Keeps the link of an answer until it is shown, and its token for as long as
/// the console runs.
pub fn take(model: &mut Model, job: &Job, effected: &Effected) {
    let Effected::Answered(answer) = effected else {
        return;
    };
    let (id, url, token, created) = match &**answer {
        Answer::SignInToken(made) => (
            TokenId::SignIn(made.id.clone()),
            &made.url,
            &made.token,
            made.created,
        ),
        Answer::ActorToken(made) => (
            TokenId::Actor(made.id.clone()),
            &made.url,
            &made.token,
            made.created,
        ),
        _ => return,
    };
    let (Action::MakeSignInToken { expires_in, .. } | Action::Impersonate { expires_in, .. }) =
        &job.action
    else {
        return;
    };
    let Some(person) = job.whom.person() else {
        return;
    };
    let made = created.unwrap_or(model.ctx.now.wall);
    let ends = made.plus_millis(i64::from(expires_in.unwrap_or(UNTOLD)) * 1_000);
    let impersonates = matches!(id, TokenId::Actor(_));
    model.tokens.push(Token {
        id,
        person: person.clone(),
        made,
        ends,
        revoked: false,
    });
    let url = url.as_ref().filter(|url| !url.is_empty());
    let Some(secret) = url.or(token.as_ref()) else {
        return;
    };
    let link = Link {
        person: person.clone(),
        ends,
        is_link: url.is_some(),
        impersonates,
        secret: secret.clone(),
        look: Look::default(),
    };
    model.ctx.ask(link.copy());
    model.link = Some(Box::new(link));
}

/// Shows the link as soon as nobody types and nothing else lies over the view.
pub fn show(model: &mut Model) {
    let typing = model.screen().search().is_some_and(|search| search.focused);
    if matches!(model.layer, Layer::None)
        && !typing
        && let Some(link) = model.link.take()
    {
        model.layer = Layer::Link(link);
    }
}

/// A key was pressed while a link is shown.
pub fn press(model: &mut Model, name: &str) {
    let Layer::Link(link) = &model.layer else {
        return;
    };
    let looked = link.look.has_lasted(model.ctx.now.moment, LOOK_MS);
    match (name, link.url().filter(|_| looked)) {
        ("Esc" | "q", _) => model.layer = Layer::None,
        ("y", _) => {
            let copy = link.copy();
            model.ctx.ask(copy);
            model.ctx.say(Tone::Plain, "Copied.");
        }
        ("w" | "Enter", Some(url)) => {
            model.ctx.ask(Effect::OpenUrl(url));
            model.ctx.say(Tone::Plain, "Opening it in the browser.");
        }
        _ => {}
    }
}

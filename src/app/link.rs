//! A link that signs somebody in: shown once, then forgotten.

use crate::domain::{Answer, Secret, Timestamp, Untrusted};

use super::act::change::LINK_SECONDS;
use super::jobs::{Effected, Job};
use super::{Effect, Layer, Model, Person, Tone};

/// A link that signs somebody in, once.
#[derive(Debug)]
pub struct Link {
    /// Whom it signs in.
    pub person: Person,
    /// When it ends.
    pub ends: Timestamp,
    /// Whether it is a link; else it is the bare token, for a page of one's own.
    pub is_link: bool,
    secret: Secret,
}

impl Link {
    /// What it says. It goes to the screen and to the clipboard, nowhere else.
    pub fn text(&self) -> String {
        Untrusted::new(self.secret.expose()).shown().into_owned()
    }
}

/// Keeps the link of an answer until it is shown.
pub fn take(model: &mut Model, job: &Job, effected: &Effected) {
    let Effected::Answered(answer) = effected else {
        return;
    };
    let Answer::SignInToken(token) = &**answer else {
        return;
    };
    let url = token.url.as_ref().filter(|url| !url.is_empty());
    let Some(secret) = url.or(token.token.as_ref()) else {
        return;
    };
    let made = token.created.unwrap_or(model.ctx.now.wall);
    let link = Link {
        person: job.person.clone(),
        ends: made.plus_millis(i64::from(LINK_SECONDS) * 1_000),
        is_link: url.is_some(),
        secret: secret.clone(),
    };
    model.ctx.ask(Effect::Copy(link.text()));
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
    match name {
        "Esc" | "q" => model.layer = Layer::None,
        "y" => {
            let text = link.text();
            model.ctx.ask(Effect::Copy(text));
            model.ctx.say(Tone::Plain, "Copied.");
        }
        _ => {}
    }
}

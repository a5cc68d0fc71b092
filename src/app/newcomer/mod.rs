//! Those who are to come: making a user, inviting somebody, taking an
//! invitation back. None of it is about a person who is there already.

mod form;
mod judge;
pub(in crate::app) mod keys;
mod send;
mod words;

pub use form::{By, Entry, Field, Form, Kind, Mistake, Row};
pub(in crate::app) use judge::{judge, reading};
pub(in crate::app) use send::finish;
pub use words::{COLUMNS, LABEL};

use super::look::Look;
use super::remote::Remote;
use super::{Armed, Command, Context, Layer, Model, Moment, PaneId, Part, Ticket, Tone};
use crate::domain::{
    Action, Answer, ApiError, Fetch, Invitation, InvitationId, InvitationStatus, Lane, OpId, Page,
};

/// Rows asked for where an invitation is read again by its id.
const OF_ONE: u32 = 10;

/// A form, its review, and the wait for the answer.
#[derive(Debug)]
pub struct Newcomer {
    pane: PaneId,
    /// How far it is.
    pub step: Step,
    /// A word about the last key.
    pub note: Option<String>,
    look: Look,
    /// The invitation that is to be taken back, read again.
    again: Remote<Page<Invitation>>,
}

/// How far it is.
#[derive(Debug)]
pub enum Step {
    /// It is typed in.
    Form(Form),
    /// It is asked whether that shall be sent.
    Review(Box<Review>),
    /// It was sent; the form comes back if it is refused.
    Sent(OpId, Form),
}

/// What shall be sent.
#[derive(Debug)]
pub struct Review {
    /// What will be done.
    pub action: Action,
    /// The form it came from.
    pub form: Form,
    /// Whether the button that does it has the focus.
    pub focused: bool,
}

impl Newcomer {
    /// An empty form.
    pub fn new(ctx: &mut Context, kind: Kind) -> Self {
        Self::at(ctx, Step::Form(Form::new(kind)))
    }

    fn at(ctx: &mut Context, step: Step) -> Self {
        Self {
            pane: ctx.pane(),
            step,
            note: None,
            look: Look::default(),
            again: Remote::default(),
        }
    }

    /// The question whether an invitation is taken back; where the settings want
    /// to know why, that is asked first.
    pub fn revoke(ctx: &mut Context, invitation: Invitation) -> Self {
        let mut newcomer = Self::new(ctx, Kind::Revocation(Box::new(invitation)));
        if !ctx.policy.reason_required {
            newcomer.review(ctx);
        }
        newcomer
    }

    /// What it is for.
    pub const fn kind(&self) -> &Kind {
        match &self.step {
            Step::Form(form) | Step::Sent(_, form) => &form.kind,
            Step::Review(review) => &review.form.kind,
        }
    }

    /// Goes from the form to the review, if nothing is wrong with what was typed.
    fn review(&mut self, ctx: &mut Context) {
        let Step::Form(form) = &mut self.step else {
            return;
        };
        form.mistake = None;
        let unreasoned = ctx.policy.reason_required && form.text(Field::Reason).is_none();
        let action = match form.action() {
            Ok(_) if unreasoned => {
                return form.point_at(Mistake::at(
                    Field::Reason,
                    "Your settings ask for a reason.",
                ));
            }
            Ok(action) => action,
            Err(mistake) => return form.point_at(mistake),
        };
        if let Kind::Revocation(invitation) = &form.kind {
            let fetch = read_again(&invitation.id);
            let ticket = ctx.fetch(self.pane, Part::Rows, Lane::Hands, fetch);
            self.again.wait_for(ticket, ctx.now.moment);
        }
        self.step = Step::Review(Box::new(Review {
            action,
            form: form.clone(),
            focused: false,
        }));
        self.look.forget();
    }

    /// Goes back to the form with what was typed.
    fn back_to_form(&mut self, ctx: &mut Context) {
        self.give_up(ctx);
        if let Step::Review(review) = &self.step {
            self.step = Step::Form(review.form.clone());
        }
    }

    /// A frame was drawn, with all of it on it or not.
    pub fn drawn(&mut self, at: Moment, is_whole: bool) {
        if self.armed() == Armed::Yes {
            self.look.drawn(at, is_whole);
        }
    }

    /// Takes the answer to `ticket`, if it is awaited here; says whether it was.
    pub fn settle(&mut self, ticket: Ticket, result: &Result<Answer, ApiError>) -> bool {
        self.again.settle(ticket, result, Answer::into_invitations)
    }

    /// Calls off what is awaited.
    pub fn give_up(&mut self, ctx: &mut Context) {
        if self.again.give_up() {
            ctx.abort(self.pane, Part::Rows);
        }
    }

    /// Whether a review may be consented to now.
    pub fn armed(&self) -> Armed {
        let Kind::Revocation(invitation) = self.kind() else {
            return Armed::Yes;
        };
        if let Some(error) = self.again.error() {
            return Armed::Failed(super::words::explain(error));
        }
        let Some(page) = self.again.value().filter(|_| !self.again.is_waiting()) else {
            return Armed::Reading;
        };
        let mut read = page.rows.iter().filter_map(|row| row.read());
        let why = match read
            .find(|one| one.id == invitation.id)
            .map(|one| &one.status)
        {
            Some(InvitationStatus::Pending) => return Armed::Yes,
            Some(InvitationStatus::Accepted) => "It was accepted meanwhile. Nothing was sent.",
            Some(InvitationStatus::Expired) => "It has expired meanwhile. Nothing was sent.",
            // What Clerk lists without a state is everything but the revoked ones.
            _ => "It was revoked by somebody else meanwhile. Nothing was sent.",
        };
        Armed::Overtaken(why.to_owned())
    }
}

/// Reads an invitation in the state that it is in now; it is not there if it was revoked.
fn read_again(invitation: &InvitationId) -> Fetch {
    Fetch::Invitations {
        status: None,
        query: invitation.to_string(),
        offset: 0,
        limit: OF_ONE,
    }
}

/// Opens the form of a new user or an invitation, or the question whether the
/// invitation is taken back that stood under the cursor in the last frame drawn
/// before the key.
pub(super) fn open(model: &mut Model, command: Command) {
    if super::layout::areas(model).is_none() {
        let text = "Look first: the window is too small.";
        return model.ctx.say(Tone::Warn, text);
    }
    let newcomer = match command {
        Command::NewUser => Newcomer::new(&mut model.ctx, Kind::User),
        Command::Invite => Newcomer::new(&mut model.ctx, Kind::Invitation),
        _ => match seen(model) {
            Ok(invitation) => Newcomer::revoke(&mut model.ctx, invitation),
            Err(why) => return model.ctx.say(Tone::Warn, why),
        },
    };
    model.layer = Layer::Newcomer(Box::new(newcomer));
}

/// The invitation that is to be taken back.
fn seen(model: &Model) -> Result<Invitation, String> {
    let seen = super::act::change::sight(model, model.seen.as_ref())?;
    let why = match &seen.subject.invitation {
        None => "There is no invitation under the cursor.",
        Some(one) if model.jobs.of_invitation(&one.id).is_some() => {
            "Its revocation is still on its way. One moment."
        }
        Some(one) if one.status != InvitationStatus::Pending => {
            "Only a pending invitation can be revoked."
        }
        Some(one) => return Ok(one.clone()),
    };
    Err(why.to_owned())
}

/// A question whose ground has gone says so and closes.
pub(super) fn close_overtaken(model: &mut Model) {
    let Layer::Newcomer(newcomer) = &model.layer else {
        return;
    };
    if let (Step::Review(_), Armed::Overtaken(why)) = (&newcomer.step, newcomer.armed()) {
        model.layer = Layer::None;
        model.refused = true;
        model.ctx.say(Tone::Warn, why);
        send::read_invitations_again(model);
    }
}

//! What the forms of those who are to come say, and their reviews.

use super::{By, Field, Form, Kind, Mistake, Newcomer, Review, Step};
use crate::app::dialog::buttons;
use crate::app::document::Line;
use crate::app::sheet::Content;
use crate::app::text::{count, cut, cut_middle};
use crate::app::{Armed, Clock, Context, Tone};
use crate::domain::{Action, Invitation, Invite, NewUser, Untrusted};

/// The columns of a line; a form fits a terminal of 80 with its frame.
pub const COLUMNS: usize = 66;
/// The columns of what stands before a value.
pub const LABEL: usize = 13;
/// The columns of a name in a title.
const NAME: usize = 36;

impl Field {
    /// What stands before its box, or behind the box to tick.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Username => "username",
            Self::Password => "password",
            Self::ExternalId => "external id",
            Self::SkipChecks => "skip Clerk's password checks",
            Self::NoPassword => "no password",
            Self::Days => "ends in days",
            Self::Redirect => "redirect URL",
            Self::Notify => "Clerk sends the e-mail",
            Self::IgnoreExisting => "even if invited already",
            Self::Reason => "reason",
        }
    }

    /// What it asks for, in one line.
    const fn about(self, kind: &Kind) -> &'static str {
        match (self, kind) {
            (Self::Email, Kind::User) => "It counts as verified at once. Nothing is sent to it.",
            (Self::Email, _) => "Whom to invite.",
            (Self::Phone, _) => "Such as +49 170 1234567. It counts as verified at once.",
            (Self::FirstName | Self::LastName, _) => "As the application shows it.",
            (Self::Username, _) => "Where the instance has usernames.",
            (Self::Password, _) => "Nobody sees it. Empty: they sign in another way.",
            (Self::ExternalId, _) => "Their id in your own system.",
            (Self::SkipChecks, _) => "Space ticks. Clerk then takes a weak or leaked password.",
            (Self::NoPassword, _) => "Space ticks. For an instance that asks everybody for one.",
            (Self::Days, _) => "From 1 to 365; 30 is Clerk's own.",
            (Self::Redirect, _) => "Where the link leads; may be empty.",
            (Self::Notify, _) => "Space ticks. Without it, N l has the link to copy.",
            (Self::IgnoreExisting, _) => "Space ticks. Also for who has an account already.",
            (Self::Reason, _) => "For the audit trail alone; Clerk does not get it.",
        }
    }
}

impl Newcomer {
    /// The verb, and whom it is about.
    pub fn title(&self) -> String {
        match &self.step {
            Step::Form(form) => match &form.kind {
                Kind::User => "New user".to_owned(),
                Kind::Invitation => "Invite somebody".to_owned(),
                Kind::Revocation(one) => format!("Why is it revoked: {}", short(&one.email)),
            },
            Step::Review(review) => match (&review.action, &review.form.kind) {
                (_, Kind::Revocation(one)) => {
                    format!("Revoke the invitation of {}?", short(&one.email))
                }
                (Action::Create(new), _) => format!("Create {}?", short(&name(new))),
                (Action::Invite(invite), _) => format!("Invite {}?", short(&invite.email)),
                _ => String::new(),
            },
            Step::Sent(_, form) => match form.kind {
                Kind::User => "Creating…".to_owned(),
                Kind::Invitation | Kind::Revocation(_) => "Inviting…".to_owned(),
            },
        }
    }

    /// What is said below the rows, or in a review in the place of them.
    pub fn lines(&self, clock: &Clock) -> Vec<Line> {
        match &self.step {
            Step::Form(form) => vec![dim(form.focused().about(&form.kind))],
            Step::Review(review) => review.lines(clock),
            Step::Sent(..) => Vec::new(),
        }
    }

    /// What its review shows on a screen so wide, and the wait for the answer;
    /// `None` for the form.
    pub(in crate::app) fn content(&self, ctx: &Context, screen: u16) -> Option<Content> {
        if matches!(self.step, Step::Form(_)) {
            return None;
        }
        let mut content = Content::new(self.title(), COLUMNS, screen);
        content.lines = self.lines(&ctx.clock);
        content.prompt = self.prompt();
        content.note.clone_from(&self.note);
        content.asks = matches!(self.step, Step::Review(_)) && self.armed() == Armed::Yes;
        Some(content)
    }

    /// How it goes on from here.
    pub fn prompt(&self) -> Line {
        match &self.step {
            Step::Form(_) => dim("Tab next · Enter review · Esc cancel"),
            Step::Sent(..) => dim("Waiting for Clerk's answer…  Esc closes"),
            Step::Review(review) => match self.armed() {
                Armed::Yes => {
                    let given = review.form.text(Field::Reason).is_some();
                    let reason = if given { "reason" } else { "add a reason" };
                    let verb = review.action.words().verb;
                    buttons(verb, review.focused, &[("r", reason)], "   ")
                }
                Armed::Reading => dim("Reading this invitation again…  Esc cancels"),
                Armed::Failed(why) => Line::new(Tone::Bad, format!("{why} Esc closes.")),
                Armed::Overtaken(why) => Line::new(Tone::Warn, why),
            },
        }
    }
}

impl Form {
    /// What is wrong in a row; `None`: what is about no row of its own.
    pub fn wrong(&self, field: Option<Field>) -> Option<String> {
        let mistake = self.mistake.as_ref().filter(|m| m.field == field)?;
        Some(mistake.words())
    }
}

impl Mistake {
    /// What is wrong, and the key that helps.
    fn words(&self) -> String {
        let help = match self.taken {
            None => "",
            Some(By::User) => " F3 looks for who has it.",
            Some(By::Invitation) => " F3 lists the invitations.",
        };
        format!("{}{help}", self.text)
    }
}

impl Review {
    fn lines(&self, clock: &Clock) -> Vec<Line> {
        let mut lines = match (&self.action, &self.form.kind) {
            (_, Kind::Revocation(invitation)) => of_revocation(invitation, clock),
            (Action::Create(new), _) => of_user(new),
            (Action::Invite(invite), _) => of_invite(invite, clock),
            _ => Vec::new(),
        };
        if let Some(reason) = self.form.text(Field::Reason) {
            lines.push(value(Field::Reason.label(), &reason.shown()));
        }
        lines
    }
}

/// What to call somebody who is not there yet.
pub fn name(new: &NewUser) -> Untrusted {
    let name = crate::domain::User::join_name(new.first_name.as_ref(), new.last_name.as_ref());
    let addresses = new.emails.iter().chain(&new.phones).map(|one| &one.text);
    let mut identifiers = addresses.chain(&new.username);
    if name.is_blank() {
        identifiers.next().cloned().unwrap_or_default()
    } else {
        name
    }
}

/// All that is sent to make a user, and what follows.
fn of_user(new: &NewUser) -> Vec<Line> {
    let mut lines = Vec::new();
    for email in &new.emails {
        lines.push(address(Field::Email, &email.text));
    }
    for phone in &new.phones {
        lines.push(address(Field::Phone, &phone.text));
    }
    for (field, text) in [
        (Field::FirstName, &new.first_name),
        (Field::LastName, &new.last_name),
        (Field::Username, &new.username),
        (Field::ExternalId, &new.external_id),
    ] {
        lines.extend(text.iter().map(|text| value(field.label(), &text.shown())));
    }
    let password = match &new.password {
        Some(secret) => {
            let length = count(secret.expose().chars().count(), "character");
            let unchecked = if new.skip_password_checks {
                "; Clerk's checks are skipped"
            } else {
                ""
            };
            format!("{length}, not shown{unchecked}")
        }
        None if new.skip_password_requirement => "none, though the instance may want one".into(),
        None => "none".into(),
    };
    lines.push(value(Field::Password.label(), &password));
    lines.push(plain(
        "They can sign in at once. Nothing is e-mailed to them.",
    ));
    lines.push(plain("D deletes them again."));
    lines
}

fn of_invite(invite: &Invite, clock: &Clock) -> Vec<Line> {
    let days = invite.expires_in_days.unwrap_or(30);
    let ends = clock.in_days(days);
    let mut lines = vec![
        strong(&invite.email),
        value("ends", &format!("{ends}, in {}", count(days.into(), "day"))),
    ];
    let redirect = invite.redirect_url.iter();
    lines.extend(redirect.map(|url| value("leads to", &url.shown())));
    if invite.ignore_existing {
        let text = "It is made even if they are invited, or have an account.";
        lines.push(Line::new(Tone::Warn, text));
    }
    let said = if invite.notify {
        [
            "Clerk sends them an e-mail with the link at once.",
            "R in the list (N l) takes it back; the e-mail stays sent.",
        ]
    } else {
        [
            "No e-mail is sent: N l lists it, and y l there copies its link.",
            "R in the list takes it back.",
        ]
    };
    lines.extend(said.map(plain));
    lines
}

fn of_revocation(invitation: &Invitation, clock: &Clock) -> Vec<Line> {
    let id = format!(" · …{}", invitation.id.last_six());
    let room = COLUMNS.saturating_sub(id.len());
    let email = cut_middle(&invitation.email.shown(), room);
    let day = |time: Option<_>| time.map_or_else(|| "?".to_owned(), |at| clock.short(at));
    let (created, expires) = (day(invitation.created), day(invitation.expires));
    vec![
        Line::new(Tone::Strong, email).and(Tone::Dim, id),
        dim(&format!("invited {created} · ends {expires}")),
        plain("Its link does not work any more."),
        Line::new(Tone::Bad, "This cannot be undone.").and(Tone::Plain, " N i invites again."),
    ]
}

/// Who is under way, in the title of their form.
fn short(text: &Untrusted) -> String {
    cut_middle(&text.shown(), NAME)
}

fn address(field: Field, text: &Untrusted) -> Line {
    const SUFFIX: &str = "  counts as verified";
    let text = cut_middle(&text.shown(), COLUMNS - LABEL - SUFFIX.len());
    label(field.label())
        .and(Tone::Strong, text)
        .and(Tone::Dim, SUFFIX)
}

fn value(name: &str, text: &str) -> Line {
    label(name).and(Tone::Strong, cut(text, COLUMNS - LABEL))
}

fn label(name: &str) -> Line {
    Line::new(Tone::Dim, format!("{name:<LABEL$}"))
}

fn strong(text: &Untrusted) -> Line {
    Line::new(Tone::Strong, cut_middle(&text.shown(), COLUMNS))
}

fn plain(text: &str) -> Line {
    Line::new(Tone::Plain, text)
}

fn dim(text: &str) -> Line {
    Line::new(Tone::Dim, text)
}
